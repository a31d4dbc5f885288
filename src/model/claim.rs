//! Claims of reps to leads, and what became of each.

use super::{By, Held, LeadIndex, Moment, PassIndex, RepIndex, TeamIndex};

/// A rep's claim to a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The lead by its id (it may be a lead that this batch does not have); empty where the rep asks for
    /// the next lead of a queue.
    pub lead_id: String,
    /// Who claims.
    pub by: Claimant,
    /// The rank of the wish, 1 the dearest.
    pub rank: Option<u32>,
    /// When it was made.
    pub at: Option<Moment>,
    /// The row's own number in the file.
    pub row: u32,
}

impl Claim {
    /// The rep, if the roster has that one.
    pub fn rep(&self) -> Option<RepIndex> {
        match self.by {
            Claimant::Rep(rep) => Some(rep),
            Claimant::Unknown(_) | Claimant::Ambiguous(_) => None,
        }
    }
}

/// Whom a claim names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimant {
    /// A rep of the roster.
    Rep(RepIndex),
    /// Nobody on the roster; as it was written.
    Unknown(String),
    /// A name or e-mail that several reps bear; as it was written.
    Ambiguous(String),
}

/// Why a claim was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// A wish: its place among the rep's wishes, 1 the dearest.
    Wish(u32),
    /// The first valid claim, with its moment.
    First(Option<Moment>),
    /// A pull: its place among the pulls of the pass.
    Pull(u32),
}

/// What became of a claim: a closed list; each has a condition that `verify` recomputes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The rep got the lead.
    Granted(Granted),
    /// Another rep claimed it in the same pass and got it.
    Lost(RepIndex),
    /// It was dealt otherwise: to whom, and by what.
    Gone {
        /// The rep; absent where it stays with a team.
        rep: Option<RepIndex>,
        /// What dealt it.
        by: By,
    },
    /// The rep had no place left.
    Full,
    /// The rep had as many leads of the pass as its `cap` lets a rep have.
    Capped(u32),
    /// A limit of the rules, or of the balance, was reached.
    Limited {
        /// The limit's name.
        limit: String,
        /// Whom it holds; absent where it holds each rep by a share of its own.
        held: Option<Held>,
    },
    /// A hard rule keeps the rep from the lead.
    Forbidden(String),
    /// The lead is with a team that is not the rep's.
    OtherTeam(TeamIndex),
    /// The score of the pair is below the pass's least.
    BelowMinScore,
    /// The queue held nothing that the rep may take.
    NothingLeft,
    /// The lead is not up for dealing, by the word of the reason.
    NotUp(&'static str),
    /// No rep of the roster is meant.
    UnknownRep,
    /// Several reps may be meant.
    AmbiguousRep,
    /// The rep is not active.
    Inactive,
    /// The rep is away.
    Away,
    /// It was made after the moment of the run.
    Late,
    /// No lead of the batch is meant.
    UnknownLead,
    /// The rep claimed the lead before: in this row.
    Repeated(u32),
    /// No pass by claims is for this rep and this lead.
    NoPass,
}

/// Whether a claim was granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It was.
    Granted,
    /// It took part and was not.
    Refused,
    /// It did not take part.
    NotUsed,
}

impl Verdict {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::NotUsed => "not used",
        }
    }
}

impl Ruling {
    /// Whether the claim was granted.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Granted(_) => Verdict::Granted,
            Self::UnknownRep
            | Self::AmbiguousRep
            | Self::Inactive
            | Self::Away
            | Self::Late
            | Self::UnknownLead
            | Self::Repeated(_)
            | Self::NoPass => Verdict::NotUsed,
            _ => Verdict::Refused,
        }
    }

    /// The reason's word in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Granted(Granted::Wish(_)) => "wish",
            Self::Granted(Granted::First(_)) => "first",
            Self::Granted(Granted::Pull(_)) => "pull",
            Self::Lost(_) => "other_claim",
            Self::Gone { .. } => "dealt_otherwise",
            Self::Full => "full",
            Self::Capped(_) => "cap_reached",
            Self::Limited { .. } => "limit_reached",
            Self::Forbidden(_) | Self::OtherTeam(_) => "not_eligible",
            Self::BelowMinScore => "below_min_score",
            Self::NothingLeft => "nothing_left",
            Self::NotUp(_) => "not_up",
            Self::UnknownRep => "unknown_rep",
            Self::AmbiguousRep => "ambiguous_rep",
            Self::Inactive => "inactive",
            Self::Away => "away",
            Self::Late => "late",
            Self::UnknownLead => "unknown_lead",
            Self::Repeated(_) => "repeated",
            Self::NoPass => "no_pass",
        }
    }
}

/// A claim as it was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The lead claimed, or got by a pull.
    pub lead: Option<LeadIndex>,
    /// The pass that judged it last.
    pub pass: Option<PassIndex>,
    /// What became of it.
    pub ruling: Ruling,
}

/// A lead that is still up at the end of a run and that a pass by claims is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The lead.
    pub lead: LeadIndex,
    /// Whether a pass that deals unseen is for it.
    pub is_unseen: bool,
}
