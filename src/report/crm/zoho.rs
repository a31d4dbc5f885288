//! Zoho CRM: `Record Id,Lead Owner`. Owners are users' e-mail addresses or ids.

use super::hubspot::email;
use super::shape::{OwnerKey, Required, Shape, Source, column};
use crate::model::{Leads, Rep};

pub const OWNER_KEY: OwnerKey = OwnerKey {
    column: "email",
    expected: "the e-mail address of a Zoho CRM user, or the user's id",
    of: owner,
};

fn owner(rep: &Rep) -> Option<&str> {
    email(rep).or_else(|| Some(rep.id.as_str()).filter(|id| is_record(id)))
}

pub fn shape(leads: &Leads) -> Shape {
    let record = column(leads, |header| matches!(header, "recordid" | "leadid"));
    let record = record.or_else(|| column(leads, |header| header == "id"));
    let record = record.map(Source::Own);
    Shape {
        carried: vec![("Record Id".to_owned(), record.unwrap_or(Source::Id))],
        record,
        is_record,
        owner: "Lead Owner".to_owned(),
        required: vec![
            Required::find(
                leads,
                "Last Name",
                &[
                    "lastname",
                    "surname",
                    "familyname",
                    "leadname",
                    "fullname",
                    "name",
                ],
            ),
            Required::find(
                leads,
                "Company",
                &["company", "companyname", "account", "accountname"],
            ),
        ],
        record_hint: "the column `Record Id`",
        warning: None,
    }
}

/// Tells whether a text is an id of Zoho: 15 digits or more, an export's `zcrm_` before them or not.
fn is_record(text: &str) -> bool {
    let digits = text.strip_prefix("zcrm_").unwrap_or(text);
    digits.len() >= 15 && digits.bytes().all(|byte| byte.is_ascii_digit())
}
