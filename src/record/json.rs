//! Records as the text of `run.json`.

use super::FILE;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a record; `hint` says what to do where the text is none.
///
/// # Errors
/// One mistake with the line and character.
pub(super) fn read<T: DeserializeOwned>(text: &str, hint: &str) -> Result<T, Mistakes> {
    serde_json::from_str(text).map_err(|error| {
        let position = Position::Line {
            file: FILE.to_owned(),
            line: u32::try_from(error.line()).unwrap_or(u32::MAX),
            column: u32::try_from(error.column()).ok(),
        };
        let found = format!("the record cannot be read: {error}");
        Mistake::new(Kind::NotARun, position, found).hint(hint).into()
    })
}

/// Writes a record as indented JSON with a line end.
pub(super) fn write<T: Serialize>(record: &T) -> String {
    let mut text = serde_json::to_string_pretty(record).expect("every key is text and every number whole");
    text.push('\n');
    text
}
