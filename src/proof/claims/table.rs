//! `claims.csv`, made again.

use super::CLAIMS;
use super::replay::{Judged, pass_name};
use crate::explain::Words;
use crate::mistake::Position;
use crate::model::Claimant;
use crate::proof::cells::{self, Row};
use crate::proof::finding::Finding;
use crate::proof::findings::Findings;
use crate::proof::said;
use crate::proof::stage::Setting;
use std::collections::BTreeMap;

const HEADERS: [&str; 9] = [
    "row", "lead_id", "rep_id", "rank", "at", "verdict", "reason", "detail", "pass",
];

/// Compares the whole table.
pub(crate) fn check(
    setting: Setting,
    judged: &Judged,
    words: &Words,
    files: &BTreeMap<String, Vec<u8>>,
    findings: &mut Findings,
) {
    let batch = setting.batch;
    if batch.claims.is_empty() && !files.contains_key(CLAIMS) {
        return;
    }
    let table = said::table(batch, files, CLAIMS, findings);
    let headers = HEADERS.map(str::to_owned);
    if !cells::header(CLAIMS, &table, &headers, findings) {
        return;
    }
    if table.cells.rows() != batch.claims.len() {
        findings.push(Finding::Unreadable {
            position: Position::File(CLAIMS.to_owned()),
            why: format!(
                "it has {} rows; {} claims were made",
                table.cells.rows(),
                batch.claims.len()
            ),
        });
    }
    let rows = batch.claims.iter().zip(&judged.settled);
    for (at, (claim, settled)) in rows.take(table.cells.rows()).enumerate() {
        let mut row = Row::of(CLAIMS, &table, &headers, at, findings);
        row.number(claim.row);
        row.text(
            settled
                .lead
                .map_or(&claim.lead_id, |lead| &batch.leads.ids[lead.at()]),
        );
        row.text(match &claim.by {
            Claimant::Rep(rep) => &batch.reps.list[rep.at()].id,
            Claimant::Unknown(text) | Claimant::Ambiguous(text) => text,
        });
        row.maybe(claim.rank);
        row.maybe(claim.at.map(|at| batch.as_of.write(at)));
        row.text(settled.ruling.verdict().name());
        row.text(settled.ruling.name());
        row.text(&words.settled(settled));
        row.text(pass_name(setting, settled.pass));
    }
}
