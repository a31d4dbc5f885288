//! Units put where they fit, and moved one or two at a time while that makes a deal better.

use super::places::{Ground, NOWHERE, Places, Step, sum};
use super::quotas::potentials;
use crate::solve::transport::{Leaf, Solution, Tree};
use std::cmp::Reverse;

/// Rounds of moves at most.
const ROUNDS: usize = 20;
/// A unit without a place is tried at so many leaves in the place of another.
const WANTED: usize = 4;
/// So many pairs of a unit and a leaf are looked at for that, at most.
const LOOKED: usize = 20_000_000;

/// What a place at each leaf is worth by the prices of a flow.
pub(super) struct Prices {
    /// By category and leaf, packed.
    of: Vec<Vec<i128>>,
    unit: i128,
}

impl Prices {
    /// Takes the prices of a solution, given where leads enter its tree.
    pub(super) fn of(tree: &Tree, entry: &[Vec<usize>], solution: &Solution) -> Self {
        let nodes = potentials(tree, solution);
        let row = |entry: &Vec<usize>| entry.iter().map(|&node| nodes[node]).collect();
        Self {
            of: entry.iter().map(row).collect(),
            unit: solution.weights.unit,
        }
    }

    /// What a unit keeps at each leaf beyond the prices of its places, but for its leads by tier.
    fn kept(&self, ground: &Ground<'_>, unit: usize, scores: &[i64]) -> Vec<(Reverse<i128>, Leaf)> {
        let paid = |leaf: Leaf| -> i128 {
            let classes = ground.units[unit].iter();
            classes
                .map(|&class| self.of[ground.rows.category(class)][leaf])
                .sum()
        };
        let may = (0..scores.len()).filter(|&leaf| scores[leaf] != NOWHERE);
        let mut kept: Vec<_> = may
            .map(|leaf| (Reverse(self.unit * i128::from(scores[leaf]) - paid(leaf)), leaf))
            .collect();
        kept.sort_unstable();
        kept
    }

    /// The leaves that all leads of a unit may go to, the best at the prices first.
    pub(super) fn best_leaves(&self, ground: &Ground<'_>, unit: usize) -> Vec<Leaf> {
        let (mut row, mut scores) = (Vec::new(), Vec::new());
        ground.score(unit, &mut row, &mut scores);
        let kept = self.kept(ground, unit, &scores);
        kept.into_iter().map(|(_, leaf)| leaf).collect()
    }
}

/// Puts units that are nowhere where they keep most at the prices of those that have places for all: those
/// first that are best by tier, and that keep most a lead.
pub(super) fn settle(places: &mut Places<'_>, units: &[usize], prices: &Prices) {
    let ground = places.ground;
    let (mut row, mut scores) = (Vec::new(), Vec::new());
    let mut order = Vec::new();
    for &unit in units {
        ground.score(unit, &mut row, &mut scores);
        let kept = prices.kept(&ground, unit, &scores);
        let size = i128::try_from(ground.units[unit].len()).unwrap_or(1);
        if let Some(&(Reverse(best), _)) = kept.first() {
            let shares: Vec<i128> = ground.leads(unit).iter().map(|leads| leads * 64 / size).collect();
            let leaves: Vec<(Leaf, i64)> = kept.iter().map(|&(_, leaf)| (leaf, scores[leaf])).collect();
            order.push((Reverse(shares), Reverse(best / size), unit, leaves));
        }
    }
    order.sort();
    for (_, _, unit, leaves) in order {
        let found = leaves.into_iter().find(|&(leaf, _)| places.fits(unit, leaf));
        if let Some((leaf, score)) = found {
            places.put(unit, leaf, score);
        }
    }
}

/// Moves units, one alone or one into the place of another, while that makes the deal better.
pub(super) fn improve(places: &mut Places<'_>) {
    let mut work = Work::new(places);
    for _ in 0..ROUNDS {
        let mut moved = false;
        for unit in 0..work.places.ground.units.len() {
            moved |= work.shift(unit);
        }
        if !moved && !work.replace_all() {
            return;
        }
    }
    // what a reason says of a move must hold for the deal as it stays
    for unit in 0..work.places.ground.units.len() {
        work.shift(unit);
    }
}

struct Work<'p, 'a> {
    places: &'p mut Places<'a>,
    /// Whether some node wants leads, so that scores alone do not bound what a place brings.
    asks: bool,
    row: Vec<i32>,
    scores: Vec<i64>,
    looked: usize,
}

impl<'p, 'a> Work<'p, 'a> {
    fn new(places: &'p mut Places<'a>) -> Self {
        let asks = places.ground.tree.nodes.iter().any(|node| node.minimum > 0);
        Self {
            places,
            asks,
            row: Vec::new(),
            scores: Vec::new(),
            looked: 0,
        }
    }

    /// The leaf that brings most for a unit that is nowhere.
    fn best(&mut self, unit: usize, scores: &[i64], at_least: Option<Step>) -> Option<(Step, Leaf)> {
        let mut best = at_least.map(|step| (step, usize::MAX));
        for (leaf, &score) in scores.iter().enumerate().filter(|(_, score)| **score != NOWHERE) {
            let hopeless = !self.asks && best.is_some_and(|(step, _)| i128::from(score) < step[1]);
            if hopeless || !self.places.fits(unit, leaf) {
                continue;
            }
            let step = self.places.put(unit, leaf, score);
            self.places.take(unit, leaf, score);
            if best.is_none_or(|(known, _)| step > known) {
                best = Some((step, leaf));
            }
        }
        best.filter(|&(_, leaf)| leaf != usize::MAX)
    }

    fn read(&mut self, unit: usize) -> Vec<i64> {
        let mut scores = std::mem::take(&mut self.scores);
        self.places.ground.score(unit, &mut self.row, &mut scores);
        scores
    }

    /// Moves a unit to where it brings most; tells whether it moved.
    fn shift(&mut self, unit: usize) -> bool {
        let scores = self.read(unit);
        let from = self.places.at[unit];
        let own = from.map(|leaf| self.places.take(unit, leaf, scores[leaf]).map(|level| -level));
        let found = self.best(unit, &scores, own);
        if let Some(leaf) = found.map(|(_, leaf)| leaf).or(from) {
            self.places.put(unit, leaf, scores[leaf]);
        }
        self.scores = scores;
        found.is_some()
    }

    /// Gives units that miss a better place that of another, which goes elsewhere or is left out; tells whether any did.
    fn replace_all(&mut self) -> bool {
        let ground = self.places.ground;
        let mut at_leaf: Vec<Vec<usize>> = vec![Vec::new(); ground.rows.leaves()];
        for (unit, leaf) in self.places.at.iter().enumerate() {
            if let Some(leaf) = *leaf {
                at_leaf[leaf].push(unit);
            }
        }
        let mut units: Vec<usize> = (0..ground.units.len()).collect();
        units.sort_by_key(|&unit| self.places.at[unit].is_some());
        let mut replaced = false;
        for unit in units {
            if self.looked >= LOOKED {
                break;
            }
            let scores = self.read(unit);
            let from = self.places.at[unit];
            let own = from.map_or(NOWHERE, |leaf| scores[leaf]);
            let mut wanted: Vec<(Reverse<i64>, Leaf)> = (0..scores.len())
                .filter(|&leaf| scores[leaf] > own && scores[leaf] != NOWHERE)
                .map(|leaf| (Reverse(scores[leaf]), leaf))
                .collect();
            wanted.sort_unstable();
            let found = wanted.into_iter().take(WANTED).find_map(|(_, leaf)| {
                let others = at_leaf[leaf].iter().copied();
                let mut others = others.filter(|&other| other != unit);
                others.find(|&other| self.replace((unit, &scores), other, leaf))
            });
            if let Some(other) = found {
                replaced = true;
                for list in &mut at_leaf {
                    list.retain(|&known| known != unit && known != other);
                }
                for moved in [unit, other] {
                    if let Some(leaf) = self.places.at[moved] {
                        at_leaf[leaf].push(moved);
                    }
                }
            }
            self.scores = scores;
        }
        replaced
    }

    /// Puts a unit in the place of another if that makes the deal better.
    fn replace(&mut self, (unit, scores): (usize, &[i64]), other: usize, leaf: Leaf) -> bool {
        let ground = self.places.ground;
        if self.looked >= LOOKED || ground.units[other].len() * 8 < ground.units[unit].len() {
            return false;
        }
        self.looked += ground.rows.leaves() * ground.units[other].len();
        let mut others = Vec::new();
        ground.score(other, &mut self.row, &mut others);
        let from = self.places.at[unit];
        let before = from.map(|from| self.places.take(unit, from, scores[from]));
        let mut step = sum(
            before.unwrap_or_default(),
            self.places.take(other, leaf, others[leaf]),
        );
        let fits = self.places.fits(unit, leaf);
        let mut leads = vec![0; ground.tiers];
        if fits {
            step = sum(step, self.places.put(unit, leaf, scores[leaf]));
            let to = self.best(other, &others, None);
            if from.is_none() {
                leads = ground.leads(unit);
            }
            match to {
                Some((more, to)) => {
                    self.places.put(other, to, others[to]);
                    step = sum(step, more);
                }
                None => (leads.iter_mut().zip(ground.leads(other))).for_each(|(own, less)| *own -= less),
            }
            if (leads, step) > (vec![0; ground.tiers], Step::default()) {
                return true;
            }
            if let Some((_, to)) = to {
                self.places.take(other, to, others[to]);
            }
            self.places.take(unit, leaf, scores[leaf]);
        }
        self.places.put(other, leaf, others[leaf]);
        if let Some(from) = from {
            self.places.put(unit, from, scores[from]);
        }
        false
    }
}
