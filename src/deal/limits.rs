//! Limits in a pass that is solved as a whole: what is left of them as trees for the solver, and the solver's
//! prices as prices of own places and of limits.

use super::dealing::Dealing;
use super::levels::{Scale, price, price_of, small};
use super::proof;
use super::rivals::Stop;
use crate::model::{
    Deal, LeadIndex, LevelBound, LevelGap, LimitPrice, LimitProof, PassIndex, Proof, RepIndex, TeamIndex,
    TierIndex, Worth,
};
use crate::problem::{
    Cap, Categories, LimitPlace, Member, Plan, PlanNode, Problem, Reach, Reached, Stand, Stood, TeamRows,
    of_reps, of_teams, said,
};
use crate::solve::crossing::{Certificate, Crossed, Crossing, Gap, Level};
use crate::solve::transport::{Class, Leaf, Node, Rows, Slope, Solution, Tree};

/// A plan with what it was made of.
#[derive(Debug)]
pub(super) struct Laid {
    plan: Plan,
    /// How many leaves there are.
    leaves: usize,
}

impl Laid {
    fn new(categories: Categories, reach: &Reach, caps: Vec<Cap>, rooms: &[u32]) -> Self {
        Self {
            plan: Plan::new(categories, reach, caps, rooms),
            leaves: rooms.len(),
        }
    }
}

/// What is left of the limits for the reps of a pass; nothing where the rules have none.
pub(super) fn plan(dealing: &Dealing<'_>, problem: &Problem<'_>) -> Option<Laid> {
    if dealing.limits.limits().is_empty() {
        return None;
    }
    let categories = Categories::of(problem, &dealing.limits);
    let caps = of_reps(&dealing.limits, &categories, problem.reps());
    let rooms: Vec<u32> = problem
        .reps()
        .iter()
        .map(|&rep| dealing.loads.room(rep))
        .collect();
    let reach = categories.reach(problem);
    Some(Laid::new(categories, &reach, caps, &rooms))
}

/// The same for a pass that grants wishes, without minimums: there the sum of wishes alone counts.
pub(super) fn plan_of_wishes(
    dealing: &Dealing<'_>,
    problem: &Problem<'_>,
    wishes: &dyn Rows,
    rooms: &[u32],
) -> Option<Laid> {
    if dealing.limits.limits().is_empty() {
        return None;
    }
    let categories = Categories::of(problem, &dealing.limits);
    let mut caps = of_reps(&dealing.limits, &categories, problem.reps());
    caps.retain(|cap| cap.room.is_some());
    for cap in &mut caps {
        cap.minimum = 0;
    }
    let reach = categories.reach(wishes);
    Some(Laid::new(categories, &reach, caps, rooms))
}

/// The same for the teams of a pass, given their rooms.
pub(super) fn plan_of_teams(
    dealing: &Dealing<'_>,
    problem: &Problem<'_>,
    teams: &TeamRows<'_>,
    rooms: &[u32],
) -> Option<Laid> {
    if dealing.limits.limits().is_empty() {
        return None;
    }
    let categories = Categories::of(problem, &dealing.limits);
    let reps = problem.reps().iter().zip(teams.leaves_of_reps());
    let member = |(&rep, &leaf): (&RepIndex, &Option<Leaf>)| {
        let room = dealing.loads.room(rep);
        leaf.map(|leaf| Member { rep, leaf, room })
    };
    let members: Vec<Member> = reps.filter_map(member).collect();
    let waiting = |limit: usize, team: TeamIndex| -> u64 {
        let holds = &dealing.limits.limits()[limit];
        let waits = |(lead, deal): &(usize, &Option<Deal>)| {
            let here = |deal: &Deal| deal.rep.is_none() && deal.team == Some(team);
            deal.as_ref().is_some_and(here) && holds.holds(LeadIndex::new(*lead))
        };
        dealing.deals.iter().enumerate().filter(waits).count() as u64
    };
    let caps = of_teams(&dealing.limits, &categories, teams.teams(), &members, waiting);
    let reach = categories.reach(teams);
    Some(Laid::new(categories, &reach, caps, rooms))
}

/// A pass that was solved with limits.
#[derive(Debug)]
pub(super) struct Limited {
    plan: Plan,
    /// The own price of every node.
    prices: Vec<Worth>,
    /// Leads towards the minimums that were asked for, and the most there can be.
    minimums: u64,
    minimums_bound: u64,
    /// What bounds the levels that the prices leave open.
    certificates: Vec<Certificate>,
}

/// Solves a pass, given the own node of each leaf, within a plan of limits if there is one.
///
/// Potentials and prices are those of the limits that nest, whatever those that cross change.
pub(super) fn solve(
    dealing: &mut Dealing<'_>,
    at: PassIndex,
    (rows, units): (&dyn Rows, &[Vec<Class>]),
    nodes: Vec<Node>,
    laid: Option<Laid>,
) -> (Solution, Option<Limited>) {
    let Some(Laid { plan, leaves }) = laid else {
        let (crossed, tree) = proof::solve(dealing, at, rows, (&[], units), Tree::flat(nodes));
        return (unlimited(crossed, &tree), None);
    };
    let name = &dealing.rules.passes[at.at()].name;
    dealing.notes.extend(said(&plan, dealing.limits.limits(), name));
    let rows = InCategories {
        rows,
        categories: plan.categories.clone(),
    };
    let limits: Vec<Crossing> = plan.crossing().map(|cap| crossing(&plan.caps[cap])).collect();
    let (crossed, of_plan) = proof::solve(dealing, at, &rows, (&limits, units), tree(&plan, &nodes));
    let alone = crossed.alone.as_ref().unwrap_or(&crossed.solution);
    let scale = Scale {
        tiers: &alone.weights.tiers,
        minimum: alone.weights.minimum,
        unit: alone.weights.unit,
    };
    let prices = scale.prices(&plan, &alone.nodes);
    let mut solution = crossed.solution;
    solution.bound = crossed.bound;
    let minimums = minimums(&plan, &solution.loads);
    let more = match crossed.gap {
        Some(Gap {
            level: Level::Minimums,
            at_most,
        }) => u64::try_from(at_most).unwrap_or(u64::MAX),
        _ => 0,
    };
    let held = of_leaves(&plan, &solution.loads, leaves);
    for (node, of) in plan.nodes.iter().enumerate() {
        if let Stood::Leaf(leaf) = of.stood {
            let cost = |slope: &Slope| cost(slope, held[leaf] + 1);
            let of_node = &of_plan.nodes[node];
            let next = (cost(&of_node.balance), cost(&of_node.fairness));
            solution.potentials[leaf] = prices[node].as_potential();
            solution.prices[leaf] = price(&prices[node], next);
        }
    }
    solution.greatest.fill(None);
    let limited = Limited {
        prices,
        minimums,
        minimums_bound: minimums.saturating_add(more),
        certificates: crossed.certificates,
        plan,
    };
    (solution, Some(limited))
}

/// The deal of a pass without limits. Where its units are whole, but those of the best flow are not, potentials are
/// the flow's, and what comes in is not known to lose what they say.
fn unlimited(crossed: Crossed, tree: &Tree) -> Solution {
    let mut solution = crossed.solution;
    if crossed.alone.is_none() {
        return solution;
    }
    solution.bound = crossed.bound;
    if crossed.gap.is_some() {
        solution.greatest.fill(None);
    }
    for (leaf, node) in tree.nodes.iter().enumerate() {
        let next = |slope: &Slope| cost(slope, solution.loads[leaf] + 1);
        let next = (next(&node.balance), next(&node.fairness));
        solution.prices[leaf] = price_of(solution.potentials[leaf], next);
    }
    solution
}

/// A cap that no tree holds as the solver takes it.
fn crossing(cap: &Cap) -> Crossing {
    Crossing {
        categories: cap.cells.clone(),
        leaves: cap.leaves.clone(),
        room: cap.room.unwrap_or(u32::MAX),
    }
}

/// The leads that count towards minimums.
fn minimums(plan: &Plan, loads: &[u64]) -> u64 {
    let counts = plan.nodes.iter().zip(loads);
    counts
        .map(|(node, &load)| load.min(u64::from(node.minimum)))
        .sum()
}

/// The leads that each leaf got.
fn of_leaves(plan: &Plan, loads: &[u64], leaves: usize) -> Vec<u64> {
    let mut held = vec![0; leaves];
    for (node, &load) in plan.nodes.iter().zip(loads) {
        if let Stood::Leaf(leaf) = node.stood {
            held[leaf] = load;
        }
    }
    held
}

/// The trees of a plan as the solver takes them.
fn tree(plan: &Plan, leaves: &[Node]) -> Tree {
    let node = |of: &PlanNode| {
        let own = match of.stood {
            Stood::Leaf(leaf) => leaves[leaf],
            Stood::Cap(_) | Stood::LeftOut(_) => Node::with_room(of.room),
        };
        Node {
            parent: of.parent,
            floor: of.floor,
            minimum: of.minimum,
            ..own
        }
    };
    Tree {
        nodes: plan.nodes.iter().map(node).collect(),
        entry: plan.entry.clone(),
        out: plan.out.clone(),
    }
}

/// The cost of the `k`-th lead.
fn cost(slope: &Slope, k: u64) -> i64 {
    let odd = 2 * (i128::from(slope.start) + i128::from(k)) - 1;
    let grown = (i128::from(slope.numerator) * odd).div_euclid(i128::from(slope.denominator.max(1)));
    small(grown + i128::from(slope.offset))
}

/// Rows whose classes are in categories.
struct InCategories<'a> {
    rows: &'a dyn Rows,
    categories: Categories,
}

impl Rows for InCategories<'_> {
    fn classes(&self) -> usize {
        self.rows.classes()
    }

    fn leaves(&self) -> usize {
        self.rows.leaves()
    }

    fn supply(&self, class: Class) -> u32 {
        self.rows.supply(class)
    }

    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.rows.tier(class)
    }

    fn worth(&self, class: Class) -> i32 {
        self.rows.worth(class)
    }

    fn category(&self, class: Class) -> usize {
        self.categories.category(class)
    }

    fn row(&self, class: Class, out: &mut [i32]) {
        self.rows.row(class, out);
    }
}

impl Limited {
    /// Adds to the proof of the pass what limits add; `reps` stand for the leaves.
    pub(super) fn complete(&self, dealing: &Dealing<'_>, reps: &[RepIndex], proof: &mut Proof) {
        let beyond_tiers = !matches!(proof.gap, Some(LevelGap::Tier(_)));
        if self.minimums != self.minimums_bound && beyond_tiers {
            proof.gap = Some(LevelGap::Minimums);
        }
        proof.limits = Some(self.proof(dealing, reps));
    }

    fn proof(&self, dealing: &Dealing<'_>, reps: &[RepIndex]) -> LimitProof {
        let mut own = vec![Worth::default(); reps.len()];
        let mut of_caps = vec![Worth::default(); self.plan.caps.len()];
        for (node, price) in self.plan.nodes.iter().zip(&self.prices) {
            match node.stood {
                Stood::Leaf(leaf) => own[leaf] = price.clone(),
                Stood::Cap(cap) | Stood::LeftOut(cap) => of_caps[cap] = price.clone(),
            }
        }
        let prices = of_caps.into_iter().enumerate();
        LimitProof {
            minimums: self.minimums,
            minimums_bound: i64::try_from(self.minimums_bound).unwrap_or(i64::MAX),
            own: reps.iter().copied().zip(own).collect(),
            prices: prices
                .map(|(cap, price)| self.price(dealing, cap, price))
                .collect(),
            levels: self
                .certificates
                .iter()
                .map(|of| self.level(of, reps.len()))
                .collect(),
        }
    }

    /// A certificate by reps and caps.
    fn level(&self, certificate: &Certificate, reps: usize) -> LevelBound {
        let (mut own, mut prices) = (vec![0; reps], vec![0; self.plan.caps.len()]);
        for (node, &price) in self.plan.nodes.iter().zip(&certificate.nodes) {
            match node.stood {
                Stood::Leaf(leaf) => own[leaf] = price,
                Stood::Cap(cap) => prices[cap] = price,
                // to be left out is worth what a place is
                Stood::LeftOut(cap) => prices[cap] = -price,
            }
        }
        for (cap, &price) in self.plan.crossing().zip(&certificate.limits) {
            prices[cap] = price;
        }
        let weights = &certificate.weights;
        LevelBound {
            tiers: weights.tiers.clone(),
            minimum: weights.minimum,
            unit: weights.unit,
            own,
            prices,
        }
    }

    fn price(&self, dealing: &Dealing<'_>, at: usize, price: Worth) -> LimitPrice {
        let cap = &self.plan.caps[at];
        let (held, team) = match cap.place {
            LimitPlace::Group(group) => {
                let limit = cap.limit;
                (Some(dealing.limits.held(Reached { limit, group })), None)
            }
            LimitPlace::Team(team) => (None, Some(team)),
        };
        let is_asked = self.plan.stands[at] == Stand::Leaves;
        LimitPrice {
            limit: dealing.limits.limits()[cap.limit].name.clone(),
            held,
            team,
            asked: if is_asked { cap.minimum } else { 0 },
            price,
        }
    }

    /// The limit that keeps a lead of the pass with its holder and from another rep, after the pass.
    pub(super) fn stop(
        &self,
        dealing: &Dealing<'_>,
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
            let mut caps = self.plan.caps.iter().zip(&self.plan.stands);
            caps.any(|(cap, stand)| of(cap) && *stand == Stand::Leaves)
        };
        let missed = tally.missed(lead, rep, team, holder, asked)?;
        Some(Stop::Minimum(tally.name(missed)))
    }
}
