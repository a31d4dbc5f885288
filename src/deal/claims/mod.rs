//! Passes that deal what reps ask for, and what becomes of each claim.

mod cherry_pick;
mod entered;
mod grant;
mod pool;
mod pull;
mod shark_tank;

pub(super) use cherry_pick::deal as cherry_pick;
pub(super) use entered::{Claims, notes, settled};
pub(super) use pool::pool;
pub(super) use pull::deal as blind_pull;
pub(super) use shark_tank::deal as shark_tank;
