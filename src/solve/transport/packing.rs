//! Several strict levels packed into one integer, and taken apart again.
//!
//! A flow is worth, in strict order, its count of leads of each tier (best first), its points less
//! balance, its fairness costs the least. One integer carries all of them:
//!
//! ```text
//! E   = 2·F + 1                         F = greatest fairness cost of any lead that can be reached
//! D   = 2·E·(N·S + B + 1) + 1           B = greatest balance cost likewise, S = range of scores
//! W_t = D·(K − t)                       K tiers, t = 0 the best;  N = leaves + 1
//! gain(class, leaf) = W_t + E·score     cost(leaf, k) = E·balance(k) + fairness(k)
//! ```
//!
//! **Why this is the strict order.** Contract the residual graph of a flow to the leaves and the
//! ground T (unassigned leads, and free places): an arc r → s moves one lead from r to s. A flow is
//! optimal exactly if no simple residual cycle gains, and this holds in every ordered group, hence
//! both for packed values and for vectors compared level by level. So it is enough that the packed
//! gain of every simple cycle has the sign of its vector. A cycle has at most N arcs. Arcs between
//! leaves leave the set of assigned leads as it is; only the two arcs at T change it, and T is met
//! at most once. (The leads' side is a transversal matroid: an exchange lets at most one lead in
//! and one out.) So a cycle changes
//!
//! * fairness by at most F: one place taken, one given back, each worth 0 to F; thus less than E/2;
//! * points less balance by at most N·S + B: each arc by at most S, and the places by B; so both
//!   together change the packed value by less than D/2;
//! * tiers by one lead in, one out, or both: W differs by at least D between tiers, and is D at least.
//!
//! A change at a level therefore outweighs all below it, and *linear* tier weights are enough,
//! where a sum over all leads would need weights that grow like powers.
//!
//! **Taking apart.** Potentials are lengths of simple paths from T, prices and gains at a potential
//! differ from them by one arc more; the same bounds hold, so that rounding to the nearest multiple
//! of D, then of E, gives the levels back, each exactly.

use super::number::Number;
use super::{Rows, TooLarge, Tree};
use crate::model::{Points, Potential, TierIndex};

/// Steps of tier rank in a code; twice the next power of two above the greatest score.
const RANK_STEP: i32 = 1 << 21;

/// How levels are packed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packing {
    /// Packed value of a unit of points.
    pub(super) unit: i128,
    /// Packed value of one step of tier.
    pub(super) step: i128,
    /// How many tiers.
    pub(super) tiers: usize,
    /// Greatest absolute value that anything packed can have.
    pub(super) greatest: i128,
}

impl Packing {
    /// Measures a problem; an error where even 128 bits would not hold it.
    pub(super) fn of(rows: &dyn Rows, tree: &Tree) -> Result<Self, TooLarge> {
        let classes = rows.classes();
        let tiers = (0..classes).map(|class| rows.tier(class).at() + 1).max();
        let tiers = tiers.unwrap_or(0);
        let leads: u64 = (0..classes).fold(0, |sum, class| {
            u64::saturating_add(sum, u64::from(rows.supply(class)))
        });
        let (mut balance, mut fairness) = (0i64, 0i64);
        for node in &tree.nodes {
            let next = leads.min(u64::from(node.room)) + 1;
            balance = balance.max(node.balance.cost(next).ok_or(TooLarge::Numbers)?);
            fairness = fairness.max(node.fairness.cost(next).ok_or(TooLarge::Numbers)?);
        }
        let nodes = i128::try_from(tree.nodes.len() + 1).map_err(|_| TooLarge::Numbers)?;
        let measure = || {
            let unit = 2 * i128::from(fairness) + 1;
            let span = nodes.checked_mul(i128::from(Points::BEST.0))?;
            let span = span.checked_add(i128::from(balance) + 1)?;
            let step = unit.checked_mul(span)?.checked_mul(2)?.checked_add(1)?;
            let greatest = step.checked_mul(i128::try_from(tiers).ok()? + 2)?;
            Some((unit, step, greatest))
        };
        let (unit, step, greatest) = measure().ok_or(TooLarge::Numbers)?;
        if greatest > i128::LIMIT {
            return Err(TooLarge::Numbers);
        }
        Ok(Self {
            unit,
            step,
            tiers,
            greatest,
        })
    }

    /// The rank of a tier: 1 for the last, growing towards the best.
    pub(super) fn rank(&self, tier: TierIndex) -> i32 {
        i32::try_from(self.tiers - tier.at()).expect("there are at most 256 tiers")
    }

    /// Takes a packed value apart: steps of tier rank, points, fairness.
    pub(super) fn split(&self, packed: i128) -> (i128, i128, i128) {
        let ranks = nearest(packed, self.step);
        let rest = packed - ranks * self.step;
        let points = nearest(rest, self.unit);
        (ranks, points, rest - points * self.unit)
    }

    /// A packed potential or price as its levels.
    pub(super) fn potential(&self, packed: i128) -> Potential {
        let (ranks, points, fairness) = self.split(packed);
        let ranks = usize::try_from(ranks).unwrap_or(0);
        let small = |wide: i128| i64::try_from(wide).expect("levels were measured to fit");
        Potential {
            tier: (ranks > 0).then(|| tier_of(self.tiers.saturating_sub(ranks))),
            points: Points(small(points)),
            fairness: small(fairness),
        }
    }
}

/// The tier of a position among at most 256.
fn tier_of(position: usize) -> TierIndex {
    TierIndex(u8::try_from(position).unwrap_or(u8::MAX))
}

/// The multiple of a positive odd `step` nearest to a value, as the factor.
fn nearest(value: i128, step: i128) -> i128 {
    (value + step / 2).div_euclid(step)
}

/// A gain in 32 bits whose differences keep the order of packed gains: `rank·2²¹ + score`; the ground is 0.
pub(super) fn code(rank: i32, score: i32) -> i32 {
    debug_assert!((0..=1_000_000).contains(&score), "a score is 0 to 100 points");
    rank * RANK_STEP + score
}

/// A packing narrowed to the type that a problem is solved in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale<N> {
    /// Packed value of a unit of points.
    pub(super) unit: N,
    /// Packed value of one step of tier.
    pub(super) step: N,
}

impl<N: Number> Scale<N> {
    pub(super) fn of(packing: &Packing) -> Self {
        Self {
            unit: N::of(packing.unit),
            step: N::of(packing.step),
        }
    }

    /// The packed value of a code, or of a difference of two codes of one class.
    pub(super) fn value(&self, difference: i32) -> N {
        let rank = (difference + RANK_STEP / 2).div_euclid(RANK_STEP);
        let score = difference - rank * RANK_STEP;
        self.step * N::small(rank) + self.unit * N::small(score)
    }
}
