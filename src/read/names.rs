//! Headers as names: keys for matching, snake case for rules.

use crate::places::{ascii, key};

/// The key of a header for matching, without the suffix of Salesforce's custom fields.
pub(super) fn matching_key(header: &str) -> String {
    let header = header.trim();
    let lower = header.to_ascii_lowercase();
    let bare = ["__c", "__s"].iter().find(|suffix| lower.ends_with(**suffix));
    key(bare.map_or(header, |suffix| &header[..header.len() - suffix.len()]))
}

/// The name of a column in rules: `IsConverted` is `is_converted`, `Hot?` is `hot`, `2nd` is `_2nd`.
///
/// A header without any letter or digit has no name: its column is called by its place, `column_3`.
pub(super) fn snake_case(header: &str, column: usize) -> String {
    let text = ascii(header);
    let letters: Vec<char> = text.chars().collect();
    let mut name = String::with_capacity(letters.len() + 4);
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
            continue;
        }
        if letter.is_ascii_uppercase() && at > 0 && starts_word(&letters, at) && !name.ends_with('_') {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    let name = name.trim_matches('_');
    match name.chars().next() {
        None => format!("column_{}", column + 1),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name.to_owned(),
    }
}

/// Tells whether a capital starts a word: after a small letter or digit, or before a small letter
/// at the end of other capitals.
fn starts_word(letters: &[char], at: usize) -> bool {
    let before = letters[at - 1];
    let after = letters.get(at + 1);
    before.is_ascii_lowercase()
        || (before.is_ascii_digit() && after.is_some_and(char::is_ascii_lowercase))
        || (before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase))
}

/// A name as written, or made of first and last name.
pub(super) fn full_name(whole: &str, first: &str, last: &str) -> String {
    if !whole.is_empty() {
        return whole.to_owned();
    }
    let both = [first, last];
    let parts: Vec<&str> = both.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &str, expected: &str) {
        assert_eq!(snake_case(header, 2), expected, "{header}");
    }

    #[test]
    fn headers_become_snake_case() {
        check("IsConverted", "is_converted");
        check("Fit__c", "fit_c");
        check("Hot?", "hot");
        check("Zip/Postal Code", "zip_postal_code");
        check("ANNUALREVENUE", "annualrevenue");
        check("LeadID", "lead_id");
        check("HTTPServer", "http_server");
        check("Größe (m²)", "grosse_m2");
        check("2nd phone", "_2nd_phone");
    }

    #[test]
    fn a_header_without_letters_is_called_by_its_place() {
        check("", "column_3");
        check("???", "column_3");
    }

    #[test]
    fn matching_does_not_see_case_punctuation_or_custom_suffixes() {
        assert_eq!(matching_key("Zip/Postal Code"), "zippostalcode");
        assert_eq!(matching_key("Skills__c"), "skills");
        assert_eq!(matching_key(" FirstName "), matching_key("first_name"));
    }
}
