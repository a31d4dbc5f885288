//! Lead files whose columns are known, and the country that they tell.

use super::cells::Emptiness;
use super::columns::{Role, header_position};
use super::columnwise::{Sheet, Sheets};
use super::home_country::Clues;
use super::matching::match_columns;
use crate::mistake::{Kind as MistakeKind, Mistake, Mistakes, Position, did_you_mean};
use crate::model::{Settings, Table};

/// The most lead files.
const MOST_FILES: usize = 1_000;

/// The columns of lead files.
pub(super) fn sheets<'a>(tables: &'a [Table], settings: &Settings, mistakes: &mut Mistakes) -> Sheets<'a> {
    if tables.len() > MOST_FILES {
        mistakes.push(Mistake::new(
            MistakeKind::BadOption,
            Position::Nowhere,
            format!(
                "{} lead files; at most {MOST_FILES} are read at once",
                tables.len()
            ),
        ));
    }
    let list: Vec<Sheet<'_>> = tables
        .iter()
        .take(MOST_FILES)
        .map(|table| Sheet {
            table,
            columns: match_columns(table, Role::Leads, &settings.lead_headers, mistakes),
            past: None,
        })
        .collect();
    report_missing(&list, mistakes);
    Sheets {
        list,
        empty: Emptiness::new(&settings.read.empty),
    }
}

/// Reports overrides whose header no file has.
fn report_missing(list: &[Sheet<'_>], mistakes: &mut Mistakes) {
    let with_columns = || list.iter().filter(|sheet| !sheet.table.headers.is_empty());
    let Some(first) = with_columns().next() else {
        return;
    };
    for missing in &first.columns.missing {
        if !with_columns().all(|sheet| sheet.columns.missing.contains(missing)) {
            continue;
        }
        let (field, header) = missing;
        let found = format!(
            "no column `{header}`, which `[{}] {field}` names",
            Role::Leads.key()
        );
        let position = header_position(first.table, 0);
        let mut mistake = Mistake::new(MistakeKind::NoSuchColumn, position, found).column(field.clone());
        let headers = with_columns().flat_map(|sheet| sheet.table.headers.iter().map(String::as_str));
        if let Some(meant) = did_you_mean(header, headers) {
            mistake = mistake.hint(format!("did you mean `{meant}`?"));
        }
        mistakes.push(mistake);
    }
}

/// What tells the country of a file.
pub(super) fn clues<'a>(sheets: &Sheets<'a>) -> Clues<'a> {
    let code = |field: &str| sheets.code(&sheets.field(field));
    Clues {
        countries: code("country"),
        states: code("state"),
        postal_codes: code("postal_code"),
    }
}
