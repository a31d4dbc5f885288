//! Passes by claims, granted again in order, and what every claim comes to.

use super::asked;
use crate::model::{By, Granted, LeadIndex, NotDealt, PassIndex, RepIndex, Ruling, Settled, TeamIndex};
use crate::proof::course::Load;
use crate::proof::findings::Findings;
use crate::proof::limits::Used;
use crate::proof::said::{Dealer, Fate};
use crate::proof::stage::{Numbers, Setting};
use crate::proof::turns::{in_order, out_of_turn, taker};
use crate::rules::{Method, Pass, Verdict, limit::MAX_SHARE};
use std::collections::BTreeMap;

/// What claims come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged {
    /// Each claim.
    pub settled: Vec<Settled>,
    /// Why each lead that a claim got was granted.
    pub granted: BTreeMap<LeadIndex, Granted>,
}

/// Grants the claims of every pass again; a lead that went to another than it should is a finding.
pub(crate) fn replay(setting: Setting, passes: &[Numbers], findings: &mut Findings) -> Judged {
    let asked = setting.asked;
    let settled = asked.out.iter().zip(&asked.leads).map(|(out, lead)| Settled {
        lead: *lead,
        pass: None,
        ruling: out.clone().unwrap_or(Ruling::NoPass),
    });
    let mut judged = Judged {
        settled: settled.collect(),
        granted: BTreeMap::new(),
    };
    for numbers in passes.iter().filter(|numbers| numbers.pass.method.is_by_claims()) {
        let mut pass = Replay::new(numbers, &mut judged);
        match numbers.pass.method {
            Method::CherryPick => pass.wishes(),
            Method::SharkTank => pass.first(),
            _ => pass.pulls(),
        }
        if numbers.pass.method != Method::CherryPick {
            pass.compare(findings);
        }
    }
    for claim in 0..judged.settled.len() {
        let settled = &judged.settled[claim];
        if settled.ruling == Ruling::NoPass
            && let (Some(lead), Some(rep)) = (settled.lead, asked.reps[claim])
            && let Some(ruling) = missed(setting, lead, rep)
        {
            judged.settled[claim].ruling = ruling;
        }
    }
    judged
}

/// Why no pass by claims judged a claim.
fn missed(setting: Setting, lead: LeadIndex, rep: RepIndex) -> Option<Ruling> {
    if let Some(barred) = &setting.rules.barred[lead.at()] {
        return Some(Ruling::NotUp(barred.name()));
    }
    let is_for =
        |pass: &Pass| pass.method != Method::BlindPull && pass.leads[lead.at()] && pass.reps[rep.at()];
    if !asked::passes(setting.rules).any(|(_, pass)| is_for(pass)) {
        return None;
    }
    match setting.said.fates[lead.at()] {
        Fate::Dealt(dealt) => Some(Ruling::Gone {
            rep: dealt.rep,
            by: match dealt.by {
                Dealer::Pin => By::Pin(String::new()),
                Dealer::Owner => By::Owner,
                Dealer::Pass(pass) => By::Pass(pass),
                Dealer::Fallback => By::Fallback,
            },
        }),
        _ if setting.said.offered[lead.at()] => Some(Ruling::NotUp(NotDealt::Offered.name())),
        Fate::Undealt(_) | Fate::Standing(_) | Fate::Unknown => None,
    }
}

/// One pass under way.
struct Replay<'r, 'a> {
    numbers: &'r Numbers<'a>,
    judged: &'r mut Judged,
    is_up: Vec<bool>,
    taker: BTreeMap<LeadIndex, RepIndex>,
    loads: Vec<Load>,
    used: Used<'a>,
    got: Vec<u32>,
}

impl<'r, 'a> Replay<'r, 'a> {
    fn new(numbers: &'r Numbers<'a>, judged: &'r mut Judged) -> Self {
        let stage = numbers.stage;
        let mut is_up = vec![false; numbers.setting.batch.leads.len()];
        for lead in &stage.ups {
            is_up[lead.at()] = true;
        }
        Self {
            judged,
            is_up,
            taker: BTreeMap::new(),
            loads: stage.before.clone(),
            used: stage.used_before.clone(),
            got: vec![0; stage.before.len()],
            numbers,
        }
    }

    /// The claims to leads that take part and were not granted before.
    fn entered(&self) -> Vec<(usize, RepIndex, LeadIndex)> {
        let asked = self.numbers.setting.asked;
        let of_pass = asked.of_pass(self.numbers.pass);
        of_pass
            .filter_map(|(claim, rep, lead)| Some((claim, rep, lead?)))
            .filter(|&(claim, _, lead)| self.is_up[lead.at()] && !self.is_granted(claim))
            .collect()
    }

    fn is_granted(&self, claim: usize) -> bool {
        matches!(self.judged.settled[claim].ruling, Ruling::Granted(_))
    }

    fn lock(&self, lead: LeadIndex) -> Option<TeamIndex> {
        self.numbers.stage.locks[lead.at()]
    }

    fn grant(&mut self, lead: LeadIndex, rep: RepIndex, granted: Granted) -> Ruling {
        self.loads[rep.at()].take();
        self.used.take(lead, rep, self.lock(lead));
        self.got[rep.at()] += 1;
        self.taker.insert(lead, rep);
        self.judged.granted.insert(lead, granted);
        Ruling::Granted(granted)
    }

    fn settle(&mut self, claim: usize, lead: Option<LeadIndex>, ruling: Ruling) {
        self.judged.settled[claim] = Settled {
            lead,
            pass: Some(self.numbers.stage.pass),
            ruling,
        };
    }

    fn forbids(&self, lead: LeadIndex, rep: RepIndex) -> Option<Ruling> {
        let (setting, pass) = (self.numbers.setting, self.numbers.pass);
        for (rule, relaxed) in setting.rules.requirements.iter().zip(&pass.relaxed) {
            if !relaxed
                && let Some(key) = rule.key(lead)
                && rule.verdict(key, rep) != Verdict::Holds
            {
                return Some(Ruling::Forbidden(rule.name.clone()));
            }
        }
        let lock = self.lock(lead);
        if let Some(team) = lock
            && setting.said.rep_teams[rep.at()] != lock
        {
            return Some(Ruling::OtherTeam(team));
        }
        match pass.min_score {
            Some(least) if setting.rules.points(lead, rep).total < least => Some(Ruling::BelowMinScore),
            _ => None,
        }
    }

    fn full(&self, rep: RepIndex) -> Option<Ruling> {
        let load = self.loads[rep.at()];
        let shared = Ruling::Limited {
            limit: MAX_SHARE.to_owned(),
            held: None,
        };
        match self.numbers.pass.cap {
            _ if load.own_room == 0 => Some(Ruling::Full),
            _ if load.room() == 0 => Some(shared),
            Some(cap) if self.got[rep.at()] >= cap => Some(Ruling::Capped(cap)),
            _ => None,
        }
    }

    fn stopped(&self, lead: LeadIndex, rep: RepIndex) -> Option<Ruling> {
        let place = self.used.stop(lead, rep, self.lock(lead))?;
        let (limit, held) = self.used.named(place);
        Some(Ruling::Limited {
            limit,
            held: Some(held),
        })
    }

    /// The earliest claim that can be granted gets the lead.
    fn first(&mut self) {
        for (claim, rep, lead) in self.entered() {
            let refused = match self.taker.get(&lead) {
                Some(&taker) => Some(Ruling::Lost(taker)),
                None => self
                    .forbids(lead, rep)
                    .or_else(|| self.full(rep))
                    .or_else(|| self.stopped(lead, rep)),
            };
            let at = self.numbers.setting.batch.claims[claim].at;
            let ruling = refused.unwrap_or_else(|| self.grant(lead, rep, Granted::First(at)));
            self.settle(claim, Some(lead), ruling);
        }
    }

    /// Every pull gets the first lead of the queue that can be had.
    fn pulls(&mut self) {
        let queue = in_order(self.numbers);
        let mut next = vec![0; self.got.len()];
        let asked = self.numbers.setting.asked;
        let open = |pulls: &Self| -> Vec<(usize, RepIndex)> {
            let of_pass = asked.of_pass(pulls.numbers.pass);
            of_pass
                .filter(|&(claim, _, _)| !pulls.is_granted(claim))
                .map(|(claim, rep, _)| (claim, rep))
                .collect()
        };
        for (place, (claim, rep)) in (1..).zip(open(self)) {
            let mut refused = self.full(rep);
            let mut found = None;
            if refused.is_none() {
                let from = next[rep.at()];
                let rest = queue[from..].iter();
                found = rest.copied().enumerate().find(|&(_, lead)| {
                    !self.taker.contains_key(&lead)
                        && self.forbids(lead, rep).is_none()
                        && self.stopped(lead, rep).is_none()
                });
                next[rep.at()] = found.map_or(queue.len(), |(ahead, _)| from + ahead + 1);
                refused = found.is_none().then_some(Ruling::NothingLeft);
            }
            let ruling = match (refused, found) {
                (None, Some((_, lead))) => self.grant(lead, rep, Granted::Pull(place)),
                (refused, _) => refused.unwrap_or(Ruling::NothingLeft),
            };
            self.settle(claim, found.map(|(_, lead)| lead), ruling);
        }
    }

    /// Which wishes are granted the files say; what the others come to follows from that.
    fn wishes(&mut self) {
        let asked = self.numbers.setting.asked;
        let entered = self.entered();
        let granted = |&(_, rep, lead): &(usize, RepIndex, LeadIndex)| {
            taker(self.numbers, lead).map(|leaf| self.numbers.reps[leaf]) == Some(rep)
        };
        let (won, lost): (Vec<_>, Vec<_>) = entered.into_iter().partition(granted);
        for (claim, rep, lead) in won {
            let ruling = match self.forbids(lead, rep) {
                Some(ruling) => ruling,
                None => self.grant(lead, rep, Granted::Wish(asked.places[claim])),
            };
            self.settle(claim, Some(lead), ruling);
        }
        for (claim, rep, lead) in lost {
            let taker = taker(self.numbers, lead).map(|leaf| self.numbers.reps[leaf]);
            let ruling = self
                .forbids(lead, rep)
                .or_else(|| taker.map(Ruling::Lost))
                .or_else(|| self.full(rep))
                .or_else(|| self.stopped(lead, rep))
                .unwrap_or(Ruling::Full);
            self.settle(claim, Some(lead), ruling);
        }
    }

    /// Leads that went to another than the replay says.
    fn compare(&self, findings: &mut Findings) {
        for &lead in &self.numbers.stage.ups {
            let found = taker(self.numbers, lead);
            let expected = self.taker.get(&lead).and_then(|&rep| self.numbers.place(rep));
            if found != expected {
                findings.push(out_of_turn(self.numbers, lead, found, expected));
            }
        }
    }
}

/// The pass of a ruling, for the rows of claims.
pub(super) fn pass_name(setting: Setting<'_>, pass: Option<PassIndex>) -> &str {
    pass.map_or("", |pass| setting.rules.passes[pass.at()].name.as_str())
}
