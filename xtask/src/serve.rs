//! A static file server for the page, on this machine's own address only.
//!
//! It knows one folder and serves nothing outside it. A connection carries one request and has a thread of its own, so that
//! one that stalls holds up nobody (a pool that a browser's spare connections can fill does). Left out: everything that a
//! page of plain files does not need (kept connections, ranges, compression, encryption, listings).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A request's first line and headers are shorter than this.
const HEAD: u64 = 16_384;
const PATIENCE: Duration = Duration::from_secs(10);

/// A server that has its port but does not answer yet.
pub struct Site {
    listener: TcpListener,
    folder: Arc<Path>,
    port: u16,
}

impl Site {
    /// Takes `port` on 127.0.0.1; 0 takes any that is free.
    ///
    /// # Errors
    /// The port is taken, or may not be opened.
    pub fn open(folder: PathBuf, port: u16) -> Result<Self, String> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|why| {
            let another = port.wrapping_add(1).max(1024);
            format!("Port {port} on 127.0.0.1 cannot be opened ({why}); choose another, such as --port {another}.")
        })?;
        let port = listener.local_addr().map_or(port, |address| address.port());
        Ok(Self { listener, folder: folder.into(), port })
    }

    /// Where the page is found.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers until the program ends.
    pub fn serve(&self) {
        for connection in self.listener.incoming().flatten() {
            let folder = Arc::clone(&self.folder);
            // A browser that goes away before the answer is no fault of ours.
            std::thread::spawn(move || answer(&connection, &folder).ok());
        }
    }
}

fn answer(mut connection: &TcpStream, folder: &Path) -> std::io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    let mut lines = BufReader::new(connection.take(HEAD));
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let mut header = String::from("-");
    while !header.trim().is_empty() {
        header.clear();
        lines.read_line(&mut header)?;
    }
    let mut words = first.split_whitespace();
    let (method, address) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let found = if matches!(method, "GET" | "HEAD") { file(folder, address) } else { None };
    let body = found.as_ref().and_then(|path| std::fs::read(path).ok());
    let (status, kind) = match (&body, &found) {
        (Some(_), Some(path)) => ("200 OK", media_type(path)),
        _ => ("404 Not Found", "text/plain; charset=utf-8"),
    };
    let body = body.unwrap_or_else(|| b"There is no such file.\n".to_vec());
    let length = body.len();
    write!(connection, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n")?;
    write!(connection, "Cache-Control: no-cache\r\nConnection: close\r\n\r\n")?;
    if method != "HEAD" {
        connection.write_all(&body)?;
    }
    connection.flush()
}

/// The file that an address names, when it lies inside the folder.
fn file(folder: &Path, address: &str) -> Option<PathBuf> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = PathBuf::from(unescape(path)?);
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let mut path = folder.join(path);
    if path.is_dir() {
        path.push("index.html");
    }
    let inside = path.canonicalize().ok()?;
    inside.starts_with(folder.canonicalize().ok()?).then_some(inside)
}

/// `%20` and its like as the bytes they stand for; `None` when that is no text.
fn unescape(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
    }

    fn site() -> Site {
        Site::open(folder(), 0).unwrap_or_else(|why| unreachable!("{why}"))
    }

    fn ask(port: u16, request: &str) -> String {
        let mut connection =
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap_or_else(|why| unreachable!("{why}"));
        let mut answer = String::new();
        let told = connection.write_all(request.as_bytes()).and_then(|()| connection.read_to_string(&mut answer));
        assert!(told.is_ok(), "{told:?}");
        answer
    }

    #[test]
    fn files_inside_the_folder_are_found() {
        assert!(file(&folder(), "/serve.rs").is_some());
        assert!(file(&folder(), "/serve%2Ers?reload=1").is_some());
    }

    #[test]
    fn nothing_outside_the_folder_is_found() {
        for address in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "//etc/passwd",
            "/%2Fetc/passwd",
            "/a%00b",
            "/%",
            "/%zz",
            "serve.rs",
            "",
        ] {
            assert_eq!(file(&folder(), address), None, "{address}");
        }
    }

    #[test]
    fn connections_that_say_nothing_hold_up_nobody() {
        let site = site();
        let port = site.port;
        std::thread::spawn(move || site.serve());
        let silent: Vec<_> = (0..32).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port))).collect();
        for _ in 0..32 {
            let answer = ask(port, "GET /serve.rs HTTP/1.1\r\nHost: here\r\n\r\n");
            assert!(
                answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("fn connections_that_say"),
                "{answer:.200}"
            );
        }
        assert!(silent.iter().all(Result::is_ok));
        assert!(ask(port, "GET /none HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(ask(port, "POST /serve.rs HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(!ask(port, "HEAD /serve.rs HTTP/1.1\r\n\r\n").contains("fn "));
    }

    #[test]
    fn a_taken_port_is_told_with_what_to_do() {
        let first = site();
        let second = Site::open(PathBuf::from("."), first.port);
        assert!(second.is_err_and(|why| why.contains("--port")));
    }

    #[test]
    fn browsers_get_the_types_they_insist_on() {
        assert_eq!(media_type(Path::new("pkg/cadans_bg.wasm")), "application/wasm");
        assert_eq!(media_type(Path::new("a.mjs")), "text/javascript; charset=utf-8");
    }
}
