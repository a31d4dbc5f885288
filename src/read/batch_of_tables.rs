//! Tables to a batch: the roster first, then the leads, then pins, claims and time off.

use super::addresses::place_reps;
use super::claims::claims;
use super::columns::Role;
use super::columnwise::Sheets;
use super::geodata;
use super::home_country::choose;
use super::lead_files::{clues, sheets};
use super::leads::LeadReader;
use super::matching::match_columns;
use super::owners::Owners;
use super::parties::{Wanted, listing};
use super::past;
use super::pins::pins;
use super::reps::roster;
use super::teams::teams;
use super::time_off::{self, People, TimeOff};
use super::typed::Customs;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{
    AsOf, Batch, Claim, Listing, ListingSort, Note, Past, Pin, Rep, RepDirectory, Settings, Table, Together,
    Within,
};
use crate::places::Gazetteer;

/// The tables that a batch is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// Lead files, in the order given.
    pub leads: Vec<Table>,
    /// The roster.
    pub reps: Table,
    /// Manual allocations.
    pub pins: Option<Table>,
    /// Claims of reps to leads.
    pub claims: Option<Table>,
    /// Teams.
    pub teams: Option<Table>,
    /// Places that stand for the embedded ones.
    pub geodata: Option<Table>,
    /// Time off: tables and calendars.
    pub time_off: Vec<TimeOff>,
    /// Leads and contacts that are there already.
    pub existing: Vec<Table>,
    /// Accounts.
    pub accounts: Vec<Table>,
    /// What a ledger tells of the nights before.
    pub past: Past,
}

/// Makes a batch of tables.
///
/// # Errors
/// Every mistake in the roster, the pins and the files as a whole, all at once; bad lead rows are
/// set aside instead, unless they are too many.
pub fn assemble(mut tables: Tables, settings: &Settings, as_of: AsOf) -> Result<Batch, Mistakes> {
    let (mut notes, mut mistakes) = (Vec::new(), Mistakes::default());
    let customs = Customs {
        decimal: settings.read.decimal,
        date_order: settings.read.date_order,
        zone: &as_of.zone,
    };
    let gazetteer = match &tables.geodata {
        Some(table) => Gazetteer::of_rows(geodata::places(table, settings, &mut notes, &mut mistakes)),
        None => Gazetteer::embedded(),
    };
    let existing = std::mem::take(&mut tables.existing);
    let accounts = std::mem::take(&mut tables.accounts);
    let listings = listings(existing, accounts, settings, &mut notes, &mut mistakes);
    // Time off is counted in working hours, so a roster's hours and zones matter then too.
    let of_roster = Settings {
        reads_hours: settings.reads_hours || !tables.time_off.is_empty(),
        ..settings.clone()
    };
    let mut roster = roster(&tables.reps, &of_roster, customs, &mut notes, &mut mistakes);
    let teams = match (&tables.teams, &mut roster) {
        (Some(table), Some(roster)) => teams(table, roster, settings, customs, &mut notes, &mut mistakes),
        _ => Vec::new(),
    };
    notes.extend(tables.leads.iter().flat_map(|table| table.notes.iter().cloned()));
    tables.leads.extend(past::tables(&tables.past.rows));
    let mut sheets = sheets(&tables.leads, settings, &mut mistakes);
    past::mark(&mut sheets.list, &tables.past.rows);
    let of_reps = roster_sheets(&tables.reps, settings).filter(|_| roster.is_some());
    let clues_of_reps = of_reps.as_ref().map(clues).unwrap_or_default();
    let clues_of_leads = clues(&sheets);
    let country = choose(settings.country, &clues_of_leads, &clues_of_reps, &mut notes);
    let mut countries = Vec::new();
    if let (Some(roster), Some(sheets)) = (&mut roster, &of_reps) {
        let own = clues_of_reps.country().map(|(country, _)| country);
        let home = settings.country.or(own).or(country);
        let zones = settings.reads_hours
            || settings.rep_columns.contains_key("time_zone")
            || !tables.time_off.is_empty();
        let clues = &clues_of_reps;
        countries = place_reps(roster, sheets, clues, &gazetteer, home, zones, &mut notes);
    }
    let reps = roster.as_ref().map_or(&[][..], |reps| &reps.list);
    let directory = RepDirectory::new(reps);
    let reader = LeadReader {
        sheets: &sheets,
        settings,
        customs,
        as_of: as_of.moment,
        country,
        gazetteer: &gazetteer,
        clues: &clues_of_leads,
        owners: Owners::new(reps, &directory, settings),
        compares_hours: settings.reads_hours && reps.iter().any(|rep| rep.hours.is_some()),
        parties: wanted(&listings, settings),
    };
    let mut read = reader.read(&mut notes, &mut mistakes);
    let (mut pins, mut claims) = (Vec::new(), Vec::new());
    if let Some(roster) = &roster {
        let (notes, mistakes) = (&mut notes, &mut mistakes);
        pins = pinned(
            &tables,
            &sheets,
            &roster.list,
            &directory,
            settings,
            notes,
            mistakes,
        );
        claims = asked(&tables, &sheets, &directory, settings, customs, notes, mistakes);
    }
    let people = People {
        reps,
        directory: &directory,
        countries: countries.into_iter().map(|own| own.or(country)).collect(),
    };
    let off = &tables.time_off;
    let leaves = time_off::leaves(off, &people, settings, &as_of, &mut notes, &mut mistakes);
    drop(sheets);
    let Some(mut reps) = roster.filter(|_| mistakes.0.is_empty()) else {
        return Err(mistakes);
    };
    let time_off = time_off::apply(&leaves, &mut reps.list, &as_of, settings.horizon);
    let reconciled = read.reconciled.take();
    let mut batch = Batch {
        leads: read.with_cells(tables.leads),
        reps,
        pins,
        claims,
        teams,
        past: Past::default(),
        listings,
        reconciled,
        as_of,
        country,
        time_off,
        notes,
    };
    past::remember(&mut batch, tables.past, settings);
    Ok(batch)
}

/// What of the leads is read as parties.
fn wanted(listings: &[Listing], settings: &Settings) -> Wanted {
    if !listings.is_empty() || settings.together != Together::None {
        return Wanted::Everything;
    }
    match settings.within {
        Within::Nothing => Wanted::Nothing,
        Within::Email => Wanted::Emails,
        Within::AllKeys => Wanted::Everything,
    }
}

/// The lists of known records; each table is let go once it is read.
pub(super) fn listings(
    existing: Vec<Table>,
    accounts: Vec<Table>,
    settings: &Settings,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<Listing> {
    let existing = existing.into_iter().map(|table| (table, ListingSort::Existing));
    let accounts = accounts.into_iter().map(|table| (table, ListingSort::Accounts));
    existing
        .chain(accounts)
        .filter_map(|(table, sort)| listing(&table, sort, settings, notes, mistakes))
        .collect()
}

/// The roster's columns, for the country that they tell.
fn roster_sheets<'a>(table: &'a Table, settings: &Settings) -> Option<Sheets<'a>> {
    let mut known = Mistakes::default();
    let columns = match_columns(table, Role::Reps, &settings.rep_headers, &mut known);
    let sheets = Sheets::of_one(table, columns, &settings.read.empty);
    known.0.is_empty().then_some(sheets)
}

/// The pins, if there are any.
fn pinned(
    tables: &Tables,
    sheets: &Sheets<'_>,
    reps: &[Rep],
    directory: &RepDirectory,
    settings: &Settings,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<Pin> {
    let Some(table) = &tables.pins else {
        return Vec::new();
    };
    let pins = pins(table, reps, directory, settings, notes, mistakes);
    check_ids(&tables.leads, sheets, "pins", !pins.is_empty(), mistakes);
    pins
}

/// The claims, if there are any.
fn asked(
    tables: &Tables,
    sheets: &Sheets<'_>,
    directory: &RepDirectory,
    settings: &Settings,
    customs: Customs<'_>,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<Claim> {
    let Some(table) = &tables.claims else {
        return Vec::new();
    };
    let claims = claims(table, directory, settings, customs, notes, mistakes);
    let names_leads = claims.iter().any(|claim| !claim.lead_id.is_empty());
    check_ids(&tables.leads, sheets, "claims", names_leads, mistakes);
    claims
}

/// Where pins or claims name leads, the leads need ids of their own.
fn check_ids(leads: &[Table], sheets: &Sheets<'_>, what: &str, names_leads: bool, mistakes: &mut Mistakes) {
    let places = sheets.field("id");
    let without = leads
        .iter()
        .zip(&places)
        .find(|(table, id)| id.is_empty() && !table.rows.is_empty());
    if let Some((table, _)) = without.filter(|_| names_leads) {
        mistakes.push(
            Mistake::new(
                Kind::NoSuchColumn,
                Position::File(table.source.file.clone()),
                format!("{what} name leads by id, but no column of the leads holds an id"),
            )
            .hint("write which column it is: `[columns.leads] id = \"...\"`"),
        );
    }
}

#[cfg(test)]
#[path = "batch_of_tables_tests.rs"]
mod tests;
