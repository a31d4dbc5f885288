//! Scores and permissions of all pairs of a pass by the plain scorer, one lead at a time.

use super::instance::{NEVER, RowReader};
use crate::model::{LeadIndex, Points, RepIndex, TeamIndex};
use crate::rules::{Rules, Verdict, mean};
use std::collections::HashMap;

/// Bytes of answers that one reader keeps.
const KEPT: usize = 32 << 20;

/// Who may take which lead of a pass, and with what score.
#[derive(Clone, Copy)]
pub(crate) struct Pairs<'a> {
    pub rules: &'a Rules,
    /// For each hard rule whether it is not asked for.
    pub relaxed: &'a [bool],
    /// No pair below this score.
    pub min_score: Option<Points>,
    /// The reps in id order.
    pub reps: &'a [RepIndex],
    /// For each rep of the roster the team.
    pub rep_teams: &'a [Option<TeamIndex>],
    /// For each lead of the batch the team that an earlier pass dealt it to, whose reps alone may take it.
    pub locks: &'a [Option<TeamIndex>],
}

/// What the plain scorer said, by rule and key of the lead. Never iterated.
#[derive(Default)]
struct Answers {
    units: HashMap<(usize, u32), Box<[i32]>>,
    holds: HashMap<(usize, u32), Box<[bool]>>,
    bytes: usize,
}

impl<'a> Pairs<'a> {
    /// A reader of the scores of a lead with each rep: [`NEVER`] where the rep may not take it, and, with
    /// `floor`, where the score is below the pass's least.
    pub fn reader(self, floor: bool) -> RowReader<'a> {
        let mut answers = Answers::default();
        Box::new(move |lead, out| self.row(lead, floor, &mut answers, out))
    }

    /// A reader of how many of the hard rules asked for fail a lead with each rep.
    pub fn failures(self) -> RowReader<'a> {
        let mut answers = Answers::default();
        Box::new(move |lead, out| {
            out.fill(0);
            self.failed(lead, &mut answers, |rep| out[rep] += 1);
        })
    }

    /// A reader of the scores of a lead with each rep, whoever may take it.
    pub fn scores(self) -> RowReader<'a> {
        let mut answers = Answers::default();
        Box::new(move |lead, out| self.score(lead, &mut answers, out))
    }

    fn score(&self, lead: LeadIndex, answers: &mut Answers, out: &mut [i32]) {
        let mut sums = vec![0i64; self.reps.len()];
        let mut weights = 0i64;
        for (at, part) in self.rules.parts.iter().enumerate() {
            let Some(key) = part.key(lead) else { continue };
            let weight = i64::from(part.weight.0);
            weights += weight;
            let make = || self.reps.iter().map(|&rep| part.units(key, rep)).collect();
            answers.units((at, key), make, |units| {
                for (sum, &units) in sums.iter_mut().zip(units) {
                    *sum += weight * i64::from(units);
                }
            });
        }
        for (score, sum) in out.iter_mut().zip(sums) {
            *score = i32::try_from(mean(sum, weights)).unwrap_or(i32::MAX);
        }
    }

    /// Tells every rep, by position, for whom a hard rule does not hold; once for each such rule.
    fn failed(&self, lead: LeadIndex, answers: &mut Answers, mut tell: impl FnMut(usize)) {
        for (at, rule) in self.rules.requirements.iter().enumerate() {
            let Some(key) = rule.key(lead).filter(|_| !self.relaxed[at]) else {
                continue;
            };
            let holds = |&rep: &RepIndex| rule.verdict(key, rep) == Verdict::Holds;
            let make = || self.reps.iter().map(holds).collect();
            answers.holds((at, key), make, |holds| {
                for rep in (0..holds.len()).filter(|&rep| !holds[rep]) {
                    tell(rep);
                }
            });
        }
    }

    fn row(&self, lead: LeadIndex, floor: bool, answers: &mut Answers, out: &mut [i32]) {
        self.score(lead, answers, out);
        if let Some(least) = self.min_score.filter(|_| floor) {
            for score in out.iter_mut().filter(|score| i64::from(**score) < least.0) {
                *score = NEVER;
            }
        }
        self.failed(lead, answers, |rep| out[rep] = NEVER);
        if let Some(team) = self.locks[lead.at()] {
            for (score, rep) in out.iter_mut().zip(self.reps) {
                if self.rep_teams[rep.at()] != Some(team) {
                    *score = NEVER;
                }
            }
        }
    }
}

impl Answers {
    fn units(&mut self, key: (usize, u32), make: impl Fn() -> Box<[i32]>, tell: impl FnOnce(&[i32])) {
        recall(&mut self.units, &mut self.bytes, key, make, tell);
    }

    fn holds(&mut self, key: (usize, u32), make: impl Fn() -> Box<[bool]>, tell: impl FnOnce(&[bool])) {
        recall(&mut self.holds, &mut self.bytes, key, make, tell);
    }
}

/// Tells an answer that is known or is asked for now, and keeps it while there is memory.
fn recall<T>(
    known: &mut HashMap<(usize, u32), Box<[T]>>,
    bytes: &mut usize,
    key: (usize, u32),
    make: impl Fn() -> Box<[T]>,
    tell: impl FnOnce(&[T]),
) {
    if let Some(answer) = known.get(&key) {
        return tell(answer);
    }
    let answer = make();
    tell(&answer);
    let size = size_of_val::<[T]>(&answer) + 64;
    if *bytes + size <= KEPT {
        *bytes += size;
        known.insert(key, answer);
    }
}

/// Makes a reader of the best score of each team's members out of one of reps.
pub(crate) fn by_team<'a>(mut reader: RowReader<'a>, leaves: &'a [Option<usize>]) -> RowReader<'a> {
    let mut row = vec![NEVER; leaves.len()];
    Box::new(move |lead, out| {
        reader(lead, &mut row);
        out.fill(NEVER);
        for (&score, leaf) in row.iter().zip(leaves) {
            if let Some(leaf) = *leaf {
                out[leaf] = out[leaf].max(score);
            }
        }
    })
}
