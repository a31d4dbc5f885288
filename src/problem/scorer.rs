//! Rows of scores and of who may, for a lead and every rep in id order: the same numbers as the
//! plain scorer, made fast.

use super::kept::{Kept, Row};
use super::order::by_id;
use crate::model::{Batch, LeadIndex, RepIndex};
use crate::rules::{Rules, mean};

/// Bytes that kept rows of score parts may take.
const PARTS_BUDGET: usize = 256 << 20;
/// Bytes that kept rows of hard rules may take.
const MASKS_BUDGET: usize = 64 << 20;
/// Largest sum of reduced weights for which sums of weighted units fit into 32 bits.
const LIGHT: i64 = i32::MAX as i64 / 1_000_000;

/// Scores and permissions of a batch, row by row. Thread-safe.
#[derive(Debug)]
pub struct Scorer<'a> {
    rules: &'a Rules,
    order: Vec<RepIndex>,
    straight: bool,
    /// Weights divided by their greatest common divisor, which changes no mean.
    weights: Vec<i64>,
    /// Whether rows are kept weighted and summed in 32 bits.
    light: bool,
    parts: Vec<Kept<i32>>,
    masks: Vec<Kept<bool>>,
    /// Marks no hard rule as relaxed.
    strict: Vec<bool>,
}

impl<'a> Scorer<'a> {
    /// Prepares rows for the reps of a batch in id order.
    pub fn new(batch: &Batch, rules: &'a Rules) -> Self {
        let reps = &batch.reps.list;
        let order: Vec<RepIndex> = by_id(reps.len(), |at| &reps[at].id)
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
            straight: order.iter().enumerate().all(|(at, rep)| rep.at() == at),
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

    /// The reps in id order, which is the order of all rows.
    pub fn order(&self) -> &[RepIndex] {
        &self.order
    }

    /// A mark for each hard rule that says that none is relaxed.
    pub fn strict(&self) -> &[bool] {
        &self.strict
    }

    /// Writes every rep's score of a lead in units: [`Rules::points`], for all reps at once.
    pub fn scores(&self, lead: LeadIndex, out: &mut [i32]) {
        if self.light {
            self.light_scores(lead, out);
        } else {
            self.heavy_scores(lead, out);
        }
    }

    fn light_scores(&self, lead: LeadIndex, out: &mut [i32]) {
        out.fill(0);
        let mut weights = 0;
        for (at, part) in self.rules.parts.iter().enumerate() {
            if let Some(key) = part.key(lead) {
                weights += self.weights[at];
                for (sum, &units) in out.iter_mut().zip(&*self.units(at, key)) {
                    *sum += units;
                }
            }
        }
        if weights > 0 {
            let weights = i32::try_from(weights).expect("light weights are small");
            divide(f64::from(weights), out);
        }
    }

    fn heavy_scores(&self, lead: LeadIndex, out: &mut [i32]) {
        let mut sums = vec![0i64; out.len()];
        let mut weights = 0;
        for (at, part) in self.rules.parts.iter().enumerate() {
            if let Some(key) = part.key(lead) {
                weights += self.weights[at];
                for (sum, &units) in sums.iter_mut().zip(&*self.units(at, key)) {
                    *sum += self.weights[at] * i64::from(units);
                }
            }
        }
        for (score, sum) in out.iter_mut().zip(sums) {
            *score = i32::try_from(mean(sum, weights)).expect("a mean of parts is no more than a part");
        }
    }

    /// The units of a part by rep in id order; times the part's weight if weights are light.
    fn units(&self, at: usize, key: u32) -> Row<'_, i32> {
        self.parts[at].row(key, |row| {
            let part = &self.rules.parts[at];
            if self.straight {
                part.row(key, row);
            } else {
                let mut roster = vec![0; row.len()];
                part.row(key, &mut roster);
                for (units, rep) in row.iter_mut().zip(&self.order) {
                    *units = roster[rep.at()];
                }
            }
            if self.light {
                let weight = i32::try_from(self.weights[at]).expect("light weights are small");
                for units in row {
                    *units *= weight;
                }
            }
        })
    }

    /// Clears `out` for every rep whom a hard rule keeps from a lead, those apart that `relaxed` marks.
    pub fn clear_blocked(&self, lead: LeadIndex, relaxed: &[bool], out: &mut [bool]) {
        for (at, &is_relaxed) in relaxed.iter().enumerate() {
            if !is_relaxed && let Some(mask) = self.mask(at, lead) {
                for (may, &holds) in out.iter_mut().zip(&*mask) {
                    *may &= holds;
                }
            }
        }
    }

    /// For each hard rule that keeps any of the marked reps (in the order of the roster) from a lead,
    /// how many of them it does; in the order of the rules, without the relaxed.
    pub fn blocked_by(&self, lead: LeadIndex, relaxed: &[bool], marked: &[bool]) -> Vec<(usize, u32)> {
        (0..relaxed.len())
            .filter(|&at| !relaxed[at])
            .filter_map(|at| {
                let mask = self.mask(at, lead)?;
                let blocked = mask
                    .iter()
                    .zip(&self.order)
                    .filter(|(holds, rep)| !**holds && marked[rep.at()]);
                u32::try_from(blocked.count())
                    .ok()
                    .filter(|&count| count > 0)
                    .map(|count| (at, count))
            })
            .collect()
    }

    /// Whether a hard rule lets each rep, in id order, take a lead; `None` where it does not apply.
    pub fn mask(&self, requirement: usize, lead: LeadIndex) -> Option<Row<'_, bool>> {
        let rule = &self.rules.requirements[requirement];
        let key = rule.key(lead)?;
        Some(self.masks[requirement].row(key, |row| {
            let mut roster = vec![true; row.len()];
            rule.clear_blocked(key, &mut roster);
            for (may, rep) in row.iter_mut().zip(&self.order) {
                *may = roster[rep.at()];
            }
        }))
    }
}

/// Divides sums by a weight, half up, in place; sums are not negative and 31 bits wide, scores
/// below 2²⁰ and the weight below 2¹².
///
/// Half up of s/w is the integer nearest to (s + ¼)/w: a quarter breaks ties upwards and is too
/// little to cross another one, from which the quotient keeps 1/(4w) > 2⁻¹⁴ away, while the two
/// roundings here err by less than 2⁻³⁰. Adding 1½·2⁵² leaves the nearest integer in the low bits.
fn divide(weight: f64, sums: &mut [i32]) {
    const NEAREST: f64 = 6_755_399_441_055_744.0;
    let inverse = 1.0 / weight;
    for sum in sums {
        let quotient = (f64::from(*sum) + 0.25) * inverse + NEAREST;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits hold the integer")]
        {
            *sum = quotient.to_bits() as i32;
        }
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(sum: i32, weight: i32) {
        let mut sums = [sum];
        divide(f64::from(weight), &mut sums);
        assert_eq!(
            i64::from(sums[0]),
            mean(i64::from(sum), i64::from(weight)),
            "{sum} / {weight}"
        );
    }

    #[test]
    fn halves_are_rounded_up_for_every_light_weight() {
        for weight in 1..=i32::try_from(LIGHT).unwrap() {
            for quotient in [0, 1, 2, 499_999, 999_998, 999_999] {
                let below = quotient * weight + weight / 2;
                for sum in [below - 1, below, below + 1, below + 2] {
                    if (0..=1_000_000 * weight).contains(&sum) {
                        check(sum, weight);
                    }
                }
            }
            check(1_000_000 * weight, weight);
        }
    }

    proptest! {
        #[test]
        fn division_is_the_mean_of_the_plain_scorer(weight in 1i32..=2147, share in 0.0f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, reason = "below 31 bits")]
            check((share * 1_000_000.0 * f64::from(weight)) as i32, weight);
        }
    }
}
