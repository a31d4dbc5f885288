//! Finds out which column of a file is which field: the rules' word first, then canonical names, then
//! aliases.

use super::aliases::{Field, field};
use super::columns::{Columns, Role, header_position};
use super::names::{matching_key, snake_case};
use super::own_files::{is_workload, own_lead_columns, workload_field};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{ColumnNames, Table};
use crate::places::key;
use std::collections::{BTreeMap, BTreeSet};

/// Finds out which column is which field; adds a mistake for every two columns that come to one name.
pub(super) fn match_columns(
    table: &Table,
    role: Role,
    overrides: &ColumnNames,
    mistakes: &mut Mistakes,
) -> Columns {
    let mut columns = Columns {
        snakes: snakes(&table.headers),
        ..Columns::default()
    };
    let overridden = apply_overrides(table, overrides, &mut columns);
    let mut free: Vec<bool> = (0..table.headers.len())
        .map(|at| !overridden.contains(&at))
        .collect();
    claim_own_files(table, role, &mut columns, overrides, &mut free);
    claim_fields(table, role, &mut columns, overrides, &mut free);
    name_columns(&mut columns, &table.headers);
    report_twins(table, role, &columns, &overridden, mistakes);
    columns
}

fn snakes(headers: &[String]) -> Vec<String> {
    let named = headers.iter().enumerate();
    named.map(|(at, header)| snake_case(header, at)).collect()
}

/// Gives fields the columns that the rules name for them; the columns so used.
fn apply_overrides(table: &Table, overrides: &ColumnNames, columns: &mut Columns) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    for (field, headers) in overrides {
        let mut found = Vec::new();
        for header in headers.iter().filter(|header| !header.trim().is_empty()) {
            match find_header(&table.headers, header) {
                Some(at) if found.contains(&at) => {}
                Some(at) => found.push(at),
                None => columns.missing.push((field.clone(), header.clone())),
            }
        }
        used.extend(&found);
        if !found.is_empty() {
            columns.fields.insert(field.clone(), found);
        }
    }
    used
}

fn find_header(headers: &[String], wanted: &str) -> Option<usize> {
    let wanted = wanted.trim();
    let exact = headers.iter().position(|header| header.trim() == wanted);
    let folded = || {
        let wanted = key(wanted);
        headers
            .iter()
            .position(|header| !wanted.is_empty() && key(header) == wanted)
    };
    exact.or_else(folded)
}

/// Takes the program's own columns out of the matching but for the ids that they hold.
fn claim_own_files(
    table: &Table,
    role: Role,
    columns: &mut Columns,
    overrides: &ColumnNames,
    free: &mut [bool],
) {
    if role == Role::Leads {
        columns.own = own_lead_columns(&table.headers);
        free[..columns.own].fill(false);
        let holds_id = columns.own > 0 && table.headers[0] == "lead_id";
        if holds_id && !overrides.contains_key("id") {
            columns.fields.insert("id".to_owned(), vec![0]);
        }
    } else if role == Role::Reps && is_workload(&table.headers) {
        free.fill(false);
        for (at, header) in table.headers.iter().enumerate() {
            if let Some(field) = workload_field(header)
                && !overrides.contains_key(field)
            {
                columns.fields.entry(field.to_owned()).or_insert_with(|| vec![at]);
            }
        }
    }
}

/// How well a column fits a field; the lower the better: the canonical name exactly, the same with other
/// case and punctuation, the same but for Salesforce's suffix, then aliases in their order.
type Fit = (usize, bool);

fn claim_fields(
    table: &Table,
    role: Role,
    columns: &mut Columns,
    overrides: &ColumnNames,
    free: &mut [bool],
) {
    let fields = role.fields();
    let canonical: BTreeMap<String, usize> = fields
        .iter()
        .enumerate()
        .map(|(at, f)| (key(f.name), at))
        .collect();
    let open = |columns: &Columns, field: &Field| {
        !overrides.contains_key(field.name) && columns.field(field.name).is_empty()
    };
    let mut fits: BTreeMap<usize, Vec<(Fit, usize)>> = BTreeMap::new();
    for (at, header) in table.headers.iter().enumerate().filter(|(at, _)| free[*at]) {
        let (whole, bare) = (key(header), matching_key(header));
        let fit = |field: usize| match (header.trim() == fields[field].name, whole == bare) {
            (true, _) => (0, false),
            (false, true) => (1, false),
            (false, false) => (2, false),
        };
        if let Some(&field) = canonical.get(&whole).or_else(|| canonical.get(&bare))
            && open(columns, &fields[field])
        {
            fits.entry(field).or_default().push((fit(field), at));
        }
    }
    for (field, found) in fits {
        take(&fields[field], found, columns, free);
    }
    for field in fields {
        let joins = field.is_joined() && !overrides.contains_key(field.name);
        if !joins && !open(columns, field) {
            continue;
        }
        let aliases: BTreeMap<String, usize> = field
            .aliases
            .iter()
            .enumerate()
            .rev()
            .map(|(rank, alias)| (key(alias), rank))
            .collect();
        let mut found = Vec::new();
        for (at, header) in table.headers.iter().enumerate().filter(|(at, _)| free[*at]) {
            let (whole, bare) = (key(header), matching_key(header));
            if let Some(&rank) = aliases.get(&whole).or_else(|| aliases.get(&bare)) {
                found.push(((rank, whole != bare), at));
            }
        }
        take(field, found, columns, free);
    }
}

/// Gives a field the best of the columns that fit it, or all of them where it is a list.
fn take(field: &Field, mut found: Vec<(Fit, usize)>, columns: &mut Columns, free: &mut [bool]) {
    found.sort_unstable();
    if !field.is_joined() {
        found.truncate(1);
    }
    if found.is_empty() {
        return;
    }
    let taken = columns.fields.entry(field.name.to_owned()).or_default();
    for (_, at) in found {
        free[at] = false;
        taken.push(at);
    }
    taken.sort_unstable();
}

/// Names every column: a field's by the field, the others by their header; a name that is taken gets a number.
fn name_columns(columns: &mut Columns, headers: &[String]) {
    let mut names: Vec<Option<String>> = vec![None; headers.len()];
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (field, of) in &columns.fields {
        used.insert(field.clone());
        for &at in of {
            names[at] = Some(field.clone());
        }
    }
    for (at, name) in names.iter_mut().enumerate() {
        if at < columns.own || name.is_some() {
            continue;
        }
        let own = &columns.snakes[at];
        let mut free = own.clone();
        let mut number = 2;
        while !used.insert(free.clone()) {
            free = format!("{own}_{number}");
            number += 1;
        }
        *name = Some(free);
    }
    columns.names = names;
}

/// Reports columns whose headers come to one name in rules, unless one header is exactly a field's name.
fn report_twins(
    table: &Table,
    role: Role,
    columns: &Columns,
    overridden: &BTreeSet<usize>,
    mistakes: &mut Mistakes,
) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, snake) in columns.snakes.iter().enumerate().skip(columns.own) {
        if !overridden.contains(&at) {
            groups.entry(snake).or_default().push(at);
        }
    }
    for (name, group) in groups {
        let is_field = field(role.fields(), name).is_some();
        let exact = group
            .iter()
            .filter(|&&at| table.headers[at].trim() == name)
            .count();
        if group.len() < 2 || (is_field && exact == 1) {
            continue;
        }
        let (first, second) = (&table.headers[group[0]], &table.headers[group[1]]);
        let hint = if is_field && first != second {
            format!(
                "rename one of them, or write `[{}] {name} = \"{first}\"`",
                role.key()
            )
        } else {
            "rename one of them".to_owned()
        };
        mistakes.push(
            Mistake::new(
                Kind::TwoColumnsOneName,
                header_position(table, group[1]),
                format!(
                    "columns {} and {} both come to the name `{name}`",
                    place(group[0], first),
                    place(group[1], second)
                ),
            )
            .column(second.clone())
            .hint(hint),
        );
    }
}

fn place(at: usize, header: &str) -> String {
    format!("{} (`{header}`)", at + 1)
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
