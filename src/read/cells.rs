//! What a cell holds once the blanks and the damage around it are taken off, and when it is empty.

/// Texts that mean that nothing is there, in lower case.
const NOTHING: &[&str] = &[
    "null", "n/a", "(null)", "(blank)", "-", "--", "–", "—", "#n/a", "#null!", "#ref!", "#value!", "#name?",
    "#num!", "#div/0!",
];

/// Which texts count as an empty cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Emptiness {
    added: Vec<String>,
}

impl Emptiness {
    /// The usual texts and those of `[read] empty`.
    pub fn new(added: &[String]) -> Self {
        Self {
            added: added.iter().map(|text| clean(text).to_lowercase()).collect(),
        }
    }

    /// The content of a cell; an empty text where the cell counts as empty.
    pub fn content<'a>(&self, raw: &'a str) -> &'a str {
        let text = clean(raw);
        if self.is_nothing(text) { "" } else { text }
    }

    fn is_nothing(&self, text: &str) -> bool {
        let is = |nothing: &&str| text.len() == nothing.len() && text.eq_ignore_ascii_case(nothing);
        text.is_empty()
            || (text.len() <= 8 && NOTHING.iter().any(is))
            || self.added.iter().any(|nothing| text.to_lowercase() == *nothing)
    }
}

/// Takes off blanks of every kind, Excel's `="…"`, and the apostrophe that keeps a formula from running.
pub(super) fn clean(raw: &str) -> &str {
    let text = raw.trim_matches(is_blank);
    let text = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or(text, |inner| inner.trim_matches(is_blank));
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

/// Tells whether a character is a blank: also no-break and zero-width ones.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{180e}' | '\u{ad}' | '\0'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) {
        let empty = Emptiness::new(&["Select".to_owned()]);
        assert_eq!(empty.content(raw), expected, "{raw:?}");
    }

    #[test]
    fn blanks_of_every_kind_are_taken_off() {
        check("\u{a0} Ann\u{200b} Lee \u{feff}", "Ann\u{200b} Lee");
        check("\u{200b}\u{2003}", "");
    }

    #[test]
    fn words_for_nothing_are_empty() {
        for raw in ["", "NULL", "n/a", "-", "—", "#N/A", "select", " Select "] {
            check(raw, "");
        }
        check("none", "none");
        check("NA", "NA");
    }

    #[test]
    fn the_damage_of_spreadsheets_is_undone() {
        check("=\"08014\"", "08014");
        check("'=1+1", "=1+1");
        check("'tis", "'tis");
    }
}
