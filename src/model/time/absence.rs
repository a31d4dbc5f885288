//! Time off within the working days that a run looks at.

use jiff::civil::Date;
use std::fmt::Write;

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
    /// Says until when and why: `away until 2026-06-05 (holiday)`.
    pub fn text(&self) -> String {
        let mut text = "away".to_owned();
        if let Some(back) = self.back {
            let _ = write!(text, " until {back}");
        }
        let reason: Vec<&str> = self.reason.split_whitespace().collect();
        if !reason.is_empty() {
            let _ = write!(text, " ({})", reason.join(" "));
        }
        text
    }

    /// Tells whether the rep is away the whole time.
    pub fn is_whole(&self) -> bool {
        self.away >= self.working
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_says_until_when_and_why_as_far_as_it_is_known() {
        let text = |back, reason: &str| {
            let absence = Absence {
                away: 1,
                working: 1,
                back,
                reason: reason.to_owned(),
            };
            absence.text()
        };
        let fifth = Some(jiff::civil::date(2026, 6, 5));
        assert_eq!(
            text(fifth, " long\nholiday"),
            "away until 2026-06-05 (long holiday)"
        );
        assert_eq!(text(fifth, ""), "away until 2026-06-05");
        assert_eq!(text(None, "sabbatical"), "away (sabbatical)");
    }
}
