//! Workbooks: opened, their sheets listed, chosen and walked through.

use std::io::Cursor;

use calamine::{Ods, Reader, Sheet, SheetType, SheetVisible, Style, Xls, Xlsb, Xlsx};

use super::super::format::Format;
use super::super::gzip;
use super::super::zip::Archive;
use super::grid::Grid;
use super::tags::is_well_nested;
use crate::mistake::{Kind, Mistake, Mistakes, Position, did_you_mean};

type Bytes<'a> = Cursor<&'a [u8]>;

/// An open workbook.
pub(super) enum Book<'a> {
    Xlsx(Box<Xlsx<Bytes<'a>>>),
    Xlsb(Box<Xlsb<Bytes<'a>>>),
    Xls(Box<Xls<Bytes<'a>>>),
    Ods(Box<Ods<Bytes<'a>>>),
}

/// Opens a workbook.
///
/// # Errors
/// A workbook that is damaged, protected by a password, or unpacks to too much.
pub(super) fn open<'a>(name: &str, bytes: &'a [u8], format: Format) -> Result<Book<'a>, Mistakes> {
    if let Some(archive) = Archive::open(bytes) {
        let limit = gzip::limit(bytes.len());
        if archive.unpacked() > limit {
            return Err(gzip::too_big(name, limit).into());
        }
        // The reader of this format would look for a missing end for ever.
        let content = archive.read("content.xml").filter(|_| format == Format::Ods);
        if content.is_some_and(|content| !is_well_nested(content)) {
            return Err(damaged(name, "its content is cut off").into());
        }
    }
    let fault = |text: String| damaged(name, &text);
    let reader = Cursor::new(bytes);
    Ok(match format {
        Format::Ods => Book::Ods(Box::new(
            Ods::new(reader).map_err(|error| fault(error.to_string()))?,
        )),
        Format::Xlsb => Book::Xlsb(Box::new(
            Xlsb::new(reader).map_err(|error| fault(error.to_string()))?,
        )),
        Format::Xls => match Xls::new(reader) {
            Ok(book) => Book::Xls(Box::new(book)),
            // An encrypted XLSX is packed like an old workbook; its own reader tells so.
            Err(error) => return Err(fault(protected(bytes).unwrap_or_else(|| error.to_string())).into()),
        },
        _ => Book::Xlsx(Box::new(
            Xlsx::new(reader).map_err(|error| fault(error.to_string()))?,
        )),
    })
}

fn protected(bytes: &[u8]) -> Option<String> {
    let error = Xlsx::new(Cursor::new(bytes)).err()?;
    matches!(error, calamine::XlsxError::Password).then(|| error.to_string())
}

/// The mistake of a workbook that does not open.
pub(super) fn damaged(name: &str, why: &str) -> Mistake {
    let locked = why.contains("password");
    let found = if locked {
        "a workbook that is protected by a password".to_owned()
    } else {
        format!("a workbook that does not open: {}", why.trim_end_matches('.'))
    };
    let mistake = Mistake::new(Kind::BadSpreadsheet, Position::File(name.to_owned()), found);
    if locked {
        mistake.hint("save it without the password")
    } else {
        mistake.hint("open it in a spreadsheet and save it again, as XLSX or CSV")
    }
}

/// The sheets that hold cells, with their place among all sheets.
pub(super) fn worksheets(book: &Book<'_>) -> Vec<(usize, Sheet)> {
    let sheets = match book {
        Book::Xlsx(book) => book.sheets_metadata(),
        Book::Xlsb(book) => book.sheets_metadata(),
        Book::Xls(book) => book.sheets_metadata(),
        Book::Ods(book) => book.sheets_metadata(),
    };
    let all = sheets.iter().cloned().enumerate();
    all.filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .collect()
}

/// Chooses the sheet of a name, without regard to case, or the first visible one; with its place among all.
///
/// # Errors
/// A sheet that the workbook does not have.
pub(super) fn chosen<'s>(
    name: &str,
    sheets: &'s [(usize, Sheet)],
    wanted: Option<&str>,
) -> Result<(usize, &'s Sheet), Mistakes> {
    let position = Position::File(name.to_owned());
    let Some(wanted) = wanted else {
        let first = sheets
            .iter()
            .find(|(_, sheet)| sheet.visible == SheetVisible::Visible);
        return first
            .map(|(index, sheet)| (*index, sheet))
            .ok_or_else(|| Mistake::new(Kind::NoSuchSheet, position, "no visible sheet").into());
    };
    let exact = sheets.iter().find(|(_, sheet)| sheet.name == wanted);
    let folded = || {
        let wanted = wanted.trim().to_lowercase();
        sheets
            .iter()
            .find(|(_, sheet)| sheet.name.trim().to_lowercase() == wanted)
    };
    if let Some((index, sheet)) = exact.or_else(folded) {
        return Ok((*index, sheet));
    }
    let names: Vec<String> = sheets
        .iter()
        .map(|(_, sheet)| format!("`{}`", sheet.name))
        .collect();
    let mistake = Mistake::new(Kind::NoSuchSheet, position, format!("no sheet `{wanted}`"))
        .expected(format!("one of {}", names.join(", ")));
    let meant = did_you_mean(wanted, sheets.iter().map(|(_, sheet)| sheet.name.as_str()));
    Err(match meant {
        Some(meant) => mistake.hint(format!("did you mean `{name}#{meant}`")),
        None => mistake,
    }
    .into())
}

/// Puts all cells of a sheet into a grid.
///
/// # Errors
/// A sheet that does not parse, or that is beyond the bounds of a table.
pub(super) fn fill(book: &mut Book<'_>, sheet: &str, grid: &mut Grid) -> Result<(), Mistakes> {
    let file = grid.file().to_owned();
    let fault = |text: String| damaged(&file, &text);
    match book {
        Book::Xlsx(book) => {
            let mut cells = book
                .worksheet_cells_reader(sheet)
                .map_err(|error| fault(error.to_string()))?;
            let padding: Vec<usize> = cells.styles().iter().map(digits_shown).collect();
            while let Some((cell, style)) = cells
                .next_cell_with_style_id()
                .map_err(|error| fault(error.to_string()))?
            {
                grid.cell(&cell, padding.get(style).copied().unwrap_or_default())?;
            }
            Ok(())
        }
        Book::Xlsb(book) => {
            let mut cells = book
                .worksheet_cells_reader(sheet)
                .map_err(|error| fault(error.to_string()))?;
            while let Some(cell) = cells.next_cell().map_err(|error| fault(error.to_string()))? {
                grid.cell(&cell, 0)?;
            }
            Ok(())
        }
        Book::Xls(book) => {
            let range = book
                .worksheet_range(sheet)
                .map_err(|error| fault(error.to_string()))?;
            grid.range(&range)
        }
        Book::Ods(book) => {
            let range = book
                .worksheet_range(sheet)
                .map_err(|error| fault(error.to_string()))?;
            grid.range(&range)
        }
    }
}

/// The number of digits that a style pads whole numbers to with zeros, as postal codes are.
fn digits_shown(style: &Style) -> usize {
    match &style.number_format {
        Some(format) if format.format_code.bytes().all(|byte| byte == b'0') => {
            format.format_code.len().min(20)
        }
        _ => 0,
    }
}
