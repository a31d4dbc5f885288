//! The program's own output files, told by their headers, so that their columns are not taken for
//! fields of the same name.

use crate::model::{CONFLICT_HEADERS, RECONCILED_HEADERS};

/// Which of the program's own files a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnFile {
    Assignments,
    Unassigned,
    Standing,
    SetAside,
    Workload,
    Offers,
    Reconciled,
    Conflicts,
}

const UNASSIGNED: &[&str] = &["lead_id", "tier", "reason", "detail", "remedy", "nearest_rep"];
const STANDING: &[&str] = &["lead_id", "rep_id", "dealt_as_of", "run", "handed_over"];
const OFFERS: &[&str] = &["lead_id", "rank", "rep_id", "score"];
const SET_ASIDE: &[&str] = &["position", "reason"];
const WORKLOAD: &[&str] = &[
    "rep_id",
    "rep_name",
    "team",
    "max_open",
    "open_before",
    "assigned",
    "open_after",
];

/// Where the columns of a `reconciled.csv` stand that a run obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct VerdictColumns {
    pub verdict: usize,
    pub owner: usize,
    pub reason: usize,
}

/// Where they stand, if a table is a `reconciled.csv`.
pub(super) fn verdict_columns(headers: &[String]) -> Option<VerdictColumns> {
    let at = |name: &str| RECONCILED_HEADERS.iter().position(|own| *own == name);
    let columns = VerdictColumns {
        verdict: at("verdict")?,
        owner: at("owner")?,
        reason: at("reason")?,
    };
    (recognise(headers) == Some(OwnFile::Reconciled)).then_some(columns)
}

fn recognise(headers: &[String]) -> Option<OwnFile> {
    let starts = |with: &[&str]| headers.len() >= with.len() && headers.iter().zip(with).all(|(a, b)| a == b);
    let has = |name: &str| headers.iter().any(|header| header == name);
    if starts(&["lead_id", "rep_id", "rep_name"]) && has("runner_up") && has("assigned_at") {
        Some(OwnFile::Assignments)
    } else if starts(UNASSIGNED) {
        Some(OwnFile::Unassigned)
    } else if starts(STANDING) {
        Some(OwnFile::Standing)
    } else if starts(SET_ASIDE) {
        Some(OwnFile::SetAside)
    } else if starts(WORKLOAD) {
        Some(OwnFile::Workload)
    } else if starts(OFFERS) {
        Some(OwnFile::Offers)
    } else if starts(&RECONCILED_HEADERS) {
        Some(OwnFile::Reconciled)
    } else if starts(&CONFLICT_HEADERS) {
        Some(OwnFile::Conflicts)
    } else {
        None
    }
}

/// Tells whether a table is one of the program's own files, whose text cells were made harmless for
/// spreadsheets.
pub(super) fn is_ours(headers: &[String]) -> bool {
    recognise(headers).is_some()
}

/// For a list of leads how many columns at its front are the program's own.
pub(super) fn own_lead_columns(headers: &[String]) -> usize {
    match recognise(headers) {
        Some(OwnFile::Assignments) => headers
            .iter()
            .position(|header| header == "assigned_at")
            .map_or(0, |last| last + 1),
        Some(OwnFile::Unassigned) => UNASSIGNED.len(),
        Some(OwnFile::Standing) => STANDING.len(),
        Some(OwnFile::SetAside) => SET_ASIDE.len(),
        Some(OwnFile::Reconciled) => RECONCILED_HEADERS.len(),
        Some(OwnFile::Conflicts) => CONFLICT_HEADERS.len(),
        Some(OwnFile::Workload | OwnFile::Offers) | None => 0,
    }
}

/// Tells whether a roster is a `workload.csv`.
pub(super) fn is_workload(headers: &[String]) -> bool {
    recognise(headers) == Some(OwnFile::Workload)
}

/// The field that a column of a `workload.csv` is; the others are results of the run.
pub(super) fn workload_field(header: &str) -> Option<&'static str> {
    match header {
        "rep_id" => Some("id"),
        "rep_name" => Some("name"),
        "team" => Some("team"),
        "max_open" => Some("max_open"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &str, expected: usize) {
        let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
        assert_eq!(own_lead_columns(&headers), expected);
    }

    #[test]
    fn own_columns_end_where_the_leads_own_begin() {
        check(
            "lead_id,rep_id,rep_name,score,runner_up,place,skill,assigned_at,Id,Score",
            8,
        );
        check("lead_id,tier,reason,detail,remedy,nearest_rep,Email", 6);
        check("position,reason,Id", 2);
    }

    #[test]
    fn other_files_have_no_own_columns() {
        check("lead_id,rep_id,name", 0);
        check("id,tier,reason", 0);
    }
}
