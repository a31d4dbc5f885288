//! Room for each cell within all limits: from a flow that exceeds some, and better ones from the prices
//! of those in use.

use super::cells::Cells;
use crate::solve::transport::{Class, FORBIDDEN, Rows, Solution, Tree, Weights};
use std::cmp::Reverse;

/// Of each limit so many of the dearest cells and of the cheapest are paired one by one.
const PAIRED: usize = 8;

/// A flow on the tree with cells that exceeds some limits.
struct Exceeding<'a> {
    rows: &'a dyn Rows,
    cells: &'a Cells<'a>,
    tree: &'a Tree,
    weights: &'a Weights,
    exceeded: Vec<bool>,
    potentials: Vec<i128>,
}

impl Exceeding<'_> {
    /// Tells whether a limit that is exceeded holds a node.
    fn is_cut(&self, node: usize) -> bool {
        let cell = self.cells.list.get(node);
        cell.is_some_and(|cell| cell.held.iter().any(|&limit| self.exceeded[limit]))
    }

    /// What a lead's score at a node is worth at the prices.
    fn value(&self, score: i32, node: usize) -> i128 {
        self.weights.unit * i128::from(score) - self.potentials[node]
    }

    /// What a lead of a class would be worth where no exceeded limit holds it, or left out, less what it
    /// brings anywhere.
    fn elsewhere(&self, class: Class, row: &[i32]) -> i128 {
        let category = self.rows.category(class);
        let out = self.tree.out[category].map_or(0, |out| self.potentials[out]);
        let tier = (self.rows.tier(class)).and_then(|tier| self.weights.tiers.get(tier.at()));
        let base = tier.copied().unwrap_or(0) + self.weights.unit * i128::from(self.rows.worth(class));
        (row.iter().zip(&self.cells.entry[category]))
            .filter(|&(&score, &node)| score != FORBIDDEN && !self.is_cut(node))
            .map(|(&score, &node)| self.value(score, node))
            .fold(-out - base, i128::max)
    }
}

/// Keeps of a flow (on the tree with cells) what the limits let it keep, the leads first that would
/// lose most if they left: as rooms of cells.
pub(super) fn kept(
    rows: &dyn Rows,
    cells: &Cells<'_>,
    (tree, weights): (&Tree, &Weights),
    solution: &Solution,
) -> Vec<u32> {
    let mut left: Vec<u64> = cells.limits.iter().map(|limit| limit.room.into()).collect();
    let flow = Exceeding {
        rows,
        cells,
        tree,
        weights,
        exceeded: (cells.loads(solution).iter().zip(&left))
            .map(|(load, room)| load > room)
            .collect(),
        potentials: potentials(tree, solution),
    };
    let mut quotas = vec![0u32; cells.list.len()];
    let mut entries = Vec::new();
    let mut row = vec![FORBIDDEN; rows.leaves()];
    for of_class in solution.flow.chunk_by(|one, other| one.0 == other.0) {
        let class = of_class[0].0;
        let entry = &cells.entry[rows.category(class)];
        let mut elsewhere = None;
        for &(_, leaf, count) in of_class {
            let node = entry[leaf];
            if flow.is_cut(node) {
                let elsewhere = *elsewhere.get_or_insert_with(|| {
                    rows.row(class, &mut row);
                    flow.elsewhere(class, &row)
                });
                entries.push((
                    Reverse(flow.value(row[leaf], node) - elsewhere),
                    class,
                    node,
                    count,
                ));
            } else if let Some(cell) = cells.list.get(node) {
                take(&mut left, &cell.held, count.into());
                quotas[node] += count;
            }
        }
    }
    entries.sort_unstable();
    for (_, _, node, count) in entries {
        let held = &cells.list[node].held;
        let count = count.min(free(&left, held));
        take(&mut left, held, count.into());
        quotas[node] += count;
    }
    quotas
}

/// The price of each node and all above it together.
pub(super) fn potentials(tree: &Tree, solution: &Solution) -> Vec<i128> {
    let mut potentials = solution.nodes.clone();
    for at in (0..potentials.len()).rev() {
        potentials[at] += tree.nodes[at].parent.map_or(0, |parent| potentials[parent]);
    }
    potentials
}

fn free(left: &[u64], held: &[usize]) -> u32 {
    let free = held.iter().map(|&limit| left[limit]).min().unwrap_or(0);
    u32::try_from(free).unwrap_or(u32::MAX)
}

fn take(left: &mut [u64], held: &[usize], count: u64) {
    for &limit in held {
        left[limit] -= count;
    }
}

/// How rooms of cells are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// What limits have left goes to the dearest cells; and in each limit the cheapest cell gives up to so
    /// many places to the dearest, the second cheapest to the second dearest, and so on.
    Many {
        /// So many places at most.
        places: u32,
        /// So many pairs of each limit at most.
        pairs: usize,
    },
    /// The same but one place only, of the pair at this position.
    One(usize),
}

/// Rooms of cells, and what of each limit's they leave.
struct Rooms<'a> {
    cells: &'a Cells<'a>,
    /// The own price of each cell.
    prices: &'a [i128],
    quotas: Vec<u32>,
    left: Vec<u64>,
}

impl<'a> Rooms<'a> {
    /// As much as a solution has in use.
    fn of(cells: &'a Cells<'a>, solution: &'a Solution) -> Self {
        let loads = &solution.loads[..cells.list.len()];
        let mut left: Vec<u64> = cells.limits.iter().map(|limit| limit.room.into()).collect();
        for (cell, &load) in cells.list.iter().zip(loads) {
            take(&mut left, &cell.held, load);
        }
        Self {
            cells,
            prices: &solution.nodes[..cells.list.len()],
            quotas: loads
                .iter()
                .map(|&load| u32::try_from(load).unwrap_or(u32::MAX))
                .collect(),
            left,
        }
    }

    /// Shares what limits have left among the cells that want it, the dearest first.
    fn fill(&mut self) {
        let mut dear: Vec<usize> = (0..self.quotas.len())
            .filter(|&cell| self.prices[cell] > 0)
            .collect();
        dear.sort_by_key(|&cell| Reverse(self.prices[cell]));
        for (at, &cell) in dear.iter().enumerate() {
            let held = &self.cells.list[cell].held;
            let others = u32::try_from(dear.len() - at).unwrap_or(u32::MAX);
            let share = free(&self.left, held).div_ceil(others);
            take(&mut self.left, held, share.into());
            self.quotas[cell] = self.quotas[cell].saturating_add(share);
        }
    }

    /// Moves up to so many places from a cell to another, as far as all limits allow.
    fn shift(&mut self, from: usize, to: usize, most: u32) {
        let (giver, taker) = (&self.cells.list[from].held, &self.cells.list[to].held);
        let new: Vec<usize> = taker
            .iter()
            .copied()
            .filter(|limit| !giver.contains(limit))
            .collect();
        let room = if new.is_empty() {
            u32::MAX
        } else {
            free(&self.left, &new)
        };
        let amount = most.min(self.quotas[from]).min(room);
        for &limit in giver {
            self.left[limit] += u64::from(amount);
        }
        take(&mut self.left, taker, amount.into());
        self.quotas[from] -= amount;
        self.quotas[to] = self.quotas[to].saturating_add(amount);
    }
}

/// Rooms of cells that may be better than those of a solution; nothing where no price says so.
pub(super) fn changed(cells: &Cells<'_>, solution: &Solution, change: Change) -> Option<Vec<u32>> {
    let mut rooms = Rooms::of(cells, solution);
    let price = |cell: usize| solution.nodes[cell];
    let pairs = pairs(cells, &rooms.quotas, price);
    rooms.fill();
    match change {
        Change::Many { places, pairs: most } => {
            for &(from, to) in pairs.iter().flat_map(|of_limit| of_limit.iter().take(most)) {
                rooms.shift(from, to, places);
            }
        }
        Change::One(position) => {
            let mut all: Vec<(Reverse<i128>, usize, usize)> = Vec::new();
            for of_limit in &pairs {
                let near = &of_limit[..of_limit.len().min(PAIRED)];
                for &(from, _) in near {
                    let takers = near.iter().filter(|&&(_, to)| price(from) < price(to));
                    all.extend(takers.map(|&(_, to)| (Reverse(price(to) - price(from)), from, to)));
                }
            }
            all.sort_unstable();
            all.dedup();
            let &(_, from, to) = all.get(position)?;
            rooms.shift(from, to, 1);
        }
    }
    Some(rooms.quotas)
}

/// For each limit, its cheapest cell that has leads with its dearest, and so on while the second is dearer.
fn pairs(cells: &Cells<'_>, rooms: &[u32], price: impl Fn(usize) -> i128) -> Vec<Vec<(usize, usize)>> {
    let mut of_limits: Vec<Vec<usize>> = vec![Vec::new(); cells.limits.len()];
    for (at, cell) in cells.list.iter().enumerate() {
        cell.held.iter().for_each(|&limit| of_limits[limit].push(at));
    }
    let pair = |mut of_limit: Vec<usize>| {
        of_limit.sort_by_key(|&cell| price(cell));
        let givers = of_limit.iter().copied().filter(|&cell| rooms[cell] > 0);
        let pairs = givers.zip(of_limit.iter().rev().copied());
        pairs.take_while(|&(from, to)| price(from) < price(to)).collect()
    };
    of_limits.into_iter().map(pair).collect()
}
