//! Times of day with what may follow them: `14:05`, `2:05 PM`, `09:00:00+02:00`.

use jiff::civil::Time;
use jiff::tz::Offset;

/// Reads `14:05`, `14:05:33.123Z`, `2:05 PM`, `09:00:00+02:00`, `09:00 UTC`.
pub(super) fn clock(text: &str) -> Option<(Time, Option<Offset>)> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.' | ','))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (whole, _fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let mut parts = whole.split(':');
    let mut part = || parts.next().filter(|part| (1..=2).contains(&part.len()));
    let hour: i8 = part()?.parse().ok()?;
    let minute = part()?.parse().ok()?;
    let second = part().map_or(Some(0), |part| part.parse().ok())?;
    if parts.next().is_some() {
        return None;
    }
    let lower = rest.trim().to_ascii_lowercase();
    let (hour, zone) = match lower.get(..2) {
        Some("am") if (1..=12).contains(&hour) => (hour % 12, &lower[2..]),
        Some("pm") if (1..=12).contains(&hour) => (hour % 12 + 12, &lower[2..]),
        _ => (hour, lower.as_str()),
    };
    Some((Time::new(hour, minute, second, 0).ok()?, offset(zone.trim())?))
}

/// Reads what may follow a time: nothing, `z`, `utc`, `gmt`, `+02:00`, `-0500`, `+02`.
#[expect(
    clippy::option_option,
    reason = "no offset and a wrong one are different things"
)]
fn offset(text: &str) -> Option<Option<Offset>> {
    let text = text
        .strip_prefix("utc")
        .or_else(|| text.strip_prefix("gmt"))
        .map_or(text, |rest| if rest.is_empty() { "z" } else { rest });
    if text.is_empty() {
        return Some(None);
    }
    if text == "z" {
        return Some(Some(Offset::UTC));
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest.replace(':', "")),
        ("-", rest) => (-1, rest.replace(':', "")),
        _ => return None,
    };
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at_checked(2)?,
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60))
        .ok()
        .map(Some)
}
