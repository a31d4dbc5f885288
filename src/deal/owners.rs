//! Leads of known accounts: they go to the account's owner before any pass, whatever the room.

use super::dealing::{Dealing, Terms};
use crate::model::{By, LeadIndex, Why};
use crate::problem::Problem;

/// Gives every lead that the rules give to its account's owner, unless a pin gave it away. It counts as a pin
/// does: against room, limits and turns.
pub(super) fn deal(dealing: &mut Dealing<'_>) {
    let rules = dealing.rules;
    let is_free = |lead: &LeadIndex| dealing.deals[lead.at()].is_none() && rules.owners.contains_key(lead);
    let leads: Vec<LeadIndex> = dealing.by_id.iter().copied().filter(is_free).collect();
    if leads.is_empty() {
        return;
    }
    let problem = Problem::of_rules(dealing.batch, dealing.scorer, &leads);
    for class in 0..problem.classes().len() {
        for &lead in problem.classes().leads(class) {
            let rep = rules.owners[&lead];
            let terms = Terms::outside_passes(rules, &problem, class, rep, By::Owner, Why::Owner);
            dealing.give(lead, rep, terms);
            dealing.take(lead, rep, 1);
            dealing.pinned.push((lead, rep));
        }
    }
}
