//! Limits while a batch is dealt: what each group has used up.

mod tally;

pub use tally::{Reached, Tally};
