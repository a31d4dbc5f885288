//! A problem, or a sample of it: every so many-th lead, with room in proportion.

use super::number::Number;
use super::packing::{Packing, Scale};
use super::{Node, Rows, Slope, Tree};
use std::cmp::Ordering;

/// The places of a node: how many, and what the lead that takes each costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<N> {
    /// So many are always in use.
    pub(super) floor: u32,
    /// How many.
    pub(super) room: u32,
    wanted: u32,
    balance: Slope,
    fairness: Slope,
    toll: N,
    stride: u64,
    last: u64,
    unit: N,
    minimum: N,
}

impl<N: Number> Places<N> {
    fn of(
        (node, toll): (&Node, N),
        (floor, room): (u32, u32),
        stride: u64,
        leads: u64,
        scale: &Scale<N>,
    ) -> Self {
        Self {
            floor,
            room,
            wanted: node.minimum,
            balance: node.balance,
            fairness: node.fairness,
            toll,
            stride,
            last: leads.min(u64::from(node.room)) + 1,
            unit: scale.unit,
            minimum: scale.minimum,
        }
    }

    /// Tells whether a place costs the same as every other: the toll.
    pub(super) fn is_even(&self) -> bool {
        self.wanted == 0 && self.balance.is_free() && self.fairness.is_free()
    }

    /// The packed cost of the `k`-th lead, 1 the first; in a sample, of the middle one of those it stands for.
    pub(super) fn cost(&self, k: u32) -> N {
        if self.is_even() {
            return self.toll;
        }
        let k = u64::from(k.max(1) - 1) * self.stride + self.stride.div_ceil(2);
        let k = k.min(self.last);
        let units = |slope: &Slope| slope.cost(k).expect("the packing measured the last place");
        let cost = self.unit * N::units(units(&self.balance)) + N::units(units(&self.fairness)) + self.toll;
        if k <= u64::from(self.wanted) {
            cost - self.minimum
        } else {
            cost
        }
    }

    /// How many of the first places cost less than `price` and how many at most that; the floor at least.
    pub(super) fn within(&self, price: N) -> (u32, u32) {
        if self.is_even() {
            return match price.cmp(&self.toll) {
                Ordering::Less => (self.floor, self.floor),
                Ordering::Equal => (self.floor, self.room),
                Ordering::Greater => (self.room, self.room),
            };
        }
        let below = self.first_where(self.floor, |cost| cost >= price);
        (below, self.first_where(below, |cost| cost > price))
    }

    /// How many places after the first `taken` cost as much as the next one.
    pub(super) fn alike_after(&self, taken: u32) -> u32 {
        let next = self.cost(taken + 1);
        self.first_where(taken + 1, |cost| cost > next) - taken
    }

    /// How many places up to the `taken`-th, but for the floor, cost as much as that one.
    pub(super) fn alike_before(&self, taken: u32) -> u32 {
        let last = self.cost(taken);
        taken - self.first_where(self.floor, |cost| cost >= last)
    }

    /// The count of places before the first, from `from` on, whose cost is as asked; costs never fall.
    fn first_where(&self, from: u32, asked: impl Fn(N) -> bool) -> u32 {
        let (mut low, mut high) = (from, self.room.max(from));
        while low < high {
            let middle = low + (high - low) / 2;
            if asked(self.cost(middle + 1)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// A problem, or a sample of it.
pub(super) struct Level<'a, N> {
    /// The whole problem's leads.
    pub(super) rows: &'a dyn Rows,
    /// The whole problem's bounds.
    pub(super) tree: &'a Tree,
    /// Every so many-th lead is in it.
    pub(super) stride: u64,
    /// The classes that are in it, in order; a *member* is a position in this list.
    pub(super) classes: Vec<u32>,
    /// How many leads of each member.
    pub(super) supply: Vec<u32>,
    /// What a lead of each member brings anywhere, as a code.
    pub(super) base: Vec<i64>,
    /// The category of each member; empty where there is one only.
    categories: Vec<u32>,
    /// Each node's places.
    pub(super) places: Vec<Places<N>>,
    /// Packed values.
    pub(super) scale: Scale<N>,
    /// What each node's places cost besides.
    tolls: Vec<N>,
}

impl<'a, N: Number> Level<'a, N> {
    /// Takes every `stride`-th lead; all with stride 1.
    pub(super) fn sample(rows: &'a dyn Rows, tree: &'a Tree, packing: &Packing, stride: u64) -> Self {
        let mut level = Self {
            rows,
            tree,
            stride,
            classes: Vec::new(),
            supply: Vec::new(),
            base: Vec::new(),
            categories: Vec::new(),
            places: Vec::new(),
            scale: Scale::of(packing),
            tolls: packing.tolls.iter().map(|&toll| N::of(toll)).collect(),
        };
        let (mut leads, mut taken) = (0u64, 0u64);
        for class in 0..rows.classes() {
            leads = leads.saturating_add(rows.supply(class).into());
            let upto = leads.saturating_add(stride / 2) / stride;
            let supply = u32::try_from(upto - taken).expect("at most the supply");
            taken = upto;
            if supply > 0 {
                level.classes.push(narrow(class));
                level.supply.push(supply);
                level.base.push(packing.base(rows, class));
                if tree.entry.len() > 1 {
                    level.categories.push(narrow(rows.category(class)));
                }
            }
        }
        level.places = level.places(leads);
        level
    }

    /// Every node's places, room and floor in proportion to the sample.
    fn places(&self, leads: u64) -> Vec<Places<N>> {
        let stride = u128::from(self.stride);
        let out = self.left_out();
        let (mut room, mut given) = (0u128, 0u128);
        let mut places = Vec::with_capacity(self.tree.nodes.len());
        for (at, (node, &out)) in self.tree.nodes.iter().zip(&out).enumerate() {
            room += u128::from(u64::from(node.room).min(leads));
            let upto = (room + stride / 2) / stride;
            let share = u32::try_from(upto - given).unwrap_or(u32::MAX).min(node.room);
            given = upto;
            let floor = u64::from(node.floor) / self.stride;
            let floor = u32::try_from(floor.min(out)).expect("at most the floor");
            let share = if out > 0 { u32::MAX } else { share };
            let toll = self.tolls.get(at).copied().unwrap_or(N::ZERO);
            places.push(Places::of(
                (node, toll),
                (floor, share),
                self.stride,
                leads,
                &self.scale,
            ));
        }
        places
    }

    /// For each node, how many leads count there if they are left out.
    fn left_out(&self) -> Vec<u64> {
        let mut by_category = vec![0u64; self.tree.out.len()];
        for member in 0..self.members() {
            by_category[self.category(member)] += u64::from(self.supply[member]);
        }
        let mut left_out = vec![0u64; self.tree.nodes.len()];
        for (&out, leads) in self.tree.out.iter().zip(by_category) {
            let mut at = out;
            while let Some(node) = at {
                left_out[node] += leads;
                at = self.tree.nodes[node].parent;
            }
        }
        left_out
    }

    /// How many leaves.
    pub(super) fn leaves(&self) -> usize {
        self.rows.leaves()
    }

    /// How many members.
    pub(super) fn members(&self) -> usize {
        self.classes.len()
    }

    /// The position of the ground among the nodes: after those of the tree.
    pub(super) fn ground(&self) -> usize {
        self.places.len()
    }

    /// The node above a node of the tree, which may be the ground.
    pub(super) fn above(&self, node: usize) -> usize {
        self.tree.nodes[node].parent.unwrap_or(self.ground())
    }

    /// The category of a member.
    pub(super) fn category(&self, member: usize) -> usize {
        self.categories
            .get(member)
            .map_or(0, |&category| category as usize)
    }

    /// Where the leads of a category count that are left out; the ground if nowhere else.
    pub(super) fn out(&self, category: usize) -> usize {
        self.tree.out[category].unwrap_or(self.ground())
    }

    /// The leaf of each node that leads enter; of others any number.
    pub(super) fn leaf_of_nodes(&self) -> Vec<u32> {
        let mut leaf_of = vec![0; self.places.len()];
        for entry in &self.tree.entry {
            for (leaf, &node) in entry.iter().enumerate() {
                leaf_of[node] = narrow(leaf);
            }
        }
        leaf_of
    }

    /// Writes the scores of a member's class.
    pub(super) fn row(&self, member: usize, out: &mut [i32]) {
        self.rows.row(self.classes[member] as usize, out);
    }
}

/// Positions are bounded by memory far below this.
pub(super) fn narrow(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than 2^32 classes and nodes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::transport::tests::{leaf, problem, slope};

    fn level(steepness: i64, stride: u64) -> Vec<Places<i64>> {
        let mut problem = problem(100, &[10, 3, 0, 40], |_, _| 0);
        problem.tree.nodes[3] = leaf(40, slope(steepness, 2, 0), slope(0, 1, 0));
        let packing = Packing::of(&problem, &problem.tree).expect("small");
        Level::sample(&problem, &problem.tree, &packing, stride).places
    }

    #[test]
    fn a_sample_has_room_in_proportion() {
        let room = |stride| {
            level(1, stride)
                .iter()
                .map(|places| places.room)
                .collect::<Vec<_>>()
        };
        assert_eq!(room(1), [10, 3, 0, 40]);
        assert_eq!(room(4), [3, 0, 0, 10]);
    }

    #[test]
    fn places_are_counted_by_what_they_cost() {
        let places = level(10, 1)[3];
        assert_eq!(places.cost(3), 25);
        assert_eq!(places.within(25), (2, 3));
        assert_eq!(places.within(26), (3, 3));
        assert_eq!(places.within(-1), (0, 0));
        assert_eq!(places.within(1_000_000), (40, 40));
        assert_eq!((places.alike_after(3), places.alike_before(3)), (1, 1));
        let free = level(0, 1)[3];
        assert_eq!((free.alike_after(3), free.alike_before(3)), (37, 3));
    }

    #[test]
    fn a_place_in_a_sample_costs_what_the_middle_of_those_it_stands_for_does() {
        assert_eq!(level(10, 4)[3].cost(1), level(10, 1)[3].cost(2));
        assert_eq!(level(10, 4)[3].cost(2), level(10, 1)[3].cost(6));
    }
}
