//! Line ends of files: LF, CR LF, or CR alone, as files of old Macs and some exports have them.

use std::borrow::Cow;

/// Whether the byte at this place is a CR that no LF follows, and so a line end by itself.
fn is_lone_return(bytes: &[u8], place: usize) -> bool {
    bytes.get(place) == Some(&b'\r') && bytes.get(place + 1) != Some(&b'\n')
}

/// The bytes with each CR that is a line end by itself replaced by LF; every byte stays at its place. Borrowed when there is none. For JSON,
/// in which both are white space and neither may stand in a text.
pub(in crate::book) fn with_line_feeds(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'\r') || !(0..bytes.len()).any(|place| is_lone_return(bytes, place)) {
        return Cow::Borrowed(bytes);
    }
    let line_feed = |place: usize, byte: u8| if is_lone_return(bytes, place) { b'\n' } else { byte };
    Cow::Owned(bytes.iter().enumerate().map(|(place, byte)| line_feed(place, *byte)).collect())
}

/// The number of line ends in `bytes[from..until]`. CR LF is one, which stands at its LF.
#[cfg(feature = "import")]
pub(in crate::book) fn line_ends_between(bytes: &[u8], from: usize, until: usize) -> u64 {
    let part = bytes.get(from..until).unwrap_or_default().iter().zip(from..);
    part.filter(|(byte, place)| **byte == b'\n' || is_lone_return(bytes, *place)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_line_end_is_one() {
        for (text, ends) in [("a", 0), ("a\nb\n", 2), ("a\r\nb\r\n", 2), ("a\rb\r", 2), ("\r\r\n\n\r", 4)] {
            let bytes = text.as_bytes();
            assert_eq!(with_line_feeds(bytes).iter().filter(|byte| **byte == b'\n').count(), ends, "{text:?}");
            #[cfg(feature = "import")]
            for cut in 0..=bytes.len() {
                let parts = line_ends_between(bytes, 0, cut) + line_ends_between(bytes, cut, bytes.len());
                assert_eq!(parts, ends as u64, "{text:?} cut at {cut}");
            }
        }
        assert_eq!(&*with_line_feeds(b"{\r\n\"a\":\r1}"), b"{\r\n\"a\":\n1}");
    }
}
