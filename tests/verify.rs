//! One altered cell, byte, price or pair of leads in a finished run is found and named, with exit code 3.

mod transcript;

use std::fs;
use std::path::{Path, PathBuf};
use transcript::{Scratch, dealt, files};

/// A finished run of the start sample.
fn finished(scratch: &Scratch) -> PathBuf {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/start");
    let out = scratch.path("out");
    let arguments = [
        "run",
        "leads.csv",
        "reps.csv",
        "--as-of",
        "2026-06-01",
        "--quiet",
        "--out",
    ]
    .map(str::to_owned);
    let output = dealt(
        &samples,
        arguments.into_iter().chain([out.to_string_lossy().into_owned()]),
    )
    .output();
    assert!(output.expect("the program starts").status.success());
    out
}

/// Edits a file of a finished run; `verify` must end with exit code 3 and say each of `told`.
fn check(file: &str, edit: impl Fn(&str) -> String, told: &[&str]) {
    let scratch = Scratch::new("verify");
    let out = finished(&scratch);
    let path = out.join(file);
    let text = fs::read_to_string(&path).expect("a file of the run");
    let edited = edit(&text);
    assert_ne!(text, edited, "the edit changes something");
    fs::write(&path, edited).expect("writable");
    let output = dealt(&scratch.0, ["verify", &out.to_string_lossy()])
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        output.status.code(),
        Some(3),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for word in told {
        assert!(said.contains(word), "no `{word}` in\n{said}");
    }
}

/// The text with one line changed, that of a lead.
fn in_line(text: &str, lead: &str, edit: impl Fn(&str) -> String) -> String {
    let lines = text.lines().map(|line| {
        if line.starts_with(&format!("{lead},")) {
            edit(line)
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn an_untouched_run_is_sound() {
    let scratch = Scratch::new("verify");
    let out = finished(&scratch);
    let output = dealt(&scratch.0, ["verify", &out.to_string_lossy()])
        .output()
        .expect("the program starts");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn a_changed_score_is_found() {
    let edit = |text: &str| in_line(text, "L-101", |line| line.replacen(",90,", ",91,", 1));
    check(
        "assignments.csv",
        edit,
        &["assignments.csv", "`score` is `91`; it comes to `90`"],
    );
}

#[test]
fn a_changed_reason_is_found() {
    let edit = |text: &str| {
        in_line(text, "L-101", |line| {
            line.replacen("highest score", "next in turn", 1)
        })
    };
    check("assignments.csv", edit, &["`reason` is `next in turn`"]);
}

#[test]
fn a_changed_byte_of_an_own_column_is_found() {
    let edit = |text: &str| in_line(text, "L-102", |line| line.replacen("Tidewater", "Tidewafer", 1));
    check(
        "assignments.csv",
        edit,
        &["Tidewafer Brewing", "Tidewater Brewing"],
    );
}

#[test]
fn two_leads_that_changed_hands_are_found() {
    let swap = |line: &str, from: (&str, &str), to: (&str, &str)| {
        line.replacen(
            &format!(",{},{},", from.0, from.1),
            &format!(",{},{},", to.0, to.1),
            1,
        )
    };
    let (ana, ben) = (("R-1", "Ana Ruiz"), ("R-2", "Ben Otis"));
    let edit = |text: &str| {
        let text = in_line(text, "L-101", |line| swap(line, ana, ben));
        in_line(&text, "L-103", |line| swap(line, ben, ana))
    };
    check("assignments.csv", edit, &["pass `best match`", "points"]);
}

#[test]
fn a_lead_that_is_gone_is_found() {
    let edit = |text: &str| {
        let lines = text.lines().filter(|line| !line.starts_with("L-101,"));
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    check("assignments.csv", edit, &["L-101"]);
}

#[test]
fn a_changed_price_is_found() {
    let edit = |text: &str| in_line(text, "R-7", |line| line.replacen("54.0912", "54.0913", 1));
    check("workload.csv", edit, &["workload.csv", "54.0913", "54.0912"]);
    let edit = |text: &str| {
        let at = text.find("\"potentials\"").expect("a proof");
        let digit = at
            + text[at..]
                .find(|c: char| c.is_ascii_digit() && c != '0')
                .expect("a number");
        let number = digit + text[digit..].find('5').expect("a five");
        format!("{}6{}", &text[..number], &text[number + 1..])
    };
    check("run.json", edit, &["run.json"]);
}

#[test]
fn a_changed_copy_of_the_inputs_is_found() {
    let scratch = Scratch::new("verify");
    let out = finished(&scratch);
    let name = files(&out)
        .into_keys()
        .find(|name| name.ends_with("leads.csv.gz"))
        .expect("a copy of the leads");
    let mut bytes = fs::read(out.join(&name)).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(out.join(&name), bytes).expect("writable");
    let output = dealt(&scratch.0, ["verify", &out.to_string_lossy()])
        .output()
        .expect("the program starts");
    assert!(
        matches!(output.status.code(), Some(2 | 3)),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn a_run_without_copies_says_what_to_do() {
    let scratch = Scratch::new("verify");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/start");
    let out = scratch.path("out").to_string_lossy().into_owned();
    let run = [
        "run",
        "leads.csv",
        "reps.csv",
        "--no-inputs",
        "--quiet",
        "--out",
        &out,
    ];
    assert!(
        dealt(&samples, run)
            .output()
            .expect("the program starts")
            .status
            .success()
    );
    let output = dealt(&scratch.0, ["verify", &out])
        .output()
        .expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("hint: run again without `--no-inputs`"), "{said}");
}
