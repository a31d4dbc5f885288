//! Expressions: CEL, parsed by the `cel` crate, checked against the columns and compiled to a small
//! evaluator with three-valued logic, text without case and one type of number.
//!
//! An expression lives three times: [`parse`] gives an [`Expression`] that knows the names it reads,
//! [`compile`] checks it against the columns of a batch and gives a [`Compiled`], and
//! [`Bound::new`] decides it once per distinct value.

mod answer;
mod bound;
mod check;
mod code;
mod columns;
mod compiled;
mod datum;
mod divide;
mod evaluate;
mod expression;
mod fault;
mod functions;
mod kinds;
mod lookup;
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
