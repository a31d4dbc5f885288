//! Leads that go to one rep together: which of them are up for a pass, why they went there, or why nowhere.
//!
//! Of a unit, those leads are dealt together that are up for a pass. Those that are barred or offered are no part of
//! it, and those that a pin or an earlier pass dealt hold the others: they go to the same rep, or to nobody. Passes
//! by claims and offers deal each lead alone.

use super::dealing::Dealing;
use super::undealt;
use crate::model::{
    Gathered, LeadIndex, NotDealt, Note, PassIndex, RepIndex, TeamIndex, UnitIndex, Whole, Why,
};
use crate::problem::{Hold, NOT_ALL, Problem, Reached, UnitOfPass};
use crate::rules::{Rules, limit::MAX_SHARE};
use crate::solve::transport::{Class, FORBIDDEN, Leaf};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The rule's name where a rep may take a lead, but not all of its unit, or where a unit was parted by hand.
pub(super) const TOGETHER: &str = "together";

/// The leads of every unit of a batch, in id order; empty where each lead is dealt alone.
pub(super) fn members(
    unit_of: &[Option<UnitIndex>],
    units: usize,
    by_id: &[LeadIndex],
) -> Vec<Vec<LeadIndex>> {
    if unit_of.is_empty() {
        return Vec::new();
    }
    let mut members = vec![Vec::new(); units];
    for &lead in by_id {
        if let Some(unit) = unit_of[lead.at()] {
            members[unit.at()].push(lead);
        }
    }
    members
}

/// What passes by claims do to units, where there are any.
pub(super) fn notes(members: &[Vec<LeadIndex>], rules: &Rules) -> Vec<Note> {
    let claimed = rules.passes.iter().filter(|pass| pass.method.is_by_claims());
    if members.iter().all(|leads| leads.len() < 2) {
        return Vec::new();
    }
    let note = |name: &String| {
        Note::fact(format!(
            "pass `{name}` deals by claims, lead by lead: leads of one unit may part there"
        ))
    };
    claimed.map(|pass| note(&pass.name)).collect()
}

/// The units of leads that are up for a pass, in the order of their first lead.
pub(super) fn of_pass(dealing: &Dealing<'_>, leads: &[LeadIndex]) -> Vec<UnitOfPass> {
    if dealing.units.is_empty() {
        return Vec::new();
    }
    let mut at: BTreeMap<UnitIndex, usize> = BTreeMap::new();
    let mut list: Vec<UnitOfPass> = Vec::new();
    for &lead in leads {
        if let Some(unit) = dealing.batch.leads.unit_of[lead.at()] {
            let at = *at.entry(unit).or_insert_with(|| {
                list.push(UnitOfPass {
                    unit,
                    leads: Vec::new(),
                    hold: Hold::Free,
                    before: 0,
                });
                list.len() - 1
            });
            list[at].leads.push(lead);
        }
    }
    let mut is_up = vec![false; dealing.batch.leads.len()];
    for lead in leads {
        is_up[lead.at()] = true;
    }
    for unit in &mut list {
        let others = dealing.units[unit.unit.at()]
            .iter()
            .filter(|lead| !is_up[lead.at()]);
        let deals = others.filter_map(|lead| dealing.deals[lead.at()].as_ref());
        let places: Vec<(Option<RepIndex>, Option<TeamIndex>)> =
            deals.map(|deal| (deal.rep, deal.team)).collect();
        let reps = || places.iter().filter_map(|(rep, _)| *rep);
        let teams = || {
            places
                .iter()
                .filter(|(rep, _)| rep.is_none())
                .filter_map(|(_, team)| *team)
        };
        let (hold, before) = match (reps().next(), teams().next()) {
            (Some(rep), _) => (Hold::Rep(rep), reps().filter(|&other| other == rep).count()),
            (None, Some(team)) => (Hold::Team(team), teams().filter(|&other| other == team).count()),
            (None, None) => (Hold::Free, 0),
        };
        (unit.hold, unit.before) = (hold, u32::try_from(before).unwrap_or(u32::MAX));
    }
    list.retain(|unit| unit.leads.len() > 1 || unit.hold != Hold::Free);
    list
}

/// Why the leads of a unit went to a rep.
pub(super) fn gathered(unit: &UnitOfPass, why: Whole) -> Why {
    let (others, why) = match unit.hold {
        Hold::Rep(_) => (unit.before, Whole::Before),
        Hold::Free | Hold::Team(_) => (unit.before + unit.size() - 1, why),
    };
    Why::Together(Gathered {
        unit: unit.unit,
        others,
        why,
    })
}

/// The limit that keeps a rep from all leads of a unit, though a holder gave them away.
pub(super) fn blocking(
    dealing: &Dealing<'_>,
    leads: &[LeadIndex],
    rep: RepIndex,
    holder: Option<RepIndex>,
) -> Option<Reached> {
    if dealing.limits.limits().is_empty() {
        return None;
    }
    let mut counts: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for &lead in leads {
        let team = dealing.lead_teams[lead.at()];
        for Reached { limit, group } in dealing.limits.groups(lead, rep, team) {
            *counts.entry((limit, group)).or_default() += 1;
        }
    }
    let kept = |limit: usize| holder.and_then(|holder| dealing.limits.limits()[limit].group_of(holder));
    let blocks = |&(&(limit, group), &count): &(&(usize, usize), &u32)| {
        kept(limit) != Some(group) && dealing.limits.left(limit, group).is_some_and(|left| left < count)
    };
    let found = counts.iter().find(blocks);
    found.map(|(&(limit, group), _)| Reached { limit, group })
}

/// Tells whether a rep has places for all leads of a unit, within its room and every limit.
pub(super) fn has_places(dealing: &Dealing<'_>, unit: &UnitOfPass, rep: RepIndex) -> bool {
    dealing.loads.room(rep) >= unit.size() && blocking(dealing, &unit.leads, rep, None).is_none()
}

/// Why a pass that is solved as a whole chose a rep for a unit.
pub(super) fn why(dealing: &Dealing<'_>, problem: &Problem<'_>, class: Class, winner: Leaf) -> Option<Why> {
    let unit = problem.unit(class)?;
    let (sums, reps) = (problem.sums(class), problem.reps());
    let own = sums[winner];
    let higher = |leaf: Leaf| sums[leaf] > own;
    let has_places = |leaf: Leaf| {
        dealing.loads.room(reps[leaf]) >= unit.size()
            && blocking(dealing, &unit.leads, reps[leaf], Some(reps[winner])).is_none()
    };
    let why = if sums.iter().filter(|sum| **sum != NOT_ALL).count() == 1 {
        Whole::OnlyEligible
    } else if let Some(leaf) = best(&sums, |leaf| higher(leaf) && has_places(leaf)) {
        Whole::NoBetter { other: reps[leaf] }
    } else if let Some(leaf) = best(&sums, higher) {
        Whole::HigherFull { other: reps[leaf] }
    } else {
        Whole::HighestScore
    };
    Some(gathered(unit, why))
}

/// The leaf that scores highest for all leads of a unit, of those that may take all and of which `of` holds; the
/// first of equals.
fn best(sums: &[i64], of: impl Fn(Leaf) -> bool) -> Option<Leaf> {
    (0..sums.len())
        .filter(|&leaf| sums[leaf] != NOT_ALL && of(leaf))
        .max_by_key(|&leaf| (sums[leaf], Reverse(leaf)))
}

/// The rep who scores highest for all leads of the unit of a class, of those of which `of` holds; absent for a class
/// without a unit.
pub(super) fn face(problem: &Problem<'_>, class: Class, of: impl Fn(Leaf) -> bool) -> Option<Leaf> {
    problem.unit(class)?;
    best(&problem.sums(class), of)
}

/// Why a pass left a lead of a unit.
pub(super) fn left(
    dealing: &Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    class: Class,
) -> Option<NotDealt> {
    let unit = problem.unit(class)?;
    let (sums, reps) = (problem.sums(class), problem.reps());
    let Some(first) = best(&sums, |_| true) else {
        return Some(nobody(dealing, at, problem, class));
    };
    let has_room = |leaf: Leaf| dealing.loads.room(reps[leaf]) >= unit.size();
    let stop = |leaf: Leaf| blocking(dealing, &unit.leads, reps[leaf], None);
    if let Some(reached) = best(&sums, |leaf| has_room(leaf) && stop(leaf).is_some()).and_then(stop) {
        return Some(NotDealt::LimitReached {
            limit: dealing.limits.name(reached),
            held: Some(dealing.limits.held(reached)),
            already: dealing.limits.already(reached),
        });
    }
    let capped = |leaf: Leaf| !has_room(leaf) && dealing.loads.own_room(reps[leaf]) >= unit.size();
    if best(&sums, capped).is_some() {
        return Some(NotDealt::LimitReached {
            limit: MAX_SHARE.to_owned(),
            held: None,
            already: None,
        });
    }
    Some(NotDealt::NoRoomForAll {
        rep: reps[first],
        unit: unit.unit,
        leads: unit.size(),
    })
}

/// Nobody may take all: nor the lead alone, or its unit is what blocks.
fn nobody(dealing: &Dealing<'_>, at: PassIndex, problem: &Problem<'_>, class: Class) -> NotDealt {
    let mut row = vec![FORBIDDEN; problem.reps().len()];
    problem.eligible_alone(class, &mut row);
    let alone = row.iter().filter(|score| **score != FORBIDDEN).count();
    let said = undealt::of_class(dealing, at, problem, class, None);
    if alone == 0 {
        return said;
    }
    let mut blocked = vec![(TOGETHER.to_owned(), u32::try_from(alone).unwrap_or(u32::MAX))];
    blocked.extend(undealt::blocked(
        dealing,
        at,
        problem,
        problem.classes().first(class),
    ));
    NotDealt::NoEligibleRep { blocked }
}

/// Tells whether a lead with a rep parts its unit: another lead of it is with another rep, as `rep_of` says.
pub(super) fn is_parted(
    dealing: &Dealing<'_>,
    lead: LeadIndex,
    rep: RepIndex,
    rep_of: impl Fn(LeadIndex) -> Option<RepIndex>,
) -> bool {
    let unit = dealing.batch.leads.unit_of.get(lead.at()).copied().flatten();
    let others = unit.map_or(&[][..], |unit| &dealing.units[unit.at()]);
    let elsewhere = |other: &LeadIndex| *other != lead && rep_of(*other).is_some_and(|other| other != rep);
    others.iter().any(elsewhere)
}
