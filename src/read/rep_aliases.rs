//! The fields of reps and the headers that are taken for them.

use super::aliases::{
    FIRST_NAME, Field, LAST_NAME, LATITUDE, LONGITUDE, TIME_ZONE, boolean, list, number, text,
};

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
        "deactivated", "user status", "availability status", "status", "on off",
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
