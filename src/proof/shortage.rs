//! Why a pass left a lead: no room, a limit, a score too low, or nobody who may take it.

use super::instance::NEVER;
use super::outcome::{best, lost_by};
use super::presence::is_present;
use super::stage::Numbers;
use crate::model::{LeadIndex, NotDealt, Points, RepIndex};
use crate::rules::{Method, Verdict, limit::MAX_SHARE};

/// What a pass says of a lead that it left, given the lead's row in it.
pub(crate) fn reason(numbers: &Numbers, lead: LeadIndex, row: &[i32]) -> NotDealt {
    if let Some(reason) = numbers.left_together(lead) {
        return reason;
    }
    let Some(first) = best(row, |_| true) else {
        return nobody(numbers, lead);
    };
    if numbers.pass.method.is_by_claims() {
        return NotDealt::Unclaimed {
            pass: numbers.stage.pass,
            refused: numbers.setting.asked.count(lead, numbers.pass),
        };
    }
    let room = |leaf: usize| numbers.stage.after[numbers.reps[leaf].at()].room();
    let limited = |leaf: usize| numbers.stop_after(lead, leaf).filter(|_| room(leaf) > 0);
    if !numbers.setting.rules.limits.is_empty()
        && let Some(place) = best(row, |leaf| limited(leaf).is_some()).and_then(limited)
    {
        let (limit, held) = numbers.stage.used_after.named(place);
        return NotDealt::LimitReached {
            limit,
            held: Some(held),
            already: numbers.stage.used_after.already(place),
        };
    }
    let capped = |leaf: usize| {
        let load = numbers.stage.after[numbers.reps[leaf].at()];
        load.own_room > load.room()
    };
    if (0..row.len()).any(|leaf| row[leaf] != NEVER && capped(leaf)) {
        return NotDealt::LimitReached {
            limit: MAX_SHARE.to_owned(),
            held: None,
            already: None,
        };
    }
    if !numbers.is_whole() {
        return NotDealt::NoRoom {
            rep: numbers.reps[first],
            lost_by: None,
        };
    }
    // a team stands for its best eligible member
    let faces = (0..numbers.leaves.len()).filter_map(|leaf| {
        let face = if numbers.teams.is_empty() {
            Some(leaf).filter(|&leaf| row[leaf] != NEVER)
        } else {
            best(row, |rep| numbers.leaf_of[rep] == Some(leaf))
        }?;
        Some((lost_by(numbers, leaf, lead, row[face])?, face))
    });
    let closest = faces.min_by_key(|&(lost, _)| lost);
    let tiers = numbers.setting.rules.tiers.len();
    NotDealt::NoRoom {
        rep: numbers.reps[closest.map_or(first, |(_, face)| face)],
        lost_by: closest.map(|(lost, _)| lost.potential(tiers)),
    }
}

/// Nobody may take it: below the pass's least score, or kept away by hard rules.
pub(crate) fn nobody(numbers: &Numbers, lead: LeadIndex) -> NotDealt {
    let mut row = vec![NEVER; numbers.reps.len()];
    numbers.pairs().reader(false)(lead, &mut row);
    match best(&row, |_| true) {
        Some(leaf) => NotDealt::BelowMinScore {
            pass: numbers.stage.pass,
            best: Points(i64::from(row[leaf])),
        },
        None => NotDealt::NoEligibleRep {
            blocked: blocked(numbers, lead),
        },
    }
}

/// The hard rules that keep a lead from active reps, each with how many: most first, then by name.
pub(crate) fn blocked(numbers: &Numbers, lead: LeadIndex) -> Vec<(String, u32)> {
    let (rules, reps) = (numbers.setting.rules, &numbers.setting.batch.reps.list);
    let active: Vec<RepIndex> = (0..reps.len())
        .filter(|&rep| reps[rep].active)
        .map(RepIndex::new)
        .collect();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    if active.is_empty() {
        return vec![("active".to_owned(), number(reps.len()))];
    }
    let is_away = |rep: &&RepIndex| !is_present(&reps[rep.at()]);
    let away = active.iter().filter(is_away).count();
    if away == active.len() {
        return vec![("away".to_owned(), number(away))];
    }
    let mut blocked: Vec<(String, u32)> = Vec::new();
    for (rule, relaxed) in rules.requirements.iter().zip(&numbers.pass.relaxed) {
        if let Some(key) = rule.key(lead).filter(|_| !relaxed) {
            let fails = |rep: &&RepIndex| rule.verdict(key, **rep) != Verdict::Holds;
            blocked.push((rule.name.clone(), number(active.iter().filter(fails).count())));
        }
    }
    let outside = |rep: &&RepIndex| !numbers.pass.reps[rep.at()];
    let inside = |rep: &&RepIndex| !is_away(rep) && !outside(rep);
    blocked.push(("away".to_owned(), number(away)));
    blocked.push((
        "pass reps".to_owned(),
        number(active.iter().filter(outside).count()),
    ));
    let part = if numbers.pass.method == Method::Shotgun {
        "team"
    } else {
        "weight"
    };
    blocked.push((
        part.to_owned(),
        number(active.iter().filter(inside).count() - numbers.reps.len()),
    ));
    blocked.retain(|(_, count)| *count > 0);
    blocked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    blocked
}

/// Tells whether a reason counts before another that an earlier pass gave: of the same sort the first
/// does, but of two that find nobody the last, since passes are less and less strict.
pub(crate) fn counts_before(reason: &NotDealt, before: &NotDealt) -> bool {
    let (new, old) = (order(reason), order(before));
    new < old || (new == old && new == NOBODY)
}

const NOBODY: u8 = 3;

fn order(reason: &NotDealt) -> u8 {
    match reason {
        NotDealt::NoRoom { .. } | NotDealt::NoRoomForAll { .. } => 0,
        NotDealt::LimitReached { .. } => 1,
        NotDealt::BelowMinScore { .. } => 2,
        NotDealt::NoEligibleRep { .. } => NOBODY,
        _ => NOBODY + 1,
    }
}
