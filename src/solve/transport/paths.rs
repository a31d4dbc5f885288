//! Shortest paths from excess to want until every node is in balance.

use super::level::narrow;
use super::network::{Move, Network};
use super::number::Number;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Buffers of the search.
struct Search<N> {
    distance: Vec<N>,
    from: Vec<u32>,
    /// Nodes seen but not closed, nearest first; an entry farther than its node's distance is stale.
    open: BinaryHeap<Reverse<(N, u32)>>,
    closed: Vec<(u32, N)>,
    /// The nearest node seen that wants, and its distance.
    target: usize,
    reach: N,
}

impl<N: Number> Network<'_, N> {
    /// Moves leads along shortest paths until no node has an excess or a want: the flow and the
    /// prices are then optimal on the columns.
    ///
    /// One search takes O(nodes²) at most, and stops at the first node that wants.
    pub(super) fn settle(&mut self) {
        let width = self.width();
        let mut search = Search {
            distance: vec![N::FAR; width],
            from: vec![0; width],
            open: BinaryHeap::new(),
            closed: Vec::with_capacity(width),
            target: 0,
            reach: N::FAR,
        };
        // The ground first: it has no excess again afterwards, and prices cannot sink without end.
        for source in std::iter::once(width - 1).chain(0..width - 1) {
            while self.excess[source] > 0 {
                self.search(source, &mut search);
                self.raise(&search);
                let path = path(source, search.target, &search.from);
                while self.push(&path) {}
            }
        }
        self.lift_unused();
    }

    /// Finds the nearest node that wants.
    fn search(&self, source: usize, search: &mut Search<N>) {
        search.distance.fill(N::FAR);
        search.distance[source] = N::ZERO;
        search.closed.clear();
        search.open.clear();
        search.reach = N::FAR;
        search.open.push(Reverse((N::ZERO, narrow(source))));
        while let Some(Reverse((distance, node))) = search.open.pop() {
            if distance >= search.reach {
                break;
            }
            if distance == search.distance[node as usize] {
                search.closed.push((node, distance));
                self.close(node as usize, distance, search);
            }
        }
        assert!(
            search.reach < N::FAR,
            "a flow exists, so what is too much can go where it lacks"
        );
    }

    /// Looks at all arcs of a node whose distance is final. Nothing beyond the nearest node that
    /// wants is of interest.
    fn close(&self, node: usize, distance: N, search: &mut Search<N>) {
        let base = distance - self.price[node];
        let mut look = |to: usize| {
            let reached = base + self.price[to] - self.gain(node, to);
            if reached >= search.reach || reached >= search.distance[to] {
                return;
            }
            search.distance[to] = reached;
            search.from[to] = narrow(node);
            if self.excess[to] < 0 {
                (search.target, search.reach) = (to, reached);
            } else {
                search.open.push(Reverse((reached, narrow(to))));
            }
        };
        let targets = self.targets(node);
        if targets.len() < self.width() / 2 {
            for &to in targets {
                look(to as usize);
            }
        } else {
            (0..self.width()).for_each(look);
        }
    }

    /// Raises the prices of the nodes nearer than the target so that the path to it is tight; the
    /// ground's stays 0.
    fn raise(&mut self, search: &Search<N>) {
        for &(node, distance) in &search.closed {
            self.price[node as usize] += search.reach - distance;
        }
        let ground = self.price[self.width() - 1];
        if ground != N::ZERO {
            for price in &mut self.price {
                *price -= ground;
            }
        }
    }

    /// Moves as much as possible along a path at once; tells whether there is more to move along it.
    fn push(&mut self, path: &[usize]) -> bool {
        let (source, target) = (path[0], path[path.len() - 1]);
        let wanted = self.excess[source].min(-self.excess[target]);
        let mut amount = u32::try_from(wanted).unwrap_or(u32::MAX);
        let mut steps: Vec<(Move, u32)> = Vec::with_capacity(path.len());
        for arc in path.windows(2) {
            let step = self.best_move(arc[0], arc[1], amount);
            amount = amount.min(step.1);
            steps.push(step);
        }
        for &(step, _) in &steps {
            self.make(step, amount);
        }
        self.excess[source] -= i64::from(amount);
        self.excess[target] += i64::from(amount);
        self.excess[source] > 0
            && self.excess[target] < 0
            && path.windows(2).all(|arc| self.length(arc[0], arc[1]) == N::ZERO)
    }

    /// Lifts the price of each node without leads to that of the node above, or as near as the cost of
    /// its first place allows: nothing else bounds it from below.
    fn lift_unused(&mut self) {
        for node in (0..self.level.ground()).rev() {
            let places = &self.level.places[node];
            if self.used[node] == 0 {
                let least = self.price[self.level.above(node)] + places.cost(1).min(N::ZERO);
                self.price[node] = self.price[node].max(least);
            }
        }
    }
}

/// The nodes from the source to the target.
fn path(source: usize, target: usize, from: &[u32]) -> Vec<usize> {
    let mut path = vec![target];
    let mut node = target;
    while node != source {
        node = from[node] as usize;
        path.push(node);
    }
    path.reverse();
    path
}
