//! Runs on leads that are known already: duplicates, conflicts and known accounts, worked out or told by a
//! `reconciled.csv` that a user edited.

mod transcript;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use transcript::{Scratch, dealt};

const REPS: &str = "id,name,email,active,skills,max_open,open\nR1,Ann Lee,ann@us.com,yes,B,1,1\n\
                    R2,Bo Chan,bo@us.com,no,A,9,0\nR3,Cy Poe,cy@us.com,yes,A,9,0\n";
const RULES: &str = "[score]\nskill = 1\n\n[[require]]\nname = \"no small ones for Ann\"\n\
                     when = \"lead.employees < 10\"\nthat = \"rep.id != 'R1'\"\n\n[[pass]]\nname = \"best\"\nmethod = \"optimal\"\n";
const RECONCILED: &str = "lead_id,verdict,owner,matched_file,matched_row,matched_id,matched_name,confidence,agrees,disagrees,\
                          also,group,reason,id,company,employees,skills\n";

struct Team(Scratch);

impl Team {
    fn new() -> Self {
        let team = Self(Scratch::new("known"));
        team.write("reps.csv", REPS);
        team.write("rules.toml", RULES);
        team
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path(name), text).expect("writable");
    }

    /// Leads with the verdict and owner that a user left in `reconciled.csv`.
    fn told(&self, rows: &[(&str, &str, &str, u32)]) {
        let mut text = RECONCILED.to_owned();
        for (id, verdict, owner, employees) in rows {
            let _ = writeln!(
                text,
                "{id},{verdict},{owner},crm.csv,7,003A,Acme,90,,,,,same company,{id},Acme,{employees},A"
            );
        }
        self.write("leads.csv", &text);
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

    /// Deals, verifies, and gives each lead's fate: its rep and reason, or the word and the detail why not.
    fn dealt(&self, more: &str) -> BTreeMap<String, (String, String)> {
        self.says(
            &format!("run leads.csv reps.csv --rules rules.toml --as-of 2026-06-01T08:00 {more}"),
            0,
        );
        self.says("verify out", 0);
        let mut fates = BTreeMap::new();
        for (file, columns) in [
            ("out/assignments.csv", ["rep_id", "reason"]),
            ("out/unassigned.csv", ["reason", "detail"]),
        ] {
            let text = fs::read_to_string(self.0.path(file)).expect("a file of the run");
            let mut rows = text.lines().map(cells);
            let headers = rows.next().expect("headers");
            let at = |name: &str| {
                headers
                    .iter()
                    .position(|header| header == name)
                    .expect("a column")
            };
            for row in rows {
                let [one, other] = columns.map(|column| row[at(column)].clone());
                let before = fates.insert(row[0].clone(), (one, other));
                assert_eq!(before, None, "{} is there once", row[0]);
            }
        }
        fates
    }
}

/// The cells of a row, in which only whole cells are quoted.
fn cells(row: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for letter in row.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().expect("one at least").push(letter),
        }
    }
    cells
}

fn check(fates: &BTreeMap<String, (String, String)>, lead: &str, expected: (&str, &str)) {
    let (one, other) = &fates[lead];
    assert_eq!((one.as_str(), other.as_str()), expected, "{lead}");
}

#[test]
fn an_edited_reconciled_csv_is_obeyed() {
    let team = Team::new();
    team.told(&[
        ("L1", "new", "", 50),
        ("L2", "known_account", "Ann Lee", 50),
        ("L3", "known_account", "ann@us.com", 5),
        ("L4", "known_account", "Bo Chan", 50),
        ("L5", "known_account", "Eve Far", 50),
        ("L6", "duplicate", "", 50),
        ("L7", "conflict", "", 50),
        ("L8", "conflict", "R2", 50),
        ("L9", "Known account", "", 50),
    ]);
    let fates = team.dealt("");
    check(&fates, "L1", ("R3", "highest score"));
    check(&fates, "L2", ("R1", "owns the account"));
    check(&fates, "L3", ("R3", "only rep who may take it"));
    check(
        &fates,
        "L4",
        ("R3", "highest score; the account was Bo Chan's, who has left"),
    );
    check(
        &fates,
        "L5",
        (
            "already_owned",
            "its account belongs to Eve Far, who is not on the roster",
        ),
    );
    check(
        &fates,
        "L6",
        ("duplicate", "its `verdict` says duplicate: same company"),
    );
    check(
        &fates,
        "L7",
        ("conflict", "its `verdict` says conflict: same company"),
    );
    check(
        &fates,
        "L8",
        ("R3", "highest score; the account was Bo Chan's, who has left"),
    );
    check(&fates, "L9", ("R3", "highest score"));
    let told = team.says("explain out L2 --rep R3", 0);
    assert!(told.contains("as the owner of its account"), "{told}");
    assert!(told.contains("goes to who owns its account"), "{told}");
}

#[test]
fn a_known_account_may_be_preferred_or_ignored() {
    let team = Team::new();
    team.told(&[
        ("L1", "known_account", "Ann Lee", 50),
        ("L2", "known_account", "Eve Far", 50),
    ]);
    team.write("reps.csv", &REPS.replace("B,1,1", "B,9,0"));
    team.write(
        "rules.toml",
        &format!("[existing]\naccounts = \"prefer\"\n{RULES}"),
    );
    let fates = team.dealt("");
    check(&fates, "L1", ("R1", "highest score"));
    assert!(fates["L2"].0.starts_with('R'));
    team.write(
        "rules.toml",
        &format!("[existing]\naccounts = \"ignore\"\n{RULES}"),
    );
    let fates = team.dealt("");
    assert!(fates.values().all(|(rep, _)| rep.starts_with('R')), "{fates:?}");
}

#[test]
fn an_owner_who_is_away_for_three_days_keeps_its_leads_and_for_four_does_not() {
    let team = Team::new();
    team.told(&[("L1", "known_account", "Ann Lee", 50)]);
    for (last, expected) in [("2026-06-03", "R1"), ("2026-06-04", "R3")] {
        team.write("off.csv", &format!("rep,from,to\nR1,2026-06-01,{last}\n"));
        let fates = team.dealt("--time-off off.csv");
        assert_eq!(fates["L1"].0, expected, "until {last}");
    }
}

#[test]
fn a_verdict_that_is_no_word_sets_the_row_aside() {
    let team = Team::new();
    team.told(&[("L1", "new", "", 50), ("L2", "knwon", "", 50)]);
    team.dealt("");
    let set_aside = fs::read_to_string(team.0.path("out/set_aside.csv")).expect("a file of the run");
    assert!(
        set_aside.contains("`knwon`; expected new, duplicate"),
        "{set_aside}"
    );
}

#[test]
fn leads_with_one_email_are_one_unless_the_rules_say_otherwise() {
    let team = Team::new();
    team.write(
        "leads.csv",
        "id,email,skills,owner\nL1,Ann <ann@x.com>,A,\nL2,ANN@x.com,A,\nL3,bo@x.com,A,\nL4,,A,\nL5,bo@x.com,A,Eve Far\n",
    );
    let fates = team.dealt("");
    check(&fates, "L1", ("R3", "highest score"));
    check(&fates, "L2", ("duplicate", "the same as lead L1"));
    check(&fates, "L3", ("duplicate", "the same as lead L5"));
    check(&fates, "L4", ("R3", "highest score"));
    assert_eq!(fates["L5"].0, "already_owned");
    team.write("rules.toml", &format!("[duplicates]\nwithin = \"none\"\n{RULES}"));
    let fates = team.dealt("");
    check(&fates, "L2", ("R3", "highest score"));
}
