//! `dealt` deals a whole batch of sales leads to sales reps at once.

pub mod deal;
pub mod explain;
pub mod mistake;
pub mod model;
pub mod places;
pub mod problem;
pub mod proof;
pub mod read;
pub mod record;
pub mod report;
pub mod rules;
pub mod solve;
