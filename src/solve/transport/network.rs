//! The contracted graph: the nodes of the tree and the ground, single moves of leads as arcs.
//!
//! An arc from a to b is the best single move from a to b: a member of which a lead counts at a goes to
//! b; or, from a node to the one above it, a free place of the first is taken into use, and back again,
//! given up. A node at which more leads arrive, from members and from the nodes below, than it has places
//! in use has an *excess*. Throughout, no arc gains more than the difference of the prices at its ends.

use super::columns::Columns;
use super::heaps::Heaps;
use super::level::{Level, narrow};
use super::number::Number;

/// One step of a path: what moves, and how much at most.
#[derive(Clone, Copy, Debug)]
pub(super) enum Move {
    /// Leads of a member go from a node to another.
    Lead { member: u32, from: usize, to: usize },
    /// Places of a node are taken into use.
    Take(usize),
    /// Places of a node are given up.
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
    /// Places in use of each node of the tree.
    pub(super) used: Vec<u32>,
    /// What arrives at each node less its places in use; the ground takes the difference.
    pub(super) excess: Vec<i64>,
    /// What the best arc gains, by from · width + to, above [`Number::NONE`]: memory that is never
    /// written is never taken.
    gain: Vec<N>,
    /// For each node, those to which there is an arc, or was one.
    targets: Vec<Vec<u32>>,
    heaps: Heaps,
}

impl<'a, N: Number> Network<'a, N> {
    /// Puts every lead where it is worth most at the prices (of the nodes of the tree).
    ///
    /// A member whose leads stand where it is worth most in `before` (leads in each column) keeps them.
    pub(super) fn start(
        level: &'a Level<'a, N>,
        columns: &'a Columns,
        prices: &[N],
        before: Option<&[u32]>,
    ) -> Self {
        let nodes = level.ground();
        let width = nodes + 1;
        let mut price = prices.to_vec();
        price.push(N::ZERO);
        let within: Vec<(u32, u32)> = (level.places.iter().enumerate())
            .map(|(node, places)| places.within(price[node] - price[level.above(node)]))
            .collect();
        let open: Vec<u32> = within.iter().map(|&(_, most)| most).collect();
        let (flow, load) = place_leads(level, columns, &price, &open, before);
        let mut excess = load;
        let mut used = vec![0u32; nodes];
        for (node, &(least, most)) in within.iter().enumerate() {
            let arrived = u32::try_from(excess[node].max(0)).unwrap_or(u32::MAX);
            used[node] = arrived.clamp(least, most);
            excess[node] -= i64::from(used[node]);
            excess[level.above(node)] += i64::from(used[node]);
        }
        excess[nodes] = -excess[..nodes].iter().sum::<i64>();
        let heaps = Heaps::build(width, |tell| moves(level, columns, &flow, tell));
        let mut network = Self {
            level,
            columns,
            flow,
            price,
            used,
            excess,
            gain: vec![N::ZERO; width * width],
            targets: vec![Vec::new(); width],
            heaps,
        };
        network.look_up_all();
        network
    }

    fn look_up_all(&mut self) {
        let (width, scale) = (self.width(), &self.level.scale);
        self.heaps.each_best(|from, to, gain| {
            self.gain[from * width + to] = scale.value(gain) - N::NONE;
            self.targets[from].push(narrow(to));
        });
        for node in 0..self.level.ground() {
            let above = self.level.above(node);
            self.targets[node].push(narrow(above));
            self.targets[above].push(narrow(node));
            self.refresh_places(node);
        }
    }

    /// All nodes to which there may be an arc from a node, some of them twice.
    pub(super) fn targets(&self, node: usize) -> &[u32] {
        &self.targets[node]
    }

    /// How many nodes: those of the tree and the ground.
    pub(super) fn width(&self) -> usize {
        self.price.len()
    }

    /// What an arc gains; [`Number::NONE`] where there is none.
    pub(super) fn gain(&self, from: usize, to: usize) -> N {
        self.gain[from * self.width() + to] + N::NONE
    }

    /// How far the arc is from being tight; [`Number::FAR`] or more where there is none.
    pub(super) fn length(&self, from: usize, to: usize) -> N {
        self.price[to] - self.price[from] - self.gain(from, to)
    }

    /// The best move along an arc that exists, and how much of it there is at the same gain.
    pub(super) fn best_move(&self, from: usize, to: usize, wanted: u32) -> (Move, u32) {
        if self.place_gain(from, to) == self.gain(from, to) {
            let takes = from < self.level.ground() && self.level.above(from) == to;
            let node = if takes { from } else { to };
            let (places, used) = (&self.level.places[node], self.used[node]);
            return match (takes, wanted) {
                (true, 1) => (Move::Take(node), 1),
                (true, _) => (Move::Take(node), places.alike_after(used)),
                (false, 1) => (Move::Give(node), 1),
                (false, _) => (Move::Give(node), places.alike_before(used)),
            };
        }
        let (_, member) = self.heaps.peek(from, to).expect("the arc exists");
        let amount = self.flow_at(member, from);
        (Move::Lead { member, from, to }, amount)
    }

    /// Makes a move.
    pub(super) fn make(&mut self, step: Move, amount: u32) {
        match step {
            Move::Take(node) => {
                self.used[node] += amount;
                self.refresh_places(node);
            }
            Move::Give(node) => {
                self.used[node] -= amount;
                self.refresh_places(node);
            }
            Move::Lead { member, from, to } => self.shift(member, from, to, amount),
        }
    }

    fn shift(&mut self, member: u32, from: usize, to: usize, amount: u32) {
        let columns = self.columns;
        let at = |node| {
            columns
                .at(member as usize, node)
                .expect("moves go between columns")
        };
        let (source, target) = (at(from), at(to));
        let arrives = self.flow[target] == 0;
        self.flow[source] -= amount;
        self.flow[target] += amount;
        let base = self.level.base[member as usize];
        let code = columns.code(target, base);
        for column in columns.of(member as usize) {
            let other = columns.node[column] as usize;
            if self.flow[source] == 0 && other != from {
                let seen = self.heaps.peek(from, other);
                if seen.is_some_and(|(_, top)| top == member) {
                    self.refresh(from, other);
                }
            }
            if arrives && other != to {
                let gain = columns.code(column, base) - code;
                self.heaps.push(to, other, gain, member);
                let arc = &mut self.gain[to * self.price.len() + other];
                if *arc == N::ZERO {
                    self.targets[to].push(narrow(other));
                }
                *arc = (*arc).max(self.level.scale.value(gain) - N::NONE);
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
        self.gain[from * width + to] = lead.max(self.place_gain(from, to)) - N::NONE;
    }

    fn refresh_places(&mut self, node: usize) {
        let above = self.level.above(node);
        self.refresh(node, above);
        self.refresh(above, node);
    }

    /// What taking a place into use, or giving one up, gains along this arc.
    fn place_gain(&self, from: usize, to: usize) -> N {
        let (level, ground) = (self.level, self.level.ground());
        if from < ground && level.above(from) == to {
            let places = &level.places[from];
            if self.used[from] < places.room {
                return -places.cost(self.used[from] + 1);
            }
        } else if to < ground && level.above(to) == from {
            let places = &level.places[to];
            if self.used[to] > places.floor {
                return places.cost(self.used[to]);
            }
        }
        N::NONE
    }

    fn flow_at(&self, member: u32, node: usize) -> u32 {
        let column = self.columns.at(member as usize, node);
        column.map_or(0, |column| self.flow[column])
    }
}

/// Tells all moves of single leads that a flow allows.
fn moves<N: Number>(
    level: &Level<'_, N>,
    columns: &Columns,
    flow: &[u32],
    tell: &mut dyn FnMut(usize, usize, i64, u32),
) {
    for member in 0..level.members() {
        let (range, base) = (columns.of(member), level.base[member]);
        for from in range.clone().filter(|&column| flow[column] > 0) {
            let code = columns.code(from, base);
            for to in range.clone().filter(|&to| to != from) {
                let (here, there) = (columns.node[from] as usize, columns.node[to] as usize);
                tell(here, there, columns.code(to, base) - code, narrow(member));
            }
        }
    }
}

/// Gives each member's leads to its best columns at the prices; among equals first to those whose
/// open places last, then to the first. Returns the leads in each column and at each node.
fn place_leads<N: Number>(
    level: &Level<'_, N>,
    columns: &Columns,
    price: &[N],
    open: &[u32],
    before: Option<&[u32]>,
) -> (Vec<u32>, Vec<i64>) {
    let mut flow = vec![0u32; columns.node.len()];
    let mut load = vec![0i64; price.len()];
    let mut tied = Vec::new();
    for member in 0..level.members() {
        let (mut top, base) = (N::NONE, level.base[member]);
        for column in columns.of(member) {
            let value = level.scale.value(columns.code(column, base)) - price[columns.node[column] as usize];
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
                load[columns.node[column] as usize] += i64::from(before[column]);
            }
            continue;
        }
        for &column in &tied {
            let node = columns.node[column] as usize;
            let free = open
                .get(node)
                .map_or(i64::MAX, |&open| i64::from(open) - load[node]);
            let part = u32::try_from(free.max(0)).unwrap_or(u32::MAX).min(left);
            flow[column] += part;
            load[node] += i64::from(part);
            left -= part;
        }
        flow[tied[0]] += left;
        load[columns.node[tied[0]] as usize] += i64::from(left);
    }
    (flow, load)
}
