//! A piece of an expression's rest that is not plain numbers, evaluated for every pair of the values it
//! reads.

use super::code::{Code, Op, Side, Sources};
use super::datum::Datum;
use super::divide::Keyed;
use super::manner::Setting;
use super::vector::{Keys, Pool};

/// The most pairs that are evaluated for one piece.
const LARGEST: usize = 1 << 21;

/// Numbers (yes 1, no 0, unknown NaN) by row and column.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    width: usize,
    cells: Vec<f64>,
    /// The row of every lead key.
    rows: Vec<u32>,
    /// The column of every rep key.
    columns: Vec<u32>,
}

impl Grid {
    /// Evaluates the piece; nothing where it reads the pair, is no number, or has too many pairs.
    pub fn new(code: &Code, setting: &Setting, lead: &Keyed, rep: &Keyed) -> Option<Self> {
        let mut parts = Vec::new();
        if !collect(code, &mut parts) {
            return None;
        }
        let rows = keys(lead, parts.iter().filter(|(side, _)| *side == Side::Lead));
        let columns = keys(rep, parts.iter().filter(|(side, _)| *side == Side::Rep));
        let width = columns.first.len();
        if rows.first.len().saturating_mul(width) > LARGEST {
            return None;
        }
        let mut cells = Vec::with_capacity(rows.first.len() * width);
        for &row in &rows.first {
            for &column in &columns.first {
                let part = |side: Side, part: usize| match side {
                    Side::Lead => lead.parts[part][row].clone(),
                    Side::Rep => rep.parts[part][column].clone(),
                };
                let sources = Sources {
                    setting,
                    cell: &|_| None,
                    pair: &|_| None,
                    part: &part,
                };
                cells.push(number(&code.evaluate(&sources, None))?);
            }
        }
        Some(Self {
            width,
            cells,
            rows: rows.of_row,
            columns: columns.of_row,
        })
    }

    /// The numbers for a lead key and every rep of a list of rep keys.
    pub fn row(&self, lead_key: usize, reps: &[u32]) -> Vec<f64> {
        let start = self.rows[lead_key] as usize * self.width;
        let row = &self.cells[start..start + self.width];
        reps.iter()
            .map(|&rep| row[self.columns[rep as usize] as usize])
            .collect()
    }
}

/// Collects the parts that a piece refers to; tells whether it reads nothing else that differs.
fn collect(code: &Code, parts: &mut Vec<(Side, usize)>) -> bool {
    match code.op {
        Op::Part(side, part) if !parts.contains(&(side, part)) => parts.push((side, part)),
        Op::Pair { .. } | Op::PairKnown(_) => return false,
        _ => {}
    }
    code.below.iter().all(|below| collect(below, parts))
}

/// The keys of a side grouped by the values of some parts.
fn keys<'p>(side: &Keyed, parts: impl Iterator<Item = &'p (Side, usize)>) -> Keys {
    let mut keys = Keys::one(side.count);
    for (_, part) in parts {
        let mut pool = Pool::default();
        let values = side.parts[*part].iter();
        let codes: Vec<u32> = values.map(|value| pool.number(value.clone())).collect();
        keys.split(&codes, pool.values.len());
    }
    keys
}

fn number(value: &Datum) -> Option<f64> {
    match value {
        Datum::Boolean(yes) => Some(f64::from(u8::from(*yes))),
        Datum::Number(number) => Some(*number),
        Datum::Unknown(_) => Some(f64::NAN),
        _ => None,
    }
}
