//! Manual allocations: dealt first, whatever the rules say, and named where they break one.

use super::dealing::{Dealing, Terms};
use super::units;
use crate::model::{By, Ceiling, LeadIndex, NotDealt, Note, Ownership, Pin, RepIndex, Why};
use crate::problem::{Problem, Reached};
use crate::rules::{Verdict, limit::MAX_SHARE};

/// Deals every pinned lead of the batch to its rep. Only a converted lead stays undealt, and one that an
/// earlier run dealt: there is nothing left to deal. Of several pins of a lead the first counts.
pub(super) fn deal(dealing: &mut Dealing<'_>) {
    let batch = dealing.batch;
    let (mut strangers, mut converted, mut standing) = (0u64, 0u64, 0u64);
    for pin in &batch.pins {
        match find(dealing, &pin.lead_id) {
            None => strangers += 1,
            Some(lead) if is_converted(dealing, lead) => converted += 1,
            Some(lead) if matches!(dealing.rules.barred[lead.at()], Some(NotDealt::Standing(_))) => {
                standing += 1;
            }
            Some(lead) if dealing.deals[lead.at()].is_some() => {}
            Some(lead) => obey(dealing, pin, lead),
        }
    }
    warn(
        dealing,
        strangers,
        "of a lead that is not in this batch",
        "of leads that are not in this batch",
    );
    warn(dealing, converted, "of a converted lead", "of converted leads");
    warn(
        dealing,
        standing,
        "of a lead that was dealt before and stands (release its rep first)",
        "of leads that were dealt before and stand (release their reps first)",
    );
}

fn warn(dealing: &mut Dealing<'_>, count: u64, one: &str, many: &str) {
    let text = match count {
        0 => return,
        1 => format!("1 pin {one} was left out"),
        _ => format!("{count} pins {many} were left out"),
    };
    dealing.notes.push(Note::warning(text));
}

fn find(dealing: &Dealing<'_>, id: &str) -> Option<LeadIndex> {
    let ids = &dealing.batch.leads.ids;
    dealing
        .by_id
        .binary_search_by(|lead| ids[lead.at()].as_str().cmp(id))
        .ok()
        .map(|at| dealing.by_id[at])
}

fn is_converted(dealing: &Dealing<'_>, lead: LeadIndex) -> bool {
    dealing.batch.leads.ownership[lead.at()] == Ownership::Converted
        || dealing.rules.barred[lead.at()] == Some(NotDealt::Converted)
}

fn obey(dealing: &mut Dealing<'_>, pin: &Pin, lead: LeadIndex) {
    let broken = broken(dealing, lead, pin.rep);
    if !broken.is_empty() {
        dealing.bent.push((lead, pin.rep, broken));
    }
    let problem = Problem::of_rules(dealing.batch, dealing.scorer, &[lead]);
    let by = By::Pin(pin.reason.clone());
    let terms = Terms::outside_passes(dealing.rules, &problem, 0, pin.rep, by, Why::Pin);
    dealing.give(lead, pin.rep, terms);
    dealing.take(lead, pin.rep, 1);
    dealing.pinned.push((lead, pin.rep));
}

/// What a pin breaks: hard rules by name, then what the lead or the rep has against it.
pub(super) fn broken(dealing: &Dealing<'_>, lead: LeadIndex, rep: RepIndex) -> Vec<String> {
    let (rules, person) = (dealing.rules, &dealing.batch.reps.list[rep.at()]);
    let mut broken: Vec<String> = rules
        .requirements
        .iter()
        .filter(|rule| {
            rule.key(lead)
                .is_some_and(|key| rule.verdict(key, rep) != Verdict::Holds)
        })
        .map(|rule| rule.name.clone())
        .collect();
    let mut add = |is_broken: bool, name: &str| {
        if is_broken {
            broken.push(name.to_owned());
        }
    };
    match &rules.barred[lead.at()] {
        Some(NotDealt::AlreadyOwned { .. }) => add(true, "already owned"),
        Some(NotDealt::Duplicate { .. }) => add(true, "duplicate"),
        Some(NotDealt::Conflict { .. }) => add(true, "conflict"),
        Some(NotDealt::NotQualified { .. }) => add(true, "not qualified"),
        _ => {}
    }
    add(!person.active, "active");
    add(person.is_away(), "time off");
    let taken = dealing.loads.open(rep).saturating_sub(person.open);
    let is_full = match person.max_open {
        Ceiling::Unlimited => false,
        Ceiling::At(most) => dealing.loads.open(rep) >= most,
    };
    add(is_full, "ceiling");
    let today = taken.saturating_add(person.new_today);
    add(person.max_new.is_some_and(|most| today >= most), "max_new");
    add(dealing.shares.most(person) <= taken, MAX_SHARE);
    let dealt = |other: LeadIndex| dealing.deals[other.at()].as_ref().and_then(|deal| deal.rep);
    add(units::is_parted(dealing, lead, rep, dealt), units::TOGETHER);
    let full = |group: &Reached| dealing.limits.left(group.limit, group.group) == Some(0);
    for group in dealing.limits.groups(lead, rep, None).filter(full) {
        broken.push(dealing.limits.name(group));
    }
    broken
}
