//! Headers of exports and what they are taken for.

use super::*;
use crate::read::testing::table;

/// Checks fields as `field=columns` and the names of the other columns.
fn check(role: Role, headers: &str, overrides: &[(&str, &[&str])], expected: &str) {
    let overrides = overrides
        .iter()
        .map(|(field, headers)| {
            let headers = headers.iter().map(|header| (*header).to_owned()).collect();
            ((*field).to_owned(), headers)
        })
        .collect();
    let table = table("file.csv", headers);
    let mut mistakes = Mistakes::default();
    let columns = match_columns(&table, role, &overrides, &mut mistakes);
    let mut words: Vec<String> = Vec::new();
    for (at, name) in columns.names.iter().enumerate() {
        words.push(match name {
            Some(name) if columns.field(name).contains(&at) => format!("={name}"),
            Some(name) => name.clone(),
            None => "ours".to_owned(),
        });
    }
    words.extend(
        columns
            .missing
            .iter()
            .map(|(field, header)| format!("no {header} for {field}")),
    );
    words.extend(mistakes.0.iter().map(ToString::to_string));
    assert_eq!(words.join(" "), expected, "{headers}");
}

#[test]
fn exports_of_the_five_crms_are_known() {
    let leads = |headers: &str, expected: &str| check(Role::Leads, headers, &[], expected);
    leads(
        "Id¦FirstName¦LastName¦Title¦Company¦PostalCode¦NumberOfEmployees¦LeadSource¦IsConverted¦OwnerId¦CreatedDate¦Fit__c",
        "=id =first_name =last_name =job_title =company =postal_code =employees =source =converted =owner =created_at fit_c",
    );
    leads(
        "Record ID¦Email¦Company Name¦State/Region¦Postal Code¦Contact owner¦Create Date¦Lead Status",
        "=id =email =company =state =postal_code =owner =created_at =status",
    );
    leads(
        "(Do Not Modify) Lead¦(Do Not Modify) Row Checksum¦Topic¦Business Phone¦ZIP/Postal Code¦No. of Employees¦Owner",
        "=id do_not_modify_row_checksum =topic =phone =postal_code =employees =owner",
    );
    leads(
        "Record Id¦Lead Owner.id¦Lead Owner¦Lead Name¦Zip Code¦Email Opt Out¦Created Time",
        "=id =owner lead_owner =name =postal_code email_opt_out =created_at",
    );
    leads(
        "Lead - Pipedrive System ID¦Lead - Title¦Person - Email - Work¦Organization - Name¦Lead - Source channel",
        "=id =topic =email =company =source",
    );
}

#[test]
fn users_of_crms_are_known() {
    check(
        Role::Reps,
        "Id¦FirstName¦LastName¦Email¦IsActive¦ManagerId¦TimeZoneSidKey",
        &[],
        "=id =first_name =last_name =email =active =manager =time_zone",
    );
    check(
        Role::Reps,
        "systemuserid¦fullname¦internalemailaddress¦isdisabled¦Capacity¦Quota",
        &[],
        "=id =name =email =active =max_open quota",
    );
}

#[test]
fn the_canonical_name_beats_an_alias_and_the_loser_keeps_its_own() {
    check(Role::Leads, "Zip¦Postal Code", &[], "zip =postal_code");
    check(Role::Leads, "Mobile¦Business Phone", &[], "mobile =phone");
    check(Role::Leads, "Status__c¦Status", &[], "status_c =status");
}

#[test]
fn several_columns_of_a_list_are_joined() {
    check(
        Role::Reps,
        "Skills¦Products¦Region¦States",
        &[],
        "=skills =skills =territories =territories",
    );
}

#[test]
fn overrides_win_and_the_other_column_keeps_its_name() {
    check(
        Role::Leads,
        "Zip¦Postal¦Postal Code",
        &[("postal_code", &["postal", "zip"])],
        "=postal_code =postal_code postal_code_2",
    );
    check(Role::Leads, "Region", &[("state", &[])], "region");
    check(
        Role::Leads,
        "Score",
        &[("score", &["Fit"])],
        "score no Fit for score",
    );
    check(Role::Reps, "Quota", &[("max_open", &["Quota"])], "=max_open");
}

#[test]
fn two_columns_of_one_name_are_a_mistake() {
    check(
        Role::Leads,
        "Hot?¦Hot",
        &[],
        "hot hot_2 file.csv:1: `Hot`: columns 1 (`Hot?`) and 2 (`Hot`) both come to the name `hot` \
         [two-columns-one-name]\n  hint: rename one of them",
    );
    check(
        Role::Leads,
        "Phone¦PHONE",
        &[],
        "=phone phone_2 file.csv:1: `PHONE`: columns 1 (`Phone`) and 2 (`PHONE`) both come to the name `phone` \
         [two-columns-one-name]\n  hint: rename one of them, or write `[columns.leads] phone = \"Phone\"`",
    );
}

#[test]
fn one_column_of_exactly_the_canonical_name_is_the_field() {
    check(Role::Leads, "Phone¦phone", &[], "phone_2 =phone");
}

#[test]
fn columns_without_a_header_are_no_twins() {
    check(Role::Leads, "¦Id¦", &[], "column_1 =id column_3");
}

#[test]
fn our_own_columns_are_not_taken_for_fields() {
    check(
        Role::Leads,
        "lead_id¦tier¦reason¦detail¦remedy¦nearest_rep¦Id¦Lead Score",
        &[],
        "=id ours ours ours ours ours id_2 =score",
    );
    check(
        Role::Reps,
        "rep_id¦rep_name¦team¦max_open¦open_before¦assigned¦open_after",
        &[],
        "=id =name =team =max_open open_before assigned open_after",
    );
}
