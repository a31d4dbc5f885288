use super::fixture::{deal, rep, sample};
use super::*;
use crate::model::{Outcome, TeamIndex, restore};
use crate::record::RunRecord;
use sink::sha256;
use std::collections::BTreeMap;
use std::io::Read;

/// The rows of a CSV text, read back as our readers do.
fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.expect("it is CSV");
        row.iter().map(|cell| restore(cell).to_owned()).collect()
    });
    rows.collect()
}

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
    sample.batch.leads.columns.push(vec![3, 0]);
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
fn inputs_are_kept_compressed_once_each_or_not_at_all() {
    let mut sample = sample();
    let mut run = sample.run();
    run.inputs.push(InputCopy {
        role: "reps".to_owned(),
        ..run.inputs[0].clone()
    });
    run.inputs.push(InputCopy {
        role: "rules".to_owned(),
        name: "-".to_owned(),
        ..run.inputs[0].clone()
    });
    let mut memory = Memory::default();
    write(&run, &mut memory).expect("memory takes everything");
    let copies: Vec<_> = memory
        .0
        .iter()
        .filter(|(name, _)| name.starts_with("inputs/"))
        .collect();
    assert_eq!(
        copies.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["inputs/01-leads.csv.gz", "inputs/02-stdin.gz"]
    );
    let mut back = Vec::new();
    flate2::read::GzDecoder::new(copies[0].1.as_slice())
        .read_to_end(&mut back)
        .expect("it is gzip");
    assert_eq!(back, sample.leads_file);

    sample.options.keep_inputs = false;
    assert!(!sample.files().iter().any(|(name, _)| name.starts_with("inputs/")));
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
fn each_rep_gets_a_file_of_its_own_rows_and_a_line_for_the_mail() {
    let mut sample = sample();
    sample.options.by = Some(By::Rep);
    let names: Vec<String> = sample.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[4..7], ["by/anna.csv", "by/bo-jr.csv", "notify.csv"]);
    let all = sample.text("assignments.csv");
    let mine = sample.text("by/anna.csv");
    assert_eq!(
        mine.lines().collect::<Vec<_>>(),
        all.lines().take(2).collect::<Vec<_>>()
    );
    assert_eq!(
        sample.text("notify.csv"),
        "email,name,new,text\n\
         r1@acme.example,Anna,1,1 new lead as of 2026-06-01 (1 hot); see by/anna.csv\n\
         r2@acme.example,\"Bo, Jr.\",1,1 new lead as of 2026-06-01 (1 other); see by/bo-jr.csv\n"
    );
}

#[test]
fn a_team_has_its_members_leads_and_those_that_stay_with_it() {
    let mut sample = sample();
    sample.options.by = Some(By::Team);
    sample.batch.reps.list[0].team = "East/West".to_owned();
    sample.allocation.teams = vec!["East/West".to_owned()];
    let mut stays = deal(0, 1);
    (stays.rep, stays.team) = (None, Some(TeamIndex(0)));
    sample.allocation.outcomes[1] = Outcome::Assigned(stays);
    let rows = rows(&sample.text("by/east-west.csv"));
    assert_eq!(
        rows[1..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
        ["L1", "L2"]
    );
    assert_eq!(rows[2][1..4], ["", "", "East/West"]);
    assert_eq!(sample.text("by/no-team.csv").lines().count(), 2);
}

#[test]
fn assignments_alone_are_the_same_as_in_the_folder() {
    let sample = sample();
    let mut alone = Vec::new();
    write_assignments(&sample.run(), &mut alone).expect("memory takes everything");
    assert_eq!(alone, sample.bytes("assignments.csv"));
}
