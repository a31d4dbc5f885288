//! What a pass whose limits cross may come to at most: level by level, from bounds on weighted sums.
//!
//! For any weights of the levels and any prices of own places and of limits, the sum of
//! `max(0, weighted value of the lead at a leaf - the prices of all that hold the pair)` over leads, of
//! `max(0, price - weighted cost of a place)` over places, and of `max(0, price + weighted reward)` over the places
//! of limits bounds the weighted sum of every deal (weak duality of the linear program). A deal that equals
//! the one dealt at all levels before is so bounded at the last level that has a weight. One look at every
//! pair for each bound: O(leads x leaves).

use super::instance::{Instance, NEVER};
use super::limited::Prices;
use super::optimal::Checked;
use super::price::{Sum, tier};
use super::scan;
use super::stage::Numbers;
use crate::model::{Points, TierIndex};
use crate::record::{LevelBoundRecord, LimitProofRecord};

/// The most that can be had, given what a look at all pairs found: the first level at which more than what was
/// dealt is possible is raised to that, and levels after it are those of what was dealt.
pub(crate) fn bound(
    numbers: &Numbers,
    instance: &Instance,
    record: &LimitProofRecord,
    checked: &Checked,
) -> Sum {
    let prices = Prices::new(numbers, instance, record);
    let (own, alone) = (of_levels(&checked.objective), of_levels(&checked.bound));
    let bounds: Vec<Bound> = (record.levels.iter())
        .filter_map(|level| Bound::new(numbers, instance, &prices, record, level))
        .collect();
    let mut bound = checked.objective.clone();
    // as long as a deal is worth what limits that nest allow, these bound the next level too
    let mut like_alone = true;
    for (at, most) in most(instance, &prices).into_iter().enumerate() {
        let mut least = if like_alone { most.min(alone[at]) } else { most };
        for of_level in bounds.iter().filter(|bound| bound.last() == at) {
            least = least.min(of_level.most(&own));
        }
        if least != own[at] {
            match at.checked_sub(instance.tiers) {
                None => bound.leads[at] = least,
                Some(0) => bound.minimums = least,
                Some(_) => bound.points = least,
            }
            return bound;
        }
        like_alone &= alone[at] == own[at];
    }
    if !like_alone || checked.bound.fairness != checked.objective.fairness {
        bound.fairness = 0;
    }
    bound
}

/// The same of a pass without limits, whose bound is that of a deal that may part units.
pub(crate) fn bound_of_parts(checked: &Checked) -> Sum {
    let (own, alone) = (of_levels(&checked.objective), of_levels(&checked.bound));
    let mut bound = checked.objective.clone();
    let tiers = bound.leads.len();
    match (0..own.len()).find(|&at| own[at] != alone[at]) {
        Some(at) if at < tiers => bound.leads[at] = alone[at],
        Some(at) if at == tiers => bound.minimums = alone[at],
        Some(at) => bound.points = alone[at],
        None if checked.bound.fairness != checked.objective.fairness => bound.fairness = 0,
        None => {}
    }
    bound
}

/// The levels before fairness, in order.
fn of_levels(sum: &Sum) -> Vec<i128> {
    let rest = [sum.minimums, sum.points];
    sum.leads.iter().copied().chain(rest).collect()
}

/// What no deal exceeds: all leads there are, each with the best score.
fn most(instance: &Instance, prices: &Prices) -> Vec<i128> {
    let mut most = Sum::zero(instance.tiers);
    for up in &instance.ups {
        most.add(up.rank, 1, i128::from(Points::BEST.0), 0);
    }
    most.minimums = prices.asked.iter().map(|&asked| i128::from(asked)).sum();
    of_levels(&most)
}

/// A bound on a weighted sum of levels.
struct Bound {
    /// What each level counts, up to the last that counts.
    counts: Vec<i128>,
    bound: i128,
}

impl Bound {
    /// Adds a recorded one up; none where it cannot be one.
    fn new(
        numbers: &Numbers,
        instance: &Instance,
        prices: &Prices,
        record: &LimitProofRecord,
        level: &LevelBoundRecord,
    ) -> Option<Self> {
        let mut tiers = level.tiers.clone();
        tiers.resize(instance.tiers, 0);
        let mut counts = tiers.clone();
        counts.extend([level.minimum, level.unit]);
        let last = counts.iter().rposition(|&count| count > 0)?;
        counts.truncate(last + 1);
        let leaves = instance.leaves.len();
        let fits = level.own.len() == leaves
            && level.prices.len() == record.prices.len()
            && counts.iter().all(|&count| count >= 0)
            && level.minimum >= 0
            && level.unit >= 0;
        if !fits {
            return None;
        }
        let price = |fence: &super::fences::Fence| {
            let found = record.prices.iter().position(|price| fence.is_of(numbers, price));
            found.map_or(0, |at| level.prices[at])
        };
        let of_fences: Vec<i128> = prices.fences.iter().map(price).collect();
        let total = |counts: &Vec<bool>, leaf: usize| {
            let fences = prices.fences.iter().zip(&of_fences);
            let held = fences.filter(|(fence, _)| fence.leaves[leaf] && counts[fence.limit]);
            held.fold(level.own[leaf], |sum, (_, &price)| sum.saturating_add(price))
        };
        let row = |counts: &Vec<bool>| (0..leaves).map(|leaf| total(counts, leaf)).collect();
        let paid = Paid {
            tiers,
            unit: level.unit,
            totals: prices.counts.iter().map(row).collect(),
        };
        let sums = [
            paid.leads(instance, prices),
            places(instance, level),
            fences(prices, &of_fences, level),
        ];
        let bound = sums.into_iter().fold(0, i128::saturating_add);
        Some(Self { counts, bound })
    }

    /// The position of the last level that counts.
    fn last(&self) -> usize {
        self.counts.len() - 1
    }

    /// The most of the last level in a deal that equals another at all before.
    fn most(&self, own: &[i128]) -> i128 {
        let last = self.last();
        let before = self.counts[..last].iter().zip(own);
        let left = before.fold(self.bound, |left, (count, &level)| {
            left.saturating_sub(count.saturating_mul(level))
        });
        left.div_euclid(self.counts[last])
    }
}

/// What leads count, and what they pay.
struct Paid {
    tiers: Vec<i128>,
    unit: i128,
    /// The prices of all that hold a pair, by category, then leaf.
    totals: Vec<Vec<i128>>,
}

impl Paid {
    /// What all leads keep, each where it keeps most.
    fn leads(&self, instance: &Instance, prices: &Prices) -> i128 {
        let make = || ((instance.rows)(), vec![NEVER; instance.leaves.len()], 0i128);
        let parts = scan::fold(
            instance.ups.len(),
            &|_| (),
            &make,
            &|(reader, row, sum), range| {
                for at in range {
                    let up = &instance.ups[at];
                    reader(up.lead, row);
                    let lead =
                        tier(up.rank, instance.tiers).map_or(0, |tier: TierIndex| self.tiers[tier.at()]);
                    let totals = &self.totals[prices.categories[at]];
                    let kept = (row.iter().zip(totals))
                        .filter(|(score, _)| **score != NEVER)
                        .map(|(&score, &paid)| {
                            let points = self.unit.saturating_mul(score.into());
                            lead.saturating_add(points).saturating_sub(paid)
                        });
                    *sum = sum.saturating_add(kept.max().unwrap_or(0).max(0));
                }
            },
        );
        parts.into_iter().fold(0, |sum, part| sum.saturating_add(part.2))
    }
}

/// What own places bring beyond their cost.
fn places(instance: &Instance, level: &LevelBoundRecord) -> i128 {
    let most = u64::try_from(instance.ups.len()).unwrap_or(u64::MAX);
    let mut sum = 0i128;
    for (leaf, &price) in instance.leaves.iter().zip(&level.own) {
        for k in 1..=most.min(u64::from(leaf.room)) {
            let cost = level.unit.saturating_mul(leaf.balance.cost(k).into());
            let gain = price.saturating_sub(cost);
            if gain <= 0 {
                break;
            }
            sum = sum.saturating_add(gain);
        }
    }
    sum
}

/// What places of limits bring.
fn fences(prices: &Prices, of_fences: &[i128], level: &LevelBoundRecord) -> i128 {
    let mut sum = 0i128;
    for ((fence, &price), &asked) in prices.fences.iter().zip(of_fences).zip(&prices.asked) {
        let leads = prices.categories.iter();
        let all = leads
            .filter(|&&category| prices.counts[category][fence.limit])
            .count();
        let all = u64::try_from(all).unwrap_or(u64::MAX);
        let room = fence.room.map_or(all, |room| room.min(all));
        let asked = asked.min(room);
        let rewarded = price.saturating_add(level.minimum);
        for (gain, places) in [(rewarded, asked), (price, room - asked)] {
            sum = sum.saturating_add(gain.max(0).saturating_mul(places.into()));
        }
    }
    sum
}
