//! Limits while a batch is dealt: what each group has used up, and what is left of it for a pass that is
//! solved as a whole.
//!
//! In order: *tally* counts; *caps* says what is left, as sets of categories and leaves; *nest* finds, on the
//! eligible pairs, which of these sets nest; *plan* makes trees of those and a list of the others.

mod caps;
mod categories;
mod nest;
mod plan;
mod said;
mod tally;

pub use caps::{Cap, LimitPlace, Member, of_reps, of_teams};
pub use categories::{Categories, Reach};
pub use nest::Stand;
pub use plan::{Plan, PlanNode, Stood};
pub use said::{report_of_limits, said};
pub use tally::{Reached, Tally};

#[cfg(test)]
mod tests;
