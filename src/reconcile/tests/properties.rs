//! What holds of every import.

use super::fixture::{ask, ask_with, told};
use crate::model::{
    Counterpart, ImportVerdict, LeadIndex, Listing, ListingSort, Parties, PartyField, Shape, Source,
};
use proptest::prelude::*;

const FIELDS: usize = PartyField::ALL.len();

fn parties(rows: &[Vec<String>]) -> Parties {
    let mut parties = Parties::new(rows.len());
    for field in PartyField::ALL {
        parties.set(field, rows.iter().map(|row| row[field.at()].as_str()));
    }
    parties
}

fn listing(sort: ListingSort, rows: &[Vec<String>]) -> Listing {
    Listing {
        source: Source {
            file: "known.csv".to_owned(),
            shape: Shape::Lines,
        },
        sort,
        rows: (2..).take(rows.len()).collect(),
        parties: parties(rows),
    }
}

/// Cells of which many are equal or nearly so.
fn cell(field: PartyField) -> BoxedStrategy<String> {
    let from = |texts: &'static [&'static str]| prop::sample::select(texts).prop_map(str::to_owned).boxed();
    match field {
        PartyField::Id => from(&["", "1", "2", "0014W00002578rV", "0014W00002578rVQAQ"]),
        PartyField::Person => from(&["", "Ann Lee", "Lee, Ann", "Bob Ray", "A. Lee"]),
        PartyField::Company => from(&[
            "",
            "Acme",
            "ACME Inc.",
            "Acme Bike Parts",
            "Acme Bike Prats",
            "Globex",
            "Bike World",
        ]),
        PartyField::Email => from(&[
            "",
            "ann@acme.com",
            "info@acme.com",
            "a.nn@gmail.com",
            "ann@gmail.com",
        ]),
        PartyField::Phone => from(&["", "415 555 0132", "+1 415-555-0132", "212 555 0100"]),
        PartyField::Website => from(&["", "acme.com", "globex.com", "facebook.com/acme"]),
        PartyField::Street => from(&["", "1 Main St", "1 Main Street", "7 Oak Ave"]),
        PartyField::City => from(&["", "Boston", "Austin"]),
        PartyField::State => from(&["", "MA", "Texas"]),
        PartyField::PostalCode => from(&["", "02101", "2101", "78701"]),
        PartyField::Country => from(&["", "US", "Germany"]),
        PartyField::Owner => from(&["", "Cy", "Di"]),
        PartyField::Account | PartyField::Parent => from(&["", "Acme", "1"]),
    }
}

fn likely_row() -> impl Strategy<Value = Vec<String>> {
    PartyField::ALL.map(cell).to_vec()
}

fn any_row() -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        Just(String::new()),
        ".{0,12}",
        "[0-9 +()/;,x.eE-]{0,20}",
        "[a-z.@+]{1,8}@[a-z.]{1,10}",
        "\\PC{0,20}",
    ];
    prop::collection::vec(text, FIELDS)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_gets_one_verdict(
        leads in prop::collection::vec(any_row(), 0..8),
        known in prop::collection::vec(any_row(), 0..8),
        accounts in prop::collection::vec(any_row(), 0..4),
    ) {
        let found = ask(
            &parties(&leads),
            &[listing(ListingSort::Existing, &known), listing(ListingSort::Accounts, &accounts)],
            &[],
        );
        prop_assert_eq!(found.leads.len(), leads.len());
        for of_lead in found.leads.iter().flatten() {
            let named = !of_lead.matches.is_empty();
            prop_assert!(named || of_lead.verdict == ImportVerdict::New);
            for of in &of_lead.matches {
                prop_assert!(of.confidence <= 100);
                match of.with {
                    Counterpart::Lead(lead) => prop_assert!(lead.at() < leads.len()),
                    Counterpart::Record(record) => prop_assert!((record as usize) < found.records.len()),
                }
            }
        }
    }

    #[test]
    fn the_order_of_rows_does_not_count(
        (leads, shuffled) in prop::collection::vec(likely_row(), 0..12)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        known in prop::collection::vec(likely_row(), 0..8),
    ) {
        let listings = [listing(ListingSort::Existing, &known[..known.len() / 2]), listing(ListingSort::Accounts, &known[known.len() / 2..])];
        // By content: who a lead is a duplicate of, and all that is told of the match.
        let all = |rows: &[Vec<String>]| {
            let found = ask(&parties(rows), &listings, &[]);
            let mut told: Vec<_> = (0..rows.len()).map(|at| {
                let with = found.of(LeadIndex::new(at)).and_then(|of| of.matches.first().copied());
                let with = with.map(|of| (of.confidence, of.agrees, match of.with {
                    Counterpart::Lead(lead) => format!("{:?}", rows[lead.at()]),
                    Counterpart::Record(record) => found.records[record as usize].position.to_string(),
                }));
                (rows[at].clone(), found.verdict(LeadIndex::new(at)), with)
            }).collect();
            told.sort();
            told
        };
        prop_assert_eq!(all(&leads), all(&shuffled));
    }

    #[test]
    fn a_row_equal_to_an_existing_record_is_its_duplicate(rows in prop::collection::vec(likely_row(), 1..8)) {
        let known = listing(ListingSort::Existing, &rows);
        let found = ask(&parties(&rows), &[known], &[]);
        for (at, row) in rows.iter().enumerate() {
            let says_who = [PartyField::Person, PartyField::Company, PartyField::Email]
                .into_iter()
                .any(|field| !row[field.at()].is_empty());
            let told = told(&found, at);
            let is_there = told.starts_with("duplicate of known.csv") || told == "conflict two_owners";
            prop_assert!(is_there || !says_who, "{}: {:?}", told, row);
        }
    }
}

#[test]
fn the_number_of_threads_does_not_count() {
    // more rows and records than any part of the work takes at a time
    let row = |at: usize| {
        let mut row = vec![String::new(); FIELDS];
        let (name, city) = (at % 2_000, ["Boston", "Austin", "Reno"][at % 3]);
        row[PartyField::Company.at()] = format!("Firm{name} {} Inc", ["Works", "Wroks", "Trade"][at % 7 % 3]);
        row[PartyField::Email.at()] = format!("p{at}@firm{name}.com");
        row[PartyField::City.at()] = city.to_owned();
        row[PartyField::Owner.at()] = format!("o{}", at % 5);
        row
    };
    let leads: Vec<Vec<String>> = (0..2_500).map(|at| row(at * 5)).collect();
    let records: Vec<Vec<String>> = (0..9_000).map(|at| row(at * 3)).collect();
    let known = [
        listing(ListingSort::Existing, &records[..4_500]),
        listing(ListingSort::Accounts, &records[4_500..]),
    ];
    let alone = ask_with(1, &parties(&leads), &known, &[]);
    assert!(alone.leads.iter().flatten().count() > 1_000, "much is known");
    for threads in [2, 3] {
        assert_eq!(ask_with(threads, &parties(&leads), &known, &[]), alone);
    }
}
