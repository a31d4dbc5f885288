//! The pairs that crossing limits hold, as nodes below those where their leads enter the tree.

use super::Crossing;
use crate::solve::transport::{Node, Rows, Solution, Tree};
use std::collections::BTreeMap;

/// Pairs of one leaf that enter the tree at one node and that the same limits hold.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// The limits that hold it, by position.
    pub(super) held: Vec<usize>,
    /// The node of the tree where its leads entered.
    below: usize,
}

/// A tree and limits that cross it, with a node more for each cell: cells first, then the tree's nodes.
pub(super) struct Cells<'a> {
    /// The tree.
    pub(super) tree: &'a Tree,
    /// All limits.
    pub(super) limits: &'a [Crossing],
    /// The cells; the position of each is that of its node.
    pub(super) list: Vec<Cell>,
    /// Where leads enter, by category and leaf.
    pub(super) entry: Vec<Vec<usize>>,
}

impl<'a> Cells<'a> {
    /// Finds the cells; limits with room for all the leads that they hold make none.
    pub(super) fn of(rows: &dyn Rows, tree: &'a Tree, limits: &'a [Crossing]) -> Self {
        let mut leads = vec![0u64; tree.entry.len()];
        for class in 0..rows.classes() {
            leads[rows.category(class)] += u64::from(rows.supply(class));
        }
        let bounds = |limit: &Crossing| {
            let held = (limit.categories.iter().zip(&leads)).filter(|&(&held, _)| held);
            held.map(|(_, leads)| leads).sum::<u64>() > u64::from(limit.room)
        };
        let bounding: Vec<bool> = limits.iter().map(bounds).collect();
        let mut cells = Vec::new();
        let mut cell_of = vec![vec![None; rows.leaves()]; tree.entry.len()];
        for leaf in 0..rows.leaves() {
            let mut known: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
            for (category, entry) in tree.entry.iter().enumerate().filter(|&(at, _)| leads[at] > 0) {
                let holds = |&at: &usize| bounding[at] && limits[at].holds(category, leaf);
                let held: Vec<usize> = (0..limits.len()).filter(holds).collect();
                if !held.is_empty() {
                    let below = entry[leaf];
                    let cell = known.entry((below, held.clone())).or_insert_with(|| {
                        cells.push(Cell { held, below });
                        cells.len() - 1
                    });
                    cell_of[category][leaf] = Some(*cell);
                }
            }
        }
        let node = |(cell, &below): (&Option<usize>, &usize)| cell.unwrap_or(cells.len() + below);
        let entry = (cell_of.iter().zip(&tree.entry))
            .map(|(cells, entry)| cells.iter().zip(entry).map(node).collect())
            .collect();
        Self {
            tree,
            limits,
            list: cells,
            entry,
        }
    }

    /// How many leads of a flow each limit holds.
    pub(super) fn loads(&self, solution: &Solution) -> Vec<u64> {
        let mut loads = vec![0u64; self.limits.len()];
        for (cell, &load) in self.list.iter().zip(&solution.loads) {
            for &limit in &cell.held {
                loads[limit] += load;
            }
        }
        loads
    }

    /// The tree with so much room for each cell, or with as much as it may ever need.
    ///
    /// A category of no leads comes last, so that the potentials of leaves are those of the tree's own nodes.
    pub(super) fn tree(&self, room: Option<&[u32]>) -> Tree {
        let count = self.list.len();
        let node = |(at, cell): (usize, &Cell)| Node {
            parent: Some(count + cell.below),
            // One more than can be needed: its own price is then its toll.
            ..Node::with_room(room.map_or_else(
                || self.tree.nodes[cell.below].room.saturating_add(1),
                |room| room[at],
            ))
        };
        let shifted = |node: &Node| Node {
            parent: node.parent.map(|parent| count + parent),
            ..*node
        };
        let cells = self.list.iter().enumerate().map(node);
        let last = self.tree.entry.last().into_iter();
        let own = last.map(|entry| entry.iter().map(|&node| count + node).collect());
        let out = |out: &Option<usize>| out.map(|node| count + node);
        Tree {
            nodes: cells.chain(self.tree.nodes.iter().map(shifted)).collect(),
            entry: self.entry.iter().cloned().chain(own).collect(),
            out: self.tree.out.iter().map(out).chain([None]).collect(),
        }
    }

    /// A solution on the tree with cells as one on the tree alone.
    pub(super) fn without_cells(&self, mut solution: Solution) -> Solution {
        let count = self.list.len();
        solution.nodes.drain(..count);
        solution.loads.drain(..count);
        solution
    }

    /// The loads of the tree's own nodes among those of a solution on the tree with cells.
    pub(super) fn own_loads<'s>(&self, solution: &'s Solution) -> &'s [u64] {
        &solution.loads[self.list.len()..]
    }
}
