//! A static file server for the page, on this machine's own address only.
//!
//! It knows one folder and serves nothing outside it. Left out: everything that a page of plain files does not need
//! (ranges, compression, encryption, listings).

use std::fs::File;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use tiny_http::{Header, Method, Request, Response, Server};

/// A server that has its port but does not answer yet.
pub struct Site {
    server: Arc<Server>,
    folder: PathBuf,
    port: u16,
}

impl Site {
    /// Takes `port` on 127.0.0.1; 0 takes any that is free.
    ///
    /// # Errors
    /// The port is taken, or may not be opened.
    pub fn open(folder: PathBuf, port: u16) -> Result<Self, String> {
        let server = Server::http(("127.0.0.1", port)).map_err(|why| {
            format!(
                "Port {port} on 127.0.0.1 cannot be opened ({why}); choose another with --port, such as --port {}.",
                port.wrapping_add(1).max(1024)
            )
        })?;
        let port = server.server_addr().to_ip().map_or(port, |address| address.port());
        Ok(Self { server: Arc::new(server), folder, port })
    }

    /// Where the page is found.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers until the program ends.
    pub fn serve(&self) {
        // A few workers: a browser asks for several files at once, and one that stalls holds up its own worker only.
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for request in self.server.incoming_requests() {
                        self.answer(request);
                    }
                });
            }
        });
    }

    fn answer(&self, request: Request) {
        let get = matches!(request.method(), Method::Get | Method::Head);
        let file = if get { self.file(request.url()) } else { None };
        let opened = file.and_then(|path| File::open(&path).ok().map(|file| (path, file)));
        // A browser that has gone away before the answer is no fault of ours.
        let _gone = match opened {
            Some((path, file)) => {
                let mut response = Response::from_file(file);
                for (name, value) in [("Content-Type", media_type(&path)), ("Cache-Control", "no-cache")] {
                    if let Ok(header) = Header::from_bytes(name, value) {
                        response.add_header(header);
                    }
                }
                request.respond(response)
            }
            None => request.respond(Response::from_string("There is no such file.\n").with_status_code(404)),
        };
    }

    /// The file that an address names, when it lies inside the folder.
    fn file(&self, address: &str) -> Option<PathBuf> {
        let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
        let path = PathBuf::from(unescape(path)?);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let mut path = self.folder.join(path);
        if path.is_dir() {
            path.push("index.html");
        }
        let inside = path.canonicalize().ok()?;
        inside.starts_with(self.folder.canonicalize().ok()?).then_some(inside)
    }
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

    fn site() -> Site {
        Site::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), 0).unwrap_or_else(|why| unreachable!("{why}"))
    }

    #[test]
    fn files_inside_the_folder_are_found() {
        assert!(site().file("/serve.rs").is_some());
        assert!(site().file("/serve%2Ers?reload=1").is_some());
    }

    #[test]
    fn nothing_outside_the_folder_is_found() {
        let site = site();
        for address in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "//etc/passwd",
            "/%2Fetc/passwd",
            "/a%00b",
            "/%",
            "/%zz",
            "serve.rs",
        ] {
            assert_eq!(site.file(address), None, "{address}");
        }
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
