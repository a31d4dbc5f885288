//! Lists in one cell: `a; b`, `a|b`, `a, b`, `["a", "b"]`.

use super::cells::clean;

/// The items of a cell: split at `;` and `|`, at `,` where neither occurs and `commas` says so; a JSON array
/// is taken as it is. Empty items and repeated ones are left out.
pub(super) fn items(text: &str, commas: bool) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let mut add = |item: &str| {
        let item = clean(item);
        if !item.is_empty() && !items.iter().any(|known| known == item) {
            items.push(item.to_owned());
        }
    };
    if let Some(array) = json_array(text) {
        for item in &array {
            add(item);
        }
    } else if is_separated(text) {
        text.split([';', '|']).for_each(add);
    } else if commas {
        text.split(',').for_each(add);
    } else {
        add(text);
    }
    items
}

/// Tells whether a text holds `;` or `|`.
pub(super) fn is_separated(text: &str) -> bool {
    text.contains([';', '|'])
}

fn json_array(text: &str) -> Option<Vec<String>> {
    if !text.starts_with('[') {
        return None;
    }
    let array: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    Some(array.into_iter().filter_map(json_text).collect())
}

fn json_text(value: serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, commas: bool, expected: &[&str]) {
        assert_eq!(items(text, commas), expected, "{text}");
    }

    #[test]
    fn semicolons_and_bars_come_before_commas() {
        check("SQL; Java", true, &["SQL", "Java"]);
        check("SQL|Java", true, &["SQL", "Java"]);
        check("SQL, Java", true, &["SQL", "Java"]);
        check("Lee, Ann; Chan, Bo", true, &["Lee, Ann", "Chan, Bo"]);
    }

    #[test]
    fn commas_in_plain_text_do_not_split() {
        check("Pots, pans", false, &["Pots, pans"]);
        check("Pots; pans", false, &["Pots", "pans"]);
    }

    #[test]
    fn empty_and_repeated_items_are_left_out() {
        check(";; a ;;b; a;", true, &["a", "b"]);
        check(" ; ", true, &[]);
    }

    #[test]
    fn a_json_array_is_a_list() {
        check(r#"["a;b", 2, null]"#, true, &["a;b", "2"]);
        check("[draft] one", false, &["[draft] one"]);
    }
}
