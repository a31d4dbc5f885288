//! The rows of leads, dealt or not, made again cell by cell.

use super::cells::{self, Row};
use super::finding::{ASSIGNMENTS, Finding, STANDING, UNASSIGNED, line_of};
use super::findings::Findings;
use super::headers;
use super::outcome::Maker;
use super::said::Fate;
use super::scan;
use crate::explain::Words;
use crate::model::{By, Deal, LeadIndex, NotDealt, Outcome, RepIndex};

/// What rows are made from.
pub(crate) struct Rows<'a> {
    pub maker: &'a Maker<'a>,
    pub words: &'a Words<'a>,
    pub assigned_at: String,
    assigned: Vec<String>,
    unassigned: Vec<String>,
    /// Whether the rows of each file can be compared.
    comparable: (bool, bool),
}

impl<'a> Rows<'a> {
    /// Compares the headers and prepares for the rows.
    pub fn new(maker: &'a Maker<'a>, words: &'a Words<'a>, findings: &mut Findings) -> Self {
        let (batch, rules, said) = (maker.setting.batch, maker.setting.rules, maker.setting.said);
        let own = &batch.leads.headers;
        let assigned = headers::assigned(rules.parts.iter().map(|part| part.name.clone()), own);
        let unassigned = headers::unassigned(own);
        Self {
            comparable: (
                cells::header(ASSIGNMENTS, &said.assigned, &assigned, findings),
                cells::header(UNASSIGNED, &said.unassigned, &unassigned, findings),
            ),
            assigned_at: batch.as_of.text(),
            maker,
            words,
            assigned,
            unassigned,
        }
    }

    /// Compares the rows of the leads given.
    pub fn check(
        &self,
        leads: &[LeadIndex],
        begun: &(dyn Fn(usize) + Sync),
        findings: &mut Findings,
    ) -> Looked {
        let blank = || Looked {
            rows: 0,
            runners_up: vec![0; self.maker.setting.batch.reps.list.len()],
        };
        let make = || (self.maker.readers(), Findings::default(), blank());
        let gathered = scan::fold(leads.len(), begun, &make, &|(readers, own, looked), range| {
            for &lead in &leads[range] {
                let outcome = self.maker.outcome(lead, readers);
                looked.count(outcome.as_ref());
                self.lead(lead, outcome.as_ref(), own);
            }
        });
        let mut whole = blank();
        for (_, own, looked) in gathered {
            findings.join(own);
            whole.rows += looked.rows;
            for (count, more) in whole.runners_up.iter_mut().zip(looked.runners_up) {
                *count += more;
            }
        }
        whole
    }

    fn lead(&self, lead: LeadIndex, outcome: Option<&Outcome>, findings: &mut Findings) {
        let said = self.maker.setting.said;
        match (said.fates[lead.at()], outcome) {
            (Fate::Dealt(dealt), Some(Outcome::Assigned(deal))) if self.comparable.0 => {
                let row = Row::of(ASSIGNMENTS, &said.assigned, &self.assigned, dealt.row, findings);
                self.assigned(row, lead, deal);
            }
            (Fate::Undealt(at), Some(Outcome::Unassigned { reason, nearest })) if self.comparable.1 => {
                let row = Row::of(UNASSIGNED, &said.unassigned, &self.unassigned, at, findings);
                self.unassigned(row, lead, reason, *nearest);
            }
            _ => {}
        }
    }

    fn assigned(&self, mut row: Row, lead: LeadIndex, deal: &Deal) {
        let (batch, rules) = (self.maker.setting.batch, self.maker.setting.rules);
        let rep = deal.rep.map(|rep| &batch.reps.list[rep.at()]);
        row.text(&batch.leads.ids[lead.at()]);
        row.text(rep.map_or("", |rep| &rep.id));
        row.text(rep.map_or("", |rep| &rep.name));
        let teams = &self.maker.setting.said.teams;
        row.text(deal.team.map_or("", |team| &teams[team.at()]));
        row.text(&rules.tiers[rules.lead_tiers[lead.at()].at()]);
        row.text(match &deal.by {
            By::Pin(_) => "pin",
            By::Owner => "owner",
            By::Pass(pass) => &rules.passes[pass.at()].name,
            By::Fallback => "fallback",
        });
        row.number(deal.score);
        row.text(&self.words.why(deal));
        row.text(deal.runner_up.map_or("", |(other, _)| self.words.rep(other)));
        row.maybe(deal.runner_up.map(|(_, score)| score));
        row.maybe(deal.distance_km.map(|km| format!("{km:.1}")));
        row.text(batch.leads.places[lead.at()].confidence.name());
        for part in &deal.parts {
            row.maybe(*part);
        }
        row.text(&self.assigned_at);
        self.own(&mut row, lead);
    }

    fn unassigned(&self, mut row: Row, lead: LeadIndex, reason: &NotDealt, nearest: Option<RepIndex>) {
        let (batch, rules) = (self.maker.setting.batch, self.maker.setting.rules);
        row.text(&batch.leads.ids[lead.at()]);
        row.text(&rules.tiers[rules.lead_tiers[lead.at()].at()]);
        row.text(reason.name());
        row.text(&self.words.detail(reason));
        row.text(&self.words.remedy(reason));
        row.text(nearest.map_or("", |rep| self.words.rep(rep)));
        self.own(&mut row, lead);
    }

    fn own(&self, row: &mut Row, lead: LeadIndex) {
        let leads = &self.maker.setting.batch.leads;
        for cell in leads.cells.row(lead.at()) {
            row.text(cell);
        }
    }
}

/// What was looked at.
pub(crate) struct Looked {
    pub rows: u64,
    /// For how many leads each rep was the runner-up.
    pub runners_up: Vec<u64>,
}

impl Looked {
    fn count(&mut self, outcome: Option<&Outcome>) {
        self.rows += u64::from(outcome.is_some());
        if let Some(Outcome::Assigned(Deal {
            runner_up: Some((rep, _)),
            ..
        })) = outcome
        {
            self.runners_up[rep.at()] += 1;
        }
    }
}

/// Leads stand in the order of the input in each file.
pub(crate) fn order(maker: &Maker, findings: &mut Findings) {
    let said = maker.setting.said;
    let (mut dealt, mut undealt, mut standing) = (Vec::new(), Vec::new(), Vec::new());
    for (lead, fate) in said.fates.iter().enumerate() {
        match *fate {
            Fate::Dealt(deal) => dealt.push((deal.row, lead)),
            Fate::Undealt(row) => undealt.push((row, lead)),
            Fate::Standing(row) => standing.push((row, lead)),
            Fate::Unknown => {}
        }
    }
    for (file, table, mut rows) in [
        (ASSIGNMENTS, &said.assigned, dealt),
        (UNASSIGNED, &said.unassigned, undealt),
        (STANDING, &said.standing, standing),
    ] {
        rows.sort_unstable();
        let mut last = 0;
        for (row, lead) in rows {
            if lead < last {
                findings.push(Finding::StrayLead {
                    position: line_of(file, table.lines[row]),
                    lead: maker.setting.batch.leads.ids[lead].clone(),
                    why: "does not stand in the order of the input".to_owned(),
                });
            }
            last = last.max(lead);
        }
    }
}
