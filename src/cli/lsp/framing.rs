//! Messages on standard input: a header with their length, then that many bytes of JSON.
//!
//! What is wrong with a message is an answer to it and not the end of the session. A message that is too long is passed over; after a header that
//! cannot be read the next header is looked for.

use std::io::{self, BufRead, Read};

use lsp_server::{ErrorCode, Message};
use serde_json::Value;

/// Bytes of one message. A pack of the largest size has at most six times as many as JSON.
const MESSAGE_BYTES: u64 = 16 << 20;

/// Bytes of one line of a header.
const HEADER_BYTES: u64 = 8 << 10;

/// What was read.
pub enum Received {
    /// A message.
    Message(Message),
    /// Something else: with the code and the text of the answer, and the id that it had, if any.
    Malformed(ErrorCode, String, Value),
    /// The end of the input.
    End,
}

/// Reads one message.
///
/// # Errors
/// The input cannot be read.
pub fn receive(input: &mut impl BufRead) -> io::Result<Received> {
    let malformed = |code, why: String| Ok(Received::Malformed(code, why, Value::Null));
    let length = match header(input)? {
        Header::Length(length) => length,
        Header::Malformed(why) => return malformed(ErrorCode::ParseError, why),
        Header::End => return Ok(Received::End),
    };
    if length > MESSAGE_BYTES {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return malformed(ErrorCode::InvalidRequest, format!("a message has at most {MESSAGE_BYTES} bytes"));
    }
    let mut body = Vec::new();
    if input.take(length).read_to_end(&mut body)? < usize::try_from(length).unwrap_or(usize::MAX) {
        return Ok(Received::End);
    }
    let json: Value = match serde_json::from_slice(&body) {
        Ok(json) => json,
        Err(why) => return malformed(ErrorCode::ParseError, why.to_string()),
    };
    let id = json.get("id").filter(|id| id.is_string() || id.is_number()).cloned().unwrap_or_default();
    // A request whose id cannot be read would be taken for a notification, and whoever sent it would wait.
    let is_request = json.get("id").is_some() && json.get("method").is_some();
    match serde_json::from_value::<Message>(json) {
        Ok(Message::Notification(_)) if is_request => {
            let why = "the id of a request is a text or a whole number of 32 bits".to_owned();
            Ok(Received::Malformed(ErrorCode::InvalidRequest, why, id))
        }
        Ok(message) => Ok(Received::Message(message)),
        Err(_) => {
            let why = "this is no request, response or notification of JSON-RPC".to_owned();
            Ok(Received::Malformed(ErrorCode::InvalidRequest, why, id))
        }
    }
}

/// What a header says.
enum Header {
    Length(u64),
    Malformed(String),
    End,
}

fn header(input: &mut impl BufRead) -> io::Result<Header> {
    let (mut length, mut lines) = (None, 0);
    loop {
        let mut line = Vec::new();
        if input.take(HEADER_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(Header::End);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            match length {
                Some(length) => return Ok(Header::Length(length)),
                // Blank lines between messages are passed over.
                None if lines == 0 => continue,
                None => return Ok(Header::Malformed("a header needs Content-Length".to_owned())),
            }
        }
        lines += 1;
        if let Some((name, value)) = text.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            match value.trim().parse() {
                Ok(bytes) => length = Some(bytes),
                Err(_) => return Ok(Header::Malformed("Content-Length is not a number of bytes".to_owned())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &str) -> Vec<String> {
        let mut input = io::Cursor::new(input.as_bytes());
        let mut found = Vec::new();
        loop {
            found.push(match receive(&mut input).unwrap() {
                Received::Message(Message::Request(request)) => format!("request {}", request.method),
                Received::Message(Message::Notification(one)) => format!("notification {}", one.method),
                Received::Message(Message::Response(_)) => "response".to_owned(),
                Received::Malformed(code, _, id) => format!("{} for {id}", code as i32),
                Received::End => return found,
            });
        }
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn what_is_no_message_is_told_and_the_next_is_read() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"initialized"}"#);
        for (bad, told) in [
            (framed("{"), vec!["-32700 for null"]),
            (framed(r#"{"id":1}"#), vec!["-32600 for 1"]),
            (framed(r#"{"id":99999999999,"method":"x"}"#), vec!["-32600 for 99999999999"]),
            (framed(r#"{"id":null,"method":"x"}"#), vec!["-32600 for null"]),
            (framed("[]"), vec!["-32600 for null"]),
            (framed("\"text\""), vec!["-32600 for null"]),
            ("Content-Length: x\r\n\r\n".to_owned(), vec!["-32700 for null"]),
            ("Hello: there\r\n\r\n".to_owned(), vec!["-32700 for null"]),
            (format!("content-length:{}\r\nContent-Type: a\r\n\r\n{{}}", 2), vec!["-32600 for null"]),
            (framed(&format!("\"{}\"", "a".repeat(MESSAGE_BYTES as usize))), vec!["-32600 for null"]),
            (framed(r#"{"id":"a","method":"x"}"#), vec!["request x"]),
        ] {
            let found = all(&format!("{bad}{good}"));
            assert_eq!(found, [told, vec!["notification initialized"]].concat());
        }
        assert_eq!(all("Content-Length: 99999999999999\r\n\r\nshort"), ["-32600 for null"]);
        assert_eq!(all("Content-Length: 10\r\n\r\nshort"), Vec::<String>::new());
    }
}
