//! How many rows came to what.

use super::ImportReport;
use crate::model::{Clash, Counterpart, ImportVerdict, LeadIndex, ListingSort, MatchKey};
use std::collections::BTreeMap;

/// How many rows came to what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that could be read.
    pub rows: u64,
    /// New ones.
    pub new: u64,
    /// Duplicates of another row of the import.
    pub within: u64,
    /// Duplicates of a record that exists.
    pub existing: u64,
    /// Rows of known accounts.
    pub known: u64,
    /// Conflicts of each sort.
    pub conflicts: BTreeMap<Clash, u64>,
    /// Rows that could not be read.
    pub set_aside: u64,
    /// For each key but those of places on how many duplicates it is equal.
    pub keys: BTreeMap<MatchKey, u64>,
    /// For each owner cell how many rows are of its accounts.
    pub owners: BTreeMap<String, u64>,
    /// New rows of which something known is near.
    pub near: u64,
}

/// Counts what the rows of an import came to.
pub fn counts(report: &ImportReport) -> Counts {
    let leads = &report.import.leads;
    let mut counts = Counts {
        rows: leads.len() as u64,
        set_aside: leads.set_aside.len() as u64,
        ..Counts::default()
    };
    for lead in (0..leads.len()).map(LeadIndex::new) {
        let Some(of) = report.reconciled.of(lead) else {
            counts.new += 1;
            continue;
        };
        match of.verdict {
            ImportVerdict::New => {
                counts.new += 1;
                counts.near += u64::from(!of.matches.is_empty());
            }
            ImportVerdict::Duplicate => {
                let first = of.matches.first();
                if first.is_some_and(|found| matches!(found.with, Counterpart::Lead(_))) {
                    counts.within += 1;
                } else {
                    counts.existing += 1;
                }
                let keys = first.iter().flat_map(|found| found.agrees.keys());
                for key in keys.filter(|key| !key.is_of_place()) {
                    *counts.keys.entry(key).or_default() += 1;
                }
            }
            ImportVerdict::KnownAccount => {
                counts.known += 1;
                *counts.owners.entry(of.owner.trim().to_owned()).or_default() += 1;
            }
            ImportVerdict::Conflict(clash) => *counts.conflicts.entry(clash).or_default() += 1,
        }
    }
    counts
}

impl Counts {
    /// All conflicts.
    pub fn in_conflict(&self) -> u64 {
        self.conflicts.values().sum()
    }

    /// The counts by the words of the files.
    pub fn by_word(&self) -> BTreeMap<String, u64> {
        let mut words = BTreeMap::from(
            [
                ("rows", self.rows),
                ("new", self.new),
                ("duplicate", self.within + self.existing),
                ("known_account", self.known),
                ("conflict", self.in_conflict()),
                ("set_aside", self.set_aside),
            ]
            .map(|(word, count)| (word.to_owned(), count)),
        );
        for (clash, count) in &self.conflicts {
            words.insert(clash.name().to_owned(), *count);
        }
        words
    }
}

/// How many records of a sort there are to hold an import against.
pub fn known(report: &ImportReport, sort: ListingSort) -> u64 {
    let lists = report.import.listings.iter();
    lists
        .filter(|list| list.sort == sort)
        .map(|list| list.rows.len() as u64)
        .sum()
}
