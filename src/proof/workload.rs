//! `workload.csv`, made again from who has which lead.

use super::cells::{self, Row};
use super::files::OutTable;
use super::finding::{Finding, WORKLOAD};
use super::findings::Findings;
use super::headers;
use super::outcome::Maker;
use super::presence::absent;
use super::price::Price;
use crate::mistake::Position;
use crate::model::{Ceiling, LeadIndex, POINT, Points, Rep, RepIndex, Value};
use crate::rules::{Method, Verdict};

/// What a rep came to.
#[derive(Clone, Default)]
struct Load {
    assigned: u64,
    by_tier: Vec<u64>,
    score: i128,
    metres: i128,
    distances: i128,
    cents: Option<i128>,
}

/// Compares the whole table. `runners_up` tells for how many leads each rep was the runner-up; absent
/// where only a sample of leads was looked at.
pub(crate) fn check(maker: &Maker, table: &OutTable, runners_up: Option<&[u64]>, findings: &mut Findings) {
    let (batch, rules) = (maker.setting.batch, maker.setting.rules);
    let expected = headers::workload(&rules.tiers);
    if !cells::header(WORKLOAD, table, &expected, findings) {
        return;
    }
    let reps = &batch.reps.list;
    if table.cells.rows() != reps.len() {
        findings.push(Finding::Unreadable {
            position: Position::File(WORKLOAD.to_owned()),
            why: format!(
                "it has {} rows; the roster has {} reps",
                table.cells.rows(),
                reps.len()
            ),
        });
        return;
    }
    let (loads, prices) = (loads(maker), prices(maker));
    let priced = maker.passes.iter().any(super::stage::Numbers::is_whole);
    for (at, (rep, load)) in reps.iter().zip(&loads).enumerate() {
        let last = table.cells.get(at, expected.len() - 1);
        let mut row = Row::of(WORKLOAD, table, &expected, at, findings);
        person(&mut row, rep, load);
        for count in &load.by_tier {
            row.number(count);
        }
        row.maybe(load.mean_score());
        row.maybe(load.cents.map(hundredths));
        row.maybe(load.mean_km());
        let price = priced.then(|| prices[at].potential(rules.tiers.len()));
        let tier = price.and_then(|price| price.tier);
        row.text(&tier.map_or_else(String::new, |tier| format!("1 {}", rules.tiers[tier.at()])));
        row.maybe(price.map(|price| price.points));
        if let Some(why) = why_none(maker, RepIndex::new(at), load, runners_up, last) {
            row.text(&why);
        }
    }
}

fn person(row: &mut Row, rep: &Rep, load: &Load) {
    let after = u64::from(rep.open) + load.assigned;
    let ceiling = match rep.max_open {
        Ceiling::At(most) => Some(u64::from(most)),
        Ceiling::Unlimited => None,
    };
    row.text(&rep.id);
    row.text(&rep.name);
    row.text(&rep.team);
    row.maybe(ceiling);
    row.number(rep.open);
    row.number(load.assigned);
    row.number(after);
    // tenths of a percent, half up
    let used = ceiling
        .filter(|&most| most > 0)
        .map(|most| (after * 2000 + most) / (2 * most));
    row.maybe(used.map(|used| {
        if used % 10 == 0 {
            (used / 10).to_string()
        } else {
            format!("{}.{}", used / 10, used % 10)
        }
    }));
}

impl Load {
    fn mean_score(&self) -> Option<Points> {
        let hundredth = i128::from(POINT / 100);
        let mean = (self.assigned > 0).then(|| half_up(self.score, i128::from(self.assigned) * hundredth))?;
        i64::try_from(mean * hundredth).ok().map(Points)
    }

    fn mean_km(&self) -> Option<String> {
        let tenths = (self.distances > 0).then(|| half_up(self.metres, self.distances * 100))?;
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// Divides by a positive number and rounds half away from zero.
fn half_up(number: i128, by: i128) -> i128 {
    (number.abs() + by / 2) / by * number.signum()
}

fn hundredths(cents: i128) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    if rest == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:02}")
    }
}

fn loads(maker: &Maker) -> Vec<Load> {
    let (batch, rules) = (maker.setting.batch, maker.setting.rules);
    let blank = Load {
        by_tier: vec![0; rules.tiers.len()],
        ..Load::default()
    };
    let mut loads = vec![blank; batch.reps.list.len()];
    for at in 0..batch.leads.len() {
        let lead = LeadIndex::new(at);
        let Some(rep) = maker.setting.said.deal(lead).and_then(|dealt| dealt.rep) else {
            continue;
        };
        let load = &mut loads[rep.at()];
        load.assigned += 1;
        load.by_tier[rules.lead_tiers[at].at()] += 1;
        load.score += i128::from(rules.points(lead, rep).total.0);
        if let Some(km) = rules.distance_km(batch, lead, rep) {
            load.metres += whole(km * 1000.0);
            load.distances += 1;
        }
        if let Value::Number(value) = batch.leads.frame.value("value", at) {
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

/// Each rep's price after the last optimal pass that it was in.
fn prices(maker: &Maker) -> Vec<Price> {
    let mut prices = vec![Price::default(); maker.setting.batch.reps.list.len()];
    for numbers in maker
        .passes
        .iter()
        .filter(|numbers| numbers.pass.method == Method::Optimal)
    {
        for (leaf, rep) in numbers.reps.iter().enumerate() {
            prices[rep.at()] = numbers.price(leaf);
        }
    }
    prices
}

/// Why a rep got no lead; `None` where it cannot be told from what was looked at.
fn why_none(
    maker: &Maker,
    rep: RepIndex,
    load: &Load,
    runners_up: Option<&[u64]>,
    found: &str,
) -> Option<String> {
    let person = &maker.setting.batch.reps.list[rep.at()];
    if load.assigned > 0 {
        return Some(String::new());
    }
    if !person.active {
        return Some("inactive".to_owned());
    }
    if let Some(why) = absent(person) {
        return Some(why);
    }
    match person.max_open {
        Ceiling::At(0) => return Some("takes no lead: max_open is 0".to_owned()),
        Ceiling::At(most) if person.open >= most => {
            return Some(format!("full before the run: {} of {most} open", person.open));
        }
        Ceiling::At(_) | Ceiling::Unlimited => {}
    }
    if person.max_new == Some(0) {
        return Some("takes no new lead: max_new is 0".to_owned());
    }
    if let Some(most) = person.max_new.filter(|most| person.new_today >= *most) {
        let today = person.new_today;
        return Some(format!("no more new leads today: {today} of {most} dealt"));
    }
    if maker.setting.batch.leads.is_empty() {
        return Some("no lead to deal".to_owned());
    }
    let runner_up = runners_up?[rep.at()];
    // the count of leads that it may take is there only where the run counted them
    if found.starts_with("others were chosen") {
        return Some(if runner_up > 0 {
            format!("others were chosen (runner-up for {runner_up})")
        } else {
            "others were chosen, or no lead that it may take".to_owned()
        });
    }
    Some(match eligible(maker, rep) {
        0 => "no lead that it may take".to_owned(),
        count => {
            format!("may take {count} of the leads, but they went to others (runner-up for {runner_up})")
        }
    })
}

/// How many leads that are up for dealing a rep may take by the hard rules.
fn eligible(maker: &Maker, rep: RepIndex) -> usize {
    let rules = maker.setting.rules;
    let may = |lead: &LeadIndex| {
        rules.barred[lead.at()].is_none()
            && rules.requirements.iter().all(|rule| {
                rule.key(*lead)
                    .is_none_or(|key| rule.verdict(key, rep) == Verdict::Holds)
            })
    };
    (0..maker.setting.batch.leads.len())
        .map(LeadIndex::new)
        .filter(may)
        .count()
}
