//! Recurring events: the times of a rule of RFC 5545, section 3.3.10, on the clock of its event.
//!
//! Every day of a period (year, month, week or day) is asked whether each part of the rule holds for it; that
//! bounds the work by the days from the start to the end of the look-out.

use super::event::When;
use calcard::icalendar::{ICalendarDay, ICalendarFrequency, ICalendarRecurrenceRule, ICalendarWeekday};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan, Unit};

/// No series has more times than these, nor more periods.
const MOST: usize = 100_000;

/// A rule that is understood.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: i32,
    count: Option<u32>,
    until: Option<When>,
    weekdays: Vec<(i16, Weekday)>,
    month_days: Vec<i8>,
    year_days: Vec<i16>,
    months: Vec<i8>,
    positions: Vec<i32>,
    week_start: Weekday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
}

impl Rule {
    /// Takes a rule; none where it repeats within a day, by numbers of weeks or on another calendar.
    pub(super) fn of(
        rule: &ICalendarRecurrenceRule,
        until: Option<When>,
        start: Option<DateTime>,
    ) -> Option<Self> {
        let frequency = match rule.freq {
            ICalendarFrequency::Yearly => Frequency::Yearly,
            ICalendarFrequency::Monthly => Frequency::Monthly,
            ICalendarFrequency::Weekly => Frequency::Weekly,
            ICalendarFrequency::Daily => Frequency::Daily,
            _ => return None,
        };
        let start = start.map_or(Time::midnight(), DateTime::time);
        let is_own = |times: &[u8], own: i8| times.iter().all(|&time| i8::try_from(time) == Ok(own));
        let is_plain = is_own(&rule.byhour, start.hour())
            && is_own(&rule.byminute, start.minute())
            && is_own(&rule.bysecond, start.second())
            && rule.byweekno.is_empty()
            && rule.rscale.is_none()
            && rule.bymonth.iter().all(|month| !month.is_leap());
        is_plain.then(|| Self {
            frequency,
            interval: i32::from(rule.interval.unwrap_or(1).max(1)),
            count: rule.count,
            until,
            weekdays: rule.byday.iter().copied().map(weekday).collect(),
            month_days: rule.bymonthday.clone(),
            year_days: rule.byyearday.clone(),
            months: (rule.bymonth.iter())
                .filter_map(|month| i8::try_from(month.month()).ok())
                .collect(),
            positions: rule.bysetpos.clone(),
            week_start: rule.wkst.map_or(Weekday::Monday, named),
        })
    }

    /// The days of a period in order, from the period of the start on.
    fn period(&self, start: Date, number: i32) -> Option<(Date, Date)> {
        let by = self.interval.checked_mul(number)?;
        let step = |from: Date, unit: Span| from.checked_add(unit).ok();
        let (first, next) = match self.frequency {
            Frequency::Yearly => {
                let first = step(start.first_of_year(), Span::new().try_years(by).ok()?)?;
                (first, step(first, 1.year())?)
            }
            Frequency::Monthly => {
                let first = step(start.first_of_month(), Span::new().try_months(by).ok()?)?;
                (first, step(first, 1.month())?)
            }
            Frequency::Weekly => {
                let back = self.week_start.until(start.weekday());
                let first = step(start, (-i64::from(back)).days())?;
                let first = step(first, Span::new().try_weeks(by).ok()?)?;
                (first, step(first, 1.week())?)
            }
            Frequency::Daily => {
                let first = step(start, Span::new().try_days(by).ok()?)?;
                (first, step(first, 1.day())?)
            }
        };
        Some((first, next))
    }

    /// How many periods from the start on end before a day; none where times are counted.
    fn skipped(&self, start: Date, day: Date) -> i32 {
        let unit = match self.frequency {
            Frequency::Yearly => Unit::Year,
            Frequency::Monthly => Unit::Month,
            Frequency::Weekly => Unit::Week,
            Frequency::Daily => Unit::Day,
        };
        let passed = match start.until((unit, day)) {
            Ok(span) if self.count.is_none() => match unit {
                Unit::Year => i32::from(span.get_years()),
                Unit::Month => span.get_months(),
                Unit::Week => span.get_weeks(),
                _ => span.get_days(),
            },
            _ => 0,
        };
        (passed / self.interval - 1).max(0)
    }

    /// Whether every part of the rule holds for a day.
    fn holds(&self, day: Date, start: Date) -> bool {
        let is_bare = self.weekdays.is_empty() && self.month_days.is_empty() && self.year_days.is_empty();
        let months_hold = if self.months.is_empty() {
            self.frequency != Frequency::Yearly || !is_bare || day.month() == start.month()
        } else {
            self.months.contains(&day.month())
        };
        let own = match self.frequency {
            Frequency::Yearly | Frequency::Monthly => day.day() == start.day(),
            Frequency::Weekly => day.weekday() == start.weekday(),
            Frequency::Daily => true,
        };
        months_hold
            && (!is_bare || own)
            && either_end(&self.month_days, day.day(), day.days_in_month())
            && either_end(&self.year_days, day.day_of_year(), day.days_in_year())
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|one| self.is_weekday(*one, day)))
    }

    /// Whether a day is that weekday, and the n-th of it in its month or year, also from behind.
    fn is_weekday(&self, (nth, weekday): (i16, Weekday), day: Date) -> bool {
        if day.weekday() != weekday {
            return false;
        }
        let (number, days) = match self.frequency {
            Frequency::Yearly if self.months.is_empty() => (day.day_of_year(), day.days_in_year()),
            Frequency::Yearly | Frequency::Monthly => (i16::from(day.day()), i16::from(day.days_in_month())),
            Frequency::Weekly | Frequency::Daily => return true,
        };
        match nth {
            0 => true,
            1.. => (number - 1) / 7 + 1 == nth,
            _ => (days - number) / 7 + 1 == -nth,
        }
    }

    /// The days of one period.
    fn days(&self, (first, next): (Date, Date), start: Date) -> Vec<Date> {
        let days = first.series(1.day()).take_while(|day| *day < next);
        let days: Vec<Date> = days.filter(|day| self.holds(*day, start)).collect();
        if self.positions.is_empty() {
            return days;
        }
        let all = i64::try_from(days.len()).unwrap_or(i64::MAX);
        let is_picked = |at: usize| {
            let at = i64::try_from(at).unwrap_or(i64::MAX);
            let picks = |&position: &i32| i64::from(position) == at + 1 || i64::from(position) == at - all;
            self.positions.iter().any(picks)
        };
        let picked = days.iter().enumerate().filter(|(at, _)| is_picked(*at));
        picked.map(|(_, day)| *day).collect()
    }

    fn is_over(&self, time: DateTime) -> bool {
        match self.until {
            None => false,
            Some(When::Day(date)) => time.date() > date,
            Some(When::Time(until)) => time > until,
        }
    }
}

/// Whether a list is empty or holds a number, counted from either end.
fn either_end<T: Copy + Into<i32>>(numbers: &[T], own: T, most: T) -> bool {
    let (own, most) = (own.into(), most.into());
    let is = |one: &T| {
        let one: i32 = (*one).into();
        one == own || one == own - most - 1
    };
    numbers.is_empty() || numbers.iter().any(is)
}

/// The times of a series in order, from a day on and up to the end of the period that holds another.
pub(super) fn unfold(rule: &Rule, start: DateTime, (from, to): (Date, Date)) -> Vec<DateTime> {
    let most = rule
        .count
        .map_or(MOST, |count| usize::try_from(count).unwrap_or(MOST).min(MOST));
    let (mut times, mut counted) = (Vec::new(), 0);
    let skipped = rule.skipped(start.date(), from);
    let periods = i32::try_from(MOST).unwrap_or(i32::MAX);
    for number in skipped..skipped.saturating_add(periods) {
        let period = rule.period(start.date(), number);
        let Some(period) = period.filter(|(first, _)| *first <= to) else {
            break;
        };
        for day in rule.days(period, start.date()) {
            let time = day.to_datetime(start.time());
            if time < start {
                continue;
            }
            if rule.is_over(time) || counted >= most {
                return times;
            }
            counted += 1;
            if day >= from {
                times.push(time);
            }
        }
        if rule.is_over(period.0.to_datetime(start.time())) {
            break;
        }
    }
    times
}

fn weekday(day: ICalendarDay) -> (i16, Weekday) {
    (day.ordwk.unwrap_or(0), named(day.weekday))
}

fn named(day: ICalendarWeekday) -> Weekday {
    match day {
        ICalendarWeekday::Sunday => Weekday::Sunday,
        ICalendarWeekday::Monday => Weekday::Monday,
        ICalendarWeekday::Tuesday => Weekday::Tuesday,
        ICalendarWeekday::Wednesday => Weekday::Wednesday,
        ICalendarWeekday::Thursday => Weekday::Thursday,
        ICalendarWeekday::Friday => Weekday::Friday,
        ICalendarWeekday::Saturday => Weekday::Saturday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calcard::common::timezone::Tz;
    use calcard::icalendar::{ICalendar, ICalendarValue};
    use calcard::{Entry, Parser};
    use jiff::civil::date;
    use proptest::prelude::*;

    const DAYS: (Date, Date) = (date(2020, 1, 1), date(2080, 1, 1));

    fn parsed(start: DateTime, rule: &str) -> ICalendar {
        let stamp = start.strftime("%Y%m%dT%H%M%S");
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:{stamp}\r\nDURATION:PT1H\r\nRRULE:{rule}\r\nEND:VEVENT\r\n\
             END:VCALENDAR\r\n"
        );
        match Parser::new(&text).entry() {
            Entry::ICalendar(calendar) => calendar,
            other => panic!("{other:?}"),
        }
    }

    fn unfolded(start: DateTime, rule: &str) -> Option<Vec<String>> {
        let calendar = parsed(start, rule);
        let values = calendar
            .components
            .iter()
            .flat_map(|component| &component.entries);
        let rule = values
            .flat_map(|entry| &entry.values)
            .find_map(|value| match value {
                ICalendarValue::RecurrenceRule(rule) => Some(rule),
                _ => None,
            })?;
        let rule = Rule::of(rule, None, Some(start))?;
        Some(
            unfold(&rule, start, DAYS)
                .iter()
                .map(ToString::to_string)
                .collect(),
        )
    }

    /// The same by the parser's crate.
    fn oracle(start: DateTime, rule: &str) -> Option<Vec<String>> {
        let expanded = parsed(start, rule).expand_dates(Tz::Floating, 1000);
        let texts = expanded.events.iter().map(|event| {
            let local = event.start.naive_local();
            local.format("%Y-%m-%dT%H:%M:%S").to_string()
        });
        expanded.errors.is_empty().then(|| texts.collect())
    }

    fn rules() -> impl Strategy<Value = String> {
        let list = |item: &'static str| prop::option::weighted(0.4, prop::collection::vec(item, 1..4));
        let part = |name: &'static str, list: Option<Vec<String>>| {
            list.map_or(String::new(), |list| format!(";{name}={}", list.join(",")))
        };
        let plain = list("(MO|TU|WE|TH|FR|SA|SU)");
        let nth = list("(1|2|5|-1|-3)(MO|TU|WE|TH|FR|SA|SU)");
        let days = list("([1-9]|1[0-9]|2[0-9]|3[01]|-[1-9]|-31)");
        let months = list("([1-9]|1[0-2])");
        let picks = list("([1-9]|-[1-9])");
        (0usize..4, 1u8..5, plain, nth, days, months, picks, "(MO|SU|WE)").prop_map(
            move |(frequency, interval, plain, nth, days, months, picks, start)| {
                let name = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"][frequency];
                let days = days.filter(|_| frequency != 2);
                // the crate takes a list of both sorts to mean both at once
                let weekdays = if frequency < 2 && nth.is_some() {
                    nth
                } else {
                    plain
                };
                // and in the first week picks among the days from the start on
                let picks = picks.filter(|_| frequency != 2 && (weekdays.is_some() || days.is_some()));
                format!(
                    "FREQ={name};COUNT=12;INTERVAL={interval};WKST={start}{}{}{}{}",
                    part("BYDAY", weekdays),
                    part("BYMONTHDAY", days),
                    part("BYMONTH", months),
                    part("BYSETPOS", picks)
                )
            },
        )
    }

    proptest! {
        #[test]
        fn rules_unfold_as_the_crate_unfolds_them(day in 0i32..2000, hour in 0i8..24, rule in rules()) {
            let start = date(2020, 1, 1).checked_add(day.days()).unwrap().at(hour, 30, 0, 0);
            let Some(expected) = oracle(start, &rule) else { return Ok(()) };
            let found = unfolded(start, &rule).expect("every part is understood");
            // the crate goes on beyond the last day
            let until = DAYS.1.to_string();
            let expected: Vec<String> = expected.into_iter().filter(|time| *time < until).collect();
            let found: Vec<String> = found.into_iter().filter(|time| *time < until).collect();
            prop_assert_eq!(found, expected, "{} from {}", rule, start);
        }
    }

    #[test]
    fn a_series_begun_long_ago_comes_up_from_where_it_matters() {
        let start = date(1990, 1, 1).at(9, 0, 0, 0);
        for (rule, first) in [
            ("FREQ=DAILY;INTERVAL=3", "2020-01-03T09:00:00"),
            ("FREQ=DAILY;INTERVAL=3;COUNT=5000", "2020-01-03T09:00:00"),
        ] {
            assert_eq!(
                unfolded(start, rule).expect("it is understood")[0],
                first,
                "{rule}"
            );
        }
    }

    #[test]
    fn what_repeats_within_a_day_or_by_weeks_of_the_year_is_not_understood() {
        let start = date(2020, 1, 1).at(9, 0, 0, 0);
        for rule in ["FREQ=HOURLY", "FREQ=DAILY;BYHOUR=9,17", "FREQ=YEARLY;BYWEEKNO=20"] {
            assert_eq!(unfolded(start, rule), None, "{rule}");
        }
        assert!(unfolded(start, "FREQ=DAILY;BYHOUR=9").is_some());
    }
}
