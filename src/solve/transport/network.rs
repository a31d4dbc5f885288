//! The contracted graph: leaves and the ground as nodes, single moves of leads as arcs.
//!
//! An arc from a to b is the best single move from a to b: a member of which a lead is at a (the
//! ground holds the unassigned) goes to b; or, from a leaf to the ground, a free place of it is
//! taken into use, and back again, given up. A node whose leads outnumber its places in use has an
//! *excess*. Throughout, no arc gains more than the difference of the prices at its ends.

use super::columns::{Columns, narrow};
use super::heaps::Heaps;
use super::level::Level;
use super::number::Number;

/// One step of a path: what moves, and how much at most.
#[derive(Clone, Copy, Debug)]
pub(super) enum Move {
    /// Leads of a member go from a node to another.
    Lead { member: u32, from: usize, to: usize },
    /// Places of a leaf are taken into use.
    Take(usize),
    /// Places of a leaf are given up.
    Give(usize),
}

/// The contracted graph of a level on the columns chosen so far.
pub(super) struct Network<'a, N> {
    pub(super) level: &'a Level<'a, N>,
    pub(super) columns: &'a Columns,
    /// Leads in each column.
    pub(super) flow: Vec<u32>,
    /// Price of each node; the ground's is 0.
    pub(super) price: Vec<N>,
    /// Places in use of each leaf.
    pub(super) used: Vec<u32>,
    /// Leads less places in use, of each leaf; the ground takes the difference.
    pub(super) excess: Vec<i64>,
    /// What the best arc gains, by from · width + to.
    pub(super) gain: Vec<N>,
    heaps: Heaps,
}

impl<'a, N: Number> Network<'a, N> {
    /// Puts every lead where it is worth most at the prices (of the leaves).
    ///
    /// A member whose leads stand where it is worth most in `before` (leads in each column) keeps them.
    pub(super) fn start(
        level: &'a Level<'a, N>,
        columns: &'a Columns,
        prices: &[N],
        before: Option<&[u32]>,
    ) -> Self {
        let width = level.leaves() + 1;
        let mut price = prices.to_vec();
        price.push(N::ZERO);
        let within: Vec<(u32, u32)> = (level.places.iter().zip(prices))
            .map(|(places, &price)| places.within(price))
            .collect();
        let open: Vec<u32> = within.iter().map(|&(_, most)| most).collect();
        let (flow, load) = place_leads(level, columns, &price, &open, before);
        let mut excess = vec![0i64; width];
        let mut used = vec![0u32; width - 1];
        for (leaf, &(least, most)) in within.iter().enumerate() {
            used[leaf] = u32::try_from(load[leaf]).unwrap_or(u32::MAX).clamp(least, most);
            excess[leaf] = load[leaf] - i64::from(used[leaf]);
        }
        excess[width - 1] = -excess.iter().sum::<i64>();
        let heaps = Heaps::build(width, moves(columns, &flow));
        let gain = vec![N::NONE; width * width];
        let mut network = Self {
            level,
            columns,
            flow,
            price,
            used,
            excess,
            gain,
            heaps,
        };
        for from in 0..width {
            for to in 0..width {
                network.refresh(from, to);
            }
        }
        network
    }

    /// How many nodes: the leaves and the ground.
    pub(super) fn width(&self) -> usize {
        self.price.len()
    }

    /// How far the arc is from being tight; [`Number::FAR`] or more where there is none.
    pub(super) fn length(&self, from: usize, to: usize) -> N {
        self.price[to] - self.price[from] - self.gain[from * self.width() + to]
    }

    /// The best move along an arc that exists, and how much of it there is at the same gain.
    pub(super) fn best_move(&self, from: usize, to: usize, wanted: u32) -> (Move, u32) {
        let gain = self.gain[from * self.width() + to];
        if self.place_gain(from, to) == gain {
            return if to == self.level.ground() {
                let amount = match wanted {
                    1 => 1,
                    _ => self.level.places[from].alike_after(self.used[from]),
                };
                (Move::Take(from), amount)
            } else {
                let amount = match wanted {
                    1 => 1,
                    _ => self.level.places[to].alike_before(self.used[to]),
                };
                (Move::Give(to), amount)
            };
        }
        let (_, member) = self.heaps.peek(from, to).expect("the arc exists");
        let amount = self.flow_at(member, from);
        (Move::Lead { member, from, to }, amount)
    }

    /// Makes a move.
    pub(super) fn make(&mut self, step: Move, amount: u32) {
        match step {
            Move::Take(leaf) => {
                self.used[leaf] += amount;
                self.refresh_places(leaf);
            }
            Move::Give(leaf) => {
                self.used[leaf] -= amount;
                self.refresh_places(leaf);
            }
            Move::Lead { member, from, to } => self.shift(member, from, to, amount),
        }
    }

    fn shift(&mut self, member: u32, from: usize, to: usize, amount: u32) {
        let columns = self.columns;
        let at = |leaf| {
            columns
                .at(member as usize, leaf)
                .expect("moves go between columns")
        };
        let (source, target) = (at(from), at(to));
        let arrives = self.flow[target] == 0;
        self.flow[source] -= amount;
        self.flow[target] += amount;
        for column in columns.of(member as usize) {
            let other = columns.leaf[column] as usize;
            if self.flow[source] == 0 && other != from {
                let seen = self.heaps.peek(from, other);
                if seen.is_some_and(|(_, top)| top == member) {
                    self.refresh(from, other);
                }
            }
            if arrives && other != to {
                let gain = columns.code[column] - columns.code[target];
                self.heaps.push(to, other, gain, member);
                let arc = &mut self.gain[to * self.price.len() + other];
                *arc = (*arc).max(self.level.scale.value(gain));
            }
        }
    }

    /// Looks up the best move along an arc again.
    fn refresh(&mut self, from: usize, to: usize) {
        let (flow, columns) = (&self.flow, self.columns);
        let holds = |member: u32| {
            let column = columns.at(member as usize, from);
            column.is_some_and(|column| flow[column] > 0)
        };
        let lead = self.heaps.top(from, to, holds);
        let lead = lead.map_or(N::NONE, |(gain, _)| self.level.scale.value(gain));
        let width = self.width();
        self.gain[from * width + to] = lead.max(self.place_gain(from, to));
    }

    fn refresh_places(&mut self, leaf: usize) {
        let ground = self.level.ground();
        self.refresh(leaf, ground);
        self.refresh(ground, leaf);
    }

    /// What taking a place into use, or giving one up, gains along this arc.
    fn place_gain(&self, from: usize, to: usize) -> N {
        let ground = self.level.ground();
        if to == ground && from != ground {
            let places = &self.level.places[from];
            if self.used[from] < places.room {
                return -places.cost(self.used[from] + 1);
            }
        } else if from == ground && to != ground && self.used[to] > 0 {
            return self.level.places[to].cost(self.used[to]);
        }
        N::NONE
    }

    fn flow_at(&self, member: u32, leaf: usize) -> u32 {
        let column = self.columns.at(member as usize, leaf);
        column.map_or(0, |column| self.flow[column])
    }
}

/// All moves of single leads that a flow allows.
fn moves<'a>(
    columns: &'a Columns,
    flow: &'a [u32],
) -> impl Iterator<Item = (usize, usize, i32, u32)> + use<'a> {
    (0..columns.first.len() - 1).flat_map(move |member| {
        let range = columns.of(member);
        let held = range.clone().filter(|&column| flow[column] > 0);
        held.flat_map(move |from| {
            let others = columns.of(member).filter(move |&to| to != from);
            others.map(move |to| {
                let gain = columns.code[to] - columns.code[from];
                (
                    columns.leaf[from] as usize,
                    columns.leaf[to] as usize,
                    gain,
                    narrow(member),
                )
            })
        })
    })
}

/// Gives each member's leads to its best columns at the prices; among equals first to those whose
/// open places last, then to the first. Returns the leads in each column and at each leaf.
fn place_leads<N: Number>(
    level: &Level<'_, N>,
    columns: &Columns,
    price: &[N],
    open: &[u32],
    before: Option<&[u32]>,
) -> (Vec<u32>, Vec<i64>) {
    let mut flow = vec![0u32; columns.leaf.len()];
    let mut load = vec![0i64; price.len()];
    let mut tied = Vec::new();
    for member in 0..level.members() {
        let mut top = N::NONE;
        for column in columns.of(member) {
            let value = level.scale.value(columns.code[column]) - price[columns.leaf[column] as usize];
            if value > top {
                tied.clear();
                top = value;
            }
            if value == top {
                tied.push(column);
            }
        }
        let kept: u64 = before.map_or(0, |before| tied.iter().map(|&at| u64::from(before[at])).sum());
        let mut left = level.supply[member];
        if let Some(before) = before.filter(|_| kept == u64::from(left)) {
            for &column in &tied {
                flow[column] = before[column];
                load[columns.leaf[column] as usize] += i64::from(before[column]);
            }
            continue;
        }
        for &column in &tied {
            let leaf = columns.leaf[column] as usize;
            let free = open
                .get(leaf)
                .map_or(i64::MAX, |&open| i64::from(open) - load[leaf]);
            let part = u32::try_from(free.max(0)).unwrap_or(u32::MAX).min(left);
            flow[column] += part;
            load[leaf] += i64::from(part);
            left -= part;
        }
        flow[tied[0]] += left;
        load[columns.leaf[tied[0]] as usize] += i64::from(left);
    }
    (flow, load)
}
