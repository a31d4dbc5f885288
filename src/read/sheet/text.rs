//! The text of a cell of a sheet: numbers in their shortest form, dates in ISO 8601.

use std::borrow::Cow;

use calamine::{Data, DataRef, ExcelDateTime};

/// What a cell comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TextOf<'a> {
    /// An empty cell.
    Nothing,
    /// A value such as `#N/A`.
    Error,
    /// A text.
    Text(Cow<'a, str>),
}

/// The text of a cell whose whole numbers are padded with zeros to a number of digits.
pub(super) fn of_ref<'a>(cell: &'a DataRef<'_>, padding: usize) -> TextOf<'a> {
    TextOf::Text(match cell {
        DataRef::Empty => return TextOf::Nothing,
        DataRef::Error(_) => return TextOf::Error,
        DataRef::Int(value) => Cow::Owned(padded(value.to_string(), padding)),
        DataRef::Float(value) => Cow::Owned(padded(number(*value), padding)),
        DataRef::String(text) => Cow::Borrowed(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Bool(value) => Cow::Borrowed(yes_or_no(*value)),
        DataRef::DateTime(value) => Cow::Owned(date(value)),
        DataRef::DateTimeIso(text) => Cow::Borrowed(iso_date(text)),
        DataRef::DurationIso(text) => Cow::Owned(duration(text)),
    })
}

/// The text of a cell.
pub(super) fn of(cell: &Data) -> TextOf<'_> {
    TextOf::Text(match cell {
        Data::Empty => return TextOf::Nothing,
        Data::Error(_) => return TextOf::Error,
        Data::Int(value) => Cow::Owned(value.to_string()),
        Data::Float(value) => Cow::Owned(number(*value)),
        Data::String(text) => Cow::Borrowed(text),
        Data::Bool(value) => Cow::Borrowed(yes_or_no(*value)),
        Data::DateTime(value) => Cow::Owned(date(value)),
        Data::DateTimeIso(text) => Cow::Borrowed(iso_date(text)),
        Data::DurationIso(text) => Cow::Owned(duration(text)),
    })
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// The shortest text that is the number, as `8014` for 8014.0.
fn number(value: f64) -> String {
    value.to_string()
}

fn padded(text: String, digits: usize) -> String {
    let is_whole = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole && text.len() < digits {
        format!("{text:0>digits$}")
    } else {
        text
    }
}

/// A day, a day with a time, or a time of day alone.
fn date(value: &ExcelDateTime) -> String {
    if value.is_duration() {
        return hours(value.as_f64());
    }
    if !(0.0..2_958_466.0).contains(&value.as_f64()) {
        return number(value.as_f64());
    }
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let time = match (second, milli) {
        (_, 1..) => format!("{hour:02}:{minute:02}:{second:02}.{milli:03}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    if value.as_f64() < 1.0 {
        time
    } else if (hour, minute, second, milli) == (0, 0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from floating point saturates, and durations are short"
)]
fn hours(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as i64;
    let (sign, seconds) = if seconds < 0 {
        ("-", seconds.unsigned_abs())
    } else {
        ("", seconds.unsigned_abs())
    };
    format!(
        "{sign}{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

fn iso_date(text: &str) -> &str {
    let Some((day, time)) = text.split_once('T') else {
        return text;
    };
    let is_midnight = time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    if is_midnight { day } else { text }
}

/// `PT08H30M00S` as `08:30:00`; other forms stay.
fn duration(text: &str) -> String {
    let parts = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let (seconds, _) = rest
            .strip_suffix('S')?
            .split_once('.')
            .unwrap_or((rest.strip_suffix('S')?, ""));
        let number = |part: &str| part.parse::<u32>().ok();
        Some((number(hours)?, number(minutes)?, number(seconds)?))
    };
    match parts() {
        Some((hours, minutes, seconds)) => format!("{hours:02}:{minutes:02}:{seconds:02}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn check(cell: &Data, expected: &str) {
        assert_eq!(of(cell), TextOf::Text(Cow::Borrowed(expected)));
    }

    fn day(value: f64, is_1904: bool) -> Data {
        Data::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904))
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        check(&Data::Float(8014.0), "8014");
        check(&Data::Float(0.1), "0.1");
        check(&Data::Int(-3), "-3");
        assert_eq!(padded("8014".to_owned(), 5), "08014");
        assert_eq!(padded("8014.5".to_owned(), 9), "8014.5");
    }

    #[test]
    fn dates_of_both_systems_are_iso() {
        check(&day(46_175.0, false), "2026-06-02");
        check(&day(44_713.0, true), "2026-06-02");
        check(&day(46_175.75, false), "2026-06-02T18:00:00");
        check(&day(0.354_166_666_666_666_7, false), "08:30:00");
        check(&day(-1.0, false), "-1");
        check(&day(f64::NAN, false), "NaN");
    }

    #[test]
    fn durations_are_hours_minutes_and_seconds() {
        let value = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        check(&Data::DateTime(value), "36:00:00");
        check(&Data::DurationIso("PT08H30M00S".to_owned()), "08:30:00");
        check(&Data::DurationIso("P3D".to_owned()), "P3D");
    }

    #[test]
    fn dates_written_as_text_lose_an_empty_time() {
        check(&Data::DateTimeIso("2026-06-02T00:00:00".to_owned()), "2026-06-02");
        check(
            &Data::DateTimeIso("2026-06-02T08:00:00".to_owned()),
            "2026-06-02T08:00:00",
        );
    }
}
