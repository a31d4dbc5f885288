//! Rows of scores and of who may, for a lead and every rep: the same numbers as the plain scorer, made
//! fast.

use super::kept::Kept;
use super::loops::{LIGHT, count_allowed, divide_light, list_eligible};
use super::order::by_id;
use crate::model::{Batch, LeadIndex, RepIndex};
use crate::rules::{Rules, mean};
use crate::solve::transport::FORBIDDEN;
use std::cell::RefCell;

/// Bytes that kept rows of score parts may take.
const PARTS_BUDGET: usize = 256 << 20;
/// Bytes that kept rows of hard rules may take.
const MASKS_BUDGET: usize = 64 << 20;
/// Where only one rep in so many is eligible, scores are worked out for these alone.
const FEW: usize = 4;

/// Scores and permissions of a batch, row by row. Thread-safe; rows are made in memory of the thread that
/// is used again for the next.
#[derive(Debug)]
pub struct Scorer<'a> {
    rules: &'a Rules,
    order: Vec<RepIndex>,
    /// Weights divided by their greatest common divisor, which changes no mean.
    weights: Vec<i64>,
    /// Whether rows are kept weighted and summed in 32 bits.
    light: bool,
    parts: Vec<Kept<i32>>,
    masks: Vec<Kept<bool>>,
    /// Marks no hard rule as relaxed.
    strict: Vec<bool>,
}

/// What is asked of a row.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The hard rules that may forbid a rep, but for those marked; without it none may.
    pub relaxed: Option<&'a [bool]>,
    /// The least score that is allowed.
    pub floor: i32,
    /// The reps of the row by their places in the roster; without it all in the roster's order.
    pub places: Option<&'a [u32]>,
}

/// Memory for the rows that a thread makes.
#[derive(Default)]
struct Spare {
    /// A row of the whole roster.
    roster: Vec<i32>,
    /// The units of one part.
    units: Vec<i32>,
    /// Whom one hard rule allows.
    may: Vec<bool>,
    /// Sums that do not fit 32 bits.
    sums: Vec<i64>,
    /// For each rep 0, or that a hard rule forbids it.
    struck: Vec<i32>,
    /// The places in the roster of those whom none forbids.
    eligible: Vec<u32>,
    /// For each of these the units of one part, and the sum of all.
    few_units: Vec<i32>,
    few_sums: Vec<i32>,
}

thread_local! {
    static SPARE: RefCell<Spare> = RefCell::default();
}

impl<'a> Scorer<'a> {
    /// Prepares rows for the reps of a batch.
    pub fn new(batch: &Batch, rules: &'a Rules) -> Self {
        let reps = &batch.reps.list;
        let order = by_id(reps.len(), |at| &reps[at].id)
            .into_iter()
            .map(RepIndex)
            .collect();
        let divisor = rules
            .parts
            .iter()
            .fold(0, |divisor, part| gcd(divisor, i64::from(part.weight.0)))
            .max(1);
        let weights: Vec<i64> = rules
            .parts
            .iter()
            .map(|part| i64::from(part.weight.0) / divisor)
            .collect();
        let mut budget = PARTS_BUDGET;
        let parts = rules
            .parts
            .iter()
            .map(|part| Kept::new(part.keys(), reps.len(), &mut budget))
            .collect();
        let mut budget = MASKS_BUDGET;
        let masks = rules
            .requirements
            .iter()
            .map(|requirement| Kept::new(requirement.keys(), reps.len(), &mut budget))
            .collect();
        Self {
            rules,
            order,
            light: weights.iter().sum::<i64>() <= LIGHT,
            weights,
            parts,
            masks,
            strict: vec![false; rules.requirements.len()],
        }
    }

    /// The rules that are compiled here.
    pub fn rules(&self) -> &'a Rules {
        self.rules
    }

    /// The reps in id order.
    pub fn order(&self) -> &[RepIndex] {
        &self.order
    }

    /// A mark for each hard rule that says that none is relaxed.
    pub fn strict(&self) -> &[bool] {
        &self.strict
    }

    /// Writes the scores of reps for a lead in units, [`Rules::points`] for all at once, or [`FORBIDDEN`]
    /// where a hard rule or the floor forbids one.
    pub fn row(&self, lead: LeadIndex, asked: Asked<'_>, out: &mut [i32]) {
        SPARE.with_borrow_mut(|spare| {
            let Some(places) = asked.places else {
                return self.roster_row(lead, asked, spare, out);
            };
            let mut roster = std::mem::take(&mut spare.roster);
            roster.resize(self.order.len(), 0);
            self.roster_row(lead, asked, spare, &mut roster);
            for (score, &place) in out.iter_mut().zip(places) {
                *score = roster[place as usize];
            }
            spare.roster = roster;
        });
    }

    fn roster_row(&self, lead: LeadIndex, asked: Asked<'_>, spare: &mut Spare, out: &mut [i32]) {
        let few = asked
            .relaxed
            .and_then(|relaxed| self.strike_all(lead, relaxed, spare, out.len()));
        if few == Some(true) {
            self.few_scores(lead, spare, out);
        } else {
            if self.light {
                self.light_scores(lead, &mut spare.units, out);
            } else {
                self.heavy_scores(lead, spare, out);
            }
            if few.is_some() {
                for (score, &struck) in out.iter_mut().zip(&spare.struck) {
                    *score = if struck == FORBIDDEN { FORBIDDEN } else { *score };
                }
            }
        }
        if asked.floor > 0 {
            for score in out {
                *score = if *score >= asked.floor { *score } else { FORBIDDEN };
            }
        }
    }

    /// Strikes the reps whom hard rules keep from a lead, and lists the others if they are few; whether they
    /// are, or nothing where no rule applies.
    fn strike_all(&self, lead: LeadIndex, relaxed: &[bool], spare: &mut Spare, reps: usize) -> Option<bool> {
        let applies = |&at: &usize| !relaxed[at] && self.rules.requirements[at].key(lead).is_some();
        let mut rules = (0..relaxed.len()).filter(applies).peekable();
        rules.peek()?;
        spare.struck.clear();
        spare.struck.resize(reps, 0);
        for rule in rules {
            self.strike(rule, lead, &mut spare.may, &mut spare.struck);
        }
        let eligible = count_allowed(&spare.struck);
        let few = self.light && eligible <= reps / FEW;
        if few {
            list_eligible(&spare.struck, eligible, &mut spare.eligible);
        }
        Some(few)
    }

    /// The scores of the reps who are listed as eligible, for whom alone they are worked out.
    fn few_scores(&self, lead: LeadIndex, spare: &mut Spare, out: &mut [i32]) {
        let eligible = &spare.eligible;
        let (sums, some) = (&mut spare.few_sums, &mut spare.few_units);
        sums.clear();
        sums.resize(eligible.len(), 0);
        some.resize(eligible.len(), 0);
        let mut weights = 0;
        for (at, part) in self.rules.parts.iter().enumerate() {
            let Some(key) = part.key(lead) else { continue };
            weights += self.weights[at];
            if !self.parts[at].keeps() && part.some(key, eligible, some) {
                let weight = self.light_weight(at);
                for (sum, &units) in sums.iter_mut().zip(some.iter()) {
                    *sum += units * weight;
                }
            } else {
                let row = self.units(at, key, &mut spare.units);
                for (sum, &rep) in sums.iter_mut().zip(eligible) {
                    *sum += row[rep as usize];
                }
            }
        }
        divide_light(weights, sums);
        out.fill(FORBIDDEN);
        for (&score, &rep) in sums.iter().zip(eligible) {
            out[rep as usize] = score;
        }
    }

    /// Writes [`FORBIDDEN`] for every rep of the roster whom a hard rule keeps from a lead.
    fn strike(&self, requirement: usize, lead: LeadIndex, spare: &mut Vec<bool>, out: &mut [i32]) {
        let rule = &self.rules.requirements[requirement];
        if self.masks[requirement].keeps() {
            if let Some(mask) = self.mask(requirement, lead, spare) {
                for (score, &holds) in out.iter_mut().zip(mask) {
                    *score = if holds { *score } else { FORBIDDEN };
                }
            }
        } else if let Some(key) = rule.key(lead) {
            rule.strike(key, spare, out, FORBIDDEN);
        }
    }

    fn light_scores(&self, lead: LeadIndex, units: &mut Vec<i32>, out: &mut [i32]) {
        out.fill(0);
        let mut weights = 0;
        for (at, part) in self.rules.parts.iter().enumerate() {
            if let Some(key) = part.key(lead) {
                weights += self.weights[at];
                for (sum, &units) in out.iter_mut().zip(self.units(at, key, units)) {
                    *sum += units;
                }
            }
        }
        divide_light(weights, out);
    }

    fn light_weight(&self, part: usize) -> i32 {
        i32::try_from(self.weights[part]).expect("light weights are small")
    }

    fn heavy_scores(&self, lead: LeadIndex, spare: &mut Spare, out: &mut [i32]) {
        spare.sums.clear();
        spare.sums.resize(out.len(), 0);
        let mut weights = 0;
        for (at, part) in self.rules.parts.iter().enumerate() {
            if let Some(key) = part.key(lead) {
                weights += self.weights[at];
                let units = self.units(at, key, &mut spare.units);
                for (sum, &units) in spare.sums.iter_mut().zip(units) {
                    *sum += self.weights[at] * i64::from(units);
                }
            }
        }
        for (score, &sum) in out.iter_mut().zip(&spare.sums) {
            *score = i32::try_from(mean(sum, weights)).expect("a mean of parts is no more than a part");
        }
    }

    /// The units of a part by rep; times the part's weight if weights are light.
    fn units<'r>(&'r self, at: usize, key: u32, spare: &'r mut Vec<i32>) -> &'r [i32] {
        self.parts[at].row(key, spare, |row| {
            self.rules.parts[at].row(key, row);
            if self.light {
                let weight = self.light_weight(at);
                for units in row {
                    *units *= weight;
                }
            }
        })
    }

    /// For each hard rule that keeps any of the marked reps from a lead, how many of them it does; in the
    /// order of the rules, without the relaxed.
    pub fn blocked_by(&self, lead: LeadIndex, relaxed: &[bool], marked: &[bool]) -> Vec<(usize, u32)> {
        let mut spare = Vec::new();
        (0..relaxed.len())
            .filter(|&at| !relaxed[at])
            .filter_map(|at| {
                let mask = self.mask(at, lead, &mut spare)?;
                let blocked = mask
                    .iter()
                    .zip(marked)
                    .filter(|(holds, marked)| !**holds && **marked);
                u32::try_from(blocked.count())
                    .ok()
                    .filter(|&count| count > 0)
                    .map(|count| (at, count))
            })
            .collect()
    }

    /// Whether a hard rule lets each rep of the roster take a lead; `None` where it does not apply. `spare`
    /// is memory for a mask that is not kept.
    pub fn mask<'r>(
        &'r self,
        requirement: usize,
        lead: LeadIndex,
        spare: &'r mut Vec<bool>,
    ) -> Option<&'r [bool]> {
        let rule = &self.rules.requirements[requirement];
        let key = rule.key(lead)?;
        Some(self.masks[requirement].row(key, spare, |row| {
            row.fill(true);
            rule.clear_blocked(key, row);
        }))
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
