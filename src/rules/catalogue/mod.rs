//! Every table and key that a rule file may hold, with type, default and meaning: what the loader checks
//! against, and what `rules/README.md` is held against.

mod shape;

use super::fields;
pub use shape::Shape;

/// A key of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value must be.
    pub shape: Shape,
    /// The default as it would be written, or a word about it; `required` where there is none.
    pub default: &'static str,
}

/// Which keys a table may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Keys {
    /// These.
    Fixed(&'static [Key]),
    /// Names that the user gives, each with a value of this shape.
    Free(Shape),
    /// One of these names, each with a value of this shape.
    Fields(&'static [&'static str], Shape),
}

/// A table of a rule file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Table {
    /// Its name, dotted.
    pub name: &'static str,
    /// Whether it may be repeated, as `[[name]]`.
    pub repeated: bool,
    /// Its keys.
    pub keys: Keys,
}

/// The largest weight; sums of weighted points stay exact below it.
pub const MOST_WEIGHT: f64 = 1_000_000.0;
const WEIGHT: Shape = Shape::Number(0.0, MOST_WEIGHT);
const POINTS: Shape = Shape::Whole(0.0, 200.0);
const REQUIRED: &str = "required";

const fn key(name: &'static str, shape: Shape, default: &'static str) -> Key {
    Key { name, shape, default }
}

const fn once(name: &'static str, keys: Keys) -> Table {
    Table {
        name,
        repeated: false,
        keys,
    }
}

const fn repeated(name: &'static str, keys: &'static [Key]) -> Table {
    Table {
        name,
        repeated: true,
        keys: Keys::Fixed(keys),
    }
}

/// Every table, in the order of the reference.
pub const TABLES: &[Table] = &[
    once("run", Keys::Fixed(&[key("time_zone", Shape::Text, "`\"UTC\"`")])),
    once(
        "read",
        Keys::Fixed(&[
            key("empty", Shape::Texts, "`[]`"),
            key("decimal", Shape::Word(&[".", ","]), "found by itself"),
            key(
                "date_order",
                Shape::Word(&["day-month", "month-day"]),
                "found by itself",
            ),
            key("max_set_aside", Shape::Share, "`\"20%\"`, ten rows at least"),
        ]),
    ),
    once("columns.leads", Keys::Fields(fields::LEAD, Shape::TextOrTexts)),
    once("columns.reps", Keys::Fields(fields::REP, Shape::TextOrTexts)),
    once("columns.existing", Keys::Fields(fields::LEAD, Shape::TextOrTexts)),
    once(
        "columns.accounts",
        Keys::Fields(fields::ACCOUNT, Shape::TextOrTexts),
    ),
    once(
        "types.leads",
        Keys::Free(Shape::Word(&["number", "text", "boolean", "date", "list"])),
    ),
    once(
        "sources",
        Keys::Fixed(&[key("prefix", Shape::Boolean, "`false`")]),
    ),
    once(
        "owner",
        Keys::Fixed(&[
            key("pool", Shape::Texts, "`[]`"),
            key("redeal", Shape::Boolean, "`false`"),
        ]),
    ),
    once(
        "reconcile",
        Keys::Fixed(&[
            key("threshold", Shape::Whole(50.0, 100.0), "`80`"),
            key("similar", Shape::Whole(50.0, 100.0), "`85`"),
            key("free_mail", Shape::Texts, "`[]`"),
            key("shared_domain", Shape::Whole(2.0, 1_000_000.0), "`5`"),
            key("shared_contact", Shape::Whole(2.0, 1_000_000.0), "`3`"),
            key("largest_block", Shape::Whole(1.0, 1_000_000.0), "`20000`"),
            key("id", POINTS, "`150`"),
            key("account", POINTS, "`80`"),
            key("email", POINTS, "`85`"),
            key("phone", POINTS, "`45`"),
            key("domain", POINTS, "`80`"),
            key("company", POINTS, "`60`"),
            key("person", POINTS, "`50`"),
            key("street", POINTS, "`20`"),
            key("postal_code", POINTS, "`20`"),
            key("city", POINTS, "`20`"),
            key("state", POINTS, "`5`"),
            key("country", POINTS, "`20`"),
            key("different_company", POINTS, "`60`"),
            key("different_person", POINTS, "`60`"),
            key("different_street", POINTS, "`10`"),
            key("different_postal_code", POINTS, "`30`"),
            key("different_city", POINTS, "`50`"),
            key("different_state", POINTS, "`40`"),
            key("different_country", POINTS, "`45`"),
        ]),
    ),
    once(
        "existing",
        Keys::Fixed(&[
            key(
                "accounts",
                Shape::Word(&["owner", "prefer", "ignore"]),
                "`\"owner\"`",
            ),
            key("away_days", Shape::Whole(0.0, 30.0), "`3`"),
        ]),
    ),
    once(
        "duplicates",
        Keys::Fixed(&[key("within", Shape::Word(&["email", "none"]), "`\"email\"`")]),
    ),
    once(
        "together",
        Keys::Fixed(&[key(
            "by",
            Shape::Word(&["none", "account", "company"]),
            "`\"none\"`",
        )]),
    ),
    once(
        "places",
        Keys::Fixed(&[key("country", Shape::Text, "found by itself")]),
    ),
    once(
        "time_off",
        Keys::Fixed(&[key("horizon", Shape::Whole(1.0, 30.0), "`1`")]),
    ),
    once(
        "ledger",
        Keys::Fixed(&[
            key(
                "open",
                Shape::Word(&["file", "ledger"]),
                "`\"file\"` where the roster has the column",
            ),
            key("recent_days", Shape::Whole(1.0, 1000.0), "`7`"),
        ]),
    ),
    once(
        "recycle",
        Keys::Fixed(&[
            key("after", Shape::Text, "never"),
            key("max_returns", Shape::Whole(1.0, 1000.0), "`3`"),
            key("within_team", Shape::Boolean, "`true`"),
        ]),
    ),
    once(
        "score",
        Keys::Fixed(&[
            key("skill", WEIGHT, "`5` without `[score]`"),
            key("proximity", WEIGHT, "`3` without `[score]`"),
            key("availability", WEIGHT, "`2` without `[score]`"),
            key("experience", WEIGHT, "`0`"),
            key("performance", WEIGHT, "`0`"),
            key("preference", WEIGHT, "`0`"),
            key("language", WEIGHT, "`0`"),
            key("continuity", WEIGHT, "`5` with `accounts = \"prefer\"`"),
            key("territory", WEIGHT, "`1` with `mode = \"prefer\"`"),
        ]),
    ),
    once(
        "skill",
        Keys::Fixed(&[
            key("from", Shape::Texts, "`[\"skills\", \"product\"]`"),
            key("must", Shape::Word(&["none", "any", "all"]), "`\"none\"`"),
        ]),
    ),
    once(
        "proximity",
        Keys::Fixed(&[
            key("half_km", Shape::AboveZero, "`50`"),
            key("max_km", Shape::AboveZero, "no bound"),
        ]),
    ),
    once(
        "availability",
        Keys::Fixed(&[
            key("lead_hours", Shape::Text, "`\"Mon-Fri 09:00-17:00\"`"),
            key("rep_hours", Shape::Text, "not known"),
        ]),
    ),
    once(
        "experience",
        Keys::Fixed(&[
            key("bands", Shape::Rising, "`[10, 50, 250, 1000, 3000]`"),
            key("revenue_bands", Shape::Rising, "`[1e6, 1e7, 5e7, 2.5e8, 1e9]`"),
            key("value_bands", Shape::Rising, "`[1e3, 5e3, 2.5e4, 1e5, 5e5]`"),
            key("years", Shape::Rising, "`[0, 1, 2, 4, 7]`"),
        ]),
    ),
    once(
        "balance",
        Keys::Fixed(&[
            key("strength", Shape::Number(0.0, 1000.0), "`10`"),
            key("max_share", Shape::AboveZero, "no bound"),
        ]),
    ),
    once(
        "territory",
        Keys::Fixed(&[
            key("mode", Shape::Word(&["must", "prefer", "ignore"]), "`\"must\"`"),
            key("unplaced", Shape::Word(&["anyone", "nobody"]), "`\"anyone\"`"),
        ]),
    ),
    once("territory.names", Keys::Free(Shape::Texts)),
    repeated(
        "derive",
        &[
            key("name", Shape::Text, REQUIRED),
            key("value", Shape::Expression, REQUIRED),
        ],
    ),
    repeated(
        "tier",
        &[
            key("name", Shape::Text, REQUIRED),
            key("when", Shape::Expression, REQUIRED),
        ],
    ),
    repeated(
        "qualify",
        &[
            key("name", Shape::Text, REQUIRED),
            key("that", Shape::Expression, REQUIRED),
        ],
    ),
    repeated(
        "require",
        &[
            key("name", Shape::Text, REQUIRED),
            key("when", Shape::Expression, "`\"true\"`"),
            key("that", Shape::Expression, REQUIRED),
            key("if_empty", Shape::Word(&["skip", "apply"]), "`\"skip\"`"),
        ],
    ),
    repeated(
        "prefer",
        &[
            key("name", Shape::Text, REQUIRED),
            key("weight", WEIGHT, "`1`"),
            key("value", Shape::Expression, "this or `table`"),
            key("table", Shape::Text, "this or `value`"),
        ],
    ),
    repeated(
        "limit",
        &[
            key("name", Shape::Text, REQUIRED),
            key("when", Shape::Expression, "`\"true\"`"),
            key("per", Shape::Text, REQUIRED),
            key("max", Shape::WholeOrColumn, "this or `min`"),
            key("min", Shape::Whole(1.0, MOST_COUNT), "none"),
            key("period", Shape::Word(PERIODS), "`\"run\"`"),
        ],
    ),
    repeated(
        "pass",
        &[
            key("name", Shape::Text, REQUIRED),
            key("method", Shape::Word(METHODS), REQUIRED),
            key("when", Shape::Expression, "`\"true\"`"),
            key("reps", Shape::Expression, "`\"true\"`"),
            key("min_score", Shape::Number(0.0, 100.0), "no bound"),
            key("relax", Shape::Texts, "`[]`"),
            key("within", Shape::Expression, "one rotation for all"),
            key("catch_up", Shape::Boolean, "`false`"),
            key("floor", Shape::Number(0.0, 1.0), "`0.25`"),
            key("offer", Shape::Whole(1.0, 1000.0), "none"),
            key("cap", Shape::Whole(1.0, 1_000_000.0), "no bound"),
        ],
    ),
    once("fallback", Keys::Fixed(&[key("rep", Shape::Text, "nobody")])),
];

/// The words of the methods, in the order of [`Method`](super::Method).
pub const METHODS: &[&str] = &[
    "optimal",
    "round_robin",
    "least_loaded",
    "top_producer",
    "shotgun",
    "cherry_pick",
    "shark_tank",
    "blind_pull",
];

/// The most leads that a limit can speak of.
pub const MOST_COUNT: f64 = 4_000_000_000.0;

/// The periods of limits, in the order of [`Period`](crate::model::Period).
pub const PERIODS: &[&str] = &["run", "day", "week", "month"];

/// Tables and keys that rules may have one day and this version does not read.
pub const LATER: &[&str] = &["places.geodata"];

/// The table of a dotted name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}

/// The names that may follow a dotted name (empty = the top) as the name of a table within it.
pub fn tables_within(name: &str) -> impl Iterator<Item = &'static str> {
    TABLES.iter().filter_map(move |table| {
        let rest = if name.is_empty() {
            table.name
        } else {
            table.name.strip_prefix(name)?.strip_prefix('.')?
        };
        rest.split('.').next()
    })
}
