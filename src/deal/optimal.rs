//! A pass that deals to all its reps at once, the best way there is.

use super::dealing::{Dealing, Terms};
use super::limits::{self, Limited};
use super::proof::{SOLVED, proof};
use super::ranges::{blocks, in_ranges};
use super::rivals::{After, Rivals};
use super::undealt::{self, Shortage};
use super::units;
use crate::model::{By, Deal, LeadIndex, NotDealt, PassIndex, Points, Proof, RepIndex};
use crate::problem::{Fairness, Problem};
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Node, Solution};
use std::ops::Range;

/// Deals a pass; returns how many leads it dealt, and the proof.
pub(super) fn deal(dealing: &mut Dealing<'_>, at: PassIndex, leads: &[LeadIndex]) -> (u64, Proof) {
    let problem = dealing.problem_of_units(&dealing.rules.passes[at.at()], leads);
    let (nodes, unit) = nodes(dealing, problem.reps());
    let plan = limits::plan(dealing, &problem);
    let (solution, limited) = limits::solve(dealing, at, (&problem, problem.units()), nodes, plan);
    let mut dealt = 0;
    for &(class, leaf, count) in &solution.flow {
        dealing.take(problem.classes().first(class), problem.reps()[leaf], count);
        dealt += u64::from(count);
    }
    for (&rep, &price) in problem.reps().iter().zip(&solution.prices) {
        dealing.prices[rep.at()] = price;
    }
    hand_out(dealing, at, &problem, &solution, limited.as_ref());
    let tiers = dealing.rules.tiers.len();
    let mut proof = proof(&solution, unit, problem.reps(), tiers);
    if let Some(limited) = limited {
        limited.complete(dealing, problem.reps(), &mut proof);
    }
    (dealt, proof)
}

/// One leaf for each rep; with the units of fairness.
fn nodes(dealing: &Dealing<'_>, reps: &[RepIndex]) -> (Vec<Node>, i64) {
    let weight = |rep: RepIndex| u64::from(dealing.batch.reps.list[rep.at()].weight.0);
    let weights: Vec<u64> = reps.iter().map(|&rep| weight(rep)).collect();
    let turns: Vec<i128> = reps.iter().map(|&rep| dealing.served.ahead(rep)).collect();
    let fairness = Fairness::new(&weights, &turns);
    let node = |&rep: &RepIndex| {
        let ceiling = dealing.shares.ceiling(&dealing.batch.reps.list[rep.at()]);
        Node {
            balance: dealing
                .shares
                .balance(ceiling, u64::from(dealing.loads.open(rep))),
            fairness: fairness.slope(weight(rep), dealing.loads.served(rep), dealing.served.ahead(rep)),
            ..Node::with_room(dealing.loads.room(rep))
        }
    };
    let nodes = reps.iter().map(node).collect();
    (nodes, fairness.unit())
}

/// What becomes of leads of a class.
enum Handed<'p> {
    /// A rep gets one.
    Given(LeadIndex, RepIndex, Deal),
    /// Nobody gets these.
    Left(&'p [LeadIndex], NotDealt),
}

/// Gives the leads of every class, in id order, to its leaves, in id order, and says why; what is
/// left gets its reason. Rows, reasons and parts are made once a class, not once a lead.
fn hand_out(
    dealing: &mut Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    solution: &Solution,
    limited: Option<&Limited>,
) {
    let (passes, all) = (dealing.rules.passes.len(), problem.classes().len());
    for block in blocks(all) {
        let end = block.end;
        let pass = &*dealing;
        let handed = in_ranges(dealing.means.threads, block, |classes| {
            hand_out_some(pass, at, problem, (solution, limited), classes)
        });
        for handed in handed.into_iter().flatten() {
            match handed {
                Handed::Given(lead, rep, deal) => dealing.keep(lead, rep, deal),
                Handed::Left(leads, reason) => dealing.leave(leads, reason),
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "progress is a rough number")]
        let handed = end as f64 / all as f64;
        dealing
            .means
            .say(at.at(), passes, SOLVED + (1.0 - SOLVED) * handed);
    }
}

fn hand_out_some<'p>(
    dealing: &Dealing<'_>,
    at: PassIndex,
    problem: &'p Problem<'_>,
    (solution, limited): (&Solution, Option<&Limited>),
    classes: Range<Class>,
) -> Vec<Handed<'p>> {
    let reps = problem.reps();
    let mut row = vec![FORBIDDEN; reps.len()];
    let first = solution.flow.partition_point(|&(of, _, _)| of < classes.start);
    let mut flow = &solution.flow[first..];
    let mut handed = Vec::new();
    for class in classes {
        let own = flow.iter().take_while(|&&(of, _, _)| of == class).count();
        let (of_class, rest) = flow.split_at(own);
        flow = rest;
        problem.own(class, &mut row);
        let rivals = Rivals::new(&row);
        let mut leads = problem.classes().leads(class);
        for &(_, leaf, count) in of_class {
            let terms = terms(dealing, at, problem, class, &rivals, leaf, (solution, limited));
            let (given, left) = leads.split_at(count as usize);
            let deal = |&lead: &LeadIndex| {
                Handed::Given(lead, reps[leaf], dealing.deal(lead, reps[leaf], terms.clone()))
            };
            handed.extend(given.iter().map(deal));
            leads = left;
        }
        if !leads.is_empty() && problem.lock(class).is_none() {
            let places = rivals
                .eligible()
                .map(|leaf| (reps[leaf], solution.greatest[leaf], rivals.score(leaf)));
            let best = rivals.best().map(|leaf| reps[leaf]);
            let reason = units::left(dealing, at, problem, class).unwrap_or_else(|| {
                let held = undealt::limited(dealing, problem, class, &rivals);
                let shortage = Shortage::priced(held, problem.tier_of(class), places, best);
                undealt::of_class(dealing, at, problem, class, shortage.as_ref())
            });
            handed.push(Handed::Left(leads, reason));
        }
    }
    handed
}

fn terms(
    dealing: &Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    class: Class,
    rivals: &Rivals<'_>,
    leaf: Leaf,
    (solution, limited): (&Solution, Option<&Limited>),
) -> Terms {
    let (reps, first) = (problem.reps(), problem.classes().first(class));
    let holder = reps[leaf];
    let after = |leaf: Leaf| After {
        rep: reps[leaf],
        room: dealing.loads.room(reps[leaf]),
        open: dealing.loads.open(reps[leaf]),
        stop: limited.and_then(|limited| limited.stop(dealing, first, reps[leaf], holder)),
    };
    let score = |leaf: Leaf| Points(i64::from(rivals.score(leaf)));
    Terms {
        by: By::Pass(at),
        score: score(leaf),
        parts: dealing.rules.points(first, holder).parts,
        why: units::why(dealing, problem, class, leaf)
            .unwrap_or_else(|| rivals.why(leaf, after, &solution.prices)),
        runner_up: rivals.runner_up(leaf).map(|other| (reps[other], score(other))),
    }
}
