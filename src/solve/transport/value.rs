//! What a flow is worth, level by level, and whether prices prove that none is worth more.

use super::FORBIDDEN;
use super::level::Level;
use super::number::Number;
use super::packing::Packing;
use super::run::Settled;
use crate::model::Totals;

/// A sum of packed values in 192 bits, which no sum of 2³² leads exceeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wide {
    high: i128,
    /// Always from 0 to 2⁶⁴ − 1.
    low: i128,
}

impl Wide {
    /// Adds a value so many times.
    pub(super) fn add(&mut self, value: i128, times: u32) {
        let times = i128::from(times);
        self.high += (value >> 64) * times;
        self.low += (value & i128::from(u64::MAX)) * times;
        self.carry();
    }

    /// Adds another sum.
    pub(super) fn merge(&mut self, other: &Self) {
        self.high += other.high;
        self.low += other.low;
        self.carry();
    }

    fn carry(&mut self) {
        self.high += self.low >> 64;
        self.low &= i128::from(u64::MAX);
    }

    /// How many units of a size it is more than another sum, rounded up and as far as 64 bits go.
    fn units_above(&self, other: &Self, unit: i128) -> i128 {
        let high = self.high - other.high;
        let most = i128::from(i64::MAX);
        let packed = high.clamp(-most, most) << 64;
        (packed + (self.low - other.low) + unit - 1).div_euclid(unit)
    }
}

/// The value of a settled flow, added up from its entries, and how many leads count at every node.
pub(super) fn objective<N: Number>(
    level: &Level<'_, N>,
    packing: &Packing,
    settled: &Settled<N>,
) -> (Totals, Vec<u64>) {
    let columns = &settled.columns;
    let mut totals = Totals {
        assigned: vec![0; packing.tiers()],
        ..Totals::default()
    };
    let mut load = vec![0u64; level.ground() + 1];
    for member in 0..level.members() {
        let tier = level.rows.tier(level.classes[member] as usize);
        for column in columns.of(member) {
            let count = settled.flow[column];
            load[columns.node[column] as usize] += u64::from(count);
            if columns.score[column] != FORBIDDEN {
                totals.points += i128::from(columns.score[column]) * i128::from(count);
                if let Some(tier) = tier {
                    totals.assigned[tier.at()] += u64::from(count);
                }
            }
        }
    }
    for (at, node) in level.tree.nodes.iter().enumerate() {
        totals.balance += node.balance.total(load[at]);
        totals.fairness += node.fairness.total(load[at]);
        load[level.above(at)] += load[at];
    }
    load.pop();
    (totals, load)
}

/// Adds up the value of the prices (of the nodes): what all leads are `worth` at them, each row
/// looked at, and what the places in use are. No flow is worth more.
///
/// Returns by how many units it exceeds what the flow is worth, which is 0: the flow is optimal.
pub(super) fn gap<N: Number>(level: &Level<'_, N>, settled: &Settled<N>) -> i128 {
    let (mut prices, mut flow) = (settled.worth, Wide::default());
    for member in 0..level.members() {
        for column in settled.columns.of(member) {
            let code = settled.columns.code(column, level.base[member]);
            flow.add(level.scale.value(code).wide(), settled.flow[column]);
        }
    }
    let price = |node: usize| settled.prices.get(node).copied().unwrap_or(N::ZERO);
    for (node, places) in level.places.iter().enumerate() {
        let own = price(node) - price(level.above(node));
        let (least, most) = places.within(own);
        // What the places in use cost is the same on both sides.
        let used = settled.used[node];
        debug_assert!(
            (least..=most).contains(&used),
            "the places in use are those worth their price"
        );
        prices.add(own.wide(), used);
    }
    prices.units_above(&flow, level.scale.unit.wide())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_beyond_128_bits_are_exact() {
        let mut sum = Wide::default();
        for _ in 0..3 {
            sum.add(i128::MAX / 2, u32::MAX);
            sum.add(-(i128::MAX / 2), u32::MAX);
        }
        sum.add(-7, 3);
        let mut other = Wide::default();
        other.add(-3, 7);
        assert_eq!(sum, other);
        other.add(1, 1);
        assert_eq!(other.units_above(&sum, 1), 1);
        assert_eq!(sum.units_above(&other, 1), -1);
    }
}
