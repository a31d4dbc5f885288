//! What the groups of limits got, counted again from what the files say.

use super::finding::Finding;
use super::findings::Findings;
use super::presence::is_present;
use super::said::Fate;
use super::stage::Setting;
use crate::model::{Already, Batch, Held, History, LeadIndex, Period, RepIndex, TeamIndex};
use crate::record::{LimitRecord, PeriodRecord};
use crate::rules::{Limit, Rules};
use std::collections::BTreeMap;

/// A limit and one of its groups, by position.
pub(crate) type Place = (usize, usize);

/// The leads that every group of every limit got up to a moment of the run.
#[derive(Clone, Debug)]
pub(crate) struct Used<'a> {
    limits: &'a [Limit],
    /// For each limit and team the group of all its reps who are present, if that is one.
    whole: Vec<Vec<Option<usize>>>,
    /// What each had in the limit's period before the run.
    before: Vec<Vec<u32>>,
    counts: Vec<Vec<u64>>,
}

impl<'a> Used<'a> {
    /// What the periods of the limits hold before the run.
    pub fn before(
        (batch, rules, history): (&Batch, &'a Rules, &History),
        rep_teams: &[Option<TeamIndex>],
        teams: usize,
    ) -> Self {
        let members = |team: usize| {
            let reps = batch.reps.list.iter().enumerate();
            reps.filter(move |(at, rep)| {
                is_present(rep) && rep_teams[*at].is_some_and(|known| known.at() == team)
            })
            .map(|(at, _)| RepIndex::new(at))
        };
        let whole = |limit: &Limit| -> Vec<Option<usize>> {
            let of_team = |team: usize| {
                let first = limit.group_of(members(team).next()?)?;
                members(team)
                    .all(|rep| limit.group_of(rep) == Some(first))
                    .then_some(first)
            };
            (0..teams).map(of_team).collect()
        };
        Self {
            limits: &rules.limits,
            whole: rules.limits.iter().map(whole).collect(),
            before: rules
                .limits
                .iter()
                .map(|limit| remembered(batch, limit, history))
                .collect(),
            counts: rules
                .limits
                .iter()
                .map(|limit| vec![0; limit.groups.len()])
                .collect(),
        }
    }

    /// The group of a limit that holds all of a team.
    pub fn of_team(&self, limit: usize, team: Option<TeamIndex>) -> Option<usize> {
        team.and_then(|team| self.whole[limit][team.at()])
    }

    /// Tells whether a lead counts for a limit and is not counted yet by being with a team.
    pub fn is_open(&self, limit: usize, lead: LeadIndex, team: Option<TeamIndex>) -> bool {
        self.limits[limit].holds(lead) && self.of_team(limit, team).is_none()
    }

    /// Where a lead that is with a team, if any, would count with a rep.
    pub fn places(&self, lead: LeadIndex, rep: RepIndex, team: Option<TeamIndex>) -> Vec<Place> {
        (0..self.limits.len())
            .filter(|&limit| self.is_open(limit, lead, team))
            .filter_map(|limit| Some((limit, self.limits[limit].group_of(rep)?)))
            .collect()
    }

    /// Tells whether a group may get no more.
    pub fn is_full(&self, (limit, group): Place) -> bool {
        let most = self.limits[limit].groups[group].max;
        most.is_some_and(|most| self.count((limit, group)) >= u64::from(most))
    }

    /// The first limit that keeps a lead from a rep.
    pub fn stop(&self, lead: LeadIndex, rep: RepIndex, team: Option<TeamIndex>) -> Option<Place> {
        if self.limits.is_empty() {
            return None;
        }
        let places = self.places(lead, rep, team);
        places.into_iter().find(|&place| self.is_full(place))
    }

    /// The first limit that has less left than leads together need at a rep, though a holder gave them away.
    pub fn stop_all(
        &self,
        leads: &[LeadIndex],
        rep: RepIndex,
        locks: &[Option<TeamIndex>],
        holder: Option<RepIndex>,
    ) -> Option<Place> {
        let mut needed: BTreeMap<Place, u64> = BTreeMap::new();
        for &lead in leads {
            for place in self.places(lead, rep, locks[lead.at()]) {
                *needed.entry(place).or_default() += 1;
            }
        }
        let blocks = |&(place, needed): &(&Place, &u64)| {
            let limit = &self.limits[place.0];
            let kept = holder.is_some_and(|holder| limit.group_of(holder) == Some(place.1));
            let most = limit.groups[place.1].max.map(u64::from);
            !kept && most.is_some_and(|most| most.saturating_sub(self.count(*place)) < *needed)
        };
        needed.iter().find(blocks).map(|(place, _)| *place)
    }

    /// Counts a lead that a rep gets.
    pub fn take(&mut self, lead: LeadIndex, rep: RepIndex, team: Option<TeamIndex>) {
        for (limit, group) in self.places(lead, rep, team) {
            self.counts[limit][group] += 1;
        }
    }

    /// Counts a lead that a team gets.
    pub fn take_for_team(&mut self, lead: LeadIndex, team: TeamIndex) {
        for limit in 0..self.limits.len() {
            if let Some(group) = self
                .of_team(limit, Some(team))
                .filter(|_| self.limits[limit].holds(lead))
            {
                self.counts[limit][group] += 1;
            }
        }
    }

    /// How many leads a group got in the limit's period.
    pub fn count(&self, (limit, group): Place) -> u64 {
        self.counts[limit][group] + u64::from(self.before[limit][group])
    }

    /// What a group had in the limit's period before the run, where that is any.
    pub fn already(&self, (limit, group): Place) -> Option<Already> {
        let (leads, period) = (self.before[limit][group].into(), self.limits[limit].period);
        (leads > 0).then_some(Already { leads, period })
    }

    /// A limit's name, and whom its group holds.
    pub fn named(&self, (limit, group): Place) -> (String, Held) {
        let limit = &self.limits[limit];
        (limit.name.clone(), limit.held(group))
    }

    /// What the record of the run should say.
    pub fn records(&self) -> Vec<LimitRecord> {
        let mut records = Vec::new();
        for ((limit, counts), before) in self.limits.iter().zip(&self.counts).zip(&self.before) {
            for ((group, &dealt), &before) in limit.groups.iter().zip(counts).zip(before) {
                records.push(LimitRecord {
                    limit: limit.name.clone(),
                    per: limit.per.clone(),
                    group: group.name.clone(),
                    dealt,
                    before: before.into(),
                    period: PeriodRecord(limit.period),
                    max: group.max,
                    min: group.min,
                });
            }
        }
        records
    }
}

/// What every group of a limit had in its period before the run, counted by rep.
fn remembered(batch: &Batch, limit: &Limit, history: &History) -> Vec<u32> {
    let reps = batch.reps.list.iter().enumerate();
    let by_id: BTreeMap<&str, RepIndex> = reps
        .map(|(at, rep)| (rep.id.as_str(), RepIndex::new(at)))
        .collect();
    let mut before = vec![0u32; limit.groups.len()];
    for ((name, id), &leads) in &history.counted {
        let rep = by_id
            .get(id.as_str())
            .filter(|_| *name == limit.name && limit.period != Period::Run);
        if let Some(group) = rep.and_then(|rep| limit.group_of(*rep)) {
            before[group] = before[group].saturating_add(leads);
        }
    }
    before
}

/// Recounts every limit over the whole run: of what passes gave, none may be beyond a limit; pins may.
pub(crate) fn check(setting: Setting, after: Option<&Used>, findings: &mut Findings) {
    let Some(after) = after else { return };
    for (limit, bounds) in setting.rules.limits.iter().enumerate() {
        let mut pinned = vec![0u64; bounds.groups.len()];
        for (at, fate) in setting.said.fates.iter().enumerate() {
            if let Fate::Dealt(dealt) = fate
                && dealt.by.is_before_passes()
                && bounds.holds(LeadIndex::new(at))
                && let Some(group) = dealt.rep.and_then(|rep| bounds.group_of(rep))
            {
                pinned[group] += 1;
            }
        }
        for (group, of) in bounds.groups.iter().enumerate() {
            let dealt = after.count((limit, group));
            if after.is_full((limit, group))
                && let Some(max) = of.max
                && dealt > u64::from(max).max(u64::from(after.before[limit][group]) + pinned[group])
            {
                findings.push(Finding::OverLimit {
                    limit: bounds.name.clone(),
                    group: of.name.clone(),
                    dealt,
                    max,
                });
            }
        }
    }
}
