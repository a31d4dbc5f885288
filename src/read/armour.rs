//! Excel's armour: `="08014"` keeps text as text in a CSV file, and is no part of it.

use std::borrow::Cow;

/// Undoes Excel's way to keep text as text: `="08014"` is `08014`.
pub(super) fn from_excel(cell: &str) -> Option<Cow<'_, str>> {
    let inner = cell.strip_prefix("=\"")?.strip_suffix('"')?;
    if !inner.contains('"') {
        return Some(Cow::Borrowed(inner));
    }
    let text = inner.replace("\"\"", "\u{0}");
    (!text.contains('"')).then(|| Cow::Owned(text.replace('\u{0}', "\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_armour_of_excel_is_undone() {
        for (cell, expected) in [
            ("=\"08014\"", Some("08014")),
            ("=\"\"", Some("")),
            ("=\"5\"\" pipe\"", Some("5\" pipe")),
            ("=\"a\"&\"b\"", None),
            ("=\"", None),
            ("08014", None),
        ] {
            assert_eq!(from_excel(cell).as_deref(), expected, "{cell}");
        }
    }
}
