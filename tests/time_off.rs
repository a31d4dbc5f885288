//! Runs with time off, from files to files: who is away gets nothing, that is said, and `verify` finds it out
//! where a file says otherwise.

mod transcript;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use transcript::{Scratch, compare, copy, dealt, transcript, words};

fn case() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/time_off")
}

/// What the program says to a line of arguments in a folder.
fn say(folder: &Path, line: &str) -> String {
    let arguments = words(line);
    let output = dealt(folder, &arguments).output().expect("the program starts");
    transcript(&arguments, &output)
}

const RUN: &str = "run leads.csv reps.csv --as-of 2026-06-01T12:00Z --time-off leave.csv --time-off holidays.csv \
                   --time-off team.ics";

#[test]
fn a_run_with_time_off_says_who_is_away_and_is_sound() {
    let scratch = Scratch::new("time-off");
    copy(&case(), &scratch.0);
    let mut told = String::new();
    for line in [
        RUN,
        "verify",
        "explain out L1 --rep \"Ana Ruiz\"",
        "check leads.csv reps.csv --as-of 2026-06-01T12:00Z --time-off leave.csv --time-off holidays.csv --time-off team.ics",
        "run leads.csv reps.csv --as-of 2026-12-25T12:00Z --time-off holidays.csv --out nobody",
        "verify nobody",
    ] {
        told += &say(&scratch.0, line);
    }
    for file in ["assignments.csv", "workload.csv"] {
        let text = fs::read_to_string(scratch.path("out").join(file)).expect("it is written");
        let _ = write!(told, "--- {file}\n{text}");
    }
    let mut wrong = Vec::new();
    compare(&case().join("expected.txt"), told.as_bytes(), &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_lead_that_somebody_gave_to_a_rep_who_is_away_is_found() {
    let scratch = Scratch::new("time-off");
    copy(&case(), &scratch.0);
    say(&scratch.0, RUN);
    let file = scratch.path("out").join("assignments.csv");
    let text = fs::read_to_string(&file).expect("it is written");
    let row = text
        .lines()
        .find(|line| line.starts_with("L1,"))
        .expect("it is dealt");
    let holder = row.split(',').nth(1).expect("a rep");
    assert_ne!(holder, "R1");
    let given = text.replacen(&format!("L1,{holder},"), "L1,R1,", 1);
    fs::write(&file, given).expect("writable");
    let told = say(&scratch.0, "verify");
    let expected = "lead `L1` may not be with `R1`: the rep is away until 2026-06-05 (holiday)";
    assert!(
        told.contains(expected) && told.ends_with("--- exit 3\n"),
        "{told}"
    );
}

#[test]
fn a_lone_workbook_may_hold_a_sheet_of_time_off() {
    let scratch = Scratch::new("time-off");
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, file) in [
        ("Leads", "leads.csv"),
        ("Reps", "reps.csv"),
        ("Time off", "leave.csv"),
    ] {
        let text = fs::read_to_string(case().join(file)).expect("it is there");
        let sheet = book.add_worksheet().set_name(sheet).expect("a good name");
        for (row, line) in (0..).zip(text.lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                sheet.write_string(row, column, cell).expect("a small cell");
            }
        }
    }
    book.save(scratch.path("book.xlsx")).expect("writable");
    let told = say(&scratch.0, "run book.xlsx --as-of 2026-06-01T12:00Z");
    assert!(
        told.contains("away: Ana Ruiz until 2026-06-05 (holiday)"),
        "{told}"
    );
    assert!(say(&scratch.0, "verify").ends_with("--- exit 0\n"));
}
