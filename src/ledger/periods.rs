//! Calendar days, weeks and months in the zone of a run.

use crate::model::{AsOf, Moment, Period, Span};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// The period that as-of lies in; nothing for that of the run alone and at the end of all calendars.
pub(super) fn around(period: Period, as_of: &AsOf) -> Span {
    let nothing = Span {
        from: as_of.moment,
        to: as_of.moment,
    };
    let Some(today) = date(as_of) else {
        return nothing;
    };
    let (first, length) = match period {
        Period::Run => return nothing,
        Period::Day => (Some(today), 1.day()),
        Period::Week => {
            let since_monday = i64::from(today.weekday().to_monday_zero_offset());
            (today.checked_sub(since_monday.days()).ok(), 1.week())
        }
        Period::Month => (Some(today.first_of_month()), 1.month()),
    };
    let from = first.and_then(|first| midnight(first, as_of));
    let to = first
        .and_then(|first| first.checked_add(length).ok())
        .and_then(|next| midnight(next, as_of));
    match (from, to) {
        (Some(from), Some(to)) => Span { from, to },
        _ => nothing,
    }
}

/// From the midnight so many days before as-of's to the end of its day.
pub(super) fn recent(as_of: &AsOf, days: u32) -> Span {
    let today = around(Period::Day, as_of);
    let first = date(as_of).and_then(|date| date.checked_sub(i64::from(days).days()).ok());
    let from = first.and_then(|first| midnight(first, as_of));
    Span {
        from: from.unwrap_or(Moment(i64::MIN)),
        to: today.to,
    }
}

/// Tells whether a moment lies in a span.
pub(super) fn holds(span: Span, moment: Moment) -> bool {
    span.from <= moment && moment < span.to
}

fn date(as_of: &AsOf) -> Option<Date> {
    let stamp = Timestamp::from_second(as_of.moment.0).ok()?;
    Some(as_of.zone.to_datetime(stamp).date())
}

fn midnight(date: Date, as_of: &AsOf) -> Option<Moment> {
    let zoned = date.to_zoned(as_of.zone.clone()).ok()?;
    Some(Moment(zoned.timestamp().as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn check(period: Period, at: &str, expected: (&str, &str)) {
        let moment: Timestamp = at.parse().expect("a moment");
        let as_of = AsOf {
            moment: Moment(moment.as_second()),
            zone: TimeZone::get("America/New_York").expect("a zone"),
        };
        let span = around(period, &as_of);
        let found = (as_of.write(span.from), as_of.write(span.to));
        assert_eq!((found.0.as_str(), found.1.as_str()), expected, "{at}");
    }

    #[test]
    fn periods_begin_at_midnight_of_the_zone() {
        let second = ("2026-06-02T00:00:00-04:00", "2026-06-03T00:00:00-04:00");
        check(Period::Day, "2026-06-03T03:59:59Z", second);
        let week = ("2026-06-01T00:00:00-04:00", "2026-06-08T00:00:00-04:00");
        check(Period::Week, "2026-06-03T04:00:00Z", week);
        check(Period::Week, "2026-06-08T03:59:59Z", week);
        let month = ("2026-05-01T00:00:00-04:00", "2026-06-01T00:00:00-04:00");
        check(Period::Month, "2026-06-01T03:00:00Z", month);
    }

    #[test]
    fn a_day_on_which_the_clock_changes_has_its_own_length() {
        let change = ("2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00");
        check(Period::Day, "2026-11-01T12:00:00Z", change);
    }
}
