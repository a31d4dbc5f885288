//! The cells of `assignments.csv` without what the ledger holds of them anyway.

use super::fault::{from_json, to_json};
use super::night::Dealt;
use serde_json::Value;
use std::path::Path;

/// The texts of a lead that the ledger holds by themselves, in a fixed order.
pub(super) fn known<'a>(dealt: &'a Dealt<'_>) -> [&'a str; 6] {
    [
        dealt.lead_id,
        dealt.rep_id,
        dealt.team,
        dealt.by,
        dealt.tier,
        &dealt.reason,
    ]
}

/// Cells as JSON; a cell that is one of the known texts is the position of that, from 0.
pub(super) fn squeezed(cells: &[String], known: &[&str]) -> anyhow::Result<String> {
    let squeeze = |cell: &String| {
        let known = known.iter().position(|text| !text.is_empty() && text == cell);
        known.map_or_else(|| Value::from(cell.as_str()), Value::from)
    };
    to_json(&cells.iter().map(squeeze).collect::<Vec<Value>>())
}

/// The cells as they were.
///
/// # Errors
/// A text that is not such cells: the ledger is damaged.
pub(super) fn restored(text: &str, known: &[&str], path: &Path) -> anyhow::Result<Vec<String>> {
    let cells: Vec<Value> = from_json(text, path)?;
    let restore = |cell: Value| match cell {
        Value::String(text) => text,
        Value::Number(at) => {
            let at = at.as_u64().and_then(|at| usize::try_from(at).ok());
            at.and_then(|at| known.get(at))
                .copied()
                .unwrap_or_default()
                .to_owned()
        }
        _ => String::new(),
    };
    Ok(cells.into_iter().map(restore).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were() {
        let cells = ["L1", "", "Ann", "7", "best: \"yes\""].map(str::to_owned);
        let known = ["L1", "", "East", "best: \"yes\""];
        let text = squeezed(&cells, &known).expect("plain texts");
        assert_eq!(text, r#"[0,"","Ann","7",3]"#);
        let found = restored(&text, &known, Path::new("l")).expect("as it was written");
        assert_eq!(found, cells);
    }
}
