//! Rows as parties: what each says of a person and an organisation, in leads and in lists of known records.

use super::aliases::{Field, field};
use super::columns::{Role, header_position};
use super::columnwise::{Places, Sheet, Sheets};
use super::matching::match_columns;
use super::names::{full_name, matching_key};
use crate::mistake::{Kind, Mistake, Mistakes, Position, did_you_mean};
use crate::model::{Listing, ListingSort, Note, Parties, PartyField, Settings, Table};
use crate::places::key;

/// Between several cells of one row.
const BETWEEN: &str = "; ";
/// Columns that tell that a `name` is a person's.
const OF_PERSONS: [&str; 4] = ["first_name", "last_name", "email", "job_title"];

/// Which fields of leads are read as parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// None.
    Nothing,
    /// E-mail addresses alone.
    Emails,
    /// All.
    Everything,
}

/// Some rows of sheets as parties.
pub(super) fn parties(sheets: &Sheets<'_>, role: Role, rows: &[usize], wanted: Wanted) -> Option<Parties> {
    let fields: &[PartyField] = match wanted {
        Wanted::Nothing => return None,
        Wanted::Emails => &[PartyField::Email],
        Wanted::Everything => &PartyField::ALL,
    };
    let mut parties = Parties::new(rows.len());
    for &of in fields {
        let all = texts(sheets, role, of);
        if all.iter().any(|text| !text.is_empty()) {
            parties.set(of, rows.iter().map(|&row| all[row].as_str()));
        }
    }
    Some(parties)
}

/// The texts of a field in every row.
fn texts(sheets: &Sheets<'_>, role: Role, of: PartyField) -> Vec<String> {
    match of {
        PartyField::Person => persons(sheets, role),
        PartyField::Company => companies(sheets, role),
        PartyField::Id | PartyField::Email | PartyField::Phone => joined(sheets, role, name(role, of)),
        _ => sheets
            .texts(&sheets.field(name(role, of)))
            .map(str::to_owned)
            .collect(),
    }
}

/// What a field is called in files of a role.
fn name(role: Role, of: PartyField) -> &'static str {
    match of {
        PartyField::Account if role == Role::Accounts => "account_number",
        PartyField::Id => "id",
        PartyField::Person => "name",
        PartyField::Company => "company",
        PartyField::Email => "email",
        PartyField::Phone => "phone",
        PartyField::Website => "website",
        PartyField::Street => "street",
        PartyField::City => "city",
        PartyField::State => "state",
        PartyField::PostalCode => "postal_code",
        PartyField::Country => "country",
        PartyField::Owner => "owner",
        PartyField::Account => "account",
        PartyField::Parent => "parent",
    }
}

/// Persons' names as written, or made of first and last names.
fn persons(sheets: &Sheets<'_>, role: Role) -> Vec<String> {
    if role == Role::Accounts {
        return vec![String::new(); sheets.rows()];
    }
    let mut names = sheets.field("name");
    for (columns, sheet) in names.iter_mut().zip(&sheets.list) {
        if names_organisations(sheet) {
            columns.clear();
        }
    }
    let (first, last) = (sheets.field("first_name"), sheets.field("last_name"));
    let rows = sheets
        .texts(&names)
        .zip(sheets.texts(&first))
        .zip(sheets.texts(&last));
    rows.map(|((whole, first), last)| full_name(whole, first, last))
        .collect()
}

/// Organisations' names; those of a plain `name` where nothing in the file speaks of persons.
fn companies(sheets: &Sheets<'_>, role: Role) -> Vec<String> {
    let mut places = sheets.field("company");
    if role != Role::Accounts {
        for (columns, sheet) in places.iter_mut().zip(&sheets.list) {
            if names_organisations(sheet) {
                *columns = sheet.columns.field("name").to_vec();
            }
        }
    }
    sheets.texts(&places).map(str::to_owned).collect()
}

fn names_organisations(sheet: &Sheet<'_>) -> bool {
    let has = |field: &str| !sheet.columns.field(field).is_empty();
    !has("company") && !OF_PERSONS.into_iter().any(has)
}

/// The cells of all columns that are called like a field, one after another.
fn joined(sheets: &Sheets<'_>, role: Role, field: &str) -> Vec<String> {
    let places: Places = sheets
        .list
        .iter()
        .map(|sheet| all_of(sheet, role, field))
        .collect();
    let most = places.iter().map(Vec::len).max().unwrap_or(0);
    let mut texts = vec![String::new(); sheets.rows()];
    for at in 0..most {
        let one = places
            .iter()
            .map(|columns| columns.get(at).copied().into_iter().collect());
        for (all, text) in texts.iter_mut().zip(sheets.texts(&one.collect())) {
            if text.is_empty() {
                continue;
            }
            if !all.is_empty() {
                all.push_str(BETWEEN);
            }
            all.push_str(text);
        }
    }
    texts
}

/// All columns of a sheet that are called like a field and that no other field took, the field's own first.
fn all_of(sheet: &Sheet<'_>, role: Role, name: &str) -> Vec<usize> {
    let mut columns = sheet.columns.field(name).to_vec();
    let Some(field) = field(role.fields(), name) else {
        return columns;
    };
    let is_taken = |at: usize| sheet.columns.fields.values().any(|of| of.contains(&at));
    for (at, header) in sheet.table.headers.iter().enumerate().skip(sheet.columns.own) {
        if !is_taken(at) && is_called(header, field) {
            columns.push(at);
        }
    }
    columns
}

/// Tells whether a header is a name of a field, a number behind it aside: `Phone 2`.
fn is_called(header: &str, field: &Field) -> bool {
    let header = matching_key(header.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    let mut names = field.aliases.iter().chain([&field.name]);
    !header.is_empty() && names.any(|name| key(name) == header)
}

/// Reads a list of known records. Rows with a wrong number of cells are counted in one warning.
pub(super) fn listing(
    table: &Table,
    sort: ListingSort,
    settings: &Settings,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Option<Listing> {
    let (role, headers) = match sort {
        ListingSort::Existing => (Role::Existing, &settings.existing_headers),
        ListingSort::Accounts => (Role::Accounts, &settings.account_headers),
    };
    let columns = match_columns(table, role, headers, mistakes);
    notes.extend(table.notes.iter().cloned());
    report_missing(table, role, &columns.missing, mistakes);
    let tells = ["id", "company", "email", "phone", "website", "name", "last_name"];
    let is_known = tells.iter().any(|field| !columns.field(field).is_empty());
    if !is_known && !table.headers.is_empty() {
        let found = "no column is an id, a name, a company, an e-mail, a phone number or a website";
        mistakes.push(
            Mistake::new(Kind::NoSuchColumn, header_position(table, 0), found)
                .expected("something to compare leads with")
                .hint(format!(
                    "write which column it is: `[{}] company = \"...\"`",
                    role.key()
                )),
        );
        return None;
    }
    if let Some(first) = table.ragged.first() {
        let of = |count: usize| {
            if count == 1 {
                "row of it has"
            } else {
                "rows of it have"
            }
        };
        notes.push(Note::warning(format!(
            "{}: {} {} a wrong number of cells and cannot be compared with",
            table.source.row(first.row),
            table.ragged.len(),
            of(table.ragged.len())
        )));
    }
    let sheets = Sheets::of_one(table, columns, &settings.read.empty);
    let rows: Vec<usize> = (0..sheets.rows()).collect();
    Some(Listing {
        source: table.source.clone(),
        sort,
        rows: table.rows.clone(),
        parties: parties(&sheets, role, &rows, Wanted::Everything)?,
    })
}

fn report_missing(table: &Table, role: Role, missing: &[(String, String)], mistakes: &mut Mistakes) {
    for (field, header) in missing {
        let found = format!("no column `{header}`, which `[{}] {field}` names", role.key());
        let mut mistake = Mistake::new(
            Kind::NoSuchColumn,
            Position::File(table.source.file.clone()),
            found,
        )
        .column(field.clone());
        if let Some(meant) = did_you_mean(header, table.headers.iter().map(String::as_str)) {
            mistake = mistake.hint(format!("did you mean `{meant}`?"));
        }
        mistakes.push(mistake);
    }
}

#[cfg(test)]
#[path = "parties_tests.rs"]
mod tests;
