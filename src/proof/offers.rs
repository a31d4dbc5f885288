//! `offers.csv`, made again: each lead to the best of those who may take it and have room.

use super::cells::{self, Row};
use super::finding::Finding;
use super::findings::Findings;
use super::instance::NEVER;
use super::outcome::Maker;
use super::said::{self, OFFERS};
use super::stage::Numbers;
use crate::mistake::Position;
use crate::model::{LeadIndex, Points, RepIndex};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const HEADERS: [&str; 4] = ["lead_id", "rank", "rep_id", "score"];

/// Compares the whole table.
pub(crate) fn check(maker: &Maker, files: &BTreeMap<String, Vec<u8>>, findings: &mut Findings) {
    let batch = maker.setting.batch;
    let mut offers: Vec<(LeadIndex, u32, RepIndex, Points)> = Vec::new();
    for numbers in maker.passes {
        if let Some(most) = numbers.pass.offer {
            of_pass(numbers, most, &mut offers);
        }
    }
    offers.sort_unstable();
    if offers.is_empty() && !files.contains_key(OFFERS) {
        return;
    }
    let table = said::table(batch, files, OFFERS, findings);
    let headers = HEADERS.map(str::to_owned);
    if !cells::header(OFFERS, &table, &headers, findings) {
        return;
    }
    if table.cells.rows() != offers.len() {
        findings.push(Finding::Unreadable {
            position: Position::File(OFFERS.to_owned()),
            why: format!(
                "it has {} rows; the passes make {} offers",
                table.cells.rows(),
                offers.len()
            ),
        });
    }
    for (at, (lead, rank, rep, score)) in offers.into_iter().take(table.cells.rows()).enumerate() {
        let mut row = Row::of(OFFERS, &table, &headers, at, findings);
        row.text(&batch.leads.ids[lead.at()]);
        row.number(rank);
        row.text(&batch.reps.list[rep.at()].id);
        row.number(score);
    }
}

fn of_pass(numbers: &Numbers, most: u32, offers: &mut Vec<(LeadIndex, u32, RepIndex, Points)>) {
    let mut reader = numbers.pairs().reader(true);
    let mut row = vec![NEVER; numbers.reps.len()];
    for &lead in &numbers.stage.ups {
        reader(lead, &mut row);
        let mut open: Vec<usize> = (0..row.len())
            .filter(|&leaf| row[leaf] != NEVER && numbers.stage.before[numbers.reps[leaf].at()].room() > 0)
            .filter(|&leaf| {
                let (stage, rep) = (numbers.stage, numbers.reps[leaf]);
                stage
                    .used_before
                    .stop(lead, rep, stage.locks[lead.at()])
                    .is_none()
            })
            .collect();
        open.sort_by_key(|&leaf| (Reverse(row[leaf]), leaf));
        for (rank, leaf) in (1..=most).zip(open) {
            offers.push((lead, rank, numbers.reps[leaf], Points(i64::from(row[leaf]))));
        }
    }
}
