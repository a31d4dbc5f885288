//! Whether a pass is the best deal there is: every pair against the stored potentials.
//!
//! Problem: leads with a tier and a score at each leaf, leaves with room and convex costs; most leads by
//! tier, then points less balance, then least fairness cost. For any potentials `p` the sum of
//! `max(0, value of the lead at a leaf - p)` over leads and `max(0, p - cost of a place)` over places
//! bounds every deal from above (weak duality of the linear program), level by level; the deal is the
//! best where it meets the bound. The least and the greatest potentials that do are unique. One look at every pair: O(leads x leaves).

use super::instance::{Instance, Leaf, NEVER, RowReader};
use super::price::{Price, Sum};
use super::scan;
use super::tight::Tight;
use std::ops::Range;

/// How many disagreeing pairs are kept.
pub(crate) const SHOWN: usize = 5;

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
    /// Leaves whose greatest potential is not that.
    pub not_greatest: Vec<usize>,
    /// Pairs looked at.
    pub pairs: u64,
}

/// The stored potentials of a pass, one for each leaf.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prices<'a> {
    /// The least that prove it.
    pub least: &'a [Price],
    /// The greatest.
    pub greatest: &'a [Price],
}

/// What one thread gathers.
struct Gathered<'a> {
    reader: RowReader<'a>,
    row: Vec<i32>,
    objective: Sum,
    /// At the least potentials.
    least: Tight,
    /// At the greatest.
    greatest: Tight,
}

/// Checks a pass against potentials.
pub(crate) fn check(instance: &Instance, prices: Prices, begun: &(dyn Fn(usize) + Sync)) -> Checked {
    let Gathered {
        mut objective,
        mut least,
        greatest,
        ..
    } = gather(instance, prices, begun);
    let scores = objective.points;
    let most = u64::try_from(instance.ups.len()).unwrap_or(u64::MAX);
    for (at, (leaf, &load)) in instance.leaves.iter().zip(&instance.loads).enumerate() {
        for k in 1..=load {
            let cost = leaf.cost(k);
            let (points, fairness) = (-i128::from(cost.points), -i128::from(cost.fairness));
            objective.add(0, 0, points, fairness);
        }
        places(leaf, prices.least[at], most, &mut least.bound);
    }
    Checked {
        misfits: misfits(instance, prices.least),
        not_least: least.not_least(instance, prices.least),
        not_greatest: not_greatest(instance, prices.greatest, &greatest),
        objective,
        bound: least.bound,
        scores,
        envies: least.envies,
        pairs: most * u64::try_from(instance.leaves.len()).unwrap_or(0),
    }
}

fn gather<'a>(instance: &Instance<'a>, prices: Prices, begun: &(dyn Fn(usize) + Sync)) -> Gathered<'a> {
    let make = || Gathered::new(instance);
    let found = scan::fold(instance.ups.len(), begun, &make, &|own, range| {
        own.look(instance, prices, range);
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
            objective: Sum::zero(instance.tiers),
            least: Tight::new(leaves, instance.tiers),
            greatest: Tight::new(leaves, instance.tiers),
        }
    }

    fn join(&mut self, other: Self) {
        self.objective.join(&other.objective);
        self.least.join(other.least);
        self.greatest.join(other.greatest);
    }

    fn look(&mut self, instance: &Instance, prices: Prices, range: Range<usize>) {
        for at in range {
            let up = &instance.ups[at];
            (self.reader)(up.lead, &mut self.row);
            if let Some(leaf) = up.holder {
                self.objective
                    .add(up.rank, 1, i128::from(self.row[leaf].max(0)), 0);
            }
            self.least.look(at, up, &self.row, prices.least);
            self.greatest.look(at, up, &self.row, prices.greatest);
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

/// Leaves whose potential does not fit the cost of their places.
fn misfits(instance: &Instance, potentials: &[Price]) -> Vec<usize> {
    (0..potentials.len())
        .filter(|&at| !fits(&instance.leaves[at], potentials[at], instance.loads[at]))
        .collect()
}

/// Tells whether a price lies between the cost of the last place taken and of the next one free.
fn fits(leaf: &Leaf, price: Price, load: u64) -> bool {
    let room = u64::from(leaf.room);
    price >= Price::default()
        && load <= room
        && (load == 0 || price >= leaf.cost(load))
        && (load == room || price <= leaf.cost(load + 1))
}

/// Leaves whose greatest potential is not that: something is wrong with its bound from above, with the
/// cost of its places, or with the leads that it holds.
fn not_greatest(instance: &Instance, potentials: &[Price], tight: &Tight) -> Vec<usize> {
    let mut wrong = tight.not_greatest(instance, potentials);
    wrong.extend(misfits(instance, potentials));
    if wrong.is_empty() {
        let leaf = |envy: &Envy| instance.ups[envy.up].holder.or(envy.leaf);
        wrong.extend(tight.envies.iter().filter_map(leaf));
    }
    wrong.sort_unstable();
    wrong.dedup();
    wrong
}

#[cfg(test)]
mod tests {
    use super::super::tiny::{self, Tiny};
    use super::*;
    use proptest::prelude::*;

    fn look(tiny: &Tiny, holders: &[Option<usize>], least: &[Price], greatest: &[Price]) -> Checked {
        let prices = Prices { least, greatest };
        tiny.with(holders, |instance| check(instance, prices, &|_| ()))
    }

    fn sound(checked: &Checked) -> bool {
        checked.objective == checked.bound
            && checked.envies.is_empty()
            && checked.misfits.is_empty()
            && checked.not_least.is_empty()
            && checked.not_greatest.is_empty()
    }

    proptest! {
        #[test]
        fn the_best_deal_is_proven_by_its_potentials(tiny in tiny::any()) {
            let (holders, value) = tiny.best(None).expect("leaving all out is legal");
            let checked = look(&tiny, &holders, &tiny.potentials(&holders), &tiny.greatest(&holders));
            prop_assert_eq!(&checked.objective, &value);
            prop_assert!(sound(&checked), "{:?}", checked);
        }

        #[test]
        fn a_legal_deal_is_proven_exactly_when_it_is_as_good_as_the_best(tiny in tiny::any()) {
            let (best, value) = tiny.best(None).expect("leaving all out is legal");
            let (least, greatest) = (tiny.potentials(&best), tiny.greatest(&best));
            for holders in tiny.deals(None).step_by(7) {
                let Some(other) = tiny.value(&holders) else { continue };
                let checked = look(&tiny, &holders, &least, &greatest);
                prop_assert_eq!(&checked.objective, &other);
                prop_assert_eq!(&checked.bound, &value);
                prop_assert_eq!(sound(&checked), other == value, "{:?}", checked);
            }
        }

        #[test]
        fn every_other_potential_is_found(tiny in tiny::any(), at in 0usize..3, by in -2i64..=2, fair in -2i64..=2) {
            let (holders, _) = tiny.best(None).expect("leaving all out is legal");
            let (least, greatest) = (tiny.potentials(&holders), tiny.greatest(&holders));
            let at = at % least.len();
            let altered = |potentials: &[Price]| {
                let mut altered = potentials.to_vec();
                altered[at].points += by;
                altered[at].fairness += fair;
                altered
            };
            let same = by == 0 && fair == 0;
            prop_assert_eq!(sound(&look(&tiny, &holders, &altered(&least), &greatest)), same);
            let checked = look(&tiny, &holders, &least, &altered(&greatest));
            prop_assert_eq!(sound(&checked), same);
            prop_assert_eq!(checked.not_greatest.is_empty(), same, "somebody is named");
        }

        #[test]
        fn any_potentials_bound_every_deal(tiny in tiny::any(), points in prop::collection::vec(0i64..50, 3), rank in 0i32..=2) {
            let (holders, value) = tiny.best(None).expect("leaving all out is legal");
            let potentials: Vec<Price> = points[..tiny.leaves.len()]
                .iter()
                .map(|&points| Price { rank, points, fairness: 3 })
                .collect();
            prop_assert!(look(&tiny, &holders, &potentials, &potentials).bound >= value);
        }

        #[test]
        fn a_lead_left_out_lost_by_what_letting_it_in_loses(tiny in tiny::any()) {
            let (holders, value) = tiny.best(None).expect("leaving all out is legal");
            let greatest = tiny.greatest(&holders);
            let left_out = (0..holders.len()).filter(|&lead| holders[lead].is_none());
            for (lead, leaf) in left_out.flat_map(|lead| (0..greatest.len()).map(move |leaf| (lead, leaf))) {
                let (score, price) = (tiny.rows[lead][leaf], greatest[leaf]);
                if score == NEVER {
                    continue;
                }
                let Some((_, forced)) = tiny.best(Some((lead, leaf))) else {
                    prop_assert_eq!(price, Price::UNBOUNDED);
                    continue;
                };
                let mut lost = Sum::zero(tiny::TIERS);
                lost.add(price.rank, 1, (price.points - i64::from(score)).into(), price.fairness.into());
                lost.add(tiny.ranks[lead], -1, 0, 0);
                prop_assert_eq!(lost, value.less(&forced));
            }
        }
    }
}
