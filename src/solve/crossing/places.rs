//! Who stands where: whole units and single leads on a tree, moved one unit at a time, exactly.

use super::Crossing;
use super::levels::Levels;
use crate::model::Totals;
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Rows, Solution, Tree};
use std::collections::BTreeMap;

/// What a move is worth besides leads by tier: leads towards minimums, units of points less balance,
/// fairness units as a loss. Compares as deals do.
pub(super) type Step = [i128; 3];

/// No leaf: some lead of the unit may not go there.
pub(super) const NOWHERE: i64 = i64::MIN;

/// A problem with units: what does not change while they are moved.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) rows: &'a dyn Rows,
    pub(super) tree: &'a Tree,
    pub(super) limits: &'a [Crossing],
    /// The classes of each unit, each of one lead.
    pub(super) units: &'a [Vec<Class>],
    pub(super) tiers: usize,
}

impl Ground<'_> {
    /// Writes what all leads of a unit score together at each leaf, or [`NOWHERE`].
    pub(super) fn score(&self, unit: usize, row: &mut Vec<i32>, out: &mut Vec<i64>) {
        row.resize(self.rows.leaves(), FORBIDDEN);
        out.clear();
        out.resize(self.rows.leaves(), 0);
        for &class in &self.units[unit] {
            self.rows.row(class, row);
            for (sum, &score) in out.iter_mut().zip(row.iter()) {
                if score == FORBIDDEN {
                    *sum = NOWHERE;
                } else if *sum != NOWHERE {
                    *sum += i64::from(score);
                }
            }
        }
    }

    /// The leads of a unit by tier.
    pub(super) fn leads(&self, unit: usize) -> Vec<i128> {
        let mut leads = vec![0; self.tiers];
        for &class in &self.units[unit] {
            if let Some(tier) = self.rows.tier(class) {
                leads[tier.at()] += 1;
            }
        }
        leads
    }

    /// What leads of a unit bring wherever they are.
    fn worths(&self, unit: usize) -> i128 {
        let worths = self.units[unit]
            .iter()
            .map(|&class| i128::from(self.rows.worth(class)));
        worths.sum()
    }

    /// The nodes at which a lead counts, from the one that it enters upwards.
    fn path(&self, enters: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(enters, |&node| self.tree.nodes[node].parent)
    }
}

/// A deal under way in which every unit is whole.
#[derive(Clone)]
pub(super) struct Places<'a> {
    pub(super) ground: Ground<'a>,
    /// Where each unit is; nowhere if it is left out.
    pub(super) at: Vec<Option<Leaf>>,
    /// The single leads.
    pub(super) singles: Vec<(Class, Leaf, u32)>,
    /// How many leads count at each node, and in each limit.
    loads: Vec<u64>,
    held: Vec<u64>,
    assigned: Vec<i128>,
    points: i128,
    worths: i128,
}

impl<'a> Places<'a> {
    /// All leads left out.
    pub(super) fn empty(ground: Ground<'a>) -> Self {
        let mut places = Self {
            ground,
            at: vec![None; ground.units.len()],
            singles: Vec::new(),
            loads: vec![0; ground.tree.nodes.len()],
            held: vec![0; ground.limits.len()],
            assigned: vec![0; ground.tiers],
            points: 0,
            worths: 0,
        };
        for class in 0..ground.rows.classes() {
            for node in ground.path(ground.tree.out[ground.rows.category(class)]) {
                places.loads[node] += u64::from(ground.rows.supply(class));
            }
        }
        places
    }

    /// Tells whether a leaf has places for all leads of a unit that is nowhere.
    pub(super) fn fits(&mut self, unit: usize, leaf: Leaf) -> bool {
        let (tree, first) = (self.ground.tree, self.ground.units[unit][0]);
        let enters = tree.entry[self.ground.rows.category(first)][leaf];
        if self.loads[enters] >= u64::from(tree.nodes[enters].room) {
            return false;
        }
        let mut fits = true;
        for &class in &self.ground.units[unit] {
            self.count(class, leaf, true);
            let (tree, category) = (self.ground.tree, self.ground.rows.category(class));
            let full = |node: usize| self.loads[node] > u64::from(tree.nodes[node].room);
            let bare = |node: usize| self.loads[node] < u64::from(tree.nodes[node].floor);
            let mut limits = self.ground.limits.iter().zip(&self.held);
            fits &= !self.ground.path(Some(tree.entry[category][leaf])).any(full)
                && !self.ground.path(tree.out[category]).any(bare)
                && !limits.any(|(limit, &held)| limit.holds(category, leaf) && held > u64::from(limit.room));
        }
        for &class in &self.ground.units[unit] {
            self.count(class, leaf, false);
        }
        fits
    }

    /// Counts a lead that comes to a leaf, or leaves it.
    fn count(&mut self, class: Class, leaf: Leaf, comes: bool) {
        let (ground, category) = (self.ground, self.ground.rows.category(class));
        for node in ground.path(Some(ground.tree.entry[category][leaf])) {
            self.loads[node] = if comes {
                self.loads[node] + 1
            } else {
                self.loads[node] - 1
            };
        }
        for node in ground.path(ground.tree.out[category]) {
            self.loads[node] = if comes {
                self.loads[node] - 1
            } else {
                self.loads[node] + 1
            };
        }
        for (limit, held) in ground.limits.iter().zip(&mut self.held) {
            if limit.holds(category, leaf) {
                *held = if comes { *held + 1 } else { *held - 1 };
            }
        }
    }

    /// What one more place at a node, or the last one in use, brings.
    fn place(&self, node: usize, load: u64) -> Step {
        let of = &self.ground.tree.nodes[node];
        let cost = |cost: Option<i64>| i128::from(cost.unwrap_or(i64::MAX));
        [
            i128::from(load <= u64::from(of.minimum)),
            -cost(of.balance.cost(load)),
            -cost(of.fairness.cost(load)),
        ]
    }

    /// Puts a unit that is nowhere at a leaf that it fits, given its score there; tells what that brings.
    pub(super) fn put(&mut self, unit: usize, leaf: Leaf, score: i64) -> Step {
        let mut step = [0, i128::from(score) + self.ground.worths(unit), 0];
        for &class in &self.ground.units[unit] {
            self.count(class, leaf, true);
            let enters = self.ground.tree.entry[self.ground.rows.category(class)][leaf];
            for node in self.ground.path(Some(enters)) {
                step = sum(step, self.place(node, self.loads[node]));
            }
        }
        self.at[unit] = Some(leaf);
        self.points += i128::from(score);
        self.worths += self.ground.worths(unit);
        self.tally(unit, 1);
        step
    }

    /// Takes a unit from its leaf, given its score there; tells what that brings.
    pub(super) fn take(&mut self, unit: usize, leaf: Leaf, score: i64) -> Step {
        let mut step = [0, i128::from(score) + self.ground.worths(unit), 0];
        for &class in &self.ground.units[unit] {
            let enters = self.ground.tree.entry[self.ground.rows.category(class)][leaf];
            for node in self.ground.path(Some(enters)) {
                step = sum(step, self.place(node, self.loads[node]));
            }
            self.count(class, leaf, false);
        }
        self.at[unit] = None;
        self.points -= i128::from(score);
        self.worths -= self.ground.worths(unit);
        self.tally(unit, -1);
        step.map(|level| -level)
    }

    fn tally(&mut self, unit: usize, times: i128) {
        for &class in &self.ground.units[unit] {
            if let Some(tier) = self.ground.rows.tier(class) {
                self.assigned[tier.at()] += times;
            }
        }
    }

    /// Adds what a solution deals of leads that are nowhere yet, given the loads that it has at the nodes of the
    /// tree: `classes` are its own. Units that it parts are nowhere after, and are told with the leaves of their
    /// leads; the levels are those before.
    pub(super) fn add(
        &mut self,
        (solution, loads): (&Solution, &[u64]),
        classes: &[Class],
        unit_of: &[Option<u32>],
    ) -> (Levels, Vec<(usize, Vec<Leaf>)>) {
        let ground = self.ground;
        self.forget(classes);
        for (load, more) in self.loads.iter_mut().zip(loads) {
            *load += more;
        }
        for (own, &more) in self.assigned.iter_mut().zip(&solution.objective.assigned) {
            *own += i128::from(more);
        }
        self.points += solution.objective.points;
        let mut whole: BTreeMap<usize, Vec<(Class, Leaf)>> = BTreeMap::new();
        for &(class, leaf, count) in &solution.flow {
            let (class, times) = (classes[class], u64::from(count));
            self.worths += i128::from(ground.rows.worth(class)) * i128::from(count);
            let category = ground.rows.category(class);
            for (limit, held) in ground.limits.iter().zip(&mut self.held) {
                *held += times * u64::from(limit.holds(category, leaf));
            }
            match unit_of[class] {
                Some(unit) => whole.entry(unit as usize).or_default().push((class, leaf)),
                None => self.singles.push((class, leaf, count)),
            }
        }
        let (levels, mut parted) = (self.levels(), Vec::new());
        for (unit, dealt) in whole {
            let first = dealt[0].1;
            let is_whole = dealt.len() == ground.units[unit].len();
            if is_whole && dealt.iter().all(|&(_, leaf)| leaf == first) {
                self.at[unit] = Some(first);
            } else {
                self.dissolve(&dealt);
                parted.push((unit, dealt.into_iter().map(|(_, leaf)| leaf).collect()));
            }
        }
        (levels, parted)
    }

    /// Takes all single leads away, to be dealt anew.
    pub(super) fn remove_singles(&mut self) {
        let dealt: Vec<(Class, Leaf, u32)> = std::mem::take(&mut self.singles);
        let mut row = vec![FORBIDDEN; self.ground.rows.leaves()];
        let mut last = None;
        for (class, leaf, count) in dealt {
            if last.replace(class) != Some(class) {
                self.ground.rows.row(class, &mut row);
            }
            for _ in 0..count {
                self.count(class, leaf, false);
            }
            self.points -= i128::from(row[leaf]) * i128::from(count);
            self.worths -= i128::from(self.ground.rows.worth(class)) * i128::from(count);
            if let Some(tier) = self.ground.rows.tier(class) {
                self.assigned[tier.at()] -= i128::from(count);
            }
        }
    }

    /// Counts the leads of classes, none of them anywhere, as left out no more.
    fn forget(&mut self, classes: &[Class]) {
        let ground = self.ground;
        for &class in classes {
            for node in ground.path(ground.tree.out[ground.rows.category(class)]) {
                self.loads[node] -= u64::from(ground.rows.supply(class));
            }
        }
    }

    /// Takes leads of a parted unit away.
    fn dissolve(&mut self, dealt: &[(Class, Leaf)]) {
        let ground = self.ground;
        let mut row = vec![FORBIDDEN; ground.rows.leaves()];
        for &(class, leaf) in dealt {
            ground.rows.row(class, &mut row);
            self.count(class, leaf, false);
            self.points -= i128::from(row[leaf]);
            self.worths -= i128::from(ground.rows.worth(class));
            if let Some(tier) = ground.rows.tier(class) {
                self.assigned[tier.at()] -= 1;
            }
        }
    }

    /// The whole flow, in order of class, then leaf.
    pub(super) fn flow(&self) -> Vec<(Class, Leaf, u32)> {
        let mut flow = self.singles.clone();
        for (classes, leaf) in self.ground.units.iter().zip(&self.at) {
            if let Some(leaf) = *leaf {
                flow.extend(classes.iter().map(|&class| (class, leaf, 1)));
            }
        }
        flow.sort_unstable();
        flow
    }

    /// How many leads count at each node.
    pub(super) fn loads(&self) -> &[u64] {
        &self.loads
    }

    /// What it adds up to.
    pub(super) fn totals(&self) -> Totals {
        let costs = self.ground.tree.nodes.iter().zip(&self.loads);
        Totals {
            assigned: (self.assigned.iter())
                .map(|&leads| u64::try_from(leads).unwrap_or(0))
                .collect(),
            points: self.points,
            balance: costs.clone().map(|(node, &load)| node.balance.total(load)).sum(),
            fairness: costs.map(|(node, &load)| node.fairness.total(load)).sum(),
        }
    }

    /// What it is worth.
    pub(super) fn levels(&self) -> Levels {
        let totals = self.totals();
        let mut levels = self.assigned.clone();
        let towards = self.ground.tree.nodes.iter().zip(&self.loads);
        let towards = towards.map(|(node, &load)| load.min(u64::from(node.minimum)));
        levels.push(towards.sum::<u64>().into());
        levels.push(totals.points + self.worths - totals.balance);
        levels.push(-totals.fairness);
        Levels(levels)
    }

    /// What is left of the tree and of limits for leads of classes that are nowhere yet.
    pub(super) fn left(&self, classes: &[Class]) -> (Tree, Vec<Crossing>) {
        let mut fixed = self.clone();
        fixed.forget(classes);
        let mut tree = self.ground.tree.clone();
        for (node, &load) in tree.nodes.iter_mut().zip(&fixed.loads) {
            let taken = u32::try_from(load).unwrap_or(u32::MAX);
            node.room = node.room.saturating_sub(taken);
            node.floor = node.floor.saturating_sub(taken);
            node.minimum = node.minimum.saturating_sub(taken);
            node.balance.start += load;
            node.fairness.start += load;
        }
        let limits = self.ground.limits.iter().zip(&self.held);
        let less = |(limit, &held): (&Crossing, &u64)| Crossing {
            room: limit.room.saturating_sub(u32::try_from(held).unwrap_or(u32::MAX)),
            ..limit.clone()
        };
        (tree, limits.map(less).collect())
    }
}

/// Two steps together.
pub(super) fn sum(one: Step, other: Step) -> Step {
    [one[0] + other[0], one[1] + other[1], one[2] + other[2]]
}
