//! The keys of the import, sorted, so that a known record's keys are found in a step or two.

use super::blocks::{Block, keys};
use super::parallel::in_chunks;
use super::profile::Profile;

/// The place of a block in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BlockIndex(pub u32);

impl BlockIndex {
    fn new(at: usize) -> Self {
        Self(u32::try_from(at).expect("an import has less than four billion keys"))
    }

    /// As a place in a list.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// For each key the rows of the import that have it, in order.
pub(super) struct Index {
    /// The keys, in order.
    numbers: Vec<u64>,
    blocks: Vec<Block>,
    /// Where the rows of each key begin, and the end of all.
    starts: Vec<u32>,
    rows: Vec<u32>,
    /// For the first bits of a key the place of the first such key, and the end of all.
    directory: Vec<u32>,
    /// How far keys are shifted to get these bits.
    shift: u32,
    /// A bit for the first bits of every key, more of them than the directory has: most keys of known records are
    /// none of the import's, and this small table tells so.
    marks: Vec<u64>,
    /// How far keys are shifted to get the place of their mark.
    mark_shift: u32,
}

/// Eight marks a key, as a power of two.
const MARKS_A_KEY: u32 = 3;
/// Rows that a thread takes at a time.
const CHUNK: usize = 1024;

impl Index {
    /// Makes the index of the rows of an import.
    pub fn new(profiles: &[Profile], threads: usize) -> Self {
        let (parts, _) = in_chunks(
            threads,
            (profiles.len(), CHUNK),
            || (),
            |(), range| {
                let mut entries: Vec<(u64, u32, Block)> = Vec::new();
                for row in range {
                    let number = u32::try_from(row).expect("leads are bounded when they are read");
                    keys(&profiles[row], &mut |block, key, _| {
                        entries.push((key, number, block));
                    });
                }
                entries
            },
        );
        let mut entries = parts.concat();
        entries.sort_unstable();
        entries.dedup_by_key(|(key, row, _)| (*key, *row));
        Self::of_sorted(&entries)
    }

    fn of_sorted(entries: &[(u64, u32, Block)]) -> Self {
        let mut index = Self {
            numbers: Vec::new(),
            blocks: Vec::new(),
            starts: Vec::new(),
            rows: Vec::with_capacity(entries.len()),
            directory: Vec::new(),
            shift: 0,
            marks: Vec::new(),
            mark_shift: 0,
        };
        for &(key, row, block) in entries {
            if index.numbers.last() != Some(&key) {
                index.starts.push(BlockIndex::new(index.rows.len()).0);
                index.numbers.push(key);
                index.blocks.push(block);
            }
            index.rows.push(row);
        }
        index.starts.push(BlockIndex::new(index.rows.len()).0);
        let bits = index
            .numbers
            .len()
            .next_power_of_two()
            .trailing_zeros()
            .clamp(1, 26);
        index.shift = 64 - bits;
        index.directory = vec![0; (1 << bits) + 1];
        for at in 0..index.numbers.len() {
            let slot = index.slot(index.numbers[at]);
            index.directory[slot + 1] += 1;
        }
        for at in 1..index.directory.len() {
            index.directory[at] += index.directory[at - 1];
        }
        let mark_bits = bits + MARKS_A_KEY;
        index.mark_shift = 64 - mark_bits;
        index.marks = vec![0; (1usize << mark_bits).div_ceil(64)];
        for at in 0..index.numbers.len() {
            let (word, bit) = index.mark(index.numbers[at]);
            index.marks[word] |= bit;
        }
        index
    }

    /// Where the mark of a key stands.
    #[expect(clippy::cast_possible_truncation, reason = "29 bits are left at most")]
    fn mark(&self, key: u64) -> (usize, u64) {
        let at = (key >> self.mark_shift) as usize;
        (at / 64, 1 << (at % 64))
    }

    #[expect(clippy::cast_possible_truncation, reason = "26 bits are left at most")]
    fn slot(&self, key: u64) -> usize {
        (key >> self.shift) as usize
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The block of a key.
    pub fn find(&self, key: u64) -> Option<BlockIndex> {
        let (word, bit) = self.mark(key);
        if self.marks[word] & bit == 0 {
            return None;
        }
        let slot = self.slot(key);
        let range = self.directory[slot] as usize..self.directory[slot + 1] as usize;
        let at = self.numbers[range.clone()]
            .iter()
            .position(|number| *number == key)?;
        Some(BlockIndex::new(range.start + at))
    }

    /// The rows of a block, in order.
    pub fn rows(&self, of: BlockIndex) -> &[u32] {
        &self.rows[self.starts[of.at()] as usize..self.starts[of.at() + 1] as usize]
    }

    /// What a block's key is made of.
    pub fn block(&self, of: BlockIndex) -> Block {
        self.blocks[of.at()]
    }

    /// Every block.
    pub fn all(&self) -> impl Iterator<Item = BlockIndex> + use<> {
        (0..self.len()).map(BlockIndex::new)
    }

    /// The number of a block's key.
    pub fn number(&self, of: BlockIndex) -> u64 {
        self.numbers[of.at()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_with_its_rows() {
        let entries: Vec<(u64, u32, Block)> = (0..1000u64)
            .flat_map(|key| (0..=u32::try_from(key % 3).unwrap()).map(move |row| (key << 54, row, Block::Id)))
            .collect();
        let index = Index::of_sorted(&entries);
        for key in 0..1000u64 {
            let block = index.find(key << 54).expect("it is there");
            assert_eq!(index.rows(block).len() as u64, key % 3 + 1);
            assert!(index.find((key << 54) + 1).is_none());
        }
        assert!(Index::of_sorted(&[]).find(7).is_none());
    }
}
