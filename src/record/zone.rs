//! Time zones as text that reads back.

use super::FILE;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{AsOf, Moment};
use jiff::{Timestamp, tz::Offset, tz::TimeZone};

/// Writes a time zone so that [`super::RunRecord::moment`] reads it back; a zone without a name is written as
/// its offset at the moment.
pub fn zone_text(as_of: &AsOf) -> String {
    if as_of.zone == TimeZone::UTC {
        return "UTC".to_owned();
    }
    if let Some(name) = as_of.zone.iana_name() {
        return name.to_owned();
    }
    let stamp = Timestamp::from_second(as_of.moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
    let seconds = as_of.zone.to_offset(stamp).seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Reads what [`zone_text`] wrote.
pub fn zone(text: &str) -> Option<TimeZone> {
    if text == "UTC" {
        return Some(TimeZone::UTC);
    }
    if let Some(rest) = text.strip_prefix(['+', '-']) {
        let (hours, minutes) = rest.split_once(':')?;
        let minutes = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
        let seconds = if text.starts_with('-') { -60 } else { 60 } * minutes;
        return Offset::from_seconds(seconds).ok().map(TimeZone::fixed);
    }
    TimeZone::get(text).ok()
}

/// The moment and time zone that a record holds as text.
///
/// # Errors
/// A mistake if either cannot be read.
pub fn moment(as_of: &str, time_zone: &str) -> Result<AsOf, Mistakes> {
    let moment = as_of.parse::<Timestamp>().ok();
    match (moment, zone(time_zone)) {
        (Some(moment), Some(zone)) => Ok(AsOf {
            moment: Moment(moment.as_second()),
            zone,
        }),
        (moment, _) => {
            let (column, found) = match moment {
                None => ("as_of", as_of),
                Some(_) => ("time_zone", time_zone),
            };
            let position = Position::File(FILE.to_owned());
            Err(
                Mistake::new(Kind::NotARun, position, format!("`{found}` cannot be read"))
                    .column(column)
                    .into(),
            )
        }
    }
}
