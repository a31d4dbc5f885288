//! The parts of a pair's score, each in a file of its own.

use crate::model::{LeadIndex, RepIndex, Weight};

/// A part of the score, bound to a batch. Leads that it cannot tell apart share a key.
#[derive(Debug)]
pub struct Part {
    /// Its name in rules and files.
    pub name: String,
    /// Its weight.
    pub weight: Weight,
    // private fields are the implementor's
}

impl Part {
    /// The lead's key; `None` where the part is left out for the lead.
    pub fn key(&self, _lead: LeadIndex) -> Option<u32> {
        todo!()
    }
    /// How many keys there are.
    pub fn keys(&self) -> usize {
        todo!()
    }
    /// The units, 0 to 1,000,000, of a key and a rep.
    pub fn units(&self, _key: u32, _rep: RepIndex) -> i32 {
        todo!()
    }
    /// Writes the units of every rep in roster order: the same numbers as [`Part::units`].
    pub fn row(&self, _key: u32, _out: &mut [i32]) {
        todo!()
    }
}
