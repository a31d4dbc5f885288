//! Territories: which reps hold the place of which lead.

mod area;
mod column;
mod index;
mod names;

use super::keys::Keys;
use super::location::{Home, Location};
use super::words::{folded, text};
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Batch, Frame, Note};
use area::{Area, Reading};
pub use column::fill_column;
use index::Index;
pub use names::Names;
use std::collections::{BTreeSet, HashMap};

/// The columns that tell where a lead is.
pub const COLUMNS: [&str; 4] = ["country", "state", "postal_code", "territory"];

/// Says how an item was read that could have been read otherwise.
fn note_doubt(item: &str, reading: &Reading, notes: &mut Vec<Note>) {
    if let Some(other) = &reading.instead_of {
        let (read, other) = (reading.area.words(), other.words());
        let note = Note::fact(format!("territory `{item}` was read as {read}, not as {other}"));
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

/// Says that nothing knows an item: a mistake where territories are a must.
fn unknown(item: &str, position: Position, must: bool, notes: &mut Vec<Note>, mistakes: &mut Mistakes) {
    let found = format!("`{item}` is no territory that is known");
    if must {
        mistakes.push(
            Mistake::new(Kind::UnknownTerritory, position, found)
                .column("territories")
                .expected("a country, a state, `902*`, `90000-93599` or a name of `[territory.names]`")
                .hint(
                    "say what it holds under `[territory.names]`, or write `[territory] mode = \"prefer\"`",
                ),
        );
    } else {
        notes.push(Note::warning(format!("{position}: {found}")));
    }
}

/// An item of some rep's territories cell, as far as it tells places.
#[derive(Clone, Debug)]
struct Claim {
    areas: Vec<Area>,
}

/// Which reps hold the place of which lead.
#[derive(Clone, Debug)]
pub struct Holdings {
    /// A key for each lead that has a place.
    pub keys: Keys,
    /// For each key the claims that hold it, in order.
    claims: Vec<Vec<u32>>,
    /// For each rep its claims in order; `None` for one who names none, and so holds everything.
    reps: Vec<Option<Vec<u32>>>,
    /// The items as first written.
    items: Vec<String>,
    /// Named territories that are no rep's item.
    unclaimed: Vec<String>,
}

impl Holdings {
    /// Reads every rep's items and finds which of them hold each lead. `leads` has its column `territory`
    /// filled by [`fill_column`].
    ///
    /// # Errors
    /// Where territories are a `must`: items that nothing knows.
    pub fn bind(
        leads: &Frame,
        batch: &Batch,
        names: &Names,
        home: Home,
        must: bool,
        notes: &mut Vec<Note>,
    ) -> Result<Self, Mistakes> {
        let (keys, rows) = Keys::of_columns(leads, COLUMNS);
        let cells: BTreeSet<String> = rows
            .iter()
            .map(|&row| folded(&text(leads.value("territory", row))))
            .collect();
        let mut claims = Claims::default();
        let mut mistakes = Mistakes::default();
        let mut reps = Vec::new();
        for rep in &batch.reps.list {
            let mut own = BTreeSet::new();
            for item in rep.territories.iter().filter(|item| !item.trim().is_empty()) {
                let number = claims.number(item, || {
                    claim(item, names, home, &cells, notes).ok_or_else(|| batch.reps.source.row(rep.row))
                });
                match number {
                    Ok(number) => {
                        own.insert(number);
                    }
                    Err(position) => unknown(item, position, must, notes, &mut mistakes),
                }
            }
            let named_any = rep.territories.iter().any(|item| !item.trim().is_empty());
            reps.push(named_any.then(|| own.into_iter().collect()));
        }
        let index = Index::new(claims.list.iter().map(|claim| claim.areas.as_slice()));
        let (keys, held) = keys.refine(|key| {
            let row = rows[key as usize];
            let location = Location::of_row(leads, row, home.only);
            let cell = folded(&text(leads.value("territory", row)));
            if location.is_nowhere() && cell.is_empty() {
                return None;
            }
            let mut held = index.holding(&location);
            held.extend(claims.numbers.get(&cell));
            Some(held.into_iter().collect::<Vec<_>>())
        });
        mistakes.or(Self {
            keys,
            claims: held,
            reps,
            unclaimed: names
                .all()
                .filter(|name| !claims.numbers.contains_key(&folded(name)))
                .cloned()
                .collect(),
            items: claims.items,
        })
    }

    /// Tells whether a rep's territories hold the leads of a key.
    pub fn holds(&self, key: u32, rep: usize) -> bool {
        let Some(own) = &self.reps[rep] else { return true };
        let held = &self.claims[key as usize];
        if held.len() < own.len() {
            held.iter().any(|claim| own.binary_search(claim).is_ok())
        } else {
            own.iter().any(|claim| held.binary_search(claim).is_ok())
        }
    }

    /// Tells whether any rep names a territory.
    pub fn any_rep_names_one(&self) -> bool {
        self.reps.iter().any(Option::is_some)
    }

    /// Tells whether no rep names a territory that holds the leads of a key.
    pub fn is_held_by_none(&self, key: usize) -> bool {
        self.claims[key].is_empty()
    }

    /// The territories, by name or as an item, that none of the reps in `active` names.
    pub fn without_rep(&self, active: &[bool]) -> Vec<String> {
        let mut has = vec![false; self.items.len()];
        for (own, _) in self.reps.iter().zip(active).filter(|(_, active)| **active) {
            for &claim in own.iter().flatten() {
                has[claim as usize] = true;
            }
        }
        let lacking = self.items.iter().zip(has).filter(|(_, has)| !has);
        let lacking = lacking.map(|(item, _)| item.clone());
        lacking.chain(self.unclaimed.iter().cloned()).collect()
    }
}

/// Reads an item: a named territory, else what leads have in their own column, else a place.
fn claim(
    item: &str,
    names: &Names,
    home: Home,
    cells: &BTreeSet<String>,
    notes: &mut Vec<Note>,
) -> Option<Claim> {
    if let Some(areas) = names.areas(item) {
        return Some(Claim {
            areas: areas.to_vec(),
        });
    }
    match area::read(item, home) {
        Some(reading) => {
            note_doubt(item, &reading, notes);
            Some(Claim {
                areas: vec![reading.area],
            })
        }
        None => cells.contains(&folded(item)).then(|| Claim { areas: Vec::new() }),
    }
}

/// The distinct items of a roster.
#[derive(Default)]
struct Claims {
    numbers: HashMap<String, u32>,
    items: Vec<String>,
    list: Vec<Claim>,
}

impl Claims {
    /// The number of an item, which is read when it is first seen.
    fn number<E>(&mut self, item: &str, read: impl FnOnce() -> Result<Claim, E>) -> Result<u32, E> {
        let text = folded(item);
        if let Some(&number) = self.numbers.get(&text) {
            return Ok(number);
        }
        let claim = read()?;
        let number = u32::try_from(self.list.len()).expect("there are no more items than cells");
        self.numbers.insert(text, number);
        self.items.push(item.trim().to_owned());
        self.list.push(claim);
        Ok(number)
    }
}
