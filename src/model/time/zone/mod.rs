//! Time zones by name, as files write them.

mod names;

use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Finds a time zone: by its IANA name (`America/New_York`, also with blanks), a common abbreviation (`EST`),
/// its name in Windows (`Eastern Standard Time`), its offset (`UTC+2`, `-05:30`), a city that a zone is called
/// by (`Berlin`), or as applications list it: `(GMT-05:00) Eastern Standard Time (America/New_York)`,
/// `(UTC+01:00) Amsterdam, Berlin`, `us_slash_eastern`. Case does not matter.
pub fn zone(name: &str) -> Option<TimeZone> {
    let name = name.trim();
    if let Some(zone) = named(name).or_else(|| of_city(name)) {
        return Some(zone);
    }
    let last = name.strip_suffix(')').and_then(|open| open.rsplit_once('('));
    let last = last.filter(|(_, inner)| inner.contains('/'));
    if let Some(zone) = last.and_then(|(_, inner)| named(inner)) {
        return Some(zone);
    }
    let (offset, rest) = name.strip_prefix('(')?.split_once(')')?;
    let mut cities = rest.split(',').map(str::trim);
    named(rest.trim())
        .or_else(|| cities.find_map(of_city))
        .or_else(|| named(offset.trim()))
}

/// The zone that a city lends its name.
fn of_city(city: &str) -> Option<TimeZone> {
    static CITIES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let mut cities = BTreeMap::new();
        for name in jiff::tz::db().available() {
            let (area, city) = name.as_str().split_once('/').unwrap_or_default();
            if names::AREAS.contains(&area) && !names::NO_CITIES.contains(&city) {
                let city = city.rsplit('/').next().unwrap_or(city);
                let city = city.replace('_', " ").to_lowercase();
                cities.entry(city).or_insert_with(|| name.to_string());
            }
        }
        cities
    });
    TimeZone::get(CITIES.get(&city.to_lowercase())?).ok()
}

/// The IANA name of a time zone, or its offset: what tells it from others.
pub fn zone_name(zone: &TimeZone) -> String {
    match (zone.iana_name(), zone.to_fixed_offset()) {
        (Some(name), _) => name.to_owned(),
        (None, Ok(offset)) => offset.to_string(),
        (None, Err(_)) => format!("{zone:?}"),
    }
}

fn named(name: &str) -> Option<TimeZone> {
    let folded = name.to_lowercase();
    let short = names::ABBREVIATIONS.iter().find(|(short, _)| *short == folded);
    let long = || {
        let mut names = names::NAMES.iter();
        names.find(|(long, _)| long.eq_ignore_ascii_case(name))
    };
    if let Some((_, iana)) = short.or_else(long) {
        return TimeZone::get(iana).ok();
    }
    fixed(&folded)
        .or_else(|| TimeZone::get(name).ok())
        .or_else(|| TimeZone::get(&name.replace(' ', "_")).ok())
        .or_else(|| TimeZone::get(&folded.replace("_slash_", "/").replace("_hyphen_", "-")).ok())
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
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn check(name: &str, expected: Option<f64>) {
        let july = Timestamp::from_second(1_782_900_000).unwrap();
        let hours = zone(name).map(|zone| f64::from(zone.to_offset(july).seconds()) / 3600.0);
        assert_eq!(hours, expected, "{name}");
    }

    #[test]
    fn zones_are_known_by_name_abbreviation_and_offset() {
        check("America/New_York", Some(-4.0));
        check("america/new_york", Some(-4.0));
        check("America/New York", Some(-4.0));
        check("EST", Some(-4.0));
        check(" cet ", Some(2.0));
        check("UTC", Some(0.0));
        check("UTC+2", Some(2.0));
        check("GMT-05:30", Some(-5.5));
        check("+0530", Some(5.5));
        check("Middle Earth", None);
        check("UTC+99", None);
        check("", None);
    }

    #[test]
    fn zones_are_known_by_their_names_in_windows_and_in_other_applications() {
        check("Eastern Standard Time", Some(-4.0));
        check("W. Europe Standard Time", Some(2.0));
        check("(GMT-05:00) Eastern Standard Time (America/New_York)", Some(-4.0));
        check(
            "(GMT-05:00) Eastern Daylight Time (America/Indiana/Knox)",
            Some(-5.0),
        );
        check("(GMT-08:00) Pacific Time (US & Canada)", Some(-7.0));
        check("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", Some(5.5));
        check("(UTC) Dublin, Edinburgh, Lisbon, London", Some(1.0));
        check("Pacific", Some(-7.0));
        check(
            "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
            Some(2.0),
        );
        check("(UTC-06:00) Guadalajara, Mexico City, Monterrey", Some(-6.0));
        check("(UTC+03:00) Somewhere", Some(3.0));
        check("us_slash_eastern", Some(-4.0));
        check("america_slash_port_hyphen_au_hyphen_prince", Some(-4.0));
        check("Berlin", Some(2.0));
        check("buenos aires", Some(-3.0));
        check("South", None);
        check("(GMT+01:00", None);
        check("(Middle Earth) Shire", None);
    }

    #[test]
    fn the_name_of_a_zone_reads_back() {
        for name in ["America/New_York", "UTC", "+05:30", "-03:00"] {
            assert_eq!(zone_name(&zone(name).unwrap()), name.replace(":00", ""));
        }
    }

    #[test]
    fn every_name_stands_for_a_zone() {
        for (name, iana) in names::ABBREVIATIONS.iter().chain(&names::NAMES) {
            assert!(TimeZone::get(iana).is_ok(), "{iana}");
            assert!(zone(name).is_some(), "{name}");
        }
    }
}
