//! An expression that parses; its columns are not known yet.

use super::columns::{self, Columns};
use super::fault::Faults;
use super::parse::tree;
use super::tree::Node;
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

impl Variable {
    /// The word in expressions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Rep => "rep",
            Self::Team => "team",
            Self::Pair => "pair",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Lead, Self::Rep, Self::Team, Self::Pair]
            .into_iter()
            .find(|variable| variable.name() == name)
    }
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
    root: Node,
    columns: Columns,
}

/// Parses an expression that stands at `position` under `key`.
///
/// # Errors
/// Everything in it that is no expression, with the text and a caret.
pub fn parse(source: &str, allowed: Allowed, position: Position, key: &str) -> Result<Expression, Mistakes> {
    let mut faults = Faults::new(source, &position, key);
    let root = tree(source, allowed, &mut faults);
    let root = faults.or(root)?;
    Ok(Expression {
        source: source.to_owned(),
        position,
        key: key.to_owned(),
        columns: columns::read(&root),
        root,
    })
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

    pub(super) fn root(&self) -> &Node {
        &self.root
    }

    /// The lead and rep columns that it reads, in order of the alphabet, with the type that a
    /// comparison fixes. Whoever compares a `state` reads the `country` beside it too.
    pub fn columns(&self) -> impl Iterator<Item = (Variable, &str, Option<Kind>)> {
        self.columns
            .iter()
            .filter(|((variable, _), _)| *variable != Variable::Pair)
            .map(|((variable, name), kind)| (*variable, name.as_str(), *kind))
    }

    /// The fields after `pair.` that it reads, in order of the alphabet.
    pub fn pair_fields(&self) -> impl Iterator<Item = &str> {
        self.columns
            .keys()
            .filter(|(variable, _)| *variable == Variable::Pair)
            .map(|(_, name)| name.as_str())
    }

    /// Tells whether it reads a variable.
    pub fn reads(&self, variable: Variable) -> bool {
        self.columns.keys().any(|(read, _)| *read == variable)
    }
}
