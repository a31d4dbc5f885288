//! `HubSpot`: `Record ID,Contact owner`. Owners are users' e-mail addresses.

use super::shape::{OwnerKey, Required, Shape, Source, column};
use crate::model::{Leads, Rep};

pub const OWNER_KEY: OwnerKey = OwnerKey {
    column: "email",
    expected: "the e-mail address of a HubSpot user",
    of: email,
};

/// The e-mail of a rep, if it looks like one.
pub fn email(rep: &Rep) -> Option<&str> {
    let email = rep.email.trim();
    let (user, domain) = email.split_once('@')?;
    (!user.is_empty() && !domain.is_empty()).then_some(email)
}

pub fn shape(leads: &Leads) -> Shape {
    let record = column(leads, |header| {
        matches!(header, "recordid" | "hsobjectid" | "recordidcontacts")
    });
    let record = record.map(Source::Own);
    Shape {
        carried: vec![("Record ID".to_owned(), record.unwrap_or(Source::Id))],
        record,
        is_record,
        owner: "Contact owner".to_owned(),
        required: vec![Required::find(
            leads,
            "Email",
            &["email", "emailaddress", "workemail", "mail"],
        )],
        record_hint: "the column `Record ID`",
        warning: None,
    }
}

fn is_record(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
