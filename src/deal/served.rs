//! The clock of all methods together: how far each rep is from its share of all that was ever dealt.
//!
//! Like the clock of a rotation it grows, with each lead that a pin or a pass gives to a rep, by 1 / Σ weights
//! of the reps who take part, and the rep's turn by 1 / weight. Who is left out of a run keeps its distance to
//! the clock, a newcomer starts at it. Who has no weight has no share that could be owed: a lead moves its
//! turn as if it had the smallest weight there is, and the clock not at all, behind which it never falls.

use super::loads::Loads;
use crate::model::{Batch, Clock, History, RepIndex, Weight};
use crate::solve::rotation::{growth, step};

/// Where every rep of the roster stood when the run began.
#[derive(Clone, Debug)]
pub(super) struct Served {
    now: i128,
    turns: Vec<i128>,
    weights: Vec<Weight>,
    /// The smallest weight above 0 of those who take part.
    smallest: Weight,
    /// Whether each rep had room.
    has_room: Vec<bool>,
}

impl Served {
    pub(super) fn new(batch: &Batch, history: &History) -> Self {
        let (reps, clock) = (&batch.reps.list, &history.served);
        let has_room: Vec<bool> = reps.iter().map(|rep| rep.room() > 0).collect();
        let positive = |rep: &&crate::model::Rep| rep.is_present() && rep.weight.0 > 0;
        let smallest = reps.iter().filter(positive).map(|rep| rep.weight).min();
        Self {
            now: clock.now,
            turns: reps
                .iter()
                .map(|rep| clock.turns.get(&rep.id).copied().unwrap_or(clock.now))
                .collect(),
            weights: reps.iter().map(|rep| rep.weight).collect(),
            smallest: smallest.unwrap_or(Weight::ONE),
            has_room,
        }
    }

    /// How far ahead of the clock a rep's turn was when the run began, in turn units.
    pub(super) fn ahead(&self, rep: RepIndex) -> i128 {
        self.turns[rep.at()].saturating_sub(self.now)
    }

    /// The same in leads of the rep, [`TURN`](crate::solve::rotation::TURN) to one.
    pub(super) fn leads_ahead(&self, rep: RepIndex) -> i128 {
        self.ahead(rep)
            .saturating_mul(i128::from(self.weight(rep.at()).0))
    }

    /// How far a lead moves a rep's turn.
    pub(super) fn step(&self, rep: RepIndex) -> i128 {
        step(self.weight(rep.at()))
    }

    fn weight(&self, rep: usize) -> Weight {
        match self.weights[rep] {
            Weight(0) => self.smallest,
            weight => weight,
        }
    }

    /// The clock after the run, given what each rep was served in it. Leads pinned to reps who are away move
    /// their turns alone.
    pub(super) fn after(&self, batch: &Batch, history: &History, loads: &Loads) -> Clock {
        let reps = &batch.reps.list;
        let served = |at: usize| loads.served(RepIndex::new(at));
        let takes_part = |at: usize| self.has_room[at] || (served(at) > 0 && reps[at].is_present());
        let shared = (0..reps.len()).filter(|&at| takes_part(at) && self.weights[at].0 > 0);
        let (dealt, weights) = shared.fold((0u64, 0i128), |(dealt, weights), at| {
            (dealt + served(at), weights + i128::from(self.weights[at].0))
        });
        let grown = growth(dealt, weights);
        let now = self.now.saturating_add(grown);
        let mut turns = history.served.turns.clone();
        for turn in turns.values_mut() {
            *turn = turn.saturating_add(grown);
        }
        for at in (0..reps.len()).filter(|&at| takes_part(at) || served(at) > 0) {
            let left_out = if takes_part(at) { 0 } else { grown };
            let moved = step(self.weight(at)).saturating_mul(served(at).into());
            let turn = self.turns[at].saturating_add(left_out).saturating_add(moved);
            let is_owed = self.weights[at].0 > 0;
            let turn = if is_owed { turn } else { turn.max(now) };
            turns.insert(reps[at].id.clone(), turn);
        }
        Clock { now, turns }
    }
}
