//! The types of expressions while they are checked.

use crate::model::Kind;

/// The type of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// A field that the file lacks: always empty, so it fits everywhere.
    Nothing,
    /// One value; never a list.
    One(Kind),
    /// A list of values of a type; of an empty list it is not known.
    Many(Option<Kind>),
}

impl Type {
    pub const NUMBER: Self = Self::One(Kind::Number);
    pub const TEXT: Self = Self::One(Kind::Text);
    pub const BOOLEAN: Self = Self::One(Kind::Boolean);
    pub const DATE: Self = Self::One(Kind::Date);
    pub const TEXTS: Self = Self::Many(Some(Kind::Text));

    /// The type of a column.
    pub fn of_column(kind: Kind) -> Self {
        match kind {
            Kind::List => Self::TEXTS,
            kind => Self::One(kind),
        }
    }

    /// Tells whether a value of this type can stand where one of the other is wanted.
    pub fn fits(self, other: Self) -> bool {
        self == other
            || self == Self::Nothing
            || other == Self::Nothing
            || matches!(
                (self, other),
                (Self::Many(None), Self::Many(_)) | (Self::Many(_), Self::Many(None))
            )
    }

    /// The type of a place that holds either.
    pub fn or(self, other: Self) -> Self {
        if matches!(self, Self::Nothing | Self::Many(None)) {
            other
        } else {
            self
        }
    }

    pub fn is_list(self) -> bool {
        matches!(self, Self::Many(_))
    }

    /// The type with its article, for messages.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Nothing => "always empty",
            Self::One(Kind::Number) => "a number",
            Self::One(Kind::Text) => "text",
            Self::One(Kind::Boolean) => "yes or no",
            Self::One(Kind::Date) => "a date",
            Self::One(Kind::List) | Self::Many(_) => "a list",
        }
    }

    /// The column type of it.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Nothing => None,
            Self::One(kind) => Some(kind),
            Self::Many(_) => Some(Kind::List),
        }
    }
}
