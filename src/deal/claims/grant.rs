//! What every pass by claims asks before it grants one, and what it leaves.

use crate::deal::dealing::{Dealing, Terms};
use crate::deal::rivals::Rivals;
use crate::deal::undealt;
use crate::model::{By, Granted, LeadIndex, NotDealt, PassIndex, Points, RepIndex, Ruling, Why};
use crate::problem::Problem;
use crate::rules::{Pass, Verdict, limit::MAX_SHARE};
use crate::solve::transport::{FORBIDDEN, Rows};

/// A pass by claims under way.
pub(super) struct Granting<'a> {
    at: PassIndex,
    pub(super) pass: &'a Pass,
    problem: Problem<'a>,
    /// The class of each lead.
    class_of: Vec<u32>,
    /// For each lead whether it is up for the pass.
    pub(super) is_up: Vec<bool>,
    /// The rep who got each lead.
    pub(super) taker: Vec<Option<RepIndex>>,
    /// How many leads each rep got.
    got: Vec<u32>,
    /// How many claims to each lead took part.
    claimed: Vec<u32>,
    row: Vec<i32>,
}

impl<'a> Granting<'a> {
    pub(super) fn new(dealing: &Dealing<'a>, at: PassIndex, leads: &[LeadIndex]) -> Self {
        let count = dealing.batch.leads.len();
        let pass = &dealing.rules.passes[at.at()];
        let problem = dealing.problem(pass, leads);
        let mut is_up = vec![false; count];
        for lead in leads {
            is_up[lead.at()] = true;
        }
        Self {
            at,
            pass,
            class_of: problem.classes().by_lead(count),
            is_up,
            taker: vec![None; count],
            got: vec![0; dealing.batch.reps.list.len()],
            claimed: vec![0; count],
            row: vec![FORBIDDEN; problem.reps().len()],
            problem,
        }
    }

    /// Counts a claim that takes part.
    pub(super) fn count(&mut self, lead: LeadIndex) {
        self.claimed[lead.at()] += 1;
    }

    /// Why the rules keep a rep from a lead.
    pub(super) fn forbids(&self, dealing: &Dealing<'_>, lead: LeadIndex, rep: RepIndex) -> Option<Ruling> {
        let rules = dealing.rules;
        let asked = rules.requirements.iter().zip(&self.pass.relaxed);
        for (rule, _) in asked.filter(|(_, relaxed)| !**relaxed) {
            let key = rule.key(lead);
            if key.is_some_and(|key| rule.verdict(key, rep) != Verdict::Holds) {
                return Some(Ruling::Forbidden(rule.name.clone()));
            }
        }
        if let Some(team) = dealing.lead_teams[lead.at()]
            .filter(|_| dealing.lead_teams[lead.at()] != dealing.teams.of[rep.at()])
        {
            return Some(Ruling::OtherTeam(team));
        }
        let least = self.pass.min_score?;
        (rules.points(lead, rep).total < least).then_some(Ruling::BelowMinScore)
    }

    /// Why a rep has no place at all.
    pub(super) fn is_full(&self, dealing: &Dealing<'_>, rep: RepIndex) -> Option<Ruling> {
        if dealing.loads.own_room(rep) == 0 {
            return Some(Ruling::Full);
        }
        if dealing.loads.room(rep) == 0 {
            return Some(Ruling::Limited {
                limit: MAX_SHARE.to_owned(),
                held: None,
            });
        }
        let cap = self.pass.cap?;
        (self.got[rep.at()] >= cap).then_some(Ruling::Capped(cap))
    }

    /// The limit that keeps a rep from a lead.
    pub(super) fn limits(dealing: &Dealing<'_>, lead: LeadIndex, rep: RepIndex) -> Option<Ruling> {
        dealing.limit(lead, rep).map(|reached| Ruling::Limited {
            limit: dealing.limits.name(reached),
            held: Some(dealing.limits.held(reached)),
        })
    }

    /// Gives a rep a lead that it asked for.
    pub(super) fn grant(&mut self, dealing: &mut Dealing<'_>, lead: LeadIndex, rep: RepIndex, why: Granted) {
        self.problem.row(self.class_of[lead.at()] as usize, &mut self.row);
        let rivals = Rivals::new(&self.row);
        let reps = self.problem.reps();
        let score = dealing.rules.points(lead, rep);
        let other = rivals.best_where(|leaf| reps[leaf] != rep);
        let terms = Terms {
            by: By::Pass(self.at),
            score: score.total,
            parts: score.parts,
            why: Why::Claim(why),
            runner_up: other.map(|leaf| (reps[leaf], Points(i64::from(rivals.score(leaf))))),
        };
        dealing.give(lead, rep, terms);
        dealing.take(lead, rep, 1);
        self.taker[lead.at()] = Some(rep);
        self.got[rep.at()] += 1;
    }

    /// Gives their reasons to the leads that nobody got; returns how many somebody did.
    pub(super) fn leave(mut self, dealing: &mut Dealing<'_>) -> u64 {
        for class in 0..self.problem.classes().len() {
            let leads = self.problem.classes().leads(class);
            let left = |lead: &&LeadIndex| self.taker[lead.at()].is_none();
            let left: Vec<LeadIndex> = leads.iter().filter(left).copied().collect();
            if left.is_empty() || self.problem.lock(class).is_some() {
                continue;
            }
            self.problem.row(class, &mut self.row);
            if self.row.iter().all(|&score| score == FORBIDDEN) {
                let reason = undealt::of_class(dealing, self.at, &self.problem, class, None);
                dealing.leave(&left, reason);
                continue;
            }
            let unclaimed = |refused: u32| NotDealt::Unclaimed {
                pass: self.at,
                refused,
            };
            let (claimed, others): (Vec<LeadIndex>, Vec<LeadIndex>) =
                left.into_iter().partition(|lead| self.claimed[lead.at()] > 0);
            dealing.leave(&others, unclaimed(0));
            for lead in claimed {
                dealing.leave(&[lead], unclaimed(self.claimed[lead.at()]));
            }
        }
        self.taker.iter().flatten().count() as u64
    }
}
