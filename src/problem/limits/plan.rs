//! The limits of a pass as the trees that the solver takes.

use super::nest::{self, Cells, Stand, stands};
use super::{Cap, Categories, Reach};
use crate::solve::transport::{Class, Leaf};

/// What a node of a tree stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stood {
    /// A leaf's own room and costs.
    Leaf(Leaf),
    /// The cap of this position, on the leads that pass through it.
    Cap(usize),
    /// The cap of this position, on the leads that are left out: as many as it does not let in at least.
    LeftOut(usize),
}

/// A node: floor ≤ leads through it ≤ room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanNode {
    /// What it stands for.
    pub stood: Stood,
    /// The node above it, which stands after it.
    pub parent: Option<usize>,
    /// At least so many leads.
    pub floor: u32,
    /// At most so many leads; `u32::MAX` where nothing bounds it.
    pub room: u32,
    /// The first so many leads are rewarded, after the tiers and before points.
    pub minimum: u32,
}

/// The limits of a pass: what nests as trees, what crosses as a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The categories of classes.
    pub categories: Categories,
    /// Nodes, children before parents.
    pub nodes: Vec<PlanNode>,
    /// The node where leads of a category enter a leaf, by category, then leaf.
    pub entry: Vec<Vec<usize>>,
    /// For each category the node that counts its leads that are left out; absent where none does.
    pub out: Vec<Option<usize>>,
    /// All caps, in the order of the rules.
    pub caps: Vec<Cap>,
    /// Where each of them stands.
    pub stands: Vec<Stand>,
    /// For each of them that is not exact what it crosses: a leaf's own room, or another cap.
    pub crossed: Vec<Option<Stood>>,
}

impl Plan {
    /// Makes the trees of a pass, given the room of each leaf.
    pub fn new(categories: Categories, reach: &Reach, caps: Vec<Cap>, rooms: &[u32]) -> Self {
        let (stands, crossed) = stands(&caps, &categories, reach);
        let mut plan = Self {
            nodes: Vec::new(),
            entry: vec![vec![0; rooms.len()]; categories.len()],
            out: vec![None; categories.len()],
            categories,
            caps,
            stands,
            crossed,
        };
        plan.leaf_side(reach, rooms);
        plan.lead_side(reach);
        plan
    }

    /// The category of a class.
    pub fn category(&self, class: Class) -> usize {
        self.categories.category(class)
    }

    /// The caps that bound and that no tree holds, by position.
    pub fn crossing(&self) -> impl Iterator<Item = usize> {
        (0..self.caps.len()).filter(|&cap| self.stands[cap] == Stand::Crossing)
    }

    /// The caps whose minimum no tree holds, by position.
    pub fn wishes(&self) -> impl Iterator<Item = usize> {
        (0..self.caps.len()).filter(|&cap| {
            let in_tree = matches!(self.stands[cap], Stand::Leaves | Stand::Idle);
            self.caps[cap].minimum > 0 && !in_tree
        })
    }

    /// Tells whether every cap that bounds is in a tree.
    pub fn is_exact(&self) -> bool {
        self.crossing().next().is_none()
    }

    /// Each leaf's node, and above and below it the caps that nest with it.
    fn leaf_side(&mut self, reach: &Reach, rooms: &[u32]) {
        let all = vec![true; self.categories.len()];
        let own = |leaf: Leaf| {
            let mut leaves = vec![false; rooms.len()];
            leaves[leaf] = true;
            (Stood::Leaf(leaf), nest::cells(reach, &all, &leaves))
        };
        let mut sets: Vec<(Stood, Cells)> = (0..rooms.len()).map(own).collect();
        for (at, cap) in self.caps.iter().enumerate() {
            if self.stands[at] == Stand::Leaves {
                let cells = nest::cells(reach, &cap.cells, &cap.leaves);
                sets.push((Stood::Cap(at), cells));
            }
        }
        // of equal sets the leaf's own is the lowest
        let mut order: Vec<usize> = (0..sets.len()).collect();
        order.sort_by_key(|&set| (sets[set].1.len(), set));
        for (node, &set) in order.iter().enumerate() {
            let stood = sets[set].0;
            let (room, minimum) = match stood {
                Stood::Leaf(leaf) => {
                    for entry in &mut self.entry {
                        entry[leaf] = node;
                    }
                    (rooms[leaf], 0)
                }
                Stood::Cap(cap) | Stood::LeftOut(cap) => {
                    (self.caps[cap].room.unwrap_or(u32::MAX), self.caps[cap].minimum)
                }
            };
            self.nodes.push(PlanNode {
                stood,
                parent: None,
                floor: 0,
                room,
                minimum,
            });
        }
        let mut deepest: Vec<Vec<Option<usize>>> = vec![vec![None; rooms.len()]; self.categories.len()];
        for (node, &set) in order.iter().enumerate().rev() {
            for &(category, leaf) in &sets[set].1 {
                let below = &mut deepest[category][leaf];
                self.nodes[node].parent = *below;
                *below = Some(node);
            }
        }
        for (entry, deepest) in self.entry.iter_mut().zip(&deepest) {
            for (entry, deepest) in entry.iter_mut().zip(deepest) {
                *entry = deepest.unwrap_or(*entry);
            }
        }
    }

    /// The caps on leads, whoever gets them, as floors on those that are left out.
    fn lead_side(&mut self, reach: &Reach) {
        let held = |cap: usize| -> Vec<bool> {
            let (cells, leaves) = (&self.caps[cap].cells, &self.caps[cap].leaves);
            let any =
                |category: usize| (0..reach.leaves).any(|leaf| leaves[leaf] && reach.has(category, leaf));
            (0..cells.len())
                .map(|category| cells[category] && any(category))
                .collect()
        };
        let mut sets: Vec<(usize, Vec<bool>)> = (0..self.caps.len())
            .filter(|&cap| self.stands[cap] == Stand::Leads)
            .map(|cap| (cap, held(cap)))
            .collect();
        let size = |set: &[bool]| set.iter().filter(|held| **held).count();
        sets.sort_by_key(|(cap, set)| (size(set), *cap));
        let first = self.nodes.len();
        for (cap, set) in &sets {
            let (leads, room) = (
                self.categories.leads(set),
                self.caps[*cap].room.unwrap_or(u32::MAX),
            );
            let floor = leads.saturating_sub(u64::from(room));
            self.nodes.push(PlanNode {
                stood: Stood::LeftOut(*cap),
                parent: None,
                floor: u32::try_from(floor).unwrap_or(u32::MAX),
                room: u32::MAX,
                minimum: 0,
            });
        }
        for (at, (_, set)) in sets.iter().enumerate().rev() {
            for (category, _) in set.iter().enumerate().filter(|(_, held)| **held) {
                self.nodes[first + at].parent = self.out[category];
                self.out[category] = Some(first + at);
            }
        }
    }
}
