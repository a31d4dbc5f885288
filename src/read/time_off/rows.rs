//! Time off in a table: `rep, from, to`, and `part`, `reason` and `country` if they are there.
//!
//! Both days are included. A row without a rep is of everybody, or of everybody in its country.

use super::people::{Strangers, Whom};
use super::{Edge, Leave, Leaves, People, Spell};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{ColumnNames, Country, DateOrder, Note, RepIndex, Settings, Table, TimeOffFile};
use crate::places;
use crate::read::coding::Coded;
use crate::read::columns::{Role, header_position};
use crate::read::columnwise::Sheets;
use crate::read::complaints::{ambiguous_dates, report_ragged};
use crate::read::dates::{self, Order, Written};
use crate::read::matching::match_columns;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, time};
use jiff::tz::TimeZone;

/// More days than these are not cut into halves.
const MOST_HALVES: usize = 366;

/// Reads the rows of a table.
pub(super) fn read(
    table: &Table,
    people: &People<'_>,
    settings: &Settings,
    strangers: &mut Strangers,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Leaves {
    let mut leaves = Leaves {
        file: TimeOffFile {
            file: table.source.name(),
            read: table.rows.len() as u64,
            ..TimeOffFile::default()
        },
        list: Vec::new(),
    };
    let columns = match_columns(table, Role::TimeOff, &ColumnNames::new(), mistakes);
    notes.extend(table.notes.iter().cloned());
    report_ragged(table, mistakes);
    if columns.field("from").is_empty() {
        if !table.headers.is_empty() {
            mistakes.push(
                Mistake::new(
                    Kind::NoSuchColumn,
                    header_position(table, 0),
                    "time off has no column `from`",
                )
                .expected("columns `rep`, `from` and `to`, and `part`, `reason` and `country` if you like"),
            );
        }
        return leaves;
    }
    let sheets = Sheets::of_one(table, columns, &settings.read.empty);
    let [from, to] = ["from", "to"].map(|field| Dates::read(&sheets, field));
    let written = from.written.iter().chain(&to.written).flatten().copied();
    let order = match dates::settled(written, settings.read.date_order) {
        Order::Settled(order) => order,
        Order::Unsettled => {
            if let Some(mistake) = doubtful(&sheets, &from).or_else(|| doubtful(&sheets, &to)) {
                mistakes.push(mistake);
            }
            return leaves;
        }
    };
    let mut reader = Reader {
        of: ["rep", "part", "reason", "country"].map(|field| sheets.code(&sheets.field(field))),
        sheets: &sheets,
        people,
        strangers,
        mistakes,
    };
    for row in 0..sheets.rows() {
        let dates = reader.spells(row, &from, &to, order);
        match (reader.whom(row), dates) {
            (Some(reps), Some(spells)) => leaves.list.push(Leave {
                reps,
                spells,
                reason: reader.of[2].text(row).to_owned(),
            }),
            (None, Some(_)) => leaves.file.strangers += 1,
            (_, None) => {}
        }
    }
    leaves
}

/// The cells of a column of dates.
struct Dates<'a> {
    field: &'static str,
    cells: Coded<'a>,
    written: Vec<Option<Written>>,
}

impl<'a> Dates<'a> {
    fn read(sheets: &Sheets<'a>, field: &'static str) -> Self {
        let cells = sheets.code(&sheets.field(field));
        let written = cells.texts.iter().map(|text| dates::read(text)).collect();
        Self {
            field,
            cells,
            written,
        }
    }

    fn at(&self, row: usize) -> Option<Written> {
        self.written[self.cells.codes[row] as usize]
    }
}

/// The mistake of the first date whose day and month cannot be told apart.
fn doubtful(sheets: &Sheets<'_>, dates: &Dates<'_>) -> Option<Mistake> {
    let is_numeric = |row: &usize| dates.at(*row).is_some_and(Written::is_numeric);
    let row = (0..sheets.rows()).find(is_numeric)?;
    let text = dates.cells.text(row);
    let places = sheets.field(dates.field);
    Some(ambiguous_dates(sheets, row, text, &places, dates.field))
}

/// Which half of a day.
#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

struct Reader<'r, 'a> {
    sheets: &'r Sheets<'a>,
    /// Rep, part, reason and country.
    of: [Coded<'a>; 4],
    people: &'r People<'r>,
    strangers: &'r mut Strangers,
    mistakes: &'r mut Mistakes,
}

impl Reader<'_, '_> {
    /// Whose a row is; none where its rep is a stranger or a mistake.
    fn whom(&mut self, row: usize) -> Option<Vec<RepIndex>> {
        let rep = self.of[0].text(row);
        if rep.is_empty() {
            return Some(self.people.all(self.country(row)?));
        }
        match self.people.find(rep) {
            Whom::Rep(rep) => Some(vec![rep]),
            Whom::Several(reps) => {
                let found = format!("`{rep}` is the name or e-mail of {reps} reps");
                self.wrong(row, "rep", Kind::AmbiguousRep, found, "the rep's id");
                None
            }
            Whom::Stranger => {
                self.strangers.person(rep);
                None
            }
        }
    }

    /// The country of a row without a rep, if it names one.
    #[expect(
        clippy::option_option,
        reason = "no country and an unknown one are different things"
    )]
    fn country(&mut self, row: usize) -> Option<Option<Country>> {
        let text = self.of[3].text(row);
        if text.is_empty() {
            return Some(None);
        }
        let country = places::country(text);
        if country.is_none() {
            let found = format!("no country is called `{text}`");
            let expected = "a code such as `US`, or a name";
            self.wrong(row, "country", Kind::BadTimeOff, found, expected);
        }
        country.map(Some)
    }

    fn spells(
        &mut self,
        row: usize,
        from: &Dates<'_>,
        to: &Dates<'_>,
        order: DateOrder,
    ) -> Option<Vec<Spell>> {
        let first = self.date(row, from)?;
        let last = if to.cells.text(row).is_empty() {
            None
        } else {
            Some(self.date(row, to)?)
        };
        let half = self.half(row)?;
        let start = first.local(order);
        let end = last.map_or(start, |last| last.local(order));
        if let Some(half) = half {
            return self.halves(row, (start.date(), end.date()), half, to);
        }
        let spell = Spell {
            from: edge(first, order),
            to: match last {
                Some(last) if last.has_offset() || (last.has_time() && is_moment(end, start)) => {
                    edge(last, order)
                }
                _ => Edge::Local(after(end.date())),
            },
        };
        let is_forward = match (spell.from, spell.to) {
            (Edge::Local(_), Edge::Local(_)) => {
                let names_day = last.is_some_and(|last| !last.has_time());
                start <= end || (names_day && start.date() <= end.date())
            }
            // one of the two names its offset
            (from, to) => from.moment(&TimeZone::UTC) <= to.moment(&TimeZone::UTC),
        };
        if !is_forward {
            self.backward(row, to);
            return None;
        }
        Some(vec![spell])
    }

    fn backward(&mut self, row: usize, to: &Dates<'_>) {
        let found = format!("`{}` is before the first day", to.cells.text(row));
        self.wrong(
            row,
            "to",
            Kind::BadTimeOff,
            found,
            "the last day, or nothing for one day",
        );
    }

    /// A half of every day.
    fn halves(
        &mut self,
        row: usize,
        (first, last): (Date, Date),
        half: Half,
        to: &Dates<'_>,
    ) -> Option<Vec<Spell>> {
        let noon = |date: Date| date.to_datetime(time(12, 0, 0, 0));
        let spell = |date: Date| match half {
            Half::Morning => (date.to_datetime(Time::midnight()), noon(date)),
            Half::Afternoon => (noon(date), after(date)),
        };
        if last < first {
            self.backward(row, to);
            return None;
        }
        let days: Vec<Date> = first
            .series(1.day())
            .take_while(|date| *date <= last)
            .take(MOST_HALVES + 1)
            .collect();
        if days.len() > MOST_HALVES {
            let found = "half of every day for more than a year".to_owned();
            self.wrong(
                row,
                "part",
                Kind::BadTimeOff,
                found,
                "half days of a year at most",
            );
            return None;
        }
        let edges = days.into_iter().map(spell);
        Some(
            edges
                .map(|(from, to)| Spell {
                    from: Edge::Local(from),
                    to: Edge::Local(to),
                })
                .collect(),
        )
    }

    fn date(&mut self, row: usize, dates: &Dates<'_>) -> Option<Written> {
        let written = dates.at(row);
        if written.is_none() {
            let text = dates.cells.text(row);
            let found = if text.is_empty() {
                "the first day is empty".to_owned()
            } else {
                format!("`{text}` is not a date")
            };
            let expected = "a date such as 2026-06-01";
            self.wrong(row, dates.field, Kind::BadDate, found, expected);
        }
        written
    }

    /// The half of the day that a row names; the whole day where it names none.
    #[expect(
        clippy::option_option,
        reason = "the whole day and a word that nobody knows are different things"
    )]
    fn half(&mut self, row: usize) -> Option<Option<Half>> {
        let text = self.of[1].text(row).to_lowercase();
        match text.trim_end_matches(" only").replace(['-', '_'], " ").as_str() {
            "" | "full" | "full day" | "whole" | "whole day" | "all" | "all day" | "day" | "1" | "no"
            | "false" => Some(None),
            "am" | "a.m." | "morning" | "first half" | "1st half" | "forenoon" => Some(Some(Half::Morning)),
            "pm" | "p.m." | "afternoon" | "second half" | "2nd half" | "half" | "half day" | "0.5"
            | "yes" | "true" => Some(Some(Half::Afternoon)),
            _ => {
                let found = format!("`{}` is no part of a day", self.of[1].text(row));
                self.wrong(
                    row,
                    "part",
                    Kind::BadTimeOff,
                    found,
                    "`am`, `pm`, `half` or `full`",
                );
                None
            }
        }
    }

    fn wrong(&mut self, row: usize, field: &str, kind: Kind, found: String, expected: &str) {
        let places = self.sheets.field(field);
        self.mistakes.push(
            Mistake::new(kind, self.sheets.position(row, &places), found)
                .column(self.sheets.header(&places, field))
                .expected(expected),
        );
    }
}

/// Midnight as the end of whole days is how many programs write a date; it is a moment only beside a start
/// that is one.
fn is_moment(end: DateTime, start: DateTime) -> bool {
    end.time() != Time::midnight() || start.time() != Time::midnight()
}

fn edge(written: Written, order: DateOrder) -> Edge {
    let exact = written.moment(order, &TimeZone::UTC);
    match exact.filter(|_| written.has_offset()) {
        Some(moment) => Edge::Exact(moment),
        None => Edge::Local(written.local(order)),
    }
}

/// The midnight after a date.
fn after(date: Date) -> DateTime {
    date.tomorrow().unwrap_or(date).to_datetime(Time::midnight())
}
