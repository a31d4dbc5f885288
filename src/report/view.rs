//! What every file of a run needs besides the run: names in sentences, and the load of each rep.

use super::Run;
use super::loads::{Load, loads};
use crate::explain::Words;
use crate::model::{By, Deal, Held, LeadIndex, NotDealt, Outcome, RepIndex, Settled, Standing};
use std::ops::Range;

/// A lead that was not dealt, with the reason and the nearest rep.
pub type Undealt<'a> = (LeadIndex, &'a NotDealt, Option<RepIndex>);

/// A run with what is worked out once for all its files.
pub struct View<'a> {
    /// The run.
    pub run: &'a Run<'a>,
    /// What each rep came to, in roster order.
    pub loads: Vec<Load>,
    /// The moment of the run as it is printed.
    pub assigned_at: String,
    words: Words<'a>,
}

impl<'a> View<'a> {
    /// Works it out.
    pub fn of(run: &'a Run<'a>) -> Self {
        Self {
            run,
            loads: loads(run),
            assigned_at: run.batch.as_of.text(),
            words: Words::of(run.batch, run.allocation),
        }
    }

    /// The dealt leads in input order.
    pub fn deals(&self) -> impl Iterator<Item = (LeadIndex, &'a Deal)> {
        self.deals_of(0..self.run.allocation.outcomes.len())
    }

    /// The dealt among some leads.
    pub fn deals_of(&self, leads: Range<usize>) -> impl Iterator<Item = (LeadIndex, &'a Deal)> {
        self.outcomes(leads).filter_map(|(lead, outcome)| match outcome {
            Outcome::Assigned(deal) => Some((lead, deal)),
            Outcome::Unassigned { .. } => None,
        })
    }

    /// The leads that an earlier run dealt and that stay where they are, in input order.
    pub fn standing(&self) -> impl Iterator<Item = (LeadIndex, &'a Standing)> {
        let all = self.outcomes(0..self.run.allocation.outcomes.len());
        all.filter_map(|(lead, outcome)| match outcome {
            Outcome::Unassigned {
                reason: NotDealt::Standing(standing),
                ..
            } => Some((lead, standing)),
            _ => None,
        })
    }

    /// The leads in input order that are neither dealt nor standing, each with the reason and the nearest rep.
    pub fn undealt(&self) -> impl Iterator<Item = Undealt<'a>> {
        self.undealt_of(0..self.run.allocation.outcomes.len())
    }

    /// The undealt among some leads.
    pub fn undealt_of(&self, leads: Range<usize>) -> impl Iterator<Item = Undealt<'a>> {
        self.outcomes(leads).filter_map(|(lead, outcome)| match outcome {
            Outcome::Assigned(_)
            | Outcome::Unassigned {
                reason: NotDealt::Standing(_),
                ..
            } => None,
            Outcome::Unassigned { reason, nearest } => Some((lead, reason, *nearest)),
        })
    }

    fn outcomes(&self, leads: Range<usize>) -> impl Iterator<Item = (LeadIndex, &'a Outcome)> {
        let outcomes = &self.run.allocation.outcomes[leads.clone()];
        leads.map(LeadIndex::new).zip(outcomes)
    }

    /// The name of a lead's tier.
    pub fn tier(&self, lead: LeadIndex) -> &'a str {
        let allocation = self.run.allocation;
        &allocation.tier_names[allocation.tiers[lead.at()].at()]
    }

    /// The name of what dealt a lead: a pass, `pin`, `owner` or `fallback`.
    pub fn dealer(&self, deal: &Deal) -> &'a str {
        match &deal.by {
            By::Pin(_) => "pin",
            By::Owner => "owner",
            By::Pass(pass) => &self.run.allocation.passes[pass.at()].name,
            By::Fallback => "fallback",
        }
    }

    /// A rep as sentences name it: by name, with the id where several bear that name.
    pub fn rep(&self, rep: RepIndex) -> &str {
        self.words.rep(rep)
    }

    /// Whom a limit holds, as sentences name them.
    pub fn held(&self, held: &Held) -> String {
        self.words.held(held)
    }

    /// One sentence that says why this rep.
    pub fn why(&self, deal: &Deal) -> String {
        self.words.why(deal)
    }

    /// One sentence that says what became of a claim.
    pub fn settled(&self, settled: &Settled) -> String {
        self.words.settled(settled)
    }

    /// One sentence with the particulars of why a lead was not dealt.
    pub fn detail(&self, reason: &NotDealt) -> String {
        self.words.detail(reason)
    }

    /// One sentence that says what would get such a lead dealt.
    pub fn remedy(&self, reason: &NotDealt) -> String {
        self.words.remedy(reason)
    }
}
