//! Dealing as a whole, on the smallest batches that show the point.

mod away;
mod by_rules;
mod claims;
mod edits;
mod limits;
mod nights;
mod passes;
mod properties;
mod reasons;
mod units;
mod year;
