//! Whether a finished run is what it says: legal, cell for cell, and in each optimal pass the best.

mod instance;
mod optimal;
mod price;
mod scan;
mod square;

#[cfg(test)]
mod tiny;
