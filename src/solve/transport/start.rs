//! Which samples are solved before the whole, and how widely columns are chosen in each.

use super::FORBIDDEN;
use super::Rows;
use super::level::Level;
use super::number::Number;
use super::screen::{ALWAYS, Screen, Survey, empty_row};

/// A sample keeps every fourth lead of the next.
pub(super) const RATIO: u64 = 4;
/// So many scores are looked at to tell how far a leaf must be tried, but a sensible number of rows.
const LOOKED_AT: usize = 1 << 20;
/// How often each leaf's price is set anew where nothing is known yet.
pub(super) const SWEEPS_UNKNOWN: usize = 4;
/// Columns that a check may add to each member at first; then twice as many each time.
pub(super) const ADDED: usize = 8;
/// So few leaves are all tried where prices are not yet known well.
pub(super) const FEW_LEAVES: usize = 64;

/// How many leaves each member is tried with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// So many at least, if it may go to as many.
    pub(super) fewest: usize,
    /// All that lag no more than half of the members need for so many.
    usual: usize,
    /// So many at most, lest equal leaves flood memory.
    pub(super) most: usize,
}

impl Width {
    /// Where prices are known from a sample.
    pub(super) const KNOWN: Self = Self {
        fewest: 3,
        usual: 4,
        most: 24,
    };
    /// Where they are not.
    pub(super) const UNKNOWN: Self = Self {
        fewest: 3,
        usual: 40,
        most: 80,
    };

    /// Tries more leaves: prices moved too far for those tried.
    pub(super) fn widened(self) -> Self {
        Self {
            fewest: self.fewest * 4,
            usual: self.usual * 4,
            most: self.most * 2,
        }
    }
}

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

/// How far each leaf may lag behind a member's best, in units, and still be tried: as far as half of the
/// members need for a few leaves, no farther than prices are likely to move; but so far that each leaf
/// is tried with half as many leads again as it is expected to take. With how far the last of the fewest
/// usually lags behind. Estimated from a few rows.
pub(super) fn slack<N: Number>(
    level: &Level<'_, N>,
    screen: &Screen<N>,
    expected: &[u64],
    width: Width,
    moved: i32,
) -> (Vec<i32>, i32) {
    let (members, leaves) = (level.members(), level.leaves());
    let looked_at = (LOOKED_AT / leaves.max(1)).clamp(512, 1280).min(members);
    let mut lags: Vec<Vec<i32>> = vec![Vec::with_capacity(looked_at); leaves];
    let (mut usual, mut farthest) = (Vec::with_capacity(looked_at), Vec::with_capacity(looked_at));
    let mut survey = Survey::default();
    let (mut row, mut own) = (empty_row(leaves), Vec::with_capacity(leaves));
    for look in 0..looked_at {
        let member = look * members / looked_at;
        level.row(member, &mut row[..leaves]);
        let Some((layer, top)) = screen.top(level.category(member), &row, &mut survey) else {
            continue;
        };
        own.clear();
        for leaf in (0..leaves).filter(|&leaf| row[leaf] != FORBIDDEN) {
            let lag = top - layer.value(leaf, row[leaf]);
            lags[leaf].push(lag);
            own.push(lag);
        }
        let few = width.usual.min(own.len()) - 1;
        usual.push(*own.select_nth_unstable(few).1);
        let few = width.fewest.min(own.len()) - 1;
        farthest.push(*own.select_nth_unstable(few).1);
    }
    let leads = level.supply.iter().map(|&supply| u64::from(supply)).sum::<u64>();
    let looked_at = u64::try_from(looked_at).unwrap_or(u64::MAX);
    let usual = quantile(&mut usual, 1, 2).min(moved);
    let of_leaf = |(lags, &expected): (&mut Vec<i32>, &u64)| {
        let wanted = expected + expected / 2 + 3;
        let wanted = u128::from(wanted) * u128::from(looked_at) / u128::from(leads.max(1));
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        if wanted >= lags.len() {
            return ALWAYS;
        }
        usual.max(*lags.select_nth_unstable(wanted).1)
    };
    let slack = lags.iter_mut().zip(expected).map(of_leaf).collect();
    (slack, quantile(&mut farthest, 3, 5).max(1))
}

/// The value below which so large a share of the values lies; 0 of none.
pub(super) fn quantile(values: &mut [i32], share: usize, of: usize) -> i32 {
    if values.is_empty() {
        return 0;
    }
    let at = (values.len() * share / of).min(values.len() - 1);
    *values.select_nth_unstable(at).1
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
