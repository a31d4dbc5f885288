//! A dealing under way: what is dealt so far, to whom, and what is left.

use super::Progress;
use super::claims::{self, Claims};
use super::loads::Loads;
use super::rivals::Rivals;
use super::served::Served;
use super::undealt::Reasons;
use super::units;
use crate::model::{
    Batch, By, Deal, History, LeadIndex, Moved, NotDealt, Note, Offer, Outcome, PassReport, Points,
    Potential, RepIndex, TeamIndex, TierIndex, Why,
};
use crate::problem::{Problem, Reached, Scorer, Shares, Tally, Teams, by_id};
use crate::rules::{Method, Pass, Rules};
use crate::solve::transport::{Class, FORBIDDEN, Rows};
use std::sync::Arc;

/// The means of a dealing, which never change its result.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) threads: usize,
    pub(super) progress: &'a (dyn Fn(Progress) + Sync),
}

impl Means<'_> {
    /// Tells how much of a pass is done; passes count alike.
    pub(super) fn say(&self, pass: usize, passes: usize, done: f64) {
        #[expect(clippy::cast_precision_loss, reason = "there are few passes")]
        let done = (pass as f64 + done) / passes.max(1) as f64;
        (self.progress)(Progress {
            done,
            phase: "dealing",
        });
    }
}

/// Everything that pins, passes and fallback read and change.
pub(super) struct Dealing<'a> {
    pub(super) batch: &'a Batch,
    pub(super) rules: &'a Rules,
    pub(super) scorer: &'a Scorer<'a>,
    pub(super) means: Means<'a>,
    pub(super) shares: Shares,
    pub(super) teams: Teams,
    pub(super) loads: Loads,
    pub(super) served: Served,
    pub(super) limits: Tally<'a>,
    /// The leads in id order.
    pub(super) by_id: Vec<LeadIndex>,
    /// The leads of each unit, in id order; empty where each is dealt alone.
    pub(super) units: Vec<Vec<LeadIndex>>,
    /// Each lead's deal so far; one without rep is still up within its team.
    pub(super) deals: Vec<Option<Deal>>,
    /// The team that each lead was dealt to.
    pub(super) lead_teams: Vec<Option<TeamIndex>>,
    pub(super) offered: Vec<bool>,
    pub(super) offers: Vec<Offer>,
    pub(super) reasons: Reasons,
    /// Leads dealt before any pass, with their reps: by pins in their order, then to owners of accounts.
    pub(super) pinned: Vec<(LeadIndex, RepIndex)>,
    /// What became of claims so far.
    pub(super) claims: Claims,
    /// What earlier runs left behind, with the clocks of the passes so far.
    pub(super) history: History,
    /// What leads moved on the clocks of rotations.
    pub(super) turned: Vec<Moved>,
    pub(super) prices: Vec<Potential>,
    pub(super) passes: Vec<PassReport>,
    /// The worst tier that the pass under way gave each rep.
    worst: Vec<Option<TierIndex>>,
    /// For each pass the reps whom it filled, with the worst tier that it gave them.
    pub(super) filled: Vec<Vec<(RepIndex, TierIndex)>>,
    /// For each pass what its end left of the limits.
    pub(super) limits_after: Vec<Tally<'a>>,
    pub(super) bent: Vec<(LeadIndex, RepIndex, Vec<String>)>,
    pub(super) notes: Vec<Note>,
}

impl<'a> Dealing<'a> {
    pub(super) fn new(
        batch: &'a Batch,
        rules: &'a Rules,
        scorer: &'a Scorer<'a>,
        history: &History,
        means: Means<'a>,
    ) -> Self {
        let leads = batch.leads.len();
        let shares = Shares::new(batch, rules);
        let teams = Teams::new(&batch.reps);
        let by_id: Vec<LeadIndex> = by_id(leads, |at| &batch.leads.ids[at])
            .into_iter()
            .map(LeadIndex)
            .collect();
        let units = units::members(&batch.leads.unit_of, batch.leads.units.len(), &by_id);
        Self {
            batch,
            rules,
            scorer,
            means,
            limits: Tally::new(&rules.limits, &batch.reps, &teams, history),
            teams,
            loads: Loads::new(batch, &shares),
            served: Served::new(batch, history),
            shares,
            by_id,
            deals: vec![None; leads],
            lead_teams: vec![None; leads],
            offered: vec![false; leads],
            offers: Vec::new(),
            reasons: Reasons::new(leads),
            pinned: Vec::new(),
            claims: Claims::new(batch, rules),
            history: history.clone(),
            turned: Vec::new(),
            prices: vec![Potential::default(); batch.reps.list.len()],
            passes: Vec::new(),
            worst: vec![None; batch.reps.list.len()],
            filled: Vec::new(),
            limits_after: Vec::new(),
            bent: Vec::new(),
            notes: rules
                .notes
                .iter()
                .cloned()
                .chain(claims::notes(batch, rules))
                .chain(units::notes(&units, rules))
                .collect(),
            units,
        }
    }

    /// Tells whether a lead is still without a rep, and may get one.
    fn is_up(&self, lead: LeadIndex) -> bool {
        let at = lead.at();
        self.rules.barred[at].is_none()
            && !self.offered[at]
            && self.deals[at].as_ref().is_none_or(|deal| deal.rep.is_none())
    }

    /// The leads that a pass is for, in id order.
    pub(super) fn leads_for(&self, pass: &Pass) -> Vec<LeadIndex> {
        let to_teams = pass.method == Method::Shotgun;
        self.by_id
            .iter()
            .copied()
            .filter(|&lead| {
                pass.leads[lead.at()]
                    && self.is_up(lead)
                    && !(to_teams && self.lead_teams[lead.at()].is_some())
            })
            .collect()
    }

    /// The leads that nothing dealt and that are not barred, in id order.
    pub(super) fn undealt(&self) -> Vec<LeadIndex> {
        self.by_id
            .iter()
            .copied()
            .filter(|lead| self.rules.barred[lead.at()].is_none() && self.deals[lead.at()].is_none())
            .collect()
    }

    /// The undealt leads that were not offered either, in id order.
    pub(super) fn left(&self) -> Vec<LeadIndex> {
        let mut left = self.undealt();
        left.retain(|lead| !self.offered[lead.at()]);
        left
    }

    /// Forgets what the pass before gave.
    pub(super) fn begin_pass(&mut self) {
        self.worst.fill(None);
    }

    /// Keeps the report of a pass, and whom it filled.
    pub(super) fn end_pass(&mut self, report: PassReport) {
        let given = self.worst.iter().enumerate();
        let filled = given
            .filter_map(|(rep, worst)| worst.map(|tier| (RepIndex::new(rep), tier)))
            .filter(|&(rep, _)| self.loads.room(rep) == 0)
            .collect();
        self.filled.push(filled);
        self.limits_after.push(self.limits.clone());
        self.passes.push(report);
    }

    /// What this run leaves behind: the clocks of rotations, and that of all methods together.
    pub(super) fn history_after(&self) -> History {
        let mut history = self.history.clone();
        history.served = self.served.after(self.batch, &self.history, &self.loads);
        history
    }

    /// What each lead that a pin or a pass gave to a rep moved; only where there is a ledger to keep it.
    pub(super) fn moved(&self, outcomes: &[Outcome]) -> Vec<Moved> {
        if !self.batch.past.is_kept {
            return Vec::new();
        }
        let nothing: Arc<str> = Arc::from("");
        let mut moved = self.turned.clone();
        for (lead, outcome) in outcomes.iter().enumerate() {
            if let Outcome::Assigned(deal) = outcome
                && let Some(rep) = deal.rep
                && deal.by != By::Fallback
            {
                moved.push(Moved {
                    lead: LeadIndex::new(lead),
                    pass: Arc::clone(&nothing),
                    group: Arc::clone(&nothing),
                    turn: self.served.step(rep),
                });
            }
        }
        moved.sort_by_key(|moved| moved.lead);
        moved
    }

    /// A pass as numbers, for the leads that it is for.
    pub(super) fn problem(&self, pass: &'a Pass, leads: &[LeadIndex]) -> Problem<'a> {
        Problem::new(
            self.batch,
            self.scorer,
            pass,
            leads,
            &self.lead_teams,
            &self.teams.of,
        )
    }

    /// The same with leads of one unit together.
    pub(super) fn problem_of_units(&self, pass: &'a Pass, leads: &[LeadIndex]) -> Problem<'a> {
        let units = units::of_pass(self, leads);
        self.problem(pass, leads).together(leads, units)
    }

    /// Tells whether a rep has a place for a lead, within its room and every limit.
    pub(super) fn has_place(&self, lead: LeadIndex, rep: RepIndex) -> bool {
        self.loads.room(rep) > 0 && self.limit(lead, rep).is_none()
    }

    /// The first limit that keeps a rep from a lead.
    pub(super) fn limit(&self, lead: LeadIndex, rep: RepIndex) -> Option<Reached> {
        self.limits.blocking(lead, rep, self.lead_teams[lead.at()])
    }

    /// Counts leads that a rep gets; `lead` stands for all of them.
    pub(super) fn take(&mut self, lead: LeadIndex, rep: RepIndex, leads: u32) {
        self.loads.take(rep, leads);
        self.limits.take(lead, rep, self.lead_teams[lead.at()], leads);
    }

    /// Records that a rep gets a lead; the room is counted apart.
    pub(super) fn give(&mut self, lead: LeadIndex, rep: RepIndex, terms: Terms) {
        let deal = self.deal(lead, rep, terms);
        self.keep(lead, rep, deal);
    }

    /// What a rep who gets a lead gets.
    pub(super) fn deal(&self, lead: LeadIndex, rep: RepIndex, terms: Terms) -> Deal {
        Deal {
            rep: Some(rep),
            team: self.lead_teams[lead.at()],
            by: terms.by,
            score: terms.score,
            parts: terms.parts,
            distance_km: self.rules.distance_km(self.batch, lead, rep),
            why: terms.why,
            runner_up: terms.runner_up,
            former: self.rules.former.get(&lead).copied(),
        }
    }

    /// Records a deal with a rep.
    pub(super) fn keep(&mut self, lead: LeadIndex, rep: RepIndex, deal: Deal) {
        let worst = &mut self.worst[rep.at()];
        *worst = (*worst).max(Some(self.rules.lead_tiers[lead.at()]));
        self.deals[lead.at()] = Some(deal);
    }

    /// Keeps what a pass left undealt, unless a team has it.
    pub(super) fn leave(&mut self, leads: &[LeadIndex], reason: NotDealt) {
        self.reasons.say(leads, reason);
    }

    /// Every lead's outcome, given the nearest rep of each lead that is left.
    pub(super) fn outcomes(&mut self, nearest: &[Option<RepIndex>]) -> Vec<Outcome> {
        let deals = std::mem::take(&mut self.deals);
        deals
            .into_iter()
            .enumerate()
            .map(|(at, deal)| {
                let unassigned = |reason| Outcome::Unassigned {
                    reason,
                    nearest: nearest[at],
                };
                match (deal, &self.rules.barred[at]) {
                    (Some(deal), _) => Outcome::Assigned(deal),
                    (None, Some(barred)) => unassigned(barred.clone()),
                    (None, None) if self.offered[at] => unassigned(NotDealt::Offered),
                    (None, None) => unassigned(
                        self.reasons
                            .reason(LeadIndex::new(at))
                            .map_or(NotDealt::NoPass, NotDealt::clone),
                    ),
                }
            })
            .collect()
    }
}

/// The terms of a deal that leads of one class share.
#[derive(Clone)]
pub(super) struct Terms {
    pub(super) by: By,
    pub(super) score: Points,
    pub(super) parts: Vec<Option<Points>>,
    pub(super) why: Why,
    pub(super) runner_up: Option<(RepIndex, Points)>,
}

impl Terms {
    /// The terms of a deal outside of all passes, for a class of a problem of the rules alone; the
    /// runner-up is the best of those whom every hard rule allows.
    pub(super) fn outside_passes(
        rules: &Rules,
        problem: &Problem<'_>,
        class: Class,
        rep: RepIndex,
        by: By,
        why: Why,
    ) -> Self {
        let mut row = vec![FORBIDDEN; problem.reps().len()];
        problem.row(class, &mut row);
        let other = Rivals::new(&row).best_where(|leaf| problem.reps()[leaf] != rep);
        let score = rules.points(problem.classes().first(class), rep);
        Self {
            by,
            score: score.total,
            parts: score.parts,
            why,
            runner_up: other.map(|leaf| (problem.reps()[leaf], Points(i64::from(row[leaf])))),
        }
    }
}
