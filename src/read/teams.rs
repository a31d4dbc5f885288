//! Teams: what holds for all members of each, and its own columns as columns of its members.

use super::capacity;
use super::columns::{Role, header_position};
use super::columnwise::Sheets;
use super::complaints::{ambiguous_dates, report_ragged};
use super::lists;
use super::matching::match_columns;
use super::typed::{Customs, How, Misfit};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{Column, ColumnNames, Note, Reps, Settings, Table, Team, Value};
use std::collections::{BTreeMap, BTreeSet};

/// How rules name a column of the teams, behind `team.`; a column of the reps of that name holds it.
pub(super) const PREFIX: &str = "team.";

/// Reads teams: `team[, territories][, max_new][, weight]` and own columns. Members without territories of
/// their own get their team's, and `team.*` become columns of the reps.
pub(super) fn teams(
    table: &Table,
    reps: &mut Reps,
    settings: &Settings,
    customs: Customs<'_>,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<Team> {
    let columns = match_columns(table, Role::Teams, &ColumnNames::new(), mistakes);
    notes.extend(table.notes.iter().cloned());
    report_ragged(table, mistakes);
    if columns.field("team").is_empty() {
        if !table.headers.is_empty() {
            let found = "teams have no column `team`";
            let mistake = Mistake::new(Kind::NoSuchColumn, header_position(table, 0), found);
            mistakes.push(mistake.expected(
                "a column `team`, and `territories`, `max_new`, `weight` and your own if you like",
            ));
        }
        return Vec::new();
    }
    let sheets = Sheets::of_one(table, columns, &settings.read.empty);
    let mut reader = Reader {
        sheets: &sheets,
        customs,
        mistakes,
    };
    let (rows, teams) = reader.teams(reps);
    reader.columns(&rows, reps, settings);
    notes.extend(strangers(&teams, reps));
    for rep in reps.list.iter_mut().filter(|rep| rep.territories.is_empty()) {
        if let Some(team) = teams.iter().find(|team| team.name == rep.team) {
            rep.territories.clone_from(&team.territories);
        }
    }
    teams
}

struct Reader<'r, 'a> {
    sheets: &'r Sheets<'a>,
    customs: Customs<'a>,
    mistakes: &'r mut Mistakes,
}

impl Reader<'_, '_> {
    /// The teams, and the row of each by its name as the roster writes it.
    fn teams(&mut self, reps: &Reps) -> (BTreeMap<String, usize>, Vec<Team>) {
        let decimal = self.customs.decimal;
        let text = |field: &str| self.sheets.code(&self.sheets.field(field));
        let [names, territories, max_new, weights] = ["team", "territories", "max_new", "weight"].map(text);
        let mut rows = BTreeMap::new();
        let mut teams = Vec::new();
        for row in 0..self.sheets.rows() {
            let name = names.text(row);
            if name.is_empty() {
                self.wrong(
                    row,
                    "team",
                    Kind::EmptyId,
                    "the name of the team is empty".to_owned(),
                    "a name",
                );
                continue;
            }
            let written = reps.list.iter().map(|rep| &rep.team);
            let name = written
                .clone()
                .find(|team| folded(team) == folded(name))
                .map_or(name, |team| team);
            if rows.insert(name.to_owned(), row).is_some() {
                let found = format!("team `{name}` is there twice");
                self.wrong(row, "team", Kind::DuplicateTeam, found, "one row a team");
                continue;
            }
            let max_new = self.number(row, "max_new", max_new.text(row), |text| {
                capacity::count(text, decimal)
            });
            let weight = self.number(row, "weight", weights.text(row), |text| {
                capacity::weight(text, decimal)
            });
            teams.push(Team {
                name: name.to_owned(),
                territories: lists::items(territories.text(row), true),
                max_new,
                weight,
                row: self.sheets.list[0].table.rows[row],
            });
        }
        (rows, teams)
    }

    fn number<T>(
        &mut self,
        row: usize,
        field: &str,
        text: &str,
        read: impl Fn(&str) -> Result<T, Misfit>,
    ) -> Option<T> {
        if text.is_empty() {
            return None;
        }
        match read(text) {
            Ok(number) => Some(number),
            Err(misfit) => {
                self.wrong(row, field, misfit.kind, misfit.found, misfit.expected);
                None
            }
        }
    }

    fn wrong(&mut self, row: usize, field: &str, kind: Kind, found: String, expected: &str) {
        let places = self.sheets.field(field);
        let mistake = Mistake::new(kind, self.sheets.position(row, &places), found);
        let column = self.sheets.header(&places, field);
        self.mistakes.push(mistake.column(column).expected(expected));
    }

    /// Gives the reps the columns of their teams that the rules read.
    fn columns(&mut self, rows: &BTreeMap<String, usize>, reps: &mut Reps, settings: &Settings) {
        let known = self.sheets.list[0].columns.known();
        reps.frame
            .known
            .extend(known.map(|name| format!("{PREFIX}{name}")));
        for (name, kind) in &settings.rep_columns {
            let Some(own) = name.strip_prefix(PREFIX) else {
                continue;
            };
            let places = self.sheets.named(own);
            if places[0].is_empty() {
                continue;
            }
            let how = kind.map_or(How::Found, How::Fixed);
            let typed = self.sheets.typed(own, &places, how, self.customs);
            if let Some((row, text)) = &typed.ambiguous_date {
                self.mistakes
                    .push(ambiguous_dates(self.sheets, *row, text, &places, own));
            }
            for (row, misfit) in typed.misfits {
                self.wrong(row, own, misfit.kind, misfit.found, misfit.expected);
            }
            reps.frame.set(of_reps(name, typed.column, rows, reps));
        }
    }
}

/// A column of teams as a column of their members; empty for the others.
fn of_reps(name: &str, column: Column, rows: &BTreeMap<String, usize>, reps: &Reps) -> Column {
    let Column {
        header,
        kind,
        codes,
        mut values,
        ..
    } = column;
    let empty = values
        .iter()
        .position(|value| *value == Value::Empty)
        .unwrap_or_else(|| {
            values.push(Value::Empty);
            values.len() - 1
        });
    let empty = u32::try_from(empty).expect("lists are bounded when they are read");
    let of = |team: &String| rows.get(team).map_or(empty, |&row| codes[row]);
    Column {
        name: name.to_owned(),
        header,
        kind,
        codes: reps.list.iter().map(|rep| of(&rep.team)).collect(),
        values,
    }
}

/// Teams of one file that the other does not have.
fn strangers(teams: &[Team], reps: &Reps) -> Vec<Note> {
    let of_roster: BTreeSet<&str> = (reps.list.iter().map(|rep| rep.team.as_str()))
        .filter(|team| !team.is_empty())
        .collect();
    let of_file: BTreeSet<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    let listed = |names: Vec<&str>, what: &str| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        (!names.is_empty()).then(|| Note::warning(format!("{what}: {}", names.join(", "))))
    };
    let lacking = of_roster.difference(&of_file).copied().collect();
    let idle = of_file.difference(&of_roster).copied().collect();
    [
        listed(lacking, "teams of the roster that the teams file does not have"),
        listed(idle, "teams of the teams file without a rep on the roster"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
#[path = "teams_tests.rs"]
mod tests;
