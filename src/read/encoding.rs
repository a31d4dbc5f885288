//! Bytes of a text file to text: byte-order marks, UTF-8, UTF-16, and the 8-bit encodings of old exports.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::lines::line_of;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::Note;

/// As many bytes as are looked at to tell UTF-16 without a mark.
const SNIFFED: usize = 4096;
/// As many bytes as the detector of 8-bit encodings is fed, from the first byte that is not ASCII.
const DETECTED: usize = 4 << 20;

/// A text file, decoded.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text without its mark.
    pub(super) text: Cow<'a, str>,
    /// Whether there was a byte-order mark.
    pub(super) bom: bool,
    /// Which encoding it is, where that is worth saying.
    pub(super) note: Option<Note>,
}

/// Decodes a text file.
///
/// # Errors
/// NUL bytes, UTF-32, or bytes that no decoder fits, with their line.
pub(super) fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Decoded<'a>, Mistakes> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(bad(name, 1, "text in UTF-32").into());
    }
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return Ok(Decoded {
            bom: true,
            ..without_mark(name, rest)?
        });
    }
    if let Some((encoding, mark)) = utf_16(bytes) {
        let text = wide(name, encoding, &bytes[mark..])?;
        return Ok(Decoded {
            text,
            bom: mark > 0,
            note: Some(Note::fact(format!("`{name}` is read as {}", encoding.name()))),
        });
    }
    without_mark(name, bytes)
}

/// Refuses the beginning of a file that is neither text nor one of the binary formats, so that an
/// endless or huge one need not be read to its end.
///
/// # Errors
/// NUL bytes in what cannot be UTF-16, with their line.
pub(super) fn refuse_early(name: &str, beginning: &[u8]) -> Result<(), Mistakes> {
    if super::format::is_container(beginning) || utf_16(beginning).is_some() {
        return Ok(());
    }
    without_nul(name, beginning)
}

fn without_mark<'a>(name: &str, bytes: &'a [u8]) -> Result<Decoded<'a>, Mistakes> {
    without_nul(name, bytes)?;
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            return Ok(Decoded {
                text: Cow::Borrowed(text),
                bom: false,
                note: None,
            });
        }
        Err(error) => error,
    };
    if is_damaged_utf_8(bytes) {
        let line = line_of(bytes, error.valid_up_to());
        return Err(bad(name, line, "bytes that are not UTF-8 in a file that otherwise is").into());
    }
    let (encoding, text) = eight_bit(&bytes[error.valid_up_to()..], bytes);
    if let Some(position) = text.find(is_no_text) {
        let line = line_of(text.as_bytes(), position);
        return Err(bad(name, line, "bytes that no decoder fits").into());
    }
    Ok(Decoded {
        text,
        bom: false,
        note: Some(Note::warning(format!(
            "`{name}` is not UTF-8; it is read as {}",
            encoding.name()
        ))),
    })
}

/// Control characters that no text file holds: the sign that its bytes are in none of the encodings.
fn is_no_text(letter: char) -> bool {
    letter == '\u{FFFD}'
        || (letter.is_control()
            && !matches!(
                letter,
                '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}'
            ))
}

fn without_nul(name: &str, bytes: &[u8]) -> Result<(), Mistakes> {
    // `contains` searches many bytes at a time; the position is only looked for when there is one.
    if !bytes.contains(&0) {
        return Ok(());
    }
    let position = bytes.iter().position(|byte| *byte == 0).unwrap_or_default();
    Err(bad(name, line_of(bytes, position), "NUL bytes in a text file").into())
}

fn utf_16(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Some((UTF_16LE, 2));
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Some((UTF_16BE, 2));
    }
    let (pairs, _) = bytes[..bytes.len().min(SNIFFED)].as_chunks::<2>();
    let high = pairs.iter().filter(|[first, _]| *first == 0).count();
    let low = pairs.iter().filter(|[_, second]| *second == 0).count();
    let (most, few) = (pairs.len() * 2 / 5, pairs.len() / 20);
    if pairs.is_empty() || (low <= most && high <= most) {
        None
    } else if high <= few {
        Some((UTF_16LE, 0))
    } else if low <= few {
        Some((UTF_16BE, 0))
    } else {
        None
    }
}

fn wide<'a>(name: &str, encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, Mistakes> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let position = text.find('\u{FFFD}').unwrap_or_default();
        let line = line_of(text.as_bytes(), position);
        return Err(bad(name, line, &format!("bytes that are not {}", encoding.name())).into());
    }
    without_nul(name, text.as_bytes())?;
    Ok(text)
}

/// Whether most of what is not ASCII is well-formed UTF-8, which other encodings never are by chance.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && good >= 4 * bad
}

fn eight_bit<'a>(from_first: &[u8], all: &'a [u8]) -> (&'static Encoding, Cow<'a, str>) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&from_first[..from_first.len().min(DETECTED)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    match guess.decode_without_bom_handling_and_without_replacement(all) {
        Some(text) => (guess, text),
        None => (WINDOWS_1252, WINDOWS_1252.decode_without_bom_handling(all).0),
    }
}

fn bad(name: &str, line: u32, found: &str) -> Mistake {
    let position = Position::Line {
        file: name.to_owned(),
        line,
        column: None,
    };
    Mistake::new(Kind::BadEncoding, position, found)
        .expected("text in UTF-8, UTF-16 or Windows-1252")
        .hint("save the file again as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<(&str, bool), &str>) {
        let decoded = decode("leads.csv", bytes);
        let found = decoded.as_ref().map(|decoded| (&*decoded.text, decoded.bom));
        let expected = expected.map_err(str::to_owned);
        assert_eq!(
            found.map_err(|mistakes| format!("{}: {}", mistakes.0[0].position, mistakes.0[0].found)),
            expected
        );
    }

    fn utf_16_bytes(text: &str, units: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(units).collect()
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_mark() {
        check("id\nZürich".as_bytes(), Ok(("id\nZürich", false)));
        check(b"\xEF\xBB\xBFid", Ok(("id", true)));
        check(b"", Ok(("", false)));
    }

    #[test]
    fn utf_16_is_read_with_a_mark_and_without_one() {
        let text = "id\tname\r\n1\tZoë\r\n";
        check(&utf_16_bytes(text, u16::to_le_bytes), Ok((text, false)));
        check(&utf_16_bytes(text, u16::to_be_bytes), Ok((text, false)));
        let marked = format!("\u{FEFF}{text}");
        check(&utf_16_bytes(&marked, u16::to_le_bytes), Ok((text, true)));
        check(&utf_16_bytes(&marked, u16::to_be_bytes), Ok((text, true)));
    }

    #[test]
    fn windows_1252_is_read_and_said() {
        let bytes = b"name,city\nM\xFCller,K\xF6ln\nSmith \x96 Sons,\x8045\n";
        check(bytes, Ok(("name,city\nMüller,Köln\nSmith – Sons,€45\n", false)));
        let note = decode("leads.csv", bytes).unwrap().note.unwrap();
        assert_eq!(note.text, "`leads.csv` is not UTF-8; it is read as windows-1252");
    }

    #[test]
    fn a_nul_byte_is_refused_with_its_line() {
        check(
            b"id,name\n1,a\n2,\0b\n",
            Err("leads.csv:3: NUL bytes in a text file"),
        );
        check(&vec![0; 70_000], Err("leads.csv:1: NUL bytes in a text file"));
    }

    #[test]
    fn one_broken_byte_among_utf_8_is_refused_with_its_line() {
        check(
            b"id,name\n1,\xC3\xBC\xC3\xBC\n2,\xC3\xA4\xC3\xB6\n3,\xFF\n",
            Err("leads.csv:4: bytes that are not UTF-8 in a file that otherwise is"),
        );
    }

    #[test]
    fn utf_32_and_half_a_letter_of_utf_16_are_refused() {
        check(b"\xFF\xFE\0\0i\0\0\0", Err("leads.csv:1: text in UTF-32"));
        check(
            b"\xFF\xFEi\0\n\0\x00\xD8",
            Err("leads.csv:2: bytes that are not UTF-16LE"),
        );
    }
}
