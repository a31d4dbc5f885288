//! What an expression comes to.

use crate::model::{Moment, Value};

/// What an expression comes to for one lead, rep or pair.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Something that it reads is not known; a phrase such as "lead.state is empty".
    Unknown(String),
    /// Yes or no.
    Boolean(bool),
    /// A finite number.
    Number(f64),
    /// Text, in its own case.
    Text(String),
    /// A moment.
    Date(Moment),
    /// A list of texts; it may be empty.
    List(Vec<String>),
}

impl Answer {
    /// The answer as yes or no; what is not a boolean is unknown for no reason.
    pub fn truth(&self) -> Truth {
        match self {
            Self::Boolean(true) => Truth::True,
            Self::Boolean(false) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// Tells whether the answer is yes.
    pub fn holds(&self) -> bool {
        *self == Self::Boolean(true)
    }

    /// Why the answer is not known, if it is not.
    pub fn reason(&self) -> Option<&str> {
        if let Self::Unknown(reason) = self {
            Some(reason)
        } else {
            None
        }
    }

    /// The answer as a number, yes as 1 and no as 0; absent where it is unknown or neither.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Boolean(yes) => Some(f64::from(u8::from(*yes))),
            _ => None,
        }
    }

    /// The answer as a cell of a derived column; what is unknown is empty.
    pub fn value(&self) -> Value {
        match self {
            Self::Unknown(_) => Value::Empty,
            Self::Boolean(yes) => Value::Boolean(*yes),
            Self::Number(number) => Value::Number(*number),
            Self::Text(text) if text.is_empty() => Value::Empty,
            Self::Text(text) => Value::Text(text.clone()),
            Self::Date(moment) => Value::Date(*moment),
            Self::List(items) if items.is_empty() => Value::Empty,
            Self::List(items) => Value::List(items.clone()),
        }
    }
}

/// Yes, no or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// No.
    False,
    /// Yes.
    True,
    /// Something that it rests on is not known.
    Unknown,
}
