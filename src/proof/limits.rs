//! What the groups of limits got, counted again from what the files say.

use super::finding::Finding;
use super::findings::Findings;
use super::presence::is_present;
use super::said::{Dealer, Fate};
use super::stage::Setting;
use crate::model::{Batch, Held, LeadIndex, RepIndex, TeamIndex};
use crate::record::LimitRecord;
use crate::rules::{Limit, Rules};

/// A limit and one of its groups, by position.
pub(crate) type Place = (usize, usize);

/// The leads that every group of every limit got up to a moment of the run.
#[derive(Clone, Debug)]
pub(crate) struct Used<'a> {
    limits: &'a [Limit],
    /// For each limit and team the group of all its reps who are present, if that is one.
    whole: Vec<Vec<Option<usize>>>,
    counts: Vec<Vec<u64>>,
}

impl<'a> Used<'a> {
    /// Nothing yet.
    pub fn none(batch: &Batch, rules: &'a Rules, rep_teams: &[Option<TeamIndex>], teams: usize) -> Self {
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
        most.is_some_and(|most| self.counts[limit][group] >= u64::from(most))
    }

    /// The first limit that keeps a lead from a rep.
    pub fn stop(&self, lead: LeadIndex, rep: RepIndex, team: Option<TeamIndex>) -> Option<Place> {
        if self.limits.is_empty() {
            return None;
        }
        let places = self.places(lead, rep, team);
        places.into_iter().find(|&place| self.is_full(place))
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

    /// How many leads a group got.
    pub fn count(&self, (limit, group): Place) -> u64 {
        self.counts[limit][group]
    }

    /// A limit's name, and whom its group holds.
    pub fn named(&self, (limit, group): Place) -> (String, Held) {
        let limit = &self.limits[limit];
        (limit.name.clone(), limit.held(group))
    }

    /// What the record of the run should say.
    pub fn records(&self) -> Vec<LimitRecord> {
        let mut records = Vec::new();
        for (limit, counts) in self.limits.iter().zip(&self.counts) {
            for (group, &dealt) in limit.groups.iter().zip(counts) {
                records.push(LimitRecord {
                    limit: limit.name.clone(),
                    per: limit.per.clone(),
                    group: group.name.clone(),
                    dealt,
                    max: group.max,
                    min: group.min,
                });
            }
        }
        records
    }
}

/// Recounts every limit over the whole run: of what passes gave, none may be beyond a limit; pins may.
pub(crate) fn check(setting: Setting, after: Option<&Used>, findings: &mut Findings) {
    let Some(after) = after else { return };
    for (limit, bounds) in setting.rules.limits.iter().enumerate() {
        let mut pinned = vec![0u64; bounds.groups.len()];
        for (at, fate) in setting.said.fates.iter().enumerate() {
            if let Fate::Dealt(dealt) = fate
                && dealt.by == Dealer::Pin
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
                && dealt > u64::from(max).max(pinned[group])
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
