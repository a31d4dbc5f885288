//! Blocks too large to look at pair by pair.

use super::blocks::{Block, keys};
use super::canonical::Canonical;
use super::index::{BlockIndex, Index};
use super::known::Hit;
use super::profile::Profile;
use crate::model::{LargeBlock, Parties, PartyField};

/// Of records that share no more than words of a name, a block has at most so small a part of the pairs that one of
/// an exact key may have, counted in records: a row is in many such blocks, and each makes it as many pairs.
const FUZZY_PART: u64 = 250;
/// So many large blocks are named.
const MOST_NAMED: usize = 10;

/// How much of each block is looked at.
pub(super) struct Limits<'a> {
    index: &'a Index,
    largest: u64,
    /// How many known records have each key.
    known: Vec<u32>,
}

impl<'a> Limits<'a> {
    /// Counts the known records of each block.
    pub fn new(index: &'a Index, hits: &[Vec<Hit>], largest: u32) -> Self {
        let mut known = vec![0; index.len()];
        for hit in hits.iter().flatten() {
            known[hit.block.at()] += 1;
        }
        Self {
            index,
            largest: u64::from(largest),
            known,
        }
    }

    /// Pairs of a row and a known record, and of two rows.
    fn pairs(&self, block: BlockIndex) -> (u64, u64) {
        let rows = self.index.rows(block).len() as u64;
        (rows * u64::from(self.known[block.at()]), rows * (rows - 1) / 2)
    }

    fn is_large(&self, block: BlockIndex) -> bool {
        let (known, within) = self.pairs(block);
        known > self.largest || within > self.largest || self.is_crowded(block)
    }

    /// Tells whether a block of words alone has too many records or rows.
    fn is_crowded(&self, block: BlockIndex) -> bool {
        let most = (self.largest / FUZZY_PART).max(2);
        let rows = self.index.rows(block).len() as u64;
        self.index.block(block).is_fuzzy() && (u64::from(self.known[block.at()]) > most || rows > most)
    }

    /// With how many of the known records of a block its rows are compared.
    fn most_known(&self, block: BlockIndex) -> u64 {
        match self.pairs(block).0 {
            _ if self.is_crowded(block) => 0,
            pairs if pairs <= self.largest => u64::MAX,
            _ if self.index.block(block).is_fuzzy() => 0,
            _ => (self.largest / self.index.rows(block).len() as u64).max(1),
        }
    }

    /// With how many of the rows after it a row of a block is compared. They are in order of content, so that
    /// those that differ least are.
    pub fn most_after(&self, block: BlockIndex) -> usize {
        let most = match self.pairs(block).1 {
            _ if self.is_crowded(block) => 0,
            pairs if pairs <= self.largest => u64::MAX,
            _ if self.index.block(block).is_fuzzy() => 0,
            _ => (self.largest / self.index.rows(block).len() as u64).max(1),
        };
        usize::try_from(most).unwrap_or(usize::MAX)
    }

    /// Leaves out the hits that are not looked at. Of a large block of an exact key the first ones stay.
    pub fn keep(&self, hits: &mut [Vec<Hit>]) {
        let mut seen = vec![0u32; self.known.len()];
        for of_chunk in hits {
            of_chunk.retain(|hit| {
                let seen = &mut seen[hit.block.at()];
                *seen += 1;
                u64::from(*seen) <= self.most_known(hit.block)
            });
            of_chunk.shrink_to_fit();
        }
    }

    /// The largest blocks with their texts, and how many there are.
    pub fn large(
        &self,
        imported: &Parties,
        canonical: &Canonical,
        profiles: &[Profile],
    ) -> (Vec<LargeBlock>, u64) {
        let of = |block: &BlockIndex| self.is_large(*block) && !self.index.block(*block).is_variant();
        let mut large: Vec<BlockIndex> = self.index.all().filter(of).collect();
        let count = large.len() as u64;
        large.sort_by_key(|block| {
            let (known, within) = self.pairs(*block);
            (std::cmp::Reverse(known + within), *block)
        });
        let named = large.into_iter().take(MOST_NAMED).map(|block| {
            let rows = self.index.rows(block);
            let leads = rows
                .iter()
                .map(|row| canonical.rows(*row as usize).len() as u64)
                .sum();
            let first = rows[0] as usize;
            LargeBlock {
                key: self.index.block(block).key(),
                value: self.text(block, &profiles[first], |field| {
                    imported.get(canonical.first(first), field)
                }),
                sizes: (leads, u64::from(self.known[block.at()])),
            }
        });
        (named.collect(), count)
    }

    /// What the rows of a block have in common: the key's own text, or the cell that it was read from.
    fn text<'c>(&self, block: BlockIndex, profile: &Profile, cell: impl Fn(PartyField) -> &'c str) -> String {
        let mut text = String::new();
        keys(profile, &mut |_, key, of| {
            if key == self.index.number(block) {
                text = of();
            }
        });
        if !text.is_empty() {
            return text;
        }
        let field = match self.index.block(block) {
            Block::Id => PartyField::Id,
            Block::Account => PartyField::Account,
            Block::Phone => PartyField::Phone,
            Block::Domain if !cell(PartyField::Website).is_empty() => PartyField::Website,
            _ => PartyField::Email,
        };
        let text = cell(field);
        match self.index.block(block) {
            Block::Domain => super::domain::host(text).to_owned(),
            Block::Account if text.is_empty() => cell(PartyField::Company).to_owned(),
            _ => text.to_owned(),
        }
    }
}
