//! A whole column of values at once: every part of an expression is evaluated once per distinct tuple
//! of what it reads, and rows with equal values share a code from then on.

use super::check::Slot;
use super::code::{Code, Op, Side, Sources};
use super::compiled::Compiled;
use super::datum::Datum;
use std::collections::HashMap;

/// The most pairs of codes that are numbered in a table instead of a map.
const DENSE: usize = 1 << 22;

const NONE: u32 = u32::MAX;

/// A value for every row: a code, and what each code stands for, numbered as rows first have them.
#[derive(Clone, Debug)]
pub(super) struct Vector {
    pub codes: Vec<u32>,
    pub values: Vec<Datum>,
}

/// Rows grouped by a tuple of codes: equal tuples share a key, numbered as rows first have them.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    /// Every row's key.
    pub of_row: Vec<u32>,
    /// For every key the first row that has it.
    pub first: Vec<usize>,
}

impl Keys {
    /// One key for all rows.
    pub fn one(rows: usize) -> Self {
        Self {
            of_row: vec![0; rows],
            first: if rows == 0 { Vec::new() } else { vec![0] },
        }
    }

    /// Splits the keys by another code of each row, which is below `count`.
    pub fn split(&mut self, codes: &[u32], count: usize) {
        let width = count.max(1);
        let cells = self.first.len().saturating_mul(width);
        self.first.clear();
        if cells <= DENSE {
            let mut numbers = vec![NONE; cells];
            for (row, key) in self.of_row.iter_mut().enumerate() {
                let number = &mut numbers[*key as usize * width + codes[row] as usize];
                if *number == NONE {
                    *number = next(&mut self.first, row);
                }
                *key = *number;
            }
        } else {
            let mut numbers = HashMap::new();
            for (row, key) in self.of_row.iter_mut().enumerate() {
                let pair = (*key, codes[row]);
                *key = *numbers.entry(pair).or_insert_with(|| next(&mut self.first, row));
            }
        }
    }
}

/// Numbers a new key after the row that it is first met in.
fn next(first: &mut Vec<usize>, row: usize) -> u32 {
    first.push(row);
    u32::try_from(first.len() - 1).expect("there are no more keys than rows, which are bounded")
}

/// Gives equal values one number.
#[derive(Debug, Default)]
pub(super) struct Pool {
    numbers: HashMap<Datum, u32>,
    last: Option<u32>,
    pub values: Vec<Datum>,
}

impl Pool {
    pub fn number(&mut self, datum: Datum) -> u32 {
        if let Some(last) = self.last
            && self.values[last as usize] == datum
        {
            return last;
        }
        let number = self.looked_up(datum);
        self.last = Some(number);
        number
    }

    fn looked_up(&mut self, datum: Datum) -> u32 {
        if let Some(&number) = self.numbers.get(&datum) {
            return number;
        }
        let number = u32::try_from(self.values.len()).expect("there are no more values than rows");
        self.values.push(datum.clone());
        self.numbers.insert(datum, number);
        number
    }
}

/// Evaluates parts of an expression for every row of one side.
pub(super) struct Vectors<'c, 'f> {
    compiled: &'c Compiled<'f>,
    side: Side,
    rows: usize,
}

impl<'c, 'f> Vectors<'c, 'f> {
    pub fn new(compiled: &'c Compiled<'f>, side: Side, rows: usize) -> Self {
        Self { compiled, side, rows }
    }

    /// The value of a part for every row. Columns of the other side count as empty.
    pub fn vector(&self, code: &Code) -> Vector {
        if let Op::Filled(slot) = code.op
            && self.compiled.slots[slot].side == self.side
        {
            return filled(&self.compiled.slots[slot].column.codes);
        }
        let mut slots = Vec::new();
        self.slots(code, &mut slots);
        match slots.as_slice() {
            [] => self.by_cells(code, &slots, &Keys::one(self.rows)),
            [slot] => {
                let column = self.compiled.slots[*slot].column;
                let mut keys = Keys::one(self.rows);
                keys.split(&column.codes, column.values.len());
                self.by_cells(code, &slots, &keys)
            }
            _ if matches!(code.op, Op::Quantified { .. }) => {
                let mut keys = Keys::one(self.rows);
                for &slot in &slots {
                    let column = self.compiled.slots[slot].column;
                    keys.split(&column.codes, column.values.len());
                }
                self.by_cells(code, &slots, &keys)
            }
            _ => self.by_parts(code),
        }
    }

    /// Collects the columns of this side that a part reads.
    fn slots(&self, code: &Code, slots: &mut Vec<usize>) {
        if let Op::Column { slot, .. } | Op::Filled(slot) = code.op
            && self.compiled.slots[slot].side == self.side
            && !slots.contains(&slot)
        {
            slots.push(slot);
        }
        for below in &code.below {
            self.slots(below, slots);
        }
    }

    /// Evaluates a part once a key, for the cells of the key's first row.
    fn by_cells(&self, code: &Code, slots: &[usize], keys: &Keys) -> Vector {
        gathered(keys, |row| {
            let cell = |slot: usize| {
                let Slot { column, .. } = self.compiled.slots[slot];
                slots.contains(&slot).then(|| column.value(row))
            };
            let sources = Sources {
                setting: &self.compiled.setting,
                cell: &cell,
                pair: &|_| None,
                part: &|_, _| Datum::empty_list(),
            };
            code.evaluate(&sources, None)
        })
    }

    /// Evaluates a node once per distinct tuple of the values of the nodes below.
    fn by_parts(&self, code: &Code) -> Vector {
        let parts: Vec<Vector> = code.below.iter().map(|below| self.vector(below)).collect();
        let mut keys = Keys::one(self.rows);
        for part in &parts {
            keys.split(&part.codes, part.values.len());
        }
        let below = (0..parts.len()).map(|part| Code::leaf(Op::Part(self.side, part)));
        let node = Code::new(code.op.clone(), below.collect());
        gathered(&keys, |row| {
            let part = |_, part: usize| {
                let Vector { codes, values } = &parts[part];
                values[codes[row] as usize].clone()
            };
            let sources = Sources {
                setting: &self.compiled.setting,
                cell: &|_| None,
                pair: &|_| None,
                part: &part,
            };
            node.evaluate(&sources, None)
        })
    }
}

/// Whether each cell is filled.
fn filled(codes: &[u32]) -> Vector {
    let first = codes.first().is_some_and(|&code| code != 0);
    let other = codes.iter().any(|&code| (code != 0) != first);
    let mut values = vec![Datum::Boolean(first), Datum::Boolean(!first)];
    values.truncate(if codes.is_empty() {
        0
    } else {
        1 + usize::from(other)
    });
    Vector {
        codes: codes
            .iter()
            .map(|&code| u32::from((code != 0) != first))
            .collect(),
        values,
    }
}

/// One value a key, equal ones under one code.
fn gathered(keys: &Keys, value: impl Fn(usize) -> Datum) -> Vector {
    let mut pool = Pool::default();
    let of_key: Vec<u32> = keys.first.iter().map(|&row| pool.number(value(row))).collect();
    Vector {
        codes: keys.of_row.iter().map(|&key| of_key[key as usize]).collect(),
        values: pool.values,
    }
}
