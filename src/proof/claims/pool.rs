//! `open_pool.csv`, made again: what is left for claims, without details where a pass deals unseen.

use super::{POOL, asked};
use crate::mistake::Position;
use crate::model::LeadIndex;
use crate::proof::cells::{self, Row};
use crate::proof::finding::Finding;
use crate::proof::findings::Findings;
use crate::proof::headers;
use crate::proof::said::{self, Fate};
use crate::proof::stage::Setting;
use crate::rules::Method;
use std::collections::BTreeMap;

/// Compares the whole table.
pub(crate) fn check(setting: Setting, files: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) {
    let (batch, rules) = (setting.batch, setting.rules);
    let mut by_claims = asked::passes(rules).peekable();
    if by_claims.peek().is_none() && !files.contains_key(POOL) {
        return;
    }
    let has_details = asked::passes(rules).any(|(_, pass)| pass.method != Method::BlindPull);
    let own: &[String] = if has_details { &batch.leads.headers } else { &[] };
    let headers = headers::pool(own);
    let table = said::table(batch, files, POOL, findings);
    if !cells::header(POOL, &table, &headers, findings) {
        return;
    }
    let open: Vec<(LeadIndex, bool)> = (0..batch.leads.len())
        .map(LeadIndex::new)
        .filter_map(|lead| Some((lead, unseen(setting, lead)?)))
        .collect();
    if table.cells.rows() != open.len() {
        findings.push(Finding::Unreadable {
            position: Position::File(POOL.to_owned()),
            why: format!(
                "it has {} rows; {} leads are left for claims",
                table.cells.rows(),
                open.len()
            ),
        });
    }
    for (at, (lead, is_unseen)) in open.into_iter().take(table.cells.rows()).enumerate() {
        let mut row = Row::of(POOL, &table, &headers, at, findings);
        row.text(&batch.leads.ids[lead.at()]);
        row.text(&rules.tiers[rules.lead_tiers[lead.at()].at()]);
        let since = batch.leads.frame.value("created_at", lead.at()).date();
        row.maybe(since.map(|since| batch.as_of.write(since)));
        if has_details {
            for cell in batch.leads.cells.row(lead.at()) {
                row.text(if is_unseen { "" } else { cell });
            }
        }
    }
}

/// For a lead that is left for claims whether it is to stay unseen.
fn unseen(setting: Setting, lead: LeadIndex) -> Option<bool> {
    let at = lead.at();
    let is_left = matches!(setting.said.fates[at], Fate::Undealt(_))
        && setting.rules.barred[at].is_none()
        && !setting.said.offered[at];
    let mut own = asked::passes(setting.rules)
        .filter(|(_, pass)| pass.leads[at])
        .peekable();
    own.peek().filter(|_| is_left)?;
    Some(own.any(|(_, pass)| pass.method == Method::BlindPull))
}
