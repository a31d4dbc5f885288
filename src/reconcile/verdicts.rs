//! What each row of the import is to the known records: the verdict that they give it.

use super::candidates::Candidate;
use super::owners::Owners;
use crate::model::{Clash, ImportVerdict, ListingSort};
use std::cmp::Reverse;

/// What the known records say of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision<'a> {
    /// The verdict.
    pub verdict: ImportVerdict,
    /// The owner of what it is the same as.
    pub owner: &'a str,
    /// What it rests on, the surest first; of a new row the nearest record.
    pub matches: Vec<Candidate>,
}

/// Matches are equally sure if they are within so many points of the surest.
const EQUALLY_SURE: u8 = 5;

impl Decision<'_> {
    /// Tells whether no other row of the import changes it.
    pub fn is_final(&self) -> bool {
        matches!(
            self.verdict,
            ImportVerdict::Duplicate | ImportVerdict::Conflict(_)
        )
    }

    /// How much it says: the greatest is the one that a group of rows keeps.
    pub fn strength(&self) -> u8 {
        match self.verdict {
            ImportVerdict::Duplicate => 3,
            ImportVerdict::Conflict(_) => 2,
            ImportVerdict::KnownAccount => 1,
            ImportVerdict::New => 0,
        }
    }
}

/// Decides on a row by its candidates.
pub(super) fn decide<'a>(candidates: &[Candidate], threshold: u8, owners: &Owners<'a>) -> Decision<'a> {
    let of = |sort: ListingSort| {
        let same = candidates
            .iter()
            .filter(|of| of.sort == sort && of.confidence >= threshold && !of.clash);
        let mut same: Vec<Candidate> = same.copied().collect();
        same.sort_by_key(Candidate::order);
        same
    };
    let existing = of(ListingSort::Existing);
    if !existing.is_empty() {
        return settled(ImportVerdict::Duplicate, existing, owners);
    }
    let accounts = without_upper(&of(ListingSort::Accounts), owners);
    if let Some(conflict) = clash(candidates, &accounts, owners) {
        return conflict;
    }
    if !accounts.is_empty() {
        let decision = settled(ImportVerdict::KnownAccount, accounts, owners);
        let has_left = decision.verdict == ImportVerdict::KnownAccount && owners.has_left(decision.owner);
        return Decision {
            verdict: if has_left {
                ImportVerdict::Conflict(Clash::OwnerLeft)
            } else {
                decision.verdict
            },
            ..decision
        };
    }
    let nearest = candidates.iter().filter(|of| !of.clash);
    let nearest = nearest.min_by_key(|of| (Reverse(of.confidence), of.sort, of.record));
    Decision {
        verdict: ImportVerdict::New,
        owner: "",
        matches: nearest.copied().into_iter().collect(),
    }
}

/// Of an account and one above it the lower one counts.
fn without_upper(accounts: &[Candidate], owners: &Owners<'_>) -> Vec<Candidate> {
    let is_upper = |of: &Candidate| {
        accounts
            .iter()
            .any(|other| other.record != of.record && owners.is_above(of.record, other.record))
    };
    accounts.iter().filter(|of| !is_upper(of)).copied().collect()
}

/// The verdict of matches of one sort, unless the surest have two owners.
fn settled<'a>(verdict: ImportVerdict, matches: Vec<Candidate>, owners: &Owners<'a>) -> Decision<'a> {
    let best = matches[0];
    let is_sure = |of: &&Candidate| {
        of.has_id() == best.has_id() && of.confidence.saturating_add(EQUALLY_SURE) >= best.confidence
    };
    let mut named = matches
        .iter()
        .filter(is_sure)
        .map(|of| owners.of(of.record))
        .filter(|owner| !owner.is_empty());
    let owner = named.next().unwrap_or_default();
    let verdict = if named.all(|other| owners.are_one(owner, other)) {
        verdict
    } else {
        ImportVerdict::Conflict(Clash::TwoOwners)
    };
    Decision {
        verdict,
        owner,
        matches,
    }
}

/// A strong key that names contradict, unless the row is clearly an account that has the same key (of two
/// accounts with one domain one can only be right) or the same owner.
fn clash<'a>(candidates: &[Candidate], accounts: &[Candidate], owners: &Owners<'a>) -> Option<Decision<'a>> {
    let clear = accounts.first();
    let is_settled = |of: &Candidate| {
        clear.is_some_and(|clear| {
            clear.has_keys_of(of) || owners.are_one(owners.of(clear.record), owners.of(of.record))
        })
    };
    let contradicted = |of: &&Candidate| of.clash && !is_settled(of);
    let mut matches: Vec<Candidate> = candidates.iter().filter(contradicted).copied().collect();
    matches.sort_by_key(|of| (of.sort, of.order()));
    let owner = owners.of(matches.first()?.record);
    matches.extend_from_slice(accounts);
    matches.truncate(super::candidates::MOST_CANDIDATES);
    Some(Decision {
        verdict: ImportVerdict::Conflict(Clash::KeysDisagree),
        owner,
        matches,
    })
}
