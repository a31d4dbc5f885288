//! The time over which the leads of a limit are counted.

use super::{AsOf, Moment};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// The time over which the leads of a limit are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// The run.
    #[default]
    Run,
    /// The calendar day.
    Day,
    /// The week from Monday.
    Week,
    /// The calendar month.
    Month,
}

impl Period {
    /// All of them, in the order of their length.
    pub const ALL: [Self; 4] = [Self::Run, Self::Day, Self::Week, Self::Month];

    /// The word in rules and records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The period of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == word)
    }

    /// As people say it: `today`, `this week`.
    pub fn text(self) -> &'static str {
        match self {
            Self::Run => "in this run",
            Self::Day => "today",
            Self::Week => "this week",
            Self::Month => "this month",
        }
    }

    /// The first moment of the period that holds a run, in the run's zone; none for the run itself.
    pub fn start(self, as_of: &AsOf) -> Option<Moment> {
        let stamp = Timestamp::from_second(as_of.moment.0).ok()?;
        let today = stamp.to_zoned(as_of.zone.clone()).date();
        let first: Date = match self {
            Self::Run => return None,
            Self::Day => today,
            Self::Week => {
                let days = i64::from(today.weekday().to_monday_zero_offset());
                today.saturating_sub(SignedDuration::from_hours(24 * days))
            }
            Self::Month => today.first_of_month(),
        };
        let midnight = first.to_zoned(as_of.zone.clone()).ok()?;
        Some(Moment(midnight.timestamp().as_second()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn check(zone: &str, now: &str, expected: [&str; 3]) {
        let moment = |text: &str| Moment(text.parse::<Timestamp>().expect("a moment").as_second());
        let as_of = AsOf {
            moment: moment(now),
            zone: TimeZone::get(zone).expect("a zone"),
        };
        let starts = [Period::Day, Period::Week, Period::Month].map(|period| period.start(&as_of));
        assert_eq!(starts, expected.map(|text| Some(moment(text))), "{now}");
        assert_eq!(Period::Run.start(&as_of), None);
    }

    #[test]
    fn days_weeks_and_months_begin_at_midnight_in_the_zone_of_the_rules() {
        check(
            "America/New_York",
            "2026-06-01T02:00:00Z",
            [
                "2026-05-31T04:00:00Z",
                "2026-05-25T04:00:00Z",
                "2026-05-01T04:00:00Z",
            ],
        );
        check(
            "Europe/Berlin",
            "2026-03-30T10:00:00+02:00",
            [
                "2026-03-29T22:00:00Z",
                "2026-03-29T22:00:00Z",
                "2026-02-28T23:00:00Z",
            ],
        );
    }

    #[test]
    fn a_day_without_midnight_begins_with_its_first_moment() {
        check(
            "America/Santiago",
            "2026-09-06T12:00:00Z",
            [
                "2026-09-06T04:00:00Z",
                "2026-08-31T04:00:00Z",
                "2026-09-01T04:00:00Z",
            ],
        );
    }

    #[test]
    fn every_word_is_the_period_that_says_it() {
        for period in Period::ALL {
            assert_eq!(Period::of(period.name()), Some(period));
        }
        assert_eq!(Period::of("year"), None);
    }
}
