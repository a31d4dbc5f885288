//! What each group of each limit got so far, pins and all passes together.

use crate::model::{Already, Held, History, LeadIndex, LimitReport, RepIndex, Reps, TeamIndex};
use crate::problem::Teams;
use crate::rules::Limit;

/// A limit's group that lets no more leads in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The limit by its position in the rules.
    pub limit: usize,
    /// Its group.
    pub group: usize,
}

/// The leads that each group of each limit got so far.
///
/// A lead that is with a team and not yet with a rep counts in the groups that hold every active rep of
/// the team, and goes on counting there when one of them gets it.
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    limits: &'a [Limit],
    /// For each limit and team the group that holds every rep of it who is present.
    of_teams: Vec<Vec<Option<usize>>>,
    /// What each group had in the limit's period before the run.
    before: Vec<Vec<u32>>,
    taken: Vec<Vec<u32>>,
}

impl<'a> Tally<'a> {
    /// Starts at what the periods of the limits hold already.
    pub fn new(limits: &'a [Limit], reps: &Reps, teams: &Teams, history: &History) -> Self {
        Self {
            limits,
            of_teams: limits.iter().map(|limit| of_teams(limit, reps, teams)).collect(),
            before: limits.iter().map(|limit| limit.before(reps, history)).collect(),
            taken: limits.iter().map(|limit| vec![0; limit.groups.len()]).collect(),
        }
    }

    /// The limits.
    pub fn limits(&self) -> &'a [Limit] {
        self.limits
    }

    /// Tells whether a limit counts a lead that is not counted yet through the team that it is with.
    pub fn counts(&self, limit: usize, lead: LeadIndex, team: Option<TeamIndex>) -> bool {
        self.limits[limit].holds(lead) && self.group_of_team(limit, team).is_none()
    }

    /// The group of a limit that holds every active rep of a team.
    pub fn group_of_team(&self, limit: usize, team: Option<TeamIndex>) -> Option<usize> {
        self.of_teams[limit][team?.at()]
    }

    /// How many leads a group may still get; absent without a cap.
    pub fn left(&self, limit: usize, group: usize) -> Option<u32> {
        let most = self.limits[limit].groups[group].max?;
        Some(most.saturating_sub(self.taken(limit, group)))
    }

    /// How many leads a group got in the limit's period.
    pub fn taken(&self, limit: usize, group: usize) -> u32 {
        self.before[limit][group].saturating_add(self.taken[limit][group])
    }

    /// What a group had in the limit's period before the run, where that is any.
    pub fn already(&self, reached: Reached) -> Option<Already> {
        let before = self.before[reached.limit][reached.group];
        self.limits[reached.limit].already(before)
    }

    /// The first limit that keeps a rep from a lead, which may be with a team.
    pub fn blocking(&self, lead: LeadIndex, rep: RepIndex, team: Option<TeamIndex>) -> Option<Reached> {
        self.groups(lead, rep, team)
            .find(|reached| self.left(reached.limit, reached.group) == Some(0))
    }

    /// The first limit that keeps a rep from a lead though another rep, who has it, gave it away.
    pub fn blocking_besides(
        &self,
        lead: LeadIndex,
        rep: RepIndex,
        team: Option<TeamIndex>,
        holder: RepIndex,
    ) -> Option<Reached> {
        self.groups(lead, rep, team).find(|reached| {
            self.left(reached.limit, reached.group) == Some(0)
                && self.limits[reached.limit].group_of(holder) != Some(reached.group)
        })
    }

    /// The first limit whose minimum a holder would miss by giving a lead to another rep, of those that
    /// `asked` says.
    pub fn missed(
        &self,
        lead: LeadIndex,
        rep: RepIndex,
        team: Option<TeamIndex>,
        holder: RepIndex,
        asked: impl Fn(Reached) -> bool,
    ) -> Option<Reached> {
        self.groups(lead, holder, team).find(|&reached| {
            let min = self.limits[reached.limit].groups[reached.group].min;
            self.taken(reached.limit, reached.group) <= min
                && self.limits[reached.limit].group_of(rep) != Some(reached.group)
                && asked(reached)
        })
    }

    /// The groups in which a lead would count with a rep.
    pub fn groups(
        &self,
        lead: LeadIndex,
        rep: RepIndex,
        team: Option<TeamIndex>,
    ) -> impl Iterator<Item = Reached> {
        (0..self.limits.len())
            .filter(move |&limit| self.counts(limit, lead, team))
            .filter_map(move |limit| {
                let group = self.limits[limit].group_of(rep)?;
                Some(Reached { limit, group })
            })
    }

    /// Counts leads that a rep gets; `lead` stands for all of them, `team` is the one that they were with.
    pub fn take(&mut self, lead: LeadIndex, rep: RepIndex, team: Option<TeamIndex>, leads: u32) {
        for limit in 0..self.limits.len() {
            if self.counts(limit, lead, team)
                && let Some(group) = self.limits[limit].group_of(rep)
            {
                add(&mut self.taken[limit][group], leads);
            }
        }
    }

    /// Counts leads that a team gets; `lead` stands for all of them.
    pub fn take_for_team(&mut self, lead: LeadIndex, team: TeamIndex, leads: u32) {
        for limit in 0..self.limits.len() {
            if self.limits[limit].holds(lead)
                && let Some(group) = self.group_of_team(limit, Some(team))
            {
                add(&mut self.taken[limit][group], leads);
            }
        }
    }

    /// The name of a limit.
    pub fn name(&self, reached: Reached) -> String {
        self.limits[reached.limit].name.clone()
    }

    /// Whom a limit's group holds.
    pub fn held(&self, reached: Reached) -> Held {
        self.limits[reached.limit].held(reached.group)
    }

    /// What every group of every limit got.
    pub fn reports(&self) -> Vec<LimitReport> {
        let of_limit = |(at, limit): (usize, &Limit)| -> Vec<LimitReport> {
            let groups = limit.groups.iter().enumerate();
            let report = groups.map(|(group, bounds)| LimitReport {
                limit: limit.name.clone(),
                held: limit.held(group),
                dealt: u64::from(self.taken[at][group]),
                before: u64::from(self.before[at][group]),
                period: limit.period,
                max: bounds.max,
                min: bounds.min,
            });
            report.collect()
        };
        self.limits.iter().enumerate().flat_map(of_limit).collect()
    }
}

fn add(taken: &mut u32, leads: u32) {
    *taken = taken.saturating_add(leads);
}

/// For each team the group of a limit that holds every active rep of it.
fn of_teams(limit: &Limit, reps: &Reps, teams: &Teams) -> Vec<Option<usize>> {
    let mut found: Vec<Option<Option<usize>>> = vec![None; teams.names.len()];
    for (at, _) in reps.list.iter().enumerate().filter(|(_, rep)| rep.is_present()) {
        if let Some(team) = teams.of[at] {
            let (own, known) = (limit.group_of(RepIndex::new(at)), &mut found[team.at()]);
            *known = match *known {
                Some(other) if other != own => Some(None),
                _ => Some(own),
            };
        }
    }
    found.into_iter().map(Option::flatten).collect()
}
