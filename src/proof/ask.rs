//! Why this rep for a lead of a finished run, and why not that one: the facts for an answer.

use super::findings::Findings;
use super::forcing::{self, Forced};
use super::instance::{NEVER, Up};
use super::limited;
use super::outcome::Maker;
use super::presence::absent;
use super::price::Sum;
use super::said::{Dealer, Fate};
use super::stage::Numbers;
use super::verify::{Evidence, report, with_course};
use crate::explain::{Against, Answer, Candidate, Cost, Objection, Winner, Words, answer};
use crate::mistake::{Kind, Mistake, Mistakes, Position, did_you_mean};
use crate::model::{
    Found, LeadIndex, NotDealt, Outcome, PassReport, Points, RepDirectory, RepIndex, Ruling, Settled, widened,
};
use crate::rules::{Method, Verdict};
use std::cmp::Reverse;

/// Answers why a lead of a run is where it is, and with `rep` why it is not there; the text of the answer.
///
/// With `rep` it looks at every pair of the lead's pass: `O(leads · reps)`, of which `progress` is told the
/// share that is done.
///
/// # Errors
/// A lead or a rep that the run does not know, with a suggestion; a lead whose fate the files do not tell.
pub fn explain(
    evidence: &Evidence,
    lead: &str,
    rep: Option<&str>,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<String, Mistakes> {
    let mut mistakes = Mistakes::default();
    let lead = mistakes.keep(find_lead(evidence, lead));
    let rep = mistakes.keep(rep.map(|rep| find_rep(evidence, rep)).transpose());
    let (Some(lead), Some(rep)) = (lead, rep) else {
        return Err(mistakes);
    };
    let mut findings = Findings::default();
    with_course(evidence, false, &mut findings, |maker, _| {
        let asked = Asked { maker, lead };
        let said = asked.answer(rep, progress)?;
        let passes: Vec<PassReport> = maker.passes.iter().map(report).collect();
        let (tiers, teams) = (&evidence.rules.tiers, &maker.setting.said.teams);
        Ok(answer(&Words::new(&evidence.batch, tiers, teams, &passes), &said))
    })
}

fn find_lead(evidence: &Evidence, id: &str) -> Result<LeadIndex, Mistakes> {
    let ids = &evidence.batch.leads.ids;
    let wide = widened(id.trim());
    if let Some(at) = ids.iter().position(|known| known == id || *known == *wide) {
        return Ok(LeadIndex::new(at));
    }
    let found = format!("no lead `{id}` is in this run");
    let mistake = Mistake::new(Kind::UnknownLead, Position::Nowhere, found);
    let suggestion = did_you_mean(id, ids.iter().map(String::as_str));
    Err(match suggestion {
        Some(known) => mistake.hint(format!("did you mean `{known}`?")),
        None => mistake.expected("the id of a lead of the input"),
    }
    .into())
}

fn find_rep(evidence: &Evidence, text: &str) -> Result<RepIndex, Mistakes> {
    let reps = &evidence.batch.reps.list;
    let directory = RepDirectory::new(reps);
    match directory.find(text) {
        Found::One(rep) => Ok(rep),
        Found::Several(several) => {
            let ids: Vec<String> = several
                .iter()
                .map(|rep| format!("`{}`", reps[rep.at()].id))
                .collect();
            let found = format!("`{text}` is the name of several reps");
            let mistake = Mistake::new(Kind::AmbiguousRep, Position::Nowhere, found);
            Err(mistake.expected(format!("an id: {}", ids.join(", "))).into())
        }
        Found::Nobody => {
            let found = format!("no rep `{text}` is on the roster");
            let mistake = Mistake::new(Kind::UnknownRep, Position::Nowhere, found);
            Err(match directory.suggestion(text) {
                Some(known) => mistake.hint(format!("did you mean `{known}`?")),
                None => mistake.expected("the id, e-mail or name of a rep"),
            }
            .into())
        }
    }
}

/// A lead that somebody asks about.
struct Asked<'a> {
    maker: &'a Maker<'a>,
    lead: LeadIndex,
}

impl Asked<'_> {
    fn answer(&self, rep: Option<RepIndex>, progress: &(dyn Fn(f64) + Sync)) -> Result<Answer, Mistakes> {
        let (batch, rules) = (self.maker.setting.batch, self.maker.setting.rules);
        let mut readers = self.maker.readers();
        let outcome = self.maker.outcome(self.lead, &mut readers).ok_or_else(|| {
            let found = "the files of the run do not tell what became of this lead";
            Mistake::new(Kind::NotARun, Position::Nowhere, found).hint("see `dealt verify`")
        })?;
        let pass = self.pass(&outcome);
        let candidates = self.candidates(pass);
        let active = batch.reps.list.iter().filter(|rep| rep.active).count();
        Ok(Answer {
            lead: batch.leads.ids[self.lead.at()].clone(),
            tier: rules.tiers[rules.lead_tiers[self.lead.at()].at()].clone(),
            place: batch.leads.places[self.lead.at()].confidence,
            pass: pass.map(|numbers| numbers.stage.pass),
            parts: rules.parts.iter().map(|part| part.name.clone()).collect(),
            others: u64::try_from(active.saturating_sub(candidates.len())).unwrap_or(0),
            against: rep.map(|rep| self.against(rep, pass, &outcome, progress)),
            candidates,
            outcome,
        })
    }

    fn distance_km(&self, rep: RepIndex) -> Option<f64> {
        let setting = &self.maker.setting;
        setting.rules.distance_km(setting.batch, self.lead, rep)
    }

    /// The pass in which reps are compared: the one that dealt the lead; for a lead that was left the first
    /// that is solved as a whole and was for it, else the first that was for it.
    fn pass(&self, outcome: &Outcome) -> Option<&Numbers<'_>> {
        match self.maker.setting.said.fates[self.lead.at()] {
            Fate::Dealt(dealt) => match dealt.by {
                Dealer::Pass(pass) => self.maker.passes.get(pass.at()),
                Dealer::Pin | Dealer::Owner | Dealer::Fallback => None,
            },
            Fate::Undealt(_) | Fate::Standing(_) | Fate::Unknown => {
                if self.maker.setting.rules.barred[self.lead.at()].is_some() {
                    return None;
                }
                if let Outcome::Unassigned {
                    reason: NotDealt::BelowMinScore { pass, .. },
                    ..
                } = outcome
                {
                    return self.maker.passes.get(pass.at());
                }
                let mine = || {
                    self.maker
                        .passes
                        .iter()
                        .filter(|numbers| numbers.pass.leads[self.lead.at()])
                };
                mine()
                    .find(|numbers| numbers.is_whole())
                    .or_else(|| mine().next())
            }
        }
    }

    /// The reps who may take the lead, best first; room is what was left after the pass.
    fn candidates(&self, pass: Option<&Numbers>) -> Vec<Candidate> {
        let rules = self.maker.setting.rules;
        let mut candidates = Vec::new();
        let mut add = |rep: RepIndex, room: Option<u32>, price| {
            let score = rules.points(self.lead, rep);
            candidates.push(Candidate {
                rep,
                score: score.total,
                parts: score.parts,
                distance_km: self.distance_km(rep),
                room,
                price,
            });
        };
        match pass {
            Some(numbers) => {
                let mut row = vec![NEVER; numbers.reps.len()];
                numbers.own_rows()(self.lead, &mut row);
                let priced = numbers.pass.method == Method::Optimal;
                for (leaf, _) in row.iter().enumerate().filter(|(_, score)| **score != NEVER) {
                    let rep = numbers.reps[leaf];
                    let price = priced.then(|| numbers.price(leaf).potential(rules.tiers.len()));
                    add(rep, bounded(numbers.stage.after[rep.at()].room()), price);
                }
            }
            None => {
                for rep in self.maker.allowed(self.lead) {
                    let room = self
                        .maker
                        .passes
                        .last()
                        .map(|last| last.stage.after[rep.at()].room());
                    add(rep, room.and_then(bounded), None);
                }
            }
        }
        candidates.sort_by_key(|candidate| Reverse(candidate.score));
        candidates
    }

    fn against(
        &self,
        rep: RepIndex,
        pass: Option<&Numbers>,
        outcome: &Outcome,
        progress: &(dyn Fn(f64) + Sync),
    ) -> Against {
        let score = self.maker.setting.rules.points(self.lead, rep);
        let winner = match outcome {
            Outcome::Assigned(deal) => deal.rep.filter(|&winner| winner != rep).map(|winner| Winner {
                rep: winner,
                score: deal.score,
                parts: deal.parts.clone(),
                distance_km: deal.distance_km,
            }),
            Outcome::Unassigned { .. } => None,
        };
        Against {
            rep,
            score: score.total,
            parts: score.parts,
            distance_km: self.distance_km(rep),
            winner,
            objection: self.objection(rep, pass, score.total, progress),
        }
    }

    fn objection(
        &self,
        rep: RepIndex,
        pass: Option<&Numbers>,
        score: Points,
        progress: &(dyn Fn(f64) + Sync),
    ) -> Objection {
        let dealt = self.maker.setting.said.deal(self.lead);
        if dealt.is_some_and(|dealt| dealt.rep == Some(rep)) {
            return Objection::Has;
        }
        if dealt.is_some_and(|dealt| dealt.by == Dealer::Pin) {
            return Objection::Pinned;
        }
        if dealt.is_some_and(|dealt| dealt.by == Dealer::Owner) {
            return Objection::Owned;
        }
        if self.maker.setting.rules.barred[self.lead.at()].is_some() {
            return Objection::Barred;
        }
        let blocked = self.blocked(rep, pass, score);
        if !blocked.is_empty() {
            return Objection::Blocked(blocked);
        }
        let Some(numbers) = pass else {
            return Objection::NoPass;
        };
        if let Some(place) = numbers
            .place(rep)
            .and_then(|leaf| numbers.stop_besides(self.lead, leaf, dealt.and_then(|dealt| dealt.rep)))
        {
            let (limit, held) = numbers.stage.used_after.named(place);
            let used = &numbers.stage.used_after;
            let already = used.already(place);
            let dealt = used.count(place) - already.map_or(0, |already| already.leads);
            return Objection::Limited {
                limit,
                held,
                dealt,
                already,
            };
        }
        if numbers.pass.method.is_by_claims() {
            return Objection::Claims(self.claim(rep));
        }
        if !numbers.is_whole() {
            return Objection::Turn;
        }
        self.force(rep, numbers, progress)
    }

    /// What became of the rep's claim to the lead, if it made one.
    fn claim(&self, rep: RepIndex) -> Option<Settled> {
        let of_rep = |at: &usize| self.maker.setting.asked.reps[*at] == Some(rep);
        let settled = &self.maker.claims.settled;
        let mut own = (0..settled.len())
            .filter(|&at| settled[at].lead == Some(self.lead))
            .filter(of_rep);
        let first = own
            .clone()
            .find(|&at| !matches!(settled[at].ruling, Ruling::Repeated(_)));
        first.or_else(|| own.next()).map(|at| settled[at].clone())
    }

    /// Every rule that keeps the rep from the lead, with what is unknown.
    fn blocked(&self, rep: RepIndex, pass: Option<&Numbers>, score: Points) -> Vec<(String, Option<String>)> {
        let (batch, rules) = (self.maker.setting.batch, self.maker.setting.rules);
        let mut blocked = Vec::new();
        let person = &batch.reps.list[rep.at()];
        if !person.active {
            blocked.push(("active".to_owned(), Some("the rep is not active".to_owned())));
        } else if let Some(why) = absent(person) {
            blocked.push(("away".to_owned(), Some(format!("{} is {why}", person.name))));
        }
        for (at, rule) in rules.requirements.iter().enumerate() {
            let relaxed = pass.is_some_and(|numbers| numbers.pass.relaxed[at]);
            let Some(key) = rule.key(self.lead).filter(|_| !relaxed) else {
                continue;
            };
            match rule.verdict(key, rep) {
                Verdict::Holds => {}
                Verdict::Fails => blocked.push((rule.name.clone(), None)),
                Verdict::Unknown(why) => blocked.push((rule.name.clone(), Some(why))),
            }
        }
        let Some(numbers) = pass else { return blocked };
        if !numbers.pass.reps[rep.at()] {
            let why = format!("pass `{}` is not for this rep", numbers.pass.name);
            blocked.push(("pass reps".to_owned(), Some(why)));
        }
        if blocked.is_empty()
            && let Some((_, sums)) = numbers.sums(self.lead)
            && numbers
                .place(rep)
                .is_some_and(|leaf| !super::units::may(&sums, leaf))
        {
            let why = "the rep may not take all leads of the unit".to_owned();
            blocked.push(("together".to_owned(), Some(why)));
        }
        let team = self.maker.setting.said.rep_teams[rep.at()];
        let lock = numbers.stage.locks[self.lead.at()];
        if lock.is_some() && lock != team {
            let name = lock.map_or("", |lock| &self.maker.setting.said.teams[lock.at()]);
            blocked.push(("team".to_owned(), Some(format!("the lead is with team {name}"))));
        }
        if numbers.pass.method == Method::Shotgun && team.is_none() {
            blocked.push(("team".to_owned(), Some("the rep is in no team".to_owned())));
        }
        if numbers.pass.method == Method::RoundRobin && batch.reps.list[rep.at()].weight.0 == 0 {
            blocked.push((
                "weight".to_owned(),
                Some("the rep has no share in the rotation".to_owned()),
            ));
        }
        if let Some(least) = numbers.pass.min_score.filter(|&least| score < least) {
            let why = format!("the score {score} is below {least}");
            blocked.push(("min_score".to_owned(), Some(why)));
        }
        blocked
    }

    fn force(&self, rep: RepIndex, numbers: &Numbers, progress: &(dyn Fn(f64) + Sync)) -> Objection {
        let ups = numbers.ups();
        let up = ups.iter().position(|up| up.lead == self.lead);
        let leaf = numbers.place(rep).and_then(|place| numbers.leaf_of[place]);
        let (Some(up), Some(leaf)) = (up, leaf) else {
            return Objection::NoPass;
        };
        if !self.maker.setting.rules.limits.is_empty() {
            return force_within_limits(numbers, &ups, up, leaf);
        }
        let begun = |leads: usize| progress(super::verify::share(leads, ups.len()));
        let forced = numbers.with(ups.clone(), |instance| forcing::cost(instance, up, leaf, &begun));
        match forced {
            Forced::Held => Objection::Has,
            Forced::NoPlace => Objection::NoPlace,
            Forced::NotBest => Objection::NotBest,
            _ if !numbers.is_proven && !numbers.stage.units.is_empty() => Objection::NotBest,
            // where units may part it costs no more
            Forced::Costs(sum) if !numbers.stage.units.is_empty() => Objection::CostsAtLeast(cost(&sum)),
            Forced::Costs(sum) => Objection::Costs(cost(&sum)),
        }
    }
}

/// With limits the prices tell the least that forcing a pair costs, where the pass is proven.
fn force_within_limits(numbers: &Numbers, ups: &[Up], up: usize, leaf: usize) -> Objection {
    let proof = numbers.limits.as_ref();
    match proof.filter(|_| numbers.is_proven) {
        _ if numbers.leaves[leaf].room == 0 => Objection::NoPlace,
        None => Objection::NotBest,
        Some(proof) => {
            let least = numbers.with(ups.to_vec(), |instance| {
                limited::cost(numbers, instance, proof, up, leaf)
            });
            Objection::CostsAtLeast(cost(&least))
        }
    }
}

fn cost(sum: &Sum) -> Cost {
    let number = |value: i128| i64::try_from(value).unwrap_or(i64::MAX);
    Cost {
        leads: sum.leads.iter().map(|&leads| number(leads)).collect(),
        points: Points(number(sum.points)),
        fairness: number(sum.fairness),
    }
}

/// A room; absent where nothing bounds it.
fn bounded(room: u32) -> Option<u32> {
    Some(room).filter(|&room| room < u32::MAX / 2)
}
