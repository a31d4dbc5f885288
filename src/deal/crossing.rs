//! Limits that cross: a deal that keeps them all, beside the best one that does without them.
//!
//! The best deal without the limits that cross is worth no less than any deal that keeps them, and its prices
//! prove it. Of its leads those of the best tiers, then with the highest scores, keep their places as far as
//! the limits let them; that gives each cell (a category at a leaf) a room of its own within them. Rooms of
//! cells nest with everything, so that a second solution, the best within these, keeps every limit.

use crate::problem::{Cap, LimitPlace, Plan, Reach};
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Rows, Solution};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Tells whether a flow keeps every limit that crosses.
pub(super) fn is_kept(plan: &Plan, flow: &[(Class, Leaf, u32)]) -> bool {
    plan.crossing().all(|cap| {
        let counts = |&&(class, leaf, _): &&(Class, Leaf, u32)| holds(plan, cap, class, leaf);
        let count: u64 = flow
            .iter()
            .filter(counts)
            .map(|&(_, _, count)| u64::from(count))
            .sum();
        plan.caps[cap].room.is_none_or(|room| count <= u64::from(room))
    })
}

fn holds(plan: &Plan, cap: usize, class: Class, leaf: Leaf) -> bool {
    let cap = &plan.caps[cap];
    cap.cells[plan.category(class)] && cap.leaves[leaf]
}

/// A plan within which every deal keeps all limits, made of the best deal without those that cross.
pub(super) fn within(
    plan: &Plan,
    reach: &Reach,
    rooms: &[u32],
    rows: &dyn Rows,
    solution: &Solution,
) -> Plan {
    let crossing: Vec<usize> = plan.crossing().collect();
    let mut left: BTreeMap<usize, u32> = crossing
        .iter()
        .map(|&cap| (cap, plan.caps[cap].room.unwrap_or(u32::MAX)))
        .collect();
    let mut cells: BTreeMap<(usize, Leaf), u32> = BTreeMap::new();
    for category in 0..plan.categories.len() {
        for leaf in 0..reach.leaves {
            let is_held = |&cap: &usize| plan.caps[cap].cells[category] && plan.caps[cap].leaves[leaf];
            if reach.has(category, leaf) && crossing.iter().any(is_held) {
                cells.insert((category, leaf), 0);
            }
        }
    }
    for (class, leaf, count) in by_worth(plan, &crossing, rows, solution) {
        let held: Vec<usize> = (crossing.iter().copied())
            .filter(|&cap| holds(plan, cap, class, leaf))
            .collect();
        let most = held.iter().map(|cap| left[cap]).min().unwrap_or(u32::MAX);
        let kept = count.min(most);
        for cap in held {
            left.entry(cap).and_modify(|left| *left -= kept);
        }
        *cells.entry((plan.category(class), leaf)).or_default() += kept;
    }
    let cap = |((category, leaf), room): ((usize, Leaf), u32)| Cap {
        limit: plan.caps[crossing[0]].limit,
        place: LimitPlace::Group(0),
        cells: (0..plan.categories.len())
            .map(|other| other == category)
            .collect(),
        leaves: (0..reach.leaves).map(|other| other == leaf).collect(),
        room: Some(room),
        minimum: 0,
    };
    let caps = plan.caps.iter().cloned().chain(cells.into_iter().map(cap));
    Plan::new(plan.categories.clone(), reach, caps.collect(), rooms)
}

/// The entries of a flow that any of the limits holds: best tier first, then highest score.
fn by_worth(
    plan: &Plan,
    crossing: &[usize],
    rows: &dyn Rows,
    solution: &Solution,
) -> Vec<(Class, Leaf, u32)> {
    let mut row = vec![FORBIDDEN; rows.leaves()];
    let mut entries = Vec::new();
    for of_class in solution.flow.chunk_by(|a, b| a.0 == b.0) {
        let class = of_class[0].0;
        let held =
            |&&(_, leaf, _): &&(Class, Leaf, u32)| crossing.iter().any(|&cap| holds(plan, cap, class, leaf));
        if !of_class.iter().any(|entry| held(&entry)) {
            continue;
        }
        rows.row(class, &mut row);
        for entry in of_class.iter().filter(held) {
            entries.push((rows.tier(class), Reverse(row[entry.1]), *entry));
        }
    }
    entries.sort_unstable();
    entries.into_iter().map(|(_, _, entry)| entry).collect()
}
