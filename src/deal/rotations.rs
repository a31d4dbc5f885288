//! The rotations of a pass, one for each group of leads, and their clocks from run to run.

use super::dealing::Dealing;
use crate::model::{Clock, LeadIndex, PassIndex, RepIndex, Weight};
use crate::rules::{Method, Pass};
use crate::solve::rotation::{Rotation, Seat, start};
use crate::solve::shares::shares;
use crate::solve::transport::Leaf;
use std::collections::BTreeMap;

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
    pinned: BTreeMap<u32, Vec<Leaf>>,
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
            pinned: pinned(dealing, pass, reps),
            clocks: pass.group_names.iter().map(clock).collect(),
            ids: reps.iter().map(|rep| list[rep.at()].id.clone()).collect(),
            catch_up: pass.catch_up,
        }
    }

    /// The leaf whose turn it is among those who may take a lead.
    pub(super) fn next(&mut self, lead: LeadIndex, may: impl Fn(Leaf) -> bool) -> Option<Leaf> {
        let group = self.group(self.groups[lead.at()]);
        let leaves = &group.leaves;
        let seat = group.rotation.next(|seat| may(leaves[seat]))?;
        Some(group.leaves[seat])
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
            .filter(|leaf| self.has_room[*leaf] || pinned.contains(leaf))
            .collect();
        let mut seats = vec![None; self.reps.len()];
        for (seat, &leaf) in leaves.iter().enumerate() {
            seats[leaf] = Some(seat);
        }
        let seat = |&leaf: &Leaf| {
            let turn = clock.turns.get(&self.ids[leaf]).copied();
            Seat {
                weight: self.weights[leaf],
                turn: turn.unwrap_or_else(|| start(None, clock.now, self.catch_up)),
            }
        };
        let mut rotation = Rotation::new(clock.now, leaves.iter().map(seat).collect());
        for &leaf in pinned {
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

    /// Stores the clocks of all groups that came up. Who was left out of the whole run is moved up to the
    /// clock now, so that being back it starts there, unless the pass says to catch up.
    pub(super) fn store(mut self, dealing: &mut Dealing<'_>) {
        let pinned: Vec<u32> = self.pinned.keys().copied().collect();
        for group in pinned {
            self.group(group);
        }
        let pass = &dealing.rules.passes[self.pass.at()];
        for (at, group) in self.under_way.into_iter().enumerate() {
            let Some(group) = group else { continue };
            let now = group.rotation.now();
            let mut turns = std::mem::take(&mut self.clocks[at].turns);
            for turn in turns.values_mut() {
                *turn = start(Some(*turn), now, self.catch_up);
            }
            let seated: Vec<i128> = group.rotation.turns().collect();
            for (id, seat) in self.ids.iter().zip(&group.seats) {
                if let Some(seat) = *seat {
                    turns.insert(id.clone(), seated[seat]);
                }
            }
            let name = (pass.name.clone(), pass.group_names[at].clone());
            dealing.history.clocks.insert(name, Clock { now, turns });
        }
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

/// The leaves to whom leads of the pass were pinned, by group, in the order of the pins.
fn pinned(dealing: &Dealing<'_>, pass: &Pass, reps: &[RepIndex]) -> BTreeMap<u32, Vec<Leaf>> {
    let mut pinned: BTreeMap<u32, Vec<Leaf>> = BTreeMap::new();
    for &(lead, rep) in &dealing.pinned {
        let leaf = reps.iter().position(|&of_pass| of_pass == rep);
        if let Some(leaf) = leaf.filter(|_| pass.leads[lead.at()]) {
            pinned.entry(pass.groups[lead.at()]).or_default().push(leaf);
        }
    }
    pinned
}
