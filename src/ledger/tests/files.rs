//! Opening: new, old, foreign and damaged files.

use super::*;
use crate::ledger::schema;
use crate::mistake::Mistakes;
use rusqlite::Connection;
use std::fs;

/// Opens a file of some bytes; the mistake, and that the file is as it was.
fn check(bytes: &[u8], expected: &str) {
    let folder = Folder::new();
    fs::write(folder.ledger(), bytes).expect("a file");
    let error = Ledger::open(&folder.ledger(), Opening::Create).expect_err("it is no ledger");
    let mistakes = error.downcast_ref::<Mistakes>().expect("a mistake").to_string();
    assert!(mistakes.contains(expected), "{mistakes}");
    assert_eq!(fs::read(folder.ledger()).expect("still there"), bytes);
}

fn a_ledger() -> (Folder, Vec<u8>) {
    let folder = Folder::new();
    drop(Ledger::open(&folder.ledger(), Opening::Create).expect("a new ledger"));
    let bytes = fs::read(folder.ledger()).expect("it is there");
    (folder, bytes)
}

#[test]
fn a_ledger_is_made_and_opened_again() {
    let (folder, bytes) = a_ledger();
    let again = Ledger::open(&folder.ledger(), Opening::Existing).expect("it opens");
    assert_eq!(again.backup(), None);
    drop(again);
    assert_eq!(fs::read(folder.ledger()).expect("still there"), bytes);
}

#[test]
fn an_empty_file_is_a_new_ledger() {
    let folder = Folder::new();
    fs::write(folder.ledger(), b"").expect("a file");
    let ledger = Ledger::open(&folder.ledger(), Opening::Existing).expect("a new ledger");
    assert_eq!(ledger.last_run().expect("it can be read"), None);
}

#[test]
fn a_file_that_is_something_else_is_left_alone() {
    check(b"lead_id,rep_id\nL1,r1\n", "this is no ledger");
    check(&[0; 5000], "this is no ledger");
    let (_folder, bytes) = a_ledger();
    check(&bytes[..bytes.len() - 4096], "the ledger ends too early");
    let mut torn = bytes.clone();
    torn[100..4096].fill(0x5a);
    check(&torn, "the ledger is damaged");
    let mut foreign = bytes.clone();
    foreign[68..72].copy_from_slice(b"GPKG");
    check(&foreign, "this is a SQLite file of another program");
    let mut later = bytes;
    later[63] = 99;
    check(
        &later,
        "the ledger is of version 99, and this program knows those up to 2",
    );
}

#[test]
fn a_ledger_that_must_be_there_is_not_made() {
    let folder = Folder::new();
    let error = Ledger::open(&folder.ledger(), Opening::Existing).expect_err("nothing is there");
    assert!(error.to_string().contains("there is no such ledger"), "{error}");
    assert!(!folder.ledger().exists());
    let error = Ledger::open(&folder.0, Opening::Create).expect_err("a folder");
    assert!(error.to_string().contains("this is no file"), "{error}");
}

/// A ledger as version 1 made it, with one lead that `r1` declined and one that stands.
fn first_version(path: &Path) {
    let mut connection = Connection::open(path).expect("a file");
    let work = connection.transaction().expect("a transaction");
    schema::apply(&work, &schema::STEPS[..1], 1).expect("the first version");
    work.execute_batch(
        "INSERT INTO rosters (reps) VALUES ('[[\"r1\",\"Ann\",\"\",\"\",true]]');
         INSERT INTO runs (as_of, as_of_text, time_zone, version, command, fingerprint, out, manifest, roster, headers,
            delimiter, bom, state)
         VALUES (0, '1970-01-01T00:00:00Z', 'UTC', '0', '[]', 'f', '/out', 'm', 1, '[]', 44, 0, 'done');
         INSERT INTO reps (id, name, email, team, active) VALUES ('r1', 'Ann', '', '', 1);
         INSERT INTO leads (id) VALUES ('L1'), ('L2');
         INSERT INTO texts (content) VALUES (''), ('[]');
         INSERT INTO shapes (file, headers) VALUES ('leads.csv', '[\"id\"]');
         INSERT INTO assignments (run, lead, rep, team, dealt_by, tier, score, limits, state, accepted, credit,
            wait, ended, ended_at)
         VALUES (1, 1, 1, 1, 1, 1, 0, 2, 'declined', 0, 0, 60, 'declined', 60),
            (1, 2, 1, 1, 1, 1, 0, 2, 'dealt', 0, 0, NULL, NULL, NULL);
         INSERT INTO dealt_rows VALUES (1, '', '[]', 1, '[\"L1\"]'), (2, '', '[]', 1, '[\"L2\"]');",
    )
    .expect("rows");
    work.commit().expect("a commit");
}

#[test]
fn a_ledger_of_the_first_version_is_brought_to_the_newest_with_a_copy_beside() {
    let folder = Folder::new();
    first_version(&folder.ledger());
    let taken = folder.0.join("team.ledger.v1.bak");
    fs::write(&taken, b"mine").expect("a file");
    let ledger = Ledger::open(&folder.ledger(), Opening::Existing).expect("it is migrated");
    let backup = folder.0.join("team.ledger.v1.2.bak");
    assert_eq!(ledger.backup(), Some(backup.as_path()));
    assert_eq!(fs::read(taken).expect("still there"), b"mine");
    let old = Connection::open(backup).expect("the copy opens");
    let version: i64 = old
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .expect("a version");
    assert_eq!(version, 1);
    let book = Book {
        _folder: folder,
        ledger,
    };
    let answer = book.ask("2026-06-01 09:00", &["L1", "L2"], &LedgerSettings::default(), &[]);
    assert_eq!(answer.past.standing.keys().collect::<Vec<_>>(), ["L2"]);
    assert_eq!(answer.past.returned["L1"].refused, ["r1"]);
    assert_eq!(book.count("leads_now"), 2);
}
