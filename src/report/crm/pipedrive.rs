//! Pipedrive: `… - ID` or `… - Pipedrive System ID` of an export, and `… - Owner`. Owners are names.

use super::dynamics::name;
use super::shape::{OwnerKey, Required, Shape, Source};
use crate::model::Leads;
use crate::report::columns::folded;

pub const OWNER_KEY: OwnerKey = OwnerKey {
    column: "name",
    expected: "the name of one Pipedrive user",
    of: name,
};

pub fn shape(leads: &Leads) -> Shape {
    let columns = || {
        let headers = leads.headers.iter().enumerate();
        headers.filter_map(|(at, header)| Some((at, header, item(header)?)))
    };
    let of_leads = columns().find(|(_, _, item)| item.eq_ignore_ascii_case("lead"));
    let record = of_leads.or_else(|| columns().next());
    let item = record.map_or("Lead", |(_, _, item)| item);
    let header = record.map_or("Lead - ID", |(_, header, _)| header);
    let source = record.map(|(at, _, _)| Source::Own(at));
    Shape {
        carried: vec![(header.to_owned(), source.unwrap_or(Source::Id))],
        record: source,
        is_record: |text| !text.is_empty(),
        owner: format!("{item} - Owner"),
        required: vec![
            Required::find(
                leads,
                "Lead - Title",
                &["leadtitle", "dealtitle", "title", "topic", "company", "name"],
            ),
            Required::find(
                leads,
                "Person - Name",
                &[
                    "personname",
                    "contactperson",
                    "fullname",
                    "name",
                    "lastname",
                    "organizationname",
                    "organization",
                    "company",
                ],
            ),
        ],
        record_hint: "the column `Lead - ID` or `… - Pipedrive System ID`",
        warning: None,
    }
}

/// The item that an id column is of: `Lead` of `Lead - Pipedrive System ID`.
fn item(header: &str) -> Option<&str> {
    let (item, field) = header.trim().rsplit_once(" - ")?;
    matches!(folded(field).as_str(), "id" | "systemid" | "pipedrivesystemid").then_some(item)
}
