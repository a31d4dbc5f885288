//! What a flow and what potentials are worth, level by level, each added up anew.

use super::level::Level;
use super::number::Number;
use super::packing::Packing;
use super::parallel::in_ranges;
use super::{Class, FORBIDDEN, Leaf, Rows, Tree};
use crate::model::Totals;

/// The value of a flow, added up from its entries.
pub(super) fn objective(
    tree: &Tree,
    rows: &dyn Rows,
    packing: &Packing,
    flow: &[(Class, Leaf, u32)],
) -> Totals {
    let mut totals = Totals {
        assigned: vec![0; packing.tiers],
        ..Totals::default()
    };
    let mut row = vec![FORBIDDEN; rows.leaves()];
    let mut scored = None;
    let mut load = vec![0u64; rows.leaves()];
    for &(class, leaf, count) in flow {
        if scored != Some(class) {
            rows.row(class, &mut row);
            scored = Some(class);
        }
        totals.assigned[rows.tier(class).at()] += u64::from(count);
        totals.points += i128::from(row[leaf]) * i128::from(count);
        load[leaf] += u64::from(count);
    }
    add_places(&mut totals, tree, &load);
    totals
}

/// Adds what the first `load` places of each leaf cost.
fn add_places(totals: &mut Totals, tree: &Tree, load: &[u64]) {
    for (node, &load) in tree.nodes.iter().zip(load) {
        totals.balance += node.balance.total(load);
        totals.fairness += node.fairness.total(load);
    }
}

/// The value of potentials: Σ supply · max(0, gain − p) over classes, and Σ max(0, p − cost) over
/// places, with every row scored again. No flow is worth more.
///
/// Places that cost exactly their potential add nothing to it, and count as used up to `used` of
/// each leaf, so that points and balance can be compared one by one.
pub(super) fn bound<N: Number>(
    level: &Level<'_, N>,
    tree: &Tree,
    packing: &Packing,
    potentials: &[N],
    used: &[u32],
    threads: usize,
) -> Totals {
    let parts = in_ranges(threads, level.members(), level.leaves(), |range| {
        let mut sum = Sum::new(packing);
        let mut row = vec![FORBIDDEN; level.leaves()];
        for member in range {
            level.row(member, &mut row);
            let base = level.scale.step * N::small(level.rank[member]);
            let mut top = N::ZERO;
            for (&score, &potential) in row.iter().zip(potentials) {
                if score != FORBIDDEN {
                    top = top.max(base + level.scale.unit * N::small(score) - potential);
                }
            }
            sum.add_gain(base.wide(), top.wide(), level.supply[member]);
        }
        sum
    });
    let mut sum = Sum::new(packing);
    for part in parts {
        sum.merge(&part);
    }
    let mut load = Vec::with_capacity(used.len());
    for ((places, &potential), &used) in level.places.iter().zip(potentials).zip(used) {
        let (below, within) = places.within(potential);
        let count = used.clamp(below, within);
        sum.add_packed(potential.wide(), count);
        load.push(u64::from(count));
    }
    sum.totals(tree, &load)
}

/// A sum of packed values kept level by level, so that it cannot overflow.
struct Sum<'a> {
    packing: &'a Packing,
    /// Leads by rank of their tier.
    ranks: Vec<i128>,
    points: i128,
    fairness: i128,
}

impl<'a> Sum<'a> {
    fn new(packing: &'a Packing) -> Self {
        Self {
            packing,
            ranks: vec![0; packing.tiers + 1],
            points: 0,
            fairness: 0,
        }
    }

    /// Adds `count` times a packed value whose rank is one lead of that rank.
    fn add_packed(&mut self, packed: i128, count: u32) {
        let (rank, points, fairness) = self.packing.split(packed);
        let count = i128::from(count);
        if let Some(leads) = usize::try_from(rank)
            .ok()
            .and_then(|rank| self.ranks.get_mut(rank))
        {
            *leads += count;
        }
        self.points += points * count;
        self.fairness += fairness * count;
    }

    /// Adds `count` times what a lead of tier value `base` gains over a potential: one lead in, and
    /// the lead that the potential stands for out.
    fn add_gain(&mut self, base: i128, gain: i128, count: u32) {
        if gain > 0 {
            self.add_packed(base, count);
            let (lost, points, fairness) = self.packing.split(base - gain);
            let count = i128::from(count);
            if let Some(leads) = usize::try_from(lost)
                .ok()
                .and_then(|rank| self.ranks.get_mut(rank))
            {
                *leads -= count;
            }
            self.points -= points * count;
            self.fairness -= fairness * count;
        }
    }

    fn merge(&mut self, other: &Self) {
        self.ranks
            .iter_mut()
            .zip(&other.ranks)
            .for_each(|(sum, part)| *sum += part);
        self.points += other.points;
        self.fairness += other.fairness;
    }

    fn totals(self, tree: &Tree, load: &[u64]) -> Totals {
        let leads = self.ranks[1..].iter().rev();
        let mut totals = Totals {
            assigned: leads.map(|&leads| u64::try_from(leads).unwrap_or(0)).collect(),
            points: self.points,
            ..Totals::default()
        };
        add_places(&mut totals, tree, load);
        totals
    }
}
