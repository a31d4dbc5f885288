//! Distinct texts of a column to typed values.

use super::coding::number;
use super::{booleans, dates, lists, numbers};
use crate::mistake::Kind as MistakeKind;
use crate::model::{DateOrder, Decimal, Kind, Value};
use jiff::tz::TimeZone;

/// How the texts of a column are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As a type that is known.
    Fixed(Kind),
    /// As degrees from -90 to 90.
    Latitude,
    /// As degrees from -180 to 180.
    Longitude,
    /// As a text, or a list where some text holds `;` or `|`.
    TextOrList,
    /// As whatever every text is.
    Found,
}

/// What settles texts that could be read in two ways.
#[derive(Clone, Copy, Debug)]
pub(super) struct Customs<'a> {
    /// The decimal mark where a column does not show one.
    pub decimal: Option<Decimal>,
    /// The order of day and month where a column does not show it.
    pub date_order: Option<DateOrder>,
    /// The zone of dates without offset.
    pub zone: &'a TimeZone,
}

/// Why a text does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// What sort of mistake it is.
    pub kind: MistakeKind,
    /// What is wrong with the text, as a phrase.
    pub found: String,
    /// What should be there.
    pub expected: &'static str,
}

/// Texts as values.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parsed {
    /// The type.
    pub kind: Kind,
    /// A value or a misfit for every text.
    pub values: Vec<Result<Value, Misfit>>,
    /// Whether no two texts have the same value.
    pub distinct: bool,
    /// The first text whose day and month cannot be told apart.
    pub ambiguous_date: Option<usize>,
    /// The first text whose only separator could be one of thousands or of decimals.
    pub doubtful_number: Option<usize>,
}

impl Parsed {
    /// Values of which none is in doubt.
    pub fn certain(kind: Kind, values: Vec<Result<Value, Misfit>>) -> Self {
        Self {
            kind,
            values,
            distinct: false,
            ambiguous_date: None,
            doubtful_number: None,
        }
    }
}

/// Reads distinct texts, of which the first is the empty one, [`Value::Empty`].
pub(super) fn parse(texts: &[&str], how: How, customs: Customs<'_>) -> Parsed {
    match how {
        How::Fixed(Kind::List) => as_lists(texts, true),
        How::Fixed(Kind::Boolean) => as_booleans(texts),
        How::Fixed(Kind::Number) => as_numbers(texts, customs, numbers::read),
        How::Fixed(Kind::Date) => as_dates(texts, customs, dates::read),
        How::Latitude => as_degrees(texts, 90.0),
        How::Longitude => as_degrees(texts, 180.0),
        How::TextOrList if texts.iter().any(|text| lists::is_separated(text)) => as_lists(texts, false),
        How::Fixed(Kind::Text) | How::TextOrList => as_text(texts),
        How::Found => as_found(texts, customs),
    }
}

/// Reads texts as a boolean, number or date if every filled one is one, else as lists or text.
fn as_found(texts: &[&str], customs: Customs<'_>) -> Parsed {
    let all = |fits: &dyn Fn(&str) -> bool| {
        let mut filled = texts.iter().filter(|text| !text.is_empty()).peekable();
        filled.peek().is_some() && filled.all(|text| fits(text))
    };
    if all(&|text| booleans::read_plain(text).is_some()) {
        as_booleans(texts)
    } else if all(&|text| numbers::read_plain(text).is_some()) {
        as_numbers(texts, customs, numbers::read_plain)
    } else if all(&|text| dates::read_plain(text).is_some()) {
        as_dates(texts, customs, dates::read_plain)
    } else {
        parse(texts, How::TextOrList, customs)
    }
}

fn each(texts: &[&str], read: impl Fn(&str) -> Result<Value, Misfit>) -> Vec<Result<Value, Misfit>> {
    let value = |text: &&str| {
        if text.is_empty() {
            Ok(Value::Empty)
        } else {
            read(text)
        }
    };
    texts.iter().map(value).collect()
}

fn as_text(texts: &[&str]) -> Parsed {
    let values = each(texts, |text| Ok(Value::Text(text.to_owned())));
    Parsed {
        distinct: true,
        ..Parsed::certain(Kind::Text, values)
    }
}

fn as_lists(texts: &[&str], commas: bool) -> Parsed {
    let list = |text: &str| Ok(list_value(lists::items(text, commas)));
    Parsed::certain(Kind::List, each(texts, list))
}

/// A list as a value; one without items is empty.
pub(super) fn list_value(items: Vec<String>) -> Value {
    if items.is_empty() {
        Value::Empty
    } else {
        Value::List(items)
    }
}

fn as_booleans(texts: &[&str]) -> Parsed {
    let boolean = |text: &str| {
        booleans::read(text).map(Value::Boolean).ok_or_else(|| Misfit {
            kind: MistakeKind::BadBoolean,
            found: format!("`{text}` is neither yes nor no"),
            expected: "yes or no",
        })
    };
    Parsed::certain(Kind::Boolean, each(texts, boolean))
}

fn not_a_number(text: &str) -> Misfit {
    Misfit {
        kind: MistakeKind::BadNumber,
        found: format!("`{text}` is not a number"),
        expected: "a number",
    }
}

fn number_value(number: f64) -> Value {
    Value::Number(number + 0.0)
}

fn as_numbers(texts: &[&str], customs: Customs<'_>, read: fn(&str) -> Option<numbers::Written>) -> Parsed {
    let written: Vec<Option<numbers::Written>> = texts.iter().map(|text| read(text)).collect();
    let settled = numbers::settled(written.iter().flatten().copied());
    let decimal = customs.decimal.or(settled).unwrap_or(Decimal::Point);
    let values = texts.iter().zip(&written).map(|(text, number)| match number {
        _ if text.is_empty() => Ok(Value::Empty),
        Some(number) => Ok(number_value(number.value(decimal))),
        None => Err(not_a_number(text)),
    });
    let either = |number: &Option<_>| matches!(number, Some(numbers::Written::Either { .. }));
    let doubtful = customs.decimal.is_none() && settled.is_none();
    Parsed {
        doubtful_number: written.iter().position(either).filter(|_| doubtful),
        ..Parsed::certain(Kind::Number, values.collect())
    }
}

fn as_degrees(texts: &[&str], most: f64) -> Parsed {
    let value = |text: &str| degrees(text, most).map(Value::Number);
    Parsed::certain(Kind::Number, each(texts, value))
}

/// Reads degrees from `-most` to `most`, in which a lone separator is always the decimal mark.
pub(super) fn degrees(text: &str, most: f64) -> Result<f64, Misfit> {
    let number = numbers::read(text).ok_or_else(|| not_a_number(text))?;
    let (point, comma) = (number.value(Decimal::Point), number.value(Decimal::Comma));
    let value = if comma.abs() < point.abs() { comma } else { point };
    if value.abs() <= most {
        return Ok(value + 0.0);
    }
    Err(Misfit {
        kind: MistakeKind::OutOfRange,
        found: format!("`{text}` is not on Earth"),
        expected: if most < 100.0 {
            "degrees from -90 to 90"
        } else {
            "degrees from -180 to 180"
        },
    })
}

fn as_dates(texts: &[&str], customs: Customs<'_>, read: fn(&str) -> Option<dates::Written>) -> Parsed {
    let written: Vec<Option<dates::Written>> = texts.iter().map(|text| read(text)).collect();
    let settled = dates::settled(written.iter().flatten().copied(), customs.date_order);
    let (order, unsettled) = match settled {
        dates::Order::Settled(order) => (order, false),
        dates::Order::Unsettled => (DateOrder::DayMonth, true),
    };
    let values = texts.iter().zip(&written).map(|(text, date)| {
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        let moment = date.and_then(|date| date.moment(order, customs.zone));
        moment.map(Value::Date).ok_or_else(|| Misfit {
            kind: MistakeKind::BadDate,
            found: format!("`{text}` is not a date"),
            expected: "a date such as 2026-06-01",
        })
    });
    let values = values.collect();
    let first = written
        .iter()
        .position(|date| date.is_some_and(dates::Written::is_numeric));
    Parsed {
        ambiguous_date: first.filter(|_| unsettled),
        ..Parsed::certain(Kind::Date, values)
    }
}

/// Distinct values with a code for each text; the first value is empty, and so is that of a misfit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Values {
    /// For each text the code of its value.
    pub of_text: Vec<u32>,
    /// What each code stands for.
    pub values: Vec<Value>,
}

/// Gives equal values one code, in order of the texts, of which the first is the empty one.
pub(super) fn code_values(parsed: Vec<Result<Value, Misfit>>) -> Values {
    let keys = std::iter::once(Key::Empty).chain(parsed.iter().map(Key::of));
    let of_text = number(keys).split_off(1);
    let mut values = vec![Value::Empty];
    for (value, &code) in parsed.into_iter().zip(&of_text) {
        if code as usize == values.len() {
            values.push(value.unwrap_or_default());
        }
    }
    Values { of_text, values }
}

/// What makes two values one.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Empty,
    Number(u64),
    Text(&'a str),
    Boolean(bool),
    Date(i64),
    List(&'a [String]),
}

impl<'a> Key<'a> {
    fn of(value: &'a Result<Value, Misfit>) -> Self {
        value.as_ref().map_or(Self::Empty, Self::from)
    }
}

impl<'a> From<&'a Value> for Key<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Empty => Self::Empty,
            Value::Number(number) => Self::Number(number.to_bits()),
            Value::Text(text) => Self::Text(text),
            Value::Boolean(boolean) => Self::Boolean(*boolean),
            Value::Date(moment) => Self::Date(moment.0),
            Value::List(items) => Self::List(items),
        }
    }
}

#[cfg(test)]
#[path = "typed_tests.rs"]
mod tests;
