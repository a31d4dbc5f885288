//! Passes that deal one lead after another: rotations, and each lead to the least loaded.

use super::dealing::{Dealing, Terms};
use super::rivals::Rivals;
use super::rotations::Rotations;
use super::undealt::{self, Shortage};
use super::units;
use crate::model::{By, LeadIndex, PassIndex, Points, RepIndex, TierIndex, Value, Whole, Why};
use crate::problem::{NOT_ALL, Problem};
use crate::rules::Method;
use crate::solve::least_loaded::{self, Load, Ratio};
use crate::solve::rotation::TURN;
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Rows};

/// Deals the leads of a pass in order of tier, `created_at` and file; returns how many.
pub(super) fn deal(dealing: &mut Dealing<'_>, at: PassIndex, leads: &[LeadIndex]) -> u64 {
    let problem = dealing.problem_of_units(&dealing.rules.passes[at.at()], leads);
    let class_of = problem.classes().by_lead(dealing.batch.leads.len());
    let mut method = Turns::new(dealing, at, problem.reps());
    let mut row = vec![FORBIDDEN; problem.reps().len()];
    let mut current = None;
    // Rooms and limits only shrink, so that a class that nobody could take once is left for the rest of the pass.
    let mut given_up = vec![false; problem.classes().len()];
    let mut left: Vec<Vec<LeadIndex>> = vec![Vec::new(); problem.classes().len()];
    let mut dealt = 0;
    for lead in in_order(dealing, leads) {
        let class = class_of[lead.at()] as usize;
        if let Some(unit) = problem.unit(class) {
            if std::mem::replace(&mut given_up[class], true) {
                continue;
            }
            let classes: Vec<Class> = unit.leads.iter().map(|of| class_of[of.at()] as usize).collect();
            for &class in &classes {
                given_up[class] = true;
            }
            if let Some((taker, why)) = method.unit(dealing, &problem, (lead, class)) {
                for (&of, &class) in unit.leads.iter().zip(&classes) {
                    problem.own(class, &mut row);
                    let terms = terms(dealing, at, &problem, of, taker, &Rivals::new(&row), why.clone());
                    dealing.give(
                        of,
                        problem.reps()[taker],
                        Terms {
                            why: why.clone(),
                            ..terms
                        },
                    );
                    dealing.take(of, problem.reps()[taker], 1);
                }
                dealt += u64::from(unit.size());
                current = None;
            } else {
                let all = classes.iter().zip(&unit.leads);
                all.for_each(|(&class, &of)| left[class].push(of));
            }
            continue;
        }
        if given_up[class] {
            left[class].push(lead);
            continue;
        }
        if current != Some(class) {
            problem.row(class, &mut row);
            current = Some(class);
        }
        let rivals = Rivals::new(&row);
        let has_place = |leaf: Leaf| dealing.has_place(lead, problem.reps()[leaf]);
        if let Some((taker, why)) = method.next(lead, |leaf| rivals.may(leaf) && has_place(leaf)) {
            let terms = terms(dealing, at, &problem, lead, taker, &rivals, why);
            dealing.give(lead, problem.reps()[taker], terms);
            dealing.take(lead, problem.reps()[taker], 1);
            dealt += 1;
        } else {
            given_up[class] = true;
            left[class].push(lead);
        }
    }
    method.finish(dealing);
    leave(dealing, at, &problem, &left);
    dealt
}

/// Gives their reasons to the leads of each class that are left.
fn leave(dealing: &mut Dealing<'_>, at: PassIndex, problem: &Problem<'_>, left: &[Vec<LeadIndex>]) {
    let mut row = vec![FORBIDDEN; problem.reps().len()];
    for (class, leads) in left.iter().enumerate() {
        if leads.is_empty() || problem.lock(class).is_some() {
            continue;
        }
        problem.own(class, &mut row);
        let reason = units::left(dealing, at, problem, class).unwrap_or_else(|| {
            let shortage = Shortage::unpriced(dealing, problem, class, &Rivals::new(&row));
            undealt::of_class(dealing, at, problem, class, shortage.as_ref())
        });
        dealing.leave(leads, reason);
    }
}

/// Leads by tier, then `created_at` (those without one last), then as in the file.
pub(super) fn in_order(dealing: &Dealing<'_>, leads: &[LeadIndex]) -> Vec<LeadIndex> {
    let created = dealing.batch.leads.frame.column("created_at");
    let key = |lead: &LeadIndex| -> (TierIndex, bool, i64, LeadIndex) {
        let moment = match created.map(|column| column.value(lead.at())) {
            Some(Value::Date(moment)) => Some(moment.0),
            _ => None,
        };
        let tier = dealing.rules.lead_tiers[lead.at()];
        (tier, moment.is_none(), moment.unwrap_or(0), *lead)
    };
    let mut ordered = leads.to_vec();
    ordered.sort_by_cached_key(key);
    ordered
}

fn terms(
    dealing: &Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    lead: LeadIndex,
    taker: Leaf,
    rivals: &Rivals<'_>,
    why: Why,
) -> Terms {
    let reps = problem.reps();
    let score = |leaf: Leaf| Points(i64::from(rivals.score(leaf)));
    Terms {
        by: By::Pass(at),
        score: score(taker),
        parts: dealing.rules.points(lead, reps[taker]).parts,
        why: if rivals.is_only() { Why::OnlyEligible } else { why },
        runner_up: rivals.runner_up(taker).map(|other| (reps[other], score(other))),
    }
}

/// Whose lead the next one is.
enum Turns {
    Rotations(Box<Rotations>),
    LeastLoaded(Vec<Load>),
}

impl Turns {
    fn new(dealing: &Dealing<'_>, at: PassIndex, reps: &[RepIndex]) -> Self {
        if dealing.rules.passes[at.at()].method != Method::LeastLoaded {
            return Self::Rotations(Box::new(Rotations::new(dealing, at, reps)));
        }
        let below = u64::try_from(dealing.shares.parts_of_a_lead()).unwrap_or(u64::MAX);
        let load = |&rep: &RepIndex| Load {
            open: u64::from(dealing.loads.open(rep)),
            ceiling: Ratio {
                above: dealing.shares.ceiling(&dealing.batch.reps.list[rep.at()]),
                below,
            },
            served: (dealing.served.leads_ahead(rep))
                .saturating_add(i128::from(dealing.loads.served(rep)).saturating_mul(TURN)),
        };
        Self::LeastLoaded(reps.iter().map(load).collect())
    }

    fn next(&mut self, lead: LeadIndex, may: impl Fn(Leaf) -> bool) -> Option<(Leaf, Why)> {
        match self {
            Self::Rotations(rotations) => rotations.next(lead, may).map(|leaf| (leaf, Why::Turn)),
            Self::LeastLoaded(loads) => {
                let taker = least_loaded::pick(loads, may)?;
                let carried = &mut loads[taker];
                let ceiling = carried.ceiling.above / u128::from(carried.ceiling.below);
                let why = Why::LeastLoaded {
                    open: u32::try_from(carried.open).unwrap_or(u32::MAX),
                    ceiling: u32::try_from(ceiling).unwrap_or(u32::MAX),
                };
                carried.open += 1;
                carried.served = carried.served.saturating_add(TURN);
                Some((taker, why))
            }
        }
    }

    /// Who gets all leads of a unit at the turn of its first lead: the next who may take all and has places for all.
    fn unit(
        &mut self,
        dealing: &Dealing<'_>,
        problem: &Problem<'_>,
        (first, class): (LeadIndex, Class),
    ) -> Option<(Leaf, Why)> {
        let (unit, sums) = (problem.unit(class)?, problem.sums(class));
        let may =
            |leaf: Leaf| sums[leaf] != NOT_ALL && units::has_places(dealing, unit, problem.reps()[leaf]);
        let (taker, why) = self.next(first, may)?;
        for &other in unit.leads.iter().filter(|other| **other != first) {
            self.serve((first, other), taker);
        }
        let is_only = sums.iter().filter(|sum| **sum != NOT_ALL).count() == 1;
        let why = match why {
            _ if is_only => Whole::OnlyEligible,
            Why::LeastLoaded { open, ceiling } => Whole::LeastLoaded { open, ceiling },
            _ => Whole::Turn,
        };
        Some((taker, units::gathered(unit, why)))
    }

    /// Counts a lead that a rep got at the turn of the first of its unit.
    fn serve(&mut self, (first, other): (LeadIndex, LeadIndex), taker: Leaf) {
        match self {
            Self::Rotations(rotations) => rotations.serve(first, other, taker),
            Self::LeastLoaded(loads) => {
                loads[taker].open += 1;
                loads[taker].served = loads[taker].served.saturating_add(TURN);
            }
        }
    }

    fn finish(self, dealing: &mut Dealing<'_>) {
        if let Self::Rotations(rotations) = self {
            rotations.store(dealing);
        }
    }
}
