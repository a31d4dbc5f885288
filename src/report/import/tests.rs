//! Tests of the files of a reconciled import: no row is lost, no cell changed, whatever the tables.

use super::*;
use crate::model::{
    AsOf, Cells, Clash, Counterpart, ImportVerdict, KeySet, KnownRecord, ListingSort, Match, MatchKey,
    Moment, Ragged, Reconciled, ReconciledLead, Settings, Shape, Source, Table,
};
use crate::read::{ImportTables, assemble_import};
use crate::report::Memory;
use crate::report::fixture::rows;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::collections::BTreeSet;

const HEADERS: [&str; 8] = [
    "id", "Email", "Company", "verdict", "owner", "reason", "Notes", "City",
];

/// A table of some of the headers; every row whose number of cells is not that of the header is ragged.
fn table(file: &str, headers: &[&str], body: &[Vec<String>]) -> Table {
    let mut cells = Cells::new(headers.len());
    let (mut good, mut ragged) = (Vec::new(), Vec::new());
    for (row, of_row) in (2..).zip(body) {
        if of_row.len() == headers.len() {
            cells.push(of_row.iter().map(String::as_str));
            good.push(row);
        } else {
            ragged.push(Ragged {
                row,
                cells: of_row.clone(),
            });
        }
    }
    Table {
        source: Source {
            file: file.to_owned(),
            shape: Shape::Lines,
        },
        headers: headers.iter().map(|&header| header.to_owned()).collect(),
        header_row: 1,
        cells,
        rows: good,
        ragged,
        delimiter: b',',
        bom: false,
        notes: Vec::new(),
    }
}

fn import(tables: Vec<Table>) -> Import {
    let tables = ImportTables {
        imports: tables,
        ..ImportTables::default()
    };
    let as_of = AsOf {
        moment: Moment(1_780_297_200),
        zone: TimeZone::UTC,
    };
    let mut settings = Settings::default();
    settings.read.max_set_aside = Some(1.0);
    assemble_import(tables, &settings, as_of).expect("it can be read")
}

/// Verdicts as they may come: by a number for each lead.
fn verdicts(import: &Import, dice: &[u8]) -> Reconciled {
    let record = |row: u32, owner: &str| KnownRecord {
        sort: ListingSort::Existing,
        position: import.leads.sources[0].row(row),
        id: format!("=00{row}"),
        name: "Ann; \"Lee\"".to_owned(),
        owner: owner.to_owned(),
    };
    let mut agrees = KeySet::default();
    agrees.add(MatchKey::Email);
    let found = |with| Match {
        with,
        confidence: 90,
        agrees,
        similar: KeySet::default(),
        disagrees: KeySet::default(),
    };
    let both = || vec![found(Counterpart::Record(0)), found(Counterpart::Record(1))];
    let leads = (0..import.leads.len()).map(|at| {
        let (verdict, matches) = match dice[at % dice.len()] % 6 {
            0 => return None,
            1 => (ImportVerdict::New, both()),
            2 => (
                ImportVerdict::Duplicate,
                vec![found(Counterpart::Lead(LeadIndex::new(0)))],
            ),
            3 => (ImportVerdict::KnownAccount, both()),
            4 => (ImportVerdict::Conflict(Clash::TwoOwners), both()),
            _ => (ImportVerdict::Conflict(Clash::KeysDisagree), Vec::new()),
        };
        Some(Box::new(ReconciledLead {
            verdict,
            owner: "Joe".to_owned(),
            matches,
            group: Some(1),
        }))
    });
    Reconciled {
        leads: leads.collect(),
        records: vec![record(7, "Joe"), record(9, "Sue")],
        ..Reconciled::default()
    }
}

fn files(import: &Import, reconciled: &Reconciled) -> Vec<(String, String)> {
    let report = ImportReport {
        import,
        reconciled,
        threshold: 80,
        command: Vec::new(),
        inputs: Vec::new(),
        keep_inputs: false,
    };
    let mut memory = Memory::default();
    report.write(&mut memory).expect("memory takes everything");
    let text = |bytes| String::from_utf8(bytes).expect("our files are UTF-8");
    memory
        .0
        .into_iter()
        .map(|(name, bytes)| (name, text(bytes)))
        .collect()
}

/// The rows of a file of ours below the header.
fn body(files: &[(String, String)], name: &str) -> Vec<Vec<String>> {
    let text = &files
        .iter()
        .find(|(file, _)| file == name)
        .expect("it is written")
        .1;
    rows(text).split_off(1)
}

/// The rows of a file that leaves cells as they are.
fn as_they_are(files: &[(String, String)], name: &str) -> Vec<Vec<String>> {
    let text = &files
        .iter()
        .find(|(file, _)| file == name)
        .expect("it is written")
        .1;
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("it is CSV"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

/// Checks that every row of some tables is once where it belongs, cell for cell.
fn check_conserved(tables: Vec<Table>, dice: &[u8]) {
    let good: usize = tables.iter().map(|table| table.rows.len()).sum();
    let ragged: usize = tables.iter().map(|table| table.ragged.len()).sum();
    let import = import(tables);
    let leads = &import.leads;
    let reconciled = verdicts(&import, dice);
    let files = files(&import, &reconciled);
    assert_eq!(leads.ids.iter().collect::<BTreeSet<_>>().len(), good);
    let all = body(&files, "reconciled.csv");
    assert_eq!(all.len(), good);
    assert_eq!(body(&files, "set_aside.csv").len(), ragged);
    for (at, row) in all.iter().enumerate() {
        assert_eq!(row[0], leads.ids[at]);
        assert!(
            row[crate::model::RECONCILED_HEADERS.len()..]
                .iter()
                .eq(leads.cells.row(at)),
            "{row:?}"
        );
    }
    let new: Vec<usize> = (0..good).filter(|&at| all[at][1] == "new").collect();
    let left = as_they_are(&files, "new.csv");
    assert_eq!(left.len(), new.len());
    for (row, &at) in left.iter().zip(&new) {
        let own = usize::from(leads.ids_are_rows);
        assert!(row[own..].iter().eq(leads.cells.row(at)), "{row:?}");
    }
    let in_conflict = all.iter().filter(|row| row[1] == "conflict").map(|row| &row[0]);
    let conflicts = body(&files, "conflicts.csv");
    let sides: BTreeSet<&String> = conflicts.iter().map(|row| &row[0]).collect();
    assert_eq!(sides, in_conflict.collect());
    let counts = counts(&ImportReport {
        import: &import,
        reconciled: &reconciled,
        threshold: 80,
        command: Vec::new(),
        inputs: Vec::new(),
        keep_inputs: false,
    });
    let by_verdict = counts.new + counts.within + counts.existing + counts.known + counts.in_conflict();
    assert_eq!((counts.rows, by_verdict), (good as u64, good as u64));
}

/// Cells as the world has them: quotes, line ends, separators, formulas, blanks.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-c]{0,3}",
        1 => "[=+@'\"\n, ;é\t-]{0,4}",
        1 => Just("ann@acme.example".to_owned()),
    ]
}

fn any_table(file: &'static str) -> impl Strategy<Value = Table> {
    let headers = prop::sample::subsequence(HEADERS.to_vec(), 1..=HEADERS.len());
    let headers = headers.prop_shuffle();
    headers.prop_flat_map(move |headers| {
        let wide = headers.len();
        let row = prop_oneof![
            8 => prop::collection::vec(cell(), wide),
            1 => prop::collection::vec(cell(), wide + 1),
        ];
        prop::collection::vec(row, 0..12).prop_map(move |body| table(file, &headers, &body))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_row_is_lost_and_no_cell_changed(
        one in any_table("a.csv"),
        other in any_table("b.csv"),
        dice in prop::collection::vec(any::<u8>(), 1..9),
    ) {
        check_conserved(vec![one.clone()], &dice);
        check_conserved(vec![one, other], &dice);
    }
}

#[test]
fn new_leads_are_written_as_they_came_with_their_ids_where_these_are_rows() {
    let text = |headers: &[&str], body: &[[&str; 2]]| {
        let body: Vec<Vec<String>> = body
            .iter()
            .map(|row| row.iter().map(|&cell| cell.to_owned()).collect())
            .collect();
        let import = import(vec![table("fair.csv", headers, &body)]);
        let files = files(&import, &Reconciled::default());
        files
            .into_iter()
            .find(|(name, _)| name == "new.csv")
            .expect("it is written")
            .1
    };
    assert_eq!(
        text(&["Email", "Notes"], &[["a@x.example", "=1+1"]]),
        "lead_id,Email,Notes\nfair.csv:2,a@x.example,=1+1\n"
    );
    assert_eq!(
        text(&["Notes", "Lead ID"], &[["=1+1", "L-1"]]),
        "Notes,Lead ID\n=1+1,L-1\n"
    );
    assert_eq!(
        text(&["Lead ID", "Notes"], &[["L-1", "x"], ["", "y"]]),
        "id,Lead ID,Notes\nL-1,L-1,x\nfair.csv:3,,y\n"
    );
}

#[test]
fn own_headers_that_equal_ours_are_told_apart() {
    let row = ["L-1", "mine", "a@x.example"].map(str::to_owned).to_vec();
    let import = import(vec![table("fair.csv", &["id", "verdict", "Email"], &[row])]);
    let files = files(&import, &Reconciled::default());
    let header = files[0].1.lines().next().expect("it has a header");
    assert!(
        header.ends_with(",group,reason,id,lead_verdict,Email"),
        "{header}"
    );
}
