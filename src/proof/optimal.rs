//! Whether a pass is the best deal there is: every pair against the stored potentials.
//!
//! Problem: leads with a tier and a score at each leaf, leaves with room and convex costs; most leads by
//! tier, then points less balance, then least fairness cost. For any potentials `p` the sum of
//! `max(0, value of the lead at a leaf - p)` over leads and `max(0, p - cost of a place)` over places
//! bounds every deal from above (weak duality of the linear program), level by level; the deal is the
//! best where it meets the bound. One look at every pair: O(leads x leaves).

use super::instance::{Instance, Leaf, NEVER, RowReader};
use super::price::{Kept, Price, Sum};
use super::scan;
use super::square::Square;
use std::ops::Range;

/// How many disagreeing pairs are kept.
const SHOWN: usize = 5;

/// A pair at which the deal and the potentials disagree: the lead would keep more there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Envy {
    /// The position of the lead among those of the pass.
    pub up: usize,
    /// The leaf that it would rather be at; absent: it had better be left out.
    pub leaf: Option<usize>,
}

/// What a look at every pair found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checked {
    /// What the deal adds up to; points are net of balance costs, fairness costs count negative.
    pub objective: Sum,
    /// What the potentials say is the most that can be had.
    pub bound: Sum,
    /// The sum of scores alone.
    pub scores: i128,
    /// The first few pairs at which lead and potentials disagree.
    pub envies: Vec<Envy>,
    /// Leaves whose potential does not fit the cost of their places.
    pub misfits: Vec<usize>,
    /// Leaves whose potential is greater than it need be.
    pub not_least: Vec<usize>,
    /// Pairs looked at.
    pub pairs: u64,
}

/// What one thread gathers.
struct Gathered<'a> {
    reader: RowReader<'a>,
    row: Vec<i32>,
    bound: Sum,
    objective: Sum,
    envies: Vec<Envy>,
    /// Leaf to leaf: a lead at the first keeps as much at the second.
    level: Square,
    /// Leaves at whose potential a lead that is left out would gain nothing.
    entered: Vec<bool>,
}

/// Checks a pass against potentials, one for each leaf.
pub(crate) fn check(instance: &Instance, potentials: &[Price], begun: &(dyn Fn(usize) + Sync)) -> Checked {
    let mut whole = gather(instance, potentials, begun);
    let scores = whole.objective.points;
    let loads = &instance.loads;
    let most = u64::try_from(instance.ups.len()).unwrap_or(u64::MAX);
    let mut misfits = Vec::new();
    for (at, (leaf, &load)) in instance.leaves.iter().zip(loads).enumerate() {
        for k in 1..=load {
            let cost = leaf.cost(k);
            let (points, fairness) = (-i128::from(cost.points), -i128::from(cost.fairness));
            whole.objective.add(0, 0, points, fairness);
        }
        places(leaf, potentials[at], most, &mut whole.bound);
        if !fits(leaf, potentials[at], load) {
            misfits.push(at);
        }
    }
    Checked {
        not_least: not_least(instance, potentials, loads, &whole),
        objective: whole.objective,
        bound: whole.bound,
        scores,
        envies: whole.envies,
        misfits,
        pairs: most * u64::try_from(instance.leaves.len()).unwrap_or(0),
    }
}

fn gather<'a>(instance: &Instance<'a>, potentials: &[Price], begun: &(dyn Fn(usize) + Sync)) -> Gathered<'a> {
    let make = || Gathered::new(instance);
    let found = scan::fold(instance.ups.len(), begun, &make, &|own, range| {
        own.look(instance, potentials, range);
    });
    let mut whole = make();
    for part in found {
        whole.join(part);
    }
    whole
}

impl<'a> Gathered<'a> {
    fn new(instance: &Instance<'a>) -> Self {
        let leaves = instance.leaves.len();
        Self {
            reader: (instance.rows)(),
            row: vec![NEVER; leaves],
            bound: Sum::zero(instance.tiers),
            objective: Sum::zero(instance.tiers),
            envies: Vec::new(),
            level: Square::new(leaves),
            entered: vec![false; leaves],
        }
    }

    fn join(&mut self, mut other: Self) {
        self.bound.join(&other.bound);
        self.objective.join(&other.objective);
        self.envies.append(&mut other.envies);
        self.envies.sort_unstable();
        self.envies.truncate(SHOWN);
        self.level.join(&other.level);
        for (own, more) in self.entered.iter_mut().zip(other.entered) {
            *own |= more;
        }
    }

    fn look(&mut self, instance: &Instance, potentials: &[Price], range: Range<usize>) {
        for at in range {
            let up = &instance.ups[at];
            (self.reader)(up.lead, &mut self.row);
            let out = Kept::out(up.rank);
            let held = up
                .holder
                .map_or(out, |leaf| potentials[leaf].keeps(self.row[leaf].max(0)));
            let (mut best, mut best_leaf) = (out, None);
            for (leaf, (&score, price)) in self.row.iter().zip(potentials).enumerate() {
                if score == NEVER {
                    continue;
                }
                let kept = price.keeps(score);
                if kept > best {
                    (best, best_leaf) = (kept, Some(leaf));
                }
                if kept == held {
                    match up.holder {
                        Some(holder) => self.level.set(holder, leaf),
                        None => self.entered[leaf] = true,
                    }
                }
            }
            if let Some(leaf) = up.holder {
                self.objective
                    .add(up.rank, 1, i128::from(self.row[leaf].max(0)), 0);
            }
            // what is kept is the lead's own tier less that of the price; left out, it is nothing
            self.bound.add(up.rank, 1, 0, 0);
            let (points, fairness) = (i128::from(best.points), i128::from(best.fairness));
            self.bound.add(-best.rank, -1, points, fairness);
            if best > held && self.envies.len() < SHOWN {
                self.envies.push(Envy {
                    up: at,
                    leaf: best_leaf,
                });
            }
        }
    }
}

/// Adds what the places of a leaf bring at a price.
fn places(leaf: &Leaf, price: Price, most: u64, bound: &mut Sum) {
    for k in 1..=most.min(u64::from(leaf.room)) {
        let cost = leaf.cost(k);
        if price <= cost {
            return;
        }
        let points = i128::from(price.points) - i128::from(cost.points);
        let fairness = i128::from(price.fairness) - i128::from(cost.fairness);
        bound.add(price.rank, 1, points, fairness);
    }
}

/// Tells whether a price lies between the cost of the last place taken and of the next one free.
fn fits(leaf: &Leaf, price: Price, load: u64) -> bool {
    let room = u64::from(leaf.room);
    price >= Price::default()
        && load <= room
        && (load == 0 || price >= leaf.cost(load))
        && (load == room || price <= leaf.cost(load + 1))
}

/// Leaves whose potential nothing holds up: neither the cost of their last place, nor a lead left out,
/// nor a lead at a leaf whose own potential is held up.
fn not_least(instance: &Instance, potentials: &[Price], loads: &[u64], whole: &Gathered) -> Vec<usize> {
    let mut held = whole.entered.clone();
    for (at, leaf) in instance.leaves.iter().enumerate() {
        let (price, load) = (potentials[at], loads[at]);
        held[at] |= price == Price::default() || (load > 0 && price == leaf.cost(load));
    }
    let mut open: Vec<usize> = (0..held.len()).filter(|&leaf| held[leaf]).collect();
    while let Some(from) = open.pop() {
        for (to, held) in held.iter_mut().enumerate() {
            if !*held && whole.level.has(from, to) {
                *held = true;
                open.push(to);
            }
        }
    }
    (0..held.len()).filter(|&leaf| !held[leaf]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tiny::{self, Tiny};
    use super::*;
    use proptest::prelude::*;

    fn look(tiny: &Tiny, holders: &[Option<usize>], potentials: &[Price]) -> Checked {
        tiny.with(holders, |instance| check(instance, potentials, &|_| ()))
    }

    fn sound(checked: &Checked) -> bool {
        checked.objective == checked.bound
            && checked.envies.is_empty()
            && checked.misfits.is_empty()
            && checked.not_least.is_empty()
    }

    proptest! {
        #[test]
        fn the_best_deal_is_proven_by_its_least_potentials(tiny in tiny::any()) {
            let (holders, value) = tiny.best(None).expect("leaving all out is legal");
            let checked = look(&tiny, &holders, &tiny.potentials(&holders));
            prop_assert_eq!(&checked.objective, &value);
            prop_assert!(sound(&checked), "{:?}", checked);
        }

        #[test]
        fn a_legal_deal_is_proven_exactly_when_it_is_as_good_as_the_best(tiny in tiny::any()) {
            let (best, value) = tiny.best(None).expect("leaving all out is legal");
            let potentials = tiny.potentials(&best);
            for holders in tiny.deals(None).step_by(7) {
                let Some(other) = tiny.value(&holders) else { continue };
                let checked = look(&tiny, &holders, &potentials);
                prop_assert_eq!(&checked.objective, &other);
                prop_assert_eq!(&checked.bound, &value);
                prop_assert_eq!(sound(&checked), other == value, "{:?}", checked);
            }
        }

        #[test]
        fn every_other_potential_is_found(tiny in tiny::any(), at in 0usize..3, by in -2i64..=2, fair in -2i64..=2) {
            let (holders, _) = tiny.best(None).expect("leaving all out is legal");
            let mut potentials = tiny.potentials(&holders);
            let at = at % potentials.len();
            potentials[at].points += by;
            potentials[at].fairness += fair;
            prop_assert_eq!(sound(&look(&tiny, &holders, &potentials)), by == 0 && fair == 0);
        }

        #[test]
        fn any_potentials_bound_every_deal(tiny in tiny::any(), points in prop::collection::vec(0i64..50, 3), rank in 0i32..=2) {
            let (holders, value) = tiny.best(None).expect("leaving all out is legal");
            let potentials: Vec<Price> = points[..tiny.leaves.len()]
                .iter()
                .map(|&points| Price { rank, points, fairness: 3 })
                .collect();
            prop_assert!(look(&tiny, &holders, &potentials).bound >= value);
        }
    }
}
