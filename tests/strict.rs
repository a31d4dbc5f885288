//! `--strict` turns leads that were left into exit code 3; the files are written all the same.

mod transcript;

use std::path::Path;
use transcript::{Scratch, dealt};

/// Runs the start sample, of whose 40 rows 5 stay unassigned and 1 is set aside.
fn check(strict: &str, expected: i32) {
    let scratch = Scratch::new("strict");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/start");
    let out = scratch.path("out");
    let arguments = [
        "run",
        "leads.csv",
        "reps.csv",
        "--as-of",
        "2026-06-01",
        strict,
        "--out",
        &out.to_string_lossy(),
    ]
    .map(str::to_owned);
    let output = dealt(&samples, arguments).output().expect("the program starts");
    assert_eq!(
        output.status.code(),
        Some(expected),
        "{strict}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(out.join("run.json").exists(), expected != 2, "{strict}");
}

#[test]
fn leads_up_to_the_bound_may_be_left() {
    check("--strict=6", 0);
    check("--strict=15%", 0);
}

#[test]
fn one_lead_over_the_bound_is_exit_3() {
    check("--strict", 3);
    check("--strict=5", 3);
    check("--strict=14.9%", 3);
}

#[test]
fn a_bound_that_is_none_is_a_mistake() {
    check("--strict=some", 2);
    check("--strict=101%", 2);
}
