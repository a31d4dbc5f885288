//! Values that compare level by level: leads by tier, then points, then fairness.

use crate::model::{Points, Potential, TierIndex};

/// Beyond this a stored potential cannot be right; it is cut there so that sums stay in range.
const MOST: i64 = 1 << 60;

/// A potential by its levels. The rank is 0 without a tier and greater the better the tier.
///
/// A lead adds the same tier to its value at every rep, so that two values of one lead compare by
/// the ranks of the potentials alone; the lead's own rank stands for being left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Price {
    pub rank: i32,
    pub points: i64,
    pub fairness: i64,
}

impl Price {
    /// The greatest potential of a leaf that nothing bounds from above: no lead keeps anything there.
    pub const UNBOUNDED: Self = Self {
        rank: i32::MAX,
        points: 0,
        fairness: 0,
    };

    /// A price without a tier.
    pub fn new(points: i64, fairness: i64) -> Self {
        Self {
            rank: 0,
            points,
            fairness,
        }
    }

    /// A stored potential.
    pub fn of(potential: Potential, tiers: usize) -> Self {
        Self {
            rank: potential.tier.map_or(0, |tier| rank(tier, tiers)),
            points: potential.points.0.clamp(-MOST, MOST),
            fairness: potential.fairness.clamp(-MOST, MOST),
        }
    }

    /// The potential as it is stored.
    pub fn potential(self, tiers: usize) -> Potential {
        Potential {
            tier: tier(self.rank, tiers),
            points: Points(self.points),
            fairness: self.fairness,
        }
    }

    /// What a lead keeps at this price, as far as it depends on the rep: greater is better.
    pub fn keeps(self, score: i32) -> Kept {
        Kept {
            rank: -self.rank,
            points: i64::from(score) - self.points,
            fairness: -self.fairness,
        }
    }
}

/// What a lead keeps at a rep's price, or left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kept {
    pub rank: i32,
    pub points: i64,
    pub fairness: i64,
}

impl Kept {
    /// What a lead of a rank keeps when it is left out.
    pub fn out(rank: i32) -> Self {
        Self {
            rank: -rank,
            points: 0,
            fairness: 0,
        }
    }
}

/// The rank of a tier: greater is better, none is 0.
pub(crate) fn rank(tier: TierIndex, tiers: usize) -> i32 {
    i32::try_from(tiers).unwrap_or(i32::MAX) - i32::from(tier.0)
}

/// The tier of a rank.
pub(crate) fn tier(rank: i32, tiers: usize) -> Option<TierIndex> {
    let place = i32::try_from(tiers).ok()? - rank;
    (rank > 0)
        .then(|| u8::try_from(place).ok().map(TierIndex))
        .flatten()
}

/// A sum of values: leads by tier, best first, then leads towards minimums of limits, points and fairness.
/// Compares in that order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sum {
    pub leads: Vec<i128>,
    pub minimums: i128,
    pub points: i128,
    pub fairness: i128,
}

impl Sum {
    /// Nothing, in a run with a number of tiers.
    pub fn zero(tiers: usize) -> Self {
        Self {
            leads: vec![0; tiers],
            minimums: 0,
            points: 0,
            fairness: 0,
        }
    }

    /// Adds so many leads of the tier of a rank, points and fairness.
    pub fn add(&mut self, rank: i32, leads: i128, points: i128, fairness: i128) {
        if let Some(tier) = tier(rank, self.leads.len())
            && let Some(count) = self.leads.get_mut(tier.at())
        {
            *count += leads;
        }
        self.points += points;
        self.fairness += fairness;
    }

    /// Adds another sum.
    pub fn join(&mut self, other: &Self) {
        for (count, more) in self.leads.iter_mut().zip(&other.leads) {
            *count += more;
        }
        self.minimums += other.minimums;
        self.points += other.points;
        self.fairness += other.fairness;
    }

    /// The difference to another sum.
    pub fn less(&self, other: &Self) -> Self {
        Self {
            leads: self.leads.iter().zip(&other.leads).map(|(a, b)| a - b).collect(),
            minimums: self.minimums - other.minimums,
            points: self.points - other.points,
            fairness: self.fairness - other.fairness,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_tier_outweighs_any_points() {
        let hot = Price {
            rank: rank(TierIndex(0), 3),
            points: -900,
            fairness: 0,
        };
        assert!(hot > Price::new(i64::MAX, 0));
        assert!(hot.keeps(1_000_000) < Price::new(1_000_000, 0).keeps(0));
        assert_eq!(tier(hot.rank, 3), Some(TierIndex(0)));
        assert_eq!(tier(0, 3), None);
    }

    #[test]
    fn a_lead_stays_out_where_the_price_is_of_a_better_tier_than_its_own() {
        let (hot, warm) = (rank(TierIndex(0), 2), rank(TierIndex(1), 2));
        let place = Price {
            rank: hot,
            points: -1_000_000,
            fairness: 0,
        };
        assert!(place.keeps(1_000_000) < Kept::out(warm));
        assert!(place.keeps(0) > Kept::out(hot));
    }
}
