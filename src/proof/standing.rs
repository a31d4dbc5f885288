//! `standing.csv`: the leads that the ledger says were dealt before, and no others, as the copy of the ledger
//! has them.

use super::cells::{self, Row};
use super::finding::{Finding, STANDING, UNASSIGNED, line_of};
use super::findings::Findings;
use super::headers;
use super::said::Fate;
use super::stage::Setting;
use crate::model::{Found, LeadIndex, Ownership, RepDirectory, widened};

/// Compares the table, and looks for leads that stand and are elsewhere.
pub(crate) fn check(setting: Setting, findings: &mut Findings) {
    let (batch, said) = (setting.batch, setting.said);
    if !batch.past.is_kept {
        return;
    }
    let headers = headers::standing(&batch.leads.headers);
    let comparable = cells::header(STANDING, &said.standing, &headers, findings);
    let directory = RepDirectory::new(&batch.reps.list);
    for (at, id) in batch.leads.ids.iter().enumerate() {
        match (said.fates[at], batch.past.standing.get(id)) {
            (Fate::Standing(row), None) => findings.push(Finding::StrayLead {
                position: line_of(STANDING, said.standing.lines[row]),
                lead: id.clone(),
                why: "was not dealt before".to_owned(),
            }),
            (Fate::Undealt(row), Some(_)) => findings.push(Finding::StrayLead {
                position: line_of(UNASSIGNED, said.unassigned.lines[row]),
                lead: id.clone(),
                why: "was dealt before and stands".to_owned(),
            }),
            (Fate::Standing(row), Some(standing)) if comparable => {
                let lead = LeadIndex::new(at);
                let handed_over = match &batch.leads.ownership[lead.at()] {
                    Ownership::Free => "no",
                    Ownership::Converted => "yes",
                    Ownership::Owned(owner) | Ownership::FormerOwner(owner) => {
                        let is_theirs =
                            |rep: crate::model::RepIndex| batch.reps.list[rep.at()].id == standing.rep_id;
                        let same = match directory.find(owner) {
                            Found::One(rep) => is_theirs(rep),
                            Found::Several(reps) => reps.into_iter().any(is_theirs),
                            Found::Nobody => widened(owner.trim()) == standing.rep_id,
                        };
                        if same { "yes" } else { "other" }
                    }
                };
                let mut found = Row::of(STANDING, &said.standing, &headers, row, findings);
                found.text(id);
                found.text(&standing.rep_id);
                found.text(&batch.as_of.write(standing.dealt_at));
                found.number(standing.run);
                found.text(&standing.state);
                found.text(handed_over);
                for column in 0..batch.leads.headers.len() {
                    found.text(batch.leads.cells.get(at, column));
                }
            }
            _ => {}
        }
    }
}
