//! Numbers as people and spreadsheets write them: separators, currencies, percent signs, ranges.

pub(super) use super::digits::Written;
use super::digits::{digits, plain};
use crate::model::Decimal;

/// The decimal mark that the numbers of a column show; none where none does or where they disagree.
pub(super) fn settled(numbers: impl Iterator<Item = Written>) -> Option<Decimal> {
    let (mut point, mut comma) = (false, false);
    for number in numbers {
        match number {
            Written::One(_, Some(Decimal::Point)) => point = true,
            Written::One(_, Some(Decimal::Comma)) => comma = true,
            _ => {}
        }
    }
    match (point, comma) {
        (true, false) => Some(Decimal::Point),
        (false, true) => Some(Decimal::Comma),
        _ => None,
    }
}

/// Reads a number, or the lower end of a range: `51-100`, `1M-5M`, `10k+`, `<50` (0), `50 employees`.
pub(super) fn read(text: &str) -> Option<Written> {
    let text = text.trim();
    if let Some(number) = plain(text) {
        return Some(number);
    }
    let lower = text.to_lowercase();
    for below in ["<", "less than ", "under ", "up to ", "below "] {
        if let Some(rest) = lower.strip_prefix(below) {
            return single(rest.trim_start_matches('=')).map(|_| Written::One(0.0, None));
        }
    }
    for above in [">=", "≥", ">", "more than ", "over ", "at least "] {
        if let Some(rest) = lower.strip_prefix(above) {
            return single(rest);
        }
    }
    single(&lower).or_else(|| lower_end(&lower))
}

/// Reads a number that nothing but a number looks like, for columns whose type is not known: no range, no
/// unit, no blank, no leading zero or plus, and few enough digits to be exact.
pub(super) fn read_plain(text: &str) -> Option<Written> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let coded = unsigned.starts_with('0') && unsigned[1..].starts_with(|next: char| next.is_ascii_digit());
    let many = unsigned.bytes().filter(u8::is_ascii_digit).count() > 15;
    if coded || many || text.starts_with(['+', '(']) || text.contains(char::is_whitespace) {
        return None;
    }
    let (body, _) = scale(text);
    if body.len() != text.len() {
        return None;
    }
    single(text)
}

/// The lower end of `a-b`; where only `b` names its thousands or millions, they are meant for both.
fn lower_end(text: &str) -> Option<Written> {
    let (from, to) = [" to ", "..", "–", "—", "-"].iter().find_map(|mark| {
        let (from, to) = text.split_once(mark)?;
        (!from.trim().is_empty()).then_some((from.trim(), to.trim()))
    })?;
    let upper = single(to)?;
    let lower = single(from)?;
    let (_, own) = scale(bare(from));
    let (_, both) = scale(bare(to));
    if own.is_none()
        && let Some(factor) = both
        && lower.value(Decimal::Point) * factor <= upper.value(Decimal::Point)
    {
        return lower.map(|value| value * factor);
    }
    Some(lower)
}

/// Reads one number in lower case with what may stand around it.
fn single(text: &str) -> Option<Written> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return magnitude(inner)?.map(|value| 0.0 - value);
    }
    let (text, negative) = sign(text);
    let (rest, inner) = sign(currency(text).trim());
    let number = magnitude(rest)?;
    if negative && inner {
        None
    } else if negative || inner {
        number.map(|value| 0.0 - value)
    } else {
        Some(number)
    }
}

fn sign(text: &str) -> (&str, bool) {
    let minus = text.strip_prefix('-').or_else(|| text.strip_prefix('−'));
    match (minus, text.strip_prefix('+')) {
        (Some(rest), _) => (rest.trim_start(), true),
        (None, Some(rest)) => (rest.trim_start(), false),
        (None, None) => (text, false),
    }
}

fn magnitude(text: &str) -> Option<Written> {
    let (body, factor) = scale(bare(text));
    let number = digits(body)?;
    number.map(|value| value * factor.unwrap_or(1.0))
}

/// Takes off currency, percent sign, `+` and units of things counted.
fn bare(text: &str) -> &str {
    let mut text = currency(text.trim());
    for unit in ["employees", "people", "years", "year", "yrs", "km"] {
        text = text.strip_suffix(unit).map_or(text, str::trim_end);
    }
    for mark in ['+', '%'] {
        text = text.strip_suffix(mark).map_or(text, str::trim_end);
    }
    text
}

fn currency(text: &str) -> &str {
    const SIGNS: &[&str] = &[
        "us$", "ca$", "au$", "r$", "a$", "c$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "zł", "kr.", "kr",
        "usd", "eur", "gbp", "chf", "jpy", "inr", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "brl",
        "mxn", "zar", "sgd", "cny", "rs.", "fr.",
    ];
    for sign in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return rest.trim();
        }
    }
    text
}

/// Splits thousands, millions and billions off the end of a number.
fn scale(text: &str) -> (&str, Option<f64>) {
    const SCALES: &[(&str, f64)] = &[
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("mio.", 1e6),
        ("mio", 1e6),
        ("mrd", 1e9),
        ("mn", 1e6),
        ("mm", 1e6),
        ("bn", 1e9),
        ("k", 1e3),
        ("m", 1e6),
        ("b", 1e9),
        ("K", 1e3),
        ("M", 1e6),
        ("B", 1e9),
    ];
    for (word, factor) in SCALES {
        if let Some(rest) = text.strip_suffix(word) {
            let rest = rest.trim_end();
            if rest.ends_with(|last: char| last.is_ascii_digit()) {
                return (rest, Some(*factor));
            }
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<f64>) {
        let found = read(text).map(|number| number.value(Decimal::Point));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn separators_and_signs_are_understood() {
        check("1,234.5", Some(1234.5));
        check("1.234,5", Some(1234.5));
        check("1 234", Some(1234.0));
        check("1'234'567.25", Some(1_234_567.25));
        check("12,34,567", Some(1_234_567.0));
        check("-5", Some(-5.0));
        check("−5", Some(-5.0));
        check("(1,200.00)", Some(-1200.0));
        check("10.0", Some(10.0));
        check("3.5E8", Some(3.5e8));
        check(".5", Some(0.5));
    }

    #[test]
    fn currencies_and_percent_signs_are_taken_off() {
        check("$1,200", Some(1200.0));
        check("-$5", Some(-5.0));
        check("1.200,50 €", Some(1200.5));
        check("USD 20", Some(20.0));
        check("85%", Some(85.0));
    }

    #[test]
    fn ranges_take_the_lower_end() {
        check("51-100", Some(51.0));
        check("1M-5M", Some(1e6));
        check("1-5M", Some(1e6));
        check("$1M – $5M", Some(1e6));
        check("10k+", Some(10_000.0));
        check("1,001 to 5,000 employees", Some(1001.0));
        check("<50", Some(0.0));
        check("> 1000", Some(1000.0));
    }

    #[test]
    fn what_is_no_number_is_not_guessed() {
        for text in [
            "",
            "abc",
            "1.2.3",
            "12 34",
            "1e999",
            "--5",
            "5 apples",
            "2026-06-01x",
            "NaN",
            "inf",
            "1,,2",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn three_digits_after_a_lone_separator_can_be_read_both_ways() {
        let number = read("1.234").expect("a number");
        let (point, comma) = (1.234, 1234.0);
        assert_eq!(number, Written::Either { point, comma });
        assert_eq!(read("0.234"), Some(Written::One(0.234, Some(Decimal::Point))));
    }

    #[test]
    fn a_plain_number_is_nothing_that_could_be_a_code() {
        for text in [
            "08014",
            "+49",
            "51-100",
            "10k",
            "1 234",
            "1234567890123456",
            "00",
            "-007",
        ] {
            assert_eq!(read_plain(text), None, "{text}");
        }
        for text in ["0", "0.5", "-3", "1,200.50", "$5"] {
            assert!(read_plain(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_column_settles_the_decimal_mark() {
        let mark = |texts: &[&str]| settled(texts.iter().filter_map(|text| read(text)));
        assert_eq!(mark(&["1.234", "2,5"]), Some(Decimal::Comma));
        assert_eq!(mark(&["1,234", "2.5"]), Some(Decimal::Point));
        assert_eq!(mark(&["1,234", "2"]), None);
        assert_eq!(mark(&["1,5", "2.5"]), None);
    }

    proptest! {
        #[test]
        fn a_written_number_is_read_back(value in -1e12f64..1e12) {
            let text = value.to_string();
            prop_assert_eq!(read(&text).map(|number| number.value(Decimal::Point)), Some(value));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let _ = (read(&text), read_plain(&text));
        }

        #[test]
        fn digits_and_marks_are_read_without_panic(text in "[-+0-9.,' kKmM%$€()<>e]{0,12}") {
            let _ = (read(&text), read_plain(&text));
        }
    }
}
