//! The rotations of a pass, one for each group of leads, and their clocks from run to run.
//!
//! A newcomer starts at the clock. Who was left out of a run (away, inactive, full from its start, not on the
//! roster) keeps its *distance* to the clock: its turn grows as the clock grew, so that it comes back exactly as
//! much ahead of or behind its share as it went. Moving it up to the clock instead would forgive what it was
//! owed, and move it down what it had too much, at every leave: over a year of leave here and there the counts
//! drift whole leads apart. With `catch_up` it keeps the turn itself, and so makes up for what it missed.
//!
//! No rule can keep every rep within one lead of its share whatever the pattern of leave: that is the carpool
//! problem, whose unfairness grows with the number of people against an adversary (M. Ajtai, J. Aspnes,
//! M. Naor, Y. Rabani, L. J. Schulman, O. Waarts, Fairness in scheduling, Journal of Algorithms 29, 1998,
//! doi:10.1006/jagm.1998.0953). How seldom ordinary leave does that is measured where the tests deal a year.

use super::dealing::Dealing;
use crate::model::{Clock, LeadIndex, Moved, PassIndex, RepIndex, Weight};
use crate::rules::{Method, Pass};
use crate::solve::rotation::{Rotation, Seat, step};
use crate::solve::shares::shares;
use crate::solve::transport::Leaf;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rotations of a pass. A group whose leads do not come up leaves its clock as it was.
pub(super) struct Rotations {
    pass: PassIndex,
    /// Each lead's group.
    groups: Vec<u32>,
    /// The rotation of each group, once a lead of it was pinned or came up.
    under_way: Vec<Option<Group>>,
    /// The reps of the pass: the leaves.
    reps: Vec<RepIndex>,
    weights: Vec<Weight>,
    /// Whether each rep had room when the pass began.
    has_room: Vec<bool>,
    /// Leads pinned to reps of the pass, which count as turns, by group.
    pinned: BTreeMap<u32, Vec<(LeadIndex, Leaf)>>,
    /// The same of reps who would be of the pass but are away.
    pinned_away: BTreeMap<u32, Vec<(LeadIndex, RepIndex)>>,
    /// The leads that came up, with the group and who took them.
    taken: Vec<(LeadIndex, u32, Leaf)>,
    /// For each group its clock at the start.
    clocks: Vec<Clock>,
    ids: Vec<String>,
    catch_up: bool,
}

/// A rotation with the leaf of each seat, in id order.
struct Group {
    rotation: Rotation,
    leaves: Vec<Leaf>,
    /// For each leaf its seat.
    seats: Vec<Option<usize>>,
}

impl Rotations {
    pub(super) fn new(dealing: &Dealing<'_>, at: PassIndex, reps: &[RepIndex]) -> Self {
        let pass = &dealing.rules.passes[at.at()];
        let clock = |group: &String| {
            let name = (pass.name.clone(), group.clone());
            dealing.history.clocks.get(&name).cloned().unwrap_or_default()
        };
        let list = &dealing.batch.reps.list;
        Self {
            pass: at,
            groups: pass.groups.clone(),
            under_way: pass.group_names.iter().map(|_| None).collect(),
            reps: reps.to_vec(),
            weights: weights(dealing, pass, reps),
            has_room: reps.iter().map(|&rep| dealing.loads.room(rep) > 0).collect(),
            pinned: by_group(dealing, pass, |rep| {
                reps.iter().position(|&of_pass| of_pass == rep)
            }),
            pinned_away: by_group(dealing, pass, |rep| is_missed(dealing, pass, rep).then_some(rep)),
            taken: Vec::new(),
            clocks: pass.group_names.iter().map(clock).collect(),
            ids: reps.iter().map(|rep| list[rep.at()].id.clone()).collect(),
            catch_up: pass.catch_up,
        }
    }

    /// The leaf whose turn it is among those who may take a lead.
    pub(super) fn next(&mut self, lead: LeadIndex, may: impl Fn(Leaf) -> bool) -> Option<Leaf> {
        let at = self.groups[lead.at()];
        let group = self.group(at);
        let leaves = &group.leaves;
        let seat = group.rotation.next(|seat| may(leaves[seat]))?;
        let taker = leaves[seat];
        self.taken.push((lead, at, taker));
        Some(taker)
    }

    /// Counts a lead that a rep got at the turn of another, of whose unit it is, as one of that turn's group.
    pub(super) fn serve(&mut self, first: LeadIndex, other: LeadIndex, taker: Leaf) {
        let at = self.groups[first.at()];
        let group = self.group(at);
        if let Some(seat) = group.seats[taker] {
            group.rotation.serve(seat);
        }
        self.taken.push((other, at, taker));
    }

    fn group(&mut self, group: u32) -> &mut Group {
        let at = group as usize;
        let made = match self.under_way[at].take() {
            Some(made) => made,
            None => self.make(group),
        };
        self.under_way[at].insert(made)
    }

    /// Seats the reps who have room or were pinned a lead of the group, and counts their pins as turns.
    fn make(&self, group: u32) -> Group {
        let clock = &self.clocks[group as usize];
        let pinned = self.pinned.get(&group).map_or(&[][..], Vec::as_slice);
        let leaves: Vec<Leaf> = (0..self.reps.len())
            .filter(|leaf| self.has_room[*leaf] || pinned.iter().any(|(_, to)| to == leaf))
            .collect();
        let mut seats = vec![None; self.reps.len()];
        for (seat, &leaf) in leaves.iter().enumerate() {
            seats[leaf] = Some(seat);
        }
        let seat = |&leaf: &Leaf| Seat {
            weight: self.weights[leaf],
            turn: self.turn(clock, &self.ids[leaf]),
        };
        let mut rotation = Rotation::new(clock.now, leaves.iter().map(seat).collect());
        for &(_, leaf) in pinned {
            if let Some(seat) = seats[leaf] {
                rotation.serve(seat);
            }
        }
        Group {
            rotation,
            leaves,
            seats,
        }
    }

    /// A rep's turn on a clock; a newcomer's is the clock, or with `catch_up` that of the first day.
    fn turn(&self, clock: &Clock, id: &str) -> i128 {
        let newcomer = if self.catch_up { 0 } else { clock.now };
        clock.turns.get(id).copied().unwrap_or(newcomer)
    }

    /// Stores the clocks of all groups that came up. Whoever was left out of the whole run keeps its distance
    /// to the clock, or with `catch_up` its turn.
    pub(super) fn store(mut self, dealing: &mut Dealing<'_>) {
        let pinned: Vec<u32> = self.pinned.keys().copied().collect();
        for group in pinned {
            self.group(group);
        }
        if dealing.batch.past.is_kept {
            let moved = self.moved(dealing);
            dealing.turned.extend(moved);
        }
        let pass = &dealing.rules.passes[self.pass.at()];
        for (at, name) in pass.group_names.iter().enumerate() {
            let away = u32::try_from(at).ok().and_then(|at| self.pinned_away.get(&at));
            if let Some(clock) = self.after(dealing, at, away.map_or(&[][..], Vec::as_slice)) {
                dealing
                    .history
                    .clocks
                    .insert((pass.name.clone(), name.clone()), clock);
            }
        }
    }

    /// The clock of a group after the run, given the leads pinned to reps who are away; none if nothing moved it.
    fn after(
        &self,
        dealing: &Dealing<'_>,
        at: usize,
        pinned_away: &[(LeadIndex, RepIndex)],
    ) -> Option<Clock> {
        let before = &self.clocks[at];
        let group = self.under_way[at].as_ref();
        if group.is_none() && pinned_away.is_empty() {
            return None;
        }
        let now = group.map_or(before.now, |group| group.rotation.now());
        let grown = now.saturating_sub(before.now);
        let mut turns = before.turns.clone();
        if !self.catch_up {
            for turn in turns.values_mut() {
                *turn = turn.saturating_add(grown);
            }
        }
        if let Some(group) = group {
            let seated: Vec<i128> = group.rotation.turns().collect();
            for (id, seat) in self.ids.iter().zip(&group.seats) {
                if let Some(seat) = *seat {
                    turns.insert(id.clone(), seated[seat]);
                }
            }
        }
        for &(_, rep) in pinned_away {
            let person = &dealing.batch.reps.list[rep.at()];
            let newcomer = if self.catch_up { 0 } else { now };
            let turn = turns.entry(person.id.clone()).or_insert(newcomer);
            *turn = turn.saturating_add(step(person.weight));
        }
        Some(Clock { now, turns })
    }

    /// What each lead moved on the clocks of the pass.
    fn moved(&self, dealing: &Dealing<'_>) -> Vec<Moved> {
        let pass = &dealing.rules.passes[self.pass.at()];
        let name: Arc<str> = Arc::from(pass.name.as_str());
        let groups: Vec<Arc<str>> = pass
            .group_names
            .iter()
            .map(|group| Arc::from(group.as_str()))
            .collect();
        let moved = |lead: LeadIndex, group: u32, weight: Weight| Moved {
            lead,
            pass: Arc::clone(&name),
            group: Arc::clone(&groups[group as usize]),
            turn: step(weight),
        };
        let taken = self.taken.iter();
        let taken = taken.map(|&(lead, group, leaf)| moved(lead, group, self.weights[leaf]));
        let pinned = (self.pinned.iter()).flat_map(|(&group, pins)| pins.iter().map(move |pin| (group, pin)));
        let pinned = pinned.map(|(group, &(lead, leaf))| moved(lead, group, self.weights[leaf]));
        let weight = |rep: RepIndex| dealing.batch.reps.list[rep.at()].weight;
        let away =
            (self.pinned_away.iter()).flat_map(|(&group, pins)| pins.iter().map(move |pin| (group, pin)));
        let away = away.map(|(group, &(lead, rep))| moved(lead, group, weight(rep)));
        taken.chain(pinned).chain(away).collect()
    }
}

/// The shares of a pass: the reps' weights, or their performance, which leaves nobody without any.
fn weights(dealing: &Dealing<'_>, pass: &Pass, reps: &[RepIndex]) -> Vec<Weight> {
    if pass.method != Method::TopProducer {
        let list = &dealing.batch.reps.list;
        return reps.iter().map(|rep| list[rep.at()].weight).collect();
    }
    let frame = &dealing.batch.reps.frame;
    let performances: Vec<Option<f64>> = reps
        .iter()
        .map(|rep| frame.value("performance", rep.at()).number())
        .collect();
    let least = Weight(1);
    let weights = shares(&performances, pass.floor);
    weights.into_iter().map(|weight| weight.max(least)).collect()
}

/// The leads of a pass that were pinned to those whom `to` knows, by group, in the order of the pins.
fn by_group<T>(
    dealing: &Dealing<'_>,
    pass: &Pass,
    to: impl Fn(RepIndex) -> Option<T>,
) -> BTreeMap<u32, Vec<(LeadIndex, T)>> {
    let mut pinned: BTreeMap<u32, Vec<(LeadIndex, T)>> = BTreeMap::new();
    for &(lead, rep) in &dealing.pinned {
        if let Some(to) = to(rep).filter(|_| pass.leads[lead.at()]) {
            pinned.entry(pass.groups[lead.at()]).or_default().push((lead, to));
        }
    }
    pinned
}

/// Tells whether a rep would take part in a rotation by weight were it not away.
fn is_missed(dealing: &Dealing<'_>, pass: &Pass, rep: RepIndex) -> bool {
    let person = &dealing.batch.reps.list[rep.at()];
    pass.method == Method::RoundRobin && pass.reps[rep.at()] && !person.is_present() && person.weight.0 > 0
}
