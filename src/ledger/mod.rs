//! The ledger: one SQLite file that keeps what was dealt, what became of it, and whose turn it is.
//!
//! Leads, reps and runs are kept by id, never by position. One transaction records a run; everything else
//! about a run is in place or not depending on that alone.

mod ask;
mod cells;
mod commit;
mod fault;
mod file;
mod fold;
mod history;
mod listings;
mod lock;
mod names;
mod night;
mod outcomes;
mod periods;
mod pool;
mod recorded;
mod recycle;
mod runs;
mod schema;
mod settle;
mod standing;
mod tally;
mod turns;
mod undo;

pub use ask::{Answer, Question};
pub use file::{Ledger, Opening};
pub use history::{Link, RepRecord};
pub use listings::{LISTINGS, Listing};
pub use lock::{Held, RunLock};
pub use night::{Dealt, LeadRow, Night, RosterEntry};
pub use outcomes::Recorded;
pub use recorded::{RecordedLead, RecordedRun};
pub use runs::{LastRun, Placing, RunState};
pub use tally::Tally;
pub use undo::Undone;

#[cfg(test)]
mod tests;
