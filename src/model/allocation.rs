//! The result of dealing a batch: every lead's outcome with its reason, and the proof of each pass.

use super::{
    Gathered, Granted, LeadIndex, LimitProof, NotDealt, Open, PassIndex, Period, Points, Potential, RepIndex,
    Settled, TeamIndex, TierIndex,
};

/// What dealt a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A pin, with the reason that the user gave (may be empty).
    Pin(String),
    /// It is of an account that the rep owns.
    Owner,
    /// A pass of the rules.
    Pass(PassIndex),
    /// The fallback of the rules.
    Fallback,
}

/// Why this rep: a closed list; each has a condition that `verify` recomputes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No other rep may take it.
    OnlyEligible,
    /// No eligible rep scores higher.
    HighestScore,
    /// Every rep who scores higher is full; the one whose last place is dearest, and its price.
    HigherFull {
        /// The dearest of the higher-scoring reps.
        dearest: RepIndex,
        /// What one more place of that rep would bring.
        price: Potential,
    },
    /// A rep who scores higher has room but carries (or would carry) more: balance.
    Balance {
        /// The highest-scoring rep with room.
        other: RepIndex,
        /// Open leads of the winner after the pass, and of the other.
        loads: (u32, u32),
    },
    /// A rep who scores higher has room, but a limit of the rules is reached there.
    HigherLimited {
        /// The highest-scoring rep with room.
        other: RepIndex,
        /// The limit's name.
        limit: String,
        /// Whom the limit holds together with that rep.
        held: Held,
    },
    /// A rep who scores higher has room, but a limit of the rules wants so many leads for the winner.
    Minimum {
        /// The highest-scoring rep with room.
        other: RepIndex,
        /// The limit's name.
        limit: String,
    },
    /// The rep was the least loaded of those eligible with room: open leads before, and the ceiling if any.
    LeastLoaded {
        /// Open leads of the winner before this one.
        open: u32,
        /// The ceiling (fair share rounded down where there is none).
        ceiling: u32,
    },
    /// It was the rep's turn.
    Turn,
    /// Pinned by hand.
    Pin,
    /// The rep owns the lead's account.
    Owner,
    /// Nobody else could; the rules name this rep for the rest.
    Fallback,
    /// The rep asked for it.
    Claim(Granted),
    /// Dealt to a team whose best eligible member scores highest among teams with room, or by the
    /// team's balance; no later pass gave it to a person.
    Team,
    /// The rep got other leads of its unit with it.
    Together(Gathered),
}

/// The reps whom a limit holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// One rep.
    Rep(RepIndex),
    /// Those of a team, or with one value in a column.
    Group {
        /// `team`, or the column.
        per: String,
        /// The team's name or the value.
        name: String,
    },
}

/// Leads that a limit with a period counted before the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Already {
    /// How many.
    pub leads: u64,
    /// In which period.
    pub period: Period,
}

/// A dealt lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    /// The rep; absent where the lead stays with the team.
    pub rep: Option<RepIndex>,
    /// The team that a shotgun pass gave it to.
    pub team: Option<TeamIndex>,
    /// What dealt it to the rep (or to the team, if no rep).
    pub by: By,
    /// The score of the pair (of the team's best eligible member where there is no rep).
    pub score: Points,
    /// Each part of that score, in the order of the rules; absent where left out.
    pub parts: Vec<Option<Points>>,
    /// The distance of the two places in kilometres.
    pub distance_km: Option<f64>,
    /// Why this rep.
    pub why: Why,
    /// The best-scoring other rep who may take it (with or without room), and the score.
    pub runner_up: Option<(RepIndex, Points)>,
    /// Who had the lead's account and has left.
    pub former: Option<RepIndex>,
}

/// What became of a lead.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Dealt.
    Assigned(Deal),
    /// Not dealt.
    Unassigned {
        /// Why.
        reason: NotDealt,
        /// The rep with the fewest failed hard rules, then the highest score, then the first id;
        /// absent where the lead was not up for dealing.
        nearest: Option<RepIndex>,
    },
}

/// A lead offered to a rep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The lead.
    pub lead: LeadIndex,
    /// 1 for the best.
    pub rank: u32,
    /// The rep.
    pub rep: RepIndex,
    /// The score of the pair.
    pub score: Points,
}

/// The value of an optimal pass, level by level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Leads assigned of each tier, best tier first.
    pub assigned: Vec<u64>,
    /// Sum of scores in units.
    pub points: i128,
    /// Sum of balance costs in units.
    pub balance: i128,
    /// Sum of fairness costs in fairness units.
    pub fairness: i128,
}

/// The first level at which a bound and the objective differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelGap {
    /// More leads of this tier might have been assigned.
    Tier(TierIndex),
    /// More leads might have gone towards a minimum.
    Minimums,
    /// More points (less balance cost) might have been had.
    Points,
    /// Fairness might have been better.
    Fairness,
}

/// The proof of an optimal pass. In a pass that grants wishes, points are thousandths of a point of their sum, and
/// leads have no tier.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// What the assignment adds up to.
    pub objective: Totals,
    /// What the potentials say is the most that can be had.
    pub bound: Totals,
    /// The first level not proven; absent where all are.
    pub gap: Option<LevelGap>,
    /// Fairness units of one lead at the largest weight.
    pub fairness_unit: i64,
    /// The least optimal potential of every rep in the pass (of every team in a shotgun pass, under
    /// the team's first member in id order), in id order.
    pub potentials: Vec<(RepIndex, Potential)>,
    /// The greatest optimal potential of each of those that had room in the pass, in the same order:
    /// what a lead must beat to get a place there.
    pub greatest: Vec<(RepIndex, Potential)>,
    /// The price of one more place of each of those with a least potential, in the same order.
    pub prices: Vec<(RepIndex, Potential)>,
    /// With limits: their prices, which prove the pass together with those of the reps' own places. A rep's
    /// potential is then what a place of its own is worth, and need not be the least; there are no greatest ones.
    pub limits: Option<LimitProof>,
}

/// What a pass did.
#[derive(Clone, Debug, PartialEq)]
pub struct PassReport {
    /// Its name.
    pub name: String,
    /// Its method's word in the rules.
    pub method: &'static str,
    /// Leads that were up for it.
    pub leads: u64,
    /// Leads that it dealt.
    pub dealt: u64,
    /// The proof, for passes that are solved as a whole.
    pub proof: Option<Proof>,
    /// Leads of a better tier left undealt here by `when`, `reps` or `min_score` while a worse tier
    /// took room that they could have had.
    pub overtaken: u64,
}

/// What a group of a limit got, pins and all passes together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitReport {
    /// The limit's name.
    pub limit: String,
    /// Whom it holds together.
    pub held: Held,
    /// Leads of the limit that they got.
    pub dealt: u64,
    /// Leads of the limit that they had before in its period.
    pub before: u64,
    /// Over which time it counts.
    pub period: Period,
    /// At most so many; absent without a cap.
    pub max: Option<u32>,
    /// At least so many, if that could be.
    pub min: u32,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Allocation {
    /// Every lead's outcome, in input order.
    pub outcomes: Vec<Outcome>,
    /// Every lead's tier, in input order.
    pub tiers: Vec<TierIndex>,
    /// Names of the tiers, best first.
    pub tier_names: Vec<String>,
    /// Names of the score's parts, in the order of the rules.
    pub part_names: Vec<String>,
    /// What each pass did.
    pub passes: Vec<PassReport>,
    /// What every group of every limit got, in the order of the rules.
    pub limits: Vec<LimitReport>,
    /// Offers, in lead order, then rank.
    pub offers: Vec<Offer>,
    /// What became of each claim, in the order of the batch.
    pub claims: Vec<Settled>,
    /// The leads that are left for claims of the next run, in input order; absent where no pass deals by
    /// claims.
    pub pool: Option<Vec<Open>>,
    /// The roster's team names in order of the alphabet.
    pub teams: Vec<String>,
    /// Each rep's price after the last optimal pass that it was in: leads that it kept out and
    /// points; zero where it has room.
    pub prices: Vec<Potential>,
    /// For each active rep who was dealt no lead, how many leads that were up for dealing it may take by the
    /// hard rules; 0 for the others, empty where nobody counted.
    pub eligible: Vec<u64>,
    /// Pins that were kept though they break a rule or a ceiling: lead, rep, what they break.
    pub bent: Vec<(LeadIndex, RepIndex, Vec<String>)>,
    /// What should be said of the dealing.
    pub notes: Vec<super::Note>,
    /// What this run leaves behind for the next: clocks and turns.
    pub history_after: super::History,
    /// What each lead dealt by pins and passes moved, in lead order; empty without a ledger, which alone asks.
    pub moved: Vec<super::Moved>,
}
