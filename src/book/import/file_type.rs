//! Recognises files that are no text in UTF-8, so that each gets one message that says what it is and what to do.

use crate::book::ingest::encoding::wide_encoding;

/// What a file is that is neither CSV nor JSON in UTF-8, and what to do, as the key of a sentence; `None` when its first bytes look like
/// text in UTF-8.
pub(super) fn other_file_type(bytes: &[u8]) -> Option<&'static str> {
    // Signatures of the formats: ECMA-376 packages are ZIP files, older workbooks OLE2 compound files.
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "import-file-xlsx"),
        (b"PK\x05\x06", "import-file-empty-zip"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "import-file-xls"),
        (b"\x1F\x8B", "import-file-gzip"),
        (b"%PDF", "import-file-pdf"),
        (b"PAR1", "import-file-parquet"),
    ];
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(what);
    }
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |word: &str| start.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    if ["<!doctype html", "<html", "<table"].iter().any(|word| begins(word)) {
        return Some("import-file-html");
    }
    if begins("<?xml") {
        return Some("import-file-xml");
    }
    wide_encoding(bytes).or_else(|| is_utf16(bytes).then_some("record-file-utf16"))
}

/// What a file is that is read as JSON and cannot be, as the key of a sentence; `None` when its first bytes do not tell.
pub fn no_json(bytes: &[u8]) -> Option<&'static str> {
    match other_file_type(bytes)? {
        "import-file-xlsx" | "import-file-xls" => Some("import-file-workbook"),
        known @ ("record-file-utf16" | "record-file-utf32" | "import-file-gzip" | "import-file-empty-zip") => {
            Some(known)
        }
        _ => None,
    }
}

/// True for UTF-16 without a byte order mark where every second byte of the first ones is zero, as in text of mostly Latin letters; also where
/// [`wide_encoding`] does not know the first letter.
fn is_utf16(bytes: &[u8]) -> bool {
    let first = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let zeros = |from: usize| first.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Letters outside Latin have no zero byte; text of one byte a letter has none at all.
    first.len() >= 4 && even.max(odd) * 4 >= first.len() && even.min(odd) * 8 <= even.max(odd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Sentence;

    #[test]
    fn files_that_are_no_csv_are_called_what_they_are() {
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        for (bytes, word) in [
            (b"PK\x03\x04\x14\0".to_vec(), "workbook"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0".to_vec(), "workbook"),
            (b"\x1F\x8B\x08".to_vec(), "gzip"),
            (b"\n<HTML><body>".to_vec(), "HTML"),
            (utf16("id;name\nL-1;Alfa\n", false), "UTF-16"),
            (utf16("id;name\nL-1;Alfa\n", true), "UTF-16"),
            (utf16("\u{feff}id;name\n", true), "UTF-16"),
            (utf16("id;Größe;名前\n1;2;3\n", false), "UTF-16"),
            (utf16("名前;id\n1;2\n", false), "UTF-16"),
            (b"\xFF\xFE\0\0i\0\0\0d\0\0\0".to_vec(), "UTF-32"),
            (b"\0\0\0i\0\0\0d\0\0\0;".to_vec(), "UTF-32"),
        ] {
            let what = other_file_type(&bytes).map(|key| Sentence::new(key).english());
            assert!(what.is_some_and(|what| what.contains(word)), "{word}: {bytes:?}");
        }
        let workbook = no_json(b"PK\x03\x04\x14\0").map(|key| Sentence::new(key).english());
        assert!(workbook.is_some_and(|what| what.contains("workbook") && what.contains("JSON")));
        assert_eq!((no_json(b"{\"id\": 1}"), no_json(b"id;name\n")), (None, None));
        for text in ["id;name\n", "\u{feff}id,name\n", "{\"id\": 1}", "i", "", "id,Größe\n1,2\n", "a\0b"] {
            assert_eq!(other_file_type(text.as_bytes()), None, "{text:?}");
        }
    }
}
