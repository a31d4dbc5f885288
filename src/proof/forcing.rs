//! What it costs to force a pair: the best deal with the pair held against the best deal.
//!
//! Problem: a pass that was dealt as well as can be; one lead is taken out of its place and held at
//! another leaf. That leaf then has one lead more than places in use and the old one a lead less. The
//! way back is a shortest path in the contracted graph, whose nodes are the leaves and T, which is all
//! that is outside: leads left out and places not used. Leaf to leaf: the cheapest lead to move. Leaf to
//! T: the next place, or the cheapest lead to leave out. T to leaf: the last place given back, or the best
//! lead to bring in. A deal that is the best has no negative cycle, so that Bellman and Ford's way (1956)
//! ends after at most as many rounds as there are leaves. One look at every pair, O(leaves) memory squared.

use super::instance::{Instance, NEVER};
use super::price::Sum;
use super::scan;

/// What forcing a pair comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Forced {
    /// The lead is there.
    Held,
    /// So much would be lost: leads of each tier, points, fairness.
    Costs(Sum),
    /// The leaf takes no lead of this pass at all.
    NoPlace,
    /// The deal can be bettered, so that no cost can be told.
    NotBest,
}

/// A way and what is lost on it: points and fairness, and at most one lead left out, one brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    /// The rank of the tier of a lead left out (positive) or brought in (negative).
    rank: i32,
    points: i64,
    fairness: i64,
}

impl Way {
    const NOTHING: Self = Self {
        rank: 0,
        points: 0,
        fairness: 0,
    };

    /// Adds what moving leads among leaves loses.
    fn and(self, points: i64) -> Self {
        Self {
            points: self.points + points,
            ..self
        }
    }
}

/// The arcs of the contracted graph.
struct Graph {
    leaves: usize,
    /// Leaf to leaf: what moving the cheapest lead loses.
    moves: Vec<Option<i32>>,
    /// Leaf to T.
    outs: Vec<Option<Way>>,
    /// T to leaf.
    ins: Vec<Option<Way>>,
}

/// Finds what it costs to hold the lead at a position of the pass at a leaf where it may be.
pub(crate) fn cost(instance: &Instance, up: usize, leaf: usize, begun: &(dyn Fn(usize) + Sync)) -> Forced {
    let lead = &instance.ups[up];
    if lead.holder == Some(leaf) {
        return Forced::Held;
    }
    let mut row = vec![NEVER; instance.leaves.len()];
    (instance.rows)()(lead.lead, &mut row);
    if row[leaf] == NEVER || instance.leaves[leaf].room == 0 {
        return Forced::NoPlace;
    }
    let mut sum = Sum::zero(instance.tiers);
    match lead.holder {
        Some(from) => sum.add(0, 0, i128::from(row[from].max(0)) - i128::from(row[leaf]), 0),
        None => sum.add(lead.rank, -1, -i128::from(row[leaf]), 0),
    }
    let graph = Graph::of(instance, up, begun);
    match graph.back(leaf, lead.holder, instance.tiers) {
        Ok(Some(way)) => {
            sum.join(&way);
            if sum < Sum::zero(instance.tiers) {
                Forced::NotBest
            } else {
                Forced::Costs(sum)
            }
        }
        Ok(None) => Forced::NoPlace,
        Err(Better) => Forced::NotBest,
    }
}

/// The deal has a negative cycle.
#[derive(Debug)]
struct Better;

impl Graph {
    fn empty(leaves: usize) -> Self {
        Self {
            leaves,
            moves: vec![None; leaves * leaves],
            outs: vec![None; leaves],
            ins: vec![None; leaves],
        }
    }

    fn of(instance: &Instance, held: usize, begun: &(dyn Fn(usize) + Sync)) -> Self {
        let leaves = instance.leaves.len();
        let make = || ((instance.rows)(), vec![NEVER; leaves], Self::empty(leaves));
        let found = scan::fold(
            instance.ups.len(),
            begun,
            &make,
            &|(reader, row, graph), range| {
                for at in range.filter(|&at| at != held) {
                    reader(instance.ups[at].lead, row);
                    graph.lead(instance.ups[at].holder, instance.ups[at].rank, row);
                }
            },
        );
        let mut graph = Self::empty(leaves);
        for (_, _, part) in found {
            graph.join(&part);
        }
        graph.places(instance);
        graph
    }

    fn lead(&mut self, holder: Option<usize>, rank: i32, row: &[i32]) {
        match holder {
            Some(from) => {
                let own = row[from].max(0);
                least(
                    &mut self.outs[from],
                    Way {
                        rank,
                        points: i64::from(own),
                        fairness: 0,
                    },
                );
                let moves = &mut self.moves[from * row.len()..][..row.len()];
                for (arc, &score) in moves.iter_mut().zip(row) {
                    if score != NEVER {
                        least(arc, own - score);
                    }
                }
            }
            None => {
                for (arc, &score) in self.ins.iter_mut().zip(row) {
                    if score != NEVER {
                        least(
                            arc,
                            Way {
                                rank: -rank,
                                points: -i64::from(score),
                                fairness: 0,
                            },
                        );
                    }
                }
            }
        }
    }

    /// Adds the next place of every leaf, and the last one in use.
    fn places(&mut self, instance: &Instance) {
        for ((at, leaf), load) in instance
            .leaves
            .iter()
            .enumerate()
            .zip(instance.loads.iter().copied())
        {
            if load < u64::from(leaf.room) {
                let next = leaf.cost(load + 1);
                least(
                    &mut self.outs[at],
                    Way {
                        rank: 0,
                        points: next.points,
                        fairness: next.fairness,
                    },
                );
            }
            if load > 0 {
                let last = leaf.cost(load);
                least(
                    &mut self.ins[at],
                    Way {
                        rank: 0,
                        points: -last.points,
                        fairness: -last.fairness,
                    },
                );
            }
        }
    }

    fn join(&mut self, other: &Self) {
        lower(&mut self.moves, &other.moves);
        lower(&mut self.outs, &other.outs);
        lower(&mut self.ins, &other.ins);
    }

    /// The cheapest way from a leaf that holds a lead too many to the one that lacks one, or to T.
    fn back(&self, from: usize, to: Option<usize>, tiers: usize) -> Result<Option<Sum>, Better> {
        let spread = self.spread(
            (0..self.leaves)
                .map(|leaf| (leaf == from).then_some(Way::NOTHING))
                .collect(),
        )?;
        let out = (0..self.leaves)
            .filter_map(|leaf| Some(self.outs[leaf]?.after(spread[leaf]?)))
            .min();
        let Some(to) = to else {
            return Ok(out.map(|way| way.sum(None, tiers)));
        };
        let inside = spread[to].map(|way| way.sum(None, tiers));
        let back = self.spread(self.ins.clone())?[to];
        let outside = out.zip(back).map(|(out, back)| out.sum(Some(back), tiers));
        Ok([inside, outside].into_iter().flatten().min())
    }

    /// The cheapest way to every leaf by moves alone from where ways have come already.
    fn spread(&self, mut ways: Vec<Option<Way>>) -> Result<Vec<Option<Way>>, Better> {
        for _ in 0..=self.leaves {
            let mut changed = false;
            for from in 0..self.leaves {
                let Some(way) = ways[from] else { continue };
                let arcs = &self.moves[from * self.leaves..][..self.leaves];
                for (to, arc) in ways.iter_mut().zip(arcs) {
                    if let Some(arc) = *arc {
                        changed |= least(to, way.and(i64::from(arc)));
                    }
                }
            }
            if !changed {
                return Ok(ways);
            }
        }
        Err(Better)
    }
}

impl Way {
    /// This way after another that leaves and brings in no lead.
    fn after(self, first: Self) -> Self {
        Self {
            rank: self.rank,
            points: self.points + first.points,
            fairness: self.fairness + first.fairness,
        }
    }

    fn sum(self, then: Option<Self>, tiers: usize) -> Sum {
        let mut sum = Sum::zero(tiers);
        for way in [Some(self), then].into_iter().flatten() {
            let leads = i128::from(way.rank.signum());
            sum.add(
                way.rank.abs(),
                leads,
                i128::from(way.points),
                i128::from(way.fairness),
            );
        }
        sum
    }
}

/// Lowers an arc to a value that is less; tells whether it did.
fn least<T: Ord + Copy>(arc: &mut Option<T>, value: T) -> bool {
    let lower = arc.is_none_or(|now| value < now);
    if lower {
        *arc = Some(value);
    }
    lower
}

/// Lowers arcs to others where those are less.
fn lower<T: Ord + Copy>(arcs: &mut [Option<T>], others: &[Option<T>]) {
    for (arc, &other) in arcs.iter_mut().zip(others) {
        if let Some(other) = other {
            least(arc, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tiny;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cost_of_forcing_is_the_loss_of_the_best_deal_that_holds_the_pair(
            tiny in tiny::any(),
            lead in 0usize..5,
            leaf in 0usize..3,
        ) {
            let (lead, leaf) = (lead % tiny.ranks.len(), leaf % tiny.leaves.len());
            let (holders, value) = tiny.best(None).expect("leaving all out is legal");
            let found = tiny.with(&holders, |instance| cost(instance, lead, leaf, &|_| ()));
            let expected = match tiny.best(Some((lead, leaf))) {
                _ if holders[lead] == Some(leaf) => Forced::Held,
                None => Forced::NoPlace,
                Some((_, forced)) => Forced::Costs(value.less(&forced)),
            };
            prop_assert_eq!(found, expected);
        }
    }
}
