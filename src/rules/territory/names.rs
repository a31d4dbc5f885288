//! Named territories: those of `[territory.names]`, then those of a table of territories.

use super::area::{self, Area};
use super::index::Index;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Note, Table};
use crate::places;
use crate::rules::load::Territories;
use crate::rules::location::Home;
use crate::rules::words::folded;
use std::collections::HashMap;

/// A territory with a name, as first written, and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    name: String,
    areas: Vec<Area>,
}

/// The named territories in order: `lead.territory` is the first that holds the lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    list: Vec<Named>,
    numbers: HashMap<String, usize>,
}

impl Names {
    /// Reads the names of the rules, then those of the table.
    pub fn read(
        rules: &Territories,
        table: Option<&Table>,
        home: Home,
        must: bool,
        notes: &mut Vec<Note>,
        mistakes: &mut Mistakes,
    ) -> Self {
        let mut names = Self::default();
        for (name, items) in &rules.names {
            for (item, position) in items {
                match area::read(item, home) {
                    Some(reading) => {
                        super::note_doubt(item, &reading, notes);
                        names.add(name, reading.area);
                    }
                    None => super::unknown(item, position.clone(), must, notes, mistakes),
                }
            }
        }
        if let Some(table) = table {
            names.add_table(table, home, mistakes);
        }
        names
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The names in order.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.list.iter().map(|named| &named.name)
    }

    /// The name of the territory of a number, as the index counts.
    pub fn name(&self, number: u32) -> &str {
        &self.list[number as usize].name
    }

    /// The areas of the territory of a name.
    pub fn areas(&self, name: &str) -> Option<&[Area]> {
        let at = self.numbers.get(&folded(name))?;
        Some(&self.list[*at].areas)
    }

    /// Finds the territories that hold a location, numbered in order.
    pub fn index(&self) -> Index {
        Index::new(self.list.iter().map(|named| named.areas.as_slice()))
    }

    fn add(&mut self, name: &str, area: Area) {
        let next = self.list.len();
        let at = *self.numbers.entry(folded(name)).or_insert(next);
        if at == next {
            self.list.push(Named {
                name: name.to_owned(),
                areas: Vec::new(),
            });
        }
        self.list[at].areas.push(area);
    }

    fn add_table(&mut self, table: &Table, home: Home, mistakes: &mut Mistakes) {
        let column = |names: &[&str]| {
            let mut headers = table
                .headers
                .iter()
                .map(|header| folded(header).replace([' ', '-'], "_"));
            headers.position(|header| names.contains(&header.as_str()))
        };
        let Some(name) = column(&["territory", "name"]) else {
            let position = Position::File(table.source.file.clone());
            let lacks = Mistake::new(Kind::NoSuchColumn, position, "no column `territory`");
            return mistakes
                .push(lacks.expected("the columns `territory`, `country`, `state`, `postal_code`"));
        };
        let columns = Columns {
            country: column(&["country"]),
            state: column(&["state"]),
            postal: column(&["postal_code", "postal", "zip"]),
        };
        for (row, &line) in table.rows.iter().enumerate() {
            let name = table.cells.get(row, name).trim();
            match columns.area(table, row, home) {
                Ok(area) if !name.is_empty() && area != Area::default() => self.add(name, area),
                Ok(_) => {
                    let found = "a row without a name or without a place";
                    mistakes.push(Mistake::new(
                        Kind::UnknownTerritory,
                        table.source.row(line),
                        found,
                    ));
                }
                Err((column, cell)) => mistakes.push(
                    Mistake::new(
                        Kind::UnknownTerritory,
                        table.source.cell(line, column),
                        format!("`{cell}` is no place that is known"),
                    )
                    .column(table.headers[column].as_str()),
                ),
            }
        }
    }
}

/// The columns of a table of territories.
struct Columns {
    country: Option<usize>,
    state: Option<usize>,
    postal: Option<usize>,
}

impl Columns {
    /// The area of a row; else the column and text of the cell that nothing knows.
    fn area(&self, table: &Table, row: usize, home: Home) -> Result<Area, (usize, String)> {
        let cell = |column: Option<usize>| {
            let column = column?;
            let text = table.cells.get(row, column).trim();
            (!text.is_empty()).then_some((column, text))
        };
        let unknown = |(column, text): (usize, &str)| (column, text.to_owned());
        let country = match cell(self.country) {
            Some((column, text)) => Some(places::country(text).ok_or_else(|| unknown((column, text)))?),
            None => None,
        };
        let state = match cell(self.state) {
            Some((column, text)) => {
                let state = match country.or(home.most) {
                    Some(country) => places::state(Some(country), text),
                    None => None,
                };
                let anywhere = || places::explicit_state(text).or_else(|| places::state(None, text));
                let state = state.or_else(|| country.is_none().then(anywhere).flatten());
                Some(state.ok_or_else(|| unknown((column, text)))?)
            }
            None => None,
        };
        let country = country.or_else(|| state.as_ref().map(|state| state.country));
        let postal = match cell(self.postal) {
            Some((column, text)) => {
                let postal = area::postal(text, country.or(home.only));
                Some(postal.ok_or_else(|| unknown((column, text)))?)
            }
            None => None,
        };
        let country = country.or(home.only.filter(|_| postal.is_some()));
        Ok(Area {
            country,
            state,
            postal,
        })
    }
}
