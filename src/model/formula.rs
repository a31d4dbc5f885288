//! Text that a spreadsheet would run as a formula: written harmless in CSV, and undone when it is read back.

use std::borrow::Cow;

/// Tells whether a spreadsheet that opens a CSV file may run a cell of this text.
///
/// That is text whose first character, after leading blanks, is `=`, `+`, `-` or `@` or the full-width form
/// of one, and text that begins with a tab or a line break. Plain numbers and phone numbers are not.
pub fn is_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let text = text.trim_start_matches(is_blank);
    match text.chars().next() {
        Some('=' | '@' | '＝' | '＋' | '－' | '＠') => true,
        Some('+' | '-') => !is_number_or_phone(text),
        _ => false,
    }
}

/// The text as it stands in a CSV file: with an apostrophe before it if a spreadsheet would run it.
///
/// Text that looks as if it had been through this already gets one more, so that [`restore`] is exact.
pub fn disarm(text: &str) -> Cow<'_, str> {
    // Nearly every cell begins so, and files have millions.
    if text
        .bytes()
        .next()
        .is_none_or(|first| first.is_ascii_alphanumeric())
    {
        return Cow::Borrowed(text);
    }
    if is_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`disarm`] was given.
pub fn restore(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Tells whether a text is a plain number, with separators, percent or currency, or a phone number with an
/// optional extension: nothing in it can name a cell or a function.
fn is_number_or_phone(text: &str) -> bool {
    let text = text.trim_end_matches(is_blank);
    let plain = |c: char| c.is_ascii_digit() || is_blank(c) || "()+-./,%$€£¥".contains(c);
    text.parse::<f64>().is_ok_and(f64::is_finite) || without_extension(text).chars().all(plain)
}

/// Cuts `x12`, `ext 12` or `ext. 12` off the end of a phone number.
fn without_extension(text: &str) -> &str {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if rest.len() == text.len() {
        return text;
    }
    let rest = rest.trim_end_matches([' ', '.']);
    let word = rest.len() - rest.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (number, word) = rest.split_at(rest.len() - word);
    if ["x", "ext"].iter().any(|known| word.eq_ignore_ascii_case(known)) {
        number
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(runs: bool, texts: &[&str]) {
        for text in texts {
            assert_eq!(is_formula(text), runs, "{text:?}");
        }
    }

    #[test]
    fn what_a_spreadsheet_runs_is_known() {
        check(
            true,
            &[
                "=1+1",
                "+A1",
                "-cmd|' /C calc'!A0",
                "@SUM(A1)",
                "\t=1",
                "\r1",
                "  =1",
                "\u{a0}@x",
                "＝1",
                "＋1",
                "－1",
                "＠x",
                "-2*3",
                "+1 A1",
                "-inf",
                "=",
            ],
        );
    }

    #[test]
    fn numbers_and_phones_and_plain_text_are_left_alone() {
        check(
            false,
            &[
                "",
                "Anna",
                "-3.2",
                "+1",
                "-1.5e-3",
                "-1,234.50",
                "-5%",
                "-$5.00",
                "+49 (30) 1234-56",
                "+1 555.010.0199 ext. 12",
                "+1 555 010 x7",
                "-",
                "a=b",
                "'quoted'",
            ],
        );
    }

    #[test]
    fn an_apostrophe_of_the_users_own_survives() {
        assert_eq!(disarm("'=1"), "''=1");
        assert_eq!(restore("''=1"), "'=1");
        assert_eq!(disarm("'tis"), "'tis");
        assert_eq!(restore("'tis"), "'tis");
    }

    proptest! {
        #[test]
        fn reading_back_is_exact(text in "['=+\\-@＝ \t\rA1.x]{0,8}") {
            let written = disarm(&text);
            prop_assert!(!is_formula(&written));
            prop_assert_eq!(restore(&written), text.as_str());
        }
    }
}
