use super::fixture::{deal, rep, rows, sample};
use super::*;
use crate::model::{FileColumns, Outcome};
use crate::record::RunRecord;
use sink::sha256;
use std::collections::BTreeMap;

#[test]
fn assignments_have_our_columns_then_the_leads_own() {
    let text = sample().text("assignments.csv");
    let expected = "\
lead_id,rep_id,rep_name,assigned_team,tier,pass,score,reason,runner_up,runner_up_score,distance_km,place,\
skill,proximity,assigned_at,Id,lead_score,Company,Phone
";
    assert!(text.starts_with(expected.trim_start()), "{text}");
    let rows = rows(&text);
    assert_eq!(
        rows[1][..7],
        ["L1", "R1", "Anna", "", "hot", "best match", "87.5"]
    );
    assert_eq!(
        rows[1][8..15],
        ["", "", "12.3", "postal", "87.5", "", "2026-06-01T09:00:00+02:00"]
    );
    assert_eq!(
        rows[2][..7],
        ["L3", "R2", "Bo, Jr.", "", "other", "the rest", "40"]
    );
    assert_eq!(rows[2][8..10], ["Anna", "39.9999"]);
}

#[test]
fn own_cells_come_back_exactly_and_no_formula_runs() {
    let sample = sample();
    let leads = &sample.batch.leads;
    for (name, ours, lead) in [
        ("assignments.csv", 15, [0, 2].as_slice()),
        ("unassigned.csv", 6, &[1]),
    ] {
        let text = sample.text(name);
        for (row, &lead) in rows(&text)[1..].iter().zip(lead) {
            assert_eq!(row[ours..], leads.cells.row(lead).collect::<Vec<_>>(), "{name}");
        }
    }
    assert!(
        sample
            .text("assignments.csv")
            .contains(",'=cmd|' /C calc'!A0,+1 555 0100\n")
    );
    assert!(sample.text("unassigned.csv").ends_with(",''=1\n"));
}

#[test]
fn every_row_of_the_input_is_in_exactly_one_file() {
    let sample = sample();
    let ids = |name: &str, column: usize| {
        let ids = rows(&sample.text(name)).into_iter().skip(1);
        ids.map(|row| row[column].clone()).collect::<Vec<_>>()
    };
    let all = [
        ids("assignments.csv", 0),
        ids("unassigned.csv", 0),
        ids("set_aside.csv", 2),
    ]
    .concat();
    assert_eq!(all, ["L1", "L3", "L2", "L4"]);
}

#[test]
fn a_row_that_is_too_long_keeps_its_surplus() {
    let rows = rows(&sample().text("set_aside.csv"));
    assert_eq!(
        rows[0],
        [
            "position", "reason", "Id", "score", "Company", "Phone", "cell_5", "cell_6"
        ]
    );
    assert_eq!(rows[1][..2], ["leads.csv:5", "has 6 cells; the header has 4"]);
    assert_eq!(rows[1][2..], ["L4", "1", "@x", "", "five", "six"]);
}

#[test]
fn rows_of_a_second_file_stand_under_their_own_headers() {
    let mut sample = sample();
    sample.batch.leads.columns.push(FileColumns {
        headers: ["phone", "ID"].map(str::to_owned).to_vec(),
        fields: Vec::new(),
    });
    let mut row = sample.batch.leads.set_aside[0].clone();
    row.source = 1;
    row.cells = ["555", "L9", "more"].map(str::to_owned).to_vec();
    sample.batch.leads.set_aside = vec![row];
    let rows = rows(&sample.text("set_aside.csv"));
    assert_eq!(rows[0][2..], ["Id", "score", "Company", "Phone", "cell_3"]);
    assert_eq!(rows[1][2..], ["L9", "", "", "555", "more"]);
}

#[test]
fn the_workload_names_everyone_and_says_why_somebody_got_none() {
    let mut sample = sample();
    sample.batch.reps.list.push(rep("R4", "Dan", 5, 5));
    sample.batch.reps.list.push(rep("R5", "Eve", 0, 5));
    sample.allocation.eligible = vec![3, 2, 0, 0, 0];
    let text = sample.text("workload.csv");
    let expected = "\
rep_id,rep_name,team,max_open,open_before,assigned,open_after,used_pct,tier_hot,tier_other,mean_score,value,\
mean_km,price_leads,price_points,why_none
R1,Anna,,8,3,1,4,50,1,0,87.5,,12.3,1 other,-3.2,
R2,\"Bo, Jr.\",,1,0,1,1,100,0,1,40,,12.3,,0,
R3,Cleo,,10,2,0,2,20,0,0,,,,,0,inactive
R4,Dan,,5,5,0,5,100,0,0,,,,,,full before the run: 5 of 5 open
R5,Eve,,5,0,0,0,0,0,0,,,,,,no lead that it may take
";
    assert_eq!(text, expected);
}

#[test]
fn files_take_the_delimiter_and_the_mark_of_the_first_leads_file() {
    let mut sample = sample();
    sample.batch.leads.delimiter = b';';
    sample.batch.leads.bom = true;
    let text = sample.text("workload.csv");
    assert!(text.starts_with("\u{feff}rep_id;rep_name;"), "{text}");
    assert!(text.contains("\nR2;Bo, Jr.;"), "{text}");
}

#[test]
fn an_own_header_never_hides_one_of_ours() {
    let mut sample = sample();
    sample.batch.leads.headers = ["lead_id", "lead_lead_id", "tier", "tier"]
        .map(str::to_owned)
        .to_vec();
    sample.allocation.part_names = vec!["tier".to_owned(), "tier".to_owned()];
    let header = rows(&sample.text("assignments.csv")).swap_remove(0);
    assert_eq!(
        header[12..],
        [
            "part_tier",
            "part_tier_2",
            "assigned_at",
            "lead_lead_id_2",
            "lead_lead_id",
            "lead_tier",
            "lead_tier_2"
        ]
    );
}

#[test]
fn offers_are_written_only_if_there_are_any() {
    let mut sample = sample();
    assert!(!sample.files().iter().any(|(name, _)| name == "offers.csv"));
    sample.allocation.offers.push(crate::model::Offer {
        lead: crate::model::LeadIndex(1),
        rank: 1,
        rep: crate::model::RepIndex(0),
        score: crate::model::Points(123_456),
    });
    assert_eq!(
        sample.text("offers.csv"),
        "lead_id,rank,rep_id,score\nL2,1,R1,12.3456\n"
    );
}

#[test]
fn the_record_tells_all_and_hashes_every_other_file() {
    let sample = sample().with_everything();
    let files = sample.files();
    let (last, text) = files.last().expect("there are files");
    assert_eq!(last, "run.json");
    let record =
        RunRecord::from_json(std::str::from_utf8(text).expect("it is text")).expect("it is a record");
    let hashes: BTreeMap<String, String> = files[..files.len() - 1]
        .iter()
        .map(|(name, bytes)| (name.clone(), sha256(bytes)))
        .collect();
    assert_eq!(record.outputs, hashes);
    assert_eq!(
        (
            record.counts.leads,
            record.counts.assigned,
            record.counts.set_aside
        ),
        (3, 2, 1)
    );
    assert_eq!(
        record.counts.by_reason,
        BTreeMap::from([("no_room".to_owned(), 1)])
    );
    assert_eq!(record.moment().expect("it is good"), sample.batch.as_of);
    let proof = record.passes[0].proof.as_ref().expect("the pass is optimal");
    assert_eq!(proof.potentials["R1"], sample.allocation.prices[0]);
    assert_eq!(record.inputs[0].copy.as_deref(), Some("inputs/01-leads.csv.gz"));
    assert!(
        record
            .notes
            .iter()
            .any(|note| note.text == "3 leads have no place")
    );
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    assert_eq!(
        sample().with_everything().files(),
        sample().with_everything().files()
    );
}

#[test]
fn a_run_without_leads_has_headers_only() {
    let mut sample = sample().with_everything();
    sample.batch.leads = fixture::leads(&["Id"], &[]);
    sample.allocation.outcomes.clear();
    sample.allocation.tiers.clear();
    for name in [
        "assignments.csv",
        "unassigned.csv",
        "set_aside.csv",
        "notify.csv",
        "import.csv",
    ] {
        assert_eq!(sample.text(name).lines().count(), 1, "{name}");
    }
    assert!(sample.text("workload.csv").contains(",no lead to deal\n"));
    assert!(!sample.bytes("assignments.xlsx").is_empty());
}

#[test]
fn assignments_alone_are_the_same_as_in_the_folder() {
    let sample = sample();
    let mut alone = Vec::new();
    write_assignments(&sample.run(), &mut alone).expect("memory takes everything");
    assert_eq!(alone, sample.bytes("assignments.csv"));
}

/// A pipe that nobody reads.
struct ClosedPipe;

impl Write for ClosedPipe {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_closed_pipe_is_known_as_one_however_much_was_written() {
    let mut sample = sample();
    for rows in [1, 4000] {
        sample.batch.leads = fixture::leads(&["Id"], &vec![&["L1"] as &[&str]; rows]);
        sample.allocation.outcomes = vec![Outcome::Assigned(deal(0, 1)); rows];
        sample.allocation.tiers = vec![crate::model::TierIndex(0); rows];
        let error = write_assignments(&sample.run(), &mut ClosedPipe).expect_err("the pipe is closed");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{rows}");
    }
}
