//! A run as the ledger records it.

use dealt::ledger::{Dealt, LeadRow, Ledger, Night, RosterEntry};
use dealt::model::{Deal, LeadIndex, Outcome, ReturnedBy};
use dealt::record::zone_text;
use dealt::report::{self, Run};
use dealt::rules::Rules;
use std::path::Path;

/// Records a run; its number.
///
/// # Errors
/// The ledger refuses it; the machine's faults.
pub fn record(
    ledger: &mut Ledger,
    run: &Run,
    rules: &Rules,
    returned: &[(String, String, ReturnedBy)],
    out: &Path,
    manifest: &str,
) -> anyhow::Result<u64> {
    let (batch, kept) = (run.batch, report::kept_deals(run));
    let leads = &batch.leads;
    let dealt = kept.deals.iter().filter_map(|deal| {
        let Outcome::Assigned(terms) = &run.allocation.outcomes[deal.lead.at()] else {
            return None;
        };
        let (rep_id, team) = holder_of(run, terms);
        Some(Dealt {
            lead_id: &leads.ids[deal.lead.at()],
            rep_id,
            team,
            by: dealer(run, &leads.ids[deal.lead.at()], &deal.by),
            tier: &run.allocation.tier_names[run.allocation.tiers[deal.lead.at()].at()],
            score: terms.score.0,
            reason: deal.reason.clone(),
            limits: periods_of(rules, deal.lead),
            turns: moved_by(run, deal.lead),
            cells: deal.cells.clone(),
            row: LeadRow {
                file: file_of(run, deal.source),
                headers: &kept.own_headers[deal.source],
                cells: deal.own.iter().map(String::as_str).collect(),
            },
        })
    });
    let dealt: Vec<Dealt<'_>> = dealt.collect();
    let roster: Vec<RosterEntry> = batch.reps.list.iter().map(entry).collect();
    ledger.commit(&Night {
        as_of: batch.as_of.moment,
        as_of_text: &batch.as_of.text(),
        time_zone: &zone_text(&batch.as_of),
        version: env!("CARGO_PKG_VERSION"),
        command: &run.command,
        fingerprint: &report::fingerprint(run),
        out: &out.to_string_lossy(),
        manifest,
        roster: &roster,
        headers: &kept.headers,
        shape: (leads.delimiter, leads.bom),
        dealt: &dealt,
        returned,
        history: &run.allocation.history_after,
    })
}

/// What dealt a lead: `edit` where it was changed by hand after the plan.
fn dealer<'a>(run: &Run, lead: &str, by: &'a str) -> &'a str {
    let edits = run.ledger.iter().flat_map(|ledger| &ledger.edits);
    let is_edited = edits.into_iter().any(|edit| edit.lead == lead);
    if is_edited { "edit" } else { by }
}

/// The file that a lead's row came from, also where the ledger kept the row since.
fn file_of<'a>(run: &'a Run, source: usize) -> &'a str {
    let batch = run.batch;
    let files = batch.leads.sources.len() - batch.past.rows.len();
    match source.checked_sub(files) {
        Some(kept) => &batch.past.rows[kept].file,
        None => &batch.leads.sources[source].file,
    }
}

fn entry(rep: &dealt::model::Rep) -> RosterEntry {
    RosterEntry {
        id: rep.id.clone(),
        name: rep.name.clone(),
        email: rep.email.clone(),
        team: rep.team.clone(),
        active: rep.active,
    }
}

/// The rep's id, empty where the lead stays with a team; and the team.
fn holder_of<'a>(run: &'a Run, deal: &Deal) -> (&'a str, &'a str) {
    let rep = deal.rep.map(|rep| &run.batch.reps.list[rep.at()]);
    let team = deal.team.map(|team| run.allocation.teams[team.at()].as_str());
    let own = rep.map_or("", |rep| rep.team.as_str());
    (rep.map_or("", |rep| rep.id.as_str()), team.unwrap_or(own))
}

/// How far a lead moved its rep's turn on each clock.
fn moved_by<'a>(run: &'a Run, lead: LeadIndex) -> Vec<(&'a str, &'a str, i128)> {
    let moved = &run.allocation.moved;
    let first = moved.partition_point(|moved| moved.lead < lead);
    let own = moved[first..].iter().take_while(|moved| moved.lead == lead);
    own.map(|moved| (&*moved.pass, &*moved.group, moved.turn))
        .collect()
}

/// The limits with a period that count a lead.
fn periods_of(rules: &Rules, lead: LeadIndex) -> Vec<&str> {
    let limits = rules.limits.iter().filter(|limit| limit.is_remembered(lead));
    limits.map(|limit| limit.name.as_str()).collect()
}
