//! Working hours of a week, in local time.

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// Working hours of a week, in local time: stretches of minutes since Monday 00:00, in order, apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeeklyHours {
    stretches: Vec<(u16, u16)>,
}

impl WeeklyHours {
    /// Monday to Friday, 09:00 to 17:00.
    pub fn office() -> Self {
        let day = |day: u16| (day * DAY + 9 * 60, day * DAY + 17 * 60);
        Self {
            stretches: (0..5).map(day).collect(),
        }
    }
}
