//! For every lead that is left: the rep who came nearest to taking it.

use super::dealing::Dealing;
use super::ranges::{blocks, in_ranges};
use crate::model::{LeadIndex, RepIndex};
use crate::problem::Problem;
use crate::solve::transport::Class;
use std::cmp::Reverse;
use std::ops::Range;

/// The nearest active rep of each lead, by lead: fewest failed hard rules (of all, relaxed or not), then
/// highest score, then id. Found once for leads that no rule tells apart.
pub(super) fn nearest(dealing: &Dealing<'_>, leads: &[LeadIndex]) -> Vec<Option<RepIndex>> {
    let mut nearest = vec![None; dealing.batch.leads.len()];
    let problem = Problem::of_rules(dealing.batch, dealing.scorer, leads);
    for block in blocks(problem.classes().len()) {
        let of_block = in_ranges(dealing.means.threads, block.clone(), |classes| {
            of_classes(&problem, classes)
        });
        for (class, best) in block.zip(of_block.into_iter().flatten()) {
            for lead in problem.classes().leads(class) {
                nearest[lead.at()] = best;
            }
        }
    }
    nearest
}

fn of_classes(problem: &Problem<'_>, classes: Range<Class>) -> Vec<Option<RepIndex>> {
    let reps = problem.reps();
    let (mut failed, mut scores) = (vec![0; reps.len()], vec![0; reps.len()]);
    let nearest = classes.map(|class| {
        problem.failed(class, &mut failed);
        problem.scores(class, &mut scores);
        (0..reps.len())
            .min_by_key(|&leaf| (failed[leaf], Reverse(scores[leaf])))
            .map(|leaf| reps[leaf])
    });
    nearest.collect()
}
