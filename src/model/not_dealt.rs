//! Why a lead was not dealt.

use super::{Already, Clash, Held, KeySet, PassIndex, Points, Potential, RepIndex, Standing, UnitIndex};
use crate::mistake::Position;

/// What a duplicate is a duplicate of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Original {
    /// Another lead of the batch, by its id.
    Lead(String),
    /// A known record.
    Record(Side),
    /// What the file of verdicts says.
    Told(String),
}

/// A known record that a lead is, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Where it stands.
    pub position: Position,
    /// Its id; may be empty.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// Its owner; may be empty.
    pub owner: String,
    /// The keys that agree.
    pub agrees: KeySet,
    /// The keys that differ.
    pub disagrees: KeySet,
}

/// Why a lead was not dealt. Where several apply, the first in this order that does.
#[derive(Clone, Debug, PartialEq)]
pub enum NotDealt {
    /// The CRM says it is converted.
    Converted,
    /// It belongs to somebody.
    AlreadyOwned {
        /// The owner cell.
        owner: String,
        /// Whether it is the owner of the lead's account.
        of_account: bool,
    },
    /// It is the same as another lead of the batch or as a known record.
    Duplicate {
        /// Which one.
        of: Original,
    },
    /// It cannot be told which known record it is, or whose.
    Conflict {
        /// Why not.
        clash: Clash,
        /// The records that it may be.
        sides: Vec<Side>,
        /// What the file of verdicts says, where it is told and not worked out.
        told: Option<String>,
    },
    /// It fails the team's standard.
    NotQualified {
        /// The names of the `[[qualify]]` rules it fails, each with what was wrong if something was
        /// unknown ("lead.email is empty").
        failed: Vec<(String, Option<String>)>,
    },
    /// It was dealt in an earlier run and stays where it is.
    Standing(Standing),
    /// It was declined or let lie too often.
    ReturnedTooOften {
        /// So often.
        returns: u32,
    },
    /// The user took it from its rep after the run was planned.
    ByHand,
    /// Reps may take it, but all are full.
    NoRoom {
        /// The eligible rep whose place it missed by least; the best-scoring one where nothing tells.
        rep: RepIndex,
        /// By how much it lost: exactly what letting it in would lose, so never negative; 0 where
        /// another deal with it is as good. With a `tier`: a lead of that better tier would have to
        /// go out. Absent for methods without prices, and where no eligible rep had room at all.
        lost_by: Option<Potential>,
    },
    /// Reps may take all the leads of its unit, but none of them has room for all.
    NoRoomForAll {
        /// The one who scores highest for them together.
        rep: RepIndex,
        /// The unit.
        unit: UnitIndex,
        /// How many leads of it are to go to one rep.
        leads: u32,
    },
    /// A limit of the rules or of the balance was reached.
    LimitReached {
        /// The limit's name.
        limit: String,
        /// Whom it holds, of those who may take the lead and have room; absent where it holds each rep
        /// by a share of its own.
        held: Option<Held>,
        /// What they had in its period before the run; absent where that is nothing.
        already: Option<Already>,
    },
    /// Every pair was below a pass's `min_score`.
    BelowMinScore {
        /// The pass.
        pass: PassIndex,
        /// The best score of an eligible pair.
        best: Points,
    },
    /// No rep may take it.
    NoEligibleRep {
        /// The hard rules that blocked, each with the number of active reps it blocked; most first.
        blocked: Vec<(String, u32)>,
    },
    /// It was offered to several reps.
    Offered,
    /// Only passes by claims are for it, and no claim to it was granted.
    Unclaimed {
        /// The first such pass.
        pass: PassIndex,
        /// How many claims that pass refused.
        refused: u32,
    },
    /// No pass is for it.
    NoPass,
}

impl NotDealt {
    /// The reason's word in the files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Converted => "converted",
            Self::AlreadyOwned { .. } => "already_owned",
            Self::Duplicate { .. } => "duplicate",
            Self::Conflict { .. } => "conflict",
            Self::NotQualified { .. } => "not_qualified",
            Self::Standing(_) => "standing",
            Self::ReturnedTooOften { .. } => "returned_too_often",
            Self::ByHand => "by_hand",
            Self::NoRoom { .. } | Self::NoRoomForAll { .. } => "no_room",
            Self::LimitReached { .. } => "limit_reached",
            Self::BelowMinScore { .. } => "below_min_score",
            Self::NoEligibleRep { .. } => "no_eligible_rep",
            Self::Offered => "offered",
            Self::Unclaimed { .. } => "unclaimed",
            Self::NoPass => "no_pass",
        }
    }
}
