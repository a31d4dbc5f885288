//! Nights with a ledger, as a user lives them: retries, refusals, plans changed by hand, runs taken back.

mod transcript;

use std::fs;
use std::path::Path;
use transcript::{Scratch, dealt, files};

const LEADS: &str = "id,company,latitude,longitude,skills\nL1,Acme,42.36,-71.06,A\nL2,Bolt,40.75,-73.98,B\n\
                     L3,Cord,40.75,-73.98,A\n";
const REPS: &str = "id,name,latitude,longitude,skills,max_open\nR1,Ann Lee,42.36,-71.06,A,9\n\
                    R2,Bo Chan,40.75,-73.98,B,9\nR3,Cy Poe,40.75,-73.98,A;B,9\nR4,Di Orr,42.36,-71.06,A;B,9\n";
const RULES: &str = "[score]\nskill = 3\nproximity = 3\n\n[[require]]\nname = \"not Cy for Bolt\"\n\
                     when = \"lead.company == 'Bolt'\"\nthat = \"rep.id != 'R3'\"\n\n[[pass]]\nname = \"best\"\nmethod = \"optimal\"\n";

/// A folder with leads, reps, rules.
struct Team(Scratch);

impl Team {
    fn new() -> Self {
        let team = Self(Scratch::new("nightly"));
        for (name, text) in [("leads.csv", LEADS), ("reps.csv", REPS), ("rules.toml", RULES)] {
            team.write(name, text);
        }
        team
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path(name), text).expect("writable");
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
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

    fn night(&self, day: u32, more: &str, code: i32) -> String {
        self.says(
            &format!("run leads.csv reps.csv --rules rules.toml --ledger l.dealt --as-of 2026-06-{day:02}T02:00 {more}"),
            code,
        )
    }

    /// The lead and rep of each row of a file of ours.
    fn pairs(&self, name: &str) -> Vec<(String, String)> {
        let text = self.text(name);
        let rows = text.lines().skip(1).map(|row| {
            let mut cells = row.split(',').map(str::to_owned);
            (cells.next().expect("a lead"), cells.next().expect("a rep"))
        });
        rows.collect()
    }

    fn rep_of(&self, lead: &str) -> Option<String> {
        let mut pairs = self.pairs("out/assignments.csv").into_iter();
        pairs.find(|(id, _)| id == lead).map(|(_, rep)| rep)
    }

    /// Changes a text in a file.
    fn change(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no `{from}`:\n{text}");
        self.write(name, &text.replacen(from, to, 1));
    }
}

#[test]
fn a_retry_does_nothing_and_a_later_night_lists_what_stands() {
    let team = Team::new();
    team.night(1, "", 0);
    let first = files(&team.0.path("out"));
    assert!(
        team.night(1, "", 0)
            .starts_with("nothing to do: all is as in run 1")
    );
    assert_eq!(files(&team.0.path("out")), first);
    team.night(2, "--out other", 0);
    let dealt = team.pairs("out/assignments.csv");
    assert_eq!(dealt.len(), 3);
    assert_eq!(team.pairs("other/standing.csv"), dealt);
    assert_eq!(team.pairs("other/assignments.csv"), []);
    team.says("verify other", 0);
    team.change("other/standing.csv", "L1,", "L9,");
    team.says("verify other", 3);
}

#[test]
fn a_declined_lead_that_no_file_holds_any_more_goes_to_another_rep_with_its_own_row() {
    let team = Team::new();
    team.night(1, "", 0);
    let declined = team.rep_of("L1").expect("it is dealt");
    team.write(
        "outcomes.csv",
        "lead_id,outcome,at\nL1,declined,2026-06-01T10:00\n",
    );
    team.says("record l.dealt outcomes.csv", 0);
    team.write(
        "leads.csv",
        "id,company,latitude,longitude,skills\nL4,Dune,42.36,-71.06,A\n",
    );
    team.night(2, "", 0);
    let next = team.rep_of("L1").expect("it is dealt again");
    assert_ne!(next, declined);
    assert!(
        team.text("out/assignments.csv")
            .contains(",L1,Acme,42.36,-71.06,A")
    );
    team.says("verify out", 0);
    assert!(
        team.says(&format!("explain out L1 --rep {declined}"), 0)
            .contains("declined")
    );
}

#[test]
fn a_lead_that_comes_back_twice_is_still_of_the_file_that_it_came_from() {
    let team = Team::new();
    team.change(
        "rules.toml",
        "[[pass]]",
        "[[require]]\nname = \"our file\"\nthat = \"lead.file == 'leads.csv'\"\n\n[[pass]]",
    );
    team.night(1, "", 0);
    let rows = team.text("leads.csv");
    for day in [2, 3] {
        team.write("leads.csv", &rows);
        team.write(
            "outcomes.csv",
            &format!("lead_id,outcome,at\nL1,declined,2026-06-{:02}T10:00\n", day - 1),
        );
        team.says("record l.dealt outcomes.csv", 0);
        team.write("leads.csv", "id,company\n");
        team.night(day, "", 0);
        assert!(
            team.rep_of("L1").is_some(),
            "night {day}:\n{}",
            team.text("out/unassigned.csv")
        );
    }
    team.says("history l.dealt --csv all", 0);
    assert!(!team.text("all/assignments.csv").contains("(ledger)"));
}

#[test]
fn released_leads_go_to_others_and_a_roster_cut_short_is_asked_about() {
    let team = Team::new();
    team.night(1, "", 0);
    let gone = team.rep_of("L2").expect("it is dealt");
    let (left, others): (Vec<&str>, Vec<&str>) =
        REPS.lines().partition(|row| row.starts_with(&format!("{gone},")));
    let name = left[0].split(',').nth(1).expect("reps have names");
    team.write("reps.csv", &format!("{}\n", others.join("\n")));
    let told = team.night(2, "", 0);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("{name} 1 (not on the roster)")), "{told}");
    assert!(team.night(3, "--release Nobody", 2).contains("[unknown-rep]"));
    team.night(3, &format!("--release {gone}"), 0);
    let next = team.rep_of("L2");
    assert!(next.is_some() && next.as_ref() != Some(&gone), "{next:?}");
    team.says("verify out", 0);
    team.write(
        "reps.csv",
        &REPS.split_inclusive('\n').take(2).collect::<String>(),
    );
    let told = team.night(4, "", 2);
    assert!(
        told.contains("the roster lacks 2 of the 3 reps of run 3") && told.contains("[shrunken-roster]"),
        "{told}"
    );
    team.night(4, "--roster-changed", 0);
}

#[test]
fn a_plan_changes_no_ledger_and_its_commit_records_it_as_planned() {
    let team = Team::new();
    team.night(1, "--plan", 0);
    let planned = team.pairs("out/assignments.csv");
    assert!(!team.0.path("l.dealt").exists());
    team.says("verify out", 0);
    team.says("commit out", 0);
    assert_eq!(team.pairs("out/assignments.csv"), planned);
    team.says("verify out", 0);
    assert!(
        team.says("commit out", 2)
            .contains("this is run 1 of `l.dealt` already")
    );
    assert!(team.night(1, "", 0).contains("nothing to do"));
}

/// Plans, changes a file, commits with options; what it said.
fn commits(name: &str, from: &str, to: &str, options: &str, code: i32) -> (Team, String) {
    let team = Team::new();
    team.night(1, "--plan --quiet", 0);
    assert_eq!(
        team.rep_of("L1").as_deref(),
        Some("R1"),
        "what the edits start from"
    );
    assert_eq!(
        team.rep_of("L2").as_deref(),
        Some("R2"),
        "what the edits start from"
    );
    team.change(name, from, to);
    let before = files(&team.0.path("out"));
    let told = team.says(&format!("commit out {options}"), code);
    if code != 0 {
        assert_eq!(files(&team.0.path("out")), before, "nothing is changed");
        assert!(!team.0.path("l.dealt").exists(), "nothing is recorded");
    }
    (team, told)
}

const TABLE: &str = "out/assignments.csv";

#[test]
fn a_rep_changed_by_id_by_name_or_both_is_recorded_and_proven() {
    for (from, to) in [
        ("L1,R1,Ann Lee", "L1,R4,Ann Lee"),
        ("L1,R1,Ann Lee", "L1,R1,Di Orr"),
        ("L1,R1,Ann Lee", "L1,R4,Di Orr"),
    ] {
        let (team, told) = commits(TABLE, from, to, "", 0);
        assert!(told.contains("changed by hand: lead L1 from R1 to R4"), "{told}");
        assert_eq!(team.rep_of("L1").as_deref(), Some("R4"));
        assert!(
            team.says("verify out", 0)
                .contains("changed by hand after the plan: 1")
        );
        team.says("explain out L1", 0);
        team.change(TABLE, "L1,R4", "L1,R3");
        team.says("verify out", 3);
    }
}

#[test]
fn a_lead_taken_from_its_rep_is_unassigned_and_up_again_the_next_night() {
    let (team, told) = commits(TABLE, "L1,R1,Ann Lee", "L1,,", "", 0);
    assert!(
        told.contains("changed by hand: lead L1 from R1 to nobody"),
        "{told}"
    );
    assert_eq!(team.rep_of("L1"), None);
    assert!(team.text("out/unassigned.csv").contains("L1,"));
    team.says("verify out", 0);
    team.night(2, "", 0);
    assert!(team.rep_of("L1").is_some());
}

#[test]
fn edits_that_cannot_be_understood_are_refused_with_their_place() {
    for (from, to, told) in [
        (
            "L1,R1,Ann Lee",
            "L1,R4,Cy Poe",
            "`rep_id` is now `R4` and `rep_name` is `Cy Poe`",
        ),
        ("L1,R1,Ann Lee", "L1,R9,Ann Lee", "`R9` is not on the roster"),
        ("L1,R1", "L7,R1", "lead `L7` is not in the plan"),
        ("L2,R2", "L1,R2", "lead `L1` is there a second time"),
    ] {
        let (_, said) = commits(TABLE, from, to, "", 2);
        assert!(said.contains(told) && said.contains("[bad-edit]"), "{said}");
    }
    let (_, said) = commits(TABLE, "L3,", "L2,", "", 2);
    assert!(said.contains("the row of lead `L3` is missing"), "{said}");
}

#[test]
fn an_edit_against_a_hard_rule_needs_force() {
    let (_, told) = commits(TABLE, "L2,R2,Bo Chan", "L2,R3,Cy Poe", "", 2);
    assert!(
        told.contains("lead `L2` to `R3` breaks not Cy for Bolt"),
        "{told}"
    );
    let (team, told) = commits(TABLE, "L2,R2,Bo Chan", "L2,R3,Cy Poe", "--force", 0);
    assert!(told.contains("though it breaks not Cy for Bolt"), "{told}");
    assert!(
        team.says("verify out", 0)
            .contains("of these against a hard rule: 1")
    );
}

#[test]
fn a_plan_whose_leads_were_dealt_meanwhile_is_refused() {
    let team = Team::new();
    team.night(1, "--plan --quiet", 0);
    team.night(1, "--quiet --out other", 0);
    let told = team.says("commit out", 2);
    assert!(told.contains("run 1 dealt lead `L1` to `R1` meanwhile"), "{told}");
}

#[test]
fn edits_may_be_in_a_file_of_their_own() {
    let team = Team::new();
    team.night(1, "--plan --quiet --xlsx", 0);
    team.write("mine.csv", "lead_id,rep_id\nL3,R3\nL2,R2\nL1,R4\n");
    team.says("commit out --from mine.csv", 0);
    assert_eq!(team.rep_of("L1").as_deref(), Some("R4"));
    let team = Team::new();
    team.night(1, "--plan --quiet --xlsx", 0);
    let planned = team.pairs(TABLE);
    assert!(
        !team
            .says("commit out --from out/assignments.xlsx", 0)
            .contains("changed by hand")
    );
    assert_eq!(team.pairs(TABLE), planned);
}

#[test]
fn a_run_taken_back_and_made_again_deals_the_same() {
    let team = Team::new();
    team.night(1, "", 0);
    let first = team.text(TABLE);
    team.says("undo l.dealt", 0);
    team.night(1, "", 0);
    assert_eq!(team.text(TABLE), first);
    team.says("verify out", 0);
}

#[test]
fn recorded_runs_are_written_again() {
    let team = Team::new();
    team.night(1, "", 0);
    team.write("leads.csv", &format!("{LEADS}L4,Dune,42.36,-71.06,A\n"));
    team.night(2, "", 0);
    let archive = "out.2026-06-01T02-00-00Z";
    assert_eq!(team.pairs(&format!("{archive}/assignments.csv")).len(), 3);
    assert!(Path::new(&team.0.path(archive)).join("run.json").exists());
    team.says(&format!("verify {archive}"), 0);
    team.says("export l.dealt --run 1 --out one", 0);
    assert_eq!(
        team.text("one/assignments.csv"),
        team.text(&format!("{archive}/assignments.csv"))
    );
    team.says("export l.dealt --since 2026-06-02 --out since", 0);
    assert_eq!(team.pairs("since/assignments.csv").len(), 1);
    assert!(team.says("export l.dealt --run 7 --out none", 2).contains('7'));
    assert!(!team.0.path("none").exists());
}

#[test]
fn a_rep_written_beside_an_unassigned_lead_gets_it() {
    let team = Team::new();
    team.change("rules.toml", "[score]", "[balance]\nmax_share = 0.01\n\n[score]");
    team.change(
        "leads.csv",
        "L1,",
        "L4,Dune,40.75,-73.98,A\nL5,Echo,40.75,-73.98,A\nL1,",
    );
    team.night(1, "--plan", 0);
    let left = team.pairs("out/unassigned.csv");
    assert_eq!(left.len(), 1, "four reps, one lead each");
    let (lead, rep) = (left[0].0.clone(), team.rep_of("L1").expect("it is dealt"));
    team.change("out/assignments.csv", &format!("L1,{rep},"), "L1,,");
    let rows = team.text("out/unassigned.csv");
    let mut rows = rows.lines();
    let header = rows.next().expect("a header");
    let row = rows.next().expect("a lead");
    team.write("out/unassigned.csv", &format!("{header},rep_id\n{row},{rep}\n"));
    let told = team.says("commit out", 0);
    assert!(
        told.contains(&format!("lead {lead} from unassigned to {rep}")),
        "{told}"
    );
    assert_eq!(team.rep_of(&lead), Some(rep));
    assert!(
        team.says(&format!("history l.dealt --lead {lead}"), 0)
            .contains("by `edit`")
    );
    assert_eq!(team.pairs("out/unassigned.csv")[0].0, "L1");
    team.says("verify out", 0);
}

#[test]
fn leads_are_imported_again_until_their_rows_show_the_owner() {
    let team = Team::new();
    team.write(
        "reps.csv",
        "id,name,email,max_open\nR1,Ann Lee,ann@example.com,9\nR2,Bo Chan,bo@example.com,9\n",
    );
    team.write(
        "leads.csv",
        "id,company,email,owner\nL1,Acme,a@acme.com,\nL2,Bolt,b@bolt.com,\n",
    );
    team.write(
        "rules.toml",
        "[[pass]]\nname = \"in turn\"\nmethod = \"round_robin\"\n",
    );
    team.night(1, "--for hubspot", 0);
    let imported = || team.text("out/import_new.csv").lines().count() - 1;
    assert_eq!(imported(), 2);
    let rep = team.rep_of("L1").expect("it is dealt");
    let other = if rep == "R1" { "R2" } else { "R1" };
    team.change("leads.csv", "a@acme.com,", &format!("a@acme.com,{rep}"));
    team.night(2, "--for hubspot", 0);
    assert_eq!(imported(), 1);
    assert!(team.text("out/standing.csv").contains(",dealt,yes,"));
    team.change("leads.csv", "b@bolt.com,", &format!("b@bolt.com,{rep}"));
    team.night(3, "--for hubspot", 0);
    assert_eq!(imported(), 0);
    assert!(
        team.text("out/standing.csv").contains(",dealt,other,"),
        "L2 is with {other}"
    );
    // each run's folder is kept whole beside the next one's
    for night in ["out.2026-06-01T02-00-00Z", "out.2026-06-02T02-00-00Z"] {
        team.says(&format!("verify {night}"), 0);
    }
    team.says("export l.dealt --run 1 --for hubspot --out again", 0);
    assert_eq!(
        team.text("again/import_new.csv"),
        team.text("out.2026-06-01T02-00-00Z/import_new.csv")
    );
}

#[test]
fn the_files_of_a_recorded_run_that_are_lost_are_written_again() {
    let team = Team::new();
    team.night(1, "", 0);
    let first = team.text("out/assignments.csv");
    fs::remove_dir_all(team.0.path("out")).expect("it is there");
    team.says("export l.dealt", 0);
    assert_eq!(team.text("export/assignments.csv"), first);
    // a retry has no folder that could stay as it is, so it is a run of its own, in which all leads stand
    team.night(1, "", 0);
    assert_eq!(team.pairs("out/standing.csv").len(), 3);
}
