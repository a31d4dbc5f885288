//! Lead rows that cannot be read: why, and when they are too many.

use super::columnwise::Sheets;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{SetAside, Settings};
use std::collections::BTreeMap;

/// Why a row is set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// What sort of mistake it is.
    pub kind: Kind,
    /// The header of the column, where one is at fault.
    pub column: Option<String>,
    /// What is wrong, as a phrase.
    pub found: String,
}

impl Fault {
    fn reason(&self) -> String {
        match &self.column {
            Some(column) => format!("`{column}`: {}", self.found),
            None => self.found.clone(),
        }
    }
}

/// The rows that are set aside, by row; the first fault of a row counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    rows: BTreeMap<usize, Fault>,
}

impl Faults {
    /// Sets a row aside, unless it already is.
    pub fn add(&mut self, row: usize, fault: impl FnOnce() -> Fault) {
        self.rows.entry(row).or_insert_with(fault);
    }

    /// Tells whether no row is set aside.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Tells whether a row is set aside.
    pub fn has(&self, row: usize) -> bool {
        self.rows.contains_key(&row)
    }

    /// The rows that stay, in order; `None` where all do.
    pub fn kept(&self, rows: usize) -> Option<Vec<usize>> {
        (!self.rows.is_empty()).then(|| (0..rows).filter(|row| !self.has(*row)).collect())
    }

    /// The rows set aside, with those of a wrong number of cells, in the order of the files.
    pub fn rows(&self, sheets: &Sheets<'_>) -> Vec<SetAside> {
        let mut found: Vec<(usize, u32, SetAside)> = Vec::new();
        for (&row, fault) in &self.rows {
            let (source, at) = sheets.at(row);
            let table = sheets.list[source].table;
            found.push((
                source,
                table.rows[at],
                SetAside {
                    position: table.source.row(table.rows[at]),
                    source: source_number(source),
                    reason: fault.reason(),
                    cells: table.cells.row(at).map(str::to_owned).collect(),
                },
            ));
        }
        for (source, sheet) in sheets.list.iter().enumerate() {
            let wide = sheet.table.headers.len();
            for ragged in &sheet.table.ragged {
                found.push((
                    source,
                    ragged.row,
                    SetAside {
                        position: sheet.table.source.row(ragged.row),
                        source: source_number(source),
                        reason: format!("{} cells where the header has {wide}", ragged.cells.len()),
                        cells: ragged.cells.clone(),
                    },
                ));
            }
        }
        found.sort_by_key(|(source, row, _)| (*source, *row));
        found.into_iter().map(|(_, _, row)| row).collect()
    }

    /// Refuses files of which more rows are set aside than the rules let pass.
    pub fn check_share(&self, sheets: &Sheets<'_>, settings: &Settings, mistakes: &mut Mistakes) {
        let ragged: usize = sheets.list.iter().map(|sheet| sheet.table.ragged.len()).sum();
        let (bad, all) = (self.rows.len() + ragged, sheets.rows() + ragged);
        #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
        let share = bad as f64 / all.max(1) as f64;
        let too_many = match settings.read.max_set_aside {
            Some(most) => bad > 0 && share > most,
            None => bad > 10 && share > 0.2,
        };
        if !too_many {
            return;
        }
        let file = &sheets.list[0].table.source.file;
        mistakes.push(
            Mistake::new(
                Kind::TooManyBadRows,
                Position::File(file.clone()),
                format!("{bad} of {all} rows of leads cannot be read"),
            )
            .expected(format!(
                "at most {}",
                percent(settings.read.max_set_aside.unwrap_or(0.2))
            ))
            .excerpt(self.commonest(sheets))
            .hint(format!(
                "if the other rows are to be dealt all the same, write `[read] max_set_aside = \"{}\"`",
                percent((share * 10.0).ceil() / 10.0)
            )),
        );
    }

    /// A line for each of the five commonest faults.
    fn commonest(&self, sheets: &Sheets<'_>) -> String {
        let mut groups: BTreeMap<(Kind, String), (usize, String)> = BTreeMap::new();
        for (&row, fault) in &self.rows {
            let column = fault.column.clone().unwrap_or_default();
            let group = groups.entry((fault.kind, column)).or_insert_with(|| {
                let (source, at) = sheets.at(row);
                let table = sheets.list[source].table;
                (
                    0,
                    format!("{}: {}", table.source.row(table.rows[at]), fault.reason()),
                )
            });
            group.0 += 1;
        }
        let ragged = sheets
            .list
            .iter()
            .flat_map(|sheet| sheet.table.ragged.iter().map(move |row| (sheet, row)));
        for (sheet, row) in ragged {
            let group = groups.entry((Kind::RaggedRow, String::new())).or_insert_with(|| {
                let position = sheet.table.source.row(row.row);
                let wide = sheet.table.headers.len();
                (
                    0,
                    format!(
                        "{position}: {} cells where the header has {wide}",
                        row.cells.len()
                    ),
                )
            });
            group.0 += 1;
        }
        let mut groups: Vec<(usize, String)> = groups.into_values().collect();
        groups.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let lines = groups.into_iter().take(5).map(|(count, first)| {
            let rows = if count == 1 {
                "1 row".to_owned()
            } else {
                format!("{count} rows, the first")
            };
            format!("{rows} {first}")
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn source_number(source: usize) -> u16 {
    u16::try_from(source).expect("the number of files is checked before they are read")
}

fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0).round() / 10.0)
}
