//! Tests of JSON and JSON Lines.

use super::*;

fn shown(result: Result<Table, Mistakes>) -> String {
    match result {
        Err(mistakes) => mistakes.to_string(),
        Ok(table) => {
            let mut lines = vec![table.headers.join("|")];
            for (row, number) in table.rows.iter().enumerate() {
                let cells: Vec<&str> = table.cells.row(row).collect();
                lines.push(format!("{number}: {}", cells.join("|")));
            }
            lines.join("\n")
        }
    }
}

fn check(text: &str, expected: &str) {
    assert_eq!(shown(table("a.json", text)), expected, "{text}");
}

fn check_lines(text: &str, expected: &str) {
    assert_eq!(shown(lines("a.jsonl", text)), expected, "{text}");
}

#[test]
fn an_array_of_objects_is_a_table_with_headers_in_the_order_first_seen() {
    check(
        r#"[{"id": 1, "name": "Acme"}, {"id": 2, "city": "Bonn"}, {}]"#,
        "id|name|city\n1: 1|Acme|\n2: 2||Bonn\n3: ||",
    );
    check("[]", "");
    check(" [ ] \n", "");
}

#[test]
fn the_tree_of_salesforce_is_a_table() {
    check(
        r#"{"totalSize": 1, "done": true, "records": [
            {"attributes": {"type": "Lead", "url": "/x"}, "Id": "00Q", "Owner": {"Name": "Ann", "Email": null}}]}"#,
        "attributes_type|attributes_url|Id|Owner_Name|Owner_Email\n1: Lead|/x|00Q|Ann|",
    );
    check(r#"{"records": []}"#, "");
}

#[test]
fn values_keep_their_text() {
    check(
        r#"[{"a": 9007199254740993, "b": 1.50, "c": true, "d": null, "e": ["x", {"y": 1}], "f": [], "g": "=1+1", "h": -3}]"#,
        "a|b|c|d|e|f|g|h\n1: 9007199254740993|1.5|true||[\"x\",{\"y\":1}]||=1+1|-3",
    );
}

#[test]
fn numbers_too_long_to_keep_are_told() {
    let table = table("a.json", r#"[{"id": 12345678901234567890123}]"#).unwrap();
    assert!(
        table.notes[0].text.contains("1 numbers too long"),
        "{:?}",
        table.notes
    );
}

#[test]
fn objects_one_after_another_are_lines() {
    check(
        "{\"id\": 1}\n\n{\"id\": 2, \"x\": {\"y\": \"z\"}}\n",
        "id|x_y\n1: 1|\n3: 2|z",
    );
    check_lines("{\"id\": 1}\r\n{\"id\": 2}", "id\n1: 1\n2: 2");
    check_lines("", "");
}

#[test]
fn two_keys_that_become_one_column_are_a_mistake_in_one_record_only() {
    check(
        r#"[{"a": {"b": 1}, "a_b": 2}, {"a_b": 3}, {"x": 1, "x": 2}]"#,
        "error: a.json: record 1: two keys that become the column `a_b` [two-columns-one-name]\n\
         error: a.json: record 3: two keys that become the column `x` [two-columns-one-name]",
    );
    check(r#"[{"a": {"b": 1}}, {"a_b": 3}]"#, "a_b\n1: 1\n2: 3");
}

#[test]
fn what_is_no_object_is_told() {
    check(
        r#"[{"id": 1}, 7, ["x"], null]"#,
        "error: a.json: record 2: a number; expected an object [bad-json]\n\
         error: a.json: record 3: an array; expected an object [bad-json]\n\
         error: a.json: record 4: null; expected an object [bad-json]",
    );
    check(
        "12",
        "error: a.json: a number; expected an array of objects [bad-json]",
    );
    check(
        r#"{"leads": [], "n": 1}"#,
        "error: a.json: an object with the keys `leads`, `n`; expected an array of objects, or an object that holds one as `records` [bad-json]",
    );
    check(
        "",
        "error: a.json: no bytes; expected an array of objects [empty-file]",
    );
}

#[test]
fn faults_of_syntax_are_told_with_line_and_column() {
    check(
        "[{\"id\": 1},\n {\"Zoë\": }]",
        "error: a.json:2:10: expected value [bad-json]",
    );
    check(
        "[{\"id\": 1}",
        "error: a.json:1:10: the text ends while parsing a list [bad-json]\n  hint: the file is cut off",
    );
    check_lines(
        "{\"id\": 1}\n{\"id\": }\n7\n{\"id\": 2} x\n",
        "error: a.jsonl:2:8: expected value [bad-json]\n\
         error: a.jsonl:4:11: trailing characters [bad-json]\n\
         error: a.jsonl:3: a number; expected an object [bad-json]",
    );
}

#[test]
fn depth_is_bounded() {
    let deep = format!("[{}1{}]", "{\"a\":".repeat(5000), "}".repeat(5000));
    assert!(shown(table("a.json", &deep)).contains("recursion limit exceeded"));
}

#[test]
fn a_text_beyond_the_bound_is_refused() {
    let text = format!("[{{\"id\": 1}}, {{\"note\": \"{}\"}}]", "x".repeat(17 << 20));
    check(
        &text,
        "error: a.json: record 2: `note`: too long a text; expected at most 16 MiB in a cell [too-big]",
    );
}
