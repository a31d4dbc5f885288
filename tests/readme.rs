//! Every command in the README is run, in its order, in a folder with copies of what the project ships.

mod transcript;

use std::fs;
use std::path::Path;
use transcript::{Scratch, copy, dealt, words};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README is there")
}

/// The lines of the fenced blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let (mut lines, mut inside) = (Vec::new(), false);
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == format!("```{language}");
        } else if inside {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// The program's arguments in a line of the README: after `cargo run --release --`, or after `dealt`, also in crontabs.
fn arguments(line: &str) -> Option<Vec<String>> {
    let line = line.split(" #").next().unwrap_or_default();
    let command = line
        .strip_prefix("cargo run --release -- ")
        .or_else(|| Some(line.split_once("dealt ")?.1))?;
    let command = command.split([';', '|', '>']).next().unwrap_or_default();
    let command = command.split("&&").next().unwrap_or_default();
    Some(words(command))
}

#[test]
fn every_command_of_the_readme_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = Scratch::new("readme");
    for shipped in ["samples", "rules"] {
        copy(&root.join(shipped), &scratch.path(shipped));
    }
    let begun = dealt(&scratch.0, ["init"]).output().expect("the program starts");
    assert!(
        begun.status.success(),
        "{}",
        String::from_utf8_lossy(&begun.stderr)
    );
    fs::write(
        scratch.path("pins.csv"),
        "lead_id,rep_id,reason\nL-104,R-3,knows the owner\n",
    )
    .expect("writable");
    fs::write(
        scratch.path("outcomes.csv"),
        "lead_id,rep_id,outcome,at\nL-122,,accepted,2100-01-01T09:00\n",
    )
    .expect("writable");
    let mut count = 0;
    for line in blocks(&readme(), "sh") {
        let Some(arguments) = arguments(&line) else {
            continue;
        };
        let output = dealt(&scratch.0, &arguments)
            .output()
            .expect("the program starts");
        let code = output.status.code();
        let allowed: &[i32] = if line.contains("--strict") { &[0, 3] } else { &[0] };
        assert!(
            code.is_some_and(|code| allowed.contains(&code)),
            "{line}\nexit {code:?}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        count += 1;
    }
    assert!(
        count >= 10,
        "the README shows what can be done; {count} commands found"
    );
}

#[test]
fn the_picture_in_the_readme_is_what_the_main_command_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let expected =
        fs::read_to_string(root.join("samples/start/expected/transcript.txt")).expect("the sample is there");
    let stdout = expected
        .split("--- stdout\n")
        .nth(1)
        .and_then(|rest| rest.split("\n--- ").next())
        .expect("it prints");
    assert!(
        readme().contains(stdout.trim_end()),
        "the README should show\n{stdout}"
    );
}

#[test]
fn the_readme_gives_a_reason_for_every_direct_dependency() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("readable");
    let readme = readme();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (inside, line.split_once(" = ")) {
            assert!(
                readme.contains(&format!("| `{name}` |")),
                "`{name}` has no line in the README"
            );
        }
    }
}
