//! What limits add to the proof of a pass.

use super::{Held, RepIndex, TeamIndex, Worth};

/// The price of one more place within a limit, in a pass that is solved as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitPrice {
    /// The limit's name.
    pub limit: String,
    /// Whom it holds together; absent for the members of a team.
    pub held: Option<Held>,
    /// The team, in a pass to teams, whose members are counted together.
    pub team: Option<TeamIndex>,
    /// So many leads the pass was asked to give at least, before points: 0 where it was not asked.
    pub asked: u32,
    /// What one more place would bring.
    pub price: Worth,
}

/// What limits add to the proof of a pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitProof {
    /// Leads towards the minimums that were asked for: of the assignment.
    pub minimums: u64,
    /// The same of the bound.
    pub minimums_bound: i64,
    /// What a place of each rep's own is worth, limits apart, in id order; of teams under their first
    /// members.
    pub own: Vec<(RepIndex, Worth)>,
    /// The price of every limit that holds in the pass.
    pub prices: Vec<LimitPrice>,
    /// Where limits cross, what bounds the levels that the prices above leave open.
    pub levels: Vec<LevelBound>,
}

/// What bounds the levels of a pass up to one, as a weighted sum, where limits cross.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelBound {
    /// What a lead of each tier counts, the best tier first; tiers after the level bounded are missing.
    pub tiers: Vec<i128>,
    /// What a lead towards a minimum counts; 0 where they do not.
    pub minimum: i128,
    /// What a unit of points counts; 0 where they do not.
    pub unit: i128,
    /// What a place of each rep's own is worth, in the order of [`LimitProof::own`].
    pub own: Vec<i128>,
    /// The price of every limit, in the order of [`LimitProof::prices`].
    pub prices: Vec<i128>,
}
