//! Pairs that share a key, each compared once: rows of the import with known records and with each other.

use super::blocks::keys;
use super::compare::{Comparison, Scale, is_hopeless};
use super::index::{BlockIndex, Index};
use super::known::{Hit, Known, RecordIndex};
use super::parallel::in_chunks;
use super::profile::{Profile, Reader};
use super::words::Words;
use crate::model::{KeySet, ListingSort, MatchKey};

/// A known record that a row of the import is near to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The row.
    pub row: u32,
    /// The record.
    pub record: RecordIndex,
    /// What the record's list holds.
    pub sort: ListingSort,
    /// How sure it is that they are the same: party or, of accounts, organisation.
    pub confidence: u8,
    /// Whether a strong key says that they are and a name that they are not.
    pub clash: bool,
    /// Keys that are equal, nearly equal, and different.
    pub keys: [KeySet; 3],
}

impl Candidate {
    /// In which order those of one row and sort are told: an id before all, then the surest.
    pub fn order(&self) -> (bool, std::cmp::Reverse<u8>, RecordIndex) {
        (
            !self.has_id() || self.clash,
            std::cmp::Reverse(self.confidence),
            self.record,
        )
    }

    /// Tells whether all strong keys that agree with another record agree with this one as well.
    pub fn has_keys_of(&self, other: &Self) -> bool {
        let strong = [MatchKey::Id, MatchKey::Account, MatchKey::Email, MatchKey::Domain];
        strong
            .into_iter()
            .all(|key| self.keys[0].has(key) || !other.keys[0].has(key))
    }

    /// Tells whether the ids are one.
    pub fn has_id(&self) -> bool {
        self.keys[0].has(MatchKey::Id)
    }
}

/// Two rows of the import that are near, the first before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Both rows.
    pub rows: (u32, u32),
    /// How near.
    pub found: Comparison,
}

/// So many candidates of one sort are kept for a row.
pub(super) const MOST_CANDIDATES: usize = 8;
/// Chunks of hits, and rows of the import, that a thread takes at a time.
const CHUNK_OF_ROWS: usize = 256;

/// Compares known records with the rows that they share a key with.
pub(super) fn with_known<'r>(
    scale: &Scale<'_>,
    (index, profiles): (&Index, &[Profile]),
    (known, hits): (&Known<'_>, &[Vec<Hit>]),
    (words, are_records): (&Words, bool),
    threads: usize,
    new_reader: impl Fn() -> Reader<'r> + Sync,
    wanted: &(dyn Fn(u32) -> bool + Sync),
) -> Vec<Candidate> {
    let least = scale.settings.threshold / 2;
    let (parts, _) = in_chunks(threads, (hits.len(), 1), new_reader, |reader, range| {
        let (mut found, mut rows) = (Vec::new(), Vec::new());
        for of_record in hits[range]
            .iter()
            .flat_map(|hits| hits.chunk_by(|one, other| one.record == other.record))
        {
            let record = of_record[0].record;
            let mut profile = known.read(record, reader, Some(&|ending| wanted(ending)));
            profile.weigh(words);
            rows.clear();
            for hit in of_record {
                rows.extend_from_slice(index.rows(hit.block));
            }
            rows.sort_unstable();
            rows.dedup();
            let sort = known.sort(record);
            for &row in &rows {
                if is_hopeless(&profiles[row as usize], &profile) {
                    continue;
                }
                let told = scale.compare(&profiles[row as usize], &profile);
                if are_records && sort == ListingSort::Existing && told.agrees.has(MatchKey::Id) {
                    continue;
                }
                let (confidence, clash) = match sort {
                    ListingSort::Existing => (told.party, told.party_clash),
                    ListingSort::Accounts => (told.organisation, told.organisation_clash),
                };
                if confidence >= least || clash {
                    let keys = [told.agrees, told.similar, told.disagrees];
                    found.push(Candidate {
                        row,
                        record,
                        sort,
                        confidence,
                        clash,
                        keys,
                    });
                }
            }
        }
        found
    });
    kept(parts.concat())
}

/// The best candidates of each row and sort: those that are no clash before those that are.
fn kept(mut all: Vec<Candidate>) -> Vec<Candidate> {
    all.sort_unstable_by_key(|of| (of.row, of.sort, of.clash, of.order()));
    let mut kept: Vec<Candidate> = Vec::with_capacity(all.len().min(1 << 20));
    for of_one in
        all.chunk_by(|one, other| (one.row, one.sort, one.clash) == (other.row, other.sort, other.clash))
    {
        kept.extend_from_slice(&of_one[..of_one.len().min(MOST_CANDIDATES)]);
    }
    kept
}

/// Compares rows of the import that share a key; gives those that are the same party or near it.
pub(super) fn within_import(
    scale: &Scale<'_>,
    (index, profiles): (&Index, &[Profile]),
    most_after: &(dyn Fn(BlockIndex) -> usize + Sync),
    threads: usize,
) -> Vec<Pair> {
    let least = scale.settings.threshold / 2;
    let (parts, _) = in_chunks(
        threads,
        (profiles.len(), CHUNK_OF_ROWS),
        Vec::new,
        |others: &mut Vec<u32>, range| {
            let mut found = Vec::new();
            for row in range {
                let number = u32::try_from(row).expect("leads are bounded when they are read");
                others.clear();
                keys(&profiles[row], &mut |_, key, _| {
                    let Some(block) = index.find(key) else { return };
                    let rows = index.rows(block);
                    let after = rows.partition_point(|other| *other <= number);
                    others.extend(rows[after..].iter().take(most_after(block)));
                });
                others.sort_unstable();
                others.dedup();
                for &other in &*others {
                    if is_hopeless(&profiles[row], &profiles[other as usize]) {
                        continue;
                    }
                    let told = scale.compare(&profiles[row], &profiles[other as usize]);
                    if told.party >= least {
                        found.push(Pair {
                            rows: (number, other),
                            found: told,
                        });
                    }
                }
            }
            found
        },
    );
    parts.concat()
}
