//! Several strict levels packed into one integer, and taken apart again.
//!
//! A flow is worth, in strict order, its count of leads of each tier (best first), its count of leads
//! towards minimums, its points less balance, its fairness costs the least. One integer carries them:
//!
//! ```text
//! E   = 2·G·F + 1                        F = greatest fairness cost of any lead that can be reached
//! M   = 2·E·(N·S + H·V + G·B + 1) + 1    B = greatest balance cost likewise, S = range of scores
//! D   = (2·Q + 1)·M                      V = range of worths, Q nodes with a minimum
//! W_1 = D;  W_k+1 = W_k + D  or, with H > 2,  (H + 2)·W_k          rank k = K for the best of K tiers
//! gain(class, leaf) = W_rank + E·(worth + score)
//! cost(node, k)     = E·balance(k) + fairness(k) − M, the last for k up to the minimum
//! ```
//!
//! N = nodes + 1; G = 1 if no leaf has a node above it, else N; H = 2·(nodes of leads left out + 1).
//!
//! **Why this is the strict order.** Contract the residual graph of a flow to the nodes of the tree and
//! the ground T: an arc r → s moves one lead from r to s, or a place of a node to the node above it or
//! back. A flow is optimal exactly if no simple residual cycle gains, and this holds in every ordered
//! group, hence both for packed values and for vectors compared level by level. So it is enough that
//! the packed gain of every simple cycle has the sign of its vector. A cycle has at most N arcs, and
//! meets each node once. Only arcs at T and at nodes of leads left out change the set of assigned leads:
//! at each at most one lead in and one out, H in all. Without such nodes that is one in and one out.
//! (The leads' side is a transversal matroid then.) So a cycle changes
//!
//! * fairness by at most G·F: each node takes or gives one place, and without inner nodes one is
//!   taken and one given back, each worth 0 to F; thus by less than E/2;
//! * points less balance by at most N·S + H·V + G·B; so both together by less than M/2;
//! * minimums by at most Q, one a node; so the three together by less than D/2;
//! * tiers by one lead in and one out: weights differ by at least D, and are D at least. With H > 2 each
//!   tier by at most h = H/2, and h times all lower weights + D/2 is below half of the next weight.
//!
//! A change at a level therefore outweighs all below it. Without nodes of leads left out *linear* tier
//! weights are enough, where a sum over all leads would need weights that grow like powers.
//!
//! **Taking apart.** Potentials are lengths of simple paths from T, prices and gains at a potential
//! differ from them by one arc more; the same bounds hold, so that rounding to the nearest weight,
//! then multiple of M, then of E, gives the levels back, each exactly (with linear tier weights).

use super::number::Number;
use super::{MOST_WORTH, Rows, Terms, TooLarge, Tree, Weights};
use crate::model::{Points, Potential, TierIndex};

/// Steps of tier rank in a code; above twice the greatest worth and score.
const RANK_STEP: i64 = 1 << 25;

/// How levels are packed.
#[derive(Clone, Debug)]
pub(super) struct Packing {
    /// Packed value of a unit of points.
    pub(super) unit: i128,
    /// Packed value of a lead towards a minimum.
    pub(super) minimum: i128,
    /// Packed value of a lead by rank of its tier; 0 for rank 0, of leads without a tier.
    pub(super) ranks: Vec<i128>,
    /// Greatest absolute value that anything packed can have.
    pub(super) greatest: i128,
    /// What a place of each node costs besides; empty if nothing.
    pub(super) tolls: Vec<i128>,
}

impl Packing {
    /// Measures a problem; an error where even 128 bits would not hold it.
    pub(super) fn of(rows: &dyn Rows, tree: &Tree) -> Result<Self, TooLarge> {
        let (tiers, worth) = lead_side(rows);
        let (balance, fairness) = greatest_costs(rows, tree)?;
        let shape = Shape::of(tree);
        Self::measure(&shape, tiers, worth, balance, fairness)
            .filter(|packing| packing.greatest <= i128::LIMIT)
            .ok_or(TooLarge::Numbers)
    }

    /// Takes the weights and tolls of a caller, who answers for what the order of levels then is.
    ///
    /// Values grow along a path by a lead that comes in, one that goes out, and at each node by a score
    /// and a place.
    pub(super) fn at(rows: &dyn Rows, tree: &Tree, terms: &Terms) -> Result<Self, TooLarge> {
        let (tiers, worth) = lead_side(rows);
        let weights = &terms.weights;
        assert!(tiers <= weights.tiers.len(), "every tier has a weight");
        let mut ranks = vec![0i128];
        ranks.extend(weights.tiers.iter().rev());
        let (balance, fairness) = greatest_costs(rows, tree)?;
        let shape = Shape::of(tree);
        let toll = terms.tolls.iter().copied().max().unwrap_or(0);
        let greatest = || {
            let step = weights
                .unit
                .checked_mul(i128::from(Points::BEST.0) + i128::from(balance))?;
            let step = step
                .checked_add(i128::from(fairness))?
                .checked_add(weights.minimum)?;
            let along = step.checked_add(toll)?.checked_mul(shape.nodes)?;
            let worth = weights.unit.checked_mul(worth.into())?;
            let lead = ranks.last()?.checked_add(worth)?;
            lead.checked_mul(shape.crossed)?.checked_add(along)
        };
        Ok(Self {
            unit: weights.unit,
            minimum: weights.minimum,
            greatest: (greatest().filter(|&greatest| greatest <= i128::LIMIT)).ok_or(TooLarge::Numbers)?,
            ranks,
            tolls: terms.tolls.clone(),
        })
    }

    fn measure(shape: &Shape, tiers: usize, worth: i32, balance: i64, fairness: i64) -> Option<Self> {
        let unit = shape.deep.checked_mul(2 * i128::from(fairness))? + 1;
        let span = shape.nodes.checked_mul(i128::from(Points::BEST.0))?;
        let span = span.checked_add(shape.crossed * i128::from(worth))?;
        let span = span.checked_add(shape.deep.checked_mul(i128::from(balance))? + 1)?;
        let minimum = unit.checked_mul(span)?.checked_mul(2)?.checked_add(1)?;
        let step = minimum.checked_mul(2 * shape.minimums + 1)?;
        let mut ranks = vec![0i128];
        for _ in 0..tiers {
            let last = *ranks.last()?;
            ranks.push(match last {
                0 => step,
                last if shape.crossed > 2 => last.checked_mul(shape.crossed + 2)?,
                last => last.checked_add(step)?,
            });
        }
        let most = ranks.last()?.checked_mul(shape.crossed / 2)?;
        let greatest = most.checked_add(step.checked_mul(2)?)?;
        Some(Self {
            unit,
            minimum,
            ranks,
            greatest,
            tolls: Vec::new(),
        })
    }

    /// How many tiers.
    pub(super) fn tiers(&self) -> usize {
        self.ranks.len() - 1
    }

    /// What a lead of a class brings anywhere, as a [`code`]: its rank and worth.
    pub(super) fn base(&self, rows: &dyn Rows, class: usize) -> i64 {
        let rank = rows.tier(class).map_or(0, |tier| self.tiers() - tier.at());
        code(rank, rows.worth(class))
    }

    /// A packed difference less the tiers nearest to it: prices of many leaves may shift by a tier at once,
    /// which changes nothing between them.
    pub(super) fn within_tier(&self, packed: i128) -> i128 {
        let step = self.ranks.get(1).copied().unwrap_or(i128::MAX);
        if step < i128::MAX {
            packed - nearest(packed, step) * step
        } else {
            packed
        }
    }

    /// What each level counts.
    pub(super) fn weights(&self) -> Weights {
        Weights {
            tiers: self.ranks[1..].iter().rev().copied().collect(),
            minimum: self.minimum,
            unit: self.unit,
        }
    }

    /// A packed potential or price as its levels: a lead of a tier at most, points, fairness.
    pub(super) fn potential(&self, packed: i128) -> Potential {
        let rank = (self.ranks.iter().enumerate())
            .min_by_key(|&(_, &weight)| (packed - weight).abs())
            .map_or(0, |(rank, _)| rank);
        let rest = packed - self.ranks[rank];
        let rest = rest - nearest(rest, self.minimum) * self.minimum;
        let points = nearest(rest, self.unit);
        let small = |wide: i128| i64::try_from(wide).expect("levels were measured to fit");
        Potential {
            tier: (rank > 0).then(|| TierIndex::new(self.tiers() - rank)),
            points: Points(small(points)),
            fairness: small(rest - points * self.unit),
        }
    }
}

/// How many tiers there are, and the greatest worth.
fn lead_side(rows: &dyn Rows) -> (usize, i32) {
    let (mut tiers, mut worth) = (0usize, 0i32);
    for class in 0..rows.classes() {
        tiers = tiers.max(rows.tier(class).map_or(0, |tier| tier.at() + 1));
        worth = worth.max(rows.worth(class));
    }
    assert!((0..=MOST_WORTH).contains(&worth), "a worth is bounded");
    (tiers, worth)
}

/// The greatest balance and fairness costs of any place that can be reached.
fn greatest_costs(rows: &dyn Rows, tree: &Tree) -> Result<(i64, i64), TooLarge> {
    let supplies = (0..rows.classes()).map(|class| u64::from(rows.supply(class)));
    let leads = supplies.fold(0, u64::saturating_add);
    let (mut balance, mut fairness) = (0i64, 0i64);
    for node in &tree.nodes {
        let next = leads.min(u64::from(node.room)) + 1;
        balance = balance.max(node.balance.cost(next).ok_or(TooLarge::Numbers)?);
        fairness = fairness.max(node.fairness.cost(next).ok_or(TooLarge::Numbers)?);
    }
    Ok((balance, fairness))
}

/// What of a tree bounds how far a cycle can change each level.
struct Shape {
    /// Nodes and the ground.
    nodes: i128,
    /// How many places a cycle may take or give, in pairs.
    deep: i128,
    /// How many leads a cycle may let in or out.
    crossed: i128,
    /// Nodes with a minimum.
    minimums: i128,
}

impl Shape {
    fn of(tree: &Tree) -> Self {
        let count = |number: usize| i128::try_from(number).expect("a count");
        let nodes = count(tree.nodes.len() + 1);
        let mut left_out = vec![false; tree.nodes.len()];
        for &out in tree.out.iter().flatten() {
            let mut at = Some(out);
            while let Some(node) = at {
                left_out[node] = true;
                at = tree.nodes[node].parent;
            }
        }
        let outs = left_out.iter().filter(|&&is| is).count();
        let minimums = tree.nodes.iter().filter(|node| node.minimum > 0).count();
        Self {
            nodes,
            deep: if tree.is_flat() { 1 } else { nodes },
            crossed: 2 * (count(outs) + 1),
            minimums: count(minimums),
        }
    }
}

/// The multiple of a positive odd `step` nearest to a value, as the factor.
fn nearest(value: i128, step: i128) -> i128 {
    (value + step / 2).div_euclid(step)
}

/// What a lead brings as an integer whose differences keep the order of packed gains: `rank·2²⁵ +
/// worth + score`; a lead left out brings 0.
pub(super) fn code(rank: usize, units: i32) -> i64 {
    i64::try_from(rank).expect("there are at most 256 tiers") * RANK_STEP + i64::from(units)
}

/// A packing narrowed to the type that a problem is solved in.
#[derive(Clone, Debug)]
pub(super) struct Scale<N> {
    /// Packed value of a unit of points.
    pub(super) unit: N,
    /// Packed value of a lead towards a minimum.
    pub(super) minimum: N,
    ranks: Vec<N>,
}

impl<N: Number> Scale<N> {
    pub(super) fn of(packing: &Packing) -> Self {
        Self {
            unit: N::of(packing.unit),
            minimum: N::of(packing.minimum),
            ranks: packing.ranks.iter().map(|&weight| N::of(weight)).collect(),
        }
    }

    /// The packed value of a code, or of a difference of two codes of one class.
    pub(super) fn value(&self, code: i64) -> N {
        if code.abs() < RANK_STEP {
            return self.unit * N::units(code);
        }
        let (rank, units) = (code.unsigned_abs() >> 25, code.abs() & (RANK_STEP - 1));
        let rank = usize::try_from(rank).expect("there are at most 256 tiers");
        let value = self.ranks[rank] + self.unit * N::units(units);
        if code < 0 { -value } else { value }
    }
}
