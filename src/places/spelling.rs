//! One spelling for many: ASCII without accents, and keys for look-ups.

use std::borrow::Cow;

/// Writes a text in ASCII: accents folded, other scripts transliterated.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(deunicode::deunicode(text))
    }
}

/// The key of a name: ASCII, lower case, `&` as `and`, everything but letters and digits taken out.
pub fn key(text: &str) -> String {
    let text = ascii(text);
    let mut key = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            key.push(letter.to_ascii_lowercase());
        } else if letter == '&' {
            key.push_str("and");
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(key(text), expected);
    }

    #[test]
    fn a_key_has_no_accents_blanks_or_punctuation() {
        check("Côte d’Ivoire", "cotedivoire");
        check(" N.Y. ", "ny");
        check("Trinidad & Tobago", "trinidadandtobago");
        check("Baden-Württemberg", "badenwurttemberg");
        check("", "");
    }
}
