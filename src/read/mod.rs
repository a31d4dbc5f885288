//! Files to a typed batch: the only place that knows formats and column names.

mod addresses;
mod aliases;
mod armour;
mod assembly;
mod batch_of_tables;
mod booleans;
mod capacity;
mod cells;
mod claims;
mod clock;
mod coding;
mod columns;
mod columnwise;
mod complaints;
mod contained;
mod csv;
mod dates;
mod days;
mod degrees;
mod delimiter;
mod digits;
mod encoding;
mod file;
mod filling;
mod footer;
mod format;
mod geodata;
mod gzip;
mod heading;
mod home_country;
mod import;
mod json;
mod lead_aliases;
mod lead_columns;
mod lead_files;
mod lead_ids;
mod leads;
mod lines;
mod lists;
mod matching;
mod names;
mod numbers;
mod offices;
mod outcomes;
mod own_cells;
mod own_files;
mod owners;
mod parties;
mod past;
mod pins;
mod place_zones;
mod quality;
mod quotes;
mod rep_aliases;
mod rep_frame;
mod rep_hours;
mod reps;
mod roster_check;
mod row;
mod set_aside;
mod sheet;
mod side_by_side;
mod sparse;
mod stretches;
mod table;
mod teams;
#[cfg(test)]
mod testing;
mod time_off;
mod typed;
mod verdicts;
mod zip;

pub use self::batch_of_tables::{Tables, assemble};
pub use self::file::{input_file, split_sheet};
pub use self::gzip::unpack;
pub use self::import::{ImportInputs, ImportTables, assemble_import, import};
pub use self::outcomes::outcomes;
pub use self::past::remember;
pub use self::table::{sheets, table};
pub use self::time_off::TimeOff;
pub use self::verdicts::hold_accounts;

use crate::mistake::Mistakes;
use crate::model::{AsOf, Batch, Past, Settings};

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
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// Lead files, in the order given.
    pub leads: Vec<InputTable>,
    /// The roster.
    pub reps: InputTable,
    /// Manual allocations.
    pub pins: Option<InputTable>,
    /// Claims of reps to leads.
    pub claims: Option<InputTable>,
    /// Teams.
    pub teams: Option<InputTable>,
    /// Places that stand for the embedded ones.
    pub geodata: Option<InputTable>,
    /// Time off: tables and calendars.
    pub time_off: Vec<InputTable>,
    /// Leads and contacts that are there already.
    pub existing: Vec<InputTable>,
    /// Accounts.
    pub accounts: Vec<InputTable>,
    /// What a ledger tells of the nights before.
    pub past: Past,
    /// How to read the files.
    pub reading: Reading,
}

/// Reads a batch.
///
/// # Errors
/// Every mistake in the roster, the pins, time off and the files as a whole, all at once; bad lead rows are
/// set aside instead, unless they are too many.
pub fn batch(inputs: &Inputs, settings: &Settings, as_of: AsOf) -> Result<Batch, Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut read = |input: &InputTable| {
        let sheet = input.sheet.as_deref();
        mistakes.keep(table(&input.file, sheet, &inputs.reading))
    };
    let leads = inputs.leads.iter().filter_map(&mut read).collect();
    let reps = read(&inputs.reps);
    let existing = inputs.existing.iter().filter_map(&mut read).collect();
    let accounts = inputs.accounts.iter().filter_map(&mut read).collect();
    let pins = inputs.pins.as_ref().and_then(&mut read);
    let claims = inputs.claims.as_ref().and_then(&mut read);
    let teams = inputs.teams.as_ref().and_then(&mut read);
    let geodata = inputs.geodata.as_ref().and_then(&mut read);
    let time_off = inputs.time_off.iter();
    let time_off = time_off.filter_map(|input| mistakes.keep(time_off::open(input)));
    let time_off = time_off.collect();
    let Some(reps) = reps else {
        return Err(mistakes);
    };
    let tables = Tables {
        leads,
        reps,
        pins,
        claims,
        teams,
        geodata,
        time_off,
        existing,
        accounts,
        past: inputs.past.clone(),
    };
    // What else is wrong is said at once, even if a file cannot be read.
    let batch = mistakes.keep(assemble(tables, settings, as_of));
    match batch {
        Some(batch) => mistakes.or(batch),
        None => Err(mistakes),
    }
}
