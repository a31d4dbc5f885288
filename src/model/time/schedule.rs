//! Working hours on the calendar of a time zone.
//!
//! A time of day on a date is the first moment at which the clock of the zone has reached it. So a time that
//! the clock skips is the moment of the skip, a time that it shows twice is the first of the two, and working
//! hours last from one moment to the other whatever the clock does between them.

use super::{Moment, Span, WeeklyHours, zone_name};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

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
    /// The working hours within it, in order and apart, also those of a shift that began the day before.
    pub working: Vec<Span>,
}

/// How much of a lead's office hours within a rep's working day the rep works too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// The seconds that both work.
    pub both: i64,
    /// The seconds of office hours; 0 where the office is closed all day.
    pub lead: i64,
}

impl Schedule {
    /// The next dates of its own calendar on which a shift starts that has not ended at as-of, in order, up to
    /// `count`. The working day of a shift over midnight is the date on which it starts.
    ///
    /// Fewer where the calendar ends; none where there is no working time.
    pub fn working_days(&self, as_of: Moment, count: u32) -> Vec<WorkingDay> {
        let mut days = Vec::new();
        let first = self.date(as_of).and_then(|date| date.yesterday().ok());
        let Some(mut date) = first.filter(|_| !self.hours.is_empty()) else {
            return days;
        };
        let most = usize::try_from(count).unwrap_or(usize::MAX);
        while days.len() < most {
            let ends = |shift: &(u16, u16)| self.moment(date, shift.1);
            let last = self.hours.shifts(date.weekday()).last().and_then(ends);
            if last.is_some_and(|last| last > as_of) {
                let Some(day) = self.day(date) else {
                    break;
                };
                // A date that a zone leaves out has no time at all.
                if !day.working.is_empty() {
                    days.push(day);
                }
            }
            let Ok(next) = date.tomorrow() else {
                break;
            };
            date = next;
        }
        days
    }

    /// The date in its own calendar.
    pub fn date(&self, moment: Moment) -> Option<Date> {
        let stamp = Timestamp::from_second(moment.0).ok()?;
        Some(self.zone.to_datetime(stamp).date())
    }

    /// A date of its calendar from midnight to midnight; `None` at the end of all calendars.
    pub fn whole(&self, date: Date) -> Option<Span> {
        Some(Span {
            from: self.moment(date, 0)?,
            to: self.moment(date.tomorrow().ok()?, 0)?,
        })
    }

    /// The working time within a stretch of time, as spans in order and apart.
    pub fn working(&self, within: Span) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let first = self.date(within.from).and_then(|date| date.yesterday().ok());
        let (Some(first), Some(last)) = (first, self.date(within.to)) else {
            return spans;
        };
        let dates = first.series(1.day()).take_while(|date| *date <= last);
        let shifts = dates.flat_map(|date| {
            let shifts = self.hours.shifts(date.weekday()).iter();
            shifts.filter_map(move |&(from, to)| Some((self.moment(date, from)?, self.moment(date, to)?)))
        });
        for (from, to) in shifts {
            let (from, to) = (from.max(within.from), to.min(within.to));
            match spans.last_mut() {
                _ if to <= from => {}
                Some(last) if from <= last.to => last.to = last.to.max(to),
                _ => spans.push(Span { from, to }),
            }
        }
        spans
    }

    /// What tells it from others.
    pub fn key(&self) -> (String, &WeeklyHours) {
        (zone_name(&self.zone), &self.hours)
    }

    fn day(&self, date: Date) -> Option<WorkingDay> {
        let whole = self.whole(date)?;
        Some(WorkingDay {
            date,
            whole,
            working: self.working(whole),
        })
    }

    /// The first moment at which the clock has reached so many minutes after the midnight of a date.
    fn moment(&self, date: Date, minutes: u16) -> Option<Moment> {
        let midnight = DateTime::from_parts(date, Time::midnight());
        let local = midnight.checked_add(i64::from(minutes).minutes()).ok()?;
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        let stamp = match ambiguous.offset() {
            AmbiguousOffset::Gap { before, .. } => {
                let after_the_skip = before.to_timestamp(local).ok()?;
                let second = after_the_skip.checked_add(1.second()).ok()?;
                self.zone.preceding(second).next()?.timestamp()
            }
            _ => ambiguous.earlier().ok()?,
        };
        Some(Moment(stamp.as_second()))
    }
}

impl WorkingDay {
    /// How much of an office's working time lies within the day, and how much of that is worked on the day.
    /// The office's spans must be in order and apart, and hold all of its time within the day.
    pub fn overlap(&self, office: &[Span]) -> Overlap {
        Overlap {
            both: Span::shared(&self.working, office),
            lead: Span::shared(&[self.whole], office),
        }
    }
}

#[cfg(test)]
mod tests;
