//! Whether a roster is one, and whether anybody on it can take a lead.

use super::aliases::NOT_CAPACITY;
use super::columns::Columns;
use super::names::matching_key;
use super::own_files;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Ceiling, Note, Rep, Table};

/// The most reps that are dealt to: beyond it the rows of scores no longer fit in memory.
pub(super) const MOST_REPS: usize = 5_000;

/// Refuses a table that holds too many rows for a roster, before any of them is read.
pub(super) fn check_size(table: &Table, mistakes: &mut Mistakes) {
    let rows = table.rows.len() + table.ragged.len();
    if rows > MOST_REPS {
        mistakes.push(
            Mistake::new(
                Kind::TooManyReps,
                Position::File(table.source.file.clone()),
                format!("{rows} reps"),
            )
            .expected(format!("at most {MOST_REPS}"))
            .hint("is this the file of the leads? a larger roster is dealt in parts, one region or team at a time"),
        );
    }
}

/// Refuses a table that has the columns of leads and none that only reps have.
pub(super) fn check_is_roster(table: &Table, columns: &Columns, mistakes: &mut Mistakes) {
    const LEADS: &[&str] = &[
        "company",
        "companyname",
        "companyaccount",
        "status",
        "leadstatus",
        "rating",
        "leadsource",
        "source",
        "topic",
        "industry",
        "annualrevenue",
        "numberofemployees",
        "employees",
        "leadid",
        "isconverted",
        "converted",
        "score",
        "leadscore",
        "website",
        "leadowner",
    ];
    const REPS: &[&str] = &[
        "skills",
        "territories",
        "max_open",
        "open",
        "max_new",
        "weight",
        "experience_years",
        "performance",
        "manager",
        "team",
        "languages",
        "preferences",
        "time_zone",
        "hours",
        "max_km",
    ];
    const REP_HEADERS: &[&str] = &[
        "repid",
        "rep",
        "repname",
        "userid",
        "isactive",
        "active",
        "salesrep",
        "salesperson",
        "salesagent",
        "quota",
        "salesquota",
        "role",
        "userroleid",
        "profile",
        "profileid",
        "isdisabled",
        "archived",
        "enabled",
        "employeeid",
    ];
    let keys: Vec<String> = table.headers.iter().map(|header| matching_key(header)).collect();
    let of_leads: Vec<&str> = table
        .headers
        .iter()
        .zip(&keys)
        .filter(|(_, key)| LEADS.contains(&key.as_str()))
        .map(|(header, _)| header.as_str())
        .collect();
    // Regions and industries are columns of leads too, so their aliases say nothing here.
    let own_fields = columns.known().filter(|name| REPS.contains(name)).any(|field| {
        columns
            .field(field)
            .iter()
            .any(|&at| !["region", "product", "industry", "language"].contains(&keys[at].as_str()))
    });
    let of_reps = own_fields || keys.iter().any(|key| REP_HEADERS.contains(&key.as_str()));
    if of_leads.len() >= 2 && !of_reps {
        mistakes.push(
            Mistake::new(
                Kind::RosterIsLeads,
                Position::File(table.source.file.clone()),
                format!(
                    "the roster looks like leads: it has the columns `{}`",
                    of_leads.join("`, `")
                ),
            )
            .expected("columns of reps, such as `skills`, `territories` or `max_open`")
            .hint("are the two files the wrong way round? leads come first: `dealt run LEADS REPS`"),
        );
    }
}

/// Says what columns could be but are not read as.
pub(super) fn note_columns(table: &Table, columns: &Columns, notes: &mut Vec<Note>) {
    if columns.field("max_open").is_empty() {
        let goals = table.headers.iter().filter(|header| {
            NOT_CAPACITY
                .iter()
                .any(|goal| matching_key(goal) == matching_key(header))
        });
        for header in goals {
            notes.push(Note::warning(format!(
                "`{header}` is not read as a ceiling; if it is one, write `[columns.reps] max_open = \"{header}\"`"
            )));
        }
    }
    if own_files::is_workload(&table.headers) && columns.field("open").is_empty() {
        notes.push(Note::warning(
            "the roster is a `workload.csv`: reps start with no open leads unless you write \
             `[columns.reps] open = \"open_after\"`",
        ));
    }
}

/// Refuses a ceiling that is filled for some active reps and empty for others.
pub(super) fn check_ceilings(
    table: &Table,
    reps: &[Rep],
    filled: &[bool],
    header: &str,
    mistakes: &mut Mistakes,
) {
    let active = || reps.iter().zip(filled).filter(|(rep, _)| rep.active);
    let without: Vec<&Rep> = active()
        .filter(|(_, filled)| !**filled)
        .map(|(rep, _)| rep)
        .collect();
    let some = active().any(|(_, filled)| *filled);
    if !some || without.is_empty() {
        return;
    }
    let names: Vec<String> = without
        .iter()
        .take(5)
        .map(|rep| format!("`{}`", rep.name))
        .collect();
    let more = match without.len().saturating_sub(5) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    mistakes.push(
        Mistake::new(
            Kind::CeilingForSome,
            table.source.row(without[0].row),
            format!(
                "no ceiling for {}{more}, though others have one",
                names.join(", ")
            ),
        )
        .column(header)
        .expected("a ceiling for every active rep")
        .hint("write `none` where a rep has no ceiling, `0` where a rep takes no lead"),
    );
}

/// Refuses a roster on which nobody could ever take a lead; warns where everybody is full.
pub(super) fn check_usable(table: &Table, reps: &[Rep], notes: &mut Vec<Note>, mistakes: &mut Mistakes) {
    let closed = |rep: &Rep| rep.max_open == Ceiling::At(0) || rep.max_new == Some(0);
    let (found, hint) = if reps.is_empty() {
        ("the roster holds no rep", "one row per rep below the headers")
    } else if reps.iter().all(|rep| !rep.active) {
        (
            "no rep on the roster is active",
            "check the column that says who is active",
        )
    } else if reps.iter().all(|rep| !rep.active || closed(rep)) {
        (
            "no active rep may take a lead",
            "a `max_open` or `max_new` of 0 takes no lead; `none` is no ceiling",
        )
    } else {
        if reps.iter().all(|rep| rep.room() == 0) {
            notes.push(Note::warning("every active rep is full, so no lead can be dealt"));
        }
        return;
    };
    mistakes.push(
        Mistake::new(
            Kind::NoUsableRep,
            Position::File(table.source.file.clone()),
            found,
        )
        .expected("at least one active rep with room")
        .hint(hint),
    );
}
