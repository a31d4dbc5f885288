//! Whether a pass with limits is the best deal there is, or how far from it: every pair against stored prices.
//!
//! For any prices of own places and of limits, the sum of `max(0, value of the lead at a leaf - the prices of
//! all that hold the pair)` over leads, of `max(0, price - cost of a place)` over places, and of
//! `max(0, price + reward)` over the places of limits bounds every deal from above (weak duality of the linear
//! program), level by level: leads by tier, leads towards minimums, points, fairness. The deal is the best where
//! it meets the bound. One look at every pair: O(leads × leaves).

use super::fences::{Fence, fences};
use super::instance::{Instance, NEVER, RowReader};
use super::optimal::{Checked, Envy, SHOWN};
use super::price::{Sum, tier};
use super::scan;
use super::stage::Numbers;
use crate::model::{TierIndex, Worth};
use crate::record::LimitProofRecord;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Beyond this a stored price cannot be right; it is cut there so that sums stay in range.
const MOST: i64 = 1 << 40;

/// A price by its levels, compared in that order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Value {
    pub leads: Vec<i64>,
    pub minimums: i64,
    pub points: i64,
    pub fairness: i64,
}

impl Value {
    fn zero(tiers: usize) -> Self {
        Self::of(&Worth::default(), tiers)
    }

    /// A stored price.
    pub fn of(worth: &Worth, tiers: usize) -> Self {
        let cut = |number: i64| number.clamp(-MOST, MOST);
        let mut leads: Vec<i64> = worth.leads.iter().map(|&leads| cut(leads)).collect();
        leads.resize(tiers, 0);
        Self {
            leads,
            minimums: cut(worth.minimums),
            points: cut(worth.points.0),
            fairness: cut(worth.fairness),
        }
    }

    fn and(&mut self, other: &Self) {
        for (own, more) in self.leads.iter_mut().zip(&other.leads) {
            *own += more;
        }
        self.minimums += other.minimums;
        self.points += other.points;
        self.fairness += other.fairness;
    }

    fn is_positive(&self) -> bool {
        *self > Self::zero(self.leads.len())
    }
}

/// The price of a lead's place, its leads by tier as a number that compares like them.
#[derive(Clone, Copy, Debug)]
struct Total {
    rank: i32,
    minimums: i64,
    points: i64,
    fairness: i64,
}

/// All prices of a pass, worked out once.
pub(super) struct Prices {
    pub(super) fences: Vec<Fence>,
    of_fences: Vec<Value>,
    /// How many leads each fence was asked to get at least.
    pub(super) asked: Vec<u64>,
    own: Vec<Value>,
    /// The category of each lead: which limits it counts for.
    pub(super) categories: Vec<usize>,
    pub(super) counts: Vec<Vec<bool>>,
    /// By category and leaf.
    totals: Vec<Vec<Total>>,
    /// The leads by tier of each rank.
    leads: Vec<Vec<i64>>,
    /// For each tier the rank of one lead of it, then that of none, which a lead without a tier brings.
    of_tiers: Vec<i32>,
}

impl Prices {
    pub(super) fn new(numbers: &Numbers, instance: &Instance, record: &LimitProofRecord) -> Self {
        let tiers = instance.tiers;
        let reps = &numbers.setting.batch.reps.list;
        let own = numbers.firsts.iter().map(|rep| {
            let known = record.own.iter().find(|own| own.rep == reps[rep.at()].id);
            known.map_or_else(|| Value::zero(tiers), |own| Value::of(&own.price, tiers))
        });
        let fences = fences(numbers);
        let recorded = |fence: &Fence| record.prices.iter().find(|price| fence.is_of(numbers, price));
        let of_fences = fences.iter().map(|fence| {
            recorded(fence).map_or_else(|| Value::zero(tiers), |known| Value::of(&known.price, tiers))
        });
        let asked = fences
            .iter()
            .map(|fence| recorded(fence).map_or(0, |known| u64::from(known.asked).min(fence.minimum)));
        let mut prices = Self {
            own: own.collect(),
            of_fences: of_fences.collect(),
            asked: asked.collect(),
            fences,
            categories: Vec::new(),
            counts: Vec::new(),
            totals: Vec::new(),
            leads: Vec::new(),
            of_tiers: Vec::new(),
        };
        prices.categorise(numbers, instance);
        prices.add_up(tiers);
        prices
    }

    fn categorise(&mut self, numbers: &Numbers, instance: &Instance) {
        let (stage, limits) = (numbers.stage, numbers.setting.rules.limits.len());
        let mut known: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        for up in &instance.ups {
            let team = stage.locks[up.lead.at()];
            let key: Vec<bool> = (0..limits)
                .map(|limit| stage.used_before.is_open(limit, up.lead, team))
                .collect();
            let next = known.len();
            let category = *known.entry(key.clone()).or_insert(next);
            if category == next {
                self.counts.push(key);
            }
            self.categories.push(category);
        }
    }

    fn add_up(&mut self, tiers: usize) {
        let total = |category: usize, leaf: usize| {
            let mut total = self.own[leaf].clone();
            for (fence, price) in self.fences.iter().zip(&self.of_fences) {
                if fence.leaves[leaf] && self.counts[category][fence.limit] {
                    total.and(price);
                }
            }
            total
        };
        let row = |category: usize| (0..self.own.len()).map(|leaf| total(category, leaf)).collect();
        let values: Vec<Vec<Value>> = (0..self.counts.len()).map(row).collect();
        let one = |tier: usize| {
            (0..tiers)
                .map(|other| i64::from(other == tier))
                .collect::<Vec<i64>>()
        };
        let mut distinct: BTreeSet<Vec<i64>> = (0..=tiers).map(one).collect();
        distinct.extend(values.iter().flatten().map(|value| value.leads.clone()));
        self.leads = distinct.into_iter().collect();
        let rank = |leads: &Vec<i64>| {
            let found = self.leads.binary_search(leads);
            i32::try_from(found.unwrap_or(0)).unwrap_or(i32::MAX)
        };
        self.of_tiers = (0..=tiers).map(|tier| rank(&one(tier))).collect();
        let total = |value: &Value| Total {
            rank: rank(&value.leads),
            minimums: value.minimums,
            points: value.points,
            fairness: value.fairness,
        };
        self.totals = values.iter().map(|row| row.iter().map(total).collect()).collect();
    }
}

/// What one thread gathers.
struct Gathered<'a> {
    reader: RowReader<'a>,
    row: Vec<i32>,
    objective: Sum,
    bound: Sum,
    envies: Vec<Envy>,
    /// Leads that count in each fence, dealt ones and all.
    dealt: Vec<u64>,
    all: Vec<u64>,
}

/// Checks a pass against the prices that a record has.
pub(crate) fn check(
    numbers: &Numbers,
    instance: &Instance,
    record: &LimitProofRecord,
    begun: &(dyn Fn(usize) + Sync),
) -> Checked {
    let prices = Prices::new(numbers, instance, record);
    let mut whole = Gathered::new(instance, &prices);
    let make = || Gathered::new(instance, &prices);
    for part in scan::fold(instance.ups.len(), begun, &make, &|own, range| {
        own.look(instance, &prices, range);
    }) {
        whole.join(part);
    }
    let scores = whole.objective.points;
    let most = u64::try_from(instance.ups.len()).unwrap_or(u64::MAX);
    for (at, (leaf, &load)) in instance.leaves.iter().zip(&instance.loads).enumerate() {
        for k in 1..=load {
            let cost = leaf.cost(k);
            whole
                .objective
                .add(0, 0, -i128::from(cost.points), -i128::from(cost.fairness));
        }
        for k in 1..=most.min(u64::from(leaf.room)) {
            let (cost, mut gain) = (leaf.cost(k), prices.own[at].clone());
            gain.points = gain.points.saturating_sub(cost.points);
            gain.fairness = gain.fairness.saturating_sub(cost.fairness);
            if !gain.is_positive() {
                break;
            }
            add(&mut whole.bound, &gain, 1);
        }
    }
    for (at, fence) in prices.fences.iter().enumerate() {
        let room = fence.room.map_or(whole.all[at], |room| room.min(whole.all[at]));
        let asked = prices.asked[at].min(room);
        whole.objective.minimums += i128::from(prices.asked[at].min(whole.dealt[at]));
        let price = &prices.of_fences[at];
        let mut rewarded = price.clone();
        rewarded.minimums += 1;
        for (gain, places) in [(&rewarded, asked), (price, room - asked)] {
            if gain.is_positive() {
                add(&mut whole.bound, gain, places);
            }
        }
    }
    Checked {
        objective: whole.objective,
        bound: whole.bound,
        scores,
        envies: whole.envies,
        misfits: Vec::new(),
        not_least: Vec::new(),
        not_greatest: Vec::new(),
        pairs: most * u64::try_from(instance.leaves.len()).unwrap_or(0),
    }
}

/// What forcing a lead onto a leaf costs at least in the best deal, by the prices of a record: what the lead
/// keeps where it is, less what it would keep there.
pub(crate) fn cost(
    numbers: &Numbers,
    instance: &Instance,
    record: &LimitProofRecord,
    up: usize,
    leaf: usize,
) -> Sum {
    let prices = Prices::new(numbers, instance, record);
    let mut one = Gathered::new(instance, &prices);
    let lead = &instance.ups[up];
    (one.reader)(lead.lead, &mut one.row);
    let mut kept = |leaf: Option<usize>| {
        one.bound = Sum::zero(instance.tiers);
        one.keep_at(&prices, up, lead.rank, leaf);
        one.bound.clone()
    };
    kept(lead.holder).less(&kept(Some(leaf)))
}

/// Adds so many times a value.
fn add(sum: &mut Sum, value: &Value, times: u64) {
    let times = i128::from(times);
    for (own, &leads) in sum.leads.iter_mut().zip(&value.leads) {
        *own += times * i128::from(leads);
    }
    sum.minimums += times * i128::from(value.minimums);
    sum.points += times * i128::from(value.points);
    sum.fairness += times * i128::from(value.fairness);
}

impl<'a> Gathered<'a> {
    fn new(instance: &Instance<'a>, prices: &Prices) -> Self {
        Self {
            reader: (instance.rows)(),
            row: vec![NEVER; instance.leaves.len()],
            objective: Sum::zero(instance.tiers),
            bound: Sum::zero(instance.tiers),
            envies: Vec::new(),
            dealt: vec![0; prices.fences.len()],
            all: vec![0; prices.fences.len()],
        }
    }

    fn join(&mut self, mut other: Self) {
        self.objective.join(&other.objective);
        self.bound.join(&other.bound);
        self.envies.append(&mut other.envies);
        self.envies.sort_unstable();
        self.envies.truncate(SHOWN);
        for (own, more) in self.dealt.iter_mut().zip(other.dealt) {
            *own += more;
        }
        for (own, more) in self.all.iter_mut().zip(other.all) {
            *own += more;
        }
    }

    fn look(&mut self, instance: &Instance, prices: &Prices, range: Range<usize>) {
        for at in range {
            let up = &instance.ups[at];
            (self.reader)(up.lead, &mut self.row);
            let category = prices.categories[at];
            for (fence, (dealt, all)) in prices.fences.iter().zip(self.dealt.iter_mut().zip(&mut self.all)) {
                if prices.counts[category][fence.limit] {
                    *all += 1;
                    *dealt += u64::from(up.holder.is_some_and(|leaf| fence.leaves[leaf]));
                }
            }
            if let Some(leaf) = up.holder {
                self.objective
                    .add(up.rank, 1, i128::from(self.row[leaf].max(0)), 0);
            }
            self.keep(instance, prices, at);
        }
    }

    /// What a lead keeps where it keeps most, and whether that is where it is.
    fn keep(&mut self, instance: &Instance, prices: &Prices, at: usize) {
        let up = &instance.ups[at];
        let own_tier = tier(up.rank, instance.tiers).map_or(instance.tiers, TierIndex::at);
        let totals = &prices.totals[prices.categories[at]];
        let out = (-prices.of_tiers[own_tier], 0, 0, 0);
        let kept = |leaf: usize, score: i32| {
            let total = totals[leaf];
            let points = i64::from(score) - total.points;
            (-total.rank, -total.minimums, points, -total.fairness)
        };
        let (mut best, mut best_leaf) = (out, None);
        for (leaf, &score) in self.row.iter().enumerate().filter(|(_, score)| **score != NEVER) {
            let own = kept(leaf, score);
            if own > best {
                (best, best_leaf) = (own, Some(leaf));
            }
        }
        let held = up.holder.map_or(out, |leaf| kept(leaf, self.row[leaf].max(0)));
        if best > held && self.envies.len() < SHOWN {
            self.envies.push(Envy {
                up: at,
                leaf: best_leaf,
            });
        }
        self.keep_at(prices, at, up.rank, best_leaf);
    }

    /// Adds what a lead keeps at a leaf; nothing where it is left out.
    fn keep_at(&mut self, prices: &Prices, at: usize, rank: i32, leaf: Option<usize>) {
        let Some(leaf) = leaf else { return };
        let total = prices.totals[prices.categories[at]][leaf];
        let points = i128::from(self.row[leaf].max(0)) - i128::from(total.points);
        self.bound.add(rank, 1, points, -i128::from(total.fairness));
        self.bound.minimums -= i128::from(total.minimums);
        let of_rank = usize::try_from(total.rank).unwrap_or(0);
        for (own, &leads) in self.bound.leads.iter_mut().zip(&prices.leads[of_rank]) {
            *own -= i128::from(leads);
        }
    }
}
