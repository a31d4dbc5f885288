//! Imports through the program: no row is lost, what is new can be dealt, folders can be checked, and assignments are
//! found again in the CRM.

mod transcript;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use transcript::{Scratch, dealt, files};

const REPS: &str = "id,name,email,active,crm user\nR1,Ann Lee,ann@us.example,yes,005A\n\
                    R2,Bo Chan,bo@us.example,yes,005B\nR3,Cy Poe,cy@us.example,no,005C\n";

/// Lists as they arrive: other delimiters, headers in other words, a byte-order mark, formulas, line ends in cells,
/// ids that are missing or there twice, rows of another width, JSON.
const LISTS: [(&str, &str); 4] = [
    (
        "fair.csv",
        "\u{feff}Name;Company;E-Mail;Phone;verdict\r\n\"Lee; Ann\";Acme;ann@acme.example;+1 415 555 0100;mine\r\n\
         Bo Day;\"Bolt\nWorks\";bo@bolt.example;;=1+1\r\nonly;two\r\nCy Dee;Core;cy@core.example;;\r\n",
    ),
    (
        "bought.csv",
        "Lead ID,Full Name,Email Address,City\nL-1,Di Eck,di@eck.example,Reno\n,Ed Fox,ed@fox.example,Reno\n\
         L-1,Flo Gum,flo@gum.example,\nL-4,Ann Lee,ANN@acme.example,Boston\n",
    ),
    (
        "old.json",
        r#"[{"contact":{"email":"gus@hat.example"},"name":"Gus Hat"},{"name":"Ida","extra":"x"}]"#,
    ),
    ("empty.csv", "Name,Email\n"),
];

struct Desk(Scratch);

impl Desk {
    fn new(name: &str) -> Self {
        let desk = Self(Scratch::new(name));
        desk.write("reps.csv", REPS);
        for (name, text) in LISTS {
            desk.write(name, text);
        }
        desk
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path(name), text).expect("writable");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("it is there")
    }

    /// Runs a command; it must end with a code; what it said.
    fn says(&self, line: &str, code: i32) -> String {
        let output = dealt(&self.0.0, line.split_whitespace())
            .output()
            .expect("the program starts");
        let told = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert_eq!(output.status.code(), Some(code), "{line}\n{told}");
        told
    }

    /// The rows of a file below the header.
    fn rows(&self, name: &str) -> Vec<Vec<String>> {
        let text = self.text(name);
        let text = text.trim_start_matches('\u{feff}');
        let header = text.lines().next().unwrap_or_default();
        let delimiter = if header.contains(';') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.expect("it is CSV"));
        rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
    }

    /// For each assignment its state, the owner and the keys that found it.
    fn states(&self) -> Vec<(String, String, String)> {
        let rows = self.rows("handover/handover.csv").into_iter();
        rows.map(|row| (row[0].clone(), row[3].clone(), row[7].clone()))
            .collect()
    }
}

#[test]
fn every_row_of_every_list_is_in_exactly_one_file() {
    let desk = Desk::new("conserved");
    let all = LISTS.map(|(name, _)| name).join(" ");
    for lists in LISTS.map(|(name, _)| name).iter().chain([&all.as_str()]) {
        desk.says(&format!("reconcile {lists} -q"), 0);
        let (all, aside) = (
            desk.rows("reconciled/reconciled.csv"),
            desk.rows("reconciled/set_aside.csv"),
        );
        let rows = |name: &str| match name {
            "fair.csv" | "bought.csv" => 4,
            "old.json" => 2,
            _ => 0,
        };
        let expected: usize = lists.split(' ').map(rows).sum();
        assert_eq!(all.len() + aside.len(), expected, "{lists}");
        let ids: BTreeSet<&String> = all.iter().map(|row| &row[0]).collect();
        assert_eq!(ids.len(), all.len(), "{lists}");
        let new = desk.rows("reconciled/new.csv").len();
        let others = all.iter().filter(|row| row[1] != "new").count();
        assert_eq!(new + others, all.len(), "{lists}");
    }
}

#[test]
fn cells_come_back_as_they_were_in_the_form_of_the_first_list() {
    let desk = Desk::new("cells");
    desk.says("reconcile fair.csv -q", 0);
    let text = desk.text("reconciled/reconciled.csv");
    assert!(text.starts_with("\u{feff}lead_id;verdict;owner;"), "{text}");
    assert!(
        text.contains(";Name;Company;E-Mail;Phone;lead_verdict\n"),
        "{text}"
    );
    assert!(
        text.contains(";\"Bolt\nWorks\";bo@bolt.example;;'=1+1\n"),
        "{text}"
    );
    let new = desk.text("reconciled/new.csv");
    assert!(
        new.starts_with("\u{feff}lead_id;Name;Company;E-Mail;Phone;verdict\n"),
        "{new}"
    );
    assert!(
        new.contains("fair.csv:3;Bo Day;\"Bolt\nWorks\";bo@bolt.example;;=1+1\n"),
        "{new}"
    );
}

#[test]
fn what_is_new_can_be_dealt_as_it_is() {
    let desk = Desk::new("new");
    desk.says("reconcile fair.csv bought.csv old.json -q", 0);
    let new = desk.rows("reconciled/new.csv");
    desk.says("run reconciled/new.csv reps.csv -q", 0);
    let dealt = desk.rows("out/assignments.csv");
    let ids = |rows: &[Vec<String>]| rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&dealt), ids(&new));
}

#[test]
fn neither_threads_nor_a_second_time_change_a_byte() {
    let desk = Desk::new("same");
    let line = "reconcile fair.csv bought.csv old.json --as-of 2026-06-01 -q";
    desk.says(&format!("{line} --threads 1 --out one"), 0);
    desk.says(&format!("{line} --threads 7 --out two"), 0);
    desk.says(&format!("{line} --threads 3 --out two"), 0);
    assert_eq!(files(&desk.path("one")), files(&desk.path("two")));
}

#[test]
fn an_edited_verdict_is_found_and_named() {
    let desk = Desk::new("verify");
    desk.says("reconcile fair.csv bought.csv -q", 0);
    desk.says("verify reconciled", 0);
    let text = desk.text("reconciled/reconciled.csv");
    desk.write(
        "reconciled/reconciled.csv",
        &text.replacen("fair.csv:6;new", "fair.csv:6;duplicate", 1),
    );
    let told = desk.says("verify reconciled", 3);
    assert!(
        told.contains("fair.csv:6: `verdict` is `duplicate`, computed is `new`"),
        "{told}"
    );
    desk.write("reconciled/reconciled.csv", &text);
    fs::remove_file(desk.path("reconciled/new.csv")).expect("it is there");
    let told = desk.says("verify reconciled", 3);
    assert!(told.contains("new.csv: is missing"), "{told}");
    let told = desk.says("explain reconciled fair.csv:6", 0);
    assert!(told.contains("Cy Dee"), "{told}");
}

#[test]
fn a_folder_of_one_kind_is_never_written_over_by_another() {
    let desk = Desk::new("kinds");
    desk.says("reconcile fair.csv -q --out a", 0);
    desk.says("run bought.csv reps.csv -q --out b", 0);
    desk.says("reconcile --assigned b bought.csv -q --out c", 0);
    let before = files(&desk.0.0);
    for line in [
        "run bought.csv reps.csv --out a",
        "run bought.csv reps.csv --out c",
        "reconcile fair.csv --out b",
        "reconcile fair.csv --out c",
        "reconcile --assigned b bought.csv --out a",
        "reconcile --assigned b bought.csv --out b",
    ] {
        let told = desk.says(line, 2);
        assert!(told.contains("`--out DIR`"), "{told}");
    }
    assert_eq!(files(&desk.0.0), before);
}

/// Deals four leads, two to Ann and two to Bo.
fn hand_over(desk: &Desk, more: &str) {
    desk.write(
        "leads.csv",
        "id,name,email,company\nL-1,Di Eck,di@eck.example,Eck\nL-2,Ed Fox,ed@fox.example,Fox\n\
         L-3,Flo Gum,flo@gum.example,Gum\nL-4,Gus Hat,gus@hat.example,Hat\n",
    );
    desk.write("pins.csv", "lead_id,rep_id\nL-1,R1\nL-2,R1\nL-3,R2\nL-4,R2\n");
    desk.says(&format!("run leads.csv reps.csv --pins pins.csv -q {more}"), 0);
}

#[test]
fn what_the_crm_took_drifted_lost_or_has_twice_is_told() {
    let desk = Desk::new("handover");
    hand_over(&desk, "");
    desk.write(
        "crm.csv",
        "Lead ID,Name,Email,Owner\nL-1,Di Eck,di@eck.example,005A\nL-2,Ed Fox,ed@fox.example,Somebody Else\n\
         L-3,Flo Gum,flo@gum.example,\nL-9,Pia Quo,pia@quo.example,ann@us.example\n",
    );
    let told = desk.says("reconcile --assigned out crm.csv", 0);
    assert!(
        told.starts_with(
            "4 assignments held against 4 records of the CRM: 1 taken, 1 drifted, 1 missing,\n    1 unowned\n"
        ),
        "{told}"
    );
    assert!(
        told.contains("the reps own 1 record of the CRM that this run did not deal"),
        "{told}"
    );
    let states: Vec<_> = desk
        .states()
        .into_iter()
        .map(|(id, state, _)| (id, state))
        .collect();
    let expected = [
        ("L-1", "taken"),
        ("L-2", "drifted"),
        ("L-3", "unowned"),
        ("L-4", "missing"),
    ];
    assert_eq!(
        states,
        expected.map(|(id, state)| (id.to_owned(), state.to_owned()))
    );
    desk.write(
        "crm.csv",
        "Lead ID,Owner\nL-1,R1\nL-1,R2\nL-2,Ann Lee\nL-3,bo@us.example\nL-4,R2\n",
    );
    desk.says("reconcile --assigned out crm.csv -q", 0);
    let states: Vec<_> = desk.states().into_iter().map(|(_, state, _)| state).collect();
    assert_eq!(states, ["twice", "taken", "taken", "taken"]);
    let twice = &desk.rows("handover/handover.csv")[0];
    assert_eq!(twice[4..6], ["R1 | R2", "crm.csv:2 | crm.csv:3"]);
}

#[test]
fn runs_in_a_ledger_and_runs_without_their_inputs_can_be_looked_at_too() {
    let desk = Desk::new("handovers");
    desk.write(
        "crm.csv",
        "Lead ID,Owner\nL-1,R1\nL-2,Ann Lee\nL-3,Bo Chan\nL-4,005B\n",
    );
    hand_over(&desk, "--ledger year.ledger");
    desk.says("reconcile --assigned out crm.csv -q", 0);
    assert!(desk.states().iter().all(|(_, state, _)| state == "taken"));
    hand_over(&desk, "--no-inputs --out bare");
    let told = desk.says("reconcile --assigned bare crm.csv", 0);
    assert!(told.contains("3 taken, 1 drifted"), "{told}");
    assert!(told.contains("`--reps`"), "{told}");
    desk.says("reconcile --assigned bare crm.csv --reps reps.csv -q", 0);
    assert!(desk.states().iter().all(|(_, state, _)| state == "taken"));
}

#[test]
fn assignments_without_our_columns_are_a_mistake() {
    let desk = Desk::new("columns");
    hand_over(&desk, "");
    let text = desk.text("out/assignments.csv").replace("rep_id", "rep");
    desk.write("out/assignments.csv", &text);
    desk.write("crm.csv", "Lead ID,Owner\nL-1,R1\n");
    let told = desk.says("reconcile --assigned out crm.csv", 2);
    assert!(told.contains("[no-such-column]"), "{told}");
    assert!(!desk.path("handover").exists());
}

#[test]
fn leads_that_were_inserted_are_found_by_what_they_say() {
    let desk = Desk::new("inserted");
    hand_over(&desk, "");
    desk.write(
        "crm.csv",
        "Lead ID,Name,Email,Company,Owner\n00Q1,Di Eck,DI@eck.example,Eck Inc.,Ann Lee\n00Q2,Ed Fox,ed@fox.example,Fox,R2\n\
         L-3,Flo Gum,flo@gum.example,Gum,R2\n00Q3,Flo Gum,flo@gum.example,Gum,R1\n00Q4,Pia Hat,pia@hat.example,Hat,R2\n",
    );
    desk.says("reconcile --assigned out crm.csv -q", 0);
    let found = desk.states();
    let of = |at: usize| (found[at].1.as_str(), found[at].2.starts_with("id"));
    assert_eq!(of(0), ("taken", false), "{found:?}");
    assert_eq!(of(1), ("drifted", false), "{found:?}");
    assert_eq!(of(2), ("twice", true), "{found:?}");
    assert_eq!(
        of(3),
        ("missing", false),
        "a colleague is another lead: {found:?}"
    );
}

#[test]
fn every_verdict_names_its_record_the_owner_and_the_keys() {
    let desk = Desk::new("verdicts");
    desk.write(
        "list.csv",
        "id,name,company,email,city\n1,Ann Lee,Acme Works,ann@acme-works.example,Boston\n2,Bo Day,Bolt Forge,bo@bolt-forge.example,Reno\n\
         3,Cy Dee,Core Mining,cy@core-mining.example,Elko\n4,Ann Lee,Acme Works,ann@acme-works.example,Boston\n\
         5,Ida Joy,Kite Sails,ida@kite-sails.example,Salem\n6,Mo Nye,Oak Mill,mo@oak-mill.example,Salem\n",
    );
    desk.write(
        "contacts.csv",
        "Contact ID,Name,Account Name,Email,Owner\n0031,Ann Lee,Acme Works,ann@acme-works.example,R1\n\
         0032,Ida Joy,Kite Sails,ida@kite-sails.example,R1\n0033,Ida Joy,Kite Sails,ida@kite-sails.example,R2\n",
    );
    desk.write(
        "accounts.csv",
        "Account ID,Account Name,Website,City,Account Owner\n0011,Bolt Forge Inc,https://bolt-forge.example,Reno,Bo Chan\n\
         0012,Core Mining,core-mining.example,Elko,Cy Poe\n",
    );
    let told = desk.says(
        "reconcile list.csv --existing contacts.csv --accounts accounts.csv --reps reps.csv",
        0,
    );
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    let all = desk.rows("reconciled/reconciled.csv");
    let verdicts: Vec<&str> = all.iter().map(|row| row[1].as_str()).collect();
    let expected = [
        "duplicate",
        "known_account",
        "conflict",
        "duplicate",
        "conflict",
        "new",
    ];
    assert_eq!(verdicts, expected, "{all:?}");
    assert_eq!(all[0][2..7], ["R1", "contacts.csv", "2", "0031", "Ann Lee"]);
    assert!(all[0][8].contains("email ann@acme-works.example"), "{all:?}");
    assert_eq!(all[1][2..6], ["Bo Chan", "accounts.csv", "2", "0011"]);
    let conflicts = desk.rows("reconciled/conflicts.csv");
    let sides: Vec<[&str; 3]> = conflicts
        .iter()
        .map(|row| [&row[0], &row[1], &row[2]].map(String::as_str))
        .collect();
    assert_eq!(
        sides,
        [
            ["3", "owner_left", "1"],
            ["5", "two_owners", "1"],
            ["5", "two_owners", "2"]
        ]
    );
    assert_eq!(desk.text("reconciled/new.csv").lines().count(), 2);
}

#[test]
fn a_folder_is_checked_and_reconciled_again_without_its_lists() {
    let desk = Desk::new("again");
    desk.says("reconcile fair.csv old.json -q", 0);
    for (name, _) in LISTS {
        fs::remove_file(desk.path(name)).expect("it is there");
    }
    desk.says("verify reconciled", 0);
    desk.says("reconcile reconciled/reconciled.csv -q --out again", 0);
    // a header that gave way to ours stays as it is
    let new = desk.text("again/new.csv").replace("lead_verdict", "verdict");
    assert_eq!(new, desk.text("reconciled/new.csv"));
}

#[test]
fn ids_of_salesforce_are_one_in_either_length() {
    let desk = Desk::new("widened");
    desk.write(
        "leads.csv",
        "Id,Company\n00Q5g000001AbCd,Acme\n00Q5g000001aBcD,Bolt\n",
    );
    desk.write(
        "pins.csv",
        "lead_id,rep_id\n00Q5g000001AbCd,R1\n00Q5g000001aBcD,R1\n",
    );
    desk.says("run leads.csv reps.csv --pins pins.csv -q", 0);
    let ids: Vec<String> = desk
        .rows("out/assignments.csv")
        .into_iter()
        .map(|row| row[0].clone())
        .collect();
    desk.write(
        "crm.csv",
        &format!("Id,Owner\n{},R1\n00Q5g000001aBcD,R2\n", ids[0]),
    );
    desk.says("reconcile --assigned out crm.csv -q", 0);
    let states: Vec<String> = desk.states().into_iter().map(|(_, state, _)| state).collect();
    assert_eq!(states, ["taken", "drifted"], "{ids:?}");
}
