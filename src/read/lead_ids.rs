//! Ids of leads: from their column, or the row where there is none.

use super::columnwise::{Sheet, Sheets};
use super::set_aside::{Fault, Faults};
use crate::mistake::Kind;
use crate::model::{Note, QuickMap, QuickState, Settings, Shape, Source, widened};
use std::collections::BTreeSet;

/// An id for every row, and whether some are `file:row`.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    pub list: Vec<String>,
    pub are_rows: bool,
}

/// Makes the ids of all rows; sets rows with an empty id aside.
pub(super) fn ids(
    sheets: &Sheets<'_>,
    settings: &Settings,
    faults: &mut Faults,
    notes: &mut Vec<Note>,
) -> Ids {
    let labels = labels(sheets);
    let places = sheets.field("id");
    let mut texts = sheets.texts(&places);
    let mut ids = Ids::default();
    ids.list.reserve_exact(sheets.rows());
    for (source, sheet) in sheets.list.iter().enumerate() {
        if let Some(past) = sheet.past {
            let known = past.rows.iter().zip(texts.by_ref());
            ids.list.extend(known.map(|((id, _), _)| id.clone()));
            continue;
        }
        let table = sheet.table;
        let by_row = places[source].is_empty() && !table.rows.is_empty();
        if by_row {
            ids.are_rows = true;
            notes.push(Note::fact(format!(
                "no column of `{}` holds an id, so each lead is known by its row, such as `{}:{}`",
                table.source.file, labels[source], table.rows[0]
            )));
        }
        for &number in &table.rows {
            let row = ids.list.len();
            let text = texts.next().unwrap_or_default();
            ids.list.push(if by_row {
                format!("{}:{number}", labels[source])
            } else if settings.prefix {
                format!("{}:{}", labels[source], widened(text))
            } else {
                widened(text).into_owned()
            });
            if !by_row && text.is_empty() {
                faults.add(row, || Fault {
                    kind: Kind::EmptyId,
                    column: Some(sheets.header(&places, "id")),
                    found: "the id is empty".to_owned(),
                });
            }
        }
    }
    ids
}

/// Sets rows aside whose id an earlier row bears that is not set aside itself.
pub(super) fn set_duplicates_aside(
    sheets: &Sheets<'_>,
    ids: &[String],
    faults: &mut Faults,
    notes: &mut Vec<Note>,
) {
    // Ids that rise from row to row, as exports mostly have them, need no table.
    if faults.is_empty() && ids.is_sorted_by(|one, next| one < next) {
        return;
    }
    let mut seen: QuickMap<&str, usize> =
        QuickMap::with_capacity_and_hasher(ids.len(), QuickState::default());
    let mut clashes = 0;
    for (row, id) in ids.iter().enumerate() {
        if faults.has(row) {
            continue;
        }
        let first = *seen.entry(id).or_insert(row);
        if first == row {
            continue;
        }
        let ((source, _), (before, at)) = (sheets.at(row), sheets.at(first));
        let table = sheets.list[before].table;
        let position = table.source.row(table.rows[at]);
        let other_file = source != before;
        clashes += usize::from(other_file);
        faults.add(row, || Fault {
            kind: Kind::DuplicateLead,
            column: None,
            found: if other_file {
                format!(
                    "id `{id}` was seen before at {position}; `[sources] prefix = true` keeps the files apart"
                )
            } else {
                format!("id `{id}` was seen before at {position}")
            },
        });
    }
    if clashes > 0 {
        notes.push(Note::warning(format!(
            "{clashes} ids occur in more than one file; if they are different leads, write `[sources] prefix = true`"
        )));
    }
}

/// Makes the ids of all rows of an import, which loses none: a row without an id, or with one that an earlier row
/// bears, goes by `file:row`.
pub(super) fn import_ids(sheets: &Sheets<'_>, settings: &Settings, notes: &mut Vec<Note>) -> Ids {
    let mut faults = Faults::default();
    let mut ids = ids(sheets, settings, &mut faults, notes);
    let mut taken: BTreeSet<String> = ids.list.iter().cloned().collect();
    let labels = labels(sheets);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (row, origin) in sheets.origins().iter().enumerate() {
        if !faults.has(row) && seen.insert(ids.list[row].clone()) {
            continue;
        }
        let mut id = format!("{}:{}", labels[usize::from(origin.source)], origin.row);
        while !taken.insert(id.clone()) {
            id.push('*');
        }
        ids.list[row] = id;
        ids.are_rows = true;
    }
    ids
}

/// What the rows of each file are called by: the file's name without folders where that is enough.
pub(super) fn labels(sheets: &Sheets<'_>) -> Vec<String> {
    let sources: Vec<&Source> = sheets.list.iter().map(|sheet| &sheet.table.source).collect();
    let base = |source: &Source| base_name(&source.file).to_owned();
    let with_sheet = |source: &Source, name: &str| match &source.shape {
        Shape::Sheet(sheet) => format!("{name}#{sheet}"),
        Shape::Lines | Shape::Records => name.to_owned(),
    };
    let is_alone = |name: &str, of: &dyn Fn(&Source) -> String| {
        sources.iter().filter(|source| of(source) == name).count() == 1
    };
    let label = |source: &&Source| {
        let short = base(source);
        let sheet = with_sheet(source, &short);
        if is_alone(&short, &base) {
            short
        } else if is_alone(&sheet, &|other| with_sheet(other, &base(other))) {
            sheet
        } else {
            with_sheet(source, &source.file)
        }
    };
    let kept = |sheet: &Sheet<'_>| sheet.past.map(|past| base_name(&past.file).to_owned());
    let labels = sources.iter().zip(&sheets.list);
    labels
        .map(|(source, sheet)| kept(sheet).unwrap_or_else(|| label(source)))
        .collect()
}

fn base_name(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or_default()
}
