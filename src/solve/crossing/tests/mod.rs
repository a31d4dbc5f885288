//! Deals within crossing limits against brute force, against their own certificates, and at size.

mod large;
mod tiny;
mod units;

use super::{Certificate, Crossed, Crossing, Level, solve};
use crate::model::TierIndex;
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Node, Options, Rows, Slope, Tree};

/// A problem with its matrix written out.
#[derive(Clone, Debug)]
struct Problem {
    supply: Vec<u32>,
    tier: Vec<Option<u8>>,
    worth: Vec<i32>,
    category: Vec<usize>,
    scores: Vec<Vec<i32>>,
    leaves: usize,
    /// How many tiers.
    tiers: usize,
    tree: Tree,
    limits: Vec<Crossing>,
    /// Classes of one lead that go to one leaf, or to none.
    units: Vec<Vec<Class>>,
}

impl Rows for Problem {
    fn classes(&self) -> usize {
        self.supply.len()
    }
    fn leaves(&self) -> usize {
        self.leaves
    }
    fn supply(&self, class: Class) -> u32 {
        self.supply[class]
    }
    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.tier[class].map(TierIndex)
    }
    fn worth(&self, class: Class) -> i32 {
        self.worth[class]
    }
    fn category(&self, class: Class) -> usize {
        self.category[class]
    }
    fn row(&self, class: Class, out: &mut [i32]) {
        out.copy_from_slice(&self.scores[class]);
    }
}

/// What a deal is worth: leads by tier, leads towards minimums, net units, fairness as a loss.
type Worth = Vec<i128>;

impl Problem {
    fn crossed(&self, threads: usize) -> Crossed {
        let options = Options {
            threads,
            progress: &|_| (),
        };
        solve(self, &self.tree, &self.limits, &self.units, &options).expect("small")
    }

    /// The node and all above it.
    fn chain(&self, node: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(node, |&node| self.tree.nodes[node].parent)
    }

    /// What a lead of a class brings at a leaf that may take it.
    fn gain(&self, class: Class, leaf: Leaf) -> Option<Worth> {
        let score = self.scores[class][leaf];
        (score != FORBIDDEN).then(|| {
            let mut gain = vec![0; self.tiers + 3];
            if let Some(tier) = self.tier[class] {
                gain[usize::from(tier)] = 1;
            }
            gain[self.tiers + 1] = i128::from(score) + i128::from(self.worth[class]);
            gain
        })
    }

    /// What nodes with so many leads cost, as a loss.
    fn costs(&self, loads: &[u64]) -> Worth {
        let mut sum = vec![0; self.tiers + 3];
        for (node, &load) in self.tree.nodes.iter().zip(loads) {
            sum[self.tiers] += i128::from(load.min(node.minimum.into()));
            for k in 1..=load {
                sum[self.tiers + 1] -= units(&node.balance, k);
                sum[self.tiers + 2] -= units(&node.fairness, k);
            }
        }
        sum
    }

    /// Whether loads of nodes are within their bounds; floors only if asked for.
    fn is_within(&self, loads: &[u64], floors: bool) -> bool {
        (self.tree.nodes.iter().zip(loads))
            .all(|(node, &load)| load <= node.room.into() && (!floors || load >= node.floor.into()))
    }

    /// Checks that a deal keeps all bounds and is what it says; returns what it is worth.
    fn value(&self, crossed: &Crossed) -> Worth {
        let mut left = self.supply.clone();
        let mut loads = vec![0u64; self.tree.nodes.len()];
        let mut held = vec![0u64; self.limits.len()];
        let mut worth = vec![0; self.tiers + 3];
        for &(class, leaf, count) in &crossed.solution.flow {
            left[class] -= count;
            let category = self.category[class];
            for node in self.chain(Some(self.tree.entry[category][leaf])) {
                loads[node] += u64::from(count);
            }
            for (held, limit) in held.iter_mut().zip(&self.limits) {
                *held += u64::from(if limit.holds(category, leaf) { count } else { 0 });
            }
            let gain = self.gain(class, leaf).expect("eligible");
            worth = plus(
                &worth,
                &gain.iter().map(|level| level * i128::from(count)).collect(),
            );
        }
        for (class, left) in left.into_iter().enumerate() {
            for node in self.chain(self.tree.out[self.category[class]]) {
                loads[node] += u64::from(left);
            }
        }
        assert!(self.is_within(&loads, true), "a bound of the tree is broken");
        assert!(
            held.iter()
                .zip(&self.limits)
                .all(|(&held, limit)| held <= limit.room.into())
        );
        for unit in &self.units {
            let at = |class: &Class| {
                (crossed.solution.flow.iter())
                    .find(|(of, _, _)| of == class)
                    .map(|of| of.1)
            };
            assert!(
                unit.iter().all(|class| at(class) == at(&unit[0])),
                "a unit is parted"
            );
        }
        assert_eq!(crossed.loads, held);
        assert_eq!(crossed.solution.loads, loads);
        plus(&worth, &self.costs(&loads))
    }

    /// Checks what a certificate says, by plain arithmetic.
    fn check(&self, certificate: &Certificate) {
        let weights = &certificate.weights;
        let last = match certificate.level {
            Level::Tier(tier) => tier.at(),
            Level::Minimums => self.tiers,
            Level::Points | Level::Fairness => self.tiers + 1,
        };
        let mut counts = weights.tiers.clone();
        counts.extend([weights.minimum, weights.unit]);
        let weighted = |worth: &Worth| -> i128 {
            counts
                .iter()
                .zip(worth)
                .take(last + 1)
                .map(|(count, level)| count * level)
                .sum()
        };
        let price = |node: Option<usize>| self.chain(node).map(|node| certificate.nodes[node]).sum::<i128>();
        let mut bound = 0;
        for class in 0..self.classes() {
            let category = self.category[class];
            let at = |leaf: Leaf| {
                let limits = self.limits.iter().zip(&certificate.limits);
                let paid = limits
                    .filter(|(limit, _)| limit.holds(category, leaf))
                    .map(|(_, price)| price);
                let gain = self.gain(class, leaf)?;
                let node = self.tree.entry[category][leaf];
                Some(weighted(&gain) - price(Some(node)) - paid.sum::<i128>())
            };
            let worth = (0..self.leaves)
                .filter_map(at)
                .chain([-price(self.tree.out[category])]);
            bound += worth.max().expect("one at least") * i128::from(self.supply[class]);
        }
        let leads: u32 = self.supply.iter().sum();
        for (at, node) in self.tree.nodes.iter().enumerate() {
            let worth = |k: u32| {
                let mut cost = vec![0; self.tiers + 2];
                cost[self.tiers] = i128::from(k <= node.minimum);
                cost[self.tiers + 1] = -units(&node.balance, k.into());
                certificate.nodes[at] + weighted(&cost)
            };
            bound += (1..=node.floor).map(worth).sum::<i128>();
            bound += (node.floor + 1..=node.room.min(leads))
                .map(|k| worth(k).max(0))
                .sum::<i128>();
        }
        let rooms = self.limits.iter().zip(&certificate.limits);
        bound += rooms
            .map(|(limit, price)| i128::from(limit.room) * price)
            .sum::<i128>();
        assert!(certificate.limits.iter().all(|&price| price >= 0));
        assert_eq!(bound, certificate.bound, "{certificate:?}");
    }
}

fn units(slope: &Slope, k: u64) -> i128 {
    slope.cost(k).expect("small").into()
}

fn plus(one: &Worth, other: &Worth) -> Worth {
    one.iter().zip(other).map(|(a, b)| a + b).collect()
}
