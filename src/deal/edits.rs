//! Deals changed by hand after a run was planned: all else stays as it was planned.

use super::dealing::{Dealing, Means, Terms};
use super::{pins, units};
use crate::model::{
    Allocation, Batch, By, Deal, LeadIndex, Moved, NotDealt, Outcome, RepIndex, Ruling, TeamIndex, Weight,
    Why,
};
use crate::problem::{Problem, Scorer};
use crate::rules::Rules;
use crate::solve::rotation::step;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The reason that a deal by hand gives.
pub const BY_HAND: &str = "changed by hand after the plan";

/// What the user did with a lead of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The lead.
    pub lead: LeadIndex,
    /// The rep who is to have it; absent where nobody is.
    pub rep: Option<RepIndex>,
}

/// A plan with its edits.
#[derive(Clone, Debug)]
pub struct Edited {
    /// What becomes of every lead.
    pub allocation: Allocation,
    /// For each edit the hard rules that it breaks, as pins break them.
    pub broken: Vec<Vec<String>>,
}

/// Changes a plan by hand; every edit names another lead. What passes proved stays in their reports: it is
/// the plan's.
pub fn edit(batch: &Batch, rules: &Rules, plan: Allocation, edits: &[Edit]) -> Edited {
    let scorer = Scorer::new(batch, rules);
    let means = Means {
        threads: 1,
        progress: &|_| {},
    };
    let mut dealing = Dealing::new(batch, rules, &scorer, &batch.past.history, means);
    let edited: BTreeSet<LeadIndex> = edits.iter().map(|edit| edit.lead).collect();
    for (at, outcome) in plan.outcomes.iter().enumerate() {
        let lead = LeadIndex::new(at);
        if let Outcome::Assigned(deal) = outcome {
            dealing.lead_teams[at] = deal.team;
            if let Some(rep) = deal.rep.filter(|_| !edited.contains(&lead)) {
                dealing.take(lead, rep, 1);
            }
        }
    }
    let mut allocation = plan;
    let (moved, kept): (Vec<Moved>, Vec<Moved>) = std::mem::take(&mut allocation.moved)
        .into_iter()
        .partition(|moved| edited.contains(&moved.lead));
    allocation.moved = kept;
    let mut broken = Vec::new();
    for edit in edits {
        let team = planned_team(&allocation.outcomes[edit.lead.at()]);
        turn(&mut allocation, batch, &moved, *edit);
        take_back(&mut allocation, *edit);
        let (outcome, breaks) = match edit.rep {
            None => (by_hand(), Vec::new()),
            Some(rep) => {
                let breaks = pins::broken(&dealing, edit.lead, rep);
                dealing.take(edit.lead, rep, 1);
                (Outcome::Assigned(deal(&dealing, edit.lead, rep, team)), breaks)
            }
        };
        allocation.outcomes[edit.lead.at()] = outcome;
        broken.push(breaks);
    }
    // a unit may be moved lead by lead: what counts is where its leads are in the end
    let rep_of = |lead: LeadIndex| match &allocation.outcomes[lead.at()] {
        Outcome::Assigned(deal) => deal.rep,
        Outcome::Unassigned { .. } => None,
    };
    for (edit, breaks) in edits.iter().zip(&mut broken) {
        if let Some(rep) = edit.rep {
            if units::is_parted(&dealing, edit.lead, rep, rep_of) {
                breaks.push(units::TOGETHER.to_owned());
            }
            if !breaks.is_empty() {
                allocation.bent.push((edit.lead, rep, breaks.clone()));
            }
        }
    }
    allocation.moved.sort_by_key(|moved| moved.lead);
    allocation.limits = dealing.limits.reports();
    Edited { allocation, broken }
}

fn by_hand() -> Outcome {
    Outcome::Unassigned {
        reason: NotDealt::ByHand,
        nearest: None,
    }
}

/// A claim whose lead goes to another, or to nobody, is granted no longer; nor is the lead left to claim.
fn take_back(allocation: &mut Allocation, edit: Edit) {
    for settled in &mut allocation.claims {
        if settled.lead == Some(edit.lead) && matches!(settled.ruling, Ruling::Granted(_)) {
            settled.ruling = match edit.rep {
                Some(rep) => Ruling::Gone {
                    rep: Some(rep),
                    by: By::Pin(BY_HAND.to_owned()),
                },
                None => Ruling::NotUp(NotDealt::ByHand.name()),
            };
        }
    }
    if let Some(pool) = &mut allocation.pool {
        pool.retain(|open| open.lead != edit.lead);
    }
}

fn planned_team(outcome: &Outcome) -> Option<TeamIndex> {
    match outcome {
        Outcome::Assigned(deal) => deal.team,
        Outcome::Unassigned { .. } => None,
    }
}

fn deal(dealing: &Dealing<'_>, lead: LeadIndex, rep: RepIndex, team: Option<TeamIndex>) -> Deal {
    let problem = Problem::of_rules(dealing.batch, dealing.scorer, &[lead]);
    let by = By::Pin(BY_HAND.to_owned());
    let terms = Terms::outside_passes(dealing.rules, &problem, 0, rep, by, Why::Pin);
    Deal {
        team,
        ..dealing.deal(lead, rep, terms)
    }
}

/// Moves the turn of the rep who had a lead by the plan back, and that of the rep who has it now on, on every
/// clock that the lead moved; `moved` is in lead order.
fn turn(allocation: &mut Allocation, batch: &Batch, moved: &[Moved], edit: Edit) {
    let reps = &batch.reps.list;
    let planned = match &allocation.outcomes[edit.lead.at()] {
        Outcome::Assigned(deal) => deal.rep,
        Outcome::Unassigned { .. } => None,
    };
    let first = moved.partition_point(|moved| moved.lead < edit.lead);
    let own = moved[first..].iter().take_while(|moved| moved.lead == edit.lead);
    let mut own: Vec<Moved> = own.cloned().collect();
    if own.is_empty() {
        own.push(Moved {
            lead: edit.lead,
            pass: Arc::from(""),
            group: Arc::from(""),
            turn: 0,
        });
    }
    let history = &mut allocation.history_after;
    for moved in own {
        let key = (moved.pass.to_string(), moved.group.to_string());
        let clock = if moved.pass.is_empty() {
            &mut history.served
        } else {
            history.clocks.entry(key).or_default()
        };
        if let Some(turn) = planned.and_then(|rep| clock.turns.get_mut(&reps[rep.at()].id)) {
            *turn = turn.saturating_sub(moved.turn);
        }
        if let Some(rep) = edit.rep {
            let (rep, now) = (&reps[rep.at()], clock.now);
            let far = step(rep.weight.max(Weight(1)));
            let turn = clock.turns.entry(rep.id.clone()).or_insert(now);
            *turn = turn.saturating_add(far);
            allocation.moved.push(Moved { turn: far, ..moved });
        }
    }
}
