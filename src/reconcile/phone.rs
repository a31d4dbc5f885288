//! Phone numbers: E.164 by the row's country, several in a cell, without their extensions. The one door to
//! `phonenumber`.

use crate::model::Country;

/// A number as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Phone {
    /// The digits of E.164 as a number; those that were written where no country is known.
    pub digits: u64,
    /// Whether the country is known.
    pub international: bool,
}

impl Phone {
    /// Its last digits, by which known records are looked at first.
    pub fn ending(self) -> u32 {
        ending(self.digits)
    }
}

/// So many last digits are looked at before a number is parsed.
const ENDING: u64 = 10_000_000;
/// Numbers have so many digits at least and at most.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=17;
/// Digits that somebody typed to fill the field.
const FILLERS: &[&str] = &[
    "1234567890",
    "0123456789",
    "123456789",
    "1234567",
    "12345678",
    "123456",
];

fn ending(digits: u64) -> u32 {
    u32::try_from(digits % ENDING).unwrap_or(0)
}

/// The numbers in a cell.
pub(super) fn phones(cell: &str, country: Option<Country>) -> impl Iterator<Item = Phone> {
    written(cell).filter_map(move |number| parsed(&number, country))
}

/// The numbers in a cell whose last digits somebody has. Parsing is slow, a thousand times slower than this.
pub(super) fn phones_ending(
    cell: &str,
    country: Option<Country>,
    has: impl Fn(u32) -> bool,
) -> impl Iterator<Item = Phone> {
    let known = written(cell)
        .filter(move |number| number.digits.parse().is_ok_and(|digits: u64| has(ending(digits))));
    known.filter_map(move |number| parsed(&number, country))
}

/// A number as it stands in a cell.
struct Written {
    /// Its digits alone.
    digits: String,
    /// Whether it begins with `+`, or `00` and then a country's code.
    plus: bool,
}

fn written(cell: &str) -> impl Iterator<Item = Written> {
    let parts = cell.split([',', ';', '|', '\n', '\r']);
    parts.flat_map(alternatives).filter_map(one)
}

/// Both of `… or …` and `… / …`; a slash that only follows an area code parts nothing.
fn alternatives(part: &str) -> impl Iterator<Item = &str> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let between = ["/", " or ", " oder ", " ou "];
    let halves = between.into_iter().find_map(|word| {
        part.split_once(word)
            .filter(|(left, right)| digits(left) >= 7 && digits(right) >= 7)
    });
    let (left, right) = halves.map_or((part, None), |(left, right)| (left, Some(right)));
    std::iter::once(left).chain(right)
}

fn one(text: &str) -> Option<Written> {
    let text = without_extension(text.trim());
    let text = text.strip_suffix(".0").unwrap_or(text);
    if is_damaged(text) {
        return None;
    }
    // `+44 (0)20 …`: the zero in brackets is dialled at home only.
    let text = text.replace("(0)", "");
    let mut digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let first = text
        .chars()
        .find(|letter| *letter == '+' || letter.is_ascii_digit());
    let mut plus = first == Some('+');
    if let Some(rest) = digits.strip_prefix("00").filter(|rest| !plus && rest.len() >= 9) {
        digits = rest.to_owned();
        plus = true;
    }
    let same = digits
        .bytes()
        .skip(1)
        .all(|byte| Some(byte) == digits.bytes().next());
    if !LENGTHS.contains(&digits.len()) || same || FILLERS.contains(&digits.as_str()) {
        return None;
    }
    Some(Written { digits, plus })
}

/// Cuts off `ext. 12`, `x12`, `#12` and the like.
fn without_extension(text: &str) -> &str {
    let cut = text.char_indices().find(|(at, letter)| {
        let before = text[..*at].bytes().filter(u8::is_ascii_digit).count();
        before >= 6 && (letter.is_alphabetic() || *letter == '#')
    });
    // `4.15556E+09` is no number with an extension; it is told by what stays.
    match cut {
        Some((_, 'E' | 'e')) if is_damaged(text) => text,
        Some((at, _)) => &text[..at],
        None => text,
    }
}

/// Tells whether a spreadsheet made a rounded number of it: `4.15556E+09`.
fn is_damaged(text: &str) -> bool {
    let rest = text.split_once(['E', 'e']);
    rest.is_some_and(|(front, back)| {
        let is_number = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
        };
        is_number(front.trim()) && back.starts_with(['+', '-']) && is_number(&back[1..])
    })
}

fn parsed(number: &Written, country: Option<Country>) -> Option<Phone> {
    let plain = || number.digits.parse().ok();
    if !number.plus && country.is_none() {
        return Some(Phone {
            digits: plain()?,
            international: false,
        });
    }
    if let Some(digits) = north_american(number, country) {
        return Some(Phone {
            digits,
            international: true,
        });
    }
    let text = if number.plus {
        format!("+{}", number.digits)
    } else {
        number.digits.clone()
    };
    let home = country.and_then(|country| country.to_string().parse().ok());
    let Ok(known) = phonenumber::parse(home, &text) else {
        // A number that the tables of countries do not know is still equal to itself.
        return Some(Phone {
            digits: plain()?,
            international: number.plus,
        });
    };
    let national = known.national().to_string();
    let digits = format!("{}{national}", known.code().value()).parse().ok()?;
    Some(Phone {
        digits,
        international: true,
    })
}

/// A number of the United States or Canada, which needs no tables: ten digits, before them perhaps a 1.
fn north_american(number: &Written, country: Option<Country>) -> Option<u64> {
    let is_there = [*b"US", *b"CA"]
        .into_iter()
        .any(|code| country == Some(Country(code)));
    let national = match number.digits.strip_prefix('1') {
        Some(rest) if number.plus || is_there => rest,
        None if is_there && !number.plus => number.digits.as_str(),
        _ => return None,
    };
    let is_whole = national.len() == 10 && national.starts_with(|first: char| first >= '2');
    if is_whole {
        format!("1{national}").parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::country;

    fn check(of: &str, cell: &str, expected: &[u64]) {
        let found: Vec<u64> = phones(cell, country(of)).map(|phone| phone.digits).collect();
        assert_eq!(found, expected, "{cell} in `{of}`");
    }

    #[test]
    fn one_number_stands_for_every_way_to_write_it() {
        for cell in [
            "(415) 555-0132",
            "415.555.0132",
            "+1 415 555 0132",
            "1-415-555-0132",
            "4155550132",
            "4155550132.0",
            "001 415 555 0132",
            "415-555-0132 ext. 12",
            "415 555 0132 x12",
            "415-555-0132 #4",
            "tel: 415 555 0132",
        ] {
            check("US", cell, &[14_155_550_132]);
        }
        for cell in [
            "020 7946 0958",
            "+44 (0)20 7946 0958",
            "+44 20 7946 0958",
            "0044 20 79460958",
        ] {
            check("GB", cell, &[442_079_460_958]);
        }
        check("DE", "089/12345678", &[498_912_345_678]);
    }

    #[test]
    fn a_cell_may_hold_several() {
        let both = [14_155_550_132, 14_155_550_199];
        for cell in [
            "415-555-0132, 415-555-0199",
            "415-555-0132; 415-555-0199",
            "415-555-0132 / 415-555-0199",
            "415-555-0132 or 415-555-0199",
        ] {
            check("US", cell, &both);
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for cell in [
            "",
            "4.15556E+09",
            "n/a",
            "12345",
            "0000000000",
            "1234567890",
            "ext. 12",
            "+",
            "é",
        ] {
            check("US", cell, &[]);
        }
    }

    #[test]
    fn without_a_country_digits_are_all_there_is() {
        let found: Vec<Phone> = phones("415-555-0132", None).collect();
        assert_eq!(
            found,
            [Phone {
                digits: 4_155_550_132,
                international: false
            }]
        );
        check("", "+1 415 555 0132", &[14_155_550_132]);
    }

    #[test]
    fn only_numbers_with_a_wanted_ending_are_parsed() {
        let found = |ending| phones_ending("415-555-0132", country("US"), move |of| of == ending).count();
        assert_eq!((found(5_550_132), found(5_550_133)), (1, 0));
    }
}
