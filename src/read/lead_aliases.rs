//! The fields of leads and the headers that are taken for them.

use super::aliases::{
    FIRST_NAME, Field, LAST_NAME, LATITUDE, LONGITUDE, TIME_ZONE, boolean, list, number, text,
};
use crate::model::Kind;

#[rustfmt::skip]
const PHONE: &[&str] = &[
    "phone number", "business phone", "telephone 1", "telephone", "tel", "work phone", "person phone",
    "person phone work", "mobile phone", "mobile phone number", "mobile", "cell phone", "cell",
    "person phone mobile", "person phone home", "person phone other", "contact no", "contact number",
];
#[rustfmt::skip]
const WEBSITE: &[&str] = &[
    "website url", "url", "company domain name", "domain", "organization website", "web", "homepage",
];
#[rustfmt::skip]
const STREET: &[&str] = &[
    "street address", "street 1", "address 1 line 1", "address line 1", "address 1", "organization address",
    "address", "mailing street", "billing street", "shipping street",
];
#[rustfmt::skip]
const CITY: &[&str] = &[
    "address 1 city", "organization city", "organization address city town village locality of address",
    "organization city town village locality of address", "organization city town village locality", "town",
    "locality", "mailing city", "billing city", "shipping city",
];
#[rustfmt::skip]
const STATE: &[&str] = &[
    "state province", "state region", "address 1 state or province", "state or province", "state code",
    "state province text only", "state province name", "organization state",
    "organization address state county of address", "organization state county of address", "province",
    "st", "county", "region", "mailing state", "mailing state province", "billing state",
    "billing state province", "shipping state",
];
#[rustfmt::skip]
const POSTAL_CODE: &[&str] = &[
    "zip postal code", "zip code", "address 1 postal code", "postcode", "zip", "plz", "cp",
    "organization address postal code", "organization postal code",
    "organization address zip postal code of address", "organization zip postal code of address",
    "mailing postal code", "mailing zip postal code", "billing postal code", "billing zip postal code",
    "shipping postal code", "postal",
];
#[rustfmt::skip]
const COUNTRY: &[&str] = &[
    "country region", "address 1 country", "address country region", "country name", "country region name",
    "country code", "organization country", "organization address country of address",
    "organization country of address", "nation", "mailing country", "billing country", "shipping country",
];
#[rustfmt::skip]
const EMAIL: &[&str] = &[
    "email address", "emailaddress1", "primary email", "work email", "person email",
    "person email work", "person email home", "person email other", "mail", "secondary email",
];

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
    text("email", EMAIL),
    text("phone", PHONE),
    text("website", WEBSITE),
    text("street", STREET),
    text("city", CITY),
    text("state", STATE),
    text("postal_code", POSTAL_CODE),
    text("country", COUNTRY),
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

/// The fields of accounts. Of two that want one column the first has it.
#[rustfmt::skip]
pub(super) const ACCOUNT_FIELDS: &[Field] = &[
    text("id", &[
        "account id", "record id", "hs object id", "do not modify account", "company id", "customer id",
        "organization pipedrive system id", "organization id", "uuid", "external id",
    ]),
    text("parent", &[
        "parent account id", "parent account", "parent id", "parent company", "parent account name",
        "parent organization", "ultimate parent", "subsidiary of",
    ]),
    text("owner", &[
        "account owner id", "owner id", "hubspot owner id", "account owner", "company owner", "organization owner",
        "record owner", "contact owner", "owner email", "owner name", "account owner name", "account manager",
        "assigned to", "sales rep", "salesperson", "sales agent", "rep",
    ]),
    text("company", &[
        "account name", "company name", "organization name", "organisation name", "name", "account", "organization",
        "organisation", "business name", "customer name", "firm",
    ]),
    text("email", EMAIL),
    text("phone", PHONE),
    text("website", WEBSITE),
    text("street", STREET),
    text("city", CITY),
    text("state", STATE),
    text("postal_code", POSTAL_CODE),
    text("country", COUNTRY),
    text("account_number", &["account no"]),
];
