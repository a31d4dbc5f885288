//! Time zones as text that reads back.

use crate::model::AsOf;
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
