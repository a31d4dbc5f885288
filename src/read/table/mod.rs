//! A file's bytes to a table: unpack, tell the format, decode, read.

use super::format::{self, Format};
use super::{InputFile, Reading, csv, encoding, gzip, json, sheet};
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::Table;

/// Reads a table out of a file's bytes. `sheet` names a sheet; default the first visible one.
///
/// # Errors
/// Every mistake of the file as a whole.
pub fn table(file: &InputFile, sheet: Option<&str>, reading: &Reading) -> Result<Table, Mistakes> {
    let name = &file.name;
    let bytes = gzip::unpack(name, &file.bytes)?;
    let format = format::of(file, &bytes, reading)?;
    if bytes.is_empty() && format != Format::JsonLines {
        let position = Position::File(name.clone());
        return Err(Mistake::new(Kind::EmptyFile, position, "no bytes")
            .expected("a header and rows below it")
            .into());
    }
    if format.is_workbook() {
        return sheet::table(name, &bytes, format, sheet);
    }
    if let Some(sheet) = sheet {
        let position = Position::File(name.clone());
        let found = format!("a text file, which has no sheet `{sheet}`");
        return Err(Mistake::new(Kind::NoSuchSheet, position, found)
            .hint(format!("name `{name}` alone"))
            .into());
    }
    let decoded = encoding::decode(name, &bytes)?;
    let mut table = match format {
        Format::Json => json::table(name, &decoded.text)?,
        Format::JsonLines => json::lines(name, &decoded.text)?,
        Format::Tsv if decoded.text.contains('\t') => csv::table(name, &decoded.text, Some(b'\t'))?,
        _ => csv::table(name, &decoded.text, None)?,
    };
    table.bom = decoded.bom;
    table.notes.splice(0..0, decoded.note);
    Ok(table)
}

/// The names of a workbook's visible sheets, in its order; nothing for a file that is no workbook.
///
/// # Errors
/// A workbook that does not open, or a file that is no table at all.
pub fn sheets(file: &InputFile) -> Result<Option<Vec<String>>, Mistakes> {
    let bytes = gzip::unpack(&file.name, &file.bytes)?;
    let format = format::of(file, &bytes, &Reading::default())?;
    if format.is_workbook() && !bytes.is_empty() {
        Ok(Some(sheet::names(&file.name, &bytes, format)?))
    } else {
        Ok(None)
    }
}

#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod tests;
