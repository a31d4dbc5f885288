//! For every lead that is left: the rep who came nearest to taking it.

use super::dealing::Dealing;
use crate::model::{LeadIndex, RepIndex};
use crate::problem::Problem;
use std::cmp::Reverse;

/// The nearest active rep of each lead, by lead: fewest failed hard rules (of all, relaxed or not), then
/// highest score, then id. Found once for leads that no rule tells apart.
pub(super) fn nearest(dealing: &Dealing<'_>, leads: &[LeadIndex]) -> Vec<Option<RepIndex>> {
    let mut nearest = vec![None; dealing.batch.leads.len()];
    let problem = Problem::of_rules(dealing.batch, dealing.scorer, leads);
    let reps = problem.reps();
    let (mut failed, mut scores) = (vec![0; reps.len()], vec![0; reps.len()]);
    for class in 0..problem.classes().len() {
        problem.failed(class, &mut failed);
        problem.scores(class, &mut scores);
        let best = (0..reps.len())
            .min_by_key(|&leaf| (failed[leaf], Reverse(scores[leaf])))
            .map(|leaf| reps[leaf]);
        for lead in problem.classes().leads(class) {
            nearest[lead.at()] = best;
        }
    }
    nearest
}
