//! The fields of leads and reps, and the headers under which exports and spreadsheets hold them.
//!
//! Aliases are written in lower case with blanks; the more telling come first. Case, punctuation and
//! blanks do not count in matching.

pub(super) use super::lead_aliases::{ACCOUNT_FIELDS, LEAD_FIELDS};
pub(super) use super::rep_aliases::REP_FIELDS;
use crate::model::Kind;

/// A field and the headers that are taken for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    /// Its name in rules.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Other headers, the more telling first.
    pub aliases: &'static [&'static str],
}

impl Field {
    /// Tells whether all columns that match are joined, as in lists.
    pub fn is_joined(&self) -> bool {
        self.kind == Kind::List
    }
}

/// Finds a field by its name in rules.
pub(super) fn field(fields: &'static [Field], name: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.name == name)
}

pub(super) const fn text(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::Text,
        aliases,
    }
}

pub(super) const fn number(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::Number,
        aliases,
    }
}

pub(super) const fn list(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::List,
        aliases,
    }
}

pub(super) const fn boolean(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::Boolean,
        aliases,
    }
}

pub(super) const FIRST_NAME: &[&str] = &[
    "firstname",
    "given name",
    "fname",
    "forename",
    "person first name",
];
pub(super) const LAST_NAME: &[&str] = &["lastname", "surname", "family name", "lname", "person last name"];
pub(super) const LATITUDE: &[&str] = &["lat", "address 1 latitude", "geo latitude"];
pub(super) const LONGITUDE: &[&str] = &["lng", "lon", "long", "address 1 longitude", "geo longitude"];
pub(super) const TIME_ZONE: &[&str] = &["timezone", "tz", "time zone sid key"];

/// Headers that look like a rep's capacity but may mean money or a goal.
pub(super) const NOT_CAPACITY: &[&str] = &[
    "quota",
    "sales quota",
    "lead quota",
    "target",
    "lead target",
    "limit",
    "lead limit",
    "cap",
    "lead cap",
    "max leads",
    "maximum leads",
];

/// The fields of places.
pub(super) const PLACE_FIELDS: &[Field] = &[
    text("country", &["country code", "country name", "nation"]),
    text(
        "postal_code",
        &["zip", "zip code", "postcode", "plz", "postal", "cp"],
    ),
    text("city", &["town", "place", "place name", "locality"]),
    text(
        "state",
        &["state code", "state name", "province", "region", "admin1"],
    ),
    number("latitude", LATITUDE),
    number("longitude", LONGITUDE),
    text("time_zone", TIME_ZONE),
];

/// What files that name a lead call the column.
const LEAD_REFERENCE: &[&str] = &["lead", "id", "record id", "do not modify lead"];

/// What files that name a rep call the column.
const REP_REFERENCE: &[&str] = &[
    "rep",
    "rep email",
    "rep name",
    "user id",
    "owner id",
    "owner",
    "lead owner",
    "record owner",
    "contact owner",
    "assigned to",
    "assignee",
    "sales rep",
    "salesperson",
    "agent",
    "user",
    "email",
    "name",
];

/// The fields of pins.
pub(super) const PIN_FIELDS: &[Field] = &[
    text("lead_id", LEAD_REFERENCE),
    text("rep_id", REP_REFERENCE),
    text("reason", &["why", "note", "notes", "comment"]),
];

/// The fields of claims.
pub(super) const CLAIM_FIELDS: &[Field] = &[
    text("lead_id", LEAD_REFERENCE),
    text("rep_id", REP_REFERENCE),
    number("rank", &["wish", "choice", "priority", "preference", "order"]),
    Field {
        name: "at",
        kind: Kind::Date,
        aliases: &[
            "time",
            "date",
            "timestamp",
            "claimed at",
            "created at",
            "submitted at",
            "completion time",
        ],
    },
];

/// The fields of teams.
pub(super) const TEAM_FIELDS: &[Field] = &[
    text(
        "team",
        &["team name", "name", "franchise", "franchisee", "office", "group"],
    ),
    list("territories", &["territory", "region", "regions", "areas"]),
    number("max_new", &["max new leads", "daily cap", "new per day"]),
    number("weight", &["share", "shares"]),
];

/// The fields of time off.
pub(super) const TIME_OFF_FIELDS: &[Field] = &[
    text(
        "rep",
        &[
            "rep id",
            "rep email",
            "user email",
            "employee email",
            "work email",
            "email",
            "email address",
            "rep name",
            "employee",
            "employee name",
            "user",
            "user name",
            "person",
            "sales rep",
            "full name",
            "staff",
            "team member",
            "who",
            "name",
            "user id",
            "employee id",
        ],
    ),
    text(
        "from",
        &[
            "start",
            "start date",
            "date from",
            "from date",
            "first day",
            "begin",
            "starts",
            "start time",
            "day",
            "date",
        ],
    ),
    text(
        "to",
        &[
            "end", "end date", "date to", "to date", "until", "last day", "through", "thru", "ends",
            "end time",
        ],
    ),
    text("part", &["part of day", "half day", "half", "am pm", "day part"]),
    text(
        "reason",
        &[
            "type",
            "leave type",
            "time off type",
            "absence type",
            "category",
            "description",
            "holiday",
            "holiday name",
            "why",
            "comment",
            "comments",
            "note",
            "notes",
            "title",
            "subject",
        ],
    ),
    text("country", &["country code", "country name", "country region"]),
];

/// The fields of outcomes. A `name` there is the lead's more often than the rep's.
pub(super) const OUTCOME_FIELDS: &[Field] = &[
    text("lead_id", LEAD_REFERENCE),
    text(
        "rep_id",
        &[
            "rep",
            "rep email",
            "rep name",
            "user id",
            "owner id",
            "owner",
            "lead owner",
            "agent",
            "user",
            "email",
        ],
    ),
    text(
        "outcome",
        &[
            "status",
            "lead status",
            "result",
            "state",
            "disposition",
            "event",
            "stage",
        ],
    ),
    text(
        "at",
        &[
            "date",
            "when",
            "time",
            "date time",
            "outcome at",
            "timestamp",
            "last modified date",
            "modified",
        ],
    ),
    text("note", &["notes", "comment", "comments", "reason", "why"]),
    text("credit", &["lead credit", "credited", "bad lead", "invalid"]),
];

/// Columns of rosters whose yes means that the rep is *not* active.
pub(super) const INVERTED: &[&str] = &["isdisabled", "disabled", "archived", "isarchived", "deactivated"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::key;
    use std::collections::BTreeSet;

    /// The fields of every sort of file.
    const ALL: [&[Field]; 9] = [
        ACCOUNT_FIELDS,
        LEAD_FIELDS,
        REP_FIELDS,
        PIN_FIELDS,
        CLAIM_FIELDS,
        TEAM_FIELDS,
        OUTCOME_FIELDS,
        PLACE_FIELDS,
        TIME_OFF_FIELDS,
    ];

    #[test]
    fn no_alias_of_a_field_is_the_name_of_another() {
        for fields in ALL {
            for field in fields {
                for alias in field.aliases {
                    let other = fields.iter().find(|other| key(other.name) == key(alias));
                    assert!(
                        other.is_none_or(|other| other.name == field.name),
                        "{alias} of {}",
                        field.name
                    );
                }
            }
        }
    }

    #[test]
    fn only_two_aliases_are_those_of_two_fields() {
        for fields in ALL {
            let mut seen = BTreeSet::new();
            for alias in fields.iter().flat_map(|field| field.aliases) {
                let twice = ["account id", "statecode"].contains(alias);
                assert!(seen.insert(key(alias)) || twice, "{alias}");
            }
        }
    }

    #[test]
    fn goals_are_no_capacity() {
        let keys: Vec<String> = NOT_CAPACITY.iter().map(|alias| key(alias)).collect();
        for alias in REP_FIELDS.iter().flat_map(|field| field.aliases) {
            assert!(!keys.contains(&key(alias)), "{alias}");
        }
    }

    #[test]
    fn consent_is_not_taken_for_an_address() {
        for header in [
            "Email Opt Out",
            "Unsubscribed from all email",
            "HasOptedOutOfEmail",
        ] {
            let found = LEAD_FIELDS
                .iter()
                .flat_map(|field| field.aliases)
                .find(|alias| key(alias) == key(header));
            assert_eq!(found, None);
        }
    }
}
