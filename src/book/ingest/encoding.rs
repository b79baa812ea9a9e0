//! Recognises text in UTF-16 and UTF-32, which is read nowhere: a file is text in UTF-8.

/// The key of the sentence that names the encoding of a file in UTF-16 or UTF-32, by its byte order mark or, without one, by the zero bytes
/// of its first letter, which in a lead file and nearly every table is one of ASCII (RFC 4627, section 3). `None` for anything else.
pub(in crate::book) fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    const UTF16: Option<&str> = Some("record-file-utf16");
    const UTF32: Option<&str> = Some("record-file-utf32");
    match bytes {
        // The mark of UTF-32 with the low byte first begins as that of UTF-16.
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => UTF32,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => UTF16,
        [0, 0, one, other, ..] | [one, other, 0, 0, ..] if (*one, *other) != (0, 0) => UTF32,
        [0, one, 0, other, ..] | [one, 0, other, 0, ..] if *one != 0 && *other != 0 => UTF16,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_and_utf_32_are_told_apart_with_and_without_a_mark() {
        for text in ["\u{feff}id;name", "[{\"id\":\"L-1\"}]", "\u{feff}[]"] {
            for big in [false, true] {
                let order = |low: Vec<u8>| if big { low.into_iter().rev().collect() } else { low };
                let utf16: Vec<u8> = text.encode_utf16().flat_map(|unit| order(unit.to_le_bytes().to_vec())).collect();
                assert_eq!(wide_encoding(&utf16), Some("record-file-utf16"), "{text:?}");
                let utf32: Vec<u8> =
                    text.chars().flat_map(|letter| order(u32::from(letter).to_le_bytes().to_vec())).collect();
                assert_eq!(wide_encoding(&utf32), Some("record-file-utf32"), "{text:?}");
            }
            assert_eq!(wide_encoding(text.as_bytes()), None);
        }
        for bytes in [&b""[..], b"i", b"a\0b", b"\0\0\0\0", b"id,Gr\xF6\xDFe"] {
            assert_eq!(wide_encoding(bytes), None, "{bytes:?}");
        }
    }
}
