//! Every kind of mistake has a smallest example, run as its `command` file says, with its exact message.

#[expect(dead_code, reason = "each test program uses some of it")]
mod transcript;

use dealt::mistake::Kind;
use std::fs;
use transcript::{compare, dealt, folders, transcript, words};

#[test]
fn every_mistake_is_told_in_its_exact_words() {
    let mut wrong = Vec::new();
    for (name, folder) in folders("tests/mistakes") {
        if name.starts_with('_') {
            continue;
        }
        let command = fs::read_to_string(folder.join("command")).expect("every mistake has a command");
        let arguments = words(&command);
        let output = dealt(&folder, &arguments).output().expect("the program starts");
        compare(&folder.join("expected.txt"), transcript(&arguments, &output).as_bytes(), &mut wrong);
        if folder.join("out").exists() {
            wrong.push(format!("{name}: something was written"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_kind_of_mistake_has_an_example_that_shows_it() {
    let examples: Vec<String> = folders("tests/mistakes")
        .into_values()
        .filter_map(|folder| fs::read_to_string(folder.join("expected.txt")).ok())
        .collect();
    let without: Vec<&str> = Kind::ALL
        .iter()
        .map(|kind| kind.name())
        .filter(|name| !examples.iter().any(|example| example.contains(&format!("[{name}]"))))
        .collect();
    assert!(without.is_empty(), "no example of {without:?}");
}
