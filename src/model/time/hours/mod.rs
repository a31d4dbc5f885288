//! Working hours of a week, in local time.

mod parse;
mod scan;
#[cfg(test)]
mod tests;
mod words;

use jiff::civil::Weekday;
use std::fmt;

/// Minutes in a day.
pub(super) const DAY: u16 = 24 * 60;

/// Days in a week.
const WEEK: usize = 7;

/// The names of days as hours are written, Monday first.
const NAMES: [&str; WEEK] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Working hours of a week, in local time.
///
/// Each day of the week, Monday first, has the shifts that start on it, in order and apart, as minutes since
/// its midnight. A shift over midnight ends beyond 24 hours and before the minute at which it began.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeeklyHours {
    days: [Vec<(u16, u16)>; WEEK],
}

impl WeeklyHours {
    /// What a text of hours should have been.
    pub const EXPECTED: &'static str = "hours such as `Mon-Fri 09:00-17:00; Sat 10:00-14:00`";

    /// Monday to Friday, 09:00 to 17:00.
    pub fn office() -> Self {
        let mut hours = Self::default();
        for day in 0..5 {
            hours.add(day, (9 * 60, 17 * 60));
        }
        hours
    }

    /// Reads hours as people write them: `Mon-Fri 09:00-17:00; Sat 10-14`, `weekdays 9am-5pm`, `24/7`.
    ///
    /// Hours without days are those of Monday to Friday. Hours that end before they begin go over midnight.
    /// Parts that overlap are merged; a day that is `closed` is closed whatever other parts say.
    ///
    /// # Errors
    /// What was found that cannot be read, as a phrase.
    pub fn parse(text: &str) -> Result<Self, String> {
        parse::hours(text)
    }

    /// Tells whether there is no working time at all.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// The shifts that start on a day, in order and apart, as minutes since its midnight.
    pub(super) fn shifts(&self, day: Weekday) -> &[(u16, u16)] {
        &self.days[day.to_monday_zero_offset().unsigned_abs() as usize]
    }

    /// Adds a shift that starts on a day, counted from Monday.
    ///
    /// Where merged shifts would last a day or longer, the time after midnight goes to the next day.
    fn add(&mut self, day: usize, shift: (u16, u16)) {
        let (mut day, mut shift) = (day, shift);
        loop {
            let merged = merge(&mut self.days[day], shift);
            let lasts = merged.1 - merged.0;
            if merged.1 <= DAY || lasts < DAY {
                return;
            }
            let end = (merged.0, DAY);
            for shift in self.days[day].iter_mut().filter(|shift| **shift == merged) {
                *shift = end;
            }
            shift = (0, merged.1 - DAY);
            day = (day + 1) % WEEK;
        }
    }
}

/// Adds a stretch to some that are in order and apart; the stretch that it is part of then.
fn merge(stretches: &mut Vec<(u16, u16)>, new: (u16, u16)) -> (u16, u16) {
    let mut merged = new;
    stretches.retain(|&(from, to)| {
        let apart = to < merged.0 || merged.1 < from;
        if !apart {
            merged = (merged.0.min(from), merged.1.max(to));
        }
        apart
    });
    let at = stretches.partition_point(|stretch| *stretch < merged);
    stretches.insert(at, merged);
    merged
}

impl fmt::Display for WeeklyHours {
    /// Writes them so that [`WeeklyHours::parse`] reads the same.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for first in 0..WEEK {
            let shifts = &self.days[first];
            if shifts.is_empty() || self.days[..first].contains(shifts) {
                continue;
            }
            let same: Vec<usize> = (first..WEEK).filter(|&day| self.days[day] == *shifts).collect();
            write!(formatter, "{separator}{} {}", days(&same), times(shifts))?;
            separator = "; ";
        }
        if separator.is_empty() {
            formatter.write_str("closed")?;
        }
        Ok(())
    }
}

/// Writes days in order: `Mon-Fri`, `Mon,Wed,Fri`.
fn days(days: &[usize]) -> String {
    let runs = days.chunk_by(|one, next| one + 1 == *next);
    let run = |run: &[usize]| match run {
        [first, _, .., last] => format!("{}-{}", NAMES[*first], NAMES[*last]),
        few => few.iter().map(|&day| NAMES[day]).collect::<Vec<_>>().join(","),
    };
    runs.map(run).collect::<Vec<_>>().join(",")
}

fn times(shifts: &[(u16, u16)]) -> String {
    let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    let end = |to: u16| if to > DAY { to - DAY } else { to };
    let shifts = shifts
        .iter()
        .map(|&(from, to)| format!("{}-{}", time(from), time(end(to))));
    shifts.collect::<Vec<_>>().join(",")
}
