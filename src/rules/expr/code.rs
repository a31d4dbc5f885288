//! The compiled form of an expression.

use super::datum::{Datum, Reason};
use super::manner::{Manner, Setting};
use super::tree::Operator;
use crate::model::Value;
use regex::Regex;
use std::sync::Arc;

/// A node of the compiled form.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub op: Op,
    pub below: Vec<Code>,
}

/// What a node does with the values of the nodes below.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Constant(Datum),
    /// A cell, by the number of its column; `empty` stands for an empty one.
    Column {
        slot: usize,
        empty: Datum,
    },
    /// Whether a cell is filled.
    Filled(usize),
    /// A field of the pair, by number.
    Pair {
        field: usize,
        missing: Reason,
    },
    /// Whether a field of the pair is known.
    PairKnown(usize),
    /// The item of the enclosing `exists` or `all`, so many levels up.
    Item(usize),
    /// The value of a part that was evaluated before.
    Part(Side, usize),
    Not,
    Negate,
    And,
    Or,
    Choice,
    Compare(Operator),
    In,
    Arithmetic {
        operator: Operator,
        by_zero: Reason,
        too_large: Reason,
    },
    Concatenate,
    /// The days from the second moment to the first.
    Days,
    List,
    /// A text in the form in which it compares; a second node gives the country of a state.
    Canonical(Manner),
    /// A text as a list of its items.
    Split,
    Size,
    Contains,
    StartsWith,
    EndsWith,
    Matches(Arc<Regex>),
    Truncate,
    ReadNumber {
        not_a_number: Reason,
    },
    Write,
    Lower,
    Upper,
    Least,
    Greatest,
    Quantified {
        all: bool,
    },
}

/// Whose columns a part reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Lead,
    Rep,
}

/// Where evaluation finds what the leaves read.
pub(super) struct Sources<'e> {
    pub setting: &'e Setting,
    pub cell: &'e dyn Fn(usize) -> Option<&'e Value>,
    pub pair: &'e dyn Fn(usize) -> Option<f64>,
    pub part: &'e dyn Fn(Side, usize) -> Datum,
}

/// The items that enclosing `exists` and `all` are at, innermost first.
#[derive(Clone, Copy)]
pub(super) struct Items<'i> {
    pub item: &'i Datum,
    pub outer: Option<&'i Items<'i>>,
}

impl Code {
    pub fn leaf(op: Op) -> Self {
        Self {
            op,
            below: Vec::new(),
        }
    }

    pub fn new(op: Op, below: Vec<Self>) -> Self {
        Self { op, below }
    }

    /// The node, or its value where that cannot depend on any row.
    pub fn settled(self, setting: &Setting) -> Self {
        let fixed = !self.below.is_empty()
            && !matches!(self.op, Op::Quantified { .. })
            && self.below.iter().all(|node| matches!(node.op, Op::Constant(_)));
        if !fixed {
            return self;
        }
        let nothing = Sources {
            setting,
            cell: &|_| None,
            pair: &|_| None,
            part: &|_, _| Datum::Boolean(false),
        };
        Self::leaf(Op::Constant(self.evaluate(&nothing, None)))
    }
}
