//! Postal codes: one spelling of each, and which countries a spelling can belong to.

use crate::model::Country;

/// Countries whose postal codes are a fixed number of digits that may start with zeros, which
/// spreadsheets lose.
const DIGITS: &[(&[u8; 2], usize)] = &[
    (b"AU", 4),
    (b"DE", 5),
    (b"ES", 5),
    (b"FR", 5),
    (b"IT", 5),
    (b"MX", 5),
    (b"US", 5),
];

/// The one spelling of a postal code by which territories compare: upper case, letters and digits only;
/// in the US five digits; leading zeros restored where the country tells how many digits there are.
pub fn postal_key(country: Option<Country>, text: &str) -> String {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let upper = text.to_uppercase();
    let text = upper.split(" CEDEX").next().unwrap_or_default();
    let of = |code: &[u8; 2]| country == Some(Country(*code));
    let text = if of(b"US") {
        text.split('-').next().unwrap_or_default()
    } else {
        without_prefix(country, text)
    };
    let mut key: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let numeric = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    let digits = DIGITS.iter().find(|(code, _)| of(code));
    if let (true, Some((_, digits))) = (numeric, digits) {
        if of(b"US") && key.len() > 6 {
            let whole = format!("{key:0>9}");
            key = whole;
            key.truncate(5);
        }
        while key.len() < *digits {
            key.insert(0, '0');
        }
    }
    key
}

/// Takes off a country's code before the postal code: `S-958 22`, `B-6000`, `DE-80331`.
fn without_prefix(country: Option<Country>, text: &str) -> &str {
    match text.trim().split_once('-') {
        Some((prefix, rest))
            if prefix.bytes().all(|byte| byte.is_ascii_uppercase())
                && prefix.len() <= 2
                && country.is_none_or(|Country(code)| prefix.bytes().next() == Some(code[0]))
                && rest.starts_with(|first: char| first.is_ascii_digit()) =>
        {
            rest
        }
        _ => text,
    }
}

/// The countries whose postal codes alone look like this; none where many countries' do (five digits).
pub fn countries_of_postal(text: &str) -> &'static [Country] {
    const BRITAIN: &[Country] = &[Country(*b"GB")];
    const CANADA: &[Country] = &[Country(*b"CA")];
    const NETHERLANDS: &[Country] = &[Country(*b"NL")];
    const STATES: &[Country] = &[Country(*b"US")];
    let shape: String = text
        .trim()
        .chars()
        .map(|letter| match letter {
            'A'..='Z' | 'a'..='z' => 'A',
            '0'..='9' => '9',
            other => other,
        })
        .collect();
    match shape.as_str() {
        "A9 9AA" | "A99 9AA" | "AA9 9AA" | "AA99 9AA" | "A9A 9AA" | "AA9A 9AA" => BRITAIN,
        "A9A 9A9" | "A9A9A9" | "A9A-9A9" => CANADA,
        "9999 AA" | "9999AA" => NETHERLANDS,
        "99999-9999" => STATES,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::country;

    fn check(of: &str, text: &str, expected: &str) {
        assert_eq!(postal_key(country(of), text), expected, "{text} in `{of}`");
    }

    #[test]
    fn american_codes_are_five_digits_with_their_zeros() {
        check("US", "08014", "08014");
        check("US", "8014", "08014");
        check("US", "8014.0", "08014");
        check("US", "94105-1234", "94105");
        check("US", "8014-1234", "08014");
        check("US", "941051234", "94105");
        check("US", "80141234", "08014");
    }

    #[test]
    fn other_codes_lose_blanks_case_and_country() {
        check("GB", "sw1a 1aa", "SW1A1AA");
        check("SE", "S-958 22", "95822");
        check("DE", "D-1067", "01067");
        check("", "8014", "8014");
        check("FR", "75008 Cedex 08", "75008");
        check("US", "", "");
    }

    #[test]
    fn only_a_shape_of_its_own_tells_the_country() {
        let found = |text: &str| {
            countries_of_postal(text)
                .iter()
                .map(Country::to_string)
                .collect::<String>()
        };
        assert_eq!(found("SW1A 1AA"), "GB");
        assert_eq!(found("K1A 0B1"), "CA");
        assert_eq!(found("1012 AB"), "NL");
        assert_eq!(found("94105-1234"), "US");
        assert_eq!(found("94105"), "");
    }
}
