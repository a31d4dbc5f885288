//! Lead tables to leads: ids, typed columns, places, owners; bad rows are set aside.

use super::addresses::Addresses;
use super::coding::Coded;
use super::columns::{Columns, Role};
use super::columnwise::{Places, Sheets, Typed};
use super::complaints::ambiguous_dates;
use super::degrees::Degrees;
use super::home_country::Clues;
use super::lead_columns::LeadColumns;
use super::lead_ids::{Ids, ids, set_duplicates_aside};
use super::offices::{Offices, offices};
use super::own_cells::own_cells;
use super::owners::{Owners, note_owners};
use super::parties::{Wanted, parties};
use super::place_zones::{PlaceZones, fill_time_zones};
use super::quality::note_quality;
use super::set_aside::{Fault, Faults};
use super::typed::{Customs, How};
use super::verdicts::{reconciled, told};
use crate::mistake::Mistakes;
use crate::model::{
    Column, Country, Frame, Kind, Leads, Note, Ownership, Reconciled, RepIndex, Settings, Table,
};
use crate::places::Gazetteer;

/// Reads the rows of lead files whose columns are known.
pub(super) struct LeadReader<'a, 'b> {
    pub sheets: &'b Sheets<'a>,
    pub settings: &'b Settings,
    pub customs: Customs<'b>,
    pub as_of: crate::model::Moment,
    pub country: Option<Country>,
    pub gazetteer: &'b Gazetteer,
    /// Their countries, states and postal codes.
    pub clues: &'b Clues<'a>,
    pub owners: Owners<'b>,
    /// Whether office hours are compared with the hours of some rep.
    pub compares_hours: bool,
    /// What is read of them as parties.
    pub parties: Wanted,
}

/// What reading leaves of the files but for their own cells, which are moved out of the tables.
pub(super) struct Read {
    leads: Leads,
    /// The verdicts that a file told.
    pub reconciled: Option<Reconciled>,
    kept: Option<Vec<usize>>,
    columns: Vec<Columns>,
}

impl LeadReader<'_, '_> {
    /// Reads all rows; every column that the rules read, the ids, places and owners.
    pub fn read(&self, notes: &mut Vec<Note>, mistakes: &mut Mistakes) -> Read {
        let sheets = self.sheets;
        let mut faults = Faults::default();
        let Ids {
            list: mut ids,
            are_rows,
        } = ids(sheets, self.settings, &mut faults, notes);
        let wanted = LeadColumns {
            sheets,
            settings: self.settings,
            customs: self.customs,
            country: self.country,
        };
        let mut columns = Vec::new();
        for (places, typed) in wanted.typed() {
            columns.push(self.accept(&places, typed, &mut faults, notes, mistakes));
        }
        let converted = self.fixed(
            "converted",
            How::Fixed(Kind::Boolean),
            &mut faults,
            notes,
            mistakes,
        );
        let degrees = Degrees::read(sheets, &mut faults);
        let told = told(sheets, &mut faults);
        set_duplicates_aside(sheets, &ids, &mut faults, notes);
        faults.check_share(sheets, self.settings, mistakes);

        let kept = faults.kept(sheets.rows());
        let rows: Vec<usize> = kept.clone().unwrap_or_else(|| (0..sheets.rows()).collect());
        if kept.is_some() {
            ids = rows.iter().map(|&row| std::mem::take(&mut ids[row])).collect();
            for column in &mut columns {
                keep(column, &rows);
            }
        }
        let mut frame = Frame::new(rows.len(), wanted.known());
        for column in columns {
            frame.set(column);
        }
        wanted.derive(&mut frame, &rows, &ids, self.as_of);
        note_quality(sheets, &rows, notes);
        degrees.note(&rows, notes);
        let is_exact = |row| degrees.place(row).is_some();
        let addresses = Addresses::read(sheets, self.clues, is_exact, self.gazetteer, self.country);
        let place = |&row: &usize| degrees.place(row).unwrap_or_else(|| addresses.place(row));
        let places = rows.iter().map(place).collect();
        let zones = self.place_zones(&degrees, &addresses);
        let zones = zones.coded();
        if self.settings.lead_columns.contains_key("time_zone") {
            fill_time_zones(&mut frame, &zones, &rows);
        }
        let offices = if self.compares_hours {
            offices(sheets, self.settings, &zones, &rows, notes)
        } else {
            Offices::default()
        };
        let origins = sheets.origins();
        let first = sheets.list.first().map(|sheet| sheet.table);
        let leads = Leads {
            sources: sheets.sources(),
            columns: sheets.described(),
            origins: rows.iter().map(|&row| origins[row]).collect(),
            ids,
            headers: Vec::new(),
            cells: crate::model::Cells::default(),
            frame,
            placing: addresses.placing(rows.iter().copied().filter(|&row| !is_exact(row))),
            places,
            offices: offices.list,
            office_of: offices.of,
            ownership: self.ownership(&converted, &rows, notes),
            account_owners: self.account_owners(&rows, notes),
            parties: parties(sheets, Role::Leads, &rows, self.parties),
            unit_of: Vec::new(),
            units: Vec::new(),
            set_aside: faults.rows(sheets),
            delimiter: first.map_or(b',', |table| table.delimiter),
            bom: first.is_some_and(|table| table.bom),
            ids_are_rows: are_rows,
        };
        note_set_aside(&leads, notes);
        Read {
            reconciled: reconciled(told, kept.as_deref(), leads.len()),
            leads,
            kept,
            columns: sheets.list.iter().map(|sheet| sheet.columns.clone()).collect(),
        }
    }

    /// The zone of every row's place, where anything reads zones.
    fn place_zones(&self, degrees: &Degrees, addresses: &Addresses<'_>) -> PlaceZones {
        if !self.compares_hours && !self.settings.lead_columns.contains_key("time_zone") {
            return PlaceZones::unknown(self.sheets.rows());
        }
        let exact = |row| degrees.place(row).and_then(|place| place.degrees);
        PlaceZones::find(self.sheets, addresses, self.gazetteer, exact)
    }

    fn fixed(
        &self,
        field: &str,
        how: How,
        faults: &mut Faults,
        notes: &mut Vec<Note>,
        mistakes: &mut Mistakes,
    ) -> Column {
        let places = self.sheets.field(field);
        let typed = self.sheets.typed(field, &places, how, self.customs);
        self.accept(&places, typed, faults, notes, mistakes)
    }

    /// Keeps a typed column and sets the rows aside whose cells do not fit it.
    fn accept(
        &self,
        places: &Places,
        typed: Typed,
        faults: &mut Faults,
        notes: &mut Vec<Note>,
        mistakes: &mut Mistakes,
    ) -> Column {
        for (row, misfit) in typed.misfits {
            faults.add(row, || Fault {
                kind: misfit.kind,
                column: Some(typed.column.header.clone()),
                found: misfit.found,
            });
        }
        if let Some((row, text)) = typed.ambiguous_date {
            mistakes.push(ambiguous_dates(
                self.sheets,
                row,
                &text,
                places,
                &typed.column.name,
            ));
        }
        let european = self.sheets.list.iter().any(|sheet| sheet.table.delimiter == b';');
        if let Some(text) = typed.doubtful_number.filter(|_| european) {
            notes.push(Note::warning(format!(
                "`{}` of the leads holds `{text}`, read with `.` as the decimal mark; if it is `,`, write \
                 `[read] decimal = \",\"`",
                typed.column.header
            )));
        }
        typed.column
    }

    fn ownership(&self, converted: &Column, rows: &[usize], notes: &mut Vec<Note>) -> Vec<Ownership> {
        let owners = self.sheets.code(&self.sheets.field("owner"));
        let meanings: Vec<Ownership> = owners
            .texts
            .iter()
            .map(|text| self.owners.ownership(text))
            .collect();
        self.owners.reps("owner", &owners.texts, notes);
        let is_converted: Vec<bool> = converted
            .values
            .iter()
            .map(|value| *value == crate::model::Value::Boolean(true))
            .collect();
        let of = |&row: &usize| {
            if is_converted[converted.codes[row] as usize] {
                Ownership::Converted
            } else {
                meanings[owners.codes[row] as usize].clone()
            }
        };
        let ownership: Vec<Ownership> = rows.iter().map(of).collect();
        note_owners(&ownership, &owners, rows, notes);
        ownership
    }

    fn account_owners(&self, rows: &[usize], notes: &mut Vec<Note>) -> Vec<Option<RepIndex>> {
        let owners: Coded<'_> = self.sheets.code(&self.sheets.field("account_owner"));
        let reps = self.owners.reps("account owner", &owners.texts, notes);
        rows.iter().map(|&row| reps[owners.codes[row] as usize]).collect()
    }
}

impl Read {
    /// Gives the leads their own headers and cells out of the tables they were read from.
    pub fn with_cells(self, tables: Vec<Table>) -> Leads {
        let (headers, cells) = own_cells(tables, &self.columns, self.kept.as_deref());
        Leads {
            headers,
            cells,
            ..self.leads
        }
    }
}

/// Leaves out the codes of rows that are set aside.
fn keep(column: &mut Column, rows: &[usize]) {
    column.codes = rows.iter().map(|&row| column.codes[row]).collect();
}

/// Says how many rows were set aside, and the first.
pub(super) fn note_set_aside(leads: &Leads, notes: &mut Vec<Note>) {
    let count = leads.set_aside.len();
    if let Some(first) = leads.set_aside.first() {
        let rows = if count == 1 {
            "1 row of leads is".to_owned()
        } else {
            format!("{count} rows of leads are")
        };
        notes.push(Note::warning(format!(
            "{rows} set aside, the first {}: {}",
            first.position, first.reason
        )));
    }
}

#[cfg(test)]
#[path = "leads_tests.rs"]
mod tests;
