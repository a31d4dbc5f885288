//! The least and the greatest optimal potentials: one sweep each over the final contracted graph.
//!
//! Its moves are those over *all* columns, and the settled prices are optimal: they make the length of
//! every arc between leaves, price(to) − price(from) − gain, not negative, so that Dijkstra finds the
//! paths that gain most in O(leaves²). Arcs at the ground may have any length, as each path has only one
//! and the sweep begins with it.

use super::Tree;
use super::level::Level;
use super::number::Number;
use super::pricing::NO_MOVE;
use super::run::Settled;

/// The least potentials p ≥ 0 that prove a settled flow optimal; packed, by leaf.
///
/// p of a leaf is the greatest gain of any path of moves from the ground to it: what the last place
/// in use costs; what an unassigned lead would bring; what a lead of another leaf would bring here,
/// more than there, on top of that leaf's own potential; or 0.
pub(super) fn least<N: Number>(level: &Level<'_, N>, tree: &Tree, settled: &Settled<N>) -> Vec<N> {
    let arcs = Arcs { level, tree, settled };
    let distance = arcs.distances(|near, far| arcs.length(near, far));
    (settled.prices.iter().zip(&distance))
        .map(|(&price, &distance)| price - distance)
        .collect()
}

/// The greatest potentials that prove a settled flow optimal; packed, by leaf, absent where there is
/// no greatest: at a leaf without places.
///
/// p of a leaf is the least loss of any path of moves from it to the ground: what its next place
/// costs; what a lead brings that is left out; or what a lead brings here, more than at another leaf,
/// on top of that leaf's own potential.
pub(super) fn greatest<N: Number>(level: &Level<'_, N>, tree: &Tree, settled: &Settled<N>) -> Vec<Option<N>> {
    let arcs = Arcs { level, tree, settled };
    let distance = arcs.distances(|near, far| arcs.length(far, near));
    (settled.prices.iter().zip(&distance))
        .map(|(&price, &distance)| (distance < N::FAR).then(|| price + distance))
        .collect()
}

/// The arcs that a settled flow leaves.
struct Arcs<'a, N> {
    level: &'a Level<'a, N>,
    /// Tells how much room there is; a level has no more than it has leads.
    tree: &'a Tree,
    settled: &'a Settled<N>,
}

impl<N: Number> Arcs<'_, N> {
    /// How far the arc is from being tight; beyond [`Number::FAR`] where there is none.
    fn length(&self, from: usize, to: usize) -> N {
        let price = |node: usize| self.settled.prices.get(node).copied().unwrap_or(N::ZERO);
        let gain = self.lead(from, to).max(self.place(from, to));
        price(to) - price(from) - gain
    }

    /// What moving a lead gains.
    fn lead(&self, from: usize, to: usize) -> N {
        let width = self.level.ground() + 1;
        let code = self.settled.moves[from * width + to];
        if code <= NO_MOVE / 2 {
            N::NONE
        } else {
            self.level.scale.value(code)
        }
    }

    /// What giving up a place gains, or taking one into use.
    fn place(&self, from: usize, to: usize) -> N {
        let ground = self.level.ground();
        let (leaf, gives) = if from == ground { (to, true) } else { (from, false) };
        if !gives && to != ground {
            return N::NONE;
        }
        let (places, used) = (&self.level.places[leaf], self.settled.used[leaf]);
        if gives {
            return if used > 0 { places.cost(used) } else { N::ZERO };
        }
        if used < self.tree.nodes[leaf].room {
            -places.cost(used + 1)
        } else {
            N::NONE
        }
    }

    /// How far each leaf is from the ground; `length` is that of the arc between a node that is nearer
    /// and one that is farther. [`Number::FAR`] where no path leads there.
    fn distances(&self, length: impl Fn(usize, usize) -> N) -> Vec<N> {
        let ground = self.level.ground();
        let mut distance = vec![N::FAR; ground + 1];
        let mut open = vec![true; ground + 1];
        distance[ground] = N::ZERO;
        let mut node = ground;
        loop {
            open[node] = false;
            for far in (0..ground).filter(|&far| open[far]) {
                distance[far] = distance[far].min(distance[node] + length(node, far));
            }
            match (0..ground)
                .filter(|&far| open[far])
                .min_by_key(|&far| distance[far])
            {
                Some(next) => node = next,
                None => break,
            }
        }
        distance.truncate(ground);
        distance
    }
}
