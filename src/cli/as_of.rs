//! `--as-of`, and the only place that reads the machine's clock.

use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{AsOf, Moment};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Reads the moment of the run; without a text it is now, to the second.
///
/// # Errors
/// A text that is no date or date-time.
pub fn as_of(text: Option<&str>, zone: &TimeZone) -> Result<AsOf, Mistakes> {
    let moment = match text {
        None => Timestamp::now(),
        Some(text) => parse(text.trim(), zone).ok_or_else(|| {
            Mistake::new(
                Kind::BadOption,
                Position::Nowhere,
                format!("`--as-of {text}` is no date"),
            )
            .expected(
                "a date or date-time such as `2026-06-01`, `2026-06-01T09:00` or `2026-06-01T09:00+02:00`",
            )
        })?,
    };
    Ok(AsOf {
        moment: Moment(moment.as_second()),
        zone: zone.clone(),
    })
}

fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if let Ok(stamp) = text.parse::<Timestamp>() {
        return Some(stamp);
    }
    if let Ok(zoned) = text.parse::<Zoned>() {
        return Some(zoned.timestamp());
    }
    let civil = text
        .parse::<DateTime>()
        .ok()
        .or_else(|| Some(text.parse::<Date>().ok()?.at(0, 0, 0, 0)))?;
    Some(civil.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, zone: &str, expected: &str) {
        let zone = TimeZone::get(zone).expect("a known zone");
        let found =
            as_of(Some(text), &zone).map_or_else(|mistakes| mistakes.to_string(), |as_of| as_of.text());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_moment_without_offset_is_read_in_the_zone_of_the_rules() {
        check("2026-06-01", "America/New_York", "2026-06-01T00:00:00-04:00");
        check(
            "2026-06-01T09:00",
            "America/New_York",
            "2026-06-01T09:00:00-04:00",
        );
        check(
            "2026-01-01 09:30:15",
            "Europe/Berlin",
            "2026-01-01T09:30:15+01:00",
        );
    }

    #[test]
    fn a_moment_with_offset_keeps_its_instant() {
        check(
            "2026-06-01T09:00Z",
            "America/New_York",
            "2026-06-01T05:00:00-04:00",
        );
        check("2026-06-01T09:00+02:00", "UTC", "2026-06-01T07:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_a_mistake_that_shows_the_forms() {
        let zone = TimeZone::UTC;
        let mistakes = as_of(Some("tomorrow"), &zone).expect_err("no date").to_string();
        assert!(
            mistakes.contains("`--as-of tomorrow` is no date; expected a date"),
            "{mistakes}"
        );
    }
}
