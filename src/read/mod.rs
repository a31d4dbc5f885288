//! Files to a typed batch: the only place that knows formats and column names.

mod assembly;
mod contained;
mod csv;
mod delimiter;
pub mod disarm;
mod encoding;
mod file;
mod filling;
mod footer;
mod format;
mod gzip;
mod heading;
mod json;
mod lines;
mod quotes;
mod row;
mod sheet;
mod sparse;
mod table;
mod zip;

pub use self::file::{input_file, split_sheet};
pub use self::table::{sheets, table};

use crate::mistake::Mistakes;
use crate::model::{AsOf, Batch, Settings};

/// How to read a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// `--format`: csv, tsv, json, jsonl, xlsx, ods; found by extension and first bytes otherwise.
    pub format: Option<String>,
}

/// The bytes of a file that was read, kept for its hash and for the copy in `inputs/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// As the user named it, without `#Sheet`; `-` for standard input.
    pub name: String,
    /// Exactly the file's bytes (still compressed if it was).
    pub bytes: Vec<u8>,
}

/// A table to read: a file's bytes and the sheet that the user named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputTable {
    /// The file.
    pub file: InputFile,
    /// The sheet after `#`, or the one that a lone workbook's sheet of this role has.
    pub sheet: Option<String>,
}

/// All that a batch is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// Lead files, in the order given.
    pub leads: Vec<InputTable>,
    /// The roster.
    pub reps: InputTable,
    /// Manual allocations.
    pub pins: Option<InputTable>,
    /// How to read the files.
    pub reading: Reading,
}

/// Reads a batch.
///
/// # Errors
/// Every mistake in the roster, the pins and the files as a whole, all at once; bad lead rows are
/// set aside instead, unless they are too many.
pub fn batch(_inputs: &Inputs, _settings: &Settings, _as_of: AsOf) -> Result<Batch, Mistakes> {
    todo!()
}
