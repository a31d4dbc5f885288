//! Claims looked at again: which take part, what each came to, and the files that say so.
//!
//! Passes that grant claims one after another are replayed from what the files say the reps held before; a
//! pass that grants ranked wishes is proven like other whole passes, with what the wishes are worth as rows.

mod asked;
mod pool;
mod replay;
mod table;
mod wishes;

pub(crate) use asked::Asked;
pub(crate) use pool::check as check_pool;
pub(crate) use replay::{Judged, replay};
pub(crate) use table::check as check_table;

/// What became of each claim.
pub(crate) const CLAIMS: &str = "claims.csv";
/// The leads that are left to claim.
pub(crate) const POOL: &str = "open_pool.csv";
