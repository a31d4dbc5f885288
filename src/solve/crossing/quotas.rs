//! Room for each cell within all limits: from a flow that exceeds some, and better ones from the prices
//! of those in use.

use super::cells::Cells;
use crate::solve::transport::{FORBIDDEN, Rows, Solution, Tree, Weights};
use std::cmp::Reverse;

/// Of each limit so many of the dearest cells and of the cheapest are paired one by one.
const PAIRED: usize = 8;

/// Keeps of a flow (on the tree with cells) what the limits let it keep, the leads first that would
/// lose most if they left: as rooms of cells.
pub(super) fn kept(
    rows: &dyn Rows,
    cells: &Cells<'_>,
    (tree, weights): (&Tree, &Weights),
    solution: &Solution,
) -> Vec<u32> {
    let loads = cells.loads(solution);
    let mut left: Vec<u64> = cells.limits.iter().map(|limit| limit.room.into()).collect();
    let exceeded: Vec<bool> = loads.iter().zip(&left).map(|(load, room)| load > room).collect();
    let is_cut = |node: usize| {
        let cell = cells.list.get(node);
        cell.is_some_and(|cell| cell.held.iter().any(|&limit| exceeded[limit]))
    };
    let potentials = potentials(tree, solution);
    let mut entries = Vec::new();
    let mut row = vec![FORBIDDEN; rows.leaves()];
    for of_class in solution.flow.chunk_by(|one, other| one.0 == other.0) {
        let class = of_class[0].0;
        let entry = &cells.entry[rows.category(class)];
        let mut elsewhere = None;
        for &(_, leaf, count) in of_class {
            let node = entry[leaf];
            let Some(cell) = cells.list.get(node) else {
                continue;
            };
            if !is_cut(node) {
                take(&mut left, &cell.held, count.into());
                entries.push((Reverse(i128::MAX), class, node, count, true));
                continue;
            }
            let elsewhere = *elsewhere.get_or_insert_with(|| {
                rows.row(class, &mut row);
                let value = |(&score, &node): (&i32, &usize)| {
                    (score != FORBIDDEN && !is_cut(node))
                        .then(|| weights.unit * i128::from(score) - potentials[node])
                };
                let out = tree.out[rows.category(class)].map_or(0, |out| potentials[out]);
                let tier = rows.tier(class).and_then(|tier| weights.tiers.get(tier.at()));
                let base = tier.copied().unwrap_or(0) + weights.unit * i128::from(rows.worth(class));
                let others = row.iter().zip(entry).filter_map(value);
                others.fold(-out - base, i128::max)
            });
            let here = weights.unit * i128::from(row[leaf]) - potentials[node];
            entries.push((Reverse(here - elsewhere), class, node, count, false));
        }
    }
    entries.sort_unstable();
    let mut quotas = vec![0u32; cells.list.len()];
    for (_, _, node, count, taken) in entries {
        let held = &cells.list[node].held;
        let count = if taken {
            count
        } else {
            count.min(free(&left, held))
        };
        if !taken {
            take(&mut left, held, count.into());
        }
        quotas[node] += count;
    }
    quotas
}

/// The price of each node and all above it together.
fn potentials(tree: &Tree, solution: &Solution) -> Vec<i128> {
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

/// Rooms of cells that may be better than those of a solution; nothing where no price says so.
pub(super) fn changed(cells: &Cells<'_>, solution: &Solution, change: Change) -> Option<Vec<u32>> {
    let count = |load: u64| u32::try_from(load).unwrap_or(u32::MAX);
    let mut quotas: Vec<u32> = solution.loads[..cells.list.len()]
        .iter()
        .map(|&load| count(load))
        .collect();
    let before = quotas.clone();
    let mut left: Vec<u64> = cells.limits.iter().map(|limit| limit.room.into()).collect();
    for (cell, &quota) in cells.list.iter().zip(&quotas) {
        take(&mut left, &cell.held, quota.into());
    }
    let price = |cell: usize| solution.nodes[cell];
    let mut dear: Vec<usize> = (0..quotas.len()).filter(|&cell| price(cell) > 0).collect();
    dear.sort_by_key(|&cell| Reverse(price(cell)));
    for (at, &cell) in dear.iter().enumerate() {
        let held = &cells.list[cell].held;
        let share = free(&left, held).div_ceil(count((dear.len() - at) as u64));
        take(&mut left, held, share.into());
        quotas[cell] += share;
    }
    let pairs = pairs(cells, &before, price);
    let mut shift = |from: usize, to: usize, most: u32| {
        let (giver, taker) = (&cells.list[from].held, &cells.list[to].held);
        let new: Vec<usize> = taker
            .iter()
            .copied()
            .filter(|limit| !giver.contains(limit))
            .collect();
        let room = if new.is_empty() {
            u32::MAX
        } else {
            free(&left, &new)
        };
        let amount = most.min(before[from]).min(quotas[from]).min(room);
        if from != to && amount > 0 && price(from) < price(to) {
            for &limit in giver {
                left[limit] += u64::from(amount);
            }
            take(&mut left, taker, amount.into());
            quotas[from] -= amount;
            quotas[to] += amount;
        }
    };
    match change {
        Change::Many { places, pairs: most } => {
            for of_limit in &pairs {
                for &(from, to) in of_limit.iter().take(most) {
                    shift(from, to, places);
                }
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
            shift(from, to, 1);
        }
    }
    Some(quotas)
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
