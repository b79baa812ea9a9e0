//! `cadans lsp` as an editor meets it: a session over standard input and output.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use std::fs;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

/// An editor.
struct Editor {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Message>,
    next: i32,
    /// The notifications that came while answers were waited for.
    notifications: Vec<Notification>,
}

impl Editor {
    fn start(args: &[&str]) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_cadans"))
            .arg("lsp")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (sender, messages) = channel();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        thread::spawn(move || {
            loop {
                match Message::read(&mut output) {
                    Ok(Some(message)) => {
                        if sender.send(message).is_err() {
                            break;
                        }
                    }
                    // An answer to what is no message has no id, and is none that this reader takes.
                    Err(why) if why.kind() == std::io::ErrorKind::InvalidData => {}
                    _ => break,
                }
            }
        });
        let input = server.stdin.take();
        Self { server, input, messages, next: 0, notifications: Vec::new() }
    }

    /// An editor with these folders, which has said hello.
    fn with(folders: &[&Path], more: Value) -> (Self, Value) {
        let mut editor = Self::start(&["--stdio"]);
        let folders: Vec<Value> = folders.iter().map(|folder| json!({ "uri": uri(folder), "name": "rules" })).collect();
        let mut params = json!({ "processId": null, "rootUri": null, "capabilities": {}, "workspaceFolders": folders });
        for (key, value) in more.as_object().unwrap() {
            params[key] = value.clone();
        }
        let hello = editor.ask("initialize", params).unwrap();
        editor.tell("initialized", json!({}));
        (editor, hello)
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        let message = Message::from(Notification { method: method.to_owned(), params });
        message.write(self.input.as_mut().unwrap()).unwrap();
    }

    fn message(&mut self) -> Message {
        self.messages.recv_timeout(Duration::from_secs(120)).unwrap_or_else(|_| panic!("the server says nothing"))
    }

    /// The result of a request, or the code and the message of its error.
    fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        self.next += 1;
        let request = Message::from(Request { id: self.next.into(), method: method.to_owned(), params });
        request.write(self.input.as_mut().unwrap()).unwrap();
        loop {
            match self.message() {
                Message::Response(response) => {
                    assert_eq!(response.id, self.next.into(), "{method}");
                    return response.response_result.map_err(|error| (error.code, error.message));
                }
                Message::Notification(notification) => self.notifications.push(notification),
                Message::Request(request) => panic!("{request:?}"),
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "cadans", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The diagnostics that are published next for this document.
    fn published(&mut self, uri: &str) -> Value {
        self.published_where(|params| params["uri"] == uri)
    }

    /// The diagnostics that are published for this version of the document.
    fn published_of(&mut self, uri: &str, version: i32) -> Value {
        self.published_where(|params| params["uri"] == uri && params["version"] == version)
    }

    fn published_where(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let found = self
                .notifications
                .iter()
                .position(|one| one.method == "textDocument/publishDiagnostics" && wanted(&one.params));
            if let Some(found) = found {
                return self.notifications.remove(found).params;
            }
            match self.message() {
                Message::Notification(notification) => self.notifications.push(notification),
                other => panic!("{other:?}"),
            }
        }
    }

    /// The exit code after the end of the session.
    fn end(mut self) -> i32 {
        self.ask("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        self.server.wait().unwrap().code().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.to_string_lossy().replace('\\', "/").replace(' ', "%20"))
}

/// A folder of this test's own with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lsp rules").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

const PACK: &str = "pack \"Mine\" #{};\r\n\
// 😀 the names that are used below\r\n\
setting hot = 2 because \"Hot\";\r\n\
rule \"One 😀\" when lead.visits() >= hot\r\n    then phone.to(\"decider\") because \"Why\";\r\n\
example \"e\" given #{} expect phone.by(\"One 😀\");\r\n";

#[test]
fn every_request_is_answered_in_a_session() {
    let folder =
        folder("session", &[("other.rhai", "pack \"Other\" #{};\nfact budget as number because \"Money\";\n")]);
    let (mut editor, hello) = Editor::with(&[&folder], json!({}));
    assert_eq!(hello["serverInfo"]["name"], "cadans");
    assert_eq!(hello["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(hello["capabilities"]["textDocumentSync"]["change"], 2);
    let mine = format!("{}/mine.rhai", uri(&folder));
    editor.open(&mine, PACK);
    let published = editor.published(&mine);
    assert_eq!((&published["version"], &published["diagnostics"]), (&json!(1), &json!([])));

    // Columns count UTF-16 code units: the emoji of line 3 is two.
    let hover = editor.ask("textDocument/hover", at(&mine, 3, 38)).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("setting hot = 2"), "{hover}");
    assert_eq!(
        hover["range"],
        json!({ "start": { "line": 3, "character": 36 }, "end": { "line": 3, "character": 39 } })
    );
    let definition = editor.ask("textDocument/definition", at(&mine, 3, 36)).unwrap();
    let place = json!({ "start": { "line": 2, "character": 8 }, "end": { "line": 2, "character": 11 } });
    assert_eq!(definition, json!([{ "uri": mine, "range": place }]));
    let mut params = at(&mine, 2, 9);
    params["context"] = json!({ "includeDeclaration": true });
    assert_eq!(editor.ask("textDocument/references", params).unwrap().as_array().unwrap().len(), 2);

    let prepared = editor.ask("textDocument/prepareRename", at(&mine, 5, 41)).unwrap();
    assert_eq!(prepared["placeholder"], "One 😀");
    let mut params = at(&mine, 5, 41);
    params["newName"] = json!("Two");
    let edit = editor.ask("textDocument/rename", params).unwrap();
    let texts: Vec<&Value> = edit["changes"][&mine].as_array().unwrap().iter().map(|edit| &edit["newText"]).collect();
    assert_eq!(texts, [&json!("\"Two\""), &json!(" formerly \"One 😀\""), &json!("\"Two\"")]);
    let mut params = at(&mine, 2, 9);
    params["newName"] = json!("when");
    let (code, why) = editor.ask("textDocument/rename", params).unwrap_err();
    assert_eq!((code, why.as_str()), (-32803, "\"when\" is a word of the language"));
    assert_eq!(editor.ask("textDocument/prepareRename", at(&mine, 1, 6)).unwrap_err().0, -32803);

    let document = json!({ "textDocument": { "uri": mine } });
    let symbols = editor.ask("textDocument/documentSymbol", document.clone()).unwrap();
    let names: Vec<&Value> = symbols.as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Mine", "hot", "One 😀", "e"]);
    let folds = editor.ask("textDocument/foldingRange", document.clone()).unwrap();
    assert_eq!(folds, json!([{ "startLine": 3, "endLine": 4 }]));
    let tokens = editor.ask("textDocument/semanticTokens/full", document).unwrap();
    let data: Vec<u64> = tokens["data"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
    assert_eq!(data.len() % 5, 0);
    // `pack "Mine"`: a keyword, and the text after it, which is a name that is declared here.
    assert_eq!(data[..5], [0, 0, 4, 1, 0]);
    assert_eq!(data[5..10], [0, 5, 6, 9, 1]);

    // The layout is the command's, and leaves alone what has it already.
    let options = json!({ "textDocument": { "uri": mine }, "options": { "tabSize": 4, "insertSpaces": true } });
    let edits = editor.ask("textDocument/formatting", options.clone()).unwrap();
    let laid_out = cadans::format::format("mine.rhai", PACK).unwrap();
    assert!(laid_out.changed && edits.as_array().unwrap().len() == 1);
    editor.change(&mine, 2, json!([{ "range": edits[0]["range"], "text": edits[0]["newText"] }]));
    assert_eq!(editor.ask("textDocument/formatting", options.clone()).unwrap(), json!([]));
    editor.change(&mine, 3, json!([{ "text": PACK }]));

    // Broken in the middle of a word.
    editor.change(&mine, 4, json!([{ "range": { "start": { "line": 3, "character": 24 }, "end": { "line": 4, "character": 41 } }, "text": "vis" }]));
    let items = editor.ask("textDocument/completion", at(&mine, 3, 27)).unwrap();
    assert_eq!(items["isIncomplete"], false);
    let labels: Vec<&Value> = items["items"].as_array().unwrap().iter().map(|one| &one["label"]).collect();
    assert_eq!(labels, ["visits"]);
    let edit = &items["items"][0]["textEdit"];
    assert_eq!(edit["newText"], "visits()");
    assert_eq!(
        edit["range"],
        json!({ "start": { "line": 3, "character": 24 }, "end": { "line": 3, "character": 27 } })
    );
    assert!(editor.ask("textDocument/hover", at(&mine, 3, 22)).unwrap()["contents"]["value"].is_string());
    assert_eq!(editor.ask("textDocument/formatting", options).unwrap(), Value::Null);
    for method in ["documentSymbol", "foldingRange", "semanticTokens/full"] {
        editor.ask(&format!("textDocument/{method}"), json!({ "textDocument": { "uri": mine } })).unwrap();
    }
    for line in 0..8 {
        for character in (0..60).step_by(3) {
            for method in ["completion", "hover", "definition"] {
                editor.ask(&format!("textDocument/{method}"), at(&mine, line, character)).unwrap();
            }
        }
    }
    assert_ne!(editor.published_of(&mine, 4)["diagnostics"], json!([]));
    // The whole text at once.
    editor.change(&mine, 5, json!([{ "text": PACK }]));
    assert_eq!(editor.published_of(&mine, 5)["diagnostics"], json!([]));
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": mine } }));
    // It is not on the disk, so nothing is known of it any more.
    assert_eq!(editor.published(&mine)["diagnostics"], json!([]));
    assert_eq!(editor.ask("textDocument/hover", at(&mine, 3, 38)).unwrap_err().0, -32602);
    assert_eq!(editor.end(), 0);
}

#[test]
fn diagnostics_have_a_code_a_page_other_places_and_a_fix() {
    let first =
        "pack \"First\" #{};\nfact budget as number;\nrule \"a\" when lead.budget > 1 then phone because \"b\";\n";
    let folder = folder("diagnostics", &[("a first.rhai", first)]);
    let (mut editor, _) =
        Editor::with(&[&folder], json!({ "initializationOptions": { "diagnosticPages": "https://example.org/d/" } }));
    let second = format!("{}/second.rhai", uri(&folder));
    let text =
        "pack \"Second\" #{};\nfact budget as text;\nrule \"b\" when lead.stge is \"lost\" then phone because \"b\";\n";
    editor.open(&second, text);
    let published = editor.published(&second);
    let found = published["diagnostics"].as_array().unwrap();
    let code =
        |code: &str| found.iter().find(|one| one["code"] == code).unwrap_or_else(|| panic!("no {code}: {published}"));
    let conflict = code("conflicting-fact");
    assert_eq!(conflict["codeDescription"]["href"], "https://example.org/d/conflicting-fact.md");
    assert_eq!(conflict["source"], "cadans");
    assert_eq!(conflict["relatedInformation"][0]["location"]["uri"], format!("{}/a%20first.rhai", uri(&folder)));
    let unknown = code("unknown-fact");
    assert_eq!((&unknown["severity"], &unknown["range"]["start"]), (&json!(1), &json!({ "line": 2, "character": 19 })));

    let range = json!({ "start": { "line": 2, "character": 20 }, "end": { "line": 2, "character": 20 } });
    let params = json!({ "textDocument": { "uri": second }, "range": range, "context": { "diagnostics": [unknown] } });
    let actions = editor.ask("textDocument/codeAction", params).unwrap();
    assert_eq!(actions[0]["kind"], "quickfix");
    let edit = &actions[0]["edit"]["changes"][&second][0];
    assert_eq!(edit["newText"], "stage");
    editor.change(&second, 2, json!([{ "range": edit["range"], "text": edit["newText"] }]));
    let published = editor.published(&second);
    assert!(!published["diagnostics"].as_array().unwrap().iter().any(|one| one["code"] == "unknown-fact"));

    // The other file changes on the disk.
    fs::write(folder.join("a first.rhai"), "pack \"First\" #{};\n").unwrap();
    let changed = json!([{ "uri": format!("{}/a%20first.rhai", uri(&folder)), "type": 2 }]);
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": changed }));
    let published = editor.published(&second);
    assert!(
        !published["diagnostics"].as_array().unwrap().iter().any(|one| one["code"] == "conflicting-fact"),
        "{published}"
    );
    assert_eq!(editor.end(), 0);
}

#[test]
fn packs_of_a_rulebook_are_checked_in_its_layers() {
    let company = "pack \"Company\" #{};\nrule \"Call\" when lead.visits() >= 3 then phone because \"Three visits\";\n";
    let team = "pack \"Team\" #{};\nwithout \"Call\" of \"Company\" because \"We write first\";\n";
    let manifest = "[[layer]]\nkind = \"company\"\nfile = [{ path = \"b.rhai\" }]\n\n\
        [[layer]]\nkind = \"team\"\nfile = [{ path = \"a.rhai\" }]\n";
    let files = [("b.rhai", company), ("a.rhai", team), ("rulebook.toml", manifest)];
    let folder = folder("layers", &files);
    let (mut editor, _) = Editor::with(&[&folder], json!({}));
    let open = format!("{}/a.rhai", uri(&folder));
    editor.open(&open, team);
    assert_eq!(editor.published(&open)["diagnostics"], json!([]), "its layer comes after that of the company");
    // A slip is told while it is typed, though the file is not the accepted one.
    editor.change(&open, 2, json!([{ "text": team.replace("\"Call\"", "\"Cal\"") }]));
    assert_eq!(editor.published_of(&open, 2)["diagnostics"][0]["code"], "unknown-statement-name");
    editor.change(&open, 3, json!([{ "text": team }]));
    assert_eq!(editor.published_of(&open, 3)["diagnostics"], json!([]));
    // In the layers the other way round nothing of the company stands before it.
    let turned = manifest.replace("b.rhai", "x").replace("a.rhai", "b.rhai").replace("\"x\"", "\"a.rhai\"");
    fs::write(folder.join("rulebook.toml"), turned).unwrap();
    let changed = json!([{ "uri": format!("{}/rulebook.toml", uri(&folder)), "type": 2 }]);
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": changed }));
    assert_ne!(editor.published(&open)["diagnostics"], json!([]));
    assert_eq!(editor.end(), 0);
}

#[test]
fn the_language_and_the_columns_are_those_of_the_editor() {
    let capabilities = json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] },
        "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } } });
    let (mut editor, hello) = Editor::with(&[], json!({ "locale": "nl-BE", "capabilities": capabilities }));
    assert_eq!(hello["capabilities"]["positionEncoding"], "utf-8");
    let document = "untitled:Untitled-1";
    editor.open(document, "// é😀\nrule \"é😀\" when lead.sin");
    assert!(editor.published(document)["diagnostics"][0]["message"].as_str().unwrap().contains("heeft geen then"));
    let items = editor.ask("textDocument/completion", at(document, 1, 27)).unwrap();
    let item = &items["items"][0];
    assert_eq!((&item["label"], &item["textEdit"]["newText"]), (&json!("since"), &json!("since(\"$0\")")));
    assert_eq!(item["insertTextFormat"], 2);
    assert!(item["documentation"]["value"].as_str().unwrap().starts_with("hoe lang geleden"));
    assert_eq!(item["textEdit"]["range"]["start"]["character"], 24);
    assert_eq!(editor.end(), 0);
}

#[test]
fn what_is_malformed_is_answered_and_the_session_goes_on() {
    let mut editor = Editor::start(&[]);
    assert_eq!(editor.ask("textDocument/hover", at("a", 0, 0)).unwrap_err().0, -32002);
    editor.tell("textDocument/didOpen", json!({}));
    editor.ask("initialize", json!({ "capabilities": {} })).unwrap();
    assert_eq!(editor.ask("initialize", json!({})).unwrap_err().0, -32600);
    for params in [
        json!(null),
        json!([]),
        json!({ "textDocument": 3 }),
        json!({ "textDocument": { "uri": "a" }, "position": { "line": -1 } }),
    ] {
        assert_eq!(editor.ask("textDocument/completion", params).unwrap_err().0, -32602);
    }
    assert_eq!(editor.ask("textDocument/hover", at("file:///nowhere.rhai", 0, 0)).unwrap_err().0, -32602);
    assert_eq!(editor.ask("no/such", json!({})).unwrap_err().0, -32601);
    editor.tell("textDocument/didChange", json!({ "textDocument": "x" }));
    editor.tell("$/setTrace", json!({ "value": "off" }));
    editor.raw(b"Content-Length: 9\r\n\r\n{ broken ");
    editor.raw(b"Nonsense\r\n\r\n");
    editor.open("untitled:a", "rule \"a\" when lead.");
    let text = "x".repeat(2 << 20);
    editor.open("untitled:large", &text);
    editor.change("untitled:a", 2, json!([{ "range": { "start": { "line": 90, "character": 7 }, "end": { "line": 3, "character": 900 } }, "text": "stage" }]));
    let items = editor.ask("textDocument/completion", at("untitled:a", 0, 19)).unwrap();
    assert!(!items["items"].as_array().unwrap().is_empty());
    assert_eq!(
        editor.ask("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": "untitled:large" } })).unwrap()
            ["data"],
        json!([])
    );
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(1), "exit without shutdown");
}

#[test]
fn the_exit_code_is_that_of_the_protocol() {
    let mut editor = Editor::start(&[]);
    editor.input = None;
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
    let (mut editor, _) = Editor::with(&[], json!({}));
    editor.ask("shutdown", Value::Null).unwrap();
    assert_eq!(editor.ask("textDocument/hover", at("a", 0, 0)).unwrap_err().0, -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(0));
}

/// The shipped packs in one folder: no error is published, and each is coloured to its end.
#[test]
fn the_shipped_packs_are_served() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let (mut editor, _) = Editor::with(&[&rules], json!({}));
    let file = rules.join("inside-sales.rhai");
    let text = fs::read_to_string(&file).unwrap();
    editor.open(&uri(&file), &text);
    let published = editor.published(&uri(&file));
    let errors: Vec<&Value> =
        published["diagnostics"].as_array().unwrap().iter().filter(|one| one["severity"] == 1).collect();
    assert_eq!(errors, Vec::<&Value>::new());
    let tokens =
        editor.ask("textDocument/semanticTokens/full", json!({ "textDocument": { "uri": uri(&file) } })).unwrap();
    assert!(tokens["data"].as_array().unwrap().len() > 5_000);
    assert_eq!(editor.end(), 0);
}
