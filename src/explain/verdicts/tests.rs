//! Tests of the sentences.

use super::*;
use crate::model::{
    Clash, ImportVerdict, KeySet, KnownRecord, MatchKey, Origin, ReconciledLead, Shape, Source,
};

fn keys(list: &[MatchKey]) -> KeySet {
    let mut keys = KeySet::default();
    for &key in list {
        keys.add(key);
    }
    keys
}

fn found(record: u32, confidence: u8, agrees: &[MatchKey], disagrees: &[MatchKey]) -> Match {
    Match {
        with: Counterpart::Record(record),
        confidence,
        agrees: keys(agrees),
        similar: KeySet::default(),
        disagrees: keys(disagrees),
    }
}

fn source(file: &str) -> Source {
    Source {
        file: file.to_owned(),
        shape: Shape::Lines,
    }
}

fn parties(rows: &[[&str; 3]]) -> Parties {
    let mut parties = Parties::new(rows.len());
    for (at, field) in [PartyField::Person, PartyField::Email, PartyField::City]
        .into_iter()
        .enumerate()
    {
        parties.set(field, rows.iter().map(|row| row[at]));
    }
    parties
}

/// One lead held against two records, of Joe and of Sue.
fn check(verdict: ImportVerdict, owner: &str, matches: &[Match], expected: &str) {
    let leads = Leads {
        sources: vec![source("fair.csv")],
        ids: vec!["L-1".to_owned()],
        origins: vec![Origin { source: 0, row: 2 }],
        parties: Some(parties(&[[
            "Ann Lee",
            "ann@acme.example; a.lee@home.example",
            "Boston",
        ]])),
        ..Leads::default()
    };
    let listing = Listing {
        source: source("crm/contacts.csv"),
        sort: ListingSort::Existing,
        rows: vec![2, 3],
        parties: parties(&[
            ["Ann Lee", "ANN@acme.example", "Austin"],
            ["Bo Day", "bo@acme.example", "Boston"],
        ]),
    };
    let record = |row: u32, id: &str, name: &str, owner: &str| KnownRecord {
        sort: ListingSort::Existing,
        position: listing.source.row(row),
        id: id.to_owned(),
        name: name.to_owned(),
        owner: owner.to_owned(),
    };
    let reconciled = Reconciled {
        records: vec![
            record(2, "0031", "Ann Lee", "Joe"),
            record(3, "", "Bo Day", "Sue"),
        ],
        leads: vec![Some(Box::new(ReconciledLead {
            verdict,
            owner: owner.to_owned(),
            matches: matches.to_vec(),
            group: None,
        }))],
        ..Reconciled::default()
    };
    let listings = [listing];
    let verdicts = Verdicts::new(&leads, &listings, &reconciled, 80);
    assert_eq!(verdicts.why(LeadIndex::new(0)), expected);
    let told = verdicts.told(LeadIndex::new(0));
    assert!(told.contains(expected), "{told}");
    for (at, of) in matches.iter().enumerate() {
        let keys = verdicts.keys(LeadIndex::new(0), of);
        if at == 0 && of.agrees.has(MatchKey::Email) {
            assert!(keys.agrees.starts_with("email ann@acme.example"), "{keys:?}");
        }
        if at == 0 && of.disagrees.has(MatchKey::City) {
            assert_eq!(keys.disagrees, "city Boston, there Austin");
        }
    }
}

#[test]
fn a_duplicate_names_the_person_its_owner_and_the_keys() {
    check(
        ImportVerdict::Duplicate,
        "Joe",
        &[found(
            0,
            98,
            &[MatchKey::Email, MatchKey::Person],
            &[MatchKey::City],
        )],
        "the same person as Ann Lee (0031) in contacts.csv, owned by Joe: e-mail and name agree, city differs",
    );
}

#[test]
fn a_new_lead_names_what_is_nearest_and_how_near() {
    check(ImportVerdict::New, "", &[], "nothing known is the same");
    check(
        ImportVerdict::New,
        "",
        &[found(
            1,
            42,
            &[MatchKey::City],
            &[MatchKey::Person, MatchKey::Email],
        )],
        "nothing known is the same; nearest is Bo Day in contacts.csv, 42 of 80 needed: city agrees, e-mail and \
         name differ",
    );
}

#[test]
fn a_conflict_names_both_sides() {
    let (joe, sue) = (
        found(0, 95, &[MatchKey::Email], &[]),
        found(1, 90, &[MatchKey::Phone], &[]),
    );
    check(
        ImportVerdict::Conflict(Clash::TwoOwners),
        "",
        &[joe, sue],
        "the same as Ann Lee (0031) in contacts.csv, owned by Joe, and as Bo Day in contacts.csv, owned by Sue",
    );
    check(
        ImportVerdict::Conflict(Clash::KeysDisagree),
        "",
        &[joe, sue],
        "e-mail says Ann Lee (0031) in contacts.csv, but phone says Bo Day in contacts.csv",
    );
    check(
        ImportVerdict::Conflict(Clash::KeysDisagree),
        "",
        &[found(0, 95, &[MatchKey::Email], &[MatchKey::City])],
        "e-mail says Ann Lee (0031) in contacts.csv, but city differs",
    );
    check(
        ImportVerdict::Conflict(Clash::OwnerLeft),
        "Joe",
        &[joe],
        "the same as Ann Lee (0031) in contacts.csv, whose owner Joe has left: e-mail agrees",
    );
}

#[test]
fn a_known_account_names_its_owner() {
    check(
        ImportVerdict::KnownAccount,
        "Joe",
        &[found(0, 91, &[MatchKey::Domain], &[])],
        "of the same account as Ann Lee (0031) in contacts.csv, owned by Joe: domain agrees",
    );
}

#[test]
fn a_long_text_is_cut_where_a_letter_ends() {
    assert_eq!(short(&"é".repeat(99)), format!("{}…", "é".repeat(60)));
}
