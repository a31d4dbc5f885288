//! The fields of leads and reps, and the headers under which exports and spreadsheets hold them.
//!
//! Aliases are written in lower case with blanks; the more telling come first. Case, punctuation and
//! blanks do not count in matching.

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

const fn text(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::Text,
        aliases,
    }
}

const fn number(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::Number,
        aliases,
    }
}

const fn list(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::List,
        aliases,
    }
}

const fn boolean(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind: Kind::Boolean,
        aliases,
    }
}

const FIRST_NAME: &[&str] = &[
    "firstname",
    "given name",
    "fname",
    "forename",
    "person first name",
];
const LAST_NAME: &[&str] = &["lastname", "surname", "family name", "lname", "person last name"];
const LATITUDE: &[&str] = &["lat", "address 1 latitude", "geo latitude"];
const LONGITUDE: &[&str] = &["lng", "lon", "long", "address 1 longitude", "geo longitude"];
const TIME_ZONE: &[&str] = &["timezone", "tz", "time zone sid key"];

/// The fields of leads. Of two that want one column the first has it.
#[rustfmt::skip]
pub(super) const LEAD_FIELDS: &[Field] = &[
    text("id", &[
        "lead id", "lead pipedrive system id", "record id", "hs object id", "do not modify lead", "lead no",
        "lead number", "lead ref", "lid", "uuid", "external id", "prospect id", "deal pipedrive system id", "deal id",
        "person pipedrive system id", "person id", "contact id", "opportunity id", "case id", "customer id",
        "account id", "lead",
    ]),
    text("first_name", FIRST_NAME),
    text("last_name", LAST_NAME),
    text("name", &[
        "full name", "lead name", "person name", "contact person", "contact name", "contact", "customer name",
    ]),
    text("job_title", &["person title", "title", "designation", "position", "role"]),
    text("topic", &["subject", "lead title", "deal title"]),
    text("account", &["account number", "parent account", "account id", "company id"]),
    text("company", &[
        "company name", "company account", "associated company", "business name", "organization name",
        "organisation name", "person organization", "organization", "organisation", "account name", "business",
        "firm", "employer",
    ]),
    text("email", &[
        "email address", "emailaddress1", "primary email", "work email", "person email",
        "person email work", "person email home", "person email other", "mail", "secondary email",
    ]),
    text("phone", &[
        "phone number", "business phone", "telephone 1", "telephone", "tel", "work phone", "person phone",
        "person phone work", "mobile phone", "mobile phone number", "mobile", "cell phone", "cell",
        "person phone mobile", "person phone home", "person phone other", "contact no", "contact number",
    ]),
    text("website", &[
        "website url", "url", "company domain name", "domain", "organization website", "web", "homepage",
    ]),
    text("street", &[
        "street address", "street 1", "address 1 line 1", "address line 1", "address 1", "organization address",
        "address", "mailing street", "billing street", "shipping street",
    ]),
    text("city", &[
        "address 1 city", "organization city", "organization address city town village locality of address",
        "organization city town village locality of address", "organization city town village locality", "town",
        "locality", "mailing city", "billing city", "shipping city",
    ]),
    text("state", &[
        "state province", "state region", "address 1 state or province", "state or province", "state code",
        "state province text only", "state province name", "organization state",
        "organization address state county of address", "organization state county of address", "province",
        "st", "county", "region", "mailing state", "mailing state province", "billing state",
        "billing state province", "shipping state",
    ]),
    text("postal_code", &[
        "zip postal code", "zip code", "address 1 postal code", "postcode", "zip", "plz", "cp",
        "organization address postal code", "organization postal code",
        "organization address zip postal code of address", "organization zip postal code of address",
        "mailing postal code", "mailing zip postal code", "billing postal code", "billing zip postal code",
        "shipping postal code", "postal",
    ]),
    text("country", &[
        "country region", "address 1 country", "address country region", "country name", "country region name",
        "country code", "organization country", "organization address country of address",
        "organization country of address", "nation", "mailing country", "billing country", "shipping country",
    ]),
    number("latitude", LATITUDE),
    number("longitude", LONGITUDE),
    number("employees", &[
        "number of employees", "no of employees", "num employees", "employee count", "company size", "headcount",
        "staff",
    ]),
    number("annual_revenue", &["company revenue", "revenue", "turnover"]),
    number("value", &[
        "est value", "estimated value", "estimated amount", "deal value", "lead value", "deal size", "amount",
    ]),
    text("industry", &["industry sector", "industry code", "sector", "vertical", "market segment"]),
    text("product", &["product interest", "product of interest", "deal product", "interest", "service", "need"]),
    text("source", &[
        "lead source", "original source", "hs analytics source", "lead source channel", "lead source code",
        "source campaign", "source channel", "channel", "origin", "campaign", "utm source", "deal utm source",
    ]),
    number("score", &["lead score", "hubspot score", "msdyn lead score", "deprecated lead score", "fit score", "points"]),
    text("rating", &[
        "lead rating", "lead quality code", "lead labels", "person label", "deal label", "grade", "temperature",
        "priority", "tier",
    ]),
    text("status", &[
        "lead status", "hs lead status", "status reason", "status code", "deal status", "lifecycle stage",
        "deal stage", "stage", "disposition", "statecode",
    ]),
    boolean("converted", &["is converted"]),
    text("language", &["preferred language", "lang"]),
    list("skills", &["skill", "skills needed", "needed skills"]),
    list("must_skills", &["required skills", "must have skills", "skills required", "mandatory skills"]),
    text("account_owner", &[
        "account owner id", "company owner", "organization owner", "account owner name", "account manager",
    ]),
    text("owner", &[
        "owner id", "lead owner id", "hubspot owner id", "lead owner", "record owner", "contact owner", "deal owner",
        "person owner", "owner email", "owner name", "lead owner name", "assigned to", "assignee", "assigned rep",
        "sales rep", "salesperson", "sales agent", "agent", "rep",
    ]),
    text("team", &["sales team", "team name"]),
    text("territory", &["sales territory", "territory name"]),
    Field {
        name: "created_at",
        kind: Kind::Date,
        aliases: &[
            "created date", "create date", "date created", "created on", "created time", "lead creation date",
            "lead created", "deal created", "deal deal created", "person creation date", "creation date", "created",
            "date added", "submitted at", "submitted on", "timestamp",
        ],
    },
    text("time_zone", TIME_ZONE),
    text("hours", &["office hours", "business hours", "opening hours", "working hours"]),
];

/// The fields of reps. Of two that want one column the first has it.
#[rustfmt::skip]
pub(super) const REP_FIELDS: &[Field] = &[
    text("id", &[
        "rep id", "user id", "system user id", "agent id", "sales person id", "employee id",
        "owner id", "record id", "alias",
    ]),
    text("first_name", FIRST_NAME),
    text("last_name", LAST_NAME),
    text("name", &[
        "full name", "rep name", "sales rep", "salesperson", "sales agent", "seller", "agent", "rep",
        "account executive", "bdr", "sdr", "ae", "display name", "employee name", "user", "owner name", "owner",
    ]),
    text("email", &[
        "email address", "work email", "internal email address", "primary email",
        "user email", "mail", "login", "username", "domain name",
    ]),
    boolean("active", &[
        "is active", "active flag", "user active", "enabled", "is disabled", "disabled", "archived", "is archived",
        "deactivated", "user status", "availability status", "status", "on off", "availability",
    ]),
    text("role", &[
        "job title", "title", "assigned role", "user role", "user role id", "profile", "profile id", "position",
        "seniority", "level", "grade", "tier",
    ]),
    text("team", &[
        "team name", "sales team", "teams", "assigned teams", "group", "pod", "pool", "branch", "business unit",
        "business unit id", "regional office", "office",
    ]),
    text("manager", &[
        "manager name", "manager id", "reporting to", "reports to", "supervisor", "parent system user id",
        "team lead", "lead",
    ]),
    list("skills", &[
        "skill", "expertise", "products", "product", "specialties", "specialities", "specialty", "competencies",
        "certifications", "tags",
    ]),
    list("territories", &[
        "territory", "territory name", "sales territory", "regions", "region", "areas", "states", "zips", "zip codes",
        "postcodes", "postal codes", "countries",
    ]),
    list("languages", &["language", "spoken languages", "languages spoken"]),
    list("preferences", &["preference", "preferred industries", "industries", "industry", "verticals", "sectors"]),
    number("latitude", LATITUDE),
    number("longitude", LONGITUDE),
    text("street", &["street address", "address 1 line 1", "address line 1", "address"]),
    text("city", &["address 1 city", "home city", "town", "base", "home base", "location"]),
    text("state", &[
        "state province", "state region", "address 1 state or province", "state province name", "home state",
        "province",
    ]),
    text("postal_code", &[
        "zip postal code", "zip code", "address 1 postal code", "postcode", "home zip", "zip", "plz",
    ]),
    text("country", &[
        "country region", "address 1 country", "country name", "country region name", "country code", "nation",
    ]),
    number("max_km", &["max distance km", "radius km", "max distance", "max radius", "travel radius", "radius"]),
    number("max_open", &["max open leads", "maximum capacity", "max capacity", "capacity", "assignment threshold"]),
    number("open", &[
        "open leads", "leads open", "open count", "current load", "current leads", "active leads", "workload",
        "backlog count", "backlog", "load",
    ]),
    number("max_new", &["max new leads", "max new per run"]),
    number("weight", &["rotation weight", "weighting", "share"]),
    number("experience_years", &[
        "years of experience", "years experience", "experience in years", "experience", "tenure years", "tenure",
    ]),
    number("performance", &["performance score", "performance index", "performance rating"]),
    text("time_zone", TIME_ZONE),
    text("hours", &["working hours", "work hours", "business hours", "office hours", "shift"]),
];

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

/// The fields of pins.
pub(super) const PIN_FIELDS: &[Field] = &[
    text("lead_id", &["lead", "id", "record id", "do not modify lead"]),
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
        ],
    ),
    text("reason", &["why", "note", "notes", "comment"]),
];

/// Columns of rosters whose yes means that the rep is *not* active.
pub(super) const INVERTED: &[&str] = &["isdisabled", "disabled", "archived", "isarchived", "deactivated"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::key;
    use std::collections::BTreeSet;

    #[test]
    fn no_alias_of_a_field_is_the_name_of_another() {
        for fields in [LEAD_FIELDS, REP_FIELDS, PIN_FIELDS] {
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
        for fields in [LEAD_FIELDS, REP_FIELDS, PIN_FIELDS] {
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
