//! Whether a finished run is what it says: legal, cell for cell, and in each optimal pass the best.

mod cells;
mod course;
mod files;
mod finding;
mod forcing;
mod hashes;
mod headers;
mod instance;
mod legal;
mod optimal;
mod oracle;
mod outcome;
mod pairs;
mod price;
mod rows;
mod said;
mod scan;
mod set_aside;
mod shares;
mod shortage;
mod square;
mod stage;
mod told;

pub use finding::{Finding, Verdict};

#[cfg(test)]
mod tiny;
