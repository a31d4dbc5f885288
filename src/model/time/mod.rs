//! The one place for time: moments, and the only clock there is, as-of.

mod absence;
mod hours;
mod schedule;
mod zone;

pub use absence::Absence;
pub use hours::WeeklyHours;
use jiff::{Timestamp, tz::TimeZone};
pub use schedule::{Overlap, Schedule, WorkingDay};
pub use zone::{zone, zone_name};

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Its first second.
    pub from: Moment,
    /// The first second after it.
    pub to: Moment,
}

impl Span {
    /// Seconds that lie both in the one spans and in the others, all in order and apart.
    pub fn shared(ones: &[Self], others: &[Self]) -> i64 {
        let (mut shared, mut rest) = (0, others);
        for one in ones {
            let over = rest.partition_point(|other| other.to <= one.from);
            rest = &rest[over..];
            let meets = rest.iter().take_while(|other| other.from < one.to);
            let seconds = |other: &Self| one.to.min(other.to).0 - one.from.max(other.from).0;
            shared += meets.map(seconds).sum::<i64>();
        }
        shared
    }
}

/// The moment at which a run takes place, and the zone that bounds its days.
#[derive(Clone, Debug, PartialEq)]
pub struct AsOf {
    /// The moment.
    pub moment: Moment,
    /// The time zone of the rules, UTC where they name none.
    pub zone: TimeZone,
}

impl AsOf {
    /// Writes the moment in its zone as RFC 3339 with offset: `2026-06-01T09:00:00+02:00`.
    pub fn text(&self) -> String {
        self.write(self.moment)
    }

    /// Writes a moment in this zone as people read it: `09:02`, and with the day where that is not the run's:
    /// `2026-05-31 09:02`.
    pub fn short(&self, moment: Moment) -> String {
        let local = |moment: Moment| {
            let stamp = Timestamp::from_second(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
            stamp.to_zoned(self.zone.clone())
        };
        let at = local(moment);
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        if at.date() == local(self.moment).date() {
            time
        } else {
            format!("{} {time}", at.date())
        }
    }

    /// Writes any moment in this zone as RFC 3339 with offset; UTC as `Z`.
    pub fn write(&self, moment: Moment) -> String {
        let stamp = Timestamp::from_second(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
        if self.zone == TimeZone::UTC {
            return stamp.to_string();
        }
        let zoned = stamp.to_zoned(self.zone.clone());
        stamp.display_with_offset(zoned.offset()).to_string()
    }
}
