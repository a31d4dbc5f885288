//! Text that a spreadsheet would run or has run as a formula, turned back into plain text.

use std::borrow::Cow;

use crate::model::restore;

/// Whether headers are those of one of our own output files, whose cells are armed like ours.
pub fn is_ours(headers: &[String]) -> bool {
    const OURS: [&[&str]; 6] = [
        &["lead_id", "rep_id", "rep_name", "assigned_team", "tier"],
        &["lead_id", "tier", "reason", "detail", "remedy"],
        &["lead_id", "rep_id", "dealt_as_of", "run", "handed_over"],
        &["lead_id", "rank", "rep_id", "score"],
        &["position", "reason"],
        &["rep_id", "rep_name", "team", "max_open", "open_before"],
    ];
    OURS.iter()
        .any(|ours| headers.len() >= ours.len() && headers.iter().zip(*ours).all(|(a, b)| a == b))
}

/// Whether a cell of our own output carries the apostrophe that keeps a spreadsheet from running it.
pub fn armed_like_ours(cell: &str) -> bool {
    undo(cell).len() < cell.len()
}

/// Takes that apostrophe away.
pub fn undo(cell: &str) -> &str {
    restore(cell)
}

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
    fn an_apostrophe_before_a_formula_is_taken_away_once() {
        for (cell, expected) in [
            ("'=SUM(A1)", "=SUM(A1)"),
            ("'@home", "@home"),
            ("'-cmd|x", "-cmd|x"),
            ("''=x", "'=x"),
            ("'-12.5", "'-12.5"),
            ("'+49 (171) 12-34", "'+49 (171) 12-34"),
            ("'tis", "'tis"),
            ("=x", "=x"),
            ("", ""),
        ] {
            assert_eq!(undo(cell), expected, "{cell}");
            assert_eq!(armed_like_ours(cell), cell != expected, "{cell}");
        }
    }

    #[test]
    fn only_our_own_headers_are_ours() {
        let headers = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert!(is_ours(&headers(&[
            "lead_id",
            "tier",
            "reason",
            "detail",
            "remedy",
            "nearest_rep",
            "x"
        ])));
        assert!(is_ours(&headers(&["position", "reason", "id"])));
        assert!(!is_ours(&headers(&["lead_id", "rep_id", "reason"])));
        assert!(!is_ours(&headers(&["lead_id"])));
    }

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
