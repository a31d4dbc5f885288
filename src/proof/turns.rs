//! Passes that deal one lead after another, dealt again in order: whose turn it was.
//!
//! The least loaded is who has the smallest open / ceiling, then is least ahead of its share of all leads; first ids settle what is
//! equal. For rotations see [`rotation`](super::rotation).

use super::course::{LEAD, Load};
use super::finding::{ASSIGNMENTS, Finding, line_of};
use super::findings::Findings;
use super::instance::NEVER;
use super::rotation::Rotations;
use super::said::{Dealer, Fate};
use super::stage::Numbers;
use super::units::{self, Together};
use crate::model::{History, LeadIndex, RepIndex, Value, Whole, Why};
use crate::rules::Method;

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
pub(crate) trait Turns {
    /// Who is next among those who may take the lead.
    fn next(&mut self, lead: LeadIndex, may: &dyn Fn(usize) -> bool) -> Option<usize>;
    /// Counts a lead that a rep took; tells why, where that says more than whose turn it was.
    fn take(&mut self, lead: LeadIndex, leaf: usize) -> Option<Why>;
}

fn judge(numbers: &Numbers, turns: &mut dyn Turns, whys: &mut [Option<Why>], findings: &mut Findings) {
    let mut reader = numbers.pairs().reader(true);
    let mut row = vec![NEVER; numbers.reps.len()];
    let mut rooms: Vec<u32> = before(numbers).map(Load::room).collect();
    let mut used = numbers.stage.used_before.clone();
    let mut done = vec![false; numbers.setting.batch.leads.len()];
    for lead in in_order(numbers) {
        if std::mem::replace(&mut done[lead.at()], true) {
            continue;
        }
        if let Some((unit, sums)) = numbers.sums(lead) {
            let may = |leaf: usize| {
                let locks = &numbers.stage.locks;
                units::may(&sums, leaf)
                    && rooms[leaf] >= unit.size()
                    && used
                        .stop_all(&unit.leads, numbers.reps[leaf], locks, None)
                        .is_none()
            };
            let expected = turns.next(lead, &may);
            for &of in &unit.leads {
                done[of.at()] = true;
                let found = taker(numbers, of);
                if found != expected {
                    findings.push(out_of_turn(numbers, of, found, expected));
                }
                if let Some(leaf) = found {
                    rooms[leaf] = rooms[leaf].saturating_sub(1);
                    used.take(of, numbers.reps[leaf], numbers.stage.locks[of.at()]);
                }
            }
            take_together(numbers, unit, lead, turns, whys, &sums);
            continue;
        }
        reader(lead, &mut row);
        let team = numbers.stage.locks[lead.at()];
        let stopped = |leaf: usize| used.stop(lead, numbers.reps[leaf], team).is_some();
        let may = |leaf: usize| row[leaf] != NEVER && rooms[leaf] > 0 && !stopped(leaf);
        let expected = turns.next(lead, &may);
        let found = taker(numbers, lead);
        if found != expected {
            findings.push(out_of_turn(numbers, lead, found, expected));
        }
        if let Some(leaf) = found {
            rooms[leaf] = rooms[leaf].saturating_sub(1);
            used.take(lead, numbers.reps[leaf], team);
            whys[lead.at()] = turns.take(lead, leaf);
        }
    }
}

fn recount(numbers: &Numbers, turns: &mut dyn Turns, whys: &mut [Option<Why>]) {
    let mut done = vec![false; numbers.setting.batch.leads.len()];
    for lead in in_order(numbers) {
        if std::mem::replace(&mut done[lead.at()], true) {
            continue;
        }
        if let Some((unit, sums)) = numbers.sums(lead) {
            unit.leads.iter().for_each(|of| done[of.at()] = true);
            take_together(numbers, unit, lead, turns, whys, &sums);
        } else if let Some(leaf) = taker(numbers, lead) {
            whys[lead.at()] = turns.take(lead, leaf);
        }
    }
}

/// Counts the leads of a unit at the turn of the first that came up; says why its rep has them.
fn take_together(
    numbers: &Numbers,
    unit: &Together,
    first: LeadIndex,
    turns: &mut dyn Turns,
    whys: &mut [Option<Why>],
    sums: &[i64],
) {
    let mut why = None;
    let others = unit.leads.iter().copied().filter(|&of| of != first);
    for of in std::iter::once(first).chain(others) {
        if let Some(leaf) = taker(numbers, of) {
            let said = turns.take(first, leaf);
            why = why.or(said);
        }
    }
    let whole = match why {
        _ if units::is_only(sums) => Whole::OnlyEligible,
        Some(Why::LeastLoaded { open, ceiling }) => Whole::LeastLoaded { open, ceiling },
        _ => Whole::Turn,
    };
    for of in &unit.leads {
        whys[of.at()] = Some(unit.gathered(whole));
    }
}

pub(crate) fn before<'a>(numbers: &'a Numbers) -> impl Iterator<Item = &'a Load> {
    numbers.reps.iter().map(|rep| &numbers.stage.before[rep.at()])
}

/// The rep to whom the pass gave a lead, by its position in the pass.
pub(crate) fn taker(numbers: &Numbers, lead: LeadIndex) -> Option<usize> {
    let dealt = numbers.setting.said.deal(lead)?;
    let by_this = dealt.by == Dealer::Pass(numbers.stage.pass);
    dealt.rep.filter(|_| by_this).and_then(|rep| numbers.place(rep))
}

/// A lead that went to somebody whose turn it was not.
pub(crate) fn out_of_turn(
    numbers: &Numbers,
    lead: LeadIndex,
    found: Option<usize>,
    expected: Option<usize>,
) -> Finding {
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
            Fate::Standing(row) => line_of(super::finding::STANDING, said.standing.lines[row]),
            Fate::Unknown => crate::mistake::Position::Nowhere,
        },
        lead: numbers.setting.batch.leads.ids[lead.at()].clone(),
        pass: numbers.pass.name.clone(),
        found: id(found),
        expected: id(expected),
    }
}

/// The leads of a pass by tier, then `created_at` (those without one last), then as in the file.
pub(crate) fn in_order(numbers: &Numbers) -> Vec<LeadIndex> {
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
    /// How many leads each is ahead of its share, [`LEAD`] to one.
    served: Vec<i128>,
    /// Ceilings times the sum of weights, and in whole leads.
    ceilings: Vec<(u128, u32)>,
}

fn served(load: &Load) -> i128 {
    load.leads_ahead
        .saturating_add(i128::from(load.served).saturating_mul(LEAD))
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
            served: before(numbers).map(served).collect(),
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
        self.served[leaf] = self.served[leaf].saturating_add(LEAD);
        let ceiling = self.ceilings[leaf].1;
        Some(Why::LeastLoaded { open, ceiling })
    }
}
