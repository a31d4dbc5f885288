//! What became of a lead, as people record it.

use super::Moment;
use crate::mistake::Position;

/// What became of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeWord {
    /// It was offered to the rep.
    Offered,
    /// The rep takes it on.
    Accepted,
    /// The rep reached the lead.
    Contacted,
    /// An appointment was moved.
    Rescheduled,
    /// The rep does not want it.
    Declined,
    /// It came to nothing, for no fault of the rep.
    Cancelled,
    /// It was sold.
    Won,
    /// It was not sold.
    Lost,
}

impl OutcomeWord {
    /// Every one, in the order in which they usually come.
    pub const ALL: [Self; 8] = [
        Self::Offered,
        Self::Accepted,
        Self::Contacted,
        Self::Rescheduled,
        Self::Declined,
        Self::Cancelled,
        Self::Won,
        Self::Lost,
    ];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Contacted => "contacted",
            Self::Rescheduled => "rescheduled",
            Self::Cancelled => "cancelled",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Finds one by its word in files.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.name() == name)
    }

    /// Whether nothing but another such word can follow.
    pub fn is_closing(self) -> bool {
        matches!(self, Self::Cancelled | Self::Won | Self::Lost)
    }
}

/// An outcome of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadOutcome {
    /// The lead's id.
    pub lead_id: String,
    /// The rep by id, e-mail or name; empty = whoever has the lead.
    pub rep: String,
    /// What became of it.
    pub word: OutcomeWord,
    /// When; midnight where only the day is known.
    pub at: Moment,
    /// Whether only the day is known.
    pub is_day: bool,
    /// Whether the lead was bad, so that the rep gets its turn back.
    pub credit: bool,
    /// What was noted; may be empty.
    pub note: String,
    /// Where it stands.
    pub position: Position,
}
