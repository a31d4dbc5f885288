//! What leads are told to be.

use super::fixture::{ask, check, listing, parties, told};
use crate::model::{ListingSort, Rep};

const NONE: &str = "company";

#[test]
fn a_domain_with_a_missing_or_like_name_is_the_account() {
    let accounts = "id|company|website|owner\n1|Acme Bike Parts Inc|www.acme.com|Cy";
    let known = "known_account of accounts.csv:2 (Cy)";
    check("person|email\nAnn Lee|ann@acme.com", NONE, accounts, known);
    check("company|website\nAcme Bikeparts|acme.com", NONE, accounts, known);
    check(
        "company|email\nGlobex|bo@acme.com",
        NONE,
        accounts,
        "conflict keys_disagree",
    );
    check("company|email\nGlobex|bo@globex.com", NONE, accounts, "new");
}

#[test]
fn a_name_needs_a_place() {
    let accounts = "company|city|state|country|postalcode|owner\nAcme Bike Parts|Boston|MA|USA|02101|Cy";
    let known = "known_account of accounts.csv:2 (Cy)";
    check("company|city\nACME Bike Parts, LLC|boston", NONE, accounts, known);
    check(
        "company|postalcode|country\nAcme Bike Parts|2101|US",
        NONE,
        accounts,
        known,
    );
    check(
        "company|country\nAcme Bike Parts|United States",
        NONE,
        accounts,
        known,
    );
    check("company|city\nAcme Bike Parts|Austin", NONE, accounts, "new");
    check("company|country\nAcme Bike Parts|Germany", NONE, accounts, "new");
    check("company|city\nAcme Bike Prats|Boston", NONE, accounts, known);
    check("company|city\nAcme Bike Works|Boston", NONE, accounts, "new");
}

#[test]
fn free_mail_and_a_shared_phone_alone_are_nothing() {
    let known = "person|company|email|phone|city\nAnn Lee|Acme|ann@gmail.com|415 555 0132|Boston";
    check(
        "person|email|city\nBo Ray|bo@gmail.com|Boston",
        known,
        known,
        "new",
    );
    check("phone|city\n415-555-0132|Boston", known, known, "new");
    check(
        "company|phone|city\nGlobex|415-555-0132|Boston",
        known,
        known,
        "new",
    );
}

#[test]
fn a_person_is_known_by_address_number_or_organisation() {
    let known = "person|company|email|phone|owner\nAnn Lee|Acme|ann@acme.com|415 555 0132|Cy";
    let same = "duplicate of existing.csv:2 (Cy)";
    check("email\nAnn@Acme.com", known, NONE, same);
    check("person|phone\nLee, Ann|+1 415 555 0132", known, NONE, same);
    check("person|company\nAnn M. Lee|Acme Inc.", known, NONE, same);
    check(
        "person|email\nBob Ray|ann@acme.com",
        known,
        NONE,
        "conflict keys_disagree",
    );
    check("person|email\nBob Ray|bob@acme.com", known, NONE, "new");
    check("person\nAnn Lee", known, NONE, "new");
}

#[test]
fn a_role_address_is_the_organisation_and_not_the_person() {
    let known = "person|company|email|owner\nAnn Lee|Acme|info@acme.com|Cy";
    check("person|email\nBob Ray|info@acme.com", known, NONE, "new");
    check(
        "person|company|email\nBob Ray|Acme|info@acme.com",
        NONE,
        known,
        "known_account of accounts.csv:2 (Cy)",
    );
}

#[test]
fn a_certain_id_is_the_record_and_a_short_one_only_with_a_name() {
    let known = "id|company|city|owner\n0014W00002578rVQAQ|Acme|Boston|Cy\n17|Globex|Boston|Di";
    check(
        "id|company\n0014W00002578rV|Initech",
        known,
        NONE,
        "duplicate of existing.csv:2 (Cy)",
    );
    check("id|company|city\n17|Acme|Austin", known, NONE, "new");
    check(
        "id|company|city\n17|Globex|Boston",
        known,
        NONE,
        "duplicate of existing.csv:3 (Di)",
    );
}

#[test]
fn two_owners_are_a_conflict_unless_the_roster_says_that_they_are_one() {
    let accounts = "company|city|owner\nAcme|Boston|Cy Day\nAcme Inc|Boston|cy@x.com";
    let reps = [Rep {
        email: "cy@x.com".to_owned(),
        ..Rep::named("r1", "Cy Day")
    }];
    let lead = parties("company|city\nAcme|Boston");
    let listings = [listing(ListingSort::Accounts, accounts)];
    assert_eq!(told(&ask(&lead, &listings, &[]), 0), "conflict two_owners");
    assert_eq!(
        told(&ask(&lead, &listings, &reps), 0),
        "known_account of accounts.csv:2 (Cy Day)"
    );
}

#[test]
fn an_owner_who_has_left_is_a_conflict() {
    let reps = [Rep {
        active: false,
        ..Rep::named("r1", "Cy Day")
    }];
    let lead = parties("company|city\nAcme|Boston");
    let listings = [listing(
        ListingSort::Accounts,
        "company|city|owner\nAcme|Boston|cy day",
    )];
    assert_eq!(told(&ask(&lead, &listings, &reps), 0), "conflict owner_left");
}

#[test]
fn a_child_counts_before_its_parent_and_has_its_owner() {
    let accounts = "id|company|website|city|owner|parent
        1|Acme Group|acme.com|Boston|Cy|
        2|Acme Bikes|acme.com|Austin||1
        3|Acme Boats|acme.com|Reno|Di|acme group";
    check(
        "email|company|city\nbo@acme.com|Acme Bikes|Austin",
        NONE,
        accounts,
        "known_account of accounts.csv:3 (Cy)",
    );
    check(
        "email|company\nbo@acme.com|Acme Boats",
        NONE,
        accounts,
        "known_account of accounts.csv:4 (Di)",
    );
    let round = "id|company|city|parent\n1|Acme|Boston|2\n2|Globex|Boston|1";
    check(
        "company|city\nAcme|Boston",
        NONE,
        round,
        "known_account of accounts.csv:2",
    );
}

#[test]
fn an_account_cell_is_an_id_a_number_or_a_name() {
    let accounts = "id|company|account|owner\n0014W00002578rVQAQ|Acme|CD1|Cy";
    for cell in ["0014W00002578rV", "CD1", "ACME Inc."] {
        let lead = format!("person|account\nAnn Lee|{cell}");
        check(&lead, NONE, accounts, "known_account of accounts.csv:2 (Cy)");
    }
}

#[test]
fn of_rows_that_are_one_the_fullest_stays() {
    let leads = "company|city|street\nAcme|Boston|\nACME Inc.|Boston|1 Main St\nGlobex|Boston|";
    let found = ask(&parties(leads), &[], &[]);
    let all: Vec<String> = (0..3).map(|lead| told(&found, lead)).collect();
    assert_eq!(all, ["duplicate of lead 1", "new", "new"]);
    assert_eq!(found.leads[0].as_ref().and_then(|of| of.group), Some(1));
}

#[test]
fn a_chain_does_not_swallow_unlike_rows() {
    let leads = "person|company|email|phone
        Ann Lee|Acme|ann@acme.com|
        |Acme|ann@acme.com|212 555 0188
        Bob Ray|Acme|ann@acme.com|212 555 0188";
    let found = ask(&parties(leads), &[], &[]);
    let of = |lead: usize| found.leads[lead].as_ref().and_then(|of| of.group);
    assert!(of(0) != of(2) || of(0).is_none(), "{found:#?}");
}

#[test]
fn equal_rows_are_one_and_the_first_stays() {
    let found = ask(
        &parties("person|email\nAnn|a@b.com\nAnn|a@b.com\nAnn|a@b.com"),
        &[],
        &[],
    );
    let all: Vec<String> = (0..3).map(|lead| told(&found, lead)).collect();
    assert_eq!(all, ["new", "duplicate of lead 0", "duplicate of lead 0"]);
    let found = ask(&parties("city\nBoston\nBoston"), &[], &[]);
    assert_eq!(
        (told(&found, 0), told(&found, 1)),
        ("new".to_owned(), "new".to_owned())
    );
}

#[test]
fn a_new_lead_tells_what_it_is_near() {
    let found = ask(
        &parties("company|city\nAcme|Austin"),
        &[listing(ListingSort::Accounts, "company|city\nAcme|")],
        &[],
    );
    assert_eq!(found.records.len(), 1);
}
