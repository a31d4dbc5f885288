//! Known records, streamed past the index of the import.

use super::blocks::{Block, keys};
use super::index::{BlockIndex, Index};
use super::parallel::in_chunks;
use super::profile::{Profile, Reader};
use super::words::Words;
use crate::model::{Listing, ListingSort, Parties, PartyField};
use std::collections::HashSet;

/// A known record by its place in all listings, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RecordIndex(pub u32);

/// All known records.
pub(super) struct Known<'a> {
    listings: &'a [Listing],
    /// The first record of each listing, and the end of all.
    starts: Vec<usize>,
}

impl<'a> Known<'a> {
    /// The records of all listings.
    ///
    /// # Panics
    /// If there are more than four billion.
    pub fn new(listings: &'a [Listing]) -> Self {
        let mut starts = vec![0];
        for listing in listings {
            starts.push(starts[starts.len() - 1] + listing.parties.len());
        }
        Self { listings, starts }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts[self.listings.len()]
    }

    /// The records of accounts.
    pub fn accounts(&self) -> impl Iterator<Item = RecordIndex> + '_ {
        let lists = self.listings.iter().zip(self.starts.windows(2));
        lists
            .filter(|(listing, _)| listing.sort == ListingSort::Accounts)
            .flat_map(|(_, bounds)| bounds[0]..bounds[1])
            .map(record)
    }

    /// The listing that a record is in, and its row there.
    pub fn find(&self, of: RecordIndex) -> (&'a Listing, usize) {
        let at = of.0 as usize;
        let listing = self.starts.partition_point(|start| *start <= at) - 1;
        (&self.listings[listing], at - self.starts[listing])
    }

    /// A cell of a record.
    pub fn cell(&self, of: RecordIndex, field: PartyField) -> &'a str {
        let (listing, row) = self.find(of);
        listing.parties.get(row, field)
    }

    /// What the record's list holds.
    pub fn sort(&self, of: RecordIndex) -> ListingSort {
        self.find(of).0.sort
    }

    /// Reads a record.
    pub fn read(
        &self,
        of: RecordIndex,
        reader: &mut Reader<'_>,
        wanted: Option<&dyn Fn(u32) -> bool>,
    ) -> Profile {
        let (listing, row) = self.find(of);
        let parties: &Parties = &listing.parties;
        reader.read(parties, row, Some(listing.sort), wanted)
    }
}

/// The record at a place.
pub(super) fn record(at: usize) -> RecordIndex {
    RecordIndex(u32::try_from(at).expect("records are bounded when they are read"))
}

/// A record that has a key of the import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// The record.
    pub record: RecordIndex,
    /// The key's block.
    pub block: BlockIndex,
}

/// A name that a party with a key of the import goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameOf {
    /// The key's block.
    pub block: BlockIndex,
    /// The number of the name.
    pub name: u64,
    /// A known record that goes by it; a row of the import if absent.
    pub record: Option<RecordIndex>,
    /// The row of the import; 0 with a record.
    pub row: u32,
}

/// What a first look at all known records tells.
pub(super) struct Survey {
    /// For each chunk of records its hits, in order.
    pub hits: Vec<Vec<Hit>>,
    /// The names of those who have an e-mail address, phone number or domain of the import.
    pub names: Vec<NameOf>,
}

/// Records that a thread takes at a time.
pub(super) const CHUNK: usize = 4096;

/// Numbers of the import end so.
pub(super) fn endings(profiles: &[Profile]) -> HashSet<u32> {
    let phones = profiles.iter().flat_map(|profile| &profile.phones);
    phones.map(|phone| phone.ending()).collect()
}

/// Looks at every known record for keys of the import, and counts words.
pub(super) fn survey<'r>(
    known: &Known<'_>,
    index: &Index,
    words: &mut Words,
    threads: usize,
    new_reader: impl Fn() -> Reader<'r> + Sync,
    wanted: &(dyn Fn(u32) -> bool + Sync),
) -> Survey {
    let start = || (new_reader(), Words::default());
    let (parts, states) = in_chunks(threads, (known.len(), CHUNK), start, |(reader, words), range| {
        let (mut hits, mut names) = (Vec::new(), Vec::new());
        for at in range {
            let record = record(at);
            let profile = known.read(record, reader, Some(&|ending| wanted(ending)));
            words.count(&profile, 1);
            let (first, name) = (hits.len(), profile.name());
            keys(&profile, &mut |block, key, _| {
                let Some(found) = index.find(key) else { return };
                hits.push(Hit { record, block: found });
                if let (Some(name), Block::Email | Block::Phone | Block::Domain) = (name, block) {
                    names.push(NameOf {
                        block: found,
                        name,
                        record: Some(record),
                        row: 0,
                    });
                }
            });
            hits[first..].sort_unstable();
            let mut kept = first;
            for at in first..hits.len() {
                if at == first || hits[at] != hits[at - 1] {
                    hits[kept] = hits[at];
                    kept += 1;
                }
            }
            hits.truncate(kept);
        }
        hits.shrink_to_fit();
        (hits, names)
    });
    for (_, counted) in states {
        words.add(counted);
    }
    let (hits, names): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    Survey {
        hits,
        names: names.concat(),
    }
}
