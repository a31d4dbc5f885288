//! What an expression is checked against.

use crate::model::{AsOf, Country, Frame};

/// The columns, pair fields and settings that an expression is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The leads' columns.
    pub lead: &'a Frame,
    /// The reps' columns.
    pub rep: &'a Frame,
    /// The names after `pair.`, such as `distance_km`; the place in this list is the field's number.
    pub pair: &'a [&'a str],
    /// Lead fields that an expression may name though the file lacks them: they are empty then.
    pub lead_fields: &'a [&'a str],
    /// Rep fields that an expression may name though the file lacks them: they are empty then.
    pub rep_fields: &'a [&'a str],
    /// The country of states whose own row names none.
    pub country: Option<Country>,
    /// The moment at which zones are compared, and the zone in which `date('…')` begins.
    pub as_of: &'a AsOf,
}

/// What an expression must come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Yes or no.
    Boolean,
    /// Yes or no, or a number.
    NumberOrBoolean,
    /// Anything that a column can hold.
    Any,
}
