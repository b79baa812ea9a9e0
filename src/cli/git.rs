//! Reads a git repository by the program `git`: no shell, no network, no hook and no other program that a configuration names.
//!
//! Every call has the same safe settings and an environment without `GIT_*`; paths stand behind `--`, and what a user wrote as a revision is
//! resolved to the name of a commit before it is used.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::failure::Failure;
use super::screen::plain;
use cadans::compare::Commit;
use cadans::limits;
use cadans::wording::Sentence;

/// Settings that keep git from running other programs and from asking anybody.
const SETTINGS: &[&str] = &[
    "core.quotepath=off",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "protocol.allow=never",
    "log.showSignature=false",
    "log.follow=false",
    "color.ui=false",
];

/// A repository.
pub struct Repository {
    /// A folder in it.
    folder: PathBuf,
    /// The folder at its top.
    pub top: PathBuf,
    /// The commits before which the history is missing, in a shallow clone; empty in a whole one.
    pub cut_off: BTreeSet<String>,
}

/// A file that a commit changed.
#[derive(Clone, Debug)]
pub struct ChangedFile {
    /// Its name from the top of the repository.
    pub path: String,
    /// The names of its contents before and after; `None` where there is none.
    pub before: Option<String>,
    /// As `before`.
    pub after: Option<String>,
}

/// A commit with the files that it changed, for each of its parents.
#[derive(Clone, Debug, Default)]
pub struct LoggedCommit {
    /// Who made it.
    pub commit: Commit,
    /// How many parents it has.
    pub parents: usize,
    /// For each parent from which something differs, what differs.
    pub files: Vec<Vec<ChangedFile>>,
}

impl Repository {
    /// The repository that this folder is in.
    ///
    /// # Errors
    /// When there is no git, or no repository.
    pub fn of(folder: &Path) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
        let mut repository = Self { folder, top: PathBuf::new(), cut_off: BTreeSet::new() };
        let found = repository.run(["rev-parse", "--is-shallow-repository", "--show-toplevel"])?;
        let text = String::from_utf8_lossy(&found);
        let (shallow, top) = text.split_once('\n').unwrap_or_default();
        repository.top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
        if shallow == "true" {
            let place = repository.run(["rev-parse", "--git-path", "shallow"])?;
            let place = repository.folder.join(String::from_utf8_lossy(&place).trim_end());
            let list =
                std::fs::read_to_string(&place).map_err(|error| Failure::read(place.display().to_string(), &error))?;
            repository.cut_off = list.lines().map(str::to_owned).collect();
        }
        Ok(repository)
    }

    /// The name of the commit that a user calls so.
    ///
    /// # Errors
    /// When there is no such commit.
    pub fn commit(&self, revision: &str) -> Result<String, Failure> {
        let name = format!("{revision}^{{commit}}");
        match self.run(["rev-parse", "--verify", "--quiet", "--end-of-options", &name]) {
            Ok(found) => Ok(String::from_utf8_lossy(&found).trim().to_owned()),
            Err(_) => Err(Failure::misuse(Sentence::new("failure-no-revision").with("revision", &*plain(revision)))
                .why(Sentence::new("failure-no-revision-why"))
                .help(Sentence::new("failure-no-revision-help"))),
        }
    }

    /// The files of a commit below a folder, by their names from that folder, with the names of their contents.
    ///
    /// # Errors
    /// When git fails.
    pub fn files(&self, commit: &str, folder: &Path) -> Result<Vec<(String, String)>, Failure> {
        let at = Self { folder: folder.to_owned(), top: self.top.clone(), cut_off: BTreeSet::new() };
        let listed = at.run(["ls-tree", "-r", "-z", commit, "--", "."])?;
        let listed = String::from_utf8_lossy(&listed);
        let file = |entry: &str| {
            let (about, path) = entry.split_once('\t')?;
            let mut about = about.split(' ');
            // Links and other repositories are no files.
            let is_file = about.next().is_some_and(|mode| mode.starts_with("100"));
            Some((path.to_owned(), about.nth(1)?.to_owned())).filter(|_| is_file)
        };
        Ok(listed.split('\0').filter_map(file).collect())
    }

    /// The commits up to HEAD that changed files of these kinds, the newest first.
    ///
    /// # Errors
    /// When git fails.
    pub fn log(&self, kinds: &[&str]) -> Result<Vec<LoggedCommit>, Failure> {
        if self.run(["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
            return Ok(Vec::new());
        }
        let mut args = vec![
            "log",
            "-z",
            "--raw",
            "-r",
            "-m",
            "--root",
            "--no-renames",
            "--no-abbrev",
            "--no-ext-diff",
            "--no-textconv",
            "--topo-order",
            "--format=%x01%H%x00%an%x00%aI%x00%P%x00%s%x00",
            "HEAD",
            "--",
        ];
        args.extend(kinds);
        Ok(logged(&self.run(args)?))
    }

    /// Reads contents by their names.
    ///
    /// # Errors
    /// When git cannot be started.
    pub fn contents(&self) -> Result<Contents, Failure> {
        let mut command = self.command();
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| no_git(&error))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(asks), Some(answers)) => Ok(Contents { child, asks, answers: BufReader::new(answers) }),
            _ => Err(no_git(&io::Error::from(io::ErrorKind::BrokenPipe))),
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        // No prompts, no locks, no fetching of what a partial clone left out; messages in English.
        let quiet =
            [("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("LC_ALL", "C")];
        command.envs(quiet).arg("--no-pager").arg("--no-replace-objects").arg("-C").arg(&self.folder);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        command.stdin(Stdio::null());
        command
    }

    /// What git prints.
    fn run(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Vec<u8>, Failure> {
        let done = self.command().args(args).output().map_err(|error| no_git(&error))?;
        if done.status.success() {
            return Ok(done.stdout);
        }
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let what = Sentence::new("failure-history");
        if said.contains("not a git repository") {
            return Err(Failure::misuse(what)
                .why(Sentence::new("failure-no-repository"))
                .help(Sentence::new("failure-no-repository-help")));
        }
        let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let first = plain(first.trim_start_matches("fatal: ")).into_owned();
        Err(Failure::contents(what).why(Sentence::as_is(first)).help(Sentence::new("failure-git-help")))
    }
}

/// Contents of files, which one git process gives by their names.
pub struct Contents {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Contents {
    /// The text with this name: at most as much of it as shows that it is too large for a pack. Empty for what is not there, as in a partial clone.
    ///
    /// # Errors
    /// When git ends.
    pub fn text(&mut self, name: &str) -> Result<String, Failure> {
        self.read(name).map_err(|error| Failure::read(name, &error))
    }

    fn read(&mut self, name: &str) -> io::Result<String> {
        writeln!(self.asks, "{name}")?;
        self.asks.flush()?;
        let mut about = String::new();
        self.answers.read_line(&mut about)?;
        let Some(length) = about.trim_end().rsplit(' ').next().and_then(|length| length.parse::<u64>().ok()) else {
            return Ok(String::new());
        };
        let wanted = length.min(u64::try_from(limits::PACK_BYTES).unwrap_or(u64::MAX).saturating_add(4));
        let mut bytes = Vec::new();
        self.answers.by_ref().take(wanted).read_to_end(&mut bytes)?;
        // The rest of a text that is too large, and the end of its line.
        io::copy(&mut self.answers.by_ref().take(length - wanted + 1), &mut io::sink())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        // It ends by itself when nobody asks any more; until then it would wait.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn no_git(error: &io::Error) -> Failure {
    let what = Sentence::new("failure-history");
    if error.kind() == io::ErrorKind::NotFound {
        return Failure::misuse(what).why(Sentence::new("failure-no-git")).help(Sentence::new("failure-no-git-help"));
    }
    Failure::contents(what)
        .why(Sentence::new("failure-system").with("words", error.to_string()))
        .help(Sentence::new("failure-git-help"))
}

/// The commits in the output of `git log -z --raw -m`: of a merge there is one for each parent, one after the other.
fn logged(output: &[u8]) -> Vec<LoggedCommit> {
    let text = String::from_utf8_lossy(output);
    let mut commits: Vec<LoggedCommit> = Vec::new();
    let is_id = |id: &str| id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut fields = text.split('\0');
    while let Some(field) = fields.next() {
        let field = field.trim_start_matches('\n');
        if let Some(id) = field.strip_prefix('\u{1}').filter(|id| is_id(id)) {
            let mut next = || plain(fields.next().unwrap_or_default()).into_owned();
            let (author, date, parents, subject) = (next(), next(), next(), next());
            if commits.last().is_none_or(|last| last.commit.id != id) {
                let parents = parents.split_whitespace().count();
                let commit = Commit { id: id.to_owned(), author, date, subject };
                commits.push(LoggedCommit { commit, parents, files: Vec::new() });
            }
            if let Some(last) = commits.last_mut() {
                last.files.push(Vec::new());
            }
        } else if let Some(about) = field.strip_prefix(':') {
            let path = fields.next().unwrap_or_default().to_owned();
            let about: Vec<&str> = about.split(' ').collect();
            let side = |mode: usize, name: usize| {
                let is_file = about.get(mode).is_some_and(|mode| mode.starts_with("100"));
                about.get(name).filter(|_| is_file).map(|name| (*name).to_owned())
            };
            if let Some(files) = commits.last_mut().and_then(|last| last.files.last_mut()) {
                files.push(ChangedFile { path, before: side(0, 2), after: side(1, 3) });
            }
        }
    }
    commits
}
