//! What became of assignments in the CRM after the hand-over.

use super::{KeySet, RepIndex};

/// What became of an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HandoverState {
    /// The CRM has the lead, owned by the rep who got it.
    Taken,
    /// The CRM has it under another owner.
    Drifted,
    /// The CRM has no such lead.
    Missing,
    /// Several records of the CRM are that lead.
    Twice,
    /// The CRM has it, and nobody owns it.
    Unowned,
}

impl HandoverState {
    /// Every one, in the order in which they are told.
    pub const ALL: [Self; 5] = [
        Self::Taken,
        Self::Drifted,
        Self::Missing,
        Self::Twice,
        Self::Unowned,
    ];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Drifted => "drifted",
            Self::Missing => "missing",
            Self::Twice => "twice",
            Self::Unowned => "unowned",
        }
    }
}

/// Who got a lead, as `assignments.csv` has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    /// The rep's id; empty where the lead stays with a team.
    pub rep_id: String,
    /// The rep's name.
    pub rep_name: String,
    /// The team, where the lead was dealt to one.
    pub team: String,
}

/// A record of the CRM that is an assigned lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CrmRecord {
    /// The file, by its place among the CRM's files.
    pub listing: usize,
    /// The row, by its place in the file.
    pub row: usize,
    /// What is equal; the id alone where that is.
    pub keys: KeySet,
    /// The rep of the roster who owns it, if one does.
    pub owner: Option<RepIndex>,
}

/// An assignment with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// What became of it.
    pub state: HandoverState,
    /// The records of the CRM that are the lead.
    pub records: Vec<CrmRecord>,
}

/// What became of all assignments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// Each assignment, in the order of the file.
    pub leads: Vec<Handed>,
    /// Records of the CRM that the roster's reps own and that no assignment is.
    pub others: u64,
    /// How many records of the CRM somebody owns who is on the roster.
    pub known_owners: u64,
    /// How many records of the CRM somebody owns.
    pub owned: u64,
}
