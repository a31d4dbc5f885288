//! The value of a cell, typed.

use super::Moment;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Any number; there is one type for all.
    Number,
    /// Text.
    Text,
    /// Yes or no.
    Boolean,
    /// A date, with or without a time.
    Date,
    /// A list of texts.
    List,
}

impl Kind {
    /// The word for the type in rules files and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::List => "list",
        }
    }
}

/// A typed cell.
#[derive(Clone, Debug, PartialEq, PartialOrd, Default)]
pub enum Value {
    /// Nothing there.
    #[default]
    Empty,
    /// A finite number.
    Number(f64),
    /// Text without surrounding blanks, in its own case.
    Text(String),
    /// Yes or no.
    Boolean(bool),
    /// A moment; a date without time is its first moment in the run's time zone.
    Date(Moment),
    /// Items without surrounding blanks; never empty (that is [`Value::Empty`]).
    List(Vec<String>),
}

impl Value {
    /// Tells whether nothing is there.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// The moment, if it is a date.
    pub fn date(&self) -> Option<Moment> {
        if let Self::Date(moment) = self {
            Some(*moment)
        } else {
            None
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The items of a list; a text counts as a list of one, anything else as none.
    pub fn items(&self) -> &[String] {
        match self {
            Self::List(items) => items,
            Self::Text(text) => std::slice::from_ref(text),
            _ => &[],
        }
    }
}
