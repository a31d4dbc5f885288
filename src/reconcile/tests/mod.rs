//! Tests of the whole.

mod fixture;
mod properties;
mod verdicts;
