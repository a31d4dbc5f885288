//! The solvers: numbers only, no ids, no text, no rules, no input or output.

pub mod transport;
