//! A problem, or a sample of it: every so many-th lead, with room in proportion.

use super::number::Number;
use super::packing::{Packing, Scale};
use super::{Leaf, Node, Rows, Slope, Tree};

/// The places of a leaf: how many, and what the lead that takes each costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<N> {
    /// How many.
    pub(super) room: u32,
    balance: Slope,
    fairness: Slope,
    stride: u64,
    last: u64,
    unit: N,
}

impl<N: Number> Places<N> {
    fn of(node: &Node, room: u32, stride: u64, leads: u64, unit: N) -> Self {
        Self {
            room,
            balance: node.balance,
            fairness: node.fairness,
            stride,
            last: leads.min(u64::from(node.room)) + 1,
            unit,
        }
    }

    /// The packed cost of the `k`-th lead, 1 the first; in a sample, of the middle one of those it stands for.
    pub(super) fn cost(&self, k: u32) -> N {
        let k = u64::from(k.max(1) - 1) * self.stride + self.stride.div_ceil(2);
        let k = k.min(self.last);
        let units = |slope: &Slope| slope.cost(k).expect("the packing measured the last place");
        self.unit * N::of(units(&self.balance).into()) + N::of(units(&self.fairness).into())
    }

    /// How many of the first places cost less than `price` and how many at most that.
    pub(super) fn within(&self, price: N) -> (u32, u32) {
        let below = self.first_where(0, |cost| cost >= price);
        (below, self.first_where(below, |cost| cost > price))
    }

    /// How many places after the first `taken` cost as much as the next one.
    pub(super) fn alike_after(&self, taken: u32) -> u32 {
        let next = self.cost(taken + 1);
        self.first_where(taken + 1, |cost| cost > next) - taken
    }

    /// How many places up to the `taken`-th cost as much as that one.
    pub(super) fn alike_before(&self, taken: u32) -> u32 {
        let last = self.cost(taken);
        taken - self.first_where(0, |cost| cost >= last)
    }

    /// The count of places before the first, from `from` on, whose cost is as asked; costs never fall.
    fn first_where(&self, from: u32, asked: impl Fn(N) -> bool) -> u32 {
        let (mut low, mut high) = (from, self.room);
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
    /// Every so many-th lead is in it.
    pub(super) stride: u64,
    /// The classes that are in it, in order; a *member* is a position in this list.
    pub(super) classes: Vec<usize>,
    /// How many leads of each member.
    pub(super) supply: Vec<u32>,
    /// The rank of each member's tier.
    pub(super) rank: Vec<i32>,
    /// Each leaf's places.
    pub(super) places: Vec<Places<N>>,
    /// Packed values.
    pub(super) scale: Scale<N>,
}

impl<'a, N: Number> Level<'a, N> {
    /// Takes every `stride`-th lead; all with stride 1.
    pub(super) fn sample(rows: &'a dyn Rows, tree: &Tree, packing: &Packing, stride: u64) -> Self {
        let mut level = Self {
            rows,
            stride,
            classes: Vec::new(),
            supply: Vec::new(),
            rank: Vec::new(),
            places: Vec::new(),
            scale: Scale::of(packing),
        };
        let (mut leads, mut taken) = (0u64, 0u64);
        for class in 0..rows.classes() {
            leads = leads.saturating_add(rows.supply(class).into());
            let upto = leads.saturating_add(stride / 2) / stride;
            let supply = u32::try_from(upto - taken).expect("at most the supply");
            taken = upto;
            if supply > 0 {
                level.classes.push(class);
                level.supply.push(supply);
                level.rank.push(packing.rank(rows.tier(class)));
            }
        }
        let (mut room, mut given) = (0u128, 0u128);
        for node in &tree.nodes[..rows.leaves()] {
            room += u128::from(u64::from(node.room).min(leads));
            let upto = (room + u128::from(stride / 2)) / u128::from(stride);
            let share = u32::try_from(upto - given).unwrap_or(u32::MAX).min(node.room);
            given = upto;
            let places = Places::of(node, share, stride, leads, level.scale.unit);
            level.places.push(places);
        }
        level
    }

    /// How many leaves.
    pub(super) fn leaves(&self) -> usize {
        self.places.len()
    }

    /// How many members.
    pub(super) fn members(&self) -> usize {
        self.classes.len()
    }

    /// The position of the ground among the nodes: after the leaves.
    pub(super) fn ground(&self) -> Leaf {
        self.places.len()
    }

    /// Writes the scores of a member's class.
    pub(super) fn row(&self, member: usize, out: &mut [i32]) {
        self.rows.row(self.classes[member], out);
    }
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
