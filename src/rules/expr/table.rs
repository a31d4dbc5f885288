//! An expression's value for every pair of a lead key and a rep key.

use super::bound::{Live, number_of};
use super::datum::Datum;
use super::vector::Pool;
use std::collections::HashMap;

/// Values by lead key, then rep key.
#[derive(Clone, Debug)]
pub(super) struct Table {
    width: usize,
    cells: Vec<u16>,
    values: Vec<Datum>,
    /// Each value as a number.
    numbers: Vec<f64>,
    /// Whether each value is yes.
    holds: Vec<bool>,
}

impl Table {
    /// Evaluates every pair; nothing where there are too many different values to number them.
    pub fn new(live: &Live, leads: usize, reps: usize) -> Option<Self> {
        let mut making = Making {
            live,
            pool: Pool::default(),
            of_number: HashMap::new(),
            cells: Vec::with_capacity(leads * reps),
        };
        let rep_keys: Vec<u32> = (0..u32::try_from(reps).ok()?).collect();
        for lead in 0..u32::try_from(leads).ok()? {
            making.row(lead, &rep_keys)?;
        }
        let values = making.pool.values;
        Some(Self {
            width: reps,
            cells: making.cells,
            numbers: values.iter().map(number_of).collect(),
            holds: values
                .iter()
                .map(|value| *value == Datum::Boolean(true))
                .collect(),
            values,
        })
    }

    /// The value of a pair of keys.
    pub fn value(&self, lead: u32, rep: u32) -> &Datum {
        let cell = self.cells[lead as usize * self.width + rep as usize];
        &self.values[usize::from(cell)]
    }

    /// The numbers (yes 1, no 0, anything else NaN) for a lead key and every rep of a list of rep keys.
    pub fn numbers(&self, lead: u32, reps: &[u32], out: &mut [f64]) {
        let start = lead as usize * self.width;
        for (number, &rep) in out.iter_mut().zip(reps) {
            *number = self.numbers[usize::from(self.cells[start + rep as usize])];
        }
    }

    /// Clears `out` for every rep of a list of rep keys whose value is not yes.
    pub fn clear_false(&self, lead: u32, reps: &[u32], out: &mut [bool]) {
        let start = lead as usize * self.width;
        for (keep, &rep) in out.iter_mut().zip(reps) {
            *keep &= self.holds[usize::from(self.cells[start + rep as usize])];
        }
    }

    /// Gives lead keys whose values are all equal one key; returns how many there are then.
    pub fn merge_leads(&mut self, keys: &mut [u32]) -> usize {
        let (cells, count) = merged(&self.cells, self.width, keys);
        self.cells = cells;
        count
    }

    /// Gives rep keys whose values are all equal one key; returns how many there are then.
    pub fn merge_reps(&mut self, keys: &mut [u32]) -> usize {
        let leads = self.cells.len().checked_div(self.width).unwrap_or(0);
        let (cells, count) = merged(&turned(&self.cells, self.width, leads), leads, keys);
        self.cells = turned(&cells, leads, count);
        self.width = count;
        count
    }
}

/// A table in the making.
struct Making<'l> {
    live: &'l Live,
    pool: Pool,
    of_number: HashMap<u64, u16>,
    cells: Vec<u16>,
}

impl Making<'_> {
    fn row(&mut self, lead: u32, rep_keys: &[u32]) -> Option<()> {
        if !self.live.is_native() {
            for &rep in rep_keys {
                let cell = self.cell(lead, rep)?;
                self.cells.push(cell);
            }
            return Some(());
        }
        let mut numbers = vec![0.0; rep_keys.len()];
        self.live.numbers(lead, rep_keys, &|_, _| None, &mut numbers);
        for (&rep, number) in rep_keys.iter().zip(numbers) {
            let cell = match self.of_number.get(&number.to_bits()) {
                Some(&cell) if !number.is_nan() => cell,
                _ => self.cell(lead, rep)?,
            };
            self.of_number.insert(number.to_bits(), cell);
            self.cells.push(cell);
        }
        Some(())
    }

    /// The number of a pair's value.
    fn cell(&mut self, lead: u32, rep: u32) -> Option<u16> {
        let value = self.live.value(lead, rep, &|_| None);
        u16::try_from(self.pool.number(value)).ok()
    }
}

/// The different rows of a table in the order in which they first come, and every key renumbered.
fn merged(cells: &[u16], width: usize, keys: &mut [u32]) -> (Vec<u16>, usize) {
    let rows = cells
        .len()
        .checked_div(width)
        .unwrap_or_else(|| keys.iter().max().map_or(0, |&key| key as usize + 1));
    let mut numbers: HashMap<&[u16], u32> = HashMap::new();
    let mut kept = Vec::new();
    let mut renumbered = Vec::with_capacity(rows);
    for row in 0..rows {
        let row = &cells[row * width..(row + 1) * width];
        let next = u32::try_from(numbers.len()).expect("there are no more keys than rows");
        renumbered.push(*numbers.entry(row).or_insert_with(|| {
            kept.extend_from_slice(row);
            next
        }));
    }
    let count = numbers.len();
    for key in keys {
        *key = renumbered[*key as usize];
    }
    (kept, count)
}

/// The table with rows and columns changed.
fn turned(cells: &[u16], width: usize, rows: usize) -> Vec<u16> {
    let mut turned = Vec::with_capacity(cells.len());
    for column in 0..width {
        turned.extend((0..rows).map(|row| cells[row * width + column]));
    }
    turned
}
