//! Dynamics 365: the `(Do Not Modify)` columns of an export unchanged, and `Owner`. Owners are full names.

use super::shape::{OwnerKey, Required, Shape, Source, column};
use crate::model::{Leads, Rep};
use crate::report::columns::folded;

pub const OWNER_KEY: OwnerKey = OwnerKey {
    column: "name",
    expected: "the full name of one Dynamics 365 user",
    of: name,
};

/// The name of a rep who has one.
pub fn name(rep: &Rep) -> Option<&str> {
    Some(rep.name.trim()).filter(|name| !name.is_empty())
}

pub fn shape(leads: &Leads) -> Shape {
    let guarded = leads.headers.iter().enumerate();
    let guarded = guarded.filter(|(_, header)| folded(header).starts_with("donotmodify"));
    let mut carried: Vec<(String, Source)> = guarded
        .map(|(at, header)| (header.clone(), Source::Own(at)))
        .collect();
    let record = column(leads, |header| {
        header.starts_with("donotmodify") && !header.ends_with("checksum") && !header.ends_with("modifiedon")
    });
    let record = record.map_or(Source::Id, Source::Own);
    if record == Source::Id {
        carried = vec![("(Do Not Modify) Lead".to_owned(), Source::Id)];
    }
    Shape {
        warning: (carried.len() < 3).then_some(
            "Dynamics 365 updates rows only with its three `(Do Not Modify)` columns: export the leads \
             with them, or import.csv is taken for new rows",
        ),
        carried,
        record: Some(record),
        is_record: is_guid,
        owner: "Owner".to_owned(),
        required: vec![
            Required::find(
                leads,
                "Topic",
                &["topic", "subject", "companyname", "company", "name"],
            ),
            Required::find(
                leads,
                "Last Name",
                &["lastname", "surname", "familyname", "fullname", "name"],
            ),
        ],
        record_hint: "the column `(Do Not Modify) Lead`",
    }
}

fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text
        .trim_start_matches('{')
        .trim_end_matches('}')
        .split('-')
        .collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
