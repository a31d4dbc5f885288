//! A planned run that was changed by hand before it was recorded: the plan is proven as it was planned, and
//! what is in place differs from it by the recorded edits alone.

use super::files::OutTable;
use super::finding::{ASSIGNMENTS, Finding, UNASSIGNED, line_of};
use super::findings::Findings;
use super::hashes;
use super::verify::Evidence;
use crate::mistake::Position;
use crate::model::{LeadIndex, RepDirectory, restore};
use crate::record::{EditRecord, RunRecord};
use std::collections::BTreeMap;

/// What is in place of a run that was changed by hand.
#[derive(Debug)]
pub struct Changed {
    /// Its record.
    pub record: RunRecord,
    /// Its files by their path in the run's folder.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Our columns of `assignments.csv` that an edit changes.
const LEAD: usize = 0;
const REP: usize = 1;

/// Compares what is in place with the plan; the findings are in the order of the files.
pub fn check_edits(plan: &Evidence, changed: &Changed) -> Vec<Finding> {
    let mut findings = Findings::default();
    hashes::check(&changed.record.outputs, &changed.files, &mut findings);
    let edits: BTreeMap<&str, &EditRecord> = (changed.record.ledger.iter())
        .flat_map(|ledger| &ledger.edits)
        .map(|edit| (edit.lead.as_str(), edit))
        .collect();
    for (file, gains) in [(ASSIGNMENTS, true), (UNASSIGNED, false)] {
        let delimiter = plan.batch.leads.delimiter;
        let read = |files: &BTreeMap<String, Vec<u8>>| {
            files
                .get(file)
                .and_then(|bytes| OutTable::read(bytes, delimiter).ok())
        };
        match (read(&plan.files), read(&changed.files)) {
            (Some(planned), Some(now)) => table(file, gains, &planned, &now, &edits, &mut findings),
            _ => findings.push(Finding::Unreadable {
                position: Position::File(file.to_owned()),
                why: "it cannot be compared with the plan".to_owned(),
            }),
        }
    }
    breaks(plan, &edits, &mut findings);
    findings.close()
}

/// Every row is the plan's, but for those of edited leads, which are where the edits put them.
fn table(
    file: &str,
    gains: bool,
    planned: &OutTable,
    now: &OutTable,
    edits: &BTreeMap<&str, &EditRecord>,
    findings: &mut Findings,
) {
    let rows = |table: &OutTable| -> BTreeMap<String, usize> {
        let id = |row: usize| restore(table.cells.get(row, LEAD)).to_owned();
        (0..table.cells.rows()).map(|row| (id(row), row)).collect()
    };
    let (before, after) = (rows(planned), rows(now));
    let mut stray = |position, lead: &str, why: &str| {
        findings.push(Finding::StrayLead {
            position,
            lead: lead.to_owned(),
            why: why.to_owned(),
        });
    };
    for (lead, &row) in &after {
        let position = line_of(file, now.lines[row]);
        match (edits.get(lead.as_str()), before.get(lead)) {
            (Some(edit), _) => {
                let holder = if gains {
                    restore(now.cells.get(row, REP))
                } else {
                    ""
                };
                if holder != edit.rep {
                    stray(position, lead, "is not where the record of edits has it");
                }
            }
            (None, Some(&old)) if planned.cells.row(old).eq(now.cells.row(row)) => {}
            (None, _) => stray(position, lead, "is not as planned, and no edit is recorded"),
        }
    }
    for lead in before
        .keys()
        .filter(|lead| !after.contains_key(*lead) && !edits.contains_key(lead.as_str()))
    {
        stray(
            Position::File(file.to_owned()),
            lead,
            "is gone, and no edit is recorded",
        );
    }
}

/// An edit that breaks a hard rule says so.
fn breaks(plan: &Evidence, edits: &BTreeMap<&str, &EditRecord>, findings: &mut Findings) {
    let (batch, rules) = (&plan.batch, &plan.rules);
    let directory = RepDirectory::new(&batch.reps.list);
    let leads: BTreeMap<&str, usize> = batch.leads.ids.iter().map(String::as_str).zip(0..).collect();
    for (id, edit) in edits {
        let (Some(&lead), Some(rep)) = (leads.get(id), directory.of_id(&edit.rep)) else {
            continue;
        };
        let may = rules.may(None, LeadIndex::new(lead), rep) && batch.reps.list[rep.at()].is_present();
        if !may && edit.breaks.is_empty() {
            findings.push(Finding::Illegal {
                position: Position::File(ASSIGNMENTS.to_owned()),
                lead: (*id).to_owned(),
                holder: edit.rep.clone(),
                why: "the edit breaks a hard rule, and the record does not say so".to_owned(),
            });
        }
    }
}
