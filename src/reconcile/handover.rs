//! Assignments against what the CRM holds after the hand-over: by id first, then by every other key, since leads
//! that were inserted have new ids.

use crate::model::{
    Assigned, Counterpart, CrmRecord, Found, Handed, Handover, HandoverState, ImportVerdict, KeySet,
    LeadIndex, Listing, Match, MatchKey, Parties, PartyField, Reconciled, Rep, RepDirectory, RepIndex,
    is_salesforce_queue, widened,
};
use std::collections::{BTreeMap, BTreeSet};

/// What assignments are held against.
#[derive(Clone, Copy)]
pub struct Handing<'a> {
    /// The ids of the assigned leads.
    pub ids: &'a [String],
    /// What else their rows say.
    pub parties: &'a Parties,
    /// Who got each of them.
    pub assigned: &'a [Assigned],
    /// The CRM's leads.
    pub crm: &'a [Listing],
    /// What came of holding the leads against those.
    pub reconciled: &'a Reconciled,
    /// The least confidence, from 0 to 100, at which two records are the same.
    pub threshold: u8,
    /// The roster.
    pub reps: &'a [Rep],
    /// For each rep the cells of its row in the roster that no other rep has.
    pub rep_keys: &'a [Vec<String>],
}

/// Tells what became of every assignment.
pub fn handover(handing: &Handing<'_>) -> Handover {
    let owners = Owners::new(handing.reps, handing.rep_keys);
    let by_id = by_id(handing.crm);
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    let leads = (0..handing.ids.len())
        .map(|at| {
            let records = records(handing, at, &by_id, &owners);
            taken.extend(records.iter().map(|record| (record.listing, record.row)));
            let state = state(handing, at, &records, &owners);
            Handed { state, records }
        })
        .collect();
    let mut handover = Handover {
        leads,
        ..Handover::default()
    };
    for (listing, list) in handing.crm.iter().enumerate() {
        for row in 0..list.parties.len() {
            let owner = list.parties.get(row, PartyField::Owner);
            if is_nobody(owner) {
                continue;
            }
            handover.owned += 1;
            if owners.find(owner).is_some() {
                handover.known_owners += 1;
                handover.others += u64::from(!taken.contains(&(listing, row)));
            }
        }
    }
    handover
}

/// The rows of the CRM by each of their ids.
fn by_id(crm: &[Listing]) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut by_id: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (listing, list) in crm.iter().enumerate() {
        for row in 0..list.parties.len() {
            for id in ids(list.parties.get(row, PartyField::Id)) {
                by_id.entry(id).or_default().push((listing, row));
            }
        }
    }
    by_id
}

/// The ids of a cell, or of several with `; ` between them.
fn ids(cell: &str) -> impl Iterator<Item = String> {
    let ids = cell.split(';').map(str::trim).filter(|id| !id.is_empty());
    ids.map(|id| widened(id).into_owned())
}

/// The records of the CRM that an assigned lead is.
fn records(
    handing: &Handing<'_>,
    at: usize,
    by_id: &BTreeMap<String, Vec<(usize, usize)>>,
    owners: &Owners,
) -> Vec<CrmRecord> {
    let mut found: BTreeMap<(usize, usize), KeySet> = BTreeMap::new();
    let own = ids(handing.parties.get(at, PartyField::Id));
    for id in own.chain([handing.ids[at].clone()]) {
        for &place in by_id.get(&id).into_iter().flatten() {
            found.entry(place).or_default().add(MatchKey::Id);
        }
    }
    for (place, keys) in by_keys(handing, LeadIndex::new(at)) {
        found.entry(place).or_insert(keys);
    }
    let record = |((listing, row), keys): ((usize, usize), KeySet)| CrmRecord {
        listing,
        row,
        keys,
        owner: owners.find(handing.crm[listing].parties.get(row, PartyField::Owner)),
    };
    found.into_iter().map(record).collect()
}

/// The records of the CRM that a lead is by its keys; those of a lead that it is the same as, where it has none.
fn by_keys(handing: &Handing<'_>, lead: LeadIndex) -> Vec<((usize, usize), KeySet)> {
    let same = |lead: LeadIndex| -> &[Match] {
        let of = handing.reconciled.of(lead);
        let of = of.filter(|of| matches!(of.verdict, ImportVerdict::Duplicate | ImportVerdict::Conflict(_)));
        of.map_or(&[], |of| &of.matches)
    };
    let records = |matches: &[Match]| -> Vec<((usize, usize), KeySet)> {
        let sure = matches
            .iter()
            .filter(|found| found.confidence >= handing.threshold && is_one_person(found));
        sure.filter_map(|found| match found.with {
            Counterpart::Record(record) => Some((located(handing, record)?, found.agrees)),
            Counterpart::Lead(_) => None,
        })
        .collect()
    };
    let own = records(same(lead));
    if !own.is_empty() {
        return own;
    }
    let others = same(lead).iter().filter_map(|found| match found.with {
        Counterpart::Lead(other) if found.confidence >= handing.threshold => Some(other),
        _ => None,
    });
    others.flat_map(|other| records(same(other))).collect()
}

/// Colleagues share all of a company's keys, and are not the same lead.
fn is_one_person(found: &Match) -> bool {
    !found.disagrees.has(MatchKey::Person)
}

/// The row of a known record in the CRM's files.
fn located(handing: &Handing<'_>, record: u32) -> Option<(usize, usize)> {
    let position = &handing.reconciled.records.get(record as usize)?.position;
    let mut lists = handing.crm.iter().enumerate();
    lists.find_map(|(listing, list)| Some((listing, list.row_at(position)?)))
}

fn state(handing: &Handing<'_>, at: usize, records: &[CrmRecord], owners: &Owners) -> HandoverState {
    match records {
        [] => HandoverState::Missing,
        [record] => {
            let owner = handing.crm[record.listing]
                .parties
                .get(record.row, PartyField::Owner);
            if is_nobody(owner) {
                HandoverState::Unowned
            } else if owners.is_of(owner, &handing.assigned[at]) {
                HandoverState::Taken
            } else {
                HandoverState::Drifted
            }
        }
        _ => HandoverState::Twice,
    }
}

fn is_nobody(owner: &str) -> bool {
    owner.trim().is_empty() || is_salesforce_queue(owner.trim())
}

/// Whom owner cells of the CRM mean.
struct Owners<'a> {
    reps: &'a [Rep],
    directory: RepDirectory,
    by_key: BTreeMap<String, RepIndex>,
}

impl<'a> Owners<'a> {
    fn new(reps: &'a [Rep], keys: &[Vec<String>]) -> Self {
        let mut by_key = BTreeMap::new();
        for (at, keys) in keys.iter().enumerate() {
            for key in keys {
                by_key.entry(folded(key)).or_insert(RepIndex::new(at));
            }
        }
        Self {
            reps,
            directory: RepDirectory::new(reps),
            by_key,
        }
    }

    fn find(&self, owner: &str) -> Option<RepIndex> {
        match self.directory.find(owner) {
            Found::One(rep) => Some(rep),
            Found::Several(_) => None,
            Found::Nobody => self.by_key.get(&folded(owner)).copied(),
        }
    }

    /// Tells whether an owner cell means who got a lead: the rep, or anybody of the team.
    fn is_of(&self, owner: &str, assigned: &Assigned) -> bool {
        let is_written = |text: &str| !text.trim().is_empty() && folded(text) == folded(owner);
        if assigned.rep_id.is_empty() {
            let rep = self.find(owner).map(|rep| &self.reps[rep.at()]);
            return is_written(&assigned.team)
                || rep.is_some_and(|rep| folded(&rep.team) == folded(&assigned.team));
        }
        match self.directory.find(owner) {
            // several reps bear the name, and one of them got the lead
            Found::Several(reps) => reps.iter().any(|rep| self.reps[rep.at()].id == assigned.rep_id),
            _ => match self.find(owner) {
                Some(rep) => self.reps[rep.at()].id == assigned.rep_id,
                None => is_written(&assigned.rep_id) || is_written(&assigned.rep_name),
            },
        }
    }
}

fn folded(text: &str) -> String {
    let words: Vec<String> = widened(text.trim())
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

#[cfg(test)]
#[path = "handover_tests.rs"]
mod tests;
