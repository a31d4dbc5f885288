//! Expressions: CEL, parsed by the `cel` crate, checked against the columns and compiled to a small
//! evaluator with three-valued logic, text without case and one type of number.
//!
//! An expression lives three times: [`parse()`] gives an [`Expression`] that knows the names it reads,
//! [`compile`] checks it against the columns of a batch and gives a [`Compiled`], and
//! [`Bound::new`] decides it once per distinct value. In reading order:
//!
//! - `scan`, `parse`, `vocabulary`, `syntax`: text to `tree`; only `parse` knows the `cel` crate;
//! - `columns`: the names that a tree reads;
//! - `check`, `lookup`, `operators`, `functions`, `kinds`, `fault`: tree to `code`, or mistakes with a caret;
//! - `evaluate`, `datum`, `manner`, `zone`: `code` to a value, and how texts compare;
//! - `vector`: a value for every row of one side, evaluated once per distinct tuple;
//! - `divide`, `coarse`, `table`, `maker`, `native`, `strip`, `grid`, `bound`: pairs of a lead and a rep.

mod answer;
mod bound;
mod check;
mod coarse;
mod code;
mod columns;
mod compiled;
mod datum;
mod divide;
mod evaluate;
mod expression;
mod fault;
mod functions;
mod grid;
mod kinds;
mod lookup;
mod maker;
mod manner;
mod native;
mod operators;
mod parse;
mod scan;
mod scope;
mod strip;
mod syntax;
mod table;
mod tree;
mod vector;
mod vocabulary;
mod zone;

pub use answer::{Answer, Truth};
pub use bound::Bound;
pub use compiled::{Compiled, Distinct, compile};
pub use expression::{Allowed, Expression, Variable, parse};
pub use manner::fold;
pub use scope::{Scope, Want};

#[cfg(test)]
mod tests;
