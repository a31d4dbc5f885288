//! What `reconcile --assigned` prints.

use super::plain::table;
use super::say_note;
use super::text::{Page, count};
use crate::model::{HandoverState, NoteKind};
use crate::report::HandoverReport;
use std::collections::BTreeMap;

/// How many reps are shown.
const SHOWN: usize = 25;

/// The summary in lines of at most `width` characters (40 at least); facts about the files only where `verbose`.
pub fn handed_over(report: &HandoverReport, width: usize, verbose: bool) -> String {
    let mut page = Page::new(width);
    let counts: Vec<String> = report
        .counts()
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{count} {}", state.name()))
        .collect();
    let crm: usize = report.import.listings.iter().map(|list| list.rows.len()).sum();
    let all = count(report.assigned.len() as u64, "assignment");
    let crm = count(crm as u64, "record");
    let found = if counts.is_empty() {
        String::new()
    } else {
        format!(": {}", counts.join(", "))
    };
    page.line(&format!("{all} held against {crm} of the CRM{found}"));
    page.gap();
    reps(report, &mut page);
    page.gap();
    remedies(report, &mut page);
    if report.handover.others > 0 {
        page.line(&format!(
            "besides, the reps own {} of the CRM that this run did not deal",
            count(report.handover.others, "record")
        ));
    }
    page.gap();
    for kind in [NoteKind::Warning, NoteKind::Fact] {
        for note in &report.import.notes {
            if note.kind == kind && (verbose || kind == NoteKind::Warning) {
                say_note(note, &mut page);
            }
        }
    }
    page.finish()
}

/// Counts for every rep, those with the most that is wrong first.
fn reps(report: &HandoverReport, page: &mut Page) {
    let mut by_rep: BTreeMap<(&str, &str), [u64; HandoverState::ALL.len()]> = BTreeMap::new();
    for (assigned, handed) in report.assigned.iter().zip(&report.handover.leads) {
        let name = if assigned.rep_id.is_empty() {
            assigned.team.as_str()
        } else {
            assigned.rep_name.as_str()
        };
        by_rep.entry((assigned.rep_id.as_str(), name)).or_default()[handed.state as usize] += 1;
    }
    let taken = HandoverState::Taken as usize;
    let mut list: Vec<_> = by_rep.into_iter().collect();
    let wrong = |counts: &[u64]| counts.iter().sum::<u64>() - counts[taken];
    list.sort_by_key(|(_, counts)| std::cmp::Reverse((wrong(counts), counts[taken])));
    let rows: Vec<Vec<String>> = list
        .iter()
        .take(SHOWN)
        .map(|((id, name), counts)| {
            let name = if name.is_empty() { id } else { name };
            let all: u64 = counts.iter().sum();
            let numbers = [all].into_iter().chain(counts.iter().copied());
            [(*name).to_owned()]
                .into_iter()
                .chain(numbers.map(|number| number.to_string()))
                .collect()
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let states = HandoverState::ALL.map(HandoverState::name);
    let headers: Vec<&str> = ["rep", "assigned"].into_iter().chain(states).collect();
    page.table(&table(&headers, &rows));
    if list.len() > SHOWN {
        page.line(&format!(
            "and {} more, see handover.csv",
            count((list.len() - SHOWN) as u64, "rep")
        ));
    }
}

/// What helps with each state that is not as it should be.
fn remedies(report: &HandoverReport, page: &mut Page) {
    for (state, count) in report.counts() {
        let remedy = match state {
            _ if count == 0 => continue,
            HandoverState::Taken => continue,
            HandoverState::Drifted => {
                "a rule of the CRM or somebody changed the owner: see crm_owner in handover.csv"
            }
            HandoverState::Missing => "the import was refused or is not done: import these again",
            HandoverState::Twice => "merge the records in the CRM: crm_row in handover.csv names them",
            HandoverState::Unowned => "the import left the owner out: import these again",
        };
        page.item(&format!("{count:>5}  "), &format!("{}: {remedy}", state.name()));
    }
}
