//! A value while an expression is evaluated.

use super::Answer;
use super::manner::Spot;
use crate::model::{Moment, Value};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Why something is unknown: the place of the phrase in the expression's list of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reason(pub u16);

/// A value while an expression is evaluated. Numbers are finite and never minus zero.
#[derive(Clone, Debug)]
pub(super) enum Datum {
    Unknown(Reason),
    Boolean(bool),
    Number(f64),
    Date(Moment),
    Text(Arc<str>),
    /// A state in the form in which states compare.
    Spot(Arc<Spot>),
    List(Arc<[Datum]>),
}

impl Datum {
    /// A number, or unknown where it is not finite.
    pub fn number(number: f64, too_large: Reason) -> Self {
        if number.is_finite() {
            Self::Number(number + 0.0)
        } else {
            Self::Unknown(too_large)
        }
    }

    pub fn text(text: &str) -> Self {
        Self::Text(Arc::from(text))
    }

    pub fn empty_list() -> Self {
        Self::List(Arc::from([]))
    }

    /// The value of a cell; `empty` stands for an empty one.
    pub fn of_cell(value: &Value, empty: &Self) -> Self {
        match value {
            Value::Empty => empty.clone(),
            Value::Number(number) => Self::Number(*number + 0.0),
            Value::Text(text) => Self::text(text),
            Value::Boolean(yes) => Self::Boolean(*yes),
            Value::Date(moment) => Self::Date(*moment),
            Value::List(items) => Self::List(items.iter().map(|item| Self::text(item)).collect()),
        }
    }

    /// What the value is to those who asked.
    pub fn answer(&self, reasons: &[String]) -> Answer {
        match self {
            Self::Unknown(reason) => Answer::Unknown(reasons[usize::from(reason.0)].clone()),
            Self::Boolean(yes) => Answer::Boolean(*yes),
            Self::Number(number) => Answer::Number(*number),
            Self::Date(moment) => Answer::Date(*moment),
            Self::Text(text) => Answer::Text(text.to_string()),
            Self::Spot(spot) => Answer::Text(spot.text.clone()),
            Self::List(items) => Answer::List(items.iter().filter_map(Self::item).collect()),
        }
    }

    fn item(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.to_string()),
            _ => None,
        }
    }

    /// Tells whether two values of one type, both known, are the same.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Spot(one), Self::Spot(other)) => one.same(other),
            (Self::List(ones), Self::List(others)) => {
                ones.len() == others.len()
                    && ones.iter().zip(others.iter()).all(|(one, other)| one.same(other))
            }
            _ => self == other,
        }
    }

    /// The order of two values of one type, both known.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.partial_cmp(other),
            (Self::Date(one), Self::Date(other)) => Some(one.cmp(other)),
            (Self::Text(one), Self::Text(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }
}

impl PartialEq for Datum {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unknown(one), Self::Unknown(other)) => one == other,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one.to_bits() == other.to_bits(),
            (Self::Date(one), Self::Date(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Spot(one), Self::Spot(other)) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Datum {}

impl Hash for Datum {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Unknown(reason) => reason.hash(state),
            Self::Boolean(yes) => yes.hash(state),
            Self::Number(number) => number.to_bits().hash(state),
            Self::Date(moment) => moment.hash(state),
            Self::Text(text) => text.hash(state),
            Self::Spot(spot) => spot.hash(state),
            Self::List(items) => items.hash(state),
        }
    }
}
