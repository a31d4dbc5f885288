//! The headers that the files of a run have: ours, then the leads' own.

use std::collections::BTreeSet;

/// Our headers of `assignments.csv` before and after those of the parts of the score.
const ASSIGNED: [&str; 12] = [
    "lead_id",
    "rep_id",
    "rep_name",
    "assigned_team",
    "tier",
    "pass",
    "score",
    "reason",
    "runner_up",
    "runner_up_score",
    "distance_km",
    "place",
];
const MOMENT: &str = "assigned_at";
const UNASSIGNED: [&str; 6] = ["lead_id", "tier", "reason", "detail", "remedy", "nearest_rep"];
const POOL: [&str; 3] = ["lead_id", "tier", "waiting_since"];
const STANDING: [&str; 6] = ["lead_id", "rep_id", "dealt_as_of", "run", "state", "handed_over"];
const SET_ASIDE: [&str; 2] = ["position", "reason"];
const WORKLOAD: [&str; 8] = [
    "rep_id",
    "rep_name",
    "team",
    "max_open",
    "open_before",
    "assigned",
    "open_after",
    "used_pct",
];
const WORTH: [&str; 6] = [
    "mean_score",
    "value",
    "mean_km",
    "price_leads",
    "price_points",
    "why_none",
];

/// The headers of `assignments.csv`.
pub(crate) fn assigned(parts: impl Iterator<Item = String>, own: &[String]) -> Vec<String> {
    let mut ours = words(&ASSIGNED);
    let mut taken: BTreeSet<String> = ours.iter().cloned().collect();
    taken.insert(MOMENT.to_owned());
    named(&mut ours, taken, "part_", parts);
    ours.push(MOMENT.to_owned());
    with_own(&ours, own)
}

/// The headers of `unassigned.csv`.
pub(crate) fn unassigned(own: &[String]) -> Vec<String> {
    with_own(&words(&UNASSIGNED), own)
}

/// The headers of `open_pool.csv`.
pub(crate) fn pool(own: &[String]) -> Vec<String> {
    with_own(&words(&POOL), own)
}

/// The headers of `standing.csv`.
pub(crate) fn standing(own: &[String]) -> Vec<String> {
    with_own(&words(&STANDING), own)
}

/// The headers of `set_aside.csv`, given the places in their rows of cells that no header is for.
pub(crate) fn set_aside(own: &[String], surplus: &BTreeSet<usize>) -> Vec<String> {
    let mut headers = with_own(&words(&SET_ASIDE), own);
    let taken = headers.iter().cloned().collect();
    let cells = surplus.iter().map(|at| format!("cell_{}", at + 1));
    named(&mut headers, taken, "surplus_", cells);
    headers
}

/// The headers of `workload.csv`.
pub(crate) fn workload(tiers: &[String]) -> Vec<String> {
    let mut headers = words(&WORKLOAD);
    let taken = headers.iter().cloned().collect();
    named(
        &mut headers,
        taken,
        "of_",
        tiers.iter().map(|tier| format!("tier_{tier}")),
    );
    headers.extend(words(&WORTH));
    headers
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// Adds headers in the user's words, with a prefix where the word is taken.
fn named(
    headers: &mut Vec<String>,
    mut taken: BTreeSet<String>,
    prefix: &str,
    names: impl Iterator<Item = String>,
) {
    for name in names {
        let header = if taken.insert(name.clone()) {
            name
        } else {
            unique(format!("{prefix}{name}"), &mut taken)
        };
        headers.push(header);
    }
}

/// Adds the leads' own headers; one that equals one of ours is `lead_<header>`.
fn with_own(ours: &[String], own: &[String]) -> Vec<String> {
    let mut taken: BTreeSet<String> = ours.iter().chain(own).cloned().collect();
    let mut headers = ours.to_vec();
    for header in own {
        headers.push(if ours.contains(header) {
            unique(format!("lead_{header}"), &mut taken)
        } else {
            header.clone()
        });
    }
    headers
}

fn unique(wanted: String, taken: &mut BTreeSet<String>) -> String {
    if taken.insert(wanted.clone()) {
        return wanted;
    }
    let mut number = 2;
    loop {
        let candidate = format!("{wanted}_{number}");
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_own_header_that_equals_one_of_ours_is_the_leads() {
        let own = ["tier", "lead_tier", "city"].map(str::to_owned);
        assert_eq!(unassigned(&own)[6..], ["lead_tier_2", "lead_tier", "city"]);
    }

    #[test]
    fn a_part_that_is_called_like_a_column_of_ours_is_marked() {
        let headers = assigned(["skill".to_owned(), "pass".to_owned()].into_iter(), &[]);
        assert_eq!(headers[12..], ["skill", "part_pass", "assigned_at"]);
    }
}
