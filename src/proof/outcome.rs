//! Every lead's outcome made again: why this rep, who comes next, or why nobody.

use super::claims::Judged;
use super::course::by_id;
use super::instance::{NEVER, RowReader};
use super::pairs::Pairs;
use super::presence::is_present;
use super::price::{Price, rank};
use super::said::{Dealer, Dealt, Fate};
use super::shortage;
use super::stage::{Numbers, Setting};
use crate::model::{
    By, Deal, Granted, LeadIndex, NotDealt, Outcome, Points, RepIndex, TeamIndex, Whole, Why,
};
use crate::rules::Method;
use std::cmp::Reverse;

/// What outcomes are made from, worked out once.
pub(crate) struct Maker<'a> {
    pub setting: Setting<'a>,
    pub passes: &'a [Numbers<'a>],
    /// All reps who are present, in id order.
    present: Vec<RepIndex>,
    strict: Vec<bool>,
    free: Vec<Option<TeamIndex>>,
    /// Turns made again: for leads of passes that deal one after another.
    pub turns: &'a [Option<Why>],
    /// What claims come to.
    pub claims: &'a Judged,
}

/// Readers of one thread, each made when it is first asked for.
pub(crate) struct Readers<'a> {
    passes: Vec<Option<RowReader<'a>>>,
    rules: Option<RowReader<'a>>,
    /// How many hard rules fail, and scores, whoever may take the lead.
    nearest: Option<(RowReader<'a>, RowReader<'a>)>,
    pub row: Vec<i32>,
}

impl<'a> Maker<'a> {
    /// Prepares for a run.
    pub fn new(
        setting: Setting<'a>,
        passes: &'a [Numbers<'a>],
        turns: &'a [Option<Why>],
        claims: &'a Judged,
    ) -> Self {
        let reps = &setting.batch.reps.list;
        Self {
            setting,
            passes,
            present: by_id(setting.batch)
                .into_iter()
                .filter(|rep| is_present(&reps[rep.at()]))
                .collect(),
            strict: vec![false; setting.rules.requirements.len()],
            free: vec![None; setting.batch.leads.len()],
            turns,
            claims,
        }
    }

    /// Readers for a thread.
    pub fn readers(&self) -> Readers<'_> {
        Readers {
            passes: self.passes.iter().map(|_| None).collect(),
            rules: None,
            nearest: None,
            row: Vec::new(),
        }
    }

    /// The rules alone: every hard rule, every rep present.
    fn pairs(&self) -> Pairs<'_> {
        Pairs {
            rules: self.setting.rules,
            relaxed: &self.strict,
            min_score: None,
            reps: &self.present,
            rep_teams: &self.setting.said.rep_teams,
            locks: &self.free,
        }
    }

    /// The outcome of a lead; `None` where its files do not tell its fate.
    pub fn outcome<'m>(&'m self, lead: LeadIndex, readers: &mut Readers<'m>) -> Option<Outcome> {
        match self.setting.said.fates[lead.at()] {
            Fate::Unknown => None,
            Fate::Dealt(dealt) => self.deal(lead, dealt, readers).map(Outcome::Assigned),
            Fate::Undealt(_) | Fate::Standing(_) => {
                let barred = self.setting.rules.barred[lead.at()].clone();
                let nearest = if barred.is_some() {
                    None
                } else {
                    self.nearest(lead, readers)
                };
                let reason = barred.unwrap_or_else(|| self.reason(lead, readers));
                Some(Outcome::Unassigned { reason, nearest })
            }
        }
    }

    fn deal<'m>(&'m self, lead: LeadIndex, dealt: Dealt, readers: &mut Readers<'m>) -> Option<Deal> {
        let (reps, (winner, other), why) = match dealt.by {
            Dealer::Pin | Dealer::Owner | Dealer::Fallback => {
                self.read_rules(lead, readers);
                let winner = dealt.rep?;
                let place = self.present.iter().position(|&rep| rep == winner);
                let other = best(&readers.row, |leaf| Some(leaf) != place);
                let why = match dealt.by {
                    Dealer::Pin => Why::Pin,
                    Dealer::Owner => Why::Owner,
                    Dealer::Fallback | Dealer::Pass(_) => Why::Fallback,
                };
                (self.present.as_slice(), (winner, other), why)
            }
            Dealer::Pass(pass) => {
                let numbers = &self.passes[pass.at()];
                self.read(pass.at(), lead, readers);
                let row = readers.row.as_slice();
                let (winner, other, why) = match dealt.rep {
                    Some(rep) => self.to_rep(numbers, lead, rep, row)?,
                    None => Self::to_team(numbers, lead, dealt.team?, row)?,
                };
                (numbers.reps.as_slice(), (winner, other), why)
            }
        };
        let score = self.setting.rules.points(lead, winner);
        Some(Deal {
            rep: dealt.rep,
            team: dealt.team,
            by: self.by(lead, dealt.by),
            score: score.total,
            parts: score.parts,
            distance_km: self.setting.rules.distance_km(self.setting.batch, lead, winner),
            why,
            runner_up: other.map(|leaf| (reps[leaf], Points(i64::from(readers.row[leaf])))),
            former: self.setting.rules.former.get(&lead).copied(),
        })
    }

    fn by(&self, lead: LeadIndex, dealer: Dealer) -> By {
        let batch = self.setting.batch;
        match dealer {
            Dealer::Pass(pass) => By::Pass(pass),
            Dealer::Fallback => By::Fallback,
            Dealer::Owner => By::Owner,
            Dealer::Pin => {
                let pin = batch
                    .pins
                    .iter()
                    .find(|pin| pin.lead_id == batch.leads.ids[lead.at()]);
                By::Pin(pin.map(|pin| pin.reason.clone()).unwrap_or_default())
            }
        }
    }

    fn to_rep(
        &self,
        numbers: &Numbers,
        lead: LeadIndex,
        rep: RepIndex,
        row: &[i32],
    ) -> Option<(RepIndex, Option<usize>, Why)> {
        let winner = numbers.place(rep)?;
        let other = best(row, |leaf| leaf != winner);
        let why = match numbers.pass.method {
            Method::Optimal => numbers
                .why_together(lead, winner)
                .unwrap_or_else(|| why(numbers, lead, winner, row)),
            Method::Shotgun => Why::Team,
            Method::CherryPick | Method::SharkTank | Method::BlindPull => {
                // of what nobody asked for the replay says so
                let granted = self.claims.granted.get(&lead).copied();
                Why::Claim(granted.unwrap_or(Granted::First(None)))
            }
            Method::RoundRobin | Method::LeastLoaded | Method::TopProducer => {
                if is_only(row) && numbers.stage.units.unit(lead).is_none() {
                    Why::OnlyEligible
                } else {
                    let replayed = self.turns.get(lead.at()).cloned().flatten();
                    replayed.unwrap_or_else(|| numbers.turn_together(lead).unwrap_or(Why::Turn))
                }
            }
        };
        Some((rep, other, why))
    }

    /// A team shows the face of its best eligible member.
    fn to_team(
        numbers: &Numbers,
        lead: LeadIndex,
        team: TeamIndex,
        row: &[i32],
    ) -> Option<(RepIndex, Option<usize>, Why)> {
        let own = numbers.teams.iter().position(|&known| known == team);
        let alone = || best(row, |leaf| numbers.leaf_of[leaf] == own);
        let face = numbers.face(lead, own).or_else(alone)?;
        let other = best(row, |leaf| numbers.leaf_of[leaf] != own);
        let unit = numbers.stage.units.unit(lead);
        let why = unit.map_or(Why::Team, |unit| unit.gathered(Whole::Team));
        Some((numbers.reps[face], other, why))
    }

    /// Reads a lead's row in a pass, its least score applied.
    pub fn read<'m>(&'m self, pass: usize, lead: LeadIndex, readers: &mut Readers<'m>) {
        let numbers = &self.passes[pass];
        readers.row.clear();
        readers.row.resize(numbers.reps.len(), NEVER);
        let reader = readers.passes[pass].get_or_insert_with(|| numbers.own_rows());
        reader(lead, &mut readers.row);
    }

    /// The reps present whom every hard rule allows a lead, in id order.
    pub fn allowed(&self, lead: LeadIndex) -> Vec<RepIndex> {
        let may = |rep: &RepIndex| self.setting.rules.may(None, lead, *rep);
        self.present.iter().copied().filter(may).collect()
    }

    fn read_rules<'m>(&'m self, lead: LeadIndex, readers: &mut Readers<'m>) {
        readers.row.clear();
        readers.row.resize(self.present.len(), NEVER);
        let reader = readers.rules.get_or_insert_with(|| self.pairs().reader(true));
        reader(lead, &mut readers.row);
    }

    /// Fewest failed hard rules, then highest score, then first id.
    fn nearest<'m>(&'m self, lead: LeadIndex, readers: &mut Readers<'m>) -> Option<RepIndex> {
        let (failures, scores) = readers.nearest.get_or_insert_with(|| {
            let pairs = self.pairs();
            (pairs.failures(), pairs.scores())
        });
        let (mut failed, mut row) = (vec![0; self.present.len()], vec![0; self.present.len()]);
        failures(lead, &mut failed);
        scores(lead, &mut row);
        let best = (0..row.len()).min_by_key(|&rep| (failed[rep], Reverse(row[rep])));
        best.map(|rep| self.present[rep])
    }

    /// Of what the passes say of a lead that is not barred, the first in the order of reasons.
    fn reason<'m>(&'m self, lead: LeadIndex, readers: &mut Readers<'m>) -> NotDealt {
        if self.setting.said.offered[lead.at()] {
            return NotDealt::Offered;
        }
        let mut counts: Option<NotDealt> = None;
        for (at, numbers) in self.passes.iter().enumerate() {
            if !numbers.pass.leads[lead.at()] {
                continue;
            }
            self.read(at, lead, readers);
            let said = shortage::reason(numbers, lead, &readers.row);
            if counts
                .as_ref()
                .is_none_or(|before| shortage::counts_before(&said, before))
            {
                counts = Some(said);
            }
        }
        counts.unwrap_or(NotDealt::NoPass)
    }
}

/// The best-scoring leaf that may take the lead and of which `of` holds, the first of equals.
pub(crate) fn best(row: &[i32], of: impl Fn(usize) -> bool) -> Option<usize> {
    (0..row.len())
        .filter(|&leaf| row[leaf] != NEVER && of(leaf))
        .max_by_key(|&leaf| (row[leaf], Reverse(leaf)))
}

/// Tells whether only one may take the lead.
fn is_only(row: &[i32]) -> bool {
    row.iter().filter(|&&score| score != NEVER).count() == 1
}

/// Why an optimal pass chose the winner.
fn why(numbers: &Numbers, lead: LeadIndex, winner: usize, row: &[i32]) -> Why {
    let own = row[winner];
    if is_only(row) {
        return Why::OnlyEligible;
    }
    let higher = |leaf: usize| row[leaf] > own;
    let after = |leaf: usize| &numbers.stage.after[numbers.reps[leaf].at()];
    let open = |leaf: usize| u32::try_from(after(leaf).open).unwrap_or(u32::MAX);
    let has_room = |leaf: usize| higher(leaf) && after(leaf).room() > 0;
    let stop = |leaf: usize| numbers.stop_why(lead, leaf, numbers.reps[winner]);
    if let Some(other) = best(row, |leaf| has_room(leaf) && stop(leaf).is_none()) {
        return Why::Balance {
            other: numbers.reps[other],
            loads: (open(winner), open(other)),
        };
    }
    if let Some(stopped) = best(row, has_room).and_then(stop) {
        return stopped;
    }
    let dearest = (0..row.len())
        .filter(|&leaf| row[leaf] != NEVER && higher(leaf))
        .max_by_key(|&leaf| (numbers.price(leaf), Reverse(leaf)));
    dearest.map_or(Why::HighestScore, |leaf| Why::HigherFull {
        dearest: numbers.reps[leaf],
        price: numbers.price(leaf).potential(numbers.setting.rules.tiers.len()),
    })
}

/// What is lost by letting a lead with a score in at a leaf; `None` where no lead can get in at all.
pub(crate) fn lost_by(numbers: &Numbers, leaf: usize, lead: LeadIndex, score: i32) -> Option<Price> {
    let rules = numbers.setting.rules;
    let (price, own) = (
        numbers.greatest[leaf],
        rank(rules.lead_tiers[lead.at()], rules.tiers.len()),
    );
    (price != Price::UNBOUNDED).then_some(Price {
        rank: if price.rank > own { price.rank } else { 0 },
        points: price.points - i64::from(score),
        fairness: price.fairness,
    })
}
