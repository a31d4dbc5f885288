//! Days as they are written: numbers or a month's name, in any order.

use crate::model::DateOrder;
use jiff::civil::Date;

/// The day, as far as its text tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Day {
    /// There is one way to read it; the order that it shows, if it shows one.
    One(Date, Option<DateOrder>),
    /// Day and month could be either.
    Either { day_month: Date, month_day: Date },
}

/// Reads the part with day, month and year.
pub(super) fn day(text: &str) -> Option<Day> {
    let (tokens, mark) = tokens(text)?;
    let [first, second, third] = tokens.as_slice() else {
        return None;
    };
    let is_number = |token: &str| token.starts_with(|letter: char| letter.is_ascii_digit());
    match (is_number(first), is_number(second), is_number(third)) {
        (true, true, true) if first.len() == 4 => Some(Day::One(date(first, second, third)?, None)),
        (true, true, true) => numeric(first, second, third, mark),
        (true, false, true) if first.len() == 4 => Some(Day::One(named(third, second, first)?, None)),
        (true, false, true) => Some(Day::One(named(first, second, third)?, None)),
        (false, true, true) => Some(Day::One(named(second, first, third)?, None)),
        _ => None,
    }
}

/// Splits a date into numbers and words; the mark that stood after the first.
fn tokens(text: &str) -> Option<(Vec<&str>, char)> {
    let (mut tokens, mut mark): (Vec<&str>, _) = (Vec::new(), ' ');
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let same = |letter: char| {
            letter.is_ascii_alphanumeric() && letter.is_ascii_digit() == first.is_ascii_digit()
        };
        let end = rest.find(|letter| !same(letter)).unwrap_or(rest.len());
        if end == 0 {
            if !matches!(first, ' ' | '-' | '/' | '.' | ',') {
                return None;
            }
            if tokens.len() == 1 && mark == ' ' {
                mark = first;
            }
            rest = &rest[1..];
            continue;
        }
        let token = &rest[..end];
        rest = &rest[end..];
        if !is_filler(token, tokens.is_empty()) {
            tokens.push(token);
        }
        if tokens.len() > 3 {
            return None;
        }
    }
    Some((tokens, mark))
}

/// Words around a date that say nothing new: the day of the week in front, `2nd`, `of`.
fn is_filler(token: &str, first: bool) -> bool {
    const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = token.to_ascii_lowercase();
    let weekday =
        first && (word.len() == 3 || word.ends_with("day")) && DAYS.iter().any(|day| word.starts_with(day));
    weekday || matches!(word.as_str(), "st" | "nd" | "rd" | "th" | "of")
}

/// A date of three numbers whose year is the last.
fn numeric(first: &str, second: &str, year: &str, mark: char) -> Option<Day> {
    let day_month = date(year, second, first);
    let month_day = date(year, first, second);
    Some(match (day_month, month_day) {
        (Some(date), _) if mark == '.' => Day::One(date, None),
        (Some(date), Some(same)) if date == same => Day::One(date, None),
        (Some(day_month), Some(month_day)) => Day::Either { day_month, month_day },
        (Some(date), None) => Day::One(date, Some(DateOrder::DayMonth)),
        (None, Some(date)) if mark != '.' => Day::One(date, Some(DateOrder::MonthDay)),
        _ => return None,
    })
}

fn named(day: &str, month: &str, year: &str) -> Option<Date> {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = month.to_ascii_lowercase();
    let word = if word == "sept" { "sep" } else { word.as_str() };
    let at = MONTHS
        .iter()
        .position(|name| *name == word || (word.len() == 3 && name.starts_with(word)))?;
    date(year, &(at + 1).to_string(), day)
}

/// A date of a year of four digits or two (1970 to 2069), a month and a day.
pub(super) fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    let number: i16 = year.parse().ok()?;
    let year = match year.len() {
        4 if number >= 1000 => number,
        2 if number < 70 => 2000 + number,
        2 => 1900 + number,
        _ => return None,
    };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
