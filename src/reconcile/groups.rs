//! Rows of the import that are one party.
//!
//! Pairs are joined in falling confidence (agglomerative clustering); two groups are joined only if no row of
//! one is plainly unlike a row of the other, so that a chain A ~ B ~ C does not make one of A and C.

use super::candidates::Pair;
use super::compare::Scale;
use super::profile::Profile;

/// Of larger groups so many rows are held against those of another.
const MOST_HELD: usize = 32;

/// For each row the first row of its group; itself where it is alone.
pub(super) fn groups(scale: &Scale<'_>, profiles: &[Profile], pairs: &[Pair]) -> Vec<u32> {
    let mut edges: Vec<&Pair> = pairs
        .iter()
        .filter(|pair| pair.found.party >= scale.settings.threshold)
        .collect();
    edges.sort_by_key(|pair| (std::cmp::Reverse(pair.found.party), pair.rows));
    let rows = u32::try_from(profiles.len()).expect("leads are bounded when they are read");
    let mut first: Vec<u32> = (0..rows).collect();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); profiles.len()];
    for pair in edges {
        let (one, other) = (first[pair.rows.0 as usize], first[pair.rows.1 as usize]);
        if one == other {
            continue;
        }
        let (one, other) = (one.min(other), one.max(other));
        let left = if members[one as usize].is_empty() {
            vec![one]
        } else {
            std::mem::take(&mut members[one as usize])
        };
        let right = if members[other as usize].is_empty() {
            vec![other]
        } else {
            std::mem::take(&mut members[other as usize])
        };
        if is_refused(scale, profiles, &left, &right) {
            members[one as usize] = left;
            members[other as usize] = right;
            continue;
        }
        for &row in &right {
            first[row as usize] = one;
        }
        let mut joined = left;
        joined.extend(right);
        joined.sort_unstable();
        members[one as usize] = joined;
    }
    first
}

fn is_refused(scale: &Scale<'_>, profiles: &[Profile], left: &[u32], right: &[u32]) -> bool {
    left.iter().take(MOST_HELD).any(|&one| {
        right.iter().take(MOST_HELD).any(|&other| {
            scale
                .compare(&profiles[one as usize], &profiles[other as usize])
                .unlike
        })
    })
}
