//! One pass as numbers: the leads up for it in classes, the reps that are in it, and their scores.

use super::classes::{Classes, Key};
use super::scorer::Scorer;
use crate::model::{Batch, LeadIndex, Points, RepIndex, TeamIndex, TierIndex};
use crate::rules::{Pass, Rules};
use crate::solve::transport::{Class, FORBIDDEN, Rows};

/// The lead side of a pass. Reps who are full are in it: their rows tell who would want them.
#[derive(Debug)]
pub struct Problem<'a> {
    scorer: &'a Scorer<'a>,
    classes: Classes,
    reps: Vec<RepIndex>,
    /// Where each rep stands in the rows of the scorer; `None` where all are in the pass.
    positions: Option<Vec<u32>>,
    relaxed: &'a [bool],
    min_score: i32,
    /// For each lead the team that it was dealt to, whose reps alone may take it.
    lead_teams: &'a [Option<TeamIndex>],
    /// The team of each rep of the pass.
    rep_teams: Vec<Option<TeamIndex>>,
}

impl<'a> Problem<'a> {
    /// Compiles a pass for leads given in id order; `rep_teams` are those of the roster.
    pub fn new(
        batch: &Batch,
        scorer: &'a Scorer<'a>,
        pass: &'a Pass,
        leads: &[LeadIndex],
        lead_teams: &'a [Option<TeamIndex>],
        rep_teams: &[Option<TeamIndex>],
    ) -> Self {
        let in_pass = |rep: &RepIndex| pass.reps[rep.at()] && batch.reps.list[rep.at()].active;
        let reps: Vec<RepIndex> = scorer.order().iter().copied().filter(in_pass).collect();
        let positions = (reps.len() < scorer.order().len()).then(|| {
            (0u32..)
                .zip(scorer.order())
                .filter(|(_, rep)| in_pass(rep))
                .map(|(at, _)| at)
                .collect()
        });
        let keys = keys(scorer.rules(), &pass.relaxed, lead_teams);
        Self {
            scorer,
            classes: Classes::group(leads, &keys),
            rep_teams: reps.iter().map(|rep| rep_teams[rep.at()]).collect(),
            reps,
            positions,
            relaxed: &pass.relaxed,
            min_score: floor(pass.min_score),
            lead_teams,
        }
    }

    /// The classes of leads.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The same problem with every lead in a class of its own.
    #[must_use]
    pub fn unmerged(mut self, leads: &[LeadIndex]) -> Self {
        self.classes = Classes::apart(leads);
        self
    }

    /// The reps of the pass in id order: the leaves.
    pub fn reps(&self) -> &[RepIndex] {
        &self.reps
    }

    /// Writes each rep's score for a class, or [`FORBIDDEN`] where a hard rule forbids it, whatever
    /// the pass's least score.
    pub fn eligible(&self, class: Class, out: &mut [i32]) {
        self.fill(class, FORBIDDEN, out);
    }

    fn fill(&self, class: Class, floor: i32, out: &mut [i32]) {
        let lead = self.classes.first(class);
        let reps = self.scorer.order().len();
        let mut may = vec![true; reps];
        self.scorer.clear_blocked(lead, self.relaxed, &mut may);
        if let Some(positions) = &self.positions {
            let mut scores = vec![0; reps];
            self.scorer.scores(lead, &mut scores);
            for (score, &at) in out.iter_mut().zip(positions) {
                *score = pick(scores[at as usize], may[at as usize], floor);
            }
        } else {
            self.scorer.scores(lead, out);
            for (score, &may) in out.iter_mut().zip(&may) {
                *score = pick(*score, may, floor);
            }
        }
        if let Some(team) = self.lead_teams[lead.at()] {
            for (score, &of) in out.iter_mut().zip(&self.rep_teams) {
                if of != Some(team) {
                    *score = FORBIDDEN;
                }
            }
        }
    }
}

impl Rows for Problem<'_> {
    fn classes(&self) -> usize {
        self.classes.len()
    }

    fn leaves(&self) -> usize {
        self.reps.len()
    }

    fn supply(&self, class: Class) -> u32 {
        self.classes.supply(class)
    }

    fn tier(&self, class: Class) -> TierIndex {
        self.scorer.rules().lead_tiers[self.classes.first(class).at()]
    }

    fn row(&self, class: Class, out: &mut [i32]) {
        self.fill(class, self.min_score, out);
    }
}

fn pick(score: i32, may: bool, floor: i32) -> i32 {
    if may && score >= floor { score } else { FORBIDDEN }
}

/// Scores are units of 0 to 1,000,000; a least score beyond that lets no pair through.
fn floor(min_score: Option<Points>) -> i32 {
    min_score.map_or(FORBIDDEN, |points| i32::try_from(points.0).unwrap_or(i32::MAX))
}

/// All that any rule of the pass sees of a lead.
fn keys<'a>(rules: &'a Rules, relaxed: &[bool], lead_teams: &'a [Option<TeamIndex>]) -> Vec<Key<'a>> {
    let mut keys: Vec<Key<'a>> = vec![
        Box::new(|lead| u64::from(rules.lead_tiers[lead.at()].0)),
        Box::new(|lead| coded(lead_teams[lead.at()].map(|team| team.0))),
    ];
    for (requirement, _) in rules
        .requirements
        .iter()
        .zip(relaxed)
        .filter(|(_, relaxed)| !**relaxed)
    {
        keys.push(Box::new(|lead| coded(requirement.key(lead))));
    }
    for part in &rules.parts {
        keys.push(Box::new(|lead| coded(part.key(lead))));
    }
    keys
}

fn coded(key: Option<u32>) -> u64 {
    key.map_or(u64::MAX, u64::from)
}
