//! The record of a run, made of the run and of the hashes of what was written.

use super::view::View;
use super::{By, Crm, notes};
use crate::explain::everybody_away;
use crate::model::{
    Allocation, Batch, Held, LevelBound, LimitPrice, LimitProof, LimitReport, Note, NoteKind, PassReport,
    Potential, Proof, RepIndex, Worth,
};
use crate::record::{
    Counts, HistoryRecord, InputRecord, LevelBoundRecord, LimitPriceRecord, LimitProofRecord, LimitRecord,
    NoteRecord, OptionsRecord, OwnPriceRecord, PassRecord, PeriodRecord, ProofRecord, RunRecord, zone_text,
};
use std::collections::BTreeMap;

/// Makes the record.
pub fn of(view: &View, inputs: Vec<InputRecord>, outputs: &[(String, String)]) -> RunRecord {
    let run = view.run;
    let (batch, allocation, options) = (run.batch, run.allocation, &run.options);
    let first = everybody_away(batch).map(Note::warning).into_iter();
    let said = first.chain(batch.notes.iter().chain(&allocation.notes).cloned());
    RunRecord {
        dealt: env!("CARGO_PKG_VERSION").to_owned(),
        command: run.command.clone(),
        as_of: batch.as_of.text(),
        time_zone: zone_text(&batch.as_of),
        inputs,
        options: OptionsRecord {
            crm: options.crm.map(Crm::name).map(str::to_owned),
            by: options.by.map(By::name).map(str::to_owned),
            xlsx: options.xlsx,
            inputs: options.keep_inputs,
            strict: options.strict.clone(),
        },
        counts: counts(view),
        tiers: allocation.tier_names.clone(),
        parts: allocation.part_names.clone(),
        passes: allocation
            .passes
            .iter()
            .map(|report| pass(allocation, batch, report))
            .collect(),
        limits: allocation
            .limits
            .iter()
            .map(|report| limit(batch, report))
            .collect(),
        history: HistoryRecord::from(run.history),
        ledger: run.ledger.clone(),
        outputs: outputs.iter().cloned().collect(),
        notes: said.chain(notes(run)).map(note).collect(),
    }
}

/// Counts what the leads came to.
pub fn counts(view: &View) -> Counts {
    let batch = view.run.batch;
    let mut by_reason: BTreeMap<String, u64> = BTreeMap::new();
    for (_, reason, _) in view.undealt() {
        *by_reason.entry(reason.name().to_owned()).or_default() += 1;
    }
    let (leads, unassigned) = (batch.leads.len() as u64, by_reason.values().sum());
    let standing = view.standing().count() as u64;
    Counts {
        leads,
        assigned: leads - unassigned - standing,
        unassigned,
        standing,
        set_aside: batch.leads.set_aside.len() as u64,
        by_reason,
        reps: batch.reps.list.len() as u64,
    }
}

fn pass(allocation: &Allocation, batch: &Batch, report: &PassReport) -> PassRecord {
    PassRecord {
        name: report.name.clone(),
        method: report.method.to_owned(),
        leads: report.leads,
        dealt: report.dealt,
        overtaken: report.overtaken,
        proof: report
            .proof
            .as_ref()
            .map(|proof| self::proof(allocation, batch, proof)),
    }
}

fn limit(batch: &Batch, report: &LimitReport) -> LimitRecord {
    let (per, group) = group(batch, &report.held);
    LimitRecord {
        limit: report.limit.clone(),
        per,
        group,
        dealt: report.dealt,
        before: report.before,
        period: PeriodRecord(report.period),
        max: report.max,
        min: report.min,
    }
}

fn proof(allocation: &Allocation, batch: &Batch, proof: &Proof) -> ProofRecord {
    let by_id = |list: &[(RepIndex, Potential)]| {
        let ids = list
            .iter()
            .map(|(rep, potential)| (batch.reps.list[rep.at()].id.clone(), *potential));
        ids.collect()
    };
    ProofRecord {
        objective: proof.objective.clone(),
        bound: proof.bound.clone(),
        gap: proof.gap,
        fairness_unit: proof.fairness_unit,
        potentials: by_id(&proof.potentials),
        greatest: by_id(&proof.greatest),
        prices: by_id(&proof.prices),
        limits: (proof.limits.as_ref()).map(|limits| limit_proof(allocation, batch, limits)),
    }
}

fn limit_proof(allocation: &Allocation, batch: &Batch, proof: &LimitProof) -> LimitProofRecord {
    let own = |(rep, price): &(RepIndex, Worth)| OwnPriceRecord {
        rep: batch.reps.list[rep.at()].id.clone(),
        price: price.clone(),
    };
    let price = |price: &LimitPrice| LimitPriceRecord {
        limit: price.limit.clone(),
        group: price.held.as_ref().map(|held| group(batch, held).1),
        team: price.team.map(|team| allocation.teams[team.at()].clone()),
        asked: price.asked,
        price: price.price.clone(),
    };
    LimitProofRecord {
        minimums: proof.minimums,
        minimums_bound: proof.minimums_bound,
        own: proof.own.iter().map(own).collect(),
        prices: proof.prices.iter().map(price).collect(),
        levels: proof.levels.iter().map(level_bound).collect(),
    }
}

fn level_bound(level: &LevelBound) -> LevelBoundRecord {
    LevelBoundRecord {
        tiers: level.tiers.clone(),
        minimum: level.minimum,
        unit: level.unit,
        own: level.own.clone(),
        prices: level.prices.clone(),
    }
}

/// What makes the groups of a limit, and this one's name in the rules or the roster.
fn group(batch: &Batch, held: &Held) -> (String, String) {
    match held {
        Held::Rep(rep) => ("rep".to_owned(), batch.reps.list[rep.at()].id.clone()),
        Held::Group { per, name } => (per.clone(), name.clone()),
    }
}

/// A note as it is recorded.
pub fn note(note: Note) -> NoteRecord {
    let kind = match note.kind {
        NoteKind::Fact => "fact",
        NoteKind::Warning => "warning",
    };
    NoteRecord {
        kind: kind.to_owned(),
        text: note.text,
    }
}
