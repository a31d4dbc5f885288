//! Tests of what became of assignments.

use super::*;
use crate::model::{KnownRecord, ListingSort, ReconciledLead, Shape, Source};

fn listing(rows: &[[&str; 2]]) -> Listing {
    let mut parties = Parties::new(rows.len());
    parties.set(PartyField::Id, rows.iter().map(|row| row[0]));
    parties.set(PartyField::Owner, rows.iter().map(|row| row[1]));
    Listing {
        source: Source {
            file: "crm.csv".to_owned(),
            shape: Shape::Lines,
        },
        sort: ListingSort::Existing,
        rows: (2..).take(rows.len()).collect(),
        parties,
    }
}

/// One lead `L-1` of Ann, with what the CRM says under its id, and records that are it by e-mail.
fn check(assigned: (&str, &str, &str), crm: &[[&str; 2]], by_email: &[u32], expected: HandoverState) {
    let crm = [listing(crm)];
    let mut agrees = KeySet::default();
    agrees.add(MatchKey::Email);
    let matches = (0..).take(by_email.len()).map(|record| Match {
        with: Counterpart::Record(record),
        confidence: 90,
        agrees,
        similar: KeySet::default(),
        disagrees: KeySet::default(),
    });
    let records = by_email.iter().map(|&row| KnownRecord {
        sort: ListingSort::Existing,
        position: crm[0].source.row(row),
        id: String::new(),
        name: String::new(),
        owner: String::new(),
    });
    let reconciled = Reconciled {
        leads: vec![Some(Box::new(ReconciledLead {
            verdict: ImportVerdict::Duplicate,
            owner: String::new(),
            matches: matches.collect(),
            group: None,
        }))],
        records: records.collect(),
        ..Reconciled::default()
    };
    let mut reps = vec![Rep::named("R-1", "Ann Lee"), Rep::named("R-2", "Bo Day")];
    reps[0].email = "ann@x.example".to_owned();
    reps[1].team = "West".to_owned();
    let (rep_id, rep_name, team) = assigned;
    let handed = handover(&Handing {
        ids: &["L-1".to_owned()],
        parties: &Parties::new(1),
        assigned: &[Assigned {
            rep_id: rep_id.to_owned(),
            rep_name: rep_name.to_owned(),
            team: team.to_owned(),
        }],
        crm: &crm,
        reconciled: &reconciled,
        threshold: 80,
        reps: &reps,
        rep_keys: &[vec!["005A".to_owned()], Vec::new()],
    });
    assert_eq!(handed.leads[0].state, expected, "{handed:?}");
}

const ANN: (&str, &str, &str) = ("R-1", "Ann Lee", "");

#[test]
fn the_owner_may_be_written_in_any_way_that_the_roster_knows() {
    for owner in ["R-1", "ANN@x.example", "ann  lee", "005a"] {
        check(ANN, &[["L-1", owner]], &[], HandoverState::Taken);
    }
    for owner in ["R-2", "Bo Day", "Somebody Else"] {
        check(ANN, &[["L-1", owner]], &[], HandoverState::Drifted);
    }
    for nobody in ["", "  ", "00G5e000001AbCd"] {
        check(ANN, &[["L-1", nobody]], &[], HandoverState::Unowned);
    }
}

#[test]
fn a_lead_that_was_inserted_is_found_by_its_keys() {
    check(ANN, &[["X-9", "R-1"]], &[2], HandoverState::Taken);
    check(ANN, &[["X-9", "R-1"]], &[], HandoverState::Missing);
}

#[test]
fn a_lead_that_is_there_more_than_once_is_told_whoever_owns_it() {
    let crm = [["L-1", "R-1"], ["X-9", "R-1"]];
    check(ANN, &crm, &[3], HandoverState::Twice);
    check(ANN, &crm, &[2], HandoverState::Taken);
}

#[test]
fn a_lead_of_a_team_is_taken_by_anybody_of_it() {
    let west = ("", "", "West");
    check(west, &[["L-1", "Bo Day"]], &[], HandoverState::Taken);
    check(west, &[["L-1", "Ann Lee"]], &[], HandoverState::Drifted);
}

#[test]
fn a_rep_who_left_the_roster_is_known_by_what_the_assignment_says() {
    check(
        ("R-9", "Cy Dee", ""),
        &[["L-1", "cy dee"]],
        &[],
        HandoverState::Taken,
    );
}
