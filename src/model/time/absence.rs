//! Time off within the working days that a run looks at.

use jiff::civil::Date;

/// How much of a rep's next working days is time off; more than nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Working time that is off, in seconds; at least 1.
    pub away: i64,
    /// All working time of those days, in seconds; at least `away`.
    pub working: i64,
    /// The first working day after them on which the rep works again, if it shows within a year.
    pub back: Option<Date>,
    /// The reason that the user gave; may be empty.
    pub reason: String,
}

impl Absence {
    /// Tells whether the rep is away the whole time.
    pub fn is_whole(&self) -> bool {
        self.away >= self.working
    }
}
