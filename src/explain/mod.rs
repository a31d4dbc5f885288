//! Why: sentences for people, from what was decided, and the exact cost of deciding otherwise.

mod answer;
mod away;
mod claims;
mod known;
mod placing;
mod reasons;
mod say;
mod undealt;
mod units;
mod verdicts;
mod words;

use crate::model::{Allocation, Batch, Deal, NotDealt};
pub use answer::{Against, Answer, Candidate, Cost, Objection, Winner};
pub use away::{absences, everybody_away};
pub use known::known;
pub use placing::placing;
pub use say::answer;
pub use verdicts::{Keys, Other, Verdicts, key_words, short};
pub use words::{Words, count, points_exact};

/// One short sentence that says why this rep, for `assignments.csv`; for many leads make [`Words`] once instead.
pub fn why(batch: &Batch, allocation: &Allocation, deal: &Deal) -> String {
    Words::of(batch, allocation).why(deal)
}

/// One short sentence with the particulars of why a lead was not dealt, for `unassigned.csv`.
pub fn detail(batch: &Batch, allocation: &Allocation, reason: &NotDealt) -> String {
    Words::of(batch, allocation).detail(reason)
}

/// One short sentence that says what would get such a lead dealt.
pub fn remedy(batch: &Batch, allocation: &Allocation, reason: &NotDealt) -> String {
    Words::of(batch, allocation).remedy(reason)
}

#[cfg(test)]
mod tests;
