//! Which samples are solved before the whole, and how widely columns are chosen in each.

use super::columns::worth;
use super::level::Level;
use super::number::Number;
use super::{FORBIDDEN, Rows};

/// A sample keeps every fourth lead of the next.
pub(super) const RATIO: u64 = 4;
/// Most scores that are looked at to tell how far a leaf must be tried.
const LOOKED_AT: usize = 1 << 20;
/// How often each leaf's price is set anew where nothing is known yet.
pub(super) const SWEEPS_UNKNOWN: usize = 4;
/// The same once prices are known from a sample: a sweep costs more than the paths that the next would save.
pub(super) const SWEEPS: usize = 1;
/// Leaves each member is tried with, once prices are known from a sample.
pub(super) const BEST: usize = 12;
/// Leaves each member is tried with where nothing is known yet.
pub(super) const BEST_UNKNOWN: usize = 1024;

/// The strides of the samples, coarsest first, ending with the whole: the coarsest keeps one to
/// four leads a leaf.
pub(super) fn strides(rows: &dyn Rows) -> Vec<u64> {
    let leads = (0..rows.classes()).fold(0u64, |sum, class| sum.saturating_add(rows.supply(class).into()));
    let leaves = u64::try_from(rows.leaves()).unwrap_or(u64::MAX).max(16);
    let mut strides = vec![1];
    let mut stride = RATIO;
    while leads / stride >= leaves {
        strides.push(stride);
        stride *= RATIO;
    }
    strides.reverse();
    strides
}

/// How far each leaf may lag behind a member's best and still be tried, so that it is tried with
/// half as many leads again as it is expected to take, estimated from a few rows.
pub(super) fn slack<N: Number>(level: &Level<'_, N>, prices: &[N], expected: &[u64]) -> Vec<N> {
    let (members, leaves) = (level.members(), level.leaves());
    let looked_at = (LOOKED_AT / leaves.max(1)).clamp(64, 4096).min(members);
    let mut lags: Vec<Vec<N>> = vec![Vec::with_capacity(looked_at); leaves];
    let (mut row, mut value) = (vec![FORBIDDEN; leaves], vec![N::NONE; leaves]);
    for look in 0..looked_at {
        level.row(look * members / looked_at, &mut row);
        worth(&row, prices, level.scale.unit, &mut value);
        let Some(&top) = value.iter().max() else { continue };
        for leaf in (0..leaves).filter(|&leaf| row[leaf] != FORBIDDEN) {
            lags[leaf].push(top - value[leaf]);
        }
    }
    let leads = level
        .supply
        .iter()
        .map(|&supply| u64::from(supply))
        .sum::<u64>()
        .max(1);
    let looked_at = u64::try_from(looked_at).unwrap_or(u64::MAX);
    let quantile = |(lags, &expected): (&mut Vec<N>, &u64)| {
        let wanted = expected + expected / 2 + 3;
        let wanted = u128::from(wanted) * u128::from(looked_at) / u128::from(leads);
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        if wanted >= lags.len() {
            return N::MOST;
        }
        *lags.select_nth_unstable(wanted).1
    };
    lags.iter_mut().zip(expected).map(quantile).collect()
}

#[cfg(test)]
mod tests {
    use super::strides;
    use crate::solve::transport::tests::problem;

    #[test]
    fn samples_end_with_the_whole_and_start_with_a_few_leads_a_leaf() {
        assert_eq!(strides(&problem(2000, &[9; 30], |_, _| 0)), [64, 16, 4, 1]);
        assert_eq!(strides(&problem(100, &[9; 30], |_, _| 0)), [1]);
        assert_eq!(strides(&problem(0, &[], |_, _| 0)), [1]);
    }
}
