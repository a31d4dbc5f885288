//! JSON text to a table: an array of objects, `{"records": [...]}`, or one object a line.

mod found;
mod records;

use serde_json::error::Category;
use serde_json::{Deserializer, Value};

use self::found::Found;
use self::records::{Envelope, Record, Records};
use super::assembly::too_many_cells;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Cells, Note, Shape, Source, Table};

/// As many mistakes as are told of one file.
const TOLD: usize = 20;

/// Reads JSON: an array of objects, or an object that holds one as `records`; several objects one
/// after another are taken as JSON Lines.
///
/// # Errors
/// JSON that does not parse, something else than objects, two keys that come to one name, no bytes.
pub(super) fn table(name: &str, text: &str) -> Result<Table, Mistakes> {
    let mut found = Found::default();
    let mut parser = Deserializer::from_str(text);
    let result = match text.trim_start().chars().next() {
        None => return Err(empty(name).into()),
        Some('[') => Records::read(&mut found, &mut parser).and_then(|()| parser.end()),
        Some('{') => {
            let mut envelope = Envelope::new(&mut found);
            let result = envelope.read(&mut parser);
            let (has_records, keys) = envelope.outcome();
            if result.is_ok() && parser.end().is_err() {
                return lines(name, text);
            }
            if result.is_ok() && !has_records {
                return Err(not_records(name, &keys).into());
            }
            result.and_then(|()| parser.end())
        }
        Some(_) => return Err(neither(name, text).into()),
    };
    let source = Source {
        file: name.to_owned(),
        shape: Shape::Records,
    };
    finish(source, &found, result.err().map(|error| (error, text)))
}

/// Reads JSON Lines: one object a line.
///
/// # Errors
/// A line that does not parse or is no object, two keys that come to one name.
pub(super) fn lines(name: &str, text: &str) -> Result<Table, Mistakes> {
    let source = Source {
        file: name.to_owned(),
        shape: Shape::Lines,
    };
    let (mut found, mut mistakes) = (Found::default(), Mistakes::default());
    for (line, number) in text.split('\n').zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let mut parser = Deserializer::from_str(line);
        let result = Record::read(&mut found, number, &mut parser).and_then(|()| parser.end());
        let Err(error) = result else { continue };
        if found.stopped.is_some() {
            break;
        }
        mistakes.push(syntax(name, &error, number - 1, line));
        if mistakes.0.len() == TOLD {
            break;
        }
    }
    let table = mistakes.keep(finish(source, &found, None));
    match table {
        Some(table) => mistakes.or(table),
        None => Err(mistakes),
    }
}

/// Makes the table, or tells what was wrong; a fault of syntax comes with the text that has it.
fn finish(
    source: Source,
    found: &Found,
    error: Option<(serde_json::Error, &str)>,
) -> Result<Table, Mistakes> {
    let mut mistakes = Mistakes::default();
    for fault in found.faults.iter().take(TOLD) {
        mistakes.push(fault.mistake(&source));
    }
    if found.faults.len() > TOLD {
        let rest = found.faults.len() - TOLD;
        let position = Position::File(source.file.clone());
        mistakes.push(Mistake::new(
            found.faults[TOLD].kind(),
            position,
            format!("{rest} more such records"),
        ));
    }
    match (&found.stopped, error) {
        (Some(stop), _) => mistakes.push(stop.mistake(&source)),
        (None, Some((error, text))) => mistakes.push(syntax(&source.file, &error, 0, text)),
        (None, None) => {}
    }
    mistakes.or(())?;
    dense(source, found)
}

fn dense(source: Source, found: &Found) -> Result<Table, Mistakes> {
    let width = found.headers.len();
    let mut cells = Cells::new(width);
    let mut rows = Vec::new();
    if found.rows.numbers().count().saturating_mul(width) > super::assembly::MAX_CELLS {
        return Err(too_many_cells(&source.file).into());
    }
    found.rows.each_row(width, |number, row| {
        rows.push(number);
        cells.push(row.iter().copied());
        Ok::<(), Mistakes>(())
    })?;
    let notes = (found.rounded > 0).then(|| {
        Note::warning(format!(
            "`{}`: {} numbers too long to be kept exactly were rounded; write long ids as text",
            source.file, found.rounded
        ))
    });
    Ok(Table {
        header_row: 0,
        headers: found.headers.clone(),
        cells,
        rows,
        ragged: Vec::new(),
        delimiter: b',',
        bom: false,
        notes: notes.into_iter().collect(),
        source,
    })
}

fn empty(name: &str) -> Mistake {
    Mistake::new(Kind::EmptyFile, Position::File(name.to_owned()), "no bytes").expected("an array of objects")
}

fn not_records(name: &str, keys: &[String]) -> Mistake {
    const SHOWN: usize = 6;
    let shown: Vec<String> = keys.iter().take(SHOWN).map(|key| format!("`{key}`")).collect();
    let found = match (shown.is_empty(), keys.len() > SHOWN) {
        (true, _) => "an object without keys".to_owned(),
        (false, false) => format!("an object with the keys {}", shown.join(", ")),
        (false, true) => format!("an object with the keys {}, …", shown.join(", ")),
    };
    Mistake::new(Kind::BadJson, Position::File(name.to_owned()), found)
        .expected("an array of objects, or an object that holds one as `records`")
}

fn neither(name: &str, text: &str) -> Mistake {
    match serde_json::from_str::<Value>(text) {
        Err(error) => syntax(name, &error, 0, text),
        Ok(value) => {
            let position = Position::File(name.to_owned());
            Mistake::new(Kind::BadJson, position, records::what(&value)).expected("an array of objects")
        }
    }
}

fn syntax(name: &str, error: &serde_json::Error, lines_before: u32, text: &str) -> Mistake {
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    let before = &line[..line.floor_char_boundary(error.column())];
    let position = Position::Line {
        file: name.to_owned(),
        line: u32::try_from(error.line())
            .unwrap_or(u32::MAX)
            .max(1)
            .saturating_add(lines_before),
        column: Some(u32::try_from(before.chars().count()).unwrap_or(u32::MAX).max(1)),
    };
    let text = error.to_string();
    let found = match text.split_once(" at line ") {
        Some((found, _)) => found.to_owned(),
        None => text,
    };
    let mistake = Mistake::new(Kind::BadJson, position, found.replace("EOF", "the text ends"));
    if error.classify() == Category::Eof {
        mistake.hint("the file is cut off")
    } else {
        mistake
    }
}

#[cfg(test)]
mod tests;
