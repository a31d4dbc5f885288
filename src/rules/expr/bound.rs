//! An expression decided once per distinct value, so that its cost does not grow with leads times reps.

use super::{Compiled, Truth};

/// An expression bound to the leads and reps of a batch; it owns all that it needs.
///
/// Leads that it cannot tell apart share a key.
#[derive(Debug)]
pub struct Bound {
    lead_keys: Vec<u32>,
}

impl Bound {
    /// Evaluates every largest part that reads only the lead, or only the rep, once per distinct
    /// tuple of values, and the rest once per distinct pair of those where that is few enough.
    pub fn new(_compiled: &Compiled<'_>) -> Self {
        todo!()
    }

    /// The key of a lead.
    pub fn lead_key(&self, lead: usize) -> u32 {
        self.lead_keys[lead]
    }

    /// How many keys the leads have.
    pub fn lead_keys(&self) -> usize {
        todo!()
    }

    /// The key of a rep.
    pub fn rep_key(&self, _rep: usize) -> u32 {
        todo!()
    }

    /// How many keys the reps have.
    pub fn rep_keys(&self) -> usize {
        todo!()
    }

    /// The numbers, in [`Scope::pair`](super::Scope::pair), of the pair fields that it reads.
    pub fn reads_pair(&self) -> &[usize] {
        todo!()
    }

    /// Whether it holds for a lead's key and a rep. `pair` gives pair fields by number; it is not
    /// called where none is read.
    pub fn boolean(&self, _lead_key: u32, _rep: usize, _pair: &dyn Fn(usize) -> Option<f64>) -> Truth {
        todo!()
    }

    /// Why [`Bound::boolean`] or [`Bound::number`] is unknown, as a phrase; absent where it is known.
    pub fn reason(
        &self,
        _lead_key: u32,
        _rep: usize,
        _pair: &dyn Fn(usize) -> Option<f64>,
    ) -> Option<String> {
        todo!()
    }

    /// The number (yes 1, no 0) that it comes to for a lead's key and a rep; absent where unknown.
    pub fn number(&self, _lead_key: u32, _rep: usize, _pair: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
        todo!()
    }

    /// Clears `out[rep]` for every rep for whom it does not hold: the same as [`Bound::boolean`] one by
    /// one. `pair` gives pair fields by number and rep.
    pub fn clear_false(
        &self,
        _lead_key: u32,
        _pair: &dyn Fn(usize, usize) -> Option<f64>,
        _out: &mut [bool],
    ) {
        todo!()
    }
}
