//! The commands of a ledger: what they say, what they write, how they end.

mod transcript;

use dealt::ledger::{Dealt, LeadRow, Ledger, Night, Opening, RosterEntry, RunLock};
use dealt::model::{History, Moment};
use std::fs;
use std::path::Path;
use transcript::{Scratch, dealt, transcript};

/// 1 June 2026, 02:00 in New York, and a day.
const FIRST: i64 = 1_780_293_600;
const DAY: i64 = 24 * 3600;

/// Records a night: leads with their reps.
fn night(path: &Path, number: i64, leads: &[(&str, &str)]) {
    let mut ledger = Ledger::open(path, Opening::Create).expect("a ledger");
    let roster = [("r1", "Ann Lee"), ("r2", "Bo Chan")].map(|(id, name)| RosterEntry {
        id: id.to_owned(),
        name: name.to_owned(),
        email: format!("{id}@example.com"),
        team: "East".to_owned(),
        active: true,
    });
    let headers = ["id", "company"].map(str::to_owned);
    let dealt: Vec<Dealt<'_>> = leads
        .iter()
        .map(|&(lead_id, rep_id)| Dealt {
            lead_id,
            rep_id,
            team: "East",
            by: "the rest in turn",
            tier: "hot",
            score: 0,
            reason: "its turn".to_owned(),
            limits: Vec::new(),
            turns: Vec::new(),
            cells: vec![lead_id.to_owned(), rep_id.to_owned()],
            row: LeadRow {
                file: "leads.csv",
                headers: &headers,
                cells: vec![lead_id, "=1+1"],
            },
        })
        .collect();
    let as_of_text = format!("2026-06-{:02}T02:00:00-04:00", number + 1);
    let run = ledger.commit(&Night {
        as_of: Moment(FIRST + number * DAY),
        as_of_text: &as_of_text,
        time_zone: "America/New_York",
        version: "0.0.0",
        command: &[],
        fingerprint: "f",
        out: "/data/out",
        manifest: "m",
        roster: &roster,
        headers: &["lead_id", "rep_id"].map(str::to_owned),
        shape: (b',', false),
        dealt: &dealt,
        returned: &[],
        history: &History::default(),
    });
    ledger.placed(run.expect("it is recorded")).expect("it is noted");
}

/// Runs the program in a folder; its transcript without the first line.
fn run(folder: &Scratch, arguments: &[&str]) -> String {
    let output = dealt(&folder.0, arguments).output().expect("the program starts");
    let told = transcript(&[], &output);
    told.split_once('\n')
        .map_or(String::new(), |(_, rest)| rest.to_owned())
}

#[test]
fn outcomes_are_recorded_and_told_of_reps_and_leads() {
    let folder = Scratch::new("ledger-history");
    let path = folder.path("team.ledger");
    night(&path, 0, &[("L1", "r1"), ("L2", "r2"), ("L3", "r1")]);
    let outcomes = "lead_id,rep_id,outcome,at,note\nL1,r1,accepted,2026-06-01 09:00,\n\
                    L1,r1,won,2026-06-03 10:00,big one\nL2,r2,declined,2026-06-01 02:30,too far\n\
                    L3,r2,won,2026-06-03,\nL9,r2,won,2026-06-03,\n";
    fs::write(folder.path("outcomes.csv"), outcomes).expect("a file");
    assert_eq!(
        run(&folder, &["record", "team.ledger", "outcomes.csv"]),
        "--- stdout\n3 outcomes recorded, 2 left out; 1 lead is back in the pool\n\
         --- stderr\nwarning: outcomes.csv:5: lead `L3` was never dealt to rep `r2`; it was left out\n\
         warning: 1 outcome is of leads that the ledger does not know; it was left out\n--- exit 0\n"
    );
    night(&path, 3, &[("L2", "r1")]);
    assert_eq!(
        run(&folder, &["history", "team.ledger"]),
        "--- stdout\n\
         \x20rep     dealt accepted declined let lie released won lost open   mean median\n \
         Ann Lee     3        1        0       0        0   1    0    2  7.0 h  7.0 h\n \
         Bo Chan     1        0        1       0        0   0    0    0 30 min 30 min\n\
         mean and median: from deal to first answer\n--- exit 0\n"
    );
    assert_eq!(
        run(&folder, &["history", "team.ledger", "--lead", "L2"]),
        "--- stdout\nlead L2\n  \
         2026-06-01T02:00:00-04:00  run 1: Bo Chan (r2), by `the rest in turn`: its turn\n    \
         2026-06-01T02:30:00-04:00  declined (too far)\n    back in the pool\n  \
         2026-06-04T02:00:00-04:00  run 2: Ann Lee (r1), by `the rest in turn`: its turn\n--- exit 0\n"
    );
    let one = run(&folder, &["history", "team.ledger", "--rep", "BO CHAN"]);
    assert!(one.contains("Bo Chan") && !one.contains("Ann Lee"), "{one}");
    let none = run(&folder, &["history", "team.ledger", "--rep", "Cy"]);
    assert!(
        none.contains("the ledger knows no rep `Cy` [unknown-rep]\n--- exit 2"),
        "{none}"
    );
}

#[test]
fn all_of_a_ledger_is_written_as_csv_the_same_every_time() {
    let folder = Scratch::new("ledger-csv");
    night(&folder.path("team.ledger"), 0, &[("L1", "r1"), ("L2", "r2")]);
    fs::write(
        folder.path("outcomes.csv"),
        "lead_id,outcome,at,note\nL2,declined,2026-06-01,=HYPERLINK()\n",
    )
    .expect("a file");
    run(&folder, &["record", "team.ledger", "outcomes.csv", "--quiet"]);
    for into in ["one", "two"] {
        let told = run(&folder, &["history", "team.ledger", "--csv", into]);
        assert!(
            told.ends_with(&format!("turn_changes.csv in {into}\n--- exit 0\n")),
            "{told}"
        );
    }
    let (one, two) = (
        transcript::files(&folder.path("one")),
        transcript::files(&folder.path("two")),
    );
    assert_eq!(one, two);
    assert_eq!(one.len(), 10);
    let text = |name: &str| String::from_utf8_lossy(&one[name]).into_owned();
    assert_eq!(
        text("outcomes.csv"),
        "lead_id,rep_id,outcome,at,note,credit,run\nL2,r2,declined,2026-06-01T06:00:00Z,'=HYPERLINK(),0,1\n"
    );
    assert_eq!(
        text("returns.csv"),
        "lead_id,rep_id,returned,at,dealt_in_run,taken_back_in_run,dealt_on_in_run\n\
         L2,r2,declined,2026-06-01T06:00:00Z,1,,\n"
    );
    assert_eq!(text("assignments.csv").lines().count(), 3);
    fs::write(folder.path("file"), "").expect("a file");
    let told = run(&folder, &["history", "team.ledger", "--csv", "file"]);
    assert!(told.ends_with("--- exit 1\n"), "{told}");
}

#[test]
fn the_latest_run_is_taken_back_and_its_files_stay() {
    let folder = Scratch::new("ledger-undo");
    let path = folder.path("team.ledger");
    night(&path, 0, &[("L1", "r1")]);
    night(&path, 1, &[("L2", "r2")]);
    fs::write(
        folder.path("outcomes.csv"),
        "lead_id,outcome,at\nL2,won,2026-06-03\n",
    )
    .expect("a file");
    run(&folder, &["record", "team.ledger", "outcomes.csv"]);
    assert_eq!(
        run(&folder, &["undo", "team.ledger"]),
        "--- stderr\nerror: team.ledger: outcomes rest on run 2: `L2` won [bad-ledger]\n  \
         hint: `--force` takes the run back with its outcomes\n--- exit 2\n"
    );
    let told = run(&folder, &["undo", "team.ledger", "1"]);
    assert!(told.contains("run 1 is not the latest"), "{told}");
    assert_eq!(
        run(&folder, &["undo", "team.ledger", "2", "--force"]),
        "--- stdout\nrun 2 as of 2026-06-02T02:00:00-04:00 is taken back: 1 lead is not dealt any more, \
         1 outcome went with it\nthe files in /data/out stay as they are\n--- exit 0\n"
    );
    assert!(run(&folder, &["undo", "team.ledger"]).contains("run 1 as of"));
    assert!(run(&folder, &["undo", "team.ledger"]).contains("the ledger holds no run"));
    let told = run(&folder, &["history", "team.ledger", "--lead", "L1"]);
    assert!(told.contains("unknown-lead"), "{told}");
}

#[test]
fn whoever_writes_while_another_holds_the_ledger_exits_4_and_is_told_who() {
    let folder = Scratch::new("ledger-held");
    let path = folder.path("team.ledger");
    night(&path, 0, &[("L1", "r1")]);
    fs::write(
        folder.path("outcomes.csv"),
        "lead_id,outcome,at\nL1,won,2026-06-03\n",
    )
    .expect("a file");
    let lock = RunLock::take(&path, "process 7 on host a, since 2026-06-01T00:00:00Z").expect("it is free");
    let held = "--- stderr\nerror: another run holds the ledger: process 7 on host a, since \
                2026-06-01T00:00:00Z\n--- exit 4\n";
    assert_eq!(run(&folder, &["record", "team.ledger", "outcomes.csv"]), held);
    assert_eq!(run(&folder, &["undo", "team.ledger"]), held);
    assert!(run(&folder, &["history", "team.ledger"]).ends_with("--- exit 0\n"));
    drop(lock);
    assert!(run(&folder, &["record", "team.ledger", "outcomes.csv"]).ends_with("--- exit 0\n"));
}

#[test]
fn a_ledger_that_is_not_there_is_not_made_by_asking() {
    let folder = Scratch::new("ledger-none");
    fs::write(folder.path("outcomes.csv"), "lead_id,outcome,at\n").expect("a file");
    for arguments in [
        &["history", "team.ledger"][..],
        &["undo", "team.ledger"],
        &["record", "team.ledger", "outcomes.csv"],
    ] {
        let told = run(&folder, arguments);
        assert!(
            told.contains("there is no such ledger [no-such-file]\n--- exit 2"),
            "{told}"
        );
    }
    assert_eq!(transcript::files(&folder.0).len(), 1);
}
