//! The solvers: numbers only, no ids, no text, no rules, no input or output.

pub mod assignment;
pub mod crossing;
pub mod least_loaded;
pub mod rotation;
pub mod shares;
pub mod transport;
