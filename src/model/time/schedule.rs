//! Working hours on the calendar of a time zone.

use super::{Span, WeeklyHours};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Working hours with the zone in which they are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The zone.
    pub zone: TimeZone,
    /// The hours.
    pub hours: WeeklyHours,
}

/// A day of a calendar on which there are working hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDay {
    /// Its date in its zone.
    pub date: Date,
    /// From its midnight to the next.
    pub whole: Span,
    /// The working hours within it, in order.
    pub working: Vec<Span>,
}
