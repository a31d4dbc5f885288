//! Decisions and groups put together: one verdict for every lead.

use super::candidates::{Candidate, MOST_CANDIDATES, Pair};
use super::canonical::Canonical;
use super::compare::{Comparison, Scale};
use super::known::{Known, RecordIndex};
use super::owners::Owners;
use super::profile::Profile;
use super::verdicts::Decision;
use crate::model::{
    Counterpart, ImportVerdict, KnownRecord, LeadIndex, Match, Parties, PartyField, Reconciled,
    ReconciledLead,
};
use std::collections::BTreeSet;

/// What verdicts are put together from; rows are those of the import in order of content.
pub(super) struct Parts<'a> {
    /// Compares two rows again.
    pub scale: &'a Scale<'a>,
    /// The import.
    pub imported: &'a Parties,
    /// Its rows in order of content.
    pub canonical: &'a Canonical,
    /// Each of them as it is compared.
    pub profiles: &'a [Profile],
    /// What the known records say of each.
    pub decisions: Vec<Decision<'a>>,
    /// For each the first row of its group.
    pub groups: Vec<u32>,
    /// Rows that are near each other.
    pub pairs: &'a [Pair],
    /// The known records.
    pub known: &'a Known<'a>,
    /// Their owners.
    pub owners: &'a Owners<'a>,
}

/// Rows that are one party.
struct Group {
    rows: Vec<usize>,
    /// The one that keeps its own verdict.
    kept: usize,
}

impl Parts<'_> {
    /// One verdict for every lead.
    pub fn answer(self) -> Reconciled {
        let mut leads: Vec<Option<Box<ReconciledLead>>> = vec![None; self.imported.len()];
        let nearest = self.nearest_rows();
        for group in self.groups() {
            let leader = LeadIndex::new(self.canonical.first(group.kept));
            let size = self.size(&group);
            for &row in &group.rows {
                for (copy, &lead) in self.canonical.rows(row).iter().enumerate() {
                    let is_kept = row == group.kept && (copy == 0 || self.says_nothing(row));
                    let mut of_lead = if is_kept || self.decisions[row].is_final() {
                        self.own(row, nearest[row])
                    } else {
                        self.duplicate(row, &group, leader)
                    };
                    // The group is told by its leader until groups are numbered.
                    of_lead.group = (size > 1).then_some(leader.0);
                    if of_lead.verdict != ImportVerdict::New || !of_lead.matches.is_empty() || size > 1 {
                        leads[lead as usize] = Some(Box::new(of_lead));
                    }
                }
            }
        }
        number_groups(&mut leads);
        let records = self.name_records(&mut leads);
        Reconciled {
            leads,
            records,
            ..Reconciled::default()
        }
    }

    /// All groups. Rows that say nothing of anybody are alone, however equal.
    fn groups(&self) -> Vec<Group> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.groups.len()];
        for (row, first) in self.groups.iter().enumerate() {
            members[*first as usize].push(row);
        }
        let kept = |rows: &[usize]| {
            let rank = |row: &&usize| {
                (
                    self.decisions[**row].strength(),
                    self.filled(**row),
                    std::cmp::Reverse(**row),
                )
            };
            rows.iter().max_by_key(rank).copied()
        };
        let groups = members.into_iter().filter_map(|rows| {
            Some(Group {
                kept: kept(&rows)?,
                rows,
            })
        });
        groups.collect()
    }

    /// How many rows of the import a group has.
    fn size(&self, group: &Group) -> usize {
        match group.rows.as_slice() {
            [one] if self.says_nothing(*one) => 1,
            rows => rows.iter().map(|row| self.canonical.rows(*row).len()).sum(),
        }
    }

    fn says_nothing(&self, row: usize) -> bool {
        self.profiles[row].whole.is_none()
    }

    fn filled(&self, row: usize) -> usize {
        let at = self.canonical.first(row);
        PartyField::ALL
            .into_iter()
            .filter(|field| !self.imported.get(at, *field).is_empty())
            .count()
    }

    /// For each row the nearest other row that is not the same.
    fn nearest_rows(&self) -> Vec<Option<(u32, Comparison)>> {
        let mut nearest: Vec<Option<(u32, Comparison)>> = vec![None; self.profiles.len()];
        for pair in self.pairs {
            for (row, other) in [pair.rows, (pair.rows.1, pair.rows.0)] {
                let best = &mut nearest[row as usize];
                let is_nearer = best.is_none_or(|(before, found)| {
                    (pair.found.party, std::cmp::Reverse(other)) > (found.party, std::cmp::Reverse(before))
                });
                if is_nearer && self.groups[row as usize] != self.groups[other as usize] {
                    *best = Some((other, pair.found));
                }
            }
        }
        nearest
    }

    /// What the known records say of a row; of a new one with the nearest, known or not.
    fn own(&self, row: usize, nearest: Option<(u32, Comparison)>) -> ReconciledLead {
        let decision = &self.decisions[row];
        let mut matches: Vec<Match> = decision
            .matches
            .iter()
            .take(MOST_CANDIDATES)
            .map(of_record)
            .collect();
        if let (ImportVerdict::New, Some((other, found))) = (decision.verdict, nearest) {
            let is_nearer = matches.first().is_none_or(|of| of.confidence < found.party);
            if is_nearer {
                matches = vec![of_lead(self.canonical.first(other as usize), &found)];
            }
        }
        ReconciledLead {
            verdict: decision.verdict,
            owner: decision.owner.to_owned(),
            matches,
            group: None,
        }
    }

    /// A row that is one with the row that its group keeps.
    fn duplicate(&self, row: usize, group: &Group, leader: LeadIndex) -> ReconciledLead {
        let kept = &self.decisions[group.kept];
        let found = self
            .scale
            .compare(&self.profiles[group.kept], &self.profiles[row]);
        let mut matches = vec![of_lead(leader.at(), &found)];
        matches.extend(self.decisions[row].matches.iter().map(of_record));
        matches.truncate(MOST_CANDIDATES);
        ReconciledLead {
            verdict: ImportVerdict::Duplicate,
            owner: kept.owner.to_owned(),
            matches,
            group: None,
        }
    }

    /// The known records that matches name, in order; matches name them by their places here from now on.
    fn name_records(&self, leads: &mut [Option<Box<ReconciledLead>>]) -> Vec<KnownRecord> {
        let mut matches: Vec<&mut Match> = leads
            .iter_mut()
            .flatten()
            .flat_map(|lead| &mut lead.matches)
            .collect();
        let named: BTreeSet<u32> = matches.iter().filter_map(|of| record_of(of)).collect();
        let named: Vec<u32> = named.into_iter().collect();
        for of in &mut matches {
            if let Some(record) = record_of(of) {
                let at = named.binary_search(&record).unwrap_or_default();
                of.with = Counterpart::Record(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        named
            .into_iter()
            .map(|record| self.describe(RecordIndex(record)))
            .collect()
    }

    fn describe(&self, record: RecordIndex) -> KnownRecord {
        let (listing, row) = self.known.find(record);
        let cell = |field| listing.parties.get(row, field);
        let name = match cell(PartyField::Person) {
            "" => cell(PartyField::Company),
            person => person,
        };
        KnownRecord {
            sort: listing.sort,
            position: listing
                .source
                .row(listing.rows.get(row).copied().unwrap_or_default()),
            id: cell(PartyField::Id)
                .split("; ")
                .next()
                .unwrap_or_default()
                .to_owned(),
            name: name.to_owned(),
            owner: self.owners.of(record).to_owned(),
        }
    }
}

fn record_of(of: &Match) -> Option<u32> {
    match of.with {
        Counterpart::Record(record) => Some(record),
        Counterpart::Lead(_) => None,
    }
}

fn of_record(candidate: &Candidate) -> Match {
    let [agrees, similar, disagrees] = candidate.keys;
    Match {
        with: Counterpart::Record(candidate.record.0),
        confidence: candidate.confidence,
        agrees,
        similar,
        disagrees,
    }
}

fn of_lead(lead: usize, found: &Comparison) -> Match {
    Match {
        with: Counterpart::Lead(LeadIndex::new(lead)),
        confidence: found.party,
        agrees: found.agrees,
        similar: found.similar,
        disagrees: found.disagrees,
    }
}

/// Numbers groups from 1 in the order of the import.
fn number_groups(leads: &mut [Option<Box<ReconciledLead>>]) {
    let mut numbers: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
    for lead in leads.iter_mut().flatten() {
        if let Some(leader) = lead.group {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX).saturating_add(1);
            lead.group = Some(*numbers.entry(leader).or_insert(next));
        }
    }
}
