//! The time zones that a calendar describes under names of its own.
//!
//! What a zone is called counts before its rules: programs seldom write those out in full.

use crate::model::zone;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue,
    ICalendarWeekday,
};
use jiff::tz::{Offset, TimeZone};
use std::collections::BTreeMap;

/// The zones of a calendar, by the names that its events call them.
pub(super) type Zones = BTreeMap<String, TimeZone>;

/// Finds every zone that a calendar describes: by its name, the place it says it is of, or its rules.
pub(super) fn zones(calendar: &ICalendar) -> Zones {
    let mut zones = Zones::new();
    for component in &calendar.components {
        if component.component_type != ICalendarComponentType::VTimezone {
            continue;
        }
        let (mut name, mut location) = (None, None);
        for entry in &component.entries {
            let text = entry.values.first().and_then(ICalendarValue::as_text);
            match &entry.name {
                ICalendarProperty::Tzid => name = text,
                ICalendarProperty::Other(other) if other.eq_ignore_ascii_case("X-LIC-LOCATION") => {
                    location = text;
                }
                _ => {}
            }
        }
        let Some(name) = name else { continue };
        // some programs call a zone `/example.org/20070129_1/Europe/Berlin`
        let mut tails = name.match_indices('/').map(|(at, _)| &name[at + 1..]);
        let found = zone(name)
            .or_else(|| location.and_then(zone))
            .or_else(|| tails.find_map(zone))
            .or_else(|| by_rules(calendar, component));
        if let Some(found) = found {
            zones.insert(name.to_owned(), found);
        }
    }
    zones
}

/// A zone by the last rules of its standard and its summer time, as POSIX writes zones.
fn by_rules(calendar: &ICalendar, zone: &ICalendarComponent) -> Option<TimeZone> {
    let last = |wanted: ICalendarComponentType| {
        let parts = zone.component_ids.iter().rev();
        let mut parts = parts.filter_map(|&at| calendar.components.get(usize::try_from(at).ok()?));
        parts.find(|part| part.component_type == wanted)
    };
    let standard = last(ICalendarComponentType::Standard)?;
    let summer = last(ICalendarComponentType::Daylight);
    let seconds = offset(standard)?;
    let changes = summer.and_then(|summer| {
        let (from, to) = (change(summer)?, change(standard)?);
        let text = format!(
            "<STD>{}<DST>{},{from},{to}",
            posix(seconds),
            posix(offset(summer)?)
        );
        TimeZone::posix(&text).ok()
    });
    changes.or_else(|| Offset::from_seconds(seconds).ok().map(TimeZone::fixed))
}

fn value<'a>(part: &'a ICalendarComponent, name: &ICalendarProperty) -> Option<&'a ICalendarValue> {
    part.property(name)?.values.first()
}

/// Seconds east of UTC.
fn offset(part: &ICalendarComponent) -> Option<i32> {
    let ICalendarValue::PartialDateTime(offset) = value(part, &ICalendarProperty::Tzoffsetto)? else {
        return None;
    };
    let seconds = i32::from(offset.tz_hour?) * 3600 + i32::from(offset.tz_minute.unwrap_or(0)) * 60;
    Some(if offset.tz_minus { -seconds } else { seconds })
}

/// Hours and minutes west of UTC, as POSIX counts.
fn posix(seconds: i32) -> String {
    let sign = if seconds > 0 { "-" } else { "" };
    let minutes = seconds.abs() / 60;
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// When a time of the year begins: `M3.5.0/2:00` for the last Sunday of March at two.
fn change(part: &ICalendarComponent) -> Option<String> {
    let ICalendarValue::RecurrenceRule(rule) = value(part, &ICalendarProperty::Rrule)? else {
        return None;
    };
    let ICalendarValue::PartialDateTime(start) = value(part, &ICalendarProperty::Dtstart)? else {
        return None;
    };
    let ([month], [day]) = (rule.bymonth.as_slice(), rule.byday.as_slice()) else {
        return None;
    };
    let week = match day.ordwk? {
        -1 => 5,
        week @ 1..=4 => week,
        _ => return None,
    };
    let weekday = match day.weekday {
        ICalendarWeekday::Sunday => 0,
        ICalendarWeekday::Monday => 1,
        ICalendarWeekday::Tuesday => 2,
        ICalendarWeekday::Wednesday => 3,
        ICalendarWeekday::Thursday => 4,
        ICalendarWeekday::Friday => 5,
        ICalendarWeekday::Saturday => 6,
    };
    let (hour, minute) = (start.hour.unwrap_or(0), start.minute.unwrap_or(0));
    Some(format!("M{}.{week}.{weekday}/{hour}:{minute:02}", month.month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calcard::{Entry, Parser};
    use jiff::civil::date;

    /// The offset in hours at a noon of the zone that a calendar describes.
    fn check(zone: &str, month: i8, expected: Option<f64>) {
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\n{}\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n",
            zone.replace('\n', "\r\n")
        );
        let Entry::ICalendar(calendar) = Parser::new(&text).entry() else {
            panic!("{text}");
        };
        let found = zones(&calendar).get("Customized Time Zone").cloned().map(|zone| {
            let noon = zone.to_timestamp(date(2026, month, 15).at(12, 0, 0, 0)).unwrap();
            f64::from(zone.to_offset(noon).seconds()) / 3600.0
        });
        assert_eq!(found, expected);
    }

    const RULES: &str = "BEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0230\nTZOFFSETTO:-0330\n\
        RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:-0330\nTZOFFSETTO:-0230\n\
        RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\nEND:DAYLIGHT";

    #[test]
    fn a_zone_of_a_name_that_says_nothing_is_known_by_its_rules() {
        check(RULES, 1, Some(-3.5));
        check(RULES, 7, Some(-2.5));
        check(
            "BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETTO:+0530\nEND:STANDARD",
            7,
            Some(5.5),
        );
        check("BEGIN:STANDARD\nTZOFFSETTO:soon\nEND:STANDARD", 7, None);
    }

    #[test]
    fn the_place_that_a_zone_says_it_is_of_counts_before_its_rules() {
        check(&format!("X-LIC-LOCATION:Europe/Berlin\n{RULES}"), 7, Some(2.0));
    }
}
