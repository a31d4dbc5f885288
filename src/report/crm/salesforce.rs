//! Salesforce: `Id,OwnerId` as Data Loader takes it. Owners are user ids, never names.

use super::shape::{OwnerKey, Required, Shape, Source};
use crate::model::{Leads, Rep};

pub const OWNER_KEY: OwnerKey = OwnerKey {
    column: "id",
    expected: "a Salesforce user id: 15 or 18 letters and digits that start with `005`",
    of: user_id,
};

fn user_id(rep: &Rep) -> Option<&str> {
    Some(rep.id.as_str()).filter(|id| is_id(id) && id.starts_with("005"))
}

pub fn shape(leads: &Leads) -> Shape {
    Shape {
        carried: vec![("Id".to_owned(), Source::Id)],
        record: Some(Source::Id),
        is_record: is_record_id,
        owner: "OwnerId".to_owned(),
        required: vec![
            Required::find(
                leads,
                "LastName",
                &[
                    "lastname",
                    "surname",
                    "familyname",
                    "fullname",
                    "name",
                    "leadname",
                ],
            ),
            Required::find(
                leads,
                "Company",
                &[
                    "company",
                    "companyaccount",
                    "companyname",
                    "account",
                    "accountname",
                    "organization",
                ],
            ),
        ],
        record_hint: "an id of 15 or 18 characters such as `00Q…`",
        warning: None,
    }
}

/// Tells whether a text has the form of an id of anything.
fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Tells whether a text is the id of a lead, contact, account, opportunity, case or record of a custom
/// object.
fn is_record_id(text: &str) -> bool {
    is_id(text)
        && (["00Q", "003", "001", "006", "500"]
            .iter()
            .any(|prefix| text.starts_with(prefix))
            || text.starts_with('a') && text.bytes().any(|byte| byte.is_ascii_digit()))
}
