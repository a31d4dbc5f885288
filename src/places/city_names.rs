//! Names of cities in one spelling.

use super::spelling::ascii;

/// Words that are often cut short, with what they are short for; not as the last word of a name.
const SHORT: &[(&str, &str)] = &[
    ("st", "saint"),
    ("ste", "sainte"),
    ("sankt", "saint"),
    ("ft", "fort"),
    ("mt", "mount"),
    ("pt", "point"),
    ("n", "north"),
    ("s", "south"),
    ("e", "east"),
    ("w", "west"),
];

/// Words that are often cut short at the end of a name.
const SHORT_AT_THE_END: &[(&str, &str)] = &[
    ("bch", "beach"),
    ("hts", "heights"),
    ("jct", "junction"),
    ("spgs", "springs"),
    ("twp", "township"),
];

/// The key of a city's name: ASCII, lower case, letters and digits only, `St` and the like written out.
pub fn city_key(text: &str) -> String {
    let text = ascii(text);
    let mut key = String::with_capacity(text.len() + 4);
    let mut word = String::new();
    let mut rest = text.chars().peekable();
    while rest.peek().is_some() {
        word.clear();
        for letter in rest.by_ref() {
            match letter {
                'a'..='z' | '0'..='9' => word.push(letter),
                'A'..='Z' => word.push(letter.to_ascii_lowercase()),
                '\'' | '`' => {}
                '&' if word.is_empty() => word.push_str("and"),
                _ => break,
            }
        }
        while rest
            .peek()
            .is_some_and(|letter| !letter.is_ascii_alphanumeric() && *letter != '&')
        {
            rest.next();
        }
        let table = if rest.peek().is_some() {
            SHORT
        } else {
            SHORT_AT_THE_END
        };
        let long = table.iter().find(|(short, _)| *short == word);
        key.push_str(long.map_or(&word, |(_, long)| long));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(city_key(text), expected, "{text}");
    }

    #[test]
    fn one_key_stands_for_every_way_to_write_a_name() {
        for text in ["St. Louis", "Saint Louis", "ST  LOUIS", "St-Louis", " st louis "] {
            check(text, "saintlouis");
        }
        check("Ft. Worth", "fortworth");
        check("Winston-Salem", "winstonsalem");
        check("O'Fallon", "ofallon");
        check("Köln", "koln");
        check("N. Hollywood", "northhollywood");
        check("Palm Bch", "palmbeach");
        check("Pt. Pleasant", "pointpleasant");
        check("", "");
        check("'", "");
    }
}
