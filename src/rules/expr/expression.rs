//! An expression that parses; its columns are not known yet.

use crate::mistake::{Mistakes, Position};
use crate::model::Kind;

/// A variable that expressions read fields of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// The lead.
    Lead,
    /// The rep.
    Rep,
    /// The team; no field of it is known yet.
    Team,
    /// The pair of a lead and a rep.
    Pair,
}

/// Which variables may occur in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// `lead.…`
    pub lead: bool,
    /// `rep.…`
    pub rep: bool,
    /// `pair.…`
    pub pair: bool,
}

impl Allowed {
    /// Statements about the lead only.
    pub const LEAD: Self = Self {
        lead: true,
        rep: false,
        pair: false,
    };
    /// Statements about the rep only.
    pub const REP: Self = Self {
        lead: false,
        rep: true,
        pair: false,
    };
    /// Statements about a pair.
    pub const ALL: Self = Self {
        lead: true,
        rep: true,
        pair: true,
    };
}

/// An expression that parses.
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
    position: Position,
    key: String,
}

/// Parses an expression that stands at `position` under `key`.
///
/// # Errors
/// Everything in it that is no expression, with the text and a caret.
pub fn parse(
    _source: &str,
    _allowed: Allowed,
    _position: Position,
    _key: &str,
) -> Result<Expression, Mistakes> {
    todo!()
}

impl Expression {
    /// The text as the user wrote it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Where it stands.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// The key that it stands under.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The lead and rep columns that it reads, in order of the alphabet, with the type that a
    /// comparison fixes.
    pub fn columns(&self) -> impl Iterator<Item = (Variable, &str, Option<Kind>)> {
        std::iter::empty()
    }

    /// The fields after `pair.` that it reads, in order of the alphabet.
    pub fn pair_fields(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// Tells whether it reads a variable.
    pub fn reads(&self, _variable: Variable) -> bool {
        todo!()
    }
}
