//! Yes and no, in words, letters and digits.

const YES: &[&str] = &[
    "true",
    "yes",
    "y",
    "t",
    "1",
    "1.0",
    "x",
    "on",
    "active",
    "enabled",
    "available",
    "checked",
    "✓",
    "✔",
    "ja",
    "oui",
    "si",
    "sí",
    "wahr",
    "vrai",
];
const NO: &[&str] = &[
    "false",
    "no",
    "n",
    "f",
    "0",
    "0.0",
    "off",
    "inactive",
    "disabled",
    "unavailable",
    "unchecked",
    "nein",
    "non",
    "falsch",
    "faux",
];
/// States of a user's account that mean that nobody works there.
const GONE: &[&str] = &[
    "archived",
    "deactivated",
    "deleted",
    "suspended",
    "terminated",
    "left",
    "on leave",
    "locked",
    "blocked",
    "closed",
];

/// Reads yes or no.
pub(super) fn read(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(YES) {
        Some(true)
    } else if is(NO) {
        Some(false)
    } else {
        None
    }
}

/// Reads yes or no where the column's type is not known: words only, so that 0 and 1 stay numbers.
pub(super) fn read_plain(text: &str) -> Option<bool> {
    matches!(
        text.to_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "y" | "n" | "t" | "f"
    )
    .then(|| read(text))
    .flatten()
}

/// Reads whether somebody is active: yes or no, or the state of an account.
pub(super) fn read_active(text: &str) -> Option<bool> {
    let word = text.trim().to_lowercase();
    read(text).or_else(|| GONE.contains(&word.as_str()).then_some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_letters_and_digits_are_understood() {
        for text in ["TRUE", "Yes", "y", "1", "Active", "x"] {
            assert_eq!(read(text), Some(true), "{text}");
        }
        for text in ["false", "No", "N", "0", "inactive"] {
            assert_eq!(read(text), Some(false), "{text}");
        }
        assert_eq!(read("maybe"), None);
    }

    #[test]
    fn an_account_that_is_closed_is_not_active() {
        assert_eq!(read_active("Suspended"), Some(false));
        assert_eq!(read("Suspended"), None);
    }

    #[test]
    fn zero_and_one_alone_are_no_booleans() {
        assert_eq!(read_plain("1"), None);
        assert_eq!(read_plain("Y"), Some(true));
    }
}
