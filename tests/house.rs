//! The rules of the house that a program can check: which part knows which, which file is the door
//! to which crate, and that files stay short.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// For each part of the library, the other parts that it may name.
const KNOWS: &[(&str, &[&str])] = &[
    ("mistake", &[]),
    ("model", &["mistake"]),
    ("places", &["model"]),
    ("read", &["model", "mistake", "places"]),
    ("rules", &["model", "mistake", "places"]),
    ("reconcile", &["model", "places"]),
    ("solve", &["model"]),
    ("problem", &["model", "rules", "solve"]),
    ("deal", &["model", "rules", "problem", "solve", "explain"]),
    ("record", &["model", "mistake"]),
    ("ledger", &["model", "mistake"]),
    ("proof", &["model", "mistake", "rules", "record", "explain"]),
    ("explain", &["model", "mistake"]),
    ("report", &["model", "mistake", "explain", "record"]),
];

/// Parts that know everything: the map and the program.
const FREE: &[&str] = &["lib", "main", "cli"];

/// For each crate, the files that may name it, by how their paths under `src` begin.
const DOORS: &[(&str, &[&str])] = &[
    ("csv", &["read/csv", "report/csv", "places/tables/make"]),
    ("toml", &["rules/file"]),
    ("cel", &["rules/expr/parse"]),
    ("calamine", &["read/sheet"]),
    (
        "flate2",
        &[
            "read/gzip",
            "read/zip",
            "report/inputs",
            "places/blob",
            "places/tables/make",
        ],
    ),
    ("calcard", &["read/time_off/calendar"]),
    ("rust_xlsxwriter", &["report/xlsx"]),
    ("comfy_table", &["report/terminal"]),
    ("clap", &["main", "cli"]),
    ("indicatif", &["main", "cli"]),
    ("ctrlc", &["cli/interrupt"]),
    ("rusqlite", &["ledger"]),
    ("phonenumber", &["reconcile/phone"]),
    ("psl", &["reconcile/domain"]),
    ("strsim", &["mistake", "reconcile/similar"]),
];

/// No file is longer than so many lines.
const MOST_LINES: usize = 400;

/// A source file: its path under `src` with `/`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The part of the library that the file belongs to.
    fn part(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    fn is_for_tests(&self) -> bool {
        let ends = ["tests.rs", "testing.rs", "fixture.rs"];
        self.path.contains("/tests/") || ends.iter().any(|end| self.path.ends_with(end))
    }

    /// The code without comments and without tests, which may know more.
    fn code(&self) -> String {
        if self.is_for_tests() {
            return String::new();
        }
        self.text
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .fold(String::new(), |code, line| code + line + "\n")
    }
}

fn sources(folder: &Path) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the sources are there")
        .map(|entry| entry.expect("the sources can be listed").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let under = path.strip_prefix(&root).expect("all sources are under `src`");
            files.push(File {
                path: under.to_string_lossy().replace('\\', "/"),
                text: fs::read_to_string(&path).expect("sources are text"),
            });
        }
    }
    files
}

fn all_sources() -> Vec<File> {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

/// The names right after `crate::`, also in braces.
fn parts_named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if at > 0 && code[..at].ends_with(is_name) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut outer = String::new();
            for letter in group.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    _ if depth == 0 => outer.push(letter),
                    _ => {}
                }
            }
            named.extend(outer.split(',').map(first_name).filter(|name| !name.is_empty()));
        } else {
            named.insert(first_name(rest));
        }
    }
    named
}

fn first_name(path: &str) -> String {
    path.trim()
        .chars()
        .take_while(|&letter| is_name(letter))
        .collect()
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Tells whether code names a crate: `csv::…` or `use csv`, where `csv` is no module of our own.
fn names_crate(code: &str, name: &str) -> bool {
    let is_word = |text: &str, at: usize| {
        !text[..at].ends_with(is_name) && !text[at + name.len()..].starts_with(is_name)
    };
    let is_ours = code.split(';').map(str::trim).any(|statement| {
        let ours = ["use super::", "use crate::", "use self::"];
        let declares = statement.ends_with(&format!("mod {name}"));
        let imports = ours.iter().any(|path| statement.contains(path))
            && statement
                .match_indices(name)
                .any(|(at, _)| is_word(statement, at));
        declares || imports
    });
    if is_ours {
        return false;
    }
    let starts_path = |(at, _): (usize, &str)| {
        let before = &code[..at];
        !before.ends_with(is_name) && (!before.ends_with("::") || before.ends_with(" ::"))
    };
    code.contains(&format!("use {name};")) || code.match_indices(&format!("{name}::")).any(starts_path)
}

#[test]
fn every_part_knows_only_what_it_may() {
    let mut wrong = Vec::new();
    for file in all_sources() {
        let part = file.part();
        if FREE.contains(&part) {
            continue;
        }
        let known = KNOWS.iter().find(|(name, _)| *name == part);
        let Some((_, may)) = known else {
            wrong.push(format!(
                "{}: `{part}` has no line in the table of parts",
                file.path
            ));
            continue;
        };
        for named in parts_named(&file.code()) {
            if named != part && !may.contains(&named.as_str()) {
                wrong.push(format!("{}: `{part}` must not know `{named}`", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_has_its_door() {
    let mut wrong = Vec::new();
    for file in all_sources() {
        let code = file.code();
        for (name, doors) in DOORS {
            if names_crate(&code, name) && !doors.iter().any(|door| file.path.starts_with(door)) {
                wrong.push(format!(
                    "{}: `{name}` is for {} alone",
                    file.path,
                    doors.join(", ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for file in all_sources() {
        let lines = file.text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines", file.path));
        }
        if !file.is_for_tests() && !file.text.starts_with("//!") {
            wrong.push(format!("{}: does not begin with what it is for", file.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_are_found_in_every_form_of_import() {
    let named = parts_named(
        "use crate::model::{A, B};\nuse crate::{rules::{self, c}, solve};\nlet x = crate::deal::y();\nmy_crate::z();",
    );
    assert_eq!(
        named.into_iter().collect::<Vec<_>>(),
        ["deal", "model", "rules", "solve"]
    );
}

#[test]
fn a_crate_is_told_from_a_module_of_its_name() {
    assert!(names_crate("use csv::Reader;", "csv"));
    assert!(names_crate("let x = csv::Reader::new();", "csv"));
    assert!(!names_crate("use super::csv::read;", "csv"));
    assert!(!names_crate("mod csv;\nlet x = csv::read();", "csv"));
    assert!(!names_crate(
        "use super::{csv, json};\nlet x = csv::read();",
        "csv"
    ));
    assert!(!names_crate("my_csv::read();", "csv"));
}
