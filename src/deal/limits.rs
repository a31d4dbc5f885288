//! Limits in a pass that is solved as a whole: what is left of them as trees for the solver, and the solver's
//! prices as prices of own places and of limits.

use super::dealing::Dealing;
use super::rivals::Stop;
use crate::model::{Deal, LeadIndex, LimitPrice, LimitProof, Points, Potential, RepIndex, TeamIndex, Worth};
use crate::problem::{
    Cap, Categories, LimitPlace, Member, Plan, PlanNode, Problem, Reached, Stand, Stood, of_reps, of_teams,
};
use crate::solve::transport::Rows;

/// What is left of the limits for the reps of a pass.
pub(super) fn plan(dealing: &Dealing<'_>, problem: &Problem<'_>) -> Plan {
    let categories = Categories::of(problem, &dealing.limits);
    let caps = of_reps(&dealing.limits, &categories, problem.reps());
    let rooms: Vec<u32> = problem
        .reps()
        .iter()
        .map(|&rep| dealing.loads.room(rep))
        .collect();
    let reach = categories.reach(problem);
    Plan::new(categories, &reach, caps, &rooms)
}

/// What is left of the limits for the teams of a pass, whose members, rooms and rows are given.
pub(super) fn plan_of_teams(
    dealing: &Dealing<'_>,
    problem: &Problem<'_>,
    rows: &dyn Rows,
    teams: &[TeamIndex],
    members: &[Member],
    rooms: &[u32],
) -> Plan {
    let categories = Categories::of(problem, &dealing.limits);
    let waiting = |limit: usize, team: TeamIndex| -> u64 {
        let holds = &dealing.limits.limits()[limit];
        let waits = |(lead, deal): &(usize, &Option<Deal>)| {
            let here = |deal: &Deal| deal.rep.is_none() && deal.team == Some(team);
            deal.as_ref().is_some_and(here) && holds.holds(LeadIndex::new(*lead))
        };
        dealing.deals.iter().enumerate().filter(waits).count() as u64
    };
    let caps = of_teams(&dealing.limits, &categories, teams, members, waiting);
    let reach = categories.reach(rows);
    Plan::new(categories, &reach, caps, rooms)
}

/// What each level of the objective counts in packed values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale<'a> {
    /// A lead of each tier, the best tier first.
    pub(super) tiers: &'a [i128],
    /// A lead towards a minimum.
    pub(super) minimum: i128,
    /// A unit of points.
    pub(super) unit: i128,
}

impl Scale<'_> {
    /// A packed potential by its levels, each the nearest that leaves least.
    ///
    /// Tier weights that grow evenly carry one lead at most; those that grow in proportion several.
    fn levels(&self, packed: i128) -> Worth {
        let mut leads = vec![0; self.tiers.len()];
        let mut rest = packed;
        let in_proportion = matches!(self.tiers, [best, next, ..] if *best >= next.saturating_mul(4));
        if in_proportion {
            for (leads, &weight) in leads.iter_mut().zip(self.tiers) {
                let count = nearest(rest, weight);
                *leads = small(count);
                rest -= count * weight;
            }
        } else {
            let closest = (0..self.tiers.len()).min_by_key(|&tier| (packed - self.tiers[tier]).abs());
            if let Some(tier) = closest.filter(|&tier| (packed - self.tiers[tier]).abs() < packed.abs()) {
                leads[tier] = 1;
                rest -= self.tiers[tier];
            }
        }
        let minimums = nearest(rest, self.minimum);
        rest -= minimums * self.minimum;
        let points = nearest(rest, self.unit);
        Worth {
            leads,
            minimums: small(minimums),
            points: Points(small(points)),
            fairness: small(rest - points * self.unit),
        }
    }
}

fn nearest(value: i128, step: i128) -> i128 {
    (value + step / 2).div_euclid(step.max(1))
}

fn small(wide: i128) -> i64 {
    i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
}

/// The own price of every node of a plan by its levels, given the packed ones: the difference of its potential
/// and that of the node above.
pub(super) fn own_prices(plan: &Plan, packed: &[i128], scale: Scale<'_>) -> Vec<Worth> {
    let mut potentials = packed.to_vec();
    for (node, of) in plan.nodes.iter().enumerate().rev() {
        if let Some(parent) = of.parent {
            potentials[node] += potentials[parent];
        }
    }
    let level = |node: usize| scale.levels(potentials[node]);
    let own = |(node, of): (usize, &PlanNode)| {
        let above = of.parent.map_or_else(Worth::default, level);
        less(level(node), &above)
    };
    plan.nodes.iter().enumerate().map(own).collect()
}

fn less(mut worth: Worth, above: &Worth) -> Worth {
    for (own, above) in worth.leads.iter_mut().zip(&above.leads) {
        *own -= above;
    }
    worth.minimums -= above.minimums;
    worth.points.0 -= above.points.0;
    worth.fairness -= above.fairness;
    worth
}

/// What limits add to the proof of a pass: prices of nodes by their levels, leads through each node, and for
/// caps that cross their prices. `reps` stand for the leaves.
pub(super) fn proof(
    dealing: &Dealing<'_>,
    plan: &Plan,
    prices: &[Worth],
    counts: &[u64],
    crossing: &[(usize, Worth)],
    reps: &[RepIndex],
) -> LimitProof {
    let mut own = vec![Worth::default(); reps.len()];
    let mut of_caps = vec![Worth::default(); plan.caps.len()];
    let mut minimums = 0;
    for ((node, price), &count) in plan.nodes.iter().zip(prices).zip(counts) {
        match node.stood {
            Stood::Leaf(leaf) => own[leaf] = price.clone(),
            Stood::Cap(cap) => {
                of_caps[cap] = price.clone();
                minimums += count.min(u64::from(node.minimum));
            }
            Stood::LeftOut(cap) => of_caps[cap] = price.clone(),
        }
    }
    for (cap, price) in crossing {
        of_caps[*cap] = price.clone();
    }
    let price = |(at, price): (usize, Worth)| {
        let cap = &plan.caps[at];
        let (held, team) = match cap.place {
            LimitPlace::Group(group) => {
                let limit = cap.limit;
                (Some(dealing.limits.held(Reached { limit, group })), None)
            }
            LimitPlace::Team(team) => (None, Some(team)),
        };
        LimitPrice {
            limit: dealing.limits.limits()[cap.limit].name.clone(),
            held,
            team,
            asked: if plan.stands[at] == Stand::Leaves {
                cap.minimum
            } else {
                0
            },
            price,
        }
    };
    LimitProof {
        minimums,
        minimums_bound: i64::try_from(minimums).unwrap_or(i64::MAX),
        own: reps.iter().copied().zip(own).collect(),
        prices: of_caps.into_iter().enumerate().map(price).collect(),
    }
}

/// The price of one more place of a leaf: what its own place is worth less what the next one costs, or nothing.
pub(super) fn price(own: &Worth, next: (i64, i64)) -> Potential {
    let own = own.as_potential();
    let price = Potential {
        tier: own.tier,
        points: Points(own.points.0 - next.0),
        fairness: own.fairness - next.1,
    };
    if super::rivals::worth(&price) > super::rivals::worth(&Potential::default()) {
        price
    } else {
        Potential::default()
    }
}

/// The limit that keeps a lead of a pass with its holder and from another rep, after the pass.
pub(super) fn stop(
    dealing: &Dealing<'_>,
    plan: &Plan,
    lead: LeadIndex,
    rep: RepIndex,
    holder: RepIndex,
) -> Option<Stop> {
    let (tally, team) = (&dealing.limits, dealing.lead_teams[lead.at()]);
    if let Some(reached) = tally.blocking_besides(lead, rep, team, holder) {
        return Some(Stop::Reached(tally.name(reached), tally.held(reached)));
    }
    let asked = |reached: Reached| {
        let of = |cap: &Cap| cap.reached() == Some(reached) && cap.minimum > 0;
        (plan.caps.iter().zip(&plan.stands)).any(|(cap, stand)| of(cap) && *stand == Stand::Leaves)
    };
    let missed = tally.missed(lead, rep, team, holder, asked)?;
    Some(Stop::Minimum(tally.name(missed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(leads: [i64; 2], minimums: i64, points: i64, fairness: i64) -> Worth {
        Worth {
            leads: leads.to_vec(),
            minimums,
            points: Points(points),
            fairness,
        }
    }

    fn check(tiers: [i128; 2], levels: &Worth) {
        let scale = Scale {
            tiers: &tiers,
            minimum: 100_001,
            unit: 101,
        };
        let leads = levels
            .leads
            .iter()
            .zip(tiers)
            .map(|(&leads, weight)| i128::from(leads) * weight);
        let packed = leads.sum::<i128>()
            + i128::from(levels.minimums) * scale.minimum
            + i128::from(levels.points.0) * scale.unit
            + i128::from(levels.fairness);
        assert_eq!(&scale.levels(packed), levels);
    }

    #[test]
    fn a_packed_potential_is_taken_apart_by_its_levels() {
        for (minimums, points, fairness) in [(0, 0, 0), (2, -300, 50), (-1, 400, -50), (0, 450, 7)] {
            for leads in [[0, 0], [1, 0], [0, 1]] {
                check([2_000_000, 1_000_000], &worth(leads, minimums, points, fairness));
            }
            for leads in [[0, 0], [1, -1], [-1, 2], [2, 1]] {
                check([8_000_000, 1_000_000], &worth(leads, minimums, points, fairness));
            }
        }
    }

    #[test]
    fn a_place_costs_what_it_is_worth_less_its_own_cost() {
        let own = worth([1, -1], 0, 300, 5);
        let price = price(&own, (100, 2));
        assert_eq!(
            (price.tier.map(|tier| tier.0), price.points.0, price.fairness),
            (Some(0), 200, 3)
        );
        assert_eq!(
            super::price(&worth([0, 0], 0, 300, 5), (301, 0)),
            Potential::default()
        );
    }
}
