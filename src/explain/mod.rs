//! Why: sentences for people, from what was decided, and the exact cost of deciding otherwise.

use crate::model::{Allocation, Batch, Deal, NotDealt};

/// One short sentence that says why this rep, for `assignments.csv`.
pub fn why(_batch: &Batch, _allocation: &Allocation, _deal: &Deal) -> String {
    todo!()
}

/// One short sentence with the particulars of why a lead was not dealt, for `unassigned.csv`.
pub fn detail(_batch: &Batch, _allocation: &Allocation, _reason: &NotDealt) -> String {
    todo!()
}

/// One short sentence that says what would get such a lead dealt.
pub fn remedy(_batch: &Batch, _allocation: &Allocation, _reason: &NotDealt) -> String {
    todo!()
}
