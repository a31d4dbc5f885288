//! What `check` says of rules against a batch: needs that nobody meets, places that nobody covers, reps
//! whom no lead reaches, rules that never apply.

use super::bind::Ground;
use super::load::TerritoryMode;
use super::score::BuiltIn;
use super::words::listed;
use super::{Pass, Rules};
use crate::model::{Batch, LeadIndex, Note, Rep};
use std::collections::BTreeSet;

/// Finds what should be looked at before dealing.
pub fn report_of_rules(rules: &Rules, batch: &Batch) -> Vec<Note> {
    let mut notes = rules.checks.clone();
    notes.extend(unreached(rules, batch));
    notes.extend(never_applied(rules));
    notes
}

/// What shows while rules are bound: skills, territories, and data that reps lack.
pub(super) fn of_ground(ground: &Ground<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    let uses = ground.written.parts_in_use();
    notes.extend(skills_of_nobody(ground, uses.contains(&BuiltIn::Skill)));
    if ground.written.territories.mode != TerritoryMode::Ignore {
        notes.extend(territories(ground));
    }
    if uses.contains(&BuiltIn::Availability) {
        notes.extend(without_hours(ground));
    }
    for part in uses {
        notes.extend(lacking(ground, part));
    }
    notes
}

fn leads(count: u64) -> String {
    format!("{count} {}", if count == 1 { "lead" } else { "leads" })
}

fn skills_of_nobody(ground: &Ground<'_>, scored: bool) -> Vec<Note> {
    let skills = &ground.skills;
    let mut counts = vec![(0_u64, false); skills.names.len()];
    for (needs, size) in skills.needs.iter().zip(skills.keys.sizes()) {
        for need in needs {
            let (count, must) = &mut counts[need.skill as usize];
            *count += size;
            *must |= need.must || ground.written.must != super::load::Must::None;
        }
    }
    let held_by = |skill: usize, takes: fn(&Rep) -> bool| {
        let mut held = skills.held.iter().zip(&ground.batch.reps.list);
        held.any(|(levels, rep)| takes(rep) && levels[skill] > 0)
    };
    let lacking = counts.iter().enumerate();
    lacking
        .filter(|&(skill, (count, must))| *count > 0 && (scored || *must) && !held_by(skill, Rep::is_present))
        .map(|(skill, (count, _))| {
            let name = &skills.names[skill];
            let holders = if held_by(skill, |rep| rep.active) {
                "only reps who are away have"
            } else {
                "no active rep has"
            };
            Note::warning(format!(
                "{holders} the skill `{name}`, which {} need",
                leads(*count)
            ))
        })
        .collect()
}

fn territories(ground: &Ground<'_>) -> Vec<Note> {
    let holdings = &ground.holdings;
    if !holdings.any_rep_names_one() {
        return Vec::new();
    }
    let mut notes = Vec::new();
    let outside: u64 = holdings
        .keys
        .sizes()
        .iter()
        .enumerate()
        .filter(|(key, _)| holdings.is_held_by_none(*key))
        .map(|(_, size)| size)
        .sum();
    if outside > 0 {
        notes.push(Note::warning(format!(
            "{} lie in no rep's territory",
            leads(outside)
        )));
    }
    let placed: u64 = holdings.keys.sizes().iter().sum();
    let unplaced = ground.leads.rows as u64 - placed;
    if unplaced > 0 {
        notes.push(Note::fact(format!(
            "{} have no place for territories",
            leads(unplaced)
        )));
    }
    let without = |takes: fn(&Rep) -> bool| {
        let takers: Vec<bool> = ground.batch.reps.list.iter().map(takes).collect();
        holdings.without_rep(&takers)
    };
    let unclaimed = without(|rep| rep.active);
    let mut of_absent = without(Rep::is_present);
    of_absent.retain(|name| !unclaimed.contains(name));
    for (names, what) in [
        (unclaimed, "territories without an active rep"),
        (of_absent, "territories whose reps are all away"),
    ] {
        if !names.is_empty() {
            let names = listed(names.iter().map(String::as_str));
            notes.push(Note::warning(format!("{what}: {names}")));
        }
    }
    notes
}

/// Names the active reps who lack what a part reads, and what they count as.
fn lacking(ground: &Ground<'_>, part: BuiltIn) -> Option<Note> {
    let reps = ground
        .batch
        .reps
        .list
        .iter()
        .enumerate()
        .filter(|(_, rep)| rep.active);
    let columns = part.rep_columns();
    if columns.is_empty() && part != BuiltIn::Proximity {
        return None;
    }
    let lacks = |row: usize| {
        if part == BuiltIn::Proximity {
            return !ground.places.reps.is_known(row);
        }
        let frame = &ground.batch.reps.frame;
        columns.iter().all(|column| frame.value(column, row).is_empty())
    };
    let all = ground.batch.reps.list.iter().filter(|rep| rep.active).count();
    let names: Vec<&str> = reps
        .filter(|(row, _)| lacks(*row))
        .map(|(_, rep)| rep.name.as_str())
        .collect();
    let what = if part == BuiltIn::Proximity {
        "place"
    } else {
        columns.first()?
    };
    let counts = match part {
        BuiltIn::Experience | BuiltIn::Performance => "count as the median",
        _ => "score 0",
    };
    match names.len() {
        0 => None,
        many if many == all => Some(Note::fact(format!(
            "no active rep has {what}, so the part `{}` is left out",
            part.name()
        ))),
        _ => Some(Note::warning(format!(
            "reps without {what} {counts} for `{}`: {}",
            part.name(),
            listed(names)
        ))),
    }
}

/// Names the active reps whose hours or zones are not known though others' are, and says how to name hours.
fn without_hours(ground: &Ground<'_>) -> Vec<Note> {
    let (zone, frame) = (&ground.batch.as_of.zone, &ground.batch.reps.frame);
    let reps: Vec<_> = ground.batch.reps.list.iter().enumerate().collect();
    let active: Vec<_> = reps.into_iter().filter(|(_, rep)| rep.active).collect();
    let names = |holds: &dyn Fn(&Rep) -> bool| {
        let reps = active.iter().filter(|(_, rep)| holds(rep));
        reps.map(|(_, rep)| rep.name.as_str()).collect::<Vec<_>>()
    };
    let mut notes = Vec::new();
    let without = names(&|rep| rep.hours.is_none());
    if without.len() == active.len() {
        let names_zone = |(row, _): &(usize, &Rep)| !frame.value("time_zone", *row).is_empty();
        let has_column = frame.known.iter().any(|name| name == "time_zone");
        if has_column && active.iter().any(names_zone) {
            notes.push(Note::fact(
                "reps have time zones but no hours, so `availability` counts no shared hours: write \
                 `[availability] rep_hours = \"Mon-Fri 09:00-17:00\"`",
            ));
        }
        return notes;
    }
    if !without.is_empty() {
        notes.push(Note::warning(format!(
            "reps without hours count as the median for `availability`: {}",
            listed(without)
        )));
    }
    let nowhere = names(&|rep| rep.hours.is_some() && rep.zone.is_none());
    if !nowhere.is_empty() {
        let zone = zone.iana_name().unwrap_or("the zone of the run");
        notes.push(Note::fact(format!(
            "reps without a time zone count as in {zone}: {}",
            listed(nowhere)
        )));
    }
    notes
}

/// Active reps who may take none of the leads that are up for dealing in any pass.
fn unreached(rules: &Rules, batch: &Batch) -> Option<Note> {
    let mut left: Vec<bool> = batch.reps.list.iter().map(|rep| rep.active).collect();
    let mut seen = BTreeSet::new();
    let mut row = vec![true; left.len()];
    let free = rules
        .barred
        .iter()
        .enumerate()
        .filter(|(_, barred)| barred.is_none());
    let mut any = false;
    for (lead, _) in free {
        any = true;
        if !left.contains(&true) {
            return None;
        }
        let index = LeadIndex::new(lead);
        let keys: Vec<Option<u32>> = rules.requirements.iter().map(|rule| rule.key(index)).collect();
        let passes: Vec<usize> = (0..rules.passes.len())
            .filter(|&pass| rules.passes[pass].leads[lead])
            .collect();
        if !seen.insert((keys.clone(), passes.clone())) {
            continue;
        }
        for pass in passes {
            reached(rules, &rules.passes[pass], &keys, &mut row);
            for (left, reached) in left.iter_mut().zip(&row) {
                *left &= !reached;
            }
        }
    }
    let names = batch.reps.list.iter().zip(&left).filter(|(_, left)| **left);
    let names: Vec<&str> = names.map(|(rep, _)| rep.name.as_str()).collect();
    (any && !names.is_empty())
        .then(|| Note::warning(format!("reps whom no lead can reach: {}", listed(names))))
}

/// Marks the reps who may take a lead of these keys in a pass.
fn reached(rules: &Rules, pass: &Pass, keys: &[Option<u32>], row: &mut [bool]) {
    row.copy_from_slice(&pass.reps);
    for (at, (rule, key)) in rules.requirements.iter().zip(keys).enumerate() {
        if let (false, Some(key)) = (pass.relaxed[at], key) {
            rule.clear_blocked(*key, row);
        }
    }
}

fn never_applied(rules: &Rules) -> Vec<Note> {
    if rules.lead_tiers.is_empty() {
        return Vec::new();
    }
    let mut notes = Vec::new();
    for rule in rules.requirements.iter().filter(|rule| rule.keys() == 0) {
        notes.push(Note::warning(format!(
            "the rule `{}` applies to no lead",
            rule.name
        )));
    }
    for part in rules.parts.iter().filter(|part| part.leads() == 0) {
        notes.push(Note::fact(format!(
            "the part `{}` is left out for every lead",
            part.name
        )));
    }
    for limit in &rules.limits {
        if limit.leads.as_ref().is_some_and(|leads| !leads.contains(&true)) {
            notes.push(Note::warning(format!(
                "the limit `{}` is for no lead",
                limit.name
            )));
        }
        if limit.groups.is_empty() {
            notes.push(Note::warning(format!("the limit `{}` is for no rep", limit.name)));
        }
    }
    for (at, tier) in rules.tiers.iter().enumerate() {
        if !rules.lead_tiers.iter().any(|of| usize::from(of.0) == at) {
            notes.push(Note::fact(format!("no lead is in the tier `{tier}`")));
        }
    }
    for pass in &rules.passes {
        if !pass.leads.contains(&true) {
            notes.push(Note::warning(format!("the pass `{}` is for no lead", pass.name)));
        }
        if !pass.reps.contains(&true) {
            notes.push(Note::warning(format!("the pass `{}` is for no rep", pass.name)));
        }
    }
    notes
}
