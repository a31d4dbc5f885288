//! Passes that deal one lead after another, dealt again in order: whose turn it was.
//!
//! A rotation is packet scheduling by earliest eligible finish (Bennett and Zhang 1996): a clock that grows by
//! 1 / sum of weights with each lead, a turn for each rep that grows by 1 / weight with each lead it takes;
//! of those not ahead of the clock, or of all if there are none, the lowest turn + 1 / weight. The least
//! loaded is who has the smallest open / ceiling, then was served least. First ids settle what is equal.

use super::course::Load;
use super::finding::{ASSIGNMENTS, Finding, Findings, line_of};
use super::instance::NEVER;
use super::said::{Dealer, Fate};
use super::stage::Numbers;
use crate::model::{History, LeadIndex, RepIndex, Value, Why};
use crate::rules::Method;
use std::collections::BTreeMap;

/// One lead at a weight of a thousandth, in the units of stored turns.
const TURN: i128 = 1000 * 9_690_712_164_777_231_700_912_800;

/// Deals the turns of every pass again; returns for each lead why the least loaded had it. With `judged`
/// every lead with another rep, or with none, is a finding: that takes a look at every pair of the pass.
pub(crate) fn replay(
    passes: &[Numbers],
    history: &History,
    judged: bool,
    findings: &mut Findings,
) -> Vec<Option<Why>> {
    let leads = passes
        .first()
        .map_or(0, |numbers| numbers.setting.batch.leads.len());
    let mut whys = vec![None; leads];
    for numbers in passes {
        match numbers.pass.method {
            Method::RoundRobin | Method::TopProducer if judged => {
                let mut turns = Rotations::new(numbers, history);
                judge(numbers, &mut turns, &mut whys, findings);
            }
            Method::LeastLoaded => {
                let mut loads = Loads::new(numbers);
                if judged {
                    judge(numbers, &mut loads, &mut whys, findings);
                } else {
                    recount(numbers, &mut loads, &mut whys);
                }
            }
            _ => {}
        }
    }
    whys
}

/// A method that deals one lead after another.
trait Turns {
    /// Who is next among those who may take the lead.
    fn next(&mut self, lead: LeadIndex, may: &dyn Fn(usize) -> bool) -> Option<usize>;
    /// Counts a lead that a rep took; tells why, where that says more than whose turn it was.
    fn take(&mut self, lead: LeadIndex, leaf: usize) -> Option<Why>;
}

fn judge(numbers: &Numbers, turns: &mut dyn Turns, whys: &mut [Option<Why>], findings: &mut Findings) {
    let mut reader = numbers.pairs().reader(true);
    let mut row = vec![NEVER; numbers.reps.len()];
    let mut rooms: Vec<u32> = before(numbers).map(|load| load.room()).collect();
    for lead in in_order(numbers) {
        reader(lead, &mut row);
        let expected = turns.next(lead, &|leaf| row[leaf] != NEVER && rooms[leaf] > 0);
        let found = taker(numbers, lead);
        if found != expected {
            findings.push(out_of_turn(numbers, lead, found, expected));
        }
        if let Some(leaf) = found {
            rooms[leaf] = rooms[leaf].saturating_sub(1);
            whys[lead.at()] = turns.take(lead, leaf);
        }
    }
}

fn recount(numbers: &Numbers, turns: &mut dyn Turns, whys: &mut [Option<Why>]) {
    for lead in in_order(numbers) {
        if let Some(leaf) = taker(numbers, lead) {
            whys[lead.at()] = turns.take(lead, leaf);
        }
    }
}

fn before<'a>(numbers: &'a Numbers) -> impl Iterator<Item = &'a Load> {
    numbers.reps.iter().map(|rep| &numbers.stage.before[rep.at()])
}

/// The rep to whom the pass gave a lead, by its position in the pass.
fn taker(numbers: &Numbers, lead: LeadIndex) -> Option<usize> {
    let dealt = numbers.setting.said.deal(lead)?;
    let by_this = dealt.by == Dealer::Pass(numbers.stage.pass);
    dealt.rep.filter(|_| by_this).and_then(|rep| numbers.place(rep))
}

fn out_of_turn(numbers: &Numbers, lead: LeadIndex, found: Option<usize>, expected: Option<usize>) -> Finding {
    let said = numbers.setting.said;
    let id = |leaf: Option<usize>| {
        leaf.map(|leaf| {
            numbers.setting.batch.reps.list[numbers.reps[leaf].at()]
                .id
                .clone()
        })
    };
    Finding::OutOfTurn {
        position: match said.fates[lead.at()] {
            Fate::Dealt(dealt) => line_of(ASSIGNMENTS, said.assigned.lines[dealt.row]),
            Fate::Undealt(row) => line_of(super::finding::UNASSIGNED, said.unassigned.lines[row]),
            Fate::Unknown => crate::mistake::Position::Nowhere,
        },
        lead: numbers.setting.batch.leads.ids[lead.at()].clone(),
        pass: numbers.pass.name.clone(),
        found: id(found),
        expected: id(expected),
    }
}

/// The leads of a pass by tier, then `created_at` (those without one last), then as in the file.
fn in_order(numbers: &Numbers) -> Vec<LeadIndex> {
    let (batch, rules) = (numbers.setting.batch, numbers.setting.rules);
    let mut leads = numbers.stage.ups.clone();
    leads.sort_by_cached_key(|&lead| {
        let created = match batch.leads.frame.value("created_at", lead.at()) {
            Value::Date(moment) => Some(moment.0),
            _ => None,
        };
        (
            rules.lead_tiers[lead.at()],
            created.is_none(),
            created.unwrap_or(0),
            lead,
        )
    });
    leads
}

/// What each rep of a pass to the least loaded carries.
struct Loads {
    open: Vec<u64>,
    served: Vec<u64>,
    /// Ceilings times the sum of weights, and in whole leads.
    ceilings: Vec<(u128, u32)>,
}

impl Loads {
    fn new(numbers: &Numbers) -> Self {
        let (shares, reps) = (numbers.setting.shares, &numbers.setting.batch.reps.list);
        let ceiling = |rep: &RepIndex| {
            let rep = &reps[rep.at()];
            (shares.ceiling(rep), shares.whole_ceiling(rep))
        };
        Self {
            open: before(numbers).map(|load| load.open).collect(),
            served: before(numbers).map(|load| load.served).collect(),
            ceilings: numbers.reps.iter().map(ceiling).collect(),
        }
    }
}

impl Turns for Loads {
    fn next(&mut self, _lead: LeadIndex, may: &dyn Fn(usize) -> bool) -> Option<usize> {
        (0..self.open.len()).filter(|&leaf| may(leaf)).min_by(|&a, &b| {
            // open / ceiling, compared crosswise
            let cross =
                |one: usize, other: usize| u128::from(self.open[one]).saturating_mul(self.ceilings[other].0);
            let by_load = cross(a, b).cmp(&cross(b, a));
            by_load.then(self.served[a].cmp(&self.served[b]))
        })
    }

    fn take(&mut self, _lead: LeadIndex, leaf: usize) -> Option<Why> {
        let open = u32::try_from(self.open[leaf]).unwrap_or(u32::MAX);
        self.open[leaf] += 1;
        self.served[leaf] += 1;
        let ceiling = self.ceilings[leaf].1;
        Some(Why::LeastLoaded { open, ceiling })
    }
}

/// The rotations of a pass, one for each group of leads.
struct Rotations<'a> {
    groups: &'a [u32],
    under_way: Vec<Rotation>,
}

/// A rotation: seats by the position of their rep in the pass, those who are present.
struct Rotation {
    seats: BTreeMap<usize, Seat>,
    start: i128,
    dealt: i128,
    weights: i128,
}

struct Seat {
    weight: i128,
    turn: i128,
}

impl<'a> Rotations<'a> {
    fn new(numbers: &'a Numbers, history: &History) -> Self {
        let weights = weights(numbers);
        let rooms: Vec<bool> = before(numbers).map(|load| load.room() > 0).collect();
        let pins = pins(numbers);
        let names = numbers.pass.group_names.iter();
        let rotation = |(group, name): (usize, &String)| {
            let clock = history
                .clocks
                .get(&(numbers.pass.name.clone(), name.clone()))
                .cloned();
            let clock = clock.unwrap_or_default();
            let pinned: Vec<usize> = pins
                .iter()
                .filter(|pin| pin.0 as usize == group)
                .map(|pin| pin.1)
                .collect();
            let turn = |leaf: usize| {
                let id = &numbers.setting.batch.reps.list[numbers.reps[leaf].at()].id;
                let newcomer = if numbers.pass.catch_up {
                    0
                } else {
                    clock.now.max(0)
                };
                clock.turns.get(id).copied().unwrap_or(newcomer)
            };
            let seats: BTreeMap<usize, Seat> = (0..numbers.reps.len())
                .filter(|leaf| rooms[*leaf] || pinned.contains(leaf))
                .map(|leaf| {
                    let (weight, turn) = (i128::from(weights[leaf]), turn(leaf));
                    (leaf, Seat { weight, turn })
                })
                .collect();
            let mut rotation = Rotation {
                start: clock.now,
                dealt: 0,
                weights: seats.values().map(|seat| seat.weight).sum(),
                seats,
            };
            pinned.iter().for_each(|&leaf| rotation.serve(leaf));
            rotation
        };
        Self {
            groups: &numbers.pass.groups,
            under_way: names.enumerate().map(rotation).collect(),
        }
    }
}

impl Turns for Rotations<'_> {
    fn next(&mut self, lead: LeadIndex, may: &dyn Fn(usize) -> bool) -> Option<usize> {
        let rotation = &self.under_way[self.groups[lead.at()] as usize];
        let finish = |(&leaf, seat): (&usize, &Seat)| {
            (
                rotation.is_ahead(seat.turn),
                seat.turn.saturating_add(TURN / seat.weight),
                leaf,
            )
        };
        let open = rotation
            .seats
            .iter()
            .filter(|(leaf, seat)| seat.weight > 0 && may(**leaf));
        open.map(finish).min().map(|(_, _, leaf)| leaf)
    }

    fn take(&mut self, lead: LeadIndex, leaf: usize) -> Option<Why> {
        self.under_way[self.groups[lead.at()] as usize].serve(leaf);
        Some(Why::Turn)
    }
}

impl Rotation {
    fn serve(&mut self, leaf: usize) {
        if let Some(seat) = self.seats.get_mut(&leaf)
            && seat.weight > 0
        {
            seat.turn = seat.turn.saturating_add(TURN / seat.weight);
            self.dealt += 1;
        }
    }

    /// Tells whether a turn is ahead of the clock, which stands at `start + dealt / weights`.
    fn is_ahead(&self, turn: i128) -> bool {
        let ahead = turn.saturating_sub(self.start);
        ahead > 0
            && ahead
                .checked_mul(self.weights)
                .is_none_or(|ahead| ahead > self.dealt.saturating_mul(TURN))
    }
}

/// Pinned leads that a pass is for, as group and position of the rep in the pass: they count as turns.
fn pins(numbers: &Numbers) -> Vec<(u32, usize)> {
    let said = numbers.setting.said;
    let pinned = |at: usize| {
        let dealt = said
            .deal(LeadIndex::new(at))
            .filter(|dealt| dealt.by == Dealer::Pin)?;
        let leaf = numbers.place(dealt.rep?)?;
        numbers.pass.leads[at].then(|| (numbers.pass.groups[at], leaf))
    };
    (0..said.fates.len()).filter_map(pinned).collect()
}

/// The shares of a pass in thousandths: weights, or performance, which leaves nobody without any.
fn weights(numbers: &Numbers) -> Vec<u32> {
    let reps = &numbers.setting.batch.reps;
    if numbers.pass.method != Method::TopProducer {
        return numbers
            .reps
            .iter()
            .map(|rep| reps.list[rep.at()].weight.0)
            .collect();
    }
    let performance = |rep: &RepIndex| reps.frame.value("performance", rep.at()).number();
    let performances: Vec<Option<f64>> = numbers.reps.iter().map(performance).collect();
    by_performance(&performances, numbers.pass.floor)
}

/// Shares by performance, 1000 times a thousand for the mean: a missing one is the median of the others,
/// none is less than `floor` times the mean.
fn by_performance(performances: &[Option<f64>], floor: f64) -> Vec<u32> {
    const MEAN: f64 = 1_000_000.0;
    let finite = |performance: &Option<f64>| performance.filter(|value| value.is_finite());
    let mut sorted: Vec<f64> = performances.iter().filter_map(finite).collect();
    sorted.sort_by(f64::total_cmp);
    let greatest = sorted.last().copied().unwrap_or(0.0);
    if greatest <= 0.0 {
        return vec![1_000_000; performances.len()];
    }
    let share = |value: f64| (value / greatest).max(0.0);
    let (lower, upper) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    let median = share(lower / 2.0 + upper / 2.0);
    let missing = number(performances.len() - sorted.len());
    let known: f64 = sorted.iter().map(|&value| share(value)).sum();
    let mean = (known + missing * median) / number(performances.len());
    let least = (floor.clamp(0.0, 1.0) * mean).max(0.0);
    performances
        .iter()
        .map(|performance| {
            let own = finite(performance).map_or(median, share).max(least);
            whole(own / mean * MEAN).max(1)
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "rosters are far smaller than 2^52")]
fn number(reps: usize) -> f64 {
    reps as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of weights"
)]
fn whole(thousandths: f64) -> u32 {
    thousandths.round().clamp(0.0, 1e9) as u32
}
