//! Leads of one unit, which go to one rep or to nobody: who was up together, and what they score together.
//!
//! For the s leads of a unit with the sum S at a rep, the j-th, from 0, counts ⌊(S + j) / s⌋ there, so that all
//! together count S (Hermite's identity). A deal that may part units is worth as much at least as one that may
//! not, so that what bounds the first bounds the second.

use super::findings::Findings;
use super::instance::{NEVER, RowReader};
use super::limits::Place;
use super::outcome::Maker;
use super::pairs::Pairs;
use super::said::{Dealer, Said};
use super::stage::Numbers;
use super::{finding::Finding, shortage};
use crate::model::{Batch, Gathered, LeadIndex, NotDealt, RepIndex, TeamIndex, UnitIndex, Whole, Why};
use crate::rules::{Pass, limit::MAX_SHARE};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// Bytes of sums that one reader keeps.
const KEPT: usize = 64 << 20;

/// In a row of sums: not all may go there.
const NOT_ALL: i64 = i64::MIN;

/// The leads of a unit that were up for a pass.
#[derive(Clone, Debug)]
pub(crate) struct Together {
    pub unit: UnitIndex,
    /// In id order.
    pub leads: Vec<LeadIndex>,
    /// The rep who has another lead of it, by a pin or an earlier pass.
    rep: Option<RepIndex>,
    /// The team that has another, where no rep has one.
    team: Option<TeamIndex>,
    /// How many that rep or team has.
    before: u32,
}

impl Together {
    pub fn size(&self) -> u32 {
        u32::try_from(self.leads.len()).unwrap_or(u32::MAX)
    }

    /// Why they are where they are.
    pub fn gathered(&self, why: Whole) -> Why {
        let (others, why) = match self.rep {
            Some(_) => (self.before, Whole::Before),
            None => (self.before + self.size() - 1, why),
        };
        Why::Together(Gathered {
            unit: self.unit,
            others,
            why,
        })
    }
}

/// The units of a pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Units {
    pub list: Vec<Together>,
    /// The unit of each lead, by position; empty where each is alone.
    of: Vec<Option<u32>>,
}

impl Units {
    /// Finds those of a pass, given the leads up for it in id order, the team of each lead and whether it is up no
    /// more.
    pub fn of_pass(
        batch: &Batch,
        pass: &Pass,
        said: &Said,
        ups: &[LeadIndex],
        (locks, settled): (&[Option<TeamIndex>], &[bool]),
    ) -> Self {
        let unit_of = &batch.leads.unit_of;
        if unit_of.is_empty() || pass.method.is_by_claims() || pass.offer.is_some() {
            return Self::default();
        }
        let mut units: BTreeMap<UnitIndex, Together> = BTreeMap::new();
        let mut is_up = vec![false; unit_of.len()];
        for &lead in ups {
            is_up[lead.at()] = true;
            if let Some(unit) = unit_of[lead.at()] {
                let blank = || Together {
                    unit,
                    leads: Vec::new(),
                    rep: None,
                    team: None,
                    before: 0,
                };
                units.entry(unit).or_insert_with(blank).leads.push(lead);
            }
        }
        let mut by_id: Vec<LeadIndex> = (0..unit_of.len()).map(LeadIndex::new).collect();
        let ids = &batch.leads.ids;
        by_id.retain(|lead| {
            !is_up[lead.at()] && unit_of[lead.at()].is_some_and(|unit| units.contains_key(&unit))
        });
        by_id.sort_unstable_by(|a, b| ids[a.at()].as_bytes().cmp(ids[b.at()].as_bytes()));
        let rep = |lead: LeadIndex| {
            let dealt = said.deal(lead).filter(|dealt| dealt.by != Dealer::Fallback)?;
            dealt.rep.filter(|_| settled[lead.at()])
        };
        let others = || by_id.iter().filter_map(|&lead| Some((lead, unit_of[lead.at()]?)));
        for (lead, unit) in others() {
            if let (Some(unit), Some(rep)) = (units.get_mut(&unit), rep(lead)) {
                let first = *unit.rep.get_or_insert(rep);
                unit.before += u32::from(first == rep);
            }
        }
        for (lead, unit) in others() {
            if let (Some(unit), None, Some(team)) = (units.get_mut(&unit), rep(lead), locks[lead.at()])
                && unit.rep.is_none()
                && !settled[lead.at()]
            {
                let first = *unit.team.get_or_insert(team);
                unit.before += u32::from(first == team);
            }
        }
        let mut units = Self {
            list: units
                .into_values()
                .filter(|unit| unit.leads.len() > 1 || unit.rep.is_some() || unit.team.is_some())
                .collect(),
            of: vec![None; unit_of.len()],
        };
        for (at, unit) in (0u32..).zip(&units.list) {
            for lead in &unit.leads {
                units.of[lead.at()] = Some(at);
            }
        }
        units
    }

    /// The unit of a lead.
    pub fn unit(&self, lead: LeadIndex) -> Option<&Together> {
        let at = self.of.get(lead.at()).copied().flatten()?;
        self.list.get(usize::try_from(at).ok()?)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// What all leads of a unit score together with each rep, or [`NOT_ALL`].
fn sums(unit: &Together, pairs: &Pairs, reader: &mut RowReader) -> Vec<i64> {
    let mut row = vec![NEVER; pairs.reps.len()];
    let mut sums = vec![0; pairs.reps.len()];
    for &lead in &unit.leads {
        reader(lead, &mut row);
        for (sum, &score) in sums.iter_mut().zip(&row) {
            *sum = match (*sum, score) {
                (NOT_ALL, _) | (_, NEVER) => NOT_ALL,
                (sum, score) => sum + i64::from(score),
            };
        }
    }
    for (sum, rep) in sums.iter_mut().zip(pairs.reps) {
        let team = pairs.rep_teams[rep.at()];
        if unit.rep.is_some_and(|known| known != *rep)
            || (unit.rep.is_none() && unit.team.is_some() && unit.team != team)
        {
            *sum = NOT_ALL;
        }
    }
    sums
}

/// Makes a reader of rows as they count in a pass with units: what a lead scores, or its part of what all of its
/// unit score; with `shares` off what it scores itself, where all may go.
pub(crate) fn reader<'a>(pairs: Pairs<'a>, units: &'a Units, shares: bool) -> RowReader<'a> {
    let mut plain = pairs.reader(true);
    if units.is_empty() {
        return plain;
    }
    let mut known: HashMap<UnitIndex, Vec<i64>> = HashMap::new();
    let mut bytes = 0;
    Box::new(move |lead, out| {
        let Some(unit) = units.unit(lead) else {
            return plain(lead, out);
        };
        if !known.contains_key(&unit.unit) {
            if bytes > KEPT {
                known.clear();
                bytes = 0;
            }
            bytes += 8 * out.len() + 64;
            let sums = sums(unit, &pairs, &mut plain);
            known.insert(unit.unit, sums);
        }
        let sums = &known[&unit.unit];
        if !shares {
            plain(lead, out);
        }
        let position = unit.leads.iter().position(|&known| known == lead).unwrap_or(0);
        let position = i64::try_from(position).unwrap_or(0);
        for (score, &sum) in out.iter_mut().zip(sums) {
            if sum == NOT_ALL {
                *score = NEVER;
            } else if shares {
                let share = (sum + position).div_euclid(i64::from(unit.size().max(1)));
                *score = i32::try_from(share).unwrap_or(i32::MAX);
            }
        }
    })
}

/// The place that scores highest for all, of those of which `of` holds; the first of equals.
fn best(sums: &[i64], of: impl Fn(usize) -> bool) -> Option<usize> {
    (0..sums.len())
        .filter(|&leaf| sums[leaf] != NOT_ALL && of(leaf))
        .max_by_key(|&leaf| (sums[leaf], Reverse(leaf)))
}

impl Numbers<'_> {
    /// A reader of the own scores of leads, where all leads of their unit may go.
    pub fn own_rows(&self) -> RowReader<'_> {
        reader(self.pairs(), &self.stage.units, false)
    }

    /// What all leads of the unit of a lead score together, if it is in one.
    pub fn sums(&self, lead: LeadIndex) -> Option<(&Together, Vec<i64>)> {
        let unit = self.stage.units.unit(lead)?;
        let pairs = self.pairs();
        Some((unit, sums(unit, &pairs, &mut pairs.reader(true))))
    }

    /// The limit that has less left after the pass than all leads of a unit need at a rep, though a holder gave them away.
    fn stop_all(&self, unit: &Together, leaf: usize, holder: Option<RepIndex>) -> Option<Place> {
        let (used, locks) = (&self.stage.used_after, &self.stage.locks);
        used.stop_all(&unit.leads, self.reps[leaf], locks, holder)
    }

    /// Why a pass that is solved as a whole chose a rep for a unit.
    pub fn why_together(&self, lead: LeadIndex, winner: usize) -> Option<Why> {
        let (unit, sums) = self.sums(lead)?;
        let higher = |leaf: usize| sums[leaf] > sums[winner];
        let holder = Some(self.reps[winner]);
        let room = |leaf: usize| self.stage.after[self.reps[leaf].at()].room();
        let has_places =
            |leaf: usize| room(leaf) >= unit.size() && self.stop_all(unit, leaf, holder).is_none();
        let why = if is_only(&sums) {
            Whole::OnlyEligible
        } else if let Some(leaf) = best(&sums, |leaf| higher(leaf) && has_places(leaf)) {
            Whole::NoBetter {
                other: self.reps[leaf],
            }
        } else if let Some(leaf) = best(&sums, higher) {
            Whole::HigherFull {
                other: self.reps[leaf],
            }
        } else {
            Whole::HighestScore
        };
        Some(unit.gathered(why))
    }

    /// Why a pass that deals in turn gave all leads of a unit to a rep.
    pub fn turn_together(&self, lead: LeadIndex) -> Option<Why> {
        let (unit, sums) = self.sums(lead)?;
        let only = is_only(&sums);
        Some(unit.gathered(if only { Whole::OnlyEligible } else { Whole::Turn }))
    }

    /// The member of a team who scores highest for all leads of the unit of a lead.
    pub fn face(&self, lead: LeadIndex, team: Option<usize>) -> Option<usize> {
        let (_, sums) = self.sums(lead)?;
        best(&sums, |leaf| self.leaf_of[leaf] == team)
    }

    /// Why the pass left a lead of a unit.
    pub fn left_together(&self, lead: LeadIndex) -> Option<NotDealt> {
        let (unit, sums) = self.sums(lead)?;
        let Some(first) = best(&sums, |_| true) else {
            return Some(self.nobody_for_all(lead));
        };
        let load = |leaf: usize| self.stage.after[self.reps[leaf].at()];
        let has_room = |leaf: usize| load(leaf).room() >= unit.size();
        let stop = |leaf: usize| self.stop_all(unit, leaf, None);
        if let Some(place) = best(&sums, |leaf| has_room(leaf) && stop(leaf).is_some()).and_then(stop) {
            let (limit, held) = self.stage.used_after.named(place);
            return Some(NotDealt::LimitReached {
                limit,
                held: Some(held),
                already: self.stage.used_after.already(place),
            });
        }
        let capped = |leaf: usize| !has_room(leaf) && load(leaf).own_room >= unit.size();
        if best(&sums, capped).is_some() {
            return Some(NotDealt::LimitReached {
                limit: MAX_SHARE.to_owned(),
                held: None,
                already: None,
            });
        }
        Some(NotDealt::NoRoomForAll {
            rep: self.reps[first],
            unit: unit.unit,
            leads: unit.size(),
        })
    }

    fn nobody_for_all(&self, lead: LeadIndex) -> NotDealt {
        let mut row = vec![NEVER; self.reps.len()];
        self.pairs().reader(true)(lead, &mut row);
        let alone = row.iter().filter(|score| **score != NEVER).count();
        if alone == 0 {
            return shortage::nobody(self, lead);
        }
        let mut blocked = vec![("together".to_owned(), u32::try_from(alone).unwrap_or(u32::MAX))];
        blocked.extend(shortage::blocked(self, lead));
        NotDealt::NoEligibleRep { blocked }
    }
}

/// Tells whether only one may take all.
pub(crate) fn is_only(sums: &[i64]) -> bool {
    sums.iter().filter(|sum| **sum != NOT_ALL).count() == 1
}

/// Tells of a row of sums who may take all.
pub(crate) fn may(sums: &[i64], leaf: usize) -> bool {
    sums[leaf] != NOT_ALL
}

/// Finds the units that passes parted, or dealt elsewhere than what was dealt before.
pub(crate) fn check(maker: &Maker, findings: &mut Findings) {
    let units = &maker.setting.batch.leads.units;
    for numbers in maker.passes {
        let by_team = !numbers.teams.is_empty();
        let holder = |lead: LeadIndex| -> Option<(Option<RepIndex>, Option<TeamIndex>)> {
            if by_team {
                return numbers.stage.given[lead.at()].map(|team| (None, Some(team)));
            }
            let by_this = Dealer::Pass(numbers.stage.pass);
            let dealt = maker
                .setting
                .said
                .deal(lead)
                .filter(|dealt| dealt.by == by_this)?;
            dealt.rep.map(|rep| (Some(rep), None))
        };
        for unit in &numbers.stage.units.list {
            let first = holder(unit.leads[0]);
            let whole = unit.leads.iter().all(|&lead| holder(lead) == first);
            let follows = first
                .and_then(|(rep, _)| rep)
                .is_none_or(|rep| unit.rep.is_none_or(|known| known == rep));
            if !whole || !follows {
                findings.push(Finding::Parted {
                    unit: units.get(unit.unit.at()).cloned().unwrap_or_default(),
                    pass: numbers.pass.name.clone(),
                    leads: u64::from(unit.size()),
                });
            }
        }
    }
}
