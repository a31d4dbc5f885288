//! Room for each cell within all limits: from a flow that exceeds some, and better ones from the prices
//! of those in use.

use super::cells::Cells;
use crate::solve::transport::{FORBIDDEN, Rows, Solution, Tree, Weights};
use std::cmp::Reverse;

/// Pairs of cells are made of so many of the dearest and so many of the cheapest.
const PAIRED: usize = 16;

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
        let cell = cells.cells.get(node);
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
            let Some(cell) = cells.cells.get(node) else {
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
    let mut quotas = vec![0u32; cells.cells.len()];
    for (_, _, node, count, taken) in entries {
        let held = &cells.cells[node].held;
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
    held.iter().for_each(|&limit| left[limit] -= count);
}

/// How rooms of cells are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// What limits have left goes to the dearest cells, and up to so many places from each of the cheapest
    /// to each of the dearest.
    Many(u32),
    /// The same but one place only, of the pair at this position.
    One(usize),
}

/// Rooms of cells that may be better than those of a solution; nothing where no price says so.
pub(super) fn changed(cells: &Cells<'_>, solution: &Solution, change: Change) -> Option<Vec<u32>> {
    let count = |load: u64| u32::try_from(load).unwrap_or(u32::MAX);
    let mut quotas: Vec<u32> = solution.loads[..cells.cells.len()]
        .iter()
        .map(|&load| count(load))
        .collect();
    let before = quotas.clone();
    let mut left: Vec<u64> = cells.limits.iter().map(|limit| limit.room.into()).collect();
    for (cell, &quota) in cells.cells.iter().zip(&quotas) {
        take(&mut left, &cell.held, quota.into());
    }
    let price = |cell: usize| solution.nodes[cell];
    let mut dear: Vec<usize> = (0..quotas.len()).filter(|&cell| price(cell) > 0).collect();
    dear.sort_by_key(|&cell| Reverse(price(cell)));
    let mut cheap: Vec<usize> = (0..quotas.len()).filter(|&cell| quotas[cell] > 0).collect();
    cheap.sort_by_key(|&cell| price(cell));
    for (at, &cell) in dear.iter().enumerate() {
        let held = &cells.cells[cell].held;
        let share = free(&left, held).div_ceil(count((dear.len() - at) as u64));
        take(&mut left, held, share.into());
        quotas[cell] += share;
    }
    let mut shift = |from: usize, to: usize, most: u32| {
        let (giver, taker) = (&cells.cells[from].held, &cells.cells[to].held);
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
            giver.iter().for_each(|&limit| left[limit] += u64::from(amount));
            take(&mut left, taker, amount.into());
            quotas[from] -= amount;
            quotas[to] += amount;
            return true;
        }
        false
    };
    match change {
        Change::Many(most) => {
            let mut givers = cheap.iter();
            for &to in &dear {
                for &from in givers.by_ref() {
                    if shares(cells, from, to) && shift(from, to, most) {
                        break;
                    }
                }
            }
        }
        Change::One(position) => {
            let givers = &cheap[..cheap.len().min(PAIRED)];
            let takers = &dear[..dear.len().min(PAIRED)];
            let mut pairs: Vec<(Reverse<i128>, usize, usize)> = (takers.iter())
                .flat_map(|&to| givers.iter().map(move |&from| (from, to)))
                .filter(|&(from, to)| from != to && price(from) < price(to) && shares(cells, from, to))
                .map(|(from, to)| (Reverse(price(to) - price(from)), from, to))
                .collect();
            pairs.sort_unstable();
            let &(_, from, to) = pairs.get(position)?;
            shift(from, to, 1);
        }
    }
    Some(quotas)
}

/// Tells whether two cells are in one limit.
fn shares(cells: &Cells<'_>, one: usize, other: usize) -> bool {
    let held = &cells.cells[other].held;
    cells.cells[one].held.iter().any(|limit| held.contains(limit))
}
