//! Whether every lead may be where it is: pins, passes and fallback, each by its own rules.

use super::finding::{ASSIGNMENTS, Finding, UNASSIGNED, line_of};
use super::findings::Findings;
use super::outcome::Maker;
use super::presence::{absent, is_present};
use super::said::{Dealer, Dealt, Fate};
use super::stage::Numbers;
use super::{limits, units};
use crate::model::{LeadIndex, NotDealt, Ownership, Pin, RepIndex, TeamIndex};
use crate::rules::{Method, Pass, Verdict};
use std::collections::BTreeMap;

/// Checks every lead, and the room of everybody in every pass.
pub(crate) fn check(maker: &Maker, findings: &mut Findings) {
    let batch = maker.setting.batch;
    let mut pins: BTreeMap<&str, &Pin> = BTreeMap::new();
    for pin in &batch.pins {
        pins.entry(&pin.lead_id).or_insert(pin);
    }
    let judge = Judge { maker, pins };
    for at in 0..batch.leads.len() {
        judge.lead(LeadIndex::new(at), findings);
    }
    let after = maker.passes.last().map(|last| &last.stage.used_after);
    limits::check(maker.setting, after, findings);
    units::check(maker, findings);
    for numbers in maker.passes.iter().filter(|numbers| numbers.pass.offer.is_none()) {
        room(numbers, findings);
    }
}

fn room(numbers: &Numbers, findings: &mut Findings) {
    for (at, leaf) in numbers.leaves.iter().enumerate() {
        if numbers.loads[at] > u64::from(leaf.room) {
            let holder = match numbers.teams.get(at) {
                Some(team) => numbers.setting.said.teams[team.at()].clone(),
                None => numbers.setting.batch.reps.list[numbers.firsts[at].at()]
                    .id
                    .clone(),
            };
            findings.push(Finding::OverRoom {
                holder,
                dealt: numbers.loads[at],
                room: u64::from(leaf.room),
            });
        }
    }
}

struct Judge<'a> {
    maker: &'a Maker<'a>,
    pins: BTreeMap<&'a str, &'a Pin>,
}

impl Judge<'_> {
    fn lead(&self, lead: LeadIndex, findings: &mut Findings) {
        let setting = self.maker.setting;
        let id = &setting.batch.leads.ids[lead.at()];
        match setting.said.fates[lead.at()] {
            Fate::Unknown | Fate::Standing(_) => {}
            Fate::Dealt(dealt) => {
                if let Err(why) = self.dealt(lead, dealt) {
                    let rep = dealt.rep.map(|rep| setting.batch.reps.list[rep.at()].id.clone());
                    let team = dealt.team.map(|team| setting.said.teams[team.at()].clone());
                    findings.push(Finding::Illegal {
                        position: line_of(ASSIGNMENTS, setting.said.assigned.lines[dealt.row]),
                        lead: id.clone(),
                        holder: rep.or(team).unwrap_or_default(),
                        why,
                    });
                }
            }
            Fate::Undealt(row) => {
                if let Some(why) = self.owed(lead) {
                    findings.push(Finding::StrayLead {
                        position: line_of(UNASSIGNED, setting.said.unassigned.lines[row]),
                        lead: id.clone(),
                        why,
                    });
                }
            }
        }
    }

    /// The pin that a lead must obey: a converted lead and one that was dealt before obey none.
    fn pin(&self, lead: LeadIndex) -> Option<&Pin> {
        let leads = &self.maker.setting.batch.leads;
        if matches!(
            self.maker.setting.rules.barred[lead.at()],
            Some(NotDealt::Standing(_))
        ) {
            return None;
        }
        let pin = self.pins.get(leads.ids[lead.at()].as_str())?;
        (leads.ownership[lead.at()] != Ownership::Converted).then_some(*pin)
    }

    /// Who must have a lead as the owner of its account: a pin goes first.
    fn owner(&self, lead: LeadIndex) -> Option<RepIndex> {
        let owner = self.maker.setting.rules.owners.get(&lead).copied();
        owner.filter(|_| self.pin(lead).is_none())
    }

    /// Who must have a lead that is not dealt, if anybody.
    fn owed(&self, lead: LeadIndex) -> Option<String> {
        let (batch, rules) = (self.maker.setting.batch, self.maker.setting.rules);
        let name = |rep: RepIndex| &batch.reps.list[rep.at()].id;
        if let Some(pin) = self.pin(lead) {
            return Some(format!(
                "is not dealt, though it is pinned to `{}`",
                name(pin.rep)
            ));
        }
        if let Some(owner) = self.owner(lead) {
            return Some(format!(
                "is not dealt, though `{}` owns its account and may have it",
                name(owner)
            ));
        }
        let fallback = rules
            .fallback
            .filter(|rep| is_present(&batch.reps.list[rep.at()]))?;
        let up = rules.barred[lead.at()].is_none() && !self.maker.setting.said.offered[lead.at()];
        up.then(|| {
            format!(
                "is not dealt, though `{}` takes what no pass dealt",
                name(fallback)
            )
        })
    }

    fn dealt(&self, lead: LeadIndex, dealt: Dealt) -> Result<(), String> {
        let (batch, rules) = (self.maker.setting.batch, self.maker.setting.rules);
        if let Some(pin) = self.pin(lead)
            && (dealt.by != Dealer::Pin || dealt.rep != Some(pin.rep))
        {
            return Err(format!("it is pinned to `{}`", batch.reps.list[pin.rep.at()].id));
        }
        if let Some(owner) = self.owner(lead)
            && dealt.by != Dealer::Owner
        {
            let id = &batch.reps.list[owner.at()].id;
            return Err(format!("`{id}`, who owns its account, may have it"));
        }
        match (dealt.by, dealt.rep) {
            (Dealer::Pin, _) if self.pin(lead).is_none() => Err("no pin says so".to_owned()),
            (Dealer::Pin, _) => Ok(()),
            (Dealer::Owner, rep) => {
                self.up(lead)?;
                match rules.owners.get(&lead) {
                    Some(owner) if rep == Some(*owner) => Ok(()),
                    Some(owner) => Err(format!(
                        "its account belongs to `{}`",
                        batch.reps.list[owner.at()].id
                    )),
                    None => Err("its account does not give it to anybody".to_owned()),
                }
            }
            (Dealer::Fallback, rep) => {
                self.up(lead)?;
                if rep.is_none() || rep != rules.fallback {
                    return Err("the rules name another fallback, or none".to_owned());
                }
                self.present(rep)
            }
            (Dealer::Pass(pass), rep) => {
                self.up(lead)?;
                let numbers = &self.maker.passes[pass.at()];
                if !numbers.pass.leads[lead.at()] {
                    return Err(format!("pass `{}` is not for it", numbers.pass.name));
                }
                match (rep, dealt.team) {
                    (Some(rep), _) => self.pair(numbers, lead, rep),
                    (None, Some(team)) => to_team(numbers, lead, team),
                    (None, None) => Err("neither a rep nor a team has it".to_owned()),
                }
            }
        }
    }

    fn up(&self, lead: LeadIndex) -> Result<(), String> {
        match &self.maker.setting.rules.barred[lead.at()] {
            Some(barred) => Err(format!("it is not up for dealing: {}", barred.name())),
            None => Ok(()),
        }
    }

    fn present(&self, rep: Option<RepIndex>) -> Result<(), String> {
        let why = rep.and_then(|rep| absent(&self.maker.setting.batch.reps.list[rep.at()]));
        why.map_or(Ok(()), |why| Err(format!("the rep is {why}")))
    }

    fn pair(&self, numbers: &Numbers, lead: LeadIndex, rep: RepIndex) -> Result<(), String> {
        self.present(Some(rep))?;
        let (rules, pass) = (self.maker.setting.rules, numbers.pass);
        if pass.method == Method::Shotgun {
            return Err(format!("pass `{}` deals to teams", pass.name));
        }
        if !pass.reps[rep.at()] {
            return Err(format!("pass `{}` is not for this rep", pass.name));
        }
        for (rule, relaxed) in rules.requirements.iter().zip(&pass.relaxed) {
            let Some(key) = rule.key(lead).filter(|_| !relaxed) else {
                continue;
            };
            match rule.verdict(key, rep) {
                Verdict::Holds => {}
                Verdict::Fails => return Err(format!("it fails `{}`", rule.name)),
                Verdict::Unknown(why) => return Err(format!("it fails `{}`: {why}", rule.name)),
            }
        }
        let asked = self.maker.setting.asked;
        if pass.method.is_by_claims() && pass.method != Method::BlindPull && asked.wish(lead, rep).is_none() {
            return Err("the rep made no claim to it".to_owned());
        }
        let lock = numbers.stage.locks[lead.at()];
        if lock.is_some() && numbers.setting.said.rep_teams[rep.at()] != lock {
            return Err("it is with another team".to_owned());
        }
        enough(pass, rules.points(lead, rep).total.0)
    }
}

fn enough(pass: &Pass, units: i64) -> Result<(), String> {
    match pass.min_score {
        Some(least) if units < least.0 => {
            Err(format!("its score is below the least of pass `{}`", pass.name))
        }
        _ => Ok(()),
    }
}

fn to_team(numbers: &Numbers, lead: LeadIndex, team: TeamIndex) -> Result<(), String> {
    if numbers.pass.method != Method::Shotgun || numbers.pass.offer.is_some() {
        return Err(format!("pass `{}` deals to reps", numbers.pass.name));
    }
    let mut row = vec![super::instance::NEVER; numbers.reps.len()];
    numbers.own_rows()(lead, &mut row);
    let own = numbers.teams.iter().position(|&known| known == team);
    match super::outcome::best(&row, |leaf| numbers.leaf_of[leaf] == own) {
        Some(_) if own.is_some() => Ok(()),
        _ => Err("nobody of the team may take it".to_owned()),
    }
}
