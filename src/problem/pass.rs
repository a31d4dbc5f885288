//! One pass as numbers: the leads up for it in classes, the reps that are in it, and their scores.

use super::classes::{Classes, Key};
use super::scorer::{Asked, Scorer};
use super::units::{Hold, NOT_ALL, UnitOfPass, Units};
use crate::model::{Batch, LeadIndex, Points, RepIndex, TeamIndex, TierIndex};
use crate::rules::{Method, Pass, Rules};
use crate::solve::transport::{Class, FORBIDDEN, Rows};
use std::cell::RefCell;

/// The lead side of a pass. Reps who are full are in it: their rows tell who would want them.
#[derive(Debug)]
pub struct Problem<'a> {
    scorer: &'a Scorer<'a>,
    classes: Classes,
    reps: Vec<RepIndex>,
    /// The place of each rep in the roster; `None` where all of it is in the pass, in id order.
    places: Option<Vec<u32>>,
    relaxed: &'a [bool],
    min_score: i32,
    /// For each class the team that it was dealt to, whose reps alone may take it.
    locks: Vec<Option<TeamIndex>>,
    /// The team of each rep of the pass.
    rep_teams: Vec<Option<TeamIndex>>,
    /// The leads that go to one rep; absent where each goes alone.
    units: Option<Units>,
}

impl<'a> Problem<'a> {
    /// Compiles a pass for leads given in id order. In it are the reps present for whom it is; in a pass
    /// to teams those who have one, in a rotation by weight those who have a share. `lead_teams` are the teams that leads were dealt
    /// to, `rep_teams` those of the roster.
    pub fn new(
        batch: &Batch,
        scorer: &'a Scorer<'a>,
        pass: &'a Pass,
        leads: &[LeadIndex],
        lead_teams: &[Option<TeamIndex>],
        rep_teams: &[Option<TeamIndex>],
    ) -> Self {
        let mut keys = keys(scorer.rules(), &pass.relaxed);
        keys.push(Box::new(|lead| coded(lead_teams[lead.at()].map(|team| team.0))));
        let classes = Classes::group(leads, &keys);
        let mut problem = Self::of(scorer, classes, &pass.relaxed, |rep| {
            let person = &batch.reps.list[rep.at()];
            let has_part = match pass.method {
                Method::Shotgun if pass.offer.is_none() => rep_teams[rep.at()].is_some(),
                Method::RoundRobin => person.weight.0 > 0,
                _ => true,
            };
            pass.reps[rep.at()] && person.is_present() && has_part
        });
        problem.min_score = floor(pass.min_score);
        problem.locks = (0..problem.classes.len())
            .map(|class| lead_teams[problem.classes.first(class).at()])
            .collect();
        problem.rep_teams = problem.reps.iter().map(|rep| rep_teams[rep.at()]).collect();
        problem
    }

    /// Compiles the rules alone, for leads given in id order: every hard rule and every rep present.
    pub fn of_rules(batch: &Batch, scorer: &'a Scorer<'a>, leads: &[LeadIndex]) -> Self {
        let classes = Classes::group(leads, &keys(scorer.rules(), scorer.strict()));
        Self::of(scorer, classes, scorer.strict(), |rep| {
            batch.reps.list[rep.at()].is_present()
        })
    }

    fn of(
        scorer: &'a Scorer<'a>,
        classes: Classes,
        relaxed: &'a [bool],
        takes_part: impl Fn(RepIndex) -> bool,
    ) -> Self {
        let reps: Vec<RepIndex> = scorer
            .order()
            .iter()
            .copied()
            .filter(|&rep| takes_part(rep))
            .collect();
        let places: Vec<u32> = reps.iter().map(|rep| rep.0).collect();
        let is_roster = reps.len() == scorer.order().len() && places.is_sorted();
        Self {
            scorer,
            locks: vec![None; classes.len()],
            classes,
            rep_teams: vec![None; reps.len()],
            places: (!is_roster).then_some(places),
            reps,
            relaxed,
            min_score: FORBIDDEN,
            units: None,
        }
    }

    /// The same problem, given its leads again, with some of them in units that go to one rep.
    #[must_use]
    pub fn together(mut self, leads: &[LeadIndex], units: Vec<UnitOfPass>) -> Self {
        if units.is_empty() {
            return self;
        }
        let count = self.scorer.rules().lead_tiers.len();
        let of = self.classes.by_lead(count);
        let mut in_unit = vec![false; count];
        for lead in units.iter().flat_map(|unit| &unit.leads) {
            in_unit[lead.at()] = true;
        }
        let alone = |lead: LeadIndex| {
            if in_unit[lead.at()] {
                u64::from(lead.0) + 1
            } else {
                0
            }
        };
        let keys: [Key<'_>; 2] = [Box::new(|lead| u64::from(of[lead.at()])), Box::new(alone)];
        let classes = Classes::group(leads, &keys);
        self.locks = (0..classes.len())
            .map(|class| self.locks[of[classes.first(class).at()] as usize])
            .collect();
        let of = classes.by_lead(count);
        self.units = Some(Units::new(units, &of, classes.len(), self.reps.len()));
        self.classes = classes;
        self
    }

    /// The classes of the leads that go to one rep together.
    pub fn units(&self) -> &[Vec<Class>] {
        self.units.as_ref().map_or(&[], |units| &units.classes)
    }

    /// The unit of a class.
    pub fn unit(&self, class: Class) -> Option<&UnitOfPass> {
        let units = self.units.as_ref()?;
        units.of(class).map(|(unit, _)| &units.list[unit])
    }

    /// What all leads of the unit of a class score together with each rep, or [`NOT_ALL`] where not all of them may
    /// go; nothing for a class without a unit.
    pub fn sums(&self, class: Class) -> Vec<i64> {
        let of = |units: &Units| Some(self.sums_of(units, units.of(class)?.0, &mut Vec::new()).to_vec());
        self.units.as_ref().and_then(of).unwrap_or_default()
    }

    fn sums_of<'r>(&self, units: &'r Units, unit: usize, spare: &'r mut Vec<i64>) -> &'r [i64] {
        let may = |leaf: usize| match units.list[unit].hold {
            Hold::Free => true,
            Hold::Rep(rep) => self.reps[leaf] == rep,
            Hold::Team(team) => self.rep_teams[leaf] == Some(team),
        };
        let row = |class: Class, out: &mut [i32]| self.alone(class, self.min_score, out);
        units.sums(unit, spare, may, row)
    }

    /// Writes each rep's score for a class, whose other leads of the unit count nothing in it: [`FORBIDDEN`] where
    /// the rep may not take all of these, too.
    pub fn own(&self, class: Class, out: &mut [i32]) {
        self.alone(class, self.min_score, out);
        if let Some(units) = &self.units
            && let Some((unit, _)) = units.of(class)
        {
            let mut spare = Vec::new();
            let sums = self.sums_of(units, unit, &mut spare);
            for (score, _) in out.iter_mut().zip(sums).filter(|(_, sum)| **sum == NOT_ALL) {
                *score = FORBIDDEN;
            }
        }
    }

    /// The classes of leads.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The same problem with every lead in a class of its own.
    #[must_use]
    pub fn apart(mut self, leads: &[LeadIndex]) -> Self {
        let of = self.classes.by_lead(self.scorer.rules().lead_tiers.len());
        self.locks = leads
            .iter()
            .map(|lead| self.locks[of[lead.at()] as usize])
            .collect();
        self.classes = Classes::apart(leads);
        self
    }

    /// The team that a class was dealt to before.
    pub fn lock(&self, class: Class) -> Option<TeamIndex> {
        self.locks[class]
    }

    /// The reps of the pass in id order: the leaves.
    pub fn reps(&self) -> &[RepIndex] {
        &self.reps
    }

    /// Writes each rep's score for a class, or [`FORBIDDEN`] where a hard rule forbids it, whatever
    /// the pass's least score and whoever else is of its unit.
    pub fn eligible(&self, class: Class, out: &mut [i32]) {
        self.alone(class, FORBIDDEN, out);
    }

    /// The same within the pass's least score.
    pub fn eligible_alone(&self, class: Class, out: &mut [i32]) {
        self.alone(class, self.min_score, out);
    }

    /// Writes each rep's score for a class, whoever may take it.
    pub fn scores(&self, class: Class, out: &mut [i32]) {
        self.ask(class, None, FORBIDDEN, out);
    }

    fn alone(&self, class: Class, floor: i32, out: &mut [i32]) {
        self.ask(class, Some(self.relaxed), floor, out);
        if let Some(team) = self.locks[class] {
            for (score, &of) in out.iter_mut().zip(&self.rep_teams) {
                if of != Some(team) {
                    *score = FORBIDDEN;
                }
            }
        }
    }

    fn ask(&self, class: Class, relaxed: Option<&[bool]>, floor: i32, out: &mut [i32]) {
        let asked = Asked {
            relaxed,
            floor,
            places: self.places.as_deref(),
        };
        self.scorer.row(self.classes.first(class), asked, out);
    }

    /// Writes how many hard rules keep each rep from a class.
    pub fn failed(&self, class: Class, out: &mut [u32]) {
        out.fill(0);
        let lead = self.classes.first(class);
        let mut spare = Vec::new();
        for (at, &is_relaxed) in self.relaxed.iter().enumerate() {
            if is_relaxed {
                continue;
            }
            let Some(mask) = self.scorer.mask(at, lead, &mut spare) else {
                continue;
            };
            for (rep, count) in self.reps.iter().zip(out.iter_mut()) {
                *count += u32::from(!mask[rep.at()]);
            }
        }
    }

    /// The tier of the leads of a class.
    pub fn tier_of(&self, class: Class) -> TierIndex {
        self.scorer.rules().lead_tiers[self.classes.first(class).at()]
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

    fn tier(&self, class: Class) -> Option<TierIndex> {
        Some(self.tier_of(class))
    }

    fn row(&self, class: Class, out: &mut [i32]) {
        thread_local! {
            /// Memory for sums that are not kept.
            static SUMS: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
        }
        let of = self
            .units
            .as_ref()
            .and_then(|units| Some((units, units.of(class)?)));
        match of {
            None => self.alone(class, self.min_score, out),
            Some((units, of)) => SUMS.with_borrow_mut(|spare| {
                units.share(of, self.sums_of(units, of.0, spare), out);
            }),
        }
    }
}

/// Scores are units of 0 to 1,000,000; a least score beyond that lets no pair through.
fn floor(min_score: Option<Points>) -> i32 {
    min_score.map_or(FORBIDDEN, |points| i32::try_from(points.0).unwrap_or(i32::MAX))
}

/// All that any rule sees of a lead, those apart that `relaxed` marks.
fn keys<'a>(rules: &'a Rules, relaxed: &[bool]) -> Vec<Key<'a>> {
    let mut keys: Vec<Key<'a>> = vec![Box::new(|lead| u64::from(rules.lead_tiers[lead.at()].0))];
    for (requirement, &is_relaxed) in rules.requirements.iter().zip(relaxed) {
        if !is_relaxed {
            keys.push(Box::new(|lead| coded(requirement.key(lead))));
        }
    }
    for limit in rules.limits.iter().filter(|limit| limit.leads.is_some()) {
        keys.push(Box::new(|lead| u64::from(limit.holds(lead))));
    }
    for part in &rules.parts {
        keys.push(Box::new(|lead| coded(part.key(lead))));
    }
    keys
}

fn coded(key: Option<u32>) -> u64 {
    key.map_or(u64::MAX, u64::from)
}
