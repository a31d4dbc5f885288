//! Leads at prices: what they keep, the pairs that disagree, and which moves would lose nothing.

use super::instance::{Instance, NEVER, Up};
use super::optimal::{Envy, SHOWN};
use super::price::{Kept, Price, Sum};
use super::square::Square;

/// What leads come to at one price for each leaf.
pub(crate) struct Tight {
    /// What the leads keep together, each where it keeps most.
    pub bound: Sum,
    /// The first few pairs at which lead and prices disagree.
    pub envies: Vec<Envy>,
    /// Leaf to leaf: a lead at the first keeps as much at the second.
    level: Square,
    /// Leaves at whose price a lead that is left out would gain nothing.
    entered: Vec<bool>,
    /// Leaves at whose price a lead that they hold would lose nothing by being left out.
    left: Vec<bool>,
}

impl Tight {
    /// Before any lead.
    pub fn new(leaves: usize, tiers: usize) -> Self {
        Self {
            bound: Sum::zero(tiers),
            envies: Vec::new(),
            level: Square::new(leaves),
            entered: vec![false; leaves],
            left: vec![false; leaves],
        }
    }

    /// Adds what other leads come to.
    pub fn join(&mut self, mut other: Self) {
        self.bound.join(&other.bound);
        self.envies.append(&mut other.envies);
        self.envies.sort_unstable();
        self.envies.truncate(SHOWN);
        self.level.join(&other.level);
        either(&mut self.entered, &other.entered);
        either(&mut self.left, &other.left);
    }

    /// Adds the lead at a position, given its row.
    pub fn look(&mut self, at: usize, up: &Up, row: &[i32], prices: &[Price]) {
        let out = Kept::out(up.rank);
        let held = up.holder.map_or(out, |leaf| prices[leaf].keeps(row[leaf].max(0)));
        let (mut best, mut best_leaf) = (out, None);
        for (leaf, (&score, price)) in row.iter().zip(prices).enumerate() {
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
        if let Some(holder) = up.holder.filter(|_| held == out) {
            self.left[holder] = true;
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

    /// Leaves whose price nothing holds up: neither the cost of their last place, nor a lead left out,
    /// nor a lead at a leaf whose own price is held up.
    pub fn not_least(&self, instance: &Instance, prices: &[Price]) -> Vec<usize> {
        let mut held = self.entered.clone();
        for (at, leaf) in instance.leaves.iter().enumerate() {
            let (price, load) = (prices[at], instance.loads[at]);
            held[at] |= price == Price::default() || (load > 0 && price == leaf.cost(load));
        }
        unreached(held, |from, to| self.level.has(from, to))
    }

    /// Leaves whose price nothing holds down: neither the cost of their next place, nor a lead that could
    /// be left out, nor a lead that could go to a leaf whose own price is held down. The price of a leaf
    /// without places has to be the one beyond every other.
    pub fn not_greatest(&self, instance: &Instance, prices: &[Price]) -> Vec<usize> {
        let mut held = self.left.clone();
        for (at, leaf) in instance.leaves.iter().enumerate() {
            let (price, load) = (prices[at], instance.loads[at]);
            held[at] |= load < u64::from(leaf.room) && price == leaf.cost(load + 1);
            held[at] |= leaf.room == 0 && price == Price::UNBOUNDED;
        }
        unreached(held, |from, to| self.level.has(to, from))
    }
}

fn either(own: &mut [bool], other: &[bool]) {
    for (own, more) in own.iter_mut().zip(other) {
        *own |= more;
    }
}

/// Leaves that no way leads to from those reached already.
fn unreached(mut reached: Vec<bool>, leads: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut open: Vec<usize> = (0..reached.len()).filter(|&leaf| reached[leaf]).collect();
    while let Some(from) = open.pop() {
        for (to, reached) in reached.iter_mut().enumerate() {
            if !*reached && leads(from, to) {
                *reached = true;
                open.push(to);
            }
        }
    }
    (0..reached.len()).filter(|&leaf| !reached[leaf]).collect()
}
