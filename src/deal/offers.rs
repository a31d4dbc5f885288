//! Offers: a lead to several reps at once, for the first who wants it.

use super::dealing::Dealing;
use super::rivals::Rivals;
use super::undealt::{self, Shortage};
use crate::model::{LeadIndex, Offer, PassIndex, Points, RepIndex};
use crate::problem::Problem;
use crate::solve::transport::{Class, FORBIDDEN, Rows};
use std::cmp::Reverse;

/// Offers each lead of a pass to the best `most` of the eligible reps who have room, by score, then id.
/// Offers use no room.
pub(super) fn offer(dealing: &mut Dealing<'_>, at: PassIndex, leads: &[LeadIndex], most: u32) {
    let problem = dealing.problem(&dealing.rules.passes[at.at()], leads);
    let mut row = vec![FORBIDDEN; problem.reps().len()];
    for class in 0..problem.classes().len() {
        problem.row(class, &mut row);
        let rivals = Rivals::new(&row);
        let best = best(dealing, &problem, class, &rivals, most);
        let leads = problem.classes().leads(class);
        if best.is_empty() {
            let shortage = Shortage::unpriced(dealing, &problem, class, &rivals);
            let reason = undealt::of_class(dealing, at, &problem, class, shortage.as_ref());
            dealing.leave(leads, reason);
        }
        for &lead in leads {
            dealing.offered[lead.at()] = !best.is_empty();
            let offers = (1..).zip(&best).map(|(rank, &(rep, score))| Offer {
                lead,
                rank,
                rep,
                score,
            });
            dealing.offers.extend(offers);
        }
    }
}

fn best(
    dealing: &Dealing<'_>,
    problem: &Problem<'_>,
    class: Class,
    rivals: &Rivals<'_>,
    most: u32,
) -> Vec<(RepIndex, Points)> {
    let (reps, lead) = (problem.reps(), problem.classes().first(class));
    let mut open: Vec<usize> = rivals
        .eligible()
        .filter(|&leaf| dealing.has_place(lead, reps[leaf]))
        .collect();
    open.sort_by_key(|&leaf| (Reverse(rivals.score(leaf)), leaf));
    open.truncate(most as usize);
    open.into_iter()
        .map(|leaf| (reps[leaf], Points(i64::from(rivals.score(leaf)))))
        .collect()
}
