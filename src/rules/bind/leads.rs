//! What rules say of leads alone: derived columns, tiers, and who is not up for dealing.

use super::{Ground, known, lead_fields, scope};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{
    Batch, Column, Frame, Kind as CellKind, LeadIndex, NotDealt, Ownership, TierIndex, Value,
};
use crate::rules::expr::{Answer, Distinct, Want, compile};
use crate::rules::load::{OTHER, Written};
use std::collections::BTreeMap;

/// Adds the derived columns to the leads' frame, in order, so that each may read those before it.
pub fn derive(written: &Written, batch: &Batch, frame: &mut Frame, mistakes: &mut Mistakes) {
    let fields = lead_fields();
    for derived in &written.derives {
        if batch.leads.frame.known.contains(&derived.name) {
            let found = format!("the leads have a column `{}` of their own", derived.name);
            mistakes.push(
                Mistake::new(Kind::BadName, derived.position.clone(), found)
                    .column("derive")
                    .expected("a name that no column bears"),
            );
        }
        let column = {
            let compiled = compile(&derived.says, &scope(frame, batch, &fields), Want::Any);
            mistakes
                .keep(compiled)
                .map(|compiled| column(&derived.name, compiled.kind(), &compiled.per_lead()))
        };
        frame.set(column.unwrap_or_else(|| Column {
            name: derived.name.clone(),
            header: derived.name.clone(),
            kind: CellKind::Text,
            codes: vec![0; frame.rows],
            values: vec![Value::Empty],
        }));
    }
}

fn column(name: &str, kind: Option<CellKind>, answers: &Distinct) -> Column {
    let mut values = vec![Value::Empty];
    let of_answers: Vec<u32> = answers
        .answers
        .iter()
        .map(|answer| match answer.value() {
            Value::Empty => 0,
            value => {
                values.push(value);
                u32::try_from(values.len() - 1).expect("there are no more values than leads")
            }
        })
        .collect();
    Column {
        name: name.to_owned(),
        header: name.to_owned(),
        kind: kind.unwrap_or(CellKind::Text),
        codes: answers
            .codes
            .iter()
            .map(|&code| of_answers[code as usize])
            .collect(),
        values,
    }
}

/// Names of the tiers and each lead's tier: the first that holds, else the last, `other`.
pub fn tiers(ground: &Ground<'_>, mistakes: &mut Mistakes) -> Option<(Vec<String>, Vec<TierIndex>)> {
    let tiers = &ground.written.tiers;
    let mut names: Vec<String> = tiers.iter().map(|tier| tier.name.clone()).collect();
    let catches_all = tiers
        .last()
        .is_some_and(|last| last.says.source().trim() == "true");
    if !catches_all && names.last().is_none_or(|last| last != OTHER) {
        names.push(OTHER.to_owned());
    }
    let last = names.len() - 1;
    let mut of_leads = vec![last; ground.leads.rows];
    let mut whole = true;
    for (tier, rule) in tiers.iter().enumerate().rev() {
        let Some(compiled) = ground.compile(&rule.says, Want::Boolean, mistakes) else {
            whole = false;
            continue;
        };
        let answers = compiled.per_lead();
        for (row, of_lead) in of_leads.iter_mut().enumerate() {
            if answers.answer(row).holds() {
                *of_lead = tier;
            }
        }
    }
    let index = |tier: usize| TierIndex(u8::try_from(tier).unwrap_or(u8::MAX));
    whole.then(|| (names, of_leads.into_iter().map(index).collect()))
}

/// For each lead why it is not up for dealing, if it is not: the first reason that applies.
pub fn barred(ground: &Ground<'_>, mistakes: &mut Mistakes) -> Vec<Option<NotDealt>> {
    let mut failed: BTreeMap<usize, Vec<(String, Option<String>)>> = BTreeMap::new();
    for rule in &ground.written.qualifies {
        let Some(compiled) = ground.compile(&rule.says, Want::Boolean, mistakes) else {
            continue;
        };
        let answers = compiled.per_lead();
        for row in 0..ground.leads.rows {
            let answer: &Answer = answers.answer(row);
            if !answer.holds() {
                let unknown = answer.reason().map(str::to_owned);
                failed.entry(row).or_default().push((rule.name.clone(), unknown));
            }
        }
    }
    let (ids, past) = (&ground.batch.leads.ids, &ground.batch.past);
    let returned_too_often = |row: usize| {
        let returns = past.returned.get(&ids[row])?.returns;
        (returns >= ground.ledger.max_returns).then_some(NotDealt::ReturnedTooOften { returns })
    };
    let ownership = ground.batch.leads.ownership.iter().enumerate();
    let stands = |row: usize| past.standing.get(&ids[row]).cloned().map(NotDealt::Standing);
    let mut by_row = |(row, ownership): (usize, &Ownership)| match ownership {
        Ownership::Converted => Some(NotDealt::Converted),
        Ownership::Owned(owner) => Some(NotDealt::AlreadyOwned {
            owner: owner.clone(),
            of_account: false,
        }),
        Ownership::Free | Ownership::FormerOwner(_) => {
            let known = known::barred(ground.batch, ground.existing, LeadIndex::new(row));
            known.or_else(|| returned_too_often(row)).or_else(|| {
                let failed = failed.remove(&row)?;
                Some(NotDealt::NotQualified { failed })
            })
        }
    };
    ownership
        .map(|(row, ownership)| stands(row).or_else(|| by_row((row, ownership))))
        .collect()
}
