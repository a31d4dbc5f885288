//! What a ledger tells, in the batch.

use super::*;
use crate::mistake::Mistakes;
use crate::model::{History, LedgerSettings, Returned, ReturnedBy, Standing};
use crate::read::batch_of_tables::{Tables, assemble};
use crate::read::testing::{as_of, settings, shown, table};
use std::collections::BTreeMap;

const LEADS: &str = "Id¦Company¦Owner\nL1¦Acme¦\nL2¦Bolt¦Ann Lee\nL3¦Cord¦Bo Chan";
const REPS: &str = "id¦name¦active\nr1¦Ann Lee¦yes\nr2¦Bo Chan¦no\nr3¦Cy Day¦yes";

fn read(leads: &str, reps: &str, past: Past, settings: &Settings) -> Result<Batch, Mistakes> {
    let tables = Tables {
        leads: vec![table("new/leads.csv", leads)],
        reps: table("reps.csv", reps),
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing: Vec::new(),
        accounts: Vec::new(),
        past,
    };
    assemble(tables, settings, as_of())
}

fn batch(past: Past, settings: &Settings) -> Batch {
    read(LEADS, REPS, past, settings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn past() -> Past {
    Past {
        is_kept: true,
        ..Past::default()
    }
}

/// A ledger with one row of a lead that no file holds any more.
fn with_row(id: &str) -> Past {
    let headers = ["Company", "Lead ID", "Size"].map(str::to_owned).to_vec();
    let cells = ["Dune", id, "7"].map(str::to_owned).to_vec();
    Past {
        rows: vec![PastRows {
            file: "old/may.csv".to_owned(),
            headers,
            rows: vec![(id.to_owned(), cells)],
        }],
        ..past()
    }
}

fn rep(open: u32) -> PastRep {
    PastRep {
        open,
        today: 1,
        recent: 4,
        accept_rate: Some(0.5),
        ..PastRep::default()
    }
}

fn with_reps(reps: &[(&str, u32)]) -> Past {
    let reps = reps.iter().map(|(id, open)| {
        let name = (*id).to_owned();
        (name.clone(), PastRep { name, ..rep(*open) })
    });
    Past {
        reps: reps.collect(),
        ..past()
    }
}

fn returned(had: &[&str]) -> Past {
    let had: Vec<String> = had.iter().map(|id| (*id).to_owned()).collect();
    let lead = Returned {
        by: ReturnedBy::Declined,
        rep_id: had[0].clone(),
        team: String::new(),
        refused: had.clone(),
        had,
        returns: 1,
    };
    Past {
        returned: BTreeMap::from([("L2".to_owned(), lead)]),
        ..past()
    }
}

fn warnings(batch: &Batch) -> String {
    let notes: Vec<&str> = batch.notes.iter().map(|note| note.text.as_str()).collect();
    notes.join("\n")
}

#[test]
fn rows_of_the_ledger_are_leads_beside_those_of_the_files_and_of_the_file_they_came_from() {
    let found = batch(with_row("L9"), &settings(&[("file", None)]));
    assert_eq!(found.leads.ids, ["L1", "L2", "L3", "L9"]);
    let cells: Vec<&str> = found.leads.cells.row(3).collect();
    assert_eq!(found.leads.headers, ["Id", "Company", "Owner", "Lead ID", "Size"]);
    assert_eq!(cells, ["", "Dune", "", "L9", "7"]);
    let files: Vec<String> = (0..4)
        .map(|row| shown(found.leads.frame.value("file", row)))
        .collect();
    assert_eq!(files, ["leads.csv", "leads.csv", "leads.csv", "may.csv"]);
}

#[test]
fn a_lead_of_the_ledger_keeps_its_id_where_files_prefix_theirs() {
    let settings = Settings {
        prefix: true,
        ..Settings::default()
    };
    let found = batch(with_row("may.csv:L9"), &settings);
    assert_eq!(
        found.leads.ids,
        ["leads.csv:L1", "leads.csv:L2", "leads.csv:L3", "may.csv:L9"]
    );
}

#[test]
fn what_stands_is_kept_as_the_ledger_has_it() {
    let standing = Standing {
        rep_id: "r1".to_owned(),
        team: String::new(),
        dealt_at: as_of().moment,
        run: 3,
        state: "won".to_owned(),
    };
    let told = Past {
        standing: BTreeMap::from([("L1".to_owned(), standing)]),
        history: History::default(),
        ..past()
    };
    assert_eq!(batch(told.clone(), &Settings::default()).past, told);
    let unkept = Past {
        is_kept: false,
        ..told
    };
    assert_eq!(batch(unkept, &Settings::default()).past, Past::default());
}

#[test]
fn a_rep_of_the_ledger_has_its_record_in_columns_of_its_own() {
    let found = batch(with_reps(&[("r1", 2)]), &Settings::default());
    let value = |name: &str, row| shown(found.reps.frame.value(name, row));
    assert_eq!(
        (value("accept_rate", 0), value("recent", 0)),
        ("0.5".into(), "4".into())
    );
    assert_eq!(
        (value("win_rate", 0), value("accept_rate", 2)),
        ("-".into(), "-".into())
    );
    assert_eq!(value("recent", 2), "0");
    assert_eq!(found.reps.list[0].new_today, 1);
    assert_eq!(found.reps.list[2].new_today, 0);
}

/// Reads a roster with 5 open leads by its column where the ledger counts 2; the open leads and notes.
fn open(by: Option<OpenBy>, reps: &str) -> (u32, String) {
    let settings = Settings {
        ledger: LedgerSettings {
            open: by,
            ..LedgerSettings::default()
        },
        ..Settings::default()
    };
    let found = read(LEADS, reps, with_reps(&[("r1", 2)]), &settings).expect("a batch");
    (found.reps.list[0].open, warnings(&found))
}

#[test]
fn open_leads_are_counted_by_the_roster_where_it_has_the_column_unless_the_rules_say_otherwise() {
    let with = "id¦name¦open\nr1¦Ann Lee¦5";
    let said = "open leads: 5 by the roster, 2 by the ledger";
    for (by, expected) in [(None, 5), (Some(OpenBy::File), 5), (Some(OpenBy::Ledger), 2)] {
        let (found, notes) = open(by, with);
        assert_eq!(found, expected, "{by:?}");
        assert!(notes.contains(said), "{by:?}: {notes}");
    }
    let without = "id¦name\nr1¦Ann Lee";
    for (by, expected) in [(None, 2), (Some(OpenBy::File), 0), (Some(OpenBy::Ledger), 2)] {
        let (found, notes) = open(by, without);
        assert_eq!(found, expected, "{by:?}");
        assert!(!notes.contains("by the roster"), "{by:?}: {notes}");
    }
    let (_, notes) = open(None, "id¦name¦open\nr1¦Ann Lee¦2");
    assert!(!notes.contains("by the roster"), "{notes}");
}

#[test]
fn an_owner_who_had_a_lead_by_an_earlier_deal_does_not_own_it_once_it_is_back() {
    let owned = |found: Batch| matches!(found.leads.ownership[1], Ownership::Owned(_));
    assert!(owned(batch(past(), &Settings::default())));
    assert!(!owned(batch(returned(&["r1"]), &Settings::default())));
    assert!(!owned(batch(returned(&["r3", "r1"]), &Settings::default())));
    assert!(owned(batch(returned(&["r3"]), &Settings::default())));
}

#[test]
fn whoever_keeps_open_leads_and_takes_no_new_ones_is_named() {
    let told = with_reps(&[("r1", 1), ("r2", 2), ("r3", 0), ("r8", 3), ("r9", 0)]);
    let notes = warnings(&batch(told, &Settings::default()));
    assert!(
        notes.contains(
            "open leads stay with reps who take no new ones: Bo Chan 2 (inactive), r8 3 (not on the roster); \
             `--release REP` takes them back"
        ),
        "{notes}"
    );
}
