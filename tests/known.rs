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

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
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
            let text = self.text(file);
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
    let set_aside = team.text("out/set_aside.csv");
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

#[test]
fn an_address_that_stands_for_none_is_told_before_it_costs_leads() {
    let team = Team::new();
    let rows: Vec<String> = (1..=21).map(|at| format!("L{at},fair@x.com,A")).collect();
    team.write("leads.csv", &format!("id,email,skills\n{}\n", rows.join("\n")));
    let told = team.says("check leads.csv reps.csv --rules rules.toml", 0);
    assert!(told.contains("20 leads are the same as lead `L1`"), "{told}");
    team.write(
        "rules.toml",
        &format!("[read]\nempty = [\"fair@x.com\"]\n{RULES}"),
    );
    let fates = team.dealt("");
    assert!(fates.values().all(|(word, _)| word != "duplicate"), "{fates:?}");
}

const IMPORT: &str = "id,name,company,email,city,country,employees,skills\n\
    L1,Dee Fox,Fox Tools Ltd,dee@foxtools.com,Boston,US,50,A\n\
    L2,Eli Gum,Gum Works Inc,eli@gumworks.com,Austin,US,50,A\n\
    L3,Flo Hay,Hay Mills,flo@haymills.com,Denver,US,50,A\n\
    L4,Gus Ivy,Ivy Glass,gus@ivyglass.com,Reno,US,50,A\n\
    L5,Hal Jet,Jet Paper,hal@jetpaper.com,Salem,US,50,A\n\
    L6,Ida Kay,Kay Boats,ida@kayboats.com,Tampa,US,50,A\n";
const EXISTING: &str = "id,name,company,email,city,country,owner\n\
    C1,Dee Fox,Fox Tools,DEE@foxtools.com,Boston,US,Cy Poe\n\
    L4,Gus Ivy,Ivy Glass,gus@ivyglass.com,Reno,US,\n";
const ACCOUNTS: &str = "Account ID,Account Name,Website,Billing City,Billing Country,Account Owner\n\
    A2,Gum Works,www.gumworks.com,Austin,US,Ann Lee\n\
    A3,Hay Mills,haymills.com,Denver,US,Ann Lee\nA4,Hay Mills Inc,haymills.com,Denver,US,Cy Poe\n\
    A5,Jet Paper,jetpaper.com,Salem,US,Bo Chan\nA6,Kay Boats,kayboats.com,Tampa,US,Eve Far\n";

/// What the CRM holds beside a list that arrives.
fn with_crm() -> Team {
    let team = Team::new();
    for (name, text) in [
        ("leads.csv", IMPORT),
        ("existing.csv", EXISTING),
        ("accounts.csv", ACCOUNTS),
    ] {
        team.write(name, text);
    }
    team
}

#[test]
fn what_the_crm_knows_is_worked_out_before_the_deal() {
    let team = with_crm();
    let fates = team.dealt("--existing existing.csv --accounts accounts.csv");
    assert_eq!(fates["L1"].0, "duplicate");
    assert!(fates["L1"].1.contains("Dee Fox at existing.csv:2"), "{fates:?}");
    check(&fates, "L2", ("R1", "owns the account"));
    assert_eq!(fates["L3"].0, "conflict");
    assert!(fates["L3"].1.contains("of Ann Lee") && fates["L3"].1.contains("of Cy Poe"));
    // the record of its own id is no other
    check(&fates, "L4", ("R3", "highest score"));
    check(
        &fates,
        "L5",
        ("R3", "highest score; the account was Bo Chan's, who has left"),
    );
    assert_eq!(fates["L6"].0, "already_owned");
    let told = team.says("explain out L1", 0);
    assert!(told.contains("duplicate"), "{told}");
    let told = team.says(
        "check leads.csv reps.csv --rules rules.toml --existing existing.csv --accounts accounts.csv",
        0,
    );
    assert!(told.contains("1 there already"), "{told}");
    let told = team.says("run leads.csv reps.csv --existing nothing.csv", 2);
    assert!(told.contains("nothing.csv"), "{told}");
}

#[test]
fn a_list_reconciled_first_and_dealt_then_ends_as_one_dealt_at_once() {
    let team = with_crm();
    let at_once = team.dealt("--existing existing.csv --accounts accounts.csv");
    team.says(
        "reconcile leads.csv --existing existing.csv --accounts accounts.csv --reps reps.csv --rules rules.toml",
        0,
    );
    team.write("leads.csv", &team.text("reconciled/reconciled.csv"));
    let mut after = team.dealt("");
    // in an import a row with a known record's id is that record: it is there already
    assert_eq!(
        after.remove("L4").map(|(word, _)| word),
        Some("duplicate".to_owned())
    );
    for (lead, (one, _)) in &after {
        assert_eq!(*one, at_once[lead].0, "{lead}");
    }
}

#[test]
fn leads_of_one_company_go_to_one_rep() {
    let team = Team::new();
    team.write(
        "leads.csv",
        "id,company,country,skills\nL1,Acme Inc,US,A\nL2,ACME,US,B\nL3,Bolt,US,B\nL4,Acme Ltd.,US,B\n",
    );
    team.write(
        "reps.csv",
        "id,name,skills,max_open,open\nR1,Ann Lee,B,9,0\nR2,Bo Chan,A,2,0\n",
    );
    let fates = team.dealt("");
    assert_eq!((fates["L1"].0.as_str(), fates["L2"].0.as_str()), ("R2", "R1"));
    team.write("rules.toml", &format!("[together]\nby = \"company\"\n{RULES}"));
    let fates = team.dealt("");
    for lead in ["L1", "L2", "L4"] {
        assert_eq!(fates[lead].0, "R1", "{fates:?}");
        assert!(fates[lead].1.contains("2 other leads of Acme Inc"), "{fates:?}");
    }
}
