//! Which caps nest, tested on who can go where.
//!
//! A cap is a set of cells, a cell a category with a leaf where any of its leads can go. Caps that nest
//! (of any two one holds the other, or they share no cell), the room of every leaf among them, are a tree
//! on the side of the leaves. A cap that holds all cells of its categories bounds how many of these leads are
//! assigned, whoever gets them; such caps that nest by category are a tree on the side of the leads. What fits
//! into neither crosses.

use super::{Cap, Categories, Reach, Stood};
use crate::solve::transport::Leaf;

/// Where a cap stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It nests among the rooms of the leaves.
    Leaves,
    /// It nests among caps on leads, whoever gets them.
    Leads,
    /// No deal can exceed it, and it asks for nothing.
    Idle,
    /// It crosses others.
    Crossing,
    /// It asks for a minimum alone, which crosses others.
    Wish,
}

/// A set of cells, in order.
pub type Cells = Vec<(usize, Leaf)>;

/// The cells of the categories and leaves that are marked.
pub fn cells(reach: &Reach, categories: &[bool], leaves: &[bool]) -> Cells {
    let mut cells = Cells::new();
    for (category, _) in categories.iter().enumerate().filter(|(_, marked)| **marked) {
        let own = (0..reach.leaves).filter(|&leaf| leaves[leaf] && reach.has(category, leaf));
        cells.extend(own.map(|leaf| (category, leaf)));
    }
    cells
}

/// Where each cap stands, and the first that it crosses among rooms and caps before it: the first in order that
/// fits takes its place. `O(cells of all caps × depth)`.
pub fn stands(caps: &[Cap], categories: &Categories, reach: &Reach) -> (Vec<Stand>, Vec<Option<Stood>>) {
    let all = vec![true; categories.len()];
    let mut family = Family::new(reach);
    for leaf in 0..reach.leaves {
        let mut own = vec![false; reach.leaves];
        own[leaf] = true;
        let fits = family.admit(cells(reach, &all, &own), Stood::Leaf(leaf));
        debug_assert!(fits.is_ok(), "leaves share no cell");
    }
    let mut on_leads: Vec<Vec<bool>> = Vec::new();
    let stand = |(at, cap): (usize, &Cap)| {
        let own = cells(reach, &cap.cells, &cap.leaves);
        let mut held = vec![false; categories.len()];
        for &(category, _) in &own {
            held[category] = true;
        }
        let leads = categories.leads(&held);
        let bounds = cap.room.is_some_and(|room| u64::from(room) < leads);
        if !bounds && (cap.minimum == 0 || own.is_empty()) {
            return (Stand::Idle, None);
        }
        let whole = cells(reach, &held, &vec![true; reach.leaves]).len() == own.len();
        let Err(crossed) = family.admit(own, Stood::Cap(at)) else {
            return (Stand::Leaves, None);
        };
        if !bounds {
            return (Stand::Wish, Some(crossed));
        }
        if whole && on_leads.iter().all(|other| nested(other, &held)) {
            on_leads.push(held);
            return (Stand::Leads, (cap.minimum > 0).then_some(crossed));
        }
        (Stand::Crossing, Some(crossed))
    };
    caps.iter().enumerate().map(stand).unzip()
}

/// Tells whether one of two sets holds the other, or they share nothing.
fn nested(one: &[bool], other: &[bool]) -> bool {
    let pairs = || one.iter().zip(other);
    let shared = pairs().any(|(&a, &b)| a && b);
    !shared || pairs().all(|(&a, &b)| a <= b) || pairs().all(|(&a, &b)| b <= a)
}

/// Sets of cells that nest.
struct Family {
    stood: Vec<Stood>,
    sizes: Vec<usize>,
    /// For each category and leaf the sets that hold the cell.
    holders: Vec<Vec<Vec<usize>>>,
}

impl Family {
    fn new(reach: &Reach) -> Self {
        Self {
            stood: Vec::new(),
            sizes: Vec::new(),
            holders: reach
                .cells
                .iter()
                .map(|leaves| vec![Vec::new(); leaves.len()])
                .collect(),
        }
    }

    /// Takes a set in if it nests with all that are in.
    ///
    /// # Errors
    /// The first with which it does not.
    fn admit(&mut self, cells: Cells, stood: Stood) -> Result<(), Stood> {
        let mut shared = vec![0usize; self.sizes.len()];
        let mut touched = Vec::new();
        for &(category, leaf) in &cells {
            for &holder in &self.holders[category][leaf] {
                if shared[holder] == 0 {
                    touched.push(holder);
                }
                shared[holder] += 1;
            }
        }
        let nests = |&holder: &usize| shared[holder] == cells.len() || shared[holder] == self.sizes[holder];
        if let Some(&crossed) = touched.iter().filter(|holder| !nests(holder)).min() {
            return Err(self.stood[crossed]);
        }
        let number = self.sizes.len();
        self.stood.push(stood);
        self.sizes.push(cells.len());
        for (category, leaf) in cells {
            self.holders[category][leaf].push(number);
        }
        Ok(())
    }
}
