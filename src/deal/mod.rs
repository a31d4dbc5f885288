//! Deals a batch: pins, passes in order, fallback; every lead ends with one outcome and its reason.

use crate::model::{Allocation, Batch, History};
use crate::rules::Rules;

/// How far the dealing is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// From 0 to 1.
    pub done: f64,
    /// What is being done, as a phrase.
    pub phase: &'static str,
}

/// Deals a batch. A pure function: the same batch, rules and history give the same allocation.
pub fn deal(
    _batch: &Batch,
    _rules: &Rules,
    _history: &History,
    _progress: &(dyn Fn(Progress) + Sync),
) -> Allocation {
    todo!()
}
