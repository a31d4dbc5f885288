//! What came of holding leads against each other and against records that are known already.

use super::{LeadIndex, ListingSort, RepIndex};
use crate::mistake::Position;
use std::collections::BTreeMap;

/// The headers of our own columns in `reconciled.csv`, which a run reads again.
pub const RECONCILED_HEADERS: [&str; 13] = [
    "lead_id",
    "verdict",
    "owner",
    "matched_file",
    "matched_row",
    "matched_id",
    "matched_name",
    "confidence",
    "agrees",
    "disagrees",
    "also",
    "group",
    "reason",
];

/// The headers of our own columns in `conflicts.csv`.
pub const CONFLICT_HEADERS: [&str; 12] = [
    "lead_id",
    "conflict",
    "side",
    "matched_file",
    "matched_row",
    "matched_id",
    "matched_name",
    "owner",
    "confidence",
    "agrees",
    "disagrees",
    "reason",
];

/// What can be equal or differ between two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKey {
    /// A record id.
    Id,
    /// The account that both belong to, or that one is.
    Account,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// The registered domain of website or e-mail.
    Domain,
    /// The organisation's name.
    Company,
    /// The person's name.
    Person,
    /// Street and house number.
    Street,
    /// Postal code.
    PostalCode,
    /// City.
    City,
    /// State or province.
    State,
    /// Country.
    Country,
}

impl MatchKey {
    /// Every one, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::Id,
        Self::Account,
        Self::Email,
        Self::Phone,
        Self::Domain,
        Self::Company,
        Self::Person,
        Self::Street,
        Self::PostalCode,
        Self::City,
        Self::State,
        Self::Country,
    ];

    /// Tells whether it says where somebody is, and not who.
    pub fn is_of_place(self) -> bool {
        matches!(
            self,
            Self::Street | Self::PostalCode | Self::City | Self::State | Self::Country
        )
    }

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Account => "account",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Domain => "domain",
            Self::Company => "company",
            Self::Person => "person",
            Self::Street => "street",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::State => "state",
            Self::Country => "country",
        }
    }
}

/// A set of keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeySet(u16);

impl KeySet {
    /// Adds a key.
    pub fn add(&mut self, key: MatchKey) {
        self.0 |= 1 << key as u16;
    }

    /// Tells whether a key is in it.
    pub fn has(self, key: MatchKey) -> bool {
        self.0 & (1 << key as u16) != 0
    }

    /// Tells whether it is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its keys, in the order in which they are told.
    pub fn keys(self) -> impl Iterator<Item = MatchKey> {
        MatchKey::ALL.into_iter().filter(move |&key| self.has(key))
    }
}

/// Whom a lead was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counterpart {
    /// Another lead of the import.
    Lead(LeadIndex),
    /// A known record: its place among [`Reconciled::records`].
    Record(u32),
}

/// A record that a lead was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which one.
    pub with: Counterpart,
    /// How sure it is that they are the same, from 0 to 100.
    pub confidence: u8,
    /// Keys that are equal.
    pub agrees: KeySet,
    /// Keys that are nearly equal, by the similarity of names.
    pub similar: KeySet,
    /// Keys that both have and that differ.
    pub disagrees: KeySet,
}

/// Why a lead cannot be told to be one record or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// It is the same as records of different owners.
    TwoOwners,
    /// One key says one record, another key says that it is not, or says another record.
    KeysDisagree,
    /// The owner has left: a rep of the roster who is inactive.
    OwnerLeft,
}

impl Clash {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::TwoOwners, Self::KeysDisagree, Self::OwnerLeft];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::TwoOwners => "two_owners",
            Self::KeysDisagree => "keys_disagree",
            Self::OwnerLeft => "owner_left",
        }
    }
}

/// What a lead is to what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportVerdict {
    /// Nothing known is the same.
    New,
    /// The same as another lead of the import, or as an existing record.
    Duplicate,
    /// Not there yet, but of an account that is known.
    KnownAccount,
    /// Somebody has to look at it.
    Conflict(Clash),
}

impl ImportVerdict {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Duplicate => "duplicate",
            Self::KnownAccount => "known_account",
            Self::Conflict(_) => "conflict",
        }
    }
}

/// A known record that some lead was held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRecord {
    /// What its list holds.
    pub sort: ListingSort,
    /// Where it stands.
    pub position: Position,
    /// Its first id; empty where the list has none.
    pub id: String,
    /// The person's name, or else the organisation's; may be empty.
    pub name: String,
    /// The owner cell, or that of the account above where its own is empty.
    pub owner: String,
}

/// What came of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciledLead {
    /// The verdict.
    pub verdict: ImportVerdict,
    /// The owner cell of what it is the same as; may be empty.
    pub owner: String,
    /// What the verdict rests on, the surest first; for new leads the nearest records, which are not the same.
    pub matches: Vec<Match>,
    /// The leads of the import that are one with it share this number; absent where it is alone.
    pub group: Option<u32>,
}

/// Records too many of which share a key to hold each against each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LargeBlock {
    /// Which key.
    pub key: MatchKey,
    /// What they share.
    pub value: String,
    /// How many leads and known records share it.
    pub sizes: (u64, u64),
}

/// Who has the account that a lead is of, as the roster knows that person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// An active rep.
    Rep(RepIndex),
    /// A rep who is inactive.
    Left(RepIndex),
    /// Somebody who is not on the roster.
    Stranger,
}

/// What came of all leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// For each lead; absent where it is new and nothing is near.
    pub leads: Vec<Option<Box<ReconciledLead>>>,
    /// The known records that matches name.
    pub records: Vec<KnownRecord>,
    /// The largest blocks that were not looked at pair by pair, largest first.
    pub large_blocks: Vec<LargeBlock>,
    /// How many such blocks there were.
    pub large: u64,
    /// Who has the accounts of leads that are of known ones; nobody where no owner is named, or one whose
    /// leads are free.
    pub holders: BTreeMap<LeadIndex, Holder>,
    /// The reasons of verdicts that a file told and nobody worked out.
    pub told: BTreeMap<LeadIndex, String>,
}

impl Reconciled {
    /// The verdict of a lead.
    pub fn verdict(&self, lead: LeadIndex) -> ImportVerdict {
        self.of(lead).map_or(ImportVerdict::New, |of| of.verdict)
    }

    /// What came of a lead, unless it is new and nothing is near.
    pub fn of(&self, lead: LeadIndex) -> Option<&ReconciledLead> {
        self.leads.get(lead.at()).and_then(Option::as_deref)
    }
}

/// What becomes of leads of known accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KnownAccounts {
    /// They go to the account's owner, if that rep may have them.
    #[default]
    Owner,
    /// The owner is preferred: the part `continuity` counts the account's owner.
    Prefer,
    /// They are dealt like any other.
    Ignore,
}

/// `[existing]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExistingSettings {
    /// `known`.
    pub known: KnownAccounts,
    /// `away_days`: working days of absence over which an owner keeps its leads.
    pub away_days: u32,
}

impl Default for ExistingSettings {
    fn default() -> Self {
        Self {
            known: KnownAccounts::Owner,
            away_days: 3,
        }
    }
}

/// By what leads of one batch are one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// Each is a lead of its own.
    Nothing,
    /// By e-mail addresses; by all keys where they are held against known records as well.
    #[default]
    Email,
    /// By all keys.
    AllKeys,
}

/// `[together] by`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Together {
    /// Every lead alone.
    #[default]
    None,
    /// Leads of one account as one.
    Account,
    /// Leads of one company as one.
    Company,
}
