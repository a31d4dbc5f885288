//! Files to an import: the rows of a list that arrives, and the lists that it is held against.
//!
//! Nothing of an import is typed, so that no cell makes its row unreadable: only rows with a wrong number of
//! cells are set aside. A row without an id, or with one that an earlier row bears, goes by `file:row`.

use super::batch_of_tables::listings;
use super::columns::Role;
use super::columnwise::Sheets;
use super::home_country::{Clues, choose};
use super::lead_files::{clues, sheets};
use super::lead_ids::import_ids;
use super::own_cells::own_cells;
use super::parties::{Wanted, parties};
use super::reps::roster;
use super::set_aside::Faults;
use super::typed::Customs;
use super::{InputTable, Reading, table};
use crate::mistake::Mistakes;
use crate::model::{AsOf, Country, Import, Leads, Note, Rep, Settings, Table};
use std::collections::BTreeMap;

/// All that an import is read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportInputs {
    /// The files of the list, in the order given.
    pub imports: Vec<InputTable>,
    /// Leads and contacts that are there already.
    pub existing: Vec<InputTable>,
    /// Accounts.
    pub accounts: Vec<InputTable>,
    /// The roster.
    pub reps: Option<InputTable>,
    /// How to read the files.
    pub reading: Reading,
}

/// The tables that an import is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportTables {
    /// The list, in the order given.
    pub imports: Vec<Table>,
    /// Leads and contacts that are there already.
    pub existing: Vec<Table>,
    /// Accounts.
    pub accounts: Vec<Table>,
    /// The roster.
    pub reps: Option<Table>,
}

/// Reads an import.
///
/// # Errors
/// Every mistake in the files as a whole and in the roster, all at once; rows that cannot be read are set aside
/// instead, unless they are too many.
pub fn import(inputs: &ImportInputs, settings: &Settings, as_of: AsOf) -> Result<Import, Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut read = |input: &InputTable| {
        let sheet = input.sheet.as_deref();
        mistakes.keep(table(&input.file, sheet, &inputs.reading))
    };
    let tables = ImportTables {
        imports: inputs.imports.iter().filter_map(&mut read).collect(),
        existing: inputs.existing.iter().filter_map(&mut read).collect(),
        accounts: inputs.accounts.iter().filter_map(&mut read).collect(),
        reps: inputs.reps.as_ref().and_then(&mut read),
    };
    // What else is wrong is said at once, even if a file cannot be read.
    match mistakes.keep(assemble_import(tables, settings, as_of)) {
        Some(import) => mistakes.or(import),
        None => Err(mistakes),
    }
}

/// Makes an import of tables.
///
/// # Errors
/// Every mistake in the files as a whole and in the roster, all at once.
pub fn assemble_import(tables: ImportTables, settings: &Settings, as_of: AsOf) -> Result<Import, Mistakes> {
    let (mut notes, mut mistakes) = (Vec::new(), Mistakes::default());
    let settings = untyped(settings);
    let listings = listings(
        tables.existing,
        tables.accounts,
        &settings,
        &mut notes,
        &mut mistakes,
    );
    let (reps, rep_keys) = staff(tables.reps.as_ref(), &settings, &as_of, &mut notes, &mut mistakes);
    let (leads, country) = rows(tables.imports, &settings, &mut notes, &mut mistakes);
    mistakes.or(Import {
        leads,
        listings,
        reps,
        rep_keys,
        country,
        as_of,
        notes,
    })
}

/// What the rules say of files, without what they say of the content of their columns.
fn untyped(settings: &Settings) -> Settings {
    Settings {
        lead_types: BTreeMap::new(),
        lead_columns: BTreeMap::new(),
        rep_columns: BTreeMap::new(),
        skill_from: Vec::new(),
        reads_hours: false,
        ..settings.clone()
    }
}

/// The roster, and for each rep the cells that no other rep has.
fn staff(
    table: Option<&Table>,
    settings: &Settings,
    as_of: &AsOf,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> (Vec<Rep>, Vec<Vec<String>>) {
    let customs = Customs {
        decimal: settings.read.decimal,
        date_order: settings.read.date_order,
        zone: &as_of.zone,
    };
    let read = table.and_then(|table| Some((table, roster(table, settings, customs, notes, mistakes)?.list)));
    let Some((table, reps)) = read else {
        return (Vec::new(), Vec::new());
    };
    let mut rows_with: BTreeMap<&str, u32> = BTreeMap::new();
    for row in 0..table.rows.len() {
        for cell in table.cells.row(row) {
            *rows_with.entry(cell.trim()).or_default() += 1;
        }
    }
    let keys = |rep: &Rep| {
        let row = table.rows.binary_search(&rep.row).ok();
        let cells = row
            .into_iter()
            .flat_map(|row| table.cells.row(row))
            .map(str::trim);
        cells
            .filter(|cell| !cell.is_empty() && rows_with[cell] == 1)
            .map(str::to_owned)
            .collect()
    };
    let keys = reps.iter().map(keys).collect();
    (reps, keys)
}

/// The rows of the list, and the country of those without one.
fn rows(
    tables: Vec<Table>,
    settings: &Settings,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> (Leads, Option<Country>) {
    notes.extend(tables.iter().flat_map(|table| table.notes.iter().cloned()));
    let sheets = sheets(&tables, settings, mistakes);
    if sheets.list.is_empty() {
        return (Leads::default(), None);
    }
    let country = choose(settings.country, &clues(&sheets), &Clues::default(), notes);
    let mut leads = described(&sheets, settings, notes, mistakes);
    let columns: Vec<_> = sheets.list.iter().map(|sheet| sheet.columns.clone()).collect();
    (leads.headers, leads.cells) = own_cells(tables, &columns, None);
    (leads, country)
}

/// All of the rows but their own cells, which are moved out of the tables.
fn described(
    sheets: &Sheets<'_>,
    settings: &Settings,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Leads {
    let faults = Faults::default();
    faults.check_share(sheets, settings, mistakes);
    let ids = import_ids(sheets, settings, notes);
    let all: Vec<usize> = (0..sheets.rows()).collect();
    let first = sheets.list.first().map(|sheet| sheet.table);
    let leads = Leads {
        sources: sheets.sources(),
        columns: sheets.described(),
        origins: sheets.origins(),
        ids: ids.list,
        parties: parties(sheets, Role::Leads, &all, Wanted::Everything),
        set_aside: faults.rows(sheets),
        delimiter: first.map_or(b',', |table| table.delimiter),
        bom: first.is_some_and(|table| table.bom),
        ids_are_rows: ids.are_rows,
        ..Leads::default()
    };
    super::leads::note_set_aside(&leads, notes);
    leads
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
