//! The parts of an expression that read only the lead, or only the rep.

use super::code::{Code, Op, Side};
use super::compiled::Compiled;
use super::datum::Datum;
use super::vector::{Keys, Vectors};

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

/// The keys of the rows of a side, and for every part its value for each key.
pub(super) fn keyed(
    compiled: &Compiled<'_>,
    side: Side,
    rows: usize,
    parts: &[Code],
) -> (Keys, Vec<Vec<Datum>>) {
    let mut keys = Keys::one(rows);
    let vectors: Vec<_> = parts
        .iter()
        .map(|part| Vectors::new(compiled, side, rows).vector(part))
        .collect();
    for vector in &vectors {
        keys.split(&vector.codes, vector.values.len());
    }
    let values = vectors.iter().map(|vector| {
        let of_key = keys
            .first
            .iter()
            .map(|&row| vector.values[vector.codes[row] as usize].clone());
        of_key.collect()
    });
    let values = values.collect();
    (keys, values)
}
