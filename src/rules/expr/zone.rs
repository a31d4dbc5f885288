//! Time zones by name, as far as comparing them needs.

use crate::model::AsOf;
use jiff::{Timestamp, tz::TimeZone};

/// Abbreviations that people write, each with a zone that stands for it.
const ABBREVIATIONS: [(&str, &str); 37] = [
    ("et", "America/New_York"),
    ("est", "America/New_York"),
    ("edt", "America/New_York"),
    ("ct", "America/Chicago"),
    ("cst", "America/Chicago"),
    ("cdt", "America/Chicago"),
    ("mt", "America/Denver"),
    ("mst", "America/Denver"),
    ("mdt", "America/Denver"),
    ("pt", "America/Los_Angeles"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("akst", "America/Anchorage"),
    ("akdt", "America/Anchorage"),
    ("hst", "Pacific/Honolulu"),
    ("ast", "America/Halifax"),
    ("adt", "America/Halifax"),
    ("nst", "America/St_Johns"),
    ("ndt", "America/St_Johns"),
    ("z", "UTC"),
    ("utc", "UTC"),
    ("gmt", "UTC"),
    ("bst", "Europe/London"),
    ("wet", "Europe/Lisbon"),
    ("west", "Europe/Lisbon"),
    ("cet", "Europe/Berlin"),
    ("cest", "Europe/Berlin"),
    ("eet", "Europe/Athens"),
    ("eest", "Europe/Athens"),
    ("msk", "Europe/Moscow"),
    ("ist", "Asia/Kolkata"),
    ("sgt", "Asia/Singapore"),
    ("hkt", "Asia/Hong_Kong"),
    ("jst", "Asia/Tokyo"),
    ("aest", "Australia/Sydney"),
    ("aedt", "Australia/Sydney"),
    ("nzst", "Pacific/Auckland"),
];

/// The offset of a zone from UTC at as-of, in seconds.
pub(super) fn offset(name: &str, as_of: &AsOf) -> Option<i32> {
    let name = name.trim();
    let moment = Timestamp::from_second(as_of.moment.0).ok()?;
    zone(name).map(|zone| zone.to_offset(moment).seconds())
}

fn zone(name: &str) -> Option<TimeZone> {
    let folded = name.to_lowercase();
    if let Some((_, full)) = ABBREVIATIONS.iter().find(|(short, _)| *short == folded) {
        return TimeZone::get(full).ok();
    }
    fixed(&folded).or_else(|| TimeZone::get(name).ok())
}

/// A zone written as an offset: `+02:00`, `UTC+2`, `gmt-5`, `-0330`.
fn fixed(folded: &str) -> Option<TimeZone> {
    let rest = folded
        .strip_prefix("utc")
        .or_else(|| folded.strip_prefix("gmt"))
        .unwrap_or(folded)
        .trim();
    let (sign, digits) = match rest.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, rest.strip_prefix(['-', '\u{2212}'])?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let number = |text: &str, most: i32| {
        text.parse::<i32>()
            .ok()
            .filter(|number| (0..=most).contains(number))
    };
    let seconds = sign * (number(hours, 18)? * 3600 + number(minutes, 59)? * 60);
    jiff::tz::Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    #[test]
    fn zones_are_known_by_name_abbreviation_and_offset() {
        let july = AsOf {
            moment: Moment(1_782_900_000),
            zone: TimeZone::UTC,
        };
        for (name, hours) in [
            ("America/New_York", Some(-4.0)),
            ("america/new_york", Some(-4.0)),
            ("EST", Some(-4.0)),
            (" cet ", Some(2.0)),
            ("UTC", Some(0.0)),
            ("UTC+2", Some(2.0)),
            ("GMT-05:30", Some(-5.5)),
            ("+0530", Some(5.5)),
            ("Middle Earth", None),
            ("UTC+99", None),
            ("", None),
        ] {
            let found = offset(name, &july).map(|seconds| f64::from(seconds) / 3600.0);
            assert_eq!(found, hours, "{name}");
        }
    }
}
