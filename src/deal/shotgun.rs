//! A pass that deals to teams, not yet to persons.

use super::dealing::Dealing;
use super::limits;
use super::proof::proof;
use super::rivals::Rivals;
use super::undealt::{self, Shortage};
use super::units;
use crate::model::{By, Deal, LeadIndex, PassIndex, Points, Proof, RepIndex, TeamIndex, Whole, Why};
use crate::problem::{Fairness, Problem, TeamRows};
use crate::solve::transport::{FORBIDDEN, Leaf, Node, Solution};

/// Deals a pass; returns how many leads it dealt, and the proof.
pub(super) fn deal(dealing: &mut Dealing<'_>, at: PassIndex, leads: &[LeadIndex]) -> (u64, Proof) {
    let problem = dealing.problem_of_units(&dealing.rules.passes[at.at()], leads);
    let teams = TeamRows::new(&problem, &dealing.teams.of);
    let (nodes, unit) = nodes(dealing, &problem, &teams);
    let rooms: Vec<u32> = nodes.iter().map(|node| node.room).collect();
    let plan = limits::plan_of_teams(dealing, &problem, &teams, &rooms);
    let (solution, limited) = limits::solve(dealing, at, (&teams, problem.units()), nodes, plan);
    for &(class, team, count) in &solution.flow {
        let first = problem.classes().first(class);
        dealing.limits.take_for_team(first, teams.teams()[team], count);
    }
    hand_out(dealing, at, &problem, &teams, &solution);
    let firsts: Vec<RepIndex> = (0..teams.teams().len())
        .map(|team| {
            members(&problem, &teams, team)
                .next()
                .expect("a team is found by a member")
        })
        .collect();
    let dealt = solution.flow.iter().map(|&(_, _, count)| u64::from(count)).sum();
    let mut proof = proof(&solution, unit, &firsts, dealing.rules.tiers.len());
    if let Some(limited) = limited {
        limited.complete(dealing, &firsts, &mut proof);
    }
    (dealt, proof)
}

/// The members of a team who are in the pass, in id order.
fn members<'a>(
    problem: &'a Problem<'_>,
    teams: &'a TeamRows<'_>,
    team: Leaf,
) -> impl Iterator<Item = RepIndex> + 'a {
    problem
        .reps()
        .iter()
        .zip(teams.leaves_of_reps())
        .filter(move |(_, leaf)| **leaf == Some(team))
        .map(|(&rep, _)| rep)
}

/// One leaf for each team: its members' rooms, ceilings, loads and weights together, less the leads
/// that it has and that no member has yet.
fn nodes(dealing: &Dealing<'_>, problem: &Problem<'_>, teams: &TeamRows<'_>) -> (Vec<Node>, i64) {
    let reps = &dealing.batch.reps.list;
    let sum =
        |team: Leaf, of: &dyn Fn(RepIndex) -> u64| -> u64 { members(problem, teams, team).map(of).sum() };
    let weight = |rep: RepIndex| u64::from(reps[rep.at()].weight.0);
    let sums: Vec<u64> = (0..teams.teams().len()).map(|team| sum(team, &weight)).collect();
    let turns: Vec<i128> = (sums.iter().enumerate())
        .map(|(team, &weight)| ahead(dealing, members(problem, teams, team), weight))
        .collect();
    let own = |team: TeamIndex| {
        let name = &dealing.teams.names[team.at()];
        let of_file = dealing.batch.teams.iter().find(|of_file| of_file.name == *name)?;
        of_file.weight.map(|weight| u64::from(weight.0))
    };
    let weights: Vec<u64> = (sums.iter().zip(teams.teams()))
        .map(|(&sum, &team)| own(team).unwrap_or(sum))
        .collect();
    let fairness = Fairness::new(&weights, &turns);
    let waiting = waiting(dealing);
    let node = |(team, &weight): (Leaf, &u64)| {
        let waiting = waiting[teams.teams()[team].at()];
        let room = sum(team, &|rep| u64::from(dealing.loads.room(rep)));
        let open = sum(team, &|rep| u64::from(dealing.loads.open(rep)));
        let served = sum(team, &|rep| dealing.loads.served(rep));
        let ceiling = members(problem, teams, team)
            .map(|rep| dealing.shares.ceiling(&reps[rep.at()]))
            .sum();
        Node {
            balance: dealing.shares.balance(ceiling, open + waiting),
            fairness: fairness.slope(weight, served + waiting, turns[team]),
            ..Node::with_room(u32::try_from(room.saturating_sub(waiting)).unwrap_or(u32::MAX))
        }
    };
    let nodes = weights.iter().enumerate().map(node).collect();
    (nodes, fairness.unit())
}

/// How far ahead of the clock a team of so much weight is: its members' mean by weight, in turn units.
fn ahead(dealing: &Dealing<'_>, members: impl Iterator<Item = RepIndex>, weight: u64) -> i128 {
    let of = |rep: RepIndex| {
        let own = i128::from(dealing.batch.reps.list[rep.at()].weight.0);
        (dealing.served.ahead(rep) / i128::from(weight.max(1))).saturating_mul(own)
    };
    members.map(of).fold(0, i128::saturating_add)
}

/// For each team of the roster the leads that it has and that no member has yet.
fn waiting(dealing: &Dealing<'_>) -> Vec<u64> {
    let mut waiting = vec![0; dealing.teams.names.len()];
    for deal in dealing.deals.iter().flatten() {
        if let (None, Some(team)) = (deal.rep, deal.team) {
            waiting[team.at()] += 1;
        }
    }
    waiting
}

/// Gives the leads of every class to its teams, both in order.
fn hand_out(
    dealing: &mut Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    teams: &TeamRows<'_>,
    solution: &Solution,
) {
    let mut scores = vec![FORBIDDEN; problem.reps().len()];
    let mut best = vec![FORBIDDEN; teams.teams().len()];
    let mut flow = solution.flow.as_slice();
    for class in 0..problem.classes().len() {
        let own = flow.partition_point(|&(of, _, _)| of <= class);
        let (of_class, rest) = flow.split_at(own);
        flow = rest;
        problem.own(class, &mut scores);
        teams.best(&scores, &mut best);
        let rivals = Rivals::new(&scores);
        let mut leads = problem.classes().leads(class);
        for &(_, team, count) in of_class {
            let (given, left) = leads.split_at(count as usize);
            let of_team = |leaf: Leaf| teams.leaves_of_reps()[leaf] == Some(team);
            let face = units::face(problem, class, of_team).or_else(|| rivals.best_where(of_team));
            if let Some(face) = face {
                let why = problem.unit(class).map(|unit| units::gathered(unit, Whole::Team));
                give(dealing, at, problem, teams, &rivals, (face, why), given);
            }
            leads = left;
        }
        if !leads.is_empty() {
            let places = (0..best.len())
                .filter(|&team| best[team] != FORBIDDEN)
                .filter_map(|team| {
                    let face = rivals.best_where(|leaf| teams.leaves_of_reps()[leaf] == Some(team))?;
                    Some((problem.reps()[face], solution.greatest[team], best[team]))
                });
            let first = rivals.best().map(|face| problem.reps()[face]);
            let reason = units::left(dealing, at, problem, class).unwrap_or_else(|| {
                let limited = undealt::limited(dealing, problem, class, &rivals);
                let shortage = Shortage::priced(limited, problem.tier_of(class), places, first);
                undealt::of_class(dealing, at, problem, class, shortage.as_ref())
            });
            dealing.leave(leads, reason);
        }
    }
}

/// Gives leads of one class to the team of its best eligible member, the team's face.
fn give(
    dealing: &mut Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    teams: &TeamRows<'_>,
    rivals: &Rivals<'_>,
    (face, why): (Leaf, Option<Why>),
    leads: &[LeadIndex],
) {
    let (reps, leaves) = (problem.reps(), teams.leaves_of_reps());
    let score = |leaf: Leaf| Points(i64::from(rivals.score(leaf)));
    let team = dealing.teams.of[reps[face].at()];
    for &lead in leads {
        dealing.lead_teams[lead.at()] = team;
        dealing.deals[lead.at()] = Some(Deal {
            rep: None,
            team,
            by: By::Pass(at),
            score: score(face),
            parts: dealing.rules.points(lead, reps[face]).parts,
            distance_km: dealing.rules.distance_km(dealing.batch, lead, reps[face]),
            why: why.clone().unwrap_or(Why::Team),
            runner_up: rivals
                .best_where(|leaf| leaves[leaf] != leaves[face])
                .map(|other| (reps[other], score(other))),
            former: dealing.rules.former.get(&lead).copied(),
        });
    }
}
