//! Whether a finished run is what it says: legal, cell for cell, and in each optimal pass the best.

pub(crate) mod course;
pub(crate) mod files;
mod finding;
mod hashes;
pub(crate) mod instance;
mod optimal;
mod oracle;
mod outcome;
pub(crate) mod pairs;
pub(crate) mod price;
pub(crate) mod said;
pub(crate) mod scan;
mod shares;
mod shortage;
mod square;
pub(crate) mod stage;

pub use finding::{Finding, Verdict};

#[cfg(test)]
pub(crate) mod tiny;
