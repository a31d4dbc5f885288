use super::*;
use crate::model::{Absence, Outcome, Pin, RepIndex};
use crate::report::fixture::{Sample, batch, deal, leads, rep, sample};

/// A run in which Anna gets every lead.
fn all_to_anna(headers: &[&str], rows: &[&[&str]], crm: Crm) -> Sample {
    let mut sample = sample();
    let mut anna = rep("005000000000001AAA", "Anna", 0, 9);
    anna.email = "anna@acme.example".to_owned();
    sample.batch = batch(leads(headers, rows), vec![anna]);
    sample.allocation.outcomes = rows.iter().map(|_| Outcome::Assigned(deal(0, 1))).collect();
    sample
        .allocation
        .tiers
        .resize(rows.len(), crate::model::TierIndex(0));
    sample.options.crm = Some(crm);
    sample
}

fn check(crm: Crm, headers: &[&str], rows: &[&[&str]], import: &str, import_new: &str) {
    let sample = all_to_anna(headers, rows, crm);
    assert_eq!(sample.text("import.csv"), import, "{crm:?}");
    assert_eq!(sample.text("import_new.csv"), import_new, "{crm:?}");
}

#[test]
fn salesforce_takes_record_ids_and_user_ids() {
    check(
        Crm::Salesforce,
        &["Id", "Last Name", "Company", "OwnerId", "Note"],
        &[
            &["00Q5g00000AbCdEFGH", "Roe", "X", "00G1", ""],
            &["web-7", "Doe", "Y Ltd", "", "=1"],
        ],
        "Id,OwnerId\n00Q5g00000AbCdEFGH,005000000000001AAA\n",
        "LastName,Company,OwnerId,Last Name,Note\nDoe,Y Ltd,005000000000001AAA,Doe,=1\n",
    );
}

#[test]
fn hubspot_takes_record_ids_and_mail_addresses() {
    check(
        Crm::Hubspot,
        &["Record ID", "Email", "Contact owner"],
        &[&["7001", "a@b.example", "x"], &["", "c@d.example", ""]],
        "Record ID,Contact owner\n7001,anna@acme.example\n",
        "Email,Contact owner\nc@d.example,anna@acme.example\n",
    );
}

#[test]
fn dynamics_gets_its_guarded_columns_back_unchanged() {
    check(
        Crm::Dynamics,
        &[
            "(Do Not Modify) Lead",
            "(Do Not Modify) Row Checksum",
            "(Do Not Modify) Modified On",
            "Topic",
            "Last Name",
        ],
        &[
            &[
                "0f8fad5b-d9cb-469f-a165-70867728950e",
                "aB+/=",
                "2026-05-01 10:00",
                "Pumps",
                "Roe",
            ],
            &["", "", "", "Pipes", "Doe"],
        ],
        "(Do Not Modify) Lead,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Owner\n\
         0f8fad5b-d9cb-469f-a165-70867728950e,aB+/=,2026-05-01 10:00,Anna\n",
        "Topic,Last Name,Owner\nPipes,Doe,Anna\n",
    );
}

#[test]
fn zoho_takes_record_ids_and_mail_addresses() {
    check(
        Crm::Zoho,
        &["Record Id", "Lead Name", "Company"],
        &[&["zcrm_4150868000001234567", "Roe", "X"], &["new", "Doe", "Y"]],
        "Record Id,Lead Owner\nzcrm_4150868000001234567,anna@acme.example\n",
        "Last Name,Company,Lead Owner,Lead Name\nDoe,Y,anna@acme.example,Doe\n",
    );
}

#[test]
fn pipedrive_names_the_item_in_the_owner_column() {
    check(
        Crm::Pipedrive,
        &["Deal - ID", "Deal - Title", "Person - Name"],
        &[&["12", "Pumps", "Roe"], &["", "Pipes", "Doe"]],
        "Deal - ID,Deal - Owner\n12,Anna\n",
        "Lead - Title,Person - Name,Deal - Owner,Deal - Title\nPipes,Doe,Anna,Pipes\n",
    );
}

#[test]
fn an_insert_without_a_required_field_is_kept_and_said() {
    let sample = all_to_anna(
        &["Id", "LastName"],
        &[&["w1", "Roe"], &["w2", ""]],
        Crm::Salesforce,
    );
    assert_eq!(sample.text("import_new.csv").lines().count(), 3);
    let run = sample.run();
    let said: Vec<String> = crate::report::notes(&run)
        .into_iter()
        .map(|note| note.text)
        .collect();
    assert_eq!(
        said,
        [
            "no lead has a record id of Salesforce (an id of 15 or 18 characters such as `00Q…`), so all 2 are in \
         import_new.csv",
            "1 of the leads in import_new.csv lack `LastName`, which Salesforce asks for; the first is `w2`",
            "2 of the leads in import_new.csv lack `Company`, which Salesforce asks for; the first is `w1`",
        ]
    );
}

#[test]
fn leads_without_a_rep_are_in_no_import() {
    let mut sample = all_to_anna(&["Id"], &[&["00Q5g00000AbCdEFGH"]], Crm::Salesforce);
    let mut stays = deal(0, 1);
    stays.rep = None;
    sample.allocation.outcomes[0] = Outcome::Assigned(stays);
    assert_eq!(sample.text("import.csv").lines().count(), 1);
    assert_eq!(sample.text("import_new.csv").lines().count(), 1);
}

#[test]
fn every_active_rep_without_an_owner_key_is_a_mistake() {
    let mut away = rep("x", "Cleo", 0, 1);
    away.active = false;
    let reps = vec![
        rep("005000000000001", "Anna", 0, 1),
        rep("7", "Bo", 0, 1),
        rep("8", "Bo", 0, 1),
        away,
    ];
    let batch = batch(leads(&["Id"], &[]), reps);
    let kinds = |crm| check_kinds(crm, &batch);
    assert_eq!(kinds(Crm::Salesforce), 2);
    assert_eq!(kinds(Crm::Hubspot), 0);
    assert_eq!(kinds(Crm::Zoho), 0);
    assert_eq!(kinds(Crm::Dynamics), 2);
    assert_eq!(kinds(Crm::Pipedrive), 2);
}

#[test]
fn a_rep_who_is_away_needs_an_owner_key_only_for_a_pin() {
    let mut away = rep("x", "Cleo", 0, 1);
    away.absence = Some(Absence {
        away: 1,
        working: 1,
        back: None,
        reason: String::new(),
    });
    let mut batch = batch(
        leads(&["Id"], &[]),
        vec![rep("005000000000001", "Anna", 0, 1), away],
    );
    assert_eq!(check_kinds(Crm::Salesforce, &batch), 0);
    batch.pins.push(Pin {
        lead_id: "L1".to_owned(),
        rep: RepIndex(1),
        reason: String::new(),
    });
    assert_eq!(check_kinds(Crm::Salesforce, &batch), 1);
}

fn check_kinds(crm: Crm, batch: &Batch) -> usize {
    match super::check(crm, batch) {
        Ok(()) => 0,
        Err(mistakes) => {
            assert!(
                mistakes.0.iter().all(|mistake| mistake.kind == Kind::NoOwnerKey),
                "{mistakes}"
            );
            mistakes.0.len()
        }
    }
}

#[test]
fn a_mistake_names_the_rep_and_the_key() {
    let batch = batch(leads(&["Id"], &[]), vec![rep("7", "Bo", 0, 1)]);
    let mistakes = super::check(Crm::Salesforce, &batch).expect_err("7 is no user id");
    assert_eq!(
        mistakes.to_string(),
        "error: reps.csv:2: `id`: rep `7` has none that Salesforce takes; expected a Salesforce user id: 15 or 18 \
         letters and digits that start with `005` [no-owner-key]\n  \
         hint: fill it for every active rep, or leave out `--for salesforce`"
    );
}
