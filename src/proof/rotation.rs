//! Rotations, dealt again: packet scheduling by earliest eligible finish (Bennett and Zhang 1996,
//! doi:10.1109/INFCOM.1996.497885).
//!
//! A clock grows by 1 / sum of weights with each lead, a rep's turn by 1 / weight with each lead it takes; of
//! those not ahead of the clock, or of all if there are none, the lowest turn + 1 / weight, then first id.

use super::course::LEAD;
use super::stage::Numbers;
use super::turns::{Turns, before};
use crate::model::{History, LeadIndex, RepIndex, Why};
use crate::rules::Method;
use std::collections::BTreeMap;

/// The rotations of a pass, one for each group of leads.
pub(crate) struct Rotations<'a> {
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
    /// Seats those who have room or were pinned a lead, where the clocks of earlier runs left them.
    pub fn new(numbers: &'a Numbers, history: &History) -> Self {
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
                let newcomer = if numbers.pass.catch_up { 0 } else { clock.now };
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
            for leaf in pinned {
                rotation.serve(leaf);
            }
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
                seat.turn.saturating_add(LEAD / seat.weight),
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
            seat.turn = seat.turn.saturating_add(LEAD / seat.weight);
            self.dealt += 1;
        }
    }

    /// Tells whether a turn is ahead of the clock, which stands at `start + dealt / weights`.
    fn is_ahead(&self, turn: i128) -> bool {
        let ahead = turn.saturating_sub(self.start);
        ahead > 0
            && ahead
                .checked_mul(self.weights)
                .is_none_or(|ahead| ahead > self.dealt.saturating_mul(LEAD))
    }
}

/// Pinned leads that a pass is for, as group and position of the rep in the pass: they count as turns.
fn pins(numbers: &Numbers) -> Vec<(u32, usize)> {
    let said = numbers.setting.said;
    let pinned = |at: usize| {
        let dealt = said
            .deal(LeadIndex::new(at))
            .filter(|dealt| dealt.by.is_before_passes())?;
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
