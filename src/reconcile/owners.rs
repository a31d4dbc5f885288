//! Owners of known records: which are one, who has left, and whose an account without one is.

use super::company::CompanyName;
use super::hashing::of_text;
use super::ids::ids;
use super::known::{Known, RecordIndex};
use crate::model::{Found, PartyField, QuickMap, Rep, RepDirectory, RepIndex};

/// Whom an owner cell means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Owner {
    Rep(RepIndex),
    Text(String),
}

/// Knows owners.
pub(super) struct Owners<'a> {
    reps: &'a [Rep],
    directory: RepDirectory,
    known: &'a Known<'a>,
    /// Accounts by the numbers of their ids and names; absent for a name that several have. Empty where no
    /// account has one above it.
    accounts: QuickMap<u64, Option<RecordIndex>>,
}

/// No chain of accounts is longer.
const MOST_ABOVE: usize = 32;

impl<'a> Owners<'a> {
    /// Knows the roster and the accounts.
    pub fn new(reps: &'a [Rep], known: &'a Known<'a>) -> Self {
        let mut owners = Self {
            reps,
            directory: RepDirectory::new(reps),
            known,
            accounts: QuickMap::default(),
        };
        if known
            .accounts()
            .any(|account| !known.cell(account, PartyField::Parent).is_empty())
        {
            owners.list_accounts();
        }
        owners
    }

    fn list_accounts(&mut self) {
        let mut names: QuickMap<u64, Option<RecordIndex>> = QuickMap::default();
        for account in self.known.accounts() {
            for id in ids(self.known.cell(account, PartyField::Id)) {
                self.accounts.entry(id.number).or_insert(Some(account));
            }
            if let Some(name) = CompanyName::read(self.known.cell(account, PartyField::Company)) {
                let of_name = names.entry(of_text(&name.core)).or_insert(Some(account));
                if *of_name != Some(account) {
                    *of_name = None;
                }
            }
        }
        for (name, account) in names {
            self.accounts.entry(name).or_insert(account);
        }
    }

    /// The account above one.
    fn above(&self, account: RecordIndex) -> Option<RecordIndex> {
        let parent = self.known.cell(account, PartyField::Parent);
        if self.accounts.is_empty() || parent.is_empty() {
            return None;
        }
        let by_id = ids(parent).find_map(|id| self.accounts.get(&id.number).copied().flatten());
        let by_name = || {
            let name = CompanyName::read(parent)?;
            self.accounts.get(&of_text(&name.core)).copied().flatten()
        };
        by_id.or_else(by_name).filter(|above| *above != account)
    }

    /// The accounts above one, the nearest first; each once, also where they go round.
    fn all_above(&self, account: RecordIndex) -> Vec<RecordIndex> {
        let mut all = Vec::new();
        let mut at = account;
        while let Some(above) = self.above(at) {
            if above == account || all.contains(&above) || all.len() == MOST_ABOVE {
                break;
            }
            all.push(above);
            at = above;
        }
        all
    }

    /// Tells whether an account stands above another, and not below it as well.
    pub fn is_above(&self, upper: RecordIndex, lower: RecordIndex) -> bool {
        self.all_above(lower).contains(&upper) && !self.all_above(upper).contains(&lower)
    }

    /// The owner cell of a record, or of the nearest account above it that has one.
    pub fn of(&self, record: RecordIndex) -> &'a str {
        let own = self.known.cell(record, PartyField::Owner);
        if !own.is_empty() || self.accounts.is_empty() {
            return own;
        }
        let above = self
            .all_above(record)
            .into_iter()
            .map(|above| self.known.cell(above, PartyField::Owner));
        above
            .into_iter()
            .find(|owner| !owner.is_empty())
            .unwrap_or_default()
    }

    fn meant(&self, owner: &str) -> Owner {
        match self.directory.find(owner) {
            Found::One(rep) => Owner::Rep(rep),
            _ => Owner::Text(
                owner
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .to_lowercase(),
            ),
        }
    }

    /// Tells whether two owner cells mean one.
    pub fn are_one(&self, left: &str, right: &str) -> bool {
        left == right || self.meant(left) == self.meant(right)
    }

    /// Tells whether an owner is a rep who has left.
    pub fn has_left(&self, owner: &str) -> bool {
        matches!(self.meant(owner), Owner::Rep(rep) if !self.reps[rep.at()].active)
    }
}
