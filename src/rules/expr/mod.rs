//! Expressions: CEL, parsed by the `cel` crate, checked against the columns and compiled to a small
//! evaluator with three-valued logic, text without case and one type of number.
