//! How many leads the reps who were dealt none could have taken.

use super::dealing::Dealing;
use crate::model::{LeadIndex, Outcome, RepIndex};
use crate::rules::{Rules, Verdict};
use std::collections::BTreeMap;

/// For every active rep who was dealt no lead, the leads up for dealing that every hard rule lets it take;
/// 0 for the others.
pub(super) fn eligible(dealing: &Dealing<'_>, outcomes: &[Outcome]) -> Vec<u64> {
    let reps = &dealing.batch.reps.list;
    let mut idle: Vec<bool> = reps.iter().map(|rep| rep.active).collect();
    for outcome in outcomes {
        if let Outcome::Assigned(deal) = outcome
            && let Some(rep) = deal.rep
        {
            idle[rep.at()] = false;
        }
    }
    if !idle.contains(&true) {
        return vec![0; reps.len()];
    }
    let kinds = kinds(dealing.rules);
    let count = |rep: RepIndex| -> u64 {
        let may = kinds.iter().filter(|(keys, _)| may(dealing.rules, keys, rep));
        may.map(|(_, leads)| leads).sum()
    };
    let counts = idle
        .iter()
        .enumerate()
        .map(|(at, &idle)| if idle { count(RepIndex::new(at)) } else { 0 });
    counts.collect()
}

/// Leads up for dealing that no hard rule tells apart: the key in each rule, and how many there are.
fn kinds(rules: &Rules) -> BTreeMap<Vec<Option<u32>>, u64> {
    let mut kinds = BTreeMap::new();
    for (at, barred) in rules.barred.iter().enumerate() {
        if barred.is_none() {
            let lead = LeadIndex::new(at);
            let keys: Vec<Option<u32>> = rules.requirements.iter().map(|rule| rule.key(lead)).collect();
            *kinds.entry(keys).or_default() += 1;
        }
    }
    kinds
}

fn may(rules: &Rules, keys: &[Option<u32>], rep: RepIndex) -> bool {
    rules
        .requirements
        .iter()
        .zip(keys)
        .all(|(rule, key)| key.is_none_or(|key| rule.verdict(key, rep) == Verdict::Holds))
}
