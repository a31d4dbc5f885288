//! How many leads the reps who were dealt none could have taken.

use super::dealing::Dealing;
use crate::model::{LeadIndex, Outcome, Rep, RepIndex};
use crate::problem::Classes;
use crate::rules::Rules;

/// For every rep present who was dealt no lead, the leads up for dealing that every hard rule lets it take;
/// 0 for the others.
pub(super) fn eligible(dealing: &Dealing<'_>, outcomes: &[Outcome]) -> Vec<u64> {
    let reps = &dealing.batch.reps.list;
    let mut idle: Vec<bool> = reps.iter().map(Rep::is_present).collect();
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
    let idle: Vec<RepIndex> = (0..idle.len())
        .filter(|&at| idle[at])
        .map(RepIndex::new)
        .collect();
    let kinds = kinds(dealing.rules);
    let mut counts = vec![0; reps.len()];
    for kind in 0..kinds.len() {
        let lead = kinds.first(kind);
        for &rep in &idle {
            if dealing.rules.may(None, lead, rep) {
                counts[rep.at()] += u64::from(kinds.supply(kind));
            }
        }
    }
    counts
}

/// Leads up for dealing, those together that no hard rule tells apart.
fn kinds(rules: &Rules) -> Classes {
    let up: Vec<LeadIndex> = (0..rules.barred.len())
        .filter(|&at| rules.barred[at].is_none())
        .map(LeadIndex::new)
        .collect();
    Classes::by_requirements(&up, rules)
}
