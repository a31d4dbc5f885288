//! The least and the greatest optimal potentials: one sweep each over the final contracted graph.
//!
//! Its moves are those over *all* columns, and the settled prices are optimal: they make the length of
//! every arc, price(to) − price(from) − gain, not negative, so that Dijkstra finds the paths that gain
//! most in O(nodes²). Arcs at the ground may have any length, as each path has only one and the sweep
//! begins with it.

use super::level::Level;
use super::number::Number;
use super::run::Settled;

/// The arcs that a settled flow leaves.
pub(super) struct Arcs<'a, N> {
    level: &'a Level<'a, N>,
    settled: &'a Settled<N>,
    /// By from · width + to, below twice [`Number::FAR`]: memory that is never written is never taken.
    short_of_far: Vec<N>,
    /// Which nodes any arc leads from.
    leads_on: Vec<bool>,
}

impl<'a, N: Number> Arcs<'a, N> {
    /// Looks up all arcs.
    pub(super) fn of(level: &'a Level<'a, N>, settled: &'a Settled<N>) -> Self {
        let width = level.ground() + 1;
        let mut arcs = Self {
            level,
            settled,
            short_of_far: vec![N::ZERO; width * width],
            leads_on: vec![false; width],
        };
        settled
            .moves
            .each(level, |from, to, gain| arcs.note(from, to, gain));
        for node in 0..level.ground() {
            let (places, used) = (&level.places[node], settled.used[node]);
            let above = level.above(node);
            // A level has no more room than it has leads.
            if used < places.room.max(level.tree.nodes[node].room) {
                arcs.note(node, above, -places.cost(used + 1));
            }
            if used > places.floor {
                arcs.note(above, node, places.cost(used));
            }
        }
        arcs
    }

    fn price(&self, node: usize) -> N {
        self.settled.prices.get(node).copied().unwrap_or(N::ZERO)
    }

    fn note(&mut self, from: usize, to: usize, gain: N) {
        let length = self.price(to) - self.price(from) - gain;
        self.leads_on[from] = true;
        let at = from * (self.level.ground() + 1) + to;
        self.short_of_far[at] = self.short_of_far[at].max(N::FAR + N::FAR - length);
    }

    /// How far an arc is from being tight; beyond [`Number::FAR`] where there is none.
    fn length(&self, from: usize, to: usize) -> N {
        N::FAR + N::FAR - self.short_of_far[from * (self.level.ground() + 1) + to]
    }

    /// The least potentials that prove the flow optimal, packed, by node: not below that of the node above
    /// where a node has no leads.
    ///
    /// That of a node is the greatest gain of any path of moves from the ground to it: what the last place
    /// in use costs; what an unassigned lead would bring; what a lead of another leaf would bring here,
    /// more than there, on top of that leaf's own potential; or 0.
    pub(super) fn least(&self) -> Vec<N> {
        let level = self.level;
        let distance = self.distances(|near, far| {
            if !self.leads_on[near] && self.settled.used[far] > 0 {
                return N::MOST;
            }
            let length = self.length(near, far);
            if self.settled.used[far] == 0 && level.above(far) == near {
                let lowest = level.places[far].cost(1).min(N::ZERO);
                return length.min(self.price(far) - self.price(near) - lowest);
            }
            length
        });
        // Nodes that no path leads to have no least potential: low enough for all others is right.
        let reached = distance.iter().copied().filter(|&distance| distance < N::FAR);
        let farthest = reached.max().unwrap_or(N::ZERO).max(N::ZERO);
        (self.settled.prices.iter().zip(&distance))
            .map(|(&price, &distance)| price - if distance < N::FAR { distance } else { farthest })
            .collect()
    }

    /// The greatest potentials that prove the flow optimal, packed, by node; absent where there is no
    /// greatest: at a node without places.
    ///
    /// That of a node is the least loss of any path of moves from it to the ground: what its next place
    /// costs; what a lead brings that is left out; or what a lead brings here, more than at another leaf,
    /// on top of that leaf's own potential.
    pub(super) fn greatest(&self) -> Vec<Option<N>> {
        let distance = self.distances(|near, far| {
            if self.leads_on[far] {
                self.length(far, near)
            } else {
                N::MOST
            }
        });
        (self.settled.prices.iter().zip(&distance))
            .map(|(&price, &distance)| (distance < N::FAR).then(|| price + distance))
            .collect()
    }

    /// How far each node is from the ground; `length` is that of the arc between a node that is nearer
    /// and one that is farther. [`Number::FAR`] or more where no path leads there.
    fn distances(&self, length: impl Fn(usize, usize) -> N) -> Vec<N> {
        let ground = self.level.ground();
        let mut distance = vec![N::FAR; ground + 1];
        let mut open = vec![true; ground + 1];
        distance[ground] = N::ZERO;
        let mut node = ground;
        loop {
            open[node] = false;
            let mut next = None;
            for far in (0..ground).filter(|&far| open[far]) {
                let length = length(node, far);
                if length < N::FAR {
                    distance[far] = distance[far].min(distance[node] + length);
                }
                if next.is_none_or(|next: usize| distance[far] < distance[next]) {
                    next = Some(far);
                }
            }
            match next {
                Some(next) if distance[next] < N::FAR => node = next,
                _ => break,
            }
        }
        distance.truncate(ground);
        distance
    }
}
