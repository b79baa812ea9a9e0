//! `cadans lsp`: the editor services over standard input and output, in the Language Server Protocol.
//!
//! Messages are answered one after the other, in the order in which they come. Whatever comes is answered or passed over; only the end of the input
//! and `exit` end the session.

mod convert;
mod framing;
mod rulebooks;
mod session;
mod workspace;

use std::io::{self, BufReader, Write};

use clap::Args;
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value, json};

use self::framing::{Received, receive};
use self::session::Session;
use super::failure::{Exit, Failure};
use super::screen::Screen;
use cadans::wording::Language;

const EXAMPLES: &str = "\
Examples:
  An editor starts it, for files that end in .rhai:
    cadans lsp

  With the words in Dutch, unless the editor asks for another language:
    cadans lsp --lang nl

It answers over standard input and output: completion, hover, diagnostics with
their fixes, layout, outline, definition, references, rename, semantic tokens
and folding. The packs of the editor's folders are read together. The language
is that of initializationOptions.language, else the editor's locale, else --lang.
initializationOptions.diagnosticPages is the address under which the pages of
diagnostics lie. It ends in exit code 0 after shutdown and exit, and in 1 when
it is ended otherwise.";

/// Serves an editor: completion, hover, diagnostics, rename and more, over stdio
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct LspArgs {
    /// Over standard input and output, which is the only way there is; editors may say so
    #[arg(long)]
    stdio: bool,
}

/// Serves one session.
///
/// # Errors
/// The input cannot be read, or the output cannot be written.
pub fn run(args: &LspArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let LspArgs { stdio: _ } = args;
    let mut server =
        Server { output: io::stdout().lock(), language: screen.language, session: None, is_shut_down: false };
    let mut input = BufReader::new(io::stdin().lock());
    loop {
        match receive(&mut input)? {
            Received::Message(Message::Request(request)) => server.request(request)?,
            Received::Message(Message::Notification(one)) if one.method == "exit" => break,
            Received::Message(Message::Notification(notification)) => server.notification(notification)?,
            Received::Message(Message::Response(_)) => {}
            Received::Malformed(code, why, id) => server.refuse(code, &why, &id)?,
            Received::End => break,
        }
        // While more is waiting the texts may change again: they are checked when nothing is.
        if input.buffer().is_empty() {
            server.publish()?;
        }
    }
    Ok(if server.is_shut_down { Exit::Fine } else { Exit::Findings })
}

/// The state of the protocol.
struct Server<W: Write> {
    output: W,
    language: Language,
    /// Since `initialize`.
    session: Option<Session>,
    is_shut_down: bool,
}

impl<W: Write> Server<W> {
    fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.output)
    }

    fn request(&mut self, Request { id, method, params }: Request) -> io::Result<()> {
        let refused = |code: ErrorCode, why: &str| Response::new_err(id.clone(), code as i32, why.to_owned());
        let response = match (&mut self.session, method.as_str()) {
            _ if self.is_shut_down => refused(ErrorCode::InvalidRequest, "the session is shut down"),
            (None, "initialize") => {
                let (session, result) = Session::new(&params, self.language);
                self.session = Some(session);
                Response::new_ok(id, result)
            }
            (None, _) => refused(ErrorCode::ServerNotInitialized, "initialize comes first"),
            (Some(_), "initialize") => refused(ErrorCode::InvalidRequest, "initialize comes once"),
            (Some(_), "shutdown") => {
                self.is_shut_down = true;
                Response::new_ok(id, Value::Null)
            }
            (Some(session), method) => match session.asked(method, params) {
                Ok(result) => Response::new_ok(id, result),
                Err(why) => refused(why.code, &why.why),
            },
        };
        self.send(response)
    }

    fn notification(&mut self, Notification { method, params }: Notification) -> io::Result<()> {
        let Some(session) = self.session.as_mut().filter(|_| !self.is_shut_down) else { return Ok(()) };
        match session.notified(&method, params) {
            Ok(()) => Ok(()),
            Err(why) => {
                // A notification has no answer; 1 is the type of an error.
                let params = json!({ "type": 1, "message": format!("{method}: {}", why.why) });
                self.send(Notification { method: "window/logMessage".to_owned(), params })
            }
        }
    }

    /// Answers what is no message of the protocol. Its id may be none that a response of ours can have.
    fn refuse(&mut self, code: ErrorCode, why: &str, id: &Value) -> io::Result<()> {
        let error = json!({ "code": code as i32, "message": why });
        let body = json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string();
        write!(self.output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        self.output.flush()
    }

    fn publish(&mut self) -> io::Result<()> {
        let Some(session) = self.session.as_mut().filter(|_| !self.is_shut_down) else { return Ok(()) };
        for params in session.take_published() {
            let method = "textDocument/publishDiagnostics".to_owned();
            self.send(Notification { method, params: serde_json::to_value(params).unwrap_or_default() })?;
        }
        Ok(())
    }
}
