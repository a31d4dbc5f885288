//! Leads that a pass left out while a worse tier took room that they could have had.

use super::dealing::Dealing;
use crate::model::{LeadIndex, PassIndex, TierIndex};
use crate::solve::transport::{FORBIDDEN, Rows};

/// For each pass, how many of the leads that are left at the end of the run it overtook: `when`, `reps` or
/// `min_score` kept the lead from a rep, whom the hard rules of the pass and the limits at its end allow it and
/// whom the pass filled while it gave that rep a lead of a worse tier.
pub(super) fn count(dealing: &mut Dealing<'_>, left: &[LeadIndex]) {
    for at in 0..dealing.passes.len() {
        if dealing.rules.passes[at].method.is_by_claims() {
            continue;
        }
        dealing.passes[at].overtaken = of_pass(dealing, PassIndex::new(at), left);
    }
}

fn of_pass(dealing: &Dealing<'_>, at: PassIndex, left: &[LeadIndex]) -> u64 {
    let pass = &dealing.rules.passes[at.at()];
    let mut worst: Vec<Option<TierIndex>> = vec![None; dealing.batch.reps.list.len()];
    for &(rep, tier) in &dealing.filled[at.at()] {
        worst[rep.at()] = Some(tier);
    }
    let Some(worst_of_all) = worst.iter().copied().max().flatten() else {
        return 0;
    };
    // Leads of one class differ in whether the pass is for them, so each kind is looked at apart.
    let better = |lead: &&LeadIndex| dealing.rules.lead_tiers[lead.at()] < worst_of_all;
    let (inside, outside): (Vec<LeadIndex>, Vec<LeadIndex>) =
        left.iter().filter(better).partition(|lead| pass.leads[lead.at()]);
    let mut overtaken = 0;
    for (leads, is_up) in [(inside, true), (outside, false)] {
        let problem = dealing.problem(pass, &leads);
        let mut row = vec![FORBIDDEN; problem.reps().len()];
        let mut allowed = row.clone();
        for class in 0..problem.classes().len() {
            problem.eligible(class, &mut allowed);
            problem.row(class, &mut row);
            let (tier, first) = (problem.tier_of(class), problem.classes().first(class));
            let limits = &dealing.limits_after[at.at()];
            let is_overtaken = (0..row.len()).any(|leaf| {
                allowed[leaf] != FORBIDDEN
                    && !(is_up && row[leaf] != FORBIDDEN)
                    && worst[problem.reps()[leaf].at()].is_some_and(|worst| worst > tier)
                    && limits.blocking(first, problem.reps()[leaf], None).is_none()
            });
            if is_overtaken {
                overtaken += u64::from(problem.supply(class));
            }
        }
    }
    overtaken
}
