//! The course of a run, told by its files: before each pass who was up for it and what each rep held.

use super::limits::Used;
use super::presence::is_present;
use super::said::{Dealer, Fate, Said};
use super::shares::Shares;
use super::units::Units;
use crate::model::{Batch, History, LeadIndex, PassIndex, RepIndex, TeamIndex};
use crate::rules::{Method, Rules};
use std::sync::Arc;

/// What a rep holds at a moment of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    /// Places left in the rep's own room.
    pub own_room: u32,
    /// Leads of this run that balance still grants.
    pub granted: u64,
    /// Open leads, those dealt so far included.
    pub open: u64,
    /// Leads served by pins and passes so far.
    pub served: u64,
    /// How far its turn was ahead of the clock of all methods before the run, in turn units.
    pub ahead: i128,
    /// The same in its own leads, [`LEAD`] to one.
    pub leads_ahead: i128,
}

/// One lead at a weight of a thousandth, in turn units.
pub(crate) const LEAD: i128 = 1000 * 9_690_712_164_777_231_700_912_800;

impl Load {
    /// Places left.
    pub fn room(&self) -> u32 {
        u32::try_from(self.granted).map_or(self.own_room, |granted| granted.min(self.own_room))
    }

    /// Counts a lead that the rep gets.
    pub fn take(&mut self) {
        self.own_room = self.own_room.saturating_sub(1);
        self.granted = self.granted.saturating_sub(1);
        self.open += 1;
        self.served += 1;
    }
}

/// A pass of the run.
#[derive(Clone, Debug)]
pub(crate) struct Stage<'a> {
    pub pass: PassIndex,
    /// The leads that were up for it, in id order.
    pub ups: Vec<LeadIndex>,
    /// For each lead the team that an earlier pass dealt it to.
    pub locks: Arc<Vec<Option<TeamIndex>>>,
    /// The same after the pass.
    pub given: Arc<Vec<Option<TeamIndex>>>,
    /// What each rep held before, in roster order.
    pub before: Vec<Load>,
    /// What each rep held after.
    pub after: Vec<Load>,
    /// What the groups of limits had got before.
    pub used_before: Used<'a>,
    /// What they had got after.
    pub used_after: Used<'a>,
    /// For each team the leads that it had before without a rep.
    pub waiting: Vec<u64>,
    /// The same by limit, of the leads that it holds.
    pub waiting_held: Vec<Vec<u64>>,
    /// Leads dealt by the pass.
    pub dealt: u64,
    /// The leads that go to one rep together.
    pub units: Units,
}

/// A lead's state while the course is told.
struct Telling<'t, 'a> {
    batch: &'t Batch,
    rules: &'a Rules,
    said: &'t Said,
    /// The pass that dealt each lead to its team.
    team_passes: Vec<Option<PassIndex>>,
    /// Leads with a rep, or offered: no longer up.
    settled: Vec<bool>,
    locks: Arc<Vec<Option<TeamIndex>>>,
    loads: Vec<Load>,
    used: Used<'a>,
}

/// Tells the course of a run, pass by pass. `O(leads · (passes + log leads))`.
pub(crate) fn tell<'a>(batch: &Batch, rules: &'a Rules, history: &History, said: &Said) -> Vec<Stage<'a>> {
    let shares = Shares::of(batch, rules);
    let mut by_id: Vec<LeadIndex> = (0..batch.leads.len()).map(LeadIndex::new).collect();
    by_id.sort_unstable_by(|a, b| {
        batch.leads.ids[a.at()]
            .as_bytes()
            .cmp(batch.leads.ids[b.at()].as_bytes())
    });
    let weights = batch
        .reps
        .list
        .iter()
        .filter(|rep| is_present(rep))
        .map(|rep| rep.weight.0);
    let smallest = weights.filter(|&weight| weight > 0).min().unwrap_or(1000);
    let load = |rep: &crate::model::Rep| {
        let clock = &history.served;
        let turn = clock.turns.get(&rep.id).unwrap_or(&clock.now);
        let ahead = turn.saturating_sub(clock.now);
        let weight = if rep.weight.0 == 0 { smallest } else { rep.weight.0 };
        Load {
            own_room: if is_present(rep) { rep.room() } else { 0 },
            granted: shares.granted(rep),
            open: u64::from(rep.open),
            served: 0,
            ahead,
            leads_ahead: ahead.saturating_mul(weight.into()),
        }
    };
    let mut telling = Telling {
        batch,
        rules,
        said,
        team_passes: team_passes(batch, rules, said),
        settled: rules.barred.iter().map(Option::is_some).collect(),
        locks: Arc::new(vec![None; batch.leads.len()]),
        loads: batch.reps.list.iter().map(load).collect(),
        used: Used::before((batch, rules, history), &said.rep_teams, said.teams.len()),
    };
    telling.settle(Dealer::Pin);
    telling.settle(Dealer::Owner);
    (0..rules.passes.len())
        .map(|at| telling.stage(PassIndex::new(at), &by_id))
        .collect()
}

impl<'a> Telling<'_, 'a> {
    /// Gives every lead that something dealt to its rep; tells how many.
    fn settle(&mut self, dealer: Dealer) -> u64 {
        let mut count = 0;
        for (at, fate) in self.said.fates.iter().enumerate() {
            if let Fate::Dealt(dealt) = fate
                && dealt.by == dealer
                && let Some(rep) = dealt.rep
            {
                self.loads[rep.at()].take();
                self.used.take(LeadIndex::new(at), rep, self.locks[at]);
                self.settled[at] = true;
                count += 1;
            }
        }
        count
    }

    fn stage(&mut self, at: PassIndex, by_id: &[LeadIndex]) -> Stage<'a> {
        let pass = &self.rules.passes[at.at()];
        let to_teams = pass.method == Method::Shotgun;
        let is_up = |lead: &LeadIndex| {
            pass.leads[lead.at()]
                && !self.settled[lead.at()]
                && !(to_teams && self.locks[lead.at()].is_some())
        };
        let ups: Vec<LeadIndex> = by_id.iter().copied().filter(is_up).collect();
        let mut stage = Stage {
            units: Units::of_pass(
                self.batch,
                pass,
                self.said,
                &ups,
                (self.locks.as_slice(), &self.settled),
            ),
            pass: at,
            locks: Arc::clone(&self.locks),
            given: Arc::clone(&self.locks),
            before: self.loads.clone(),
            after: Vec::new(),
            used_before: self.used.clone(),
            used_after: self.used.clone(),
            waiting: self.waiting(|_| true),
            waiting_held: (self.rules.limits.iter())
                .map(|limit| self.waiting(|lead| limit.holds(lead)))
                .collect(),
            dealt: 0,
            ups,
        };
        stage.dealt = match (to_teams, pass.offer) {
            (true, Some(_)) => self.offer(at, &stage.ups),
            (true, None) => self.lock(at),
            (false, _) => self.settle(Dealer::Pass(at)),
        };
        stage.after.clone_from(&self.loads);
        stage.used_after.clone_from(&self.used);
        stage.given = Arc::clone(&self.locks);
        stage
    }

    /// For each team the leads of a sort that it has and that no member has.
    fn waiting(&self, of: impl Fn(LeadIndex) -> bool) -> Vec<u64> {
        let mut waiting = vec![0; self.said.teams.len()];
        for (at, (lock, settled)) in self.locks.iter().zip(&self.settled).enumerate() {
            if let Some(team) = lock
                && !settled
                && of(LeadIndex::new(at))
            {
                waiting[team.at()] += 1;
            }
        }
        waiting
    }

    /// Leads that are offered are up no more; offers are no deals. The first pass that could offer a lead did.
    fn offer(&mut self, at: PassIndex, ups: &[LeadIndex]) -> u64 {
        let pass = &self.rules.passes[at.at()];
        let reps = reps_of(self.batch, self.rules, self.said, at);
        for &lead in ups.iter().filter(|lead| self.said.offered[lead.at()]) {
            let lock = self.locks[lead.at()];
            let takes = |rep: &RepIndex| {
                self.loads[rep.at()].room() > 0
                    && self.used.stop(lead, *rep, lock).is_none()
                    && (lock.is_none() || self.said.rep_teams[rep.at()] == lock)
                    && self.rules.may(Some(pass), lead, *rep)
                    && pass
                        .min_score
                        .is_none_or(|least| self.rules.points(lead, *rep).total >= least)
            };
            self.settled[lead.at()] = reps.iter().any(takes);
        }
        0
    }

    /// Locks every lead that the pass dealt to a team.
    fn lock(&mut self, at: PassIndex) -> u64 {
        let mut count = 0;
        let mut locks = (*self.locks).clone();
        for (lead, pass) in self.team_passes.iter().enumerate() {
            if *pass == Some(at) {
                locks[lead] = self.said.deal(LeadIndex::new(lead)).and_then(|dealt| dealt.team);
                if let Some(team) = locks[lead] {
                    self.used.take_for_team(LeadIndex::new(lead), team);
                }
                count += 1;
            }
        }
        self.locks = Arc::new(locks);
        count
    }
}

/// For each lead with a team the pass that dealt it there: the one named if no rep has it, else the first
/// pass to teams for it before the one that gave it to the rep.
fn team_passes(batch: &Batch, rules: &Rules, said: &Said) -> Vec<Option<PassIndex>> {
    let of = |lead: LeadIndex| {
        let dealt = said.deal(lead)?;
        dealt.team?;
        let Dealer::Pass(by) = dealt.by else {
            return first_to_teams(rules, lead, rules.passes.len());
        };
        if dealt.rep.is_none() {
            return Some(by);
        }
        first_to_teams(rules, lead, by.at())
    };
    (0..batch.leads.len())
        .map(|lead| of(LeadIndex::new(lead)))
        .collect()
}

fn first_to_teams(rules: &Rules, lead: LeadIndex, before: usize) -> Option<PassIndex> {
    let to_teams = |at: &usize| {
        let pass = &rules.passes[*at];
        pass.method == Method::Shotgun && pass.offer.is_none() && pass.leads[lead.at()]
    };
    (0..before).find(to_teams).map(PassIndex::new)
}

/// The reps that take part in a pass, in id order: those present that its `reps` holds for, with a team
/// where the pass deals to teams, and with a weight where it deals in turn.
pub(crate) fn reps_of(batch: &Batch, rules: &Rules, said: &Said, pass: PassIndex) -> Vec<RepIndex> {
    let pass = &rules.passes[pass.at()];
    let to_teams = pass.method == Method::Shotgun && pass.offer.is_none();
    let in_turn = pass.method == Method::RoundRobin;
    let takes_part = |rep: &RepIndex| {
        pass.reps[rep.at()]
            && is_present(&batch.reps.list[rep.at()])
            && (!to_teams || said.rep_teams[rep.at()].is_some())
            && (!in_turn || batch.reps.list[rep.at()].weight.0 > 0)
    };
    by_id(batch).into_iter().filter(takes_part).collect()
}

/// All reps in id order.
pub(crate) fn by_id(batch: &Batch) -> Vec<RepIndex> {
    let reps = &batch.reps.list;
    let mut all: Vec<RepIndex> = (0..reps.len()).map(RepIndex::new).collect();
    all.sort_unstable_by(|a, b| reps[a.at()].id.as_bytes().cmp(reps[b.at()].id.as_bytes()));
    all
}
