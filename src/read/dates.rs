//! Dates as people and programs write them; day and month told apart for a whole column.

use super::clock::clock;
use super::days::{Day, date, day};
use crate::model::{DateOrder, Moment};
use jiff::civil::{DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// A date as it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    day: Day,
    time: Option<Time>,
    offset: Option<Offset>,
}

/// How the dates of a column are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Nothing in it could be read both ways, or this order settles it.
    Settled(DateOrder),
    /// Something could be read both ways, and nothing settles it.
    Unsettled,
}

/// Settles day and month for a column: by cells that fit one order only, else by `given`.
///
/// Unsettled where some cell could be read both ways and neither helps, or where cells contradict
/// each other.
pub(super) fn settled(dates: impl Iterator<Item = Written>, given: Option<DateOrder>) -> Order {
    let (mut day_first, mut month_first, mut either) = (false, false, false);
    for date in dates {
        match date.day {
            Day::One(_, Some(DateOrder::DayMonth)) => day_first = true,
            Day::One(_, Some(DateOrder::MonthDay)) => month_first = true,
            Day::One(_, None) => {}
            Day::Either { .. } => either = true,
        }
    }
    match (day_first, month_first, given) {
        (true, false, _) => Order::Settled(DateOrder::DayMonth),
        (false, true, _) => Order::Settled(DateOrder::MonthDay),
        (_, _, Some(order)) => Order::Settled(order),
        _ if either || (day_first && month_first) => Order::Unsettled,
        _ => Order::Settled(DateOrder::DayMonth),
    }
}

impl Written {
    /// Tells whether only the order of day and month makes this a certain day.
    pub fn is_numeric(self) -> bool {
        !matches!(self.day, Day::One(_, None))
    }

    /// Tells whether it names its own offset.
    pub fn has_offset(self) -> bool {
        self.offset.is_some()
    }

    /// Tells whether it names a time of day.
    pub fn has_time(self) -> bool {
        self.time.is_some()
    }

    /// The date and time of day as they were written; midnight where it names no time.
    pub fn local(self, order: DateOrder) -> DateTime {
        let date = match self.day {
            Day::One(date, _) => date,
            Day::Either { day_month, .. } if order == DateOrder::DayMonth => day_month,
            Day::Either { month_day, .. } => month_day,
        };
        DateTime::from_parts(date, self.time.unwrap_or(Time::midnight()))
    }

    /// The moment, in a zone unless the text names its own offset; none where the zone's calendar
    /// ends before it.
    pub fn moment(self, order: DateOrder, zone: &TimeZone) -> Option<Moment> {
        let at = self.local(order);
        let stamp = match self.offset {
            Some(offset) => offset.to_timestamp(at).ok()?,
            None => zone.to_timestamp(at).ok()?,
        };
        Some(Moment(stamp.as_second()))
    }
}

/// Reads a date with or without a time: ISO, `6/4/2026`, `4.6.2026`, `2 Jun 2026`, `Jun 2, 2026 2:05 PM`,
/// `20260602`.
pub(super) fn read(text: &str) -> Option<Written> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let [year, month, day] = [&text[..4], &text[4..6], &text[6..]];
        return Some(whole_day(Day::One(date(year, month, day)?, None)));
    }
    read_plain(text)
}

/// Reads a date that nothing but a date looks like, for columns whose type is not known.
pub(super) fn read_plain(text: &str) -> Option<Written> {
    if text.len() > 64 || !text.is_ascii() {
        return None;
    }
    let Some(colon) = text.find(':') else {
        return Some(whole_day(day(text)?));
    };
    let hour = text[..colon].rfind(|letter: char| !letter.is_ascii_digit())?;
    let (before, after) = text.split_at(hour);
    let mark = after.chars().next()?;
    if !matches!(mark, 'T' | 't' | ' ' | ',') {
        return None;
    }
    let before = before.trim_end();
    let before = before.strip_suffix(" at").unwrap_or(before);
    let (time, offset) = clock(&after[1..])?;
    Some(Written {
        day: day(before.trim_end_matches([',', ' ']))?,
        time: Some(time),
        offset,
    })
}

fn whole_day(day: Day) -> Written {
    Written {
        day,
        time: None,
        offset: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn read_in(text: &str, order: DateOrder, zone: &TimeZone) -> String {
        let moment = read(text).and_then(|date| date.moment(order, zone));
        moment.map_or_else(String::new, |moment| {
            Timestamp::from_second(moment.0).expect("in range").to_string()
        })
    }

    fn check(text: &str, expected: &str) {
        let expected = if expected.len() == 10 {
            format!("{expected}T00:00:00Z")
        } else {
            expected.to_owned()
        };
        assert_eq!(
            read_in(text, DateOrder::DayMonth, &TimeZone::UTC),
            expected,
            "{text}"
        );
    }

    #[test]
    fn common_forms_are_understood() {
        check("2026-06-02", "2026-06-02");
        check("2026/6/2", "2026-06-02");
        check("20260602", "2026-06-02");
        check("2.6.2026", "2026-06-02");
        check("2 Jun 2026", "2026-06-02");
        check("02-JUN-26", "2026-06-02");
        check("Jun 2, 2026", "2026-06-02");
        check("Tuesday, June 2nd, 2026", "2026-06-02");
        check("2/6/2026", "2026-06-02");
    }

    #[test]
    fn times_and_offsets_are_understood() {
        check("2026-06-02T09:30:15.123Z", "2026-06-02T09:30:15Z");
        check("2026-06-02 09:30", "2026-06-02T09:30:00Z");
        check("2026-05-20T00:00:00.000+0000", "2026-05-20");
        check("2026-06-02T09:30:00+02:00", "2026-06-02T07:30:00Z");
        check("6/13/2026 2:05 PM", "2026-06-13T14:05:00Z");
        check("Jun 2, 2026, 12:05 AM", "2026-06-02T00:05:00Z");
        check("2 Jun 2026 09:30 UTC", "2026-06-02T09:30:00Z");
    }

    #[test]
    fn a_date_without_offset_is_in_the_zone_of_the_run() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        assert_eq!(
            read_in("2026-06-02", DateOrder::DayMonth, &berlin),
            "2026-06-01T22:00:00Z"
        );
    }

    #[test]
    fn what_is_no_date_is_not_guessed() {
        for text in [
            "",
            "abc",
            "2026-02-30",
            "31/31/2026",
            "1.2.3.4",
            "2026",
            "12:30",
            "1-2",
            "June",
            "13.2026",
            "5 apples 2026",
            "2026-06-02T25:00",
            "2026-06-02 09:30 XYZ",
            "1/2/3",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn one_cell_that_fits_one_order_settles_the_column() {
        let order = |texts: &[&str], given| settled(texts.iter().filter_map(|text| read(text)), given);
        assert_eq!(
            order(&["6/4/2026", "13/4/2026"], None),
            Order::Settled(DateOrder::DayMonth)
        );
        assert_eq!(
            order(&["6/4/2026", "4/13/2026"], None),
            Order::Settled(DateOrder::MonthDay)
        );
        assert_eq!(order(&["6/4/2026", "2026-06-01"], None), Order::Unsettled);
        assert_eq!(order(&["6/6/2026"], None), Order::Settled(DateOrder::DayMonth));
        assert_eq!(order(&["13/4/2026", "4/13/2026"], None), Order::Unsettled);
        assert_eq!(
            order(&["6/4/2026"], Some(DateOrder::MonthDay)),
            Order::Settled(DateOrder::MonthDay)
        );
    }

    proptest! {
        #[test]
        fn a_written_moment_is_read_back(second in -30_000_000_000i64..200_000_000_000) {
            let stamp = Timestamp::from_second(second).expect("in range");
            let found = read(&stamp.to_string()).and_then(|date| date.moment(DateOrder::DayMonth, &TimeZone::UTC));
            prop_assert_eq!(found, Some(Moment(second)));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let _ = (read(&text), read_plain(&text));
        }

        #[test]
        fn digits_and_marks_are_read_without_panic(text in "[-+0-9./:, TZJunApm]{0,24}") {
            if let Some(date) = read(&text) {
                let _ = date.moment(DateOrder::MonthDay, &TimeZone::UTC);
            }
        }
    }
}
