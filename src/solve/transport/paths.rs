//! Shortest paths from excess to want until every node is in balance.

use super::network::{Move, Network};
use super::number::Number;

/// Buffers of the search.
struct Search<N> {
    /// Distance of each node while it is open, [`Number::MOST`] once it is closed.
    open: Vec<N>,
    from: Vec<u32>,
    closed: Vec<(u32, N)>,
}

impl<N: Number> Network<'_, N> {
    /// Moves leads along shortest paths until no node has an excess or a want: the flow and the
    /// prices are then optimal on the columns.
    ///
    /// One search takes O(nodes²) at most, and stops at the first node that wants.
    pub(super) fn settle(&mut self) {
        let width = self.width();
        let mut search = Search {
            open: vec![N::MOST; width],
            from: vec![0; width],
            closed: Vec::with_capacity(width),
        };
        // The ground first: it has no excess again afterwards, and prices cannot sink without end.
        for source in std::iter::once(width - 1).chain(0..width - 1) {
            while self.excess[source] > 0 {
                let target = self.search(source, &mut search);
                self.raise(target, &search);
                let path = path(source, target, &search.from);
                while self.push(&path) {}
            }
        }
        for price in &mut self.price {
            *price = (*price).max(N::ZERO);
        }
    }

    /// Finds the nearest node that wants, wanting ones first among equals.
    fn search(&self, source: usize, search: &mut Search<N>) -> usize {
        let width = self.width();
        search.open.fill(N::FAR);
        search.open[source] = N::ZERO;
        search.closed.clear();
        let mut node = source;
        loop {
            let distance = search.open[node];
            assert!(
                distance < N::FAR,
                "a flow exists, so what is too much can go where it lacks"
            );
            if self.excess[node] < 0 {
                return node;
            }
            search.open[node] = N::MOST;
            search.closed.push((super::columns::narrow(node), distance));
            let base = distance - self.price[node];
            let gains = &self.gain[node * width..(node + 1) * width];
            let via = super::columns::narrow(node);
            let ends = search.open.iter_mut().zip(&mut search.from);
            for ((open, from), (&price, &gain)) in ends.zip(self.price.iter().zip(gains)) {
                let reached = base + price - gain;
                if *open != N::MOST && reached < *open {
                    *open = reached;
                    *from = via;
                }
            }
            node = self.nearest(&search.open);
        }
    }

    fn nearest(&self, open: &[N]) -> usize {
        let (mut nearest, mut least) = (0, N::MOST);
        for (node, &distance) in open.iter().enumerate() {
            let closer = distance < least;
            if closer || (distance == least && self.excess[node] < 0 && self.excess[nearest] >= 0) {
                (nearest, least) = (node, distance);
            }
        }
        nearest
    }

    /// Raises the prices of the nodes nearer than the target so that the path to it is tight; the
    /// ground's stays 0.
    fn raise(&mut self, target: usize, search: &Search<N>) {
        let reach = search.open[target];
        for &(node, distance) in &search.closed {
            self.price[node as usize] += reach - distance;
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
