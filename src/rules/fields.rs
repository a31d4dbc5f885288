//! The standard fields of leads and reps: names that rules may speak of even where a file lacks them.

use crate::model::Kind;
use std::sync::LazyLock;

/// Standard lead fields that a column can be: a file may lack them, they are empty then.
pub const LEAD: &[&str] = &[
    "id",
    "name",
    "first_name",
    "last_name",
    "job_title",
    "topic",
    "company",
    "email",
    "phone",
    "website",
    "street",
    "city",
    "state",
    "postal_code",
    "country",
    "latitude",
    "longitude",
    "employees",
    "annual_revenue",
    "value",
    "industry",
    "product",
    "source",
    "score",
    "rating",
    "status",
    "converted",
    "language",
    "skills",
    "must_skills",
    "account",
    "account_owner",
    "owner",
    "team",
    "territory",
    "created_at",
    "time_zone",
    "hours",
];

/// Standard fields of accounts.
pub const ACCOUNT: &[&str] = &[
    "id",
    "company",
    "email",
    "phone",
    "website",
    "street",
    "city",
    "state",
    "postal_code",
    "country",
    "owner",
    "account_number",
    "parent",
];

/// Standard rep fields: a file may lack them, they are empty then.
pub const REP: &[&str] = &[
    "id",
    "name",
    "email",
    "active",
    "role",
    "team",
    "manager",
    "skills",
    "territories",
    "languages",
    "preferences",
    "latitude",
    "longitude",
    "street",
    "city",
    "state",
    "postal_code",
    "country",
    "max_km",
    "max_open",
    "open",
    "max_new",
    "weight",
    "experience_years",
    "performance",
    "time_zone",
    "hours",
];

/// Rep fields that only a ledger can fill; empty without one.
pub const RECORD: &[&str] = &["accept_rate", "win_rate", "response_minutes", "recent"];

/// All rep fields that rules may speak of whatever the file holds.
pub fn of_reps() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| [REP, RECORD].concat());
    &ALL
}

/// Lead fields that no column is: they are worked out when the file is read.
pub const DERIVED: &[&str] = &["age_days", "file"];

/// The type of a standard field where it is not text.
pub fn kind(field: &str) -> Option<Kind> {
    match field {
        "skills" | "must_skills" | "languages" | "preferences" | "territories" => Some(Kind::List),
        "latitude" | "longitude" | "employees" | "annual_revenue" | "value" | "score" | "age_days"
        | "max_km" | "max_open" | "open" | "max_new" | "weight" | "experience_years" | "performance"
        | "accept_rate" | "win_rate" | "response_minutes" | "recent" => Some(Kind::Number),
        "active" | "converted" => Some(Kind::Boolean),
        "created_at" => Some(Kind::Date),
        _ => None,
    }
}
