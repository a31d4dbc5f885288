//! What each rep came to: leads by tier, scores, distances, value, and why somebody got none.

use super::Run;
use crate::model::{Ceiling, LeadIndex, Outcome, POINT, Points, Rep, RepIndex, Value};

/// What a rep came to in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// New leads.
    pub assigned: u32,
    /// Of these by tier, best first.
    pub by_tier: Vec<u32>,
    /// Sum of their scores in units.
    score: i128,
    /// Sum of their distances in metres, and of how many it is.
    metres: (i128, u32),
    /// Sum of their `value` in hundredths, where any has one.
    cents: Option<i128>,
    /// Leads for which it was the runner-up.
    pub runner_up: u32,
}

impl Load {
    /// The mean score, to a hundredth of a point.
    pub fn mean_score(&self) -> Option<Points> {
        let count = i128::from(self.assigned);
        let hundredth = i128::from(POINT / 100);
        let mean = (count > 0).then(|| div_round(self.score, count * hundredth))?;
        i64::try_from(mean * hundredth).ok().map(Points)
    }

    /// The mean distance in kilometres, to a tenth, of the leads whose distance is known.
    pub fn mean_km(&self) -> Option<String> {
        let (metres, count) = self.metres;
        (count > 0).then(|| tenths(div_round(metres, i128::from(count) * 100)))
    }

    /// The sum of the leads' `value`, to a hundredth.
    pub fn value(&self) -> Option<String> {
        let cents = self.cents?;
        let sign = if cents < 0 { "-" } else { "" };
        let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        Some(if rest == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{rest:02}")
        })
    }
}

/// Divides by a positive number and rounds half away from zero.
fn div_round(number: i128, by: i128) -> i128 {
    (number.abs() + by / 2) / by * number.signum()
}

fn tenths(tenths: i128) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Adds up what each rep came to, in roster order.
pub fn loads(run: &Run) -> Vec<Load> {
    let tiers = run.allocation.tier_names.len();
    let blank = Load {
        by_tier: vec![0; tiers],
        ..Load::default()
    };
    let mut loads = vec![blank; run.batch.reps.list.len()];
    let values = run.batch.leads.frame.column("value");
    for (at, outcome) in run.allocation.outcomes.iter().enumerate() {
        let Outcome::Assigned(deal) = outcome else {
            continue;
        };
        if let Some((other, _)) = deal.runner_up {
            loads[other.at()].runner_up += 1;
        }
        let Some(rep) = deal.rep else { continue };
        let load = &mut loads[rep.at()];
        load.assigned += 1;
        load.by_tier[run.allocation.tiers[LeadIndex::new(at).at()].at()] += 1;
        load.score += i128::from(deal.score.0);
        if let Some(km) = deal.distance_km {
            load.metres.0 += whole(km * 1000.0);
            load.metres.1 += 1;
        }
        if let Some(Value::Number(value)) = values.map(|column| column.value(at)) {
            *load.cents.get_or_insert(0) += whole(value * 100.0);
        }
    }
    loads
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond the range is cut to it"
)]
fn whole(number: f64) -> i128 {
    i128::from(number.round() as i64)
}

/// The open leads of a rep after the run.
pub fn open_after(rep: &Rep, load: &Load) -> u64 {
    u64::from(rep.open) + u64::from(load.assigned)
}

/// How much of a rep's ceiling is used after the run, in tenths of a percent; absent without a ceiling or
/// with a ceiling of 0.
pub fn used_permille(rep: &Rep, load: &Load) -> Option<u64> {
    match rep.max_open {
        Ceiling::At(most) if most > 0 => {
            let most = u64::from(most);
            Some((open_after(rep, load) * 2000 + most) / (2 * most))
        }
        Ceiling::At(_) | Ceiling::Unlimited => None,
    }
}

/// Why a rep got no lead; empty where it got one.
pub fn why_none(run: &Run, rep: RepIndex, load: &Load) -> String {
    let person = &run.batch.reps.list[rep.at()];
    if load.assigned > 0 {
        return String::new();
    }
    if !person.active {
        return "inactive".to_owned();
    }
    if let Some(absence) = person.absence.as_ref().filter(|absence| absence.is_whole()) {
        return absence.text();
    }
    match person.max_open {
        Ceiling::At(0) => return "takes no lead: max_open is 0".to_owned(),
        Ceiling::At(most) if person.open >= most => {
            return format!("full before the run: {} of {most} open", person.open);
        }
        Ceiling::At(_) | Ceiling::Unlimited => {}
    }
    if person.max_new == Some(0) {
        return "takes no new lead: max_new is 0".to_owned();
    }
    if let Some(most) = person.max_new.filter(|most| person.new_today >= *most) {
        return format!("no more new leads today: {} of {most} dealt", person.new_today);
    }
    if run.allocation.outcomes.is_empty() {
        return "no lead to deal".to_owned();
    }
    match run.allocation.eligible.get(rep.at()) {
        Some(0) => "no lead that it may take".to_owned(),
        Some(&count) => format!(
            "may take {count} of the leads, but they went to others (runner-up for {})",
            load.runner_up
        ),
        None if load.runner_up > 0 => {
            format!("others were chosen (runner-up for {})", load.runner_up)
        }
        None => "others were chosen, or no lead that it may take".to_owned(),
    }
}
