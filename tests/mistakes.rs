//! Every kind of mistake has a smallest example, run as its `command` file says, with its exact message.

mod transcript;

use dealt::mistake::Kind;
use std::fs;
use transcript::{Scratch, compare, copy, dealt, folders, transcript, words};

#[test]
fn every_mistake_is_told_in_its_exact_words() {
    let mut wrong = Vec::new();
    let all = folders("tests/mistakes");
    for (name, folder) in all.iter().filter(|(name, _)| !name.starts_with('_')) {
        let scratch = Scratch::new(name);
        copy(&all["_good"], &scratch.path("_good"));
        copy(folder, &scratch.path(name));
        let commands = fs::read_to_string(folder.join("command")).expect("every mistake has a command");
        let mut told = String::new();
        for line in commands.lines() {
            let arguments = words(line);
            let output = dealt(&scratch.path(name), &arguments)
                .output()
                .expect("the program starts");
            told.push_str(&transcript(&arguments, &output));
        }
        compare(&folder.join("expected.txt"), told.as_bytes(), &mut wrong);
        if commands.lines().count() == 1 && scratch.path(name).join("out").exists() {
            wrong.push(format!("{name}: something was written"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_kind_of_mistake_has_an_example_that_bears_its_name() {
    let examples = folders("tests/mistakes");
    let is_of = |name: &str, kind: &str| {
        name == kind || name.strip_prefix(kind).is_some_and(|rest| rest.starts_with('-'))
    };
    let without: Vec<&str> = Kind::ALL
        .iter()
        .map(|kind| kind.name())
        .filter(|kind| !examples.keys().any(|name| is_of(name, kind)))
        .collect();
    assert!(without.is_empty(), "no example of {without:?}");
}

#[test]
fn a_mistake_says_its_kind() {
    for (name, folder) in folders("tests/mistakes")
        .into_iter()
        .filter(|(name, _)| !name.starts_with('_'))
    {
        let told = fs::read_to_string(folder.join("expected.txt")).expect("every mistake has its words");
        let kinds = Kind::ALL
            .iter()
            .filter(|kind| told.contains(&format!("[{}]", kind.name())));
        let set_aside = told.contains("set aside: ");
        assert!(set_aside || kinds.count() > 0, "{name} shows no mistake:\n{told}");
    }
}
