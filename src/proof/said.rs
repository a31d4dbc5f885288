//! What the files of a run say became of each lead.

use super::files::OutTable;
use super::finding::{ASSIGNMENTS, Finding, STANDING, UNASSIGNED, line_of};
use super::findings::Findings;
use crate::mistake::Position;
use crate::model::{Batch, LeadIndex, PassIndex, RepIndex, TeamIndex, restore};
use crate::rules::Rules;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where the columns stand that tell who got a lead; headers are checked with the cells.
const LEAD: usize = 0;
const REP: usize = 1;
const TEAM: usize = 3;
const PASS: usize = 5;

/// What dealt a lead, as the file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dealer {
    /// A pin.
    Pin,
    /// The rep owns its account.
    Owner,
    /// A pass.
    Pass(PassIndex),
    /// The fallback.
    Fallback,
}

impl Dealer {
    /// Tells whether it deals before any pass, so that what it deals counts as pins do.
    pub fn is_before_passes(self) -> bool {
        matches!(self, Self::Pin | Self::Owner)
    }
}

/// A lead in `assignments.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dealt {
    pub row: usize,
    pub rep: Option<RepIndex>,
    pub team: Option<TeamIndex>,
    pub by: Dealer,
}

/// What became of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is in none of the files, or in a row that cannot be understood.
    Unknown,
    /// A row of `assignments.csv`.
    Dealt(Dealt),
    /// A row of `unassigned.csv`.
    Undealt(usize),
    /// A row of `standing.csv`.
    Standing(usize),
}

/// What the files of a run say.
#[derive(Debug)]
pub(crate) struct Said {
    /// `assignments.csv`.
    pub assigned: OutTable,
    /// `unassigned.csv`.
    pub unassigned: OutTable,
    /// `standing.csv`; empty without a ledger.
    pub standing: OutTable,
    /// Each lead's fate.
    pub fates: Vec<Fate>,
    /// Names of the teams in order of the alphabet.
    pub teams: Vec<String>,
    /// Each rep's team.
    pub rep_teams: Vec<Option<TeamIndex>>,
    /// Leads that were offered, by `offers.csv`.
    pub offered: Vec<bool>,
}

/// The file of offers.
pub(crate) const OFFERS: &str = "offers.csv";

impl Said {
    /// Reads the files; what cannot be understood is a finding.
    pub fn read(
        batch: &Batch,
        rules: &Rules,
        files: &BTreeMap<String, Vec<u8>>,
        findings: &mut Findings,
    ) -> Self {
        let (teams, rep_teams) = teams(batch);
        let assigned = table(batch, files, ASSIGNMENTS, findings);
        let unassigned = table(batch, files, UNASSIGNED, findings);
        let standing = if batch.past.is_kept {
            table(batch, files, STANDING, findings)
        } else {
            OutTable::default()
        };
        let leads: HashMap<&str, LeadIndex> = batch
            .leads
            .ids
            .iter()
            .enumerate()
            .map(|(at, id)| (id.as_str(), LeadIndex::new(at)))
            .collect();
        let mut said = Self {
            fates: vec![Fate::Unknown; batch.leads.len()],
            offered: vec![false; batch.leads.len()],
            assigned,
            unassigned,
            standing,
            teams,
            rep_teams,
        };
        said.offers(batch, files, &leads, findings);
        said.dealt(batch, rules, &leads, findings);
        said.undealt(&leads, findings);
        said.stands(&leads, findings);
        for (at, fate) in said.fates.iter().enumerate() {
            if *fate == Fate::Unknown {
                let lead = batch.leads.ids[at].clone();
                findings.push(Finding::LostLead { lead });
            }
        }
        said
    }

    /// The lead's row in `assignments.csv`, if it is dealt.
    pub fn deal(&self, lead: LeadIndex) -> Option<Dealt> {
        match self.fates[lead.at()] {
            Fate::Dealt(dealt) => Some(dealt),
            Fate::Undealt(_) | Fate::Standing(_) | Fate::Unknown => None,
        }
    }

    fn dealt(
        &mut self,
        batch: &Batch,
        rules: &Rules,
        leads: &HashMap<&str, LeadIndex>,
        findings: &mut Findings,
    ) {
        let reader = DealReader {
            reps: batch
                .reps
                .list
                .iter()
                .enumerate()
                .map(|(at, rep)| (rep.id.as_str(), RepIndex::new(at)))
                .collect(),
            pinned: batch.pins.iter().map(|pin| pin.lead_id.as_str()).collect(),
            owned: (rules.owners.keys())
                .map(|lead| batch.leads.ids[lead.at()].as_str())
                .collect(),
            rules,
            teams: &self.teams,
            columns: [LEAD, REP, TEAM, PASS],
        };
        for row in 0..self.assigned.cells.rows() {
            let position = line_of(ASSIGNMENTS, self.assigned.lines[row]);
            let id = cell(&self.assigned, row, reader.columns[0]);
            match find(leads, &self.fates, id) {
                Ok(lead) => match reader.read(&self.assigned, row) {
                    Ok(dealt) => self.fates[lead.at()] = Fate::Dealt(dealt),
                    Err((column, found, expected)) => {
                        self.fates[lead.at()] = Fate::Unknown;
                        findings.push(Finding::StrayCell {
                            position,
                            column: column.to_owned(),
                            found,
                            expected: expected.to_owned(),
                        });
                    }
                },
                Err(why) => findings.push(stray(position, id, why)),
            }
        }
    }

    fn undealt(&mut self, leads: &HashMap<&str, LeadIndex>, findings: &mut Findings) {
        let column = LEAD;
        for row in 0..self.unassigned.cells.rows() {
            let id = cell(&self.unassigned, row, column);
            match find(leads, &self.fates, id) {
                Ok(lead) => self.fates[lead.at()] = Fate::Undealt(row),
                Err(why) => {
                    let position = line_of(UNASSIGNED, self.unassigned.lines[row]);
                    findings.push(stray(position, id, why));
                }
            }
        }
    }

    fn stands(&mut self, leads: &HashMap<&str, LeadIndex>, findings: &mut Findings) {
        for row in 0..self.standing.cells.rows() {
            let id = cell(&self.standing, row, LEAD);
            match find(leads, &self.fates, id) {
                Ok(lead) => self.fates[lead.at()] = Fate::Standing(row),
                Err(why) => {
                    let position = line_of(STANDING, self.standing.lines[row]);
                    findings.push(stray(position, id, why));
                }
            }
        }
    }

    fn offers(
        &mut self,
        batch: &Batch,
        files: &BTreeMap<String, Vec<u8>>,
        leads: &HashMap<&str, LeadIndex>,
        findings: &mut Findings,
    ) {
        if !files.contains_key(OFFERS) {
            return;
        }
        let offers = table(batch, files, OFFERS, findings);
        let column = LEAD;
        for row in 0..offers.cells.rows() {
            let id = cell(&offers, row, column);
            if let Some(lead) = leads.get(id) {
                self.offered[lead.at()] = true;
            } else {
                let position = line_of(OFFERS, offers.lines[row]);
                findings.push(stray(position, id, "is not in the input"));
            }
        }
    }
}

/// Finds a lead that has no fate yet.
fn find(leads: &HashMap<&str, LeadIndex>, fates: &[Fate], id: &str) -> Result<LeadIndex, &'static str> {
    let lead = leads.get(id).copied().ok_or("is not in the input")?;
    if fates[lead.at()] == Fate::Unknown {
        Ok(lead)
    } else {
        Err("is there a second time")
    }
}

fn stray(position: Position, lead: &str, why: &str) -> Finding {
    Finding::StrayLead {
        position,
        lead: lead.to_owned(),
        why: why.to_owned(),
    }
}

/// What it takes to understand a row of `assignments.csv`.
struct DealReader<'a> {
    reps: HashMap<&'a str, RepIndex>,
    pinned: BTreeSet<&'a str>,
    owned: BTreeSet<&'a str>,
    rules: &'a Rules,
    teams: &'a [String],
    /// Lead, rep, team and pass.
    columns: [usize; 4],
}

/// A column, what is there, and what should be.
type Stray = (&'static str, String, &'static str);

impl DealReader<'_> {
    fn read(&self, table: &OutTable, row: usize) -> Result<Dealt, Stray> {
        let [lead, rep, team, pass] = self.columns.map(|column| cell(table, row, column));
        let rep = match rep {
            "" => None,
            id => Some(*self.reps.get(id).ok_or((
                "rep_id",
                id.to_owned(),
                "the id of a rep of the roster",
            ))?),
        };
        let team = match team {
            "" => None,
            name => {
                let place = self.teams.binary_search_by(|known| known.as_str().cmp(name));
                let place = place.map_err(|_| ("assigned_team", name.to_owned(), "a team of the roster"))?;
                Some(TeamIndex::new(place))
            }
        };
        let dealer = self.dealer(lead, pass);
        Ok(Dealt {
            row,
            rep,
            team,
            by: dealer.ok_or((
                "pass",
                pass.to_owned(),
                "a pass of the rules, `pin`, `owner` or `fallback`",
            ))?,
        })
    }

    /// A pass may bear the name `pin`, `owner` or `fallback`: then the pins and the rules tell which is meant.
    fn dealer(&self, lead: &str, name: &str) -> Option<Dealer> {
        if name == "pin" && self.pinned.contains(lead) {
            return Some(Dealer::Pin);
        }
        if name == "owner" && self.owned.contains(lead) {
            return Some(Dealer::Owner);
        }
        let passes = &self.rules.passes;
        match passes.iter().position(|pass| pass.name == name) {
            Some(at) => Some(Dealer::Pass(PassIndex::new(at))),
            None if name == "pin" => Some(Dealer::Pin),
            None if name == "owner" => Some(Dealer::Owner),
            None if name == "fallback" => Some(Dealer::Fallback),
            None => None,
        }
    }
}

/// A cell as it was before it was written harmless.
fn cell(table: &OutTable, row: usize, column: usize) -> &str {
    if column < table.headers.len() {
        restore(table.cells.get(row, column))
    } else {
        ""
    }
}

/// Reads a table of the run; one that is not there or is broken has no rows.
pub(crate) fn table(
    batch: &Batch,
    files: &BTreeMap<String, Vec<u8>>,
    file: &str,
    findings: &mut Findings,
) -> OutTable {
    let read = match files.get(file) {
        None => {
            findings.push(Finding::MissingFile {
                file: file.to_owned(),
            });
            OutTable::default()
        }
        Some(bytes) => OutTable::read(bytes, batch.leads.delimiter).unwrap_or_else(|broken| {
            findings.push(Finding::Unreadable {
                position: line_of(file, broken.line),
                why: broken.why.to_owned(),
            });
            OutTable::default()
        }),
    };
    for &line in &read.ragged {
        findings.push(Finding::Unreadable {
            position: line_of(file, line),
            why: "the row has more or fewer cells than the header".to_owned(),
        });
    }
    read
}

/// The team names of a roster in order of the alphabet, and each rep's team.
fn teams(batch: &Batch) -> (Vec<String>, Vec<Option<TeamIndex>>) {
    let reps = &batch.reps.list;
    let names: BTreeSet<&str> = reps
        .iter()
        .map(|rep| rep.team.as_str())
        .filter(|team| !team.is_empty())
        .collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let of = reps
        .iter()
        .map(|rep| names.binary_search(&rep.team).ok().map(TeamIndex::new))
        .collect();
    (names, of)
}
