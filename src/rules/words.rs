//! Text of cells as rules compare it: without regard to case and surrounding blanks.

use crate::model::Value;

/// A text as it compares: small letters, no surrounding blanks.
pub fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A cell as a text; empty where there is none.
pub fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::List(items) => items.join("; "),
        Value::Empty | Value::Date(_) => String::new(),
    }
}

/// The items of a cell: those of a list, or the one that anything else is.
pub fn items(value: &Value) -> Vec<String> {
    match value {
        Value::List(items) => items.clone(),
        Value::Empty => Vec::new(),
        other => vec![text(other)],
    }
}

/// Joins names for a message: `a`, `b` and 3 more.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 6;
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.len() {
        0..=SHOWN => names.join(", "),
        many => format!("{} and {} more", names[..SHOWN].join(", "), many - SHOWN),
    }
}
