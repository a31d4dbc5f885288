//! `rules/README.md` lists every key that rules have, with its type and default, and no others; its
//! examples load.

use dealt::rules::catalogue::{Keys, TABLES};
use dealt::rules::load;
use std::collections::BTreeSet;

const README: &str = include_str!("../rules/README.md");

/// A key as one line: table, key, type, default.
fn line(table: &str, cells: [&str; 3]) -> String {
    format!("[{table}] {} | {} | {}", cells[0], cells[1], cells[2])
}

fn of_catalogue() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for table in TABLES {
        match table.keys {
            Keys::Fixed(keys) => {
                for key in keys {
                    let name = format!("`{}`", key.name);
                    lines.insert(line(table.name, [&name, &key.shape.words(), key.default]));
                }
            }
            Keys::Free(shape) if table.name == "territory.names" => {
                lines.insert(line(table.name, ["*any name*", &shape.words(), "none"]));
            }
            Keys::Free(shape) => {
                lines.insert(line(
                    table.name,
                    ["*any column*", &shape.words(), "found by itself"],
                ));
            }
            Keys::Fields(_, shape) => {
                lines.insert(line(
                    table.name,
                    ["*any standard field*", &shape.words(), "found by itself"],
                ));
            }
        }
    }
    lines
}

fn of_readme() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let mut tables: Vec<String> = Vec::new();
    for text in README.lines() {
        if let Some(heading) = text.strip_prefix("## ") {
            let names = heading.split('`').skip(1).step_by(2);
            tables = names
                .map(|name| name.trim_matches(['[', ']']).to_owned())
                .collect();
        }
        let cells: Vec<&str> = text.trim_matches('|').split(" | ").map(str::trim).collect();
        if text.starts_with("| `") || text.starts_with("| *") {
            assert_eq!(cells.len(), 4, "{text}");
            assert!(!cells[3].is_empty(), "{text}");
            lines.extend(
                tables
                    .iter()
                    .map(|table| line(table, [cells[0], cells[1], cells[2]])),
            );
        }
    }
    lines
}

#[test]
fn every_key_is_in_the_reference_and_the_reference_has_no_others() {
    let (catalogue, readme) = (of_catalogue(), of_readme());
    let missing: Vec<_> = catalogue.difference(&readme).collect();
    let excess: Vec<_> = readme.difference(&catalogue).collect();
    assert!(
        missing.is_empty() && excess.is_empty(),
        "missing: {missing:#?}\nin excess: {excess:#?}"
    );
}

#[test]
fn repeated_tables_have_two_brackets_in_the_reference() {
    for table in TABLES {
        let heading = if table.repeated {
            format!("`[[{}]]`", table.name)
        } else {
            format!("`[{}]`", table.name)
        };
        assert!(README.contains(&heading), "{heading}");
    }
}

#[test]
fn every_example_of_the_reference_loads() {
    let examples: Vec<&str> = README
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert!(examples.len() >= TABLES.len() - 3, "{} examples", examples.len());
    for example in examples {
        if let Err(mistakes) = load("example", example) {
            panic!("{mistakes}\n{example}");
        }
    }
}
