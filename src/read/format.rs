//! Which format a file has: by option, by its first bytes and by its extension.

use super::{InputFile, Reading, gzip};
use crate::mistake::{Kind, Mistake, Mistakes, Position, did_you_mean};

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Text with cells separated by a delimiter that is found.
    Csv,
    /// Text with cells separated by tabs.
    Tsv,
    /// An array of objects.
    Json,
    /// One object a line.
    JsonLines,
    /// Excel since 2007.
    Xlsx,
    /// Excel since 2007, binary.
    Xlsb,
    /// Excel before 2007.
    Xls,
    /// `OpenDocument`.
    Ods,
}

const NAMES: [(&str, Format); 12] = [
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("xlsx", Format::Xlsx),
    ("ods", Format::Ods),
    ("xls", Format::Xls),
    ("xlsb", Format::Xlsb),
    ("tab", Format::Tsv),
    ("ndjson", Format::JsonLines),
    ("xlsm", Format::Xlsx),
    ("xltx", Format::Xlsx),
];

impl Format {
    /// Whether the format has sheets.
    pub(super) fn is_workbook(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xlsb | Self::Xls | Self::Ods)
    }
}

/// Tells the format of a file from its unpacked bytes, its name and the option.
///
/// # Errors
/// An unknown `--format`, or bytes of something else than a table.
pub(super) fn of(file: &InputFile, bytes: &[u8], reading: &Reading) -> Result<Format, Mistakes> {
    if let Some(name) = &reading.format {
        return named(name);
    }
    let extension = extension(&file.name);
    let by_name = NAMES
        .iter()
        .find(|(name, _)| *name == extension)
        .map(|(_, format)| *format);
    if bytes.starts_with(b"PK\x03\x04") {
        return zipped(&file.name, bytes, by_name);
    }
    if is_old_office(bytes) {
        return Ok(Format::Xls);
    }
    if let Some(thing) = other_thing(bytes) {
        return Err(not_a_table(&file.name, thing).into());
    }
    // Many programs write tab-separated text and call it `.xls`.
    let by_name = by_name.filter(|format| *format != Format::Xls);
    Ok(by_name.unwrap_or_else(|| by_first_letter(bytes)))
}

/// Whether bytes begin like a packed or binary format that is read, which may hold any byte.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || is_old_office(bytes) || gzip::is_gzip(bytes)
}

fn named(wanted: &str) -> Result<Format, Mistakes> {
    let wanted = wanted.trim().to_lowercase();
    if let Some((_, format)) = NAMES.iter().find(|(name, _)| *name == wanted) {
        return Ok(*format);
    }
    let mistake = Mistake::new(Kind::BadOption, Position::Nowhere, format!("`{wanted}`"))
        .column("--format")
        .expected("`csv`, `tsv`, `json`, `jsonl`, `xlsx` or `ods`");
    let meant = did_you_mean(&wanted, NAMES.iter().map(|(name, _)| *name));
    Err(match meant {
        Some(name) => mistake.hint(format!("did you mean `{name}`?")),
        None => mistake,
    }
    .into())
}

fn extension(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.') {
        Some((_, extension)) => extension.to_owned(),
        None => String::new(),
    }
}

fn is_old_office(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

fn zipped(name: &str, bytes: &[u8], by_name: Option<Format>) -> Result<Format, Mistakes> {
    let Some(archive) = super::zip::Archive::open(bytes) else {
        return Ok(by_name
            .filter(|format| format.is_workbook())
            .unwrap_or(Format::Xlsx));
    };
    if archive.has("xl/workbook.bin") {
        Ok(Format::Xlsb)
    } else if archive.has("xl/workbook.xml") || archive.has("[Content_Types].xml") {
        Ok(Format::Xlsx)
    } else if archive.has("content.xml") {
        Ok(Format::Ods)
    } else {
        Err(not_a_table(name, "a zip archive")
            .hint("unpack it and name the file inside")
            .into())
    }
}

fn other_thing(bytes: &[u8]) -> Option<&'static str> {
    const THINGS: [(&[u8], &str); 7] = [
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"Rar!", "a RAR archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (b"{\\rtf", "an RTF document"),
    ];
    if let Some((_, thing)) = THINGS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(thing);
    }
    let text = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let begins = |word: &str| {
        text.get(..word.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(word.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        Some("a web page")
    } else if begins("<?xml") {
        Some("an XML document")
    } else {
        None
    }
}

fn not_a_table(name: &str, thing: &str) -> Mistake {
    Mistake::new(Kind::BadFormat, Position::File(name.to_owned()), thing)
        .expected("CSV, TSV, JSON, JSON Lines, XLSX or ODS")
        .hint("open it in a spreadsheet and save it as CSV or XLSX")
}

fn by_first_letter(bytes: &[u8]) -> Format {
    let text = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    match text {
        [b'[', rest @ ..] if rest.trim_ascii_start().starts_with(b"{") => Format::Json,
        [b'{', rest @ ..] if rest.trim_ascii_start().starts_with(b"\"") => Format::Json,
        [b'[', rest @ ..] if rest.trim_ascii() == b"]" => Format::Json,
        _ => Format::Csv,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], option: Option<&str>, expected: Result<Format, &str>) {
        let file = InputFile {
            name: name.to_owned(),
            bytes: Vec::new(),
        };
        let reading = Reading {
            format: option.map(str::to_owned),
        };
        let found = of(&file, bytes, &reading).map_err(|mut mistakes| mistakes.0.remove(0).found);
        assert_eq!(found, expected.map_err(str::to_owned), "{name}");
    }

    #[test]
    fn the_option_wins_over_everything() {
        check("a.csv", b"[{}]", Some("JSONL"), Ok(Format::JsonLines));
        check("a.csv", b"", Some("cvs"), Err("`cvs`"));
    }

    #[test]
    fn the_extension_tells_text_formats_apart() {
        check("a.csv", b"[{}]", None, Ok(Format::Csv));
        check("a.TSV", b"x", None, Ok(Format::Tsv));
        check("a.json.gz", b"[]", None, Ok(Format::Json));
        check("a.ndjson", b"", None, Ok(Format::JsonLines));
    }

    #[test]
    fn the_first_letter_tells_where_no_extension_does() {
        check("-", b" [ {\"id\": 1}]", None, Ok(Format::Json));
        check("-", b"{\"id\": 1}\n{\"id\": 2}", None, Ok(Format::Json));
        check("leads", b"id,name\n", None, Ok(Format::Csv));
        check("a.xls", b"id\tname\n", None, Ok(Format::Csv));
    }

    #[test]
    fn things_that_are_no_tables_are_told_by_name() {
        check("a.csv", b"%PDF-1.7", None, Err("a PDF"));
        check("a.xls", b"\n<HTML><body>", None, Err("a web page"));
        check("a.xlsx", b"PK\x03\x04...", None, Ok(Format::Xlsx));
    }
}
