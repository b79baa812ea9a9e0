//! A static file server for the page, on this machine's own address only.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// A server that has its port but does not answer yet.
pub struct Site {
    listener: TcpListener,
    folder: PathBuf,
    port: u16,
}

impl Site {
    /// Takes `port` on 127.0.0.1 for the files in `folder`; 0 takes any port that is free.
    ///
    /// # Errors
    /// The port is taken, or may not be opened.
    pub fn open(folder: PathBuf, port: u16) -> Result<Self, String> {
        let cannot = |why: std::io::Error| {
            let another = port.wrapping_add(1).max(1024);
            format!("Port {port} on 127.0.0.1 cannot be opened ({why}); choose another, such as --port {another}.")
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(cannot)?;
        // As the asynchronous server wants it.
        listener.set_nonblocking(true).map_err(cannot)?;
        let port = listener.local_addr().map_err(cannot)?.port();
        Ok(Self { listener, folder, port })
    }

    /// Where the page is found.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// The server could not be started; one line says why.
    pub fn serve(self) -> Result<(), String> {
        // A page that was built anew is seen at once: browsers ask before they take a file from their cache.
        let fresh = SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        let site = Router::new().fallback_service(ServeDir::new(self.folder)).layer(fresh);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let served = runtime.and_then(|runtime| {
            runtime.block_on(async { axum::serve(tokio::net::TcpListener::from_std(self.listener)?, site).await })
        });
        served.map_err(|why| format!("The page cannot be served: {why}."))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::path::Path;

    use super::*;

    /// The files of the page, as far as they are checked in.
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../www")
    }

    /// The port of a server that answers.
    fn site(folder: PathBuf) -> u16 {
        let site = Site::open(folder, 0).unwrap_or_else(|why| unreachable!("{why}"));
        let port = site.port;
        std::thread::spawn(move || site.serve());
        port
    }

    /// The head, in small letters, and the body of the answer to a request.
    fn ask(port: u16, request: &str) -> (String, String) {
        let mut connection =
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap_or_else(|why| unreachable!("{why}"));
        let request = format!("{request} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
        let mut answer = Vec::new();
        let told = connection.write_all(request.as_bytes()).and_then(|()| connection.read_to_end(&mut answer));
        assert!(told.is_ok(), "{told:?}");
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| unreachable!("{answer}"));
        (head.to_lowercase(), body.to_owned())
    }

    fn has(head: &str, header: &str) -> bool {
        head.lines().any(|line| line == header)
    }

    #[test]
    fn a_file_comes_whole_with_its_length_and_is_not_taken_from_a_cache_unasked() {
        let port = site(folder());
        for address in ["/", "/index.html", "/index.html?reload=1", "/index%2Ehtml"] {
            let (head, body) = ask(port, &format!("GET {address}"));
            assert!(head.starts_with("http/1.1 200"), "{address}: {head}");
            assert_eq!(body, include_str!("../../www/index.html"), "{address}");
            assert!(has(&head, &format!("content-length: {}", body.len())), "{address}: {head}");
            assert!(has(&head, "cache-control: no-cache"), "{address}: {head}");
        }
        let (head, body) = ask(port, "HEAD /index.html");
        assert!(head.starts_with("http/1.1 200") && body.is_empty(), "{head}\n{body}");
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let port = site(folder());
        for address in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/sample/../../Cargo.toml",
            "/sample/..%2f..%2fCargo.toml",
            "/..\\Cargo.toml",
            "//etc/passwd",
            "/%2Fetc/passwd",
            "/a%00b",
            "/%ff",
            "/none",
        ] {
            let (head, body) = ask(port, &format!("GET {address}"));
            assert!(head.starts_with("http/1.1 4") && body.is_empty(), "{address}: {head}\n{body}");
        }
        assert!(ask(port, "POST /index.html").0.starts_with("http/1.1 405"));
    }

    #[test]
    fn browsers_get_the_types_they_insist_on() {
        let folder = std::env::temp_dir().join(format!("cadans-serve-{}", std::process::id()));
        let written = std::fs::create_dir_all(&folder).and_then(|()| {
            ["a.wasm", "a.mjs", "a.js", "a.css", "a.json"]
                .iter()
                .try_for_each(|name| std::fs::write(folder.join(name), ""))
        });
        assert!(written.is_ok(), "{written:?}");
        let port = site(folder.clone());
        for (name, kinds) in [
            ("a.wasm", &["application/wasm"][..]),
            ("a.mjs", &["text/javascript", "application/javascript"]),
            ("a.js", &["text/javascript", "application/javascript"]),
            ("a.css", &["text/css"]),
            ("a.json", &["application/json"]),
        ] {
            let (head, _) = ask(port, &format!("GET /{name}"));
            assert!(kinds.iter().any(|kind| has(&head, &format!("content-type: {kind}"))), "{name}: {head}");
        }
        assert!(std::fs::remove_dir_all(folder).is_ok());
    }

    #[test]
    fn connections_that_say_nothing_hold_up_nobody() {
        let port = site(folder());
        let silent: Vec<_> = (0..32).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port))).collect();
        for _ in 0..32 {
            assert!(ask(port, "GET /index.html").0.starts_with("http/1.1 200"));
        }
        assert!(silent.iter().all(Result::is_ok));
    }

    #[test]
    fn a_taken_port_is_told_with_what_to_do() {
        let first = Site::open(folder(), 0).unwrap_or_else(|why| unreachable!("{why}"));
        let second = Site::open(folder(), first.port);
        assert!(second.is_err_and(|why| why.contains("--port")));
    }
}
