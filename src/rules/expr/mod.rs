//! Expressions: CEL, parsed by the `cel` crate, checked against the columns and compiled to a small
//! evaluator with three-valued logic, text without case and one type of number.
//!
//! An expression lives three times: [`parse`] gives an [`Expression`] that knows the names it reads,
//! [`compile`] checks it against the columns of a batch and gives a [`Compiled`], and
//! [`Bound::new`] decides it once per distinct value.

mod answer;
mod bound;
mod compiled;
mod expression;
mod scope;

pub use answer::{Answer, Truth};
pub use bound::Bound;
pub use compiled::{Compiled, Distinct, compile};
pub use expression::{Allowed, Expression, Variable, parse};
pub use scope::{Scope, Want};
