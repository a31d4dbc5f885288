//! The parts of an expression that read only the lead, or only the rep.

use super::code::{Code, Op, Side};
use super::compiled::Compiled;
use super::datum::Datum;
use super::vector::{Keys, Vector, Vectors};

/// The largest parts of an expression that read one side only.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub lead: Vec<Code>,
    pub rep: Vec<Code>,
}

impl Parts {
    /// Takes the parts out; what is left refers to them.
    pub fn divide(&mut self, compiled: &Compiled<'_>, code: &Code) -> Code {
        let reach = Reach::of(compiled, code);
        let (parts, side) = match (reach.lead, reach.rep) {
            (true, false) => (&mut self.lead, Side::Lead),
            (false, true) => (&mut self.rep, Side::Rep),
            _ => {
                let below = code.below.iter().map(|below| self.divide(compiled, below));
                return Code::new(code.op.clone(), below.collect());
            }
        };
        if reach.pair || reach.outer_items > 0 {
            let below = code.below.iter().map(|below| self.divide(compiled, below));
            return Code::new(code.op.clone(), below.collect());
        }
        parts.push(code.clone());
        Code::leaf(Op::Part(side, parts.len() - 1))
    }
}

/// What a part reads.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    lead: bool,
    rep: bool,
    pair: bool,
    /// How many enclosing `exists` and `all` it reads the items of, at most.
    outer_items: usize,
}

impl Reach {
    fn of(compiled: &Compiled<'_>, code: &Code) -> Self {
        let mut reach = Self::default();
        match code.op {
            Op::Column { slot, .. } | Op::Filled(slot) => match compiled.slots[slot].side {
                Side::Lead => reach.lead = true,
                Side::Rep => reach.rep = true,
            },
            Op::Pair { .. } | Op::PairKnown(_) => reach.pair = true,
            Op::Item(level) => reach.outer_items = level + 1,
            _ => {}
        }
        for (at, below) in code.below.iter().enumerate() {
            let inner = Self::of(compiled, below);
            let own = usize::from(at == 1 && matches!(code.op, Op::Quantified { .. }));
            reach.lead |= inner.lead;
            reach.rep |= inner.rep;
            reach.pair |= inner.pair;
            reach.outer_items = reach.outer_items.max(inner.outer_items.saturating_sub(own));
        }
        reach
    }
}

/// The value of every part for every row of a side.
pub(super) fn vectors(compiled: &Compiled<'_>, side: Side, parts: &[Code]) -> Vec<Vector> {
    let rows = match side {
        Side::Lead => compiled.lead_rows,
        Side::Rep => compiled.rep_rows,
    };
    let vectors = Vectors::new(compiled, side, rows);
    parts.iter().map(|part| vectors.vector(part)).collect()
}

/// The keys of one side, with the values of its parts.
#[derive(Clone, Debug)]
pub(super) struct Keyed {
    /// How many keys there are.
    pub count: usize,
    /// For every part its value for each key.
    pub parts: Vec<Vec<Datum>>,
}

/// The keys of a number of rows by the values of all parts: every row's key, and what the keys stand for.
pub(super) fn keyed(rows: usize, vectors: &[Vector]) -> (Vec<u32>, Keyed) {
    let mut keys = Keys::one(rows);
    for vector in vectors {
        keys.split(&vector.codes, vector.values.len());
    }
    let parts = vectors.iter().map(|vector| {
        let first = keys.first.iter();
        first
            .map(|&row| vector.values[vector.codes[row] as usize].clone())
            .collect()
    });
    let keyed = Keyed {
        count: keys.first.len(),
        parts: parts.collect(),
    };
    (keys.of_row, keyed)
}
