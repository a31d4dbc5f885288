//! Whether a finished run is what it says: legal, cell for cell, and in each optimal pass the best.
//!
//! Everything rests on the plain scorer of [`rules`](crate::rules), one pair at a time, and on readers of
//! its own for the files of a run; no code is shared with what dealt the run or wrote the files.
//!
//! In order: *hashes*; *said*, what the files say became of each lead; *course*, told again from that,
//! pass by pass; *stage* and *instance*, a pass as numbers; *optimal* and *tight*, every pair against the
//! stored potentials, and for small passes *oracle*, a second solver; with limits *fences* and *limited* against stored
//! prices; *claims*, granted again; *units*, whole; *legal* and *limits*; then *rows*, *workload*, *offers*,
//! *`set_aside`* and *told*, every cell and number made again. *ask* answers
//! why a lead is where it is, and *forcing* what another place would cost.

#![expect(
    clippy::similar_names,
    reason = "leads and the leaves that hold them are what this is about"
)]

mod ask;
mod cells;
mod claims;
mod course;
mod edited;
mod fences;
mod files;
mod finding;
mod findings;
mod forcing;
mod gaps;
mod hashes;
mod headers;
mod instance;
mod legal;
mod levels;
mod limited;
mod limits;
mod offers;
mod optimal;
mod oracle;
mod outcome;
mod overtaken;
mod pairs;
mod presence;
mod price;
mod rotation;
mod rows;
mod said;
mod scan;
mod set_aside;
mod shares;
mod shortage;
mod square;
mod stage;
mod standing;
mod tight;
mod told;
mod turns;
mod units;
mod verify;
mod workload;

pub use ask::explain;
pub use edited::{Changed, check_edits};
pub use finding::{Finding, Verdict};
pub use verify::{Evidence, verify};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tiny;
