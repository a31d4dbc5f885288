//! The plainest exact solver of flows of the greatest value: unit by unit along the best path that is left,
//! found by Bellman and Ford's algorithm on values of several levels.

use crate::instance::{Instance, LEVELS, Value, place, plus};

struct Arc {
    from: usize,
    to: usize,
    left: u32,
    gain: Value,
}

/// Arcs in pairs: each with its reverse right after it.
struct Network(Vec<Arc>);

impl Network {
    fn add(&mut self, from: usize, to: usize, left: u32, gain: Value) {
        let back = plus([0; LEVELS], &gain, -1);
        self.0.push(Arc { from, to, left, gain });
        self.0.push(Arc {
            from: to,
            to: from,
            left: 0,
            gain: back,
        });
    }

    /// The value of the best path, and its arcs, last first.
    fn best_path(&self, nodes: usize, source: usize, sink: usize) -> Option<(Value, Vec<usize>)> {
        let mut best: Vec<Option<(Value, usize)>> = vec![None; nodes];
        best[source] = Some(([0; LEVELS], usize::MAX));
        loop {
            let mut changed = false;
            for (at, arc) in self.0.iter().enumerate().filter(|(_, arc)| arc.left > 0) {
                let Some((value, _)) = best[arc.from] else {
                    continue;
                };
                let value = plus(value, &arc.gain, 1);
                if best[arc.to].is_none_or(|(known, _)| value > known) {
                    best[arc.to] = Some((value, at));
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let (value, _) = best[sink]?;
        let mut path = Vec::new();
        let mut node = sink;
        while node != source {
            let (_, arc) = best[node]?;
            path.push(arc);
            node = self.0[arc].from;
        }
        Some((value, path))
    }
}

/// The value of the best flow. Every lead goes somewhere, if only to be counted as left out.
pub fn best(instance: &Instance) -> Value {
    let classes = instance.supply.len();
    let (source, sink) = (
        classes + instance.tree.nodes.len(),
        classes + instance.tree.nodes.len() + 1,
    );
    let node = |at: Option<usize>| at.map_or(sink, |at| classes + at);
    let mut network = Network(Vec::new());
    for class in 0..classes {
        let (supply, category) = (instance.supply[class], instance.category[class]);
        network.add(source, class, supply, [0; LEVELS]);
        network.add(class, node(instance.tree.out[category]), supply, [0; LEVELS]);
        for (leaf, &entry) in instance.tree.entry[category].iter().enumerate() {
            if let Some(gain) = instance.gain(class, leaf) {
                network.add(class, node(Some(entry)), supply, gain);
            }
        }
    }
    for (at, bound) in instance.tree.nodes.iter().enumerate() {
        for k in 1..=bound.room.min(instance.leads()) {
            network.add(node(Some(at)), node(bound.parent), 1, place(bound, k));
        }
    }
    let mut sum = [0; LEVELS];
    for _ in 0..instance.leads() {
        let (value, path) = network
            .best_path(sink + 1, source, sink)
            .expect("a lead can be left out");
        sum = plus(sum, &value, 1);
        for arc in path {
            network.0[arc].left -= 1;
            network.0[arc ^ 1].left += 1;
        }
    }
    sum
}
