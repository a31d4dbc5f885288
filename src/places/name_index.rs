//! Finds where a name stands in a long list of names.

use super::blob::Texts;

/// Names with an index over them by their hash; a name may stand in several positions.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    names: Texts,
    /// Where the positions of each bucket begin, and the end.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

/// As many buckets as sixteen bits tell apart.
const BUCKETS: usize = 1 << 16;

impl NameIndex {
    /// The index of names.
    pub fn of(names: Texts) -> Self {
        let buckets: Vec<usize> = (0..names.len()).map(|at| bucket(names.get(at))).collect();
        let mut starts = vec![0; BUCKETS + 1];
        for &bucket in &buckets {
            starts[bucket + 1] += 1;
        }
        for at in 0..BUCKETS {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut positions = vec![0; names.len()];
        for (position, &bucket) in (0..).zip(&buckets) {
            positions[next[bucket] as usize] = position;
            next[bucket] += 1;
        }
        Self {
            names,
            starts,
            positions,
        }
    }

    /// The positions of a name, in order.
    pub fn find<'a>(&'a self, name: &'a str) -> impl Iterator<Item = usize> {
        let bucket = bucket(name.as_bytes());
        let bounds = self
            .starts
            .get(bucket..bucket + 2)
            .map(|pair| pair[0] as usize..pair[1] as usize);
        self.positions[bounds.unwrap_or(0..0)]
            .iter()
            .map(|&position| position as usize)
            .filter(move |&position| self.names.get(position) == name.as_bytes())
    }
}

/// The bucket of a name: its FNV-1a hash of 32 bits folded to sixteen
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv-22>).
fn bucket(name: &[u8]) -> usize {
    let hash = name.iter().fold(0x811C_9DC5_u32, |hash, &byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    ((hash >> 16) ^ (hash & 0xFFFF)) as usize % BUCKETS
}
