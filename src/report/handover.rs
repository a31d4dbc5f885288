//! What became of assignments in the CRM → `handover.csv`, `run.json`.

use super::columns::{Row, before_headers, headers};
use super::csv::{Csv, Formulas};
use super::import::own;
use super::inputs::Copies;
use super::record::note;
use super::sink::Hashing;
use super::{InputCopy, Outputs, Sink};
use crate::explain::short;
use crate::model::{
    Assigned, CrmRecord, Handed, Handover, HandoverState, Import, KeySet, LeadIndex, MatchKey, PartyField,
};
use crate::record::{FILE, FolderKind, ImportRecord, zone_text};
use std::collections::BTreeMap;
use std::io::{self, Write};

const HEADERS: [&str; 9] = [
    "lead_id",
    "rep_id",
    "rep_name",
    "state",
    "crm_owner",
    "crm_row",
    "crm_id",
    "matched_by",
    "detail",
];

/// Assignments held against a CRM: all that the outputs are made of.
#[derive(Clone, Debug)]
pub struct HandoverReport<'a> {
    /// The assignments as leads, and the CRM's leads as listings.
    pub import: &'a Import,
    /// Who got each of them.
    pub assigned: &'a [Assigned],
    /// What became of them.
    pub handover: &'a Handover,
    /// The least confidence, from 0 to 100, at which two records are the same.
    pub threshold: u8,
    /// The command line, the program's name first.
    pub command: Vec<String>,
    /// Every file that was read.
    pub inputs: Vec<InputCopy<'a>>,
    /// Whether copies of these are kept.
    pub keep_inputs: bool,
}

impl HandoverReport<'_> {
    /// How many assignments came to what.
    pub fn counts(&self) -> BTreeMap<HandoverState, u64> {
        let mut counts: BTreeMap<HandoverState, u64> =
            HandoverState::ALL.into_iter().map(|state| (state, 0)).collect();
        for handed in &self.handover.leads {
            *counts.entry(handed.state).or_default() += 1;
        }
        counts
    }

    fn party(&self, record: &CrmRecord, field: PartyField) -> &str {
        self.import.listings[record.listing]
            .parties
            .get(record.row, field)
    }

    /// Where a record of the CRM stands.
    fn place(&self, record: &CrmRecord) -> String {
        let list = &self.import.listings[record.listing];
        list.source.row(list.rows[record.row]).to_string()
    }

    /// Who owns a record, as a sentence names them.
    fn owner(&self, record: &CrmRecord) -> String {
        let written = short(self.party(record, PartyField::Owner));
        match record.owner.map(|rep| &self.import.reps[rep.at()].name) {
            _ if written.is_empty() => "nobody".to_owned(),
            Some(name) if short(name) != written => format!("{} ({written})", short(name)),
            _ => written,
        }
    }

    fn detail(&self, assigned: &Assigned, handed: &Handed) -> String {
        let who = [&assigned.rep_name, &assigned.rep_id, &assigned.team];
        let who = who.into_iter().find(|text| !text.trim().is_empty());
        let who = who.map(|text| short(text)).unwrap_or_default();
        match (handed.state, handed.records.as_slice()) {
            (HandoverState::Taken, _) => format!("the CRM has it with {who}"),
            (HandoverState::Drifted, [record, ..]) => {
                format!("the CRM has it with {} instead of {who}", self.owner(record))
            }
            (HandoverState::Unowned, [record, ..]) => match short(self.party(record, PartyField::Owner)) {
                queue if queue.is_empty() => format!("the CRM has it without an owner; {who} got it"),
                queue => format!("the CRM has it in the queue {queue}; {who} got it"),
            },
            (HandoverState::Twice, records) => {
                let each = records
                    .iter()
                    .map(|record| format!("{} with {}", self.place(record), self.owner(record)));
                format!(
                    "{} records are this lead: {}",
                    records.len(),
                    each.collect::<Vec<_>>().join(", ")
                )
            }
            _ => format!("the CRM has no such lead; {who} got it"),
        }
    }

    fn write_rows(&self, to: &mut dyn Write) -> io::Result<()> {
        let leads = &self.import.leads;
        let mut out = Csv::like(leads, Formulas::Disarmed, to)?;
        let header = before_headers(headers(&HEADERS), &leads.headers);
        out.texts(header.iter().map(String::as_str))?;
        let rows = self.assigned.iter().zip(&self.handover.leads);
        for (lead, (assigned, handed)) in (0..).map(LeadIndex::new).zip(rows) {
            let records = &handed.records;
            let of = |field| joined(records.iter().map(|record| self.party(record, field).to_owned()));
            out.text(&leads.ids[lead.at()])?;
            out.text(&assigned.rep_id)?;
            out.text(&assigned.rep_name)?;
            out.text(handed.state.name())?;
            out.text(&of(PartyField::Owner))?;
            out.text(&joined(records.iter().map(|record| self.place(record))))?;
            out.text(&of(PartyField::Id))?;
            out.text(&joined(records.iter().map(|record| names(record.keys))))?;
            out.text(&self.detail(assigned, handed))?;
            own(leads, lead, &mut out)?;
            out.end()?;
        }
        out.finish()
    }
}

/// The cells of several records, ` | ` between them; empty where all are.
fn joined(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    if cells.iter().all(String::is_empty) {
        return String::new();
    }
    cells.join(" | ")
}

/// The words of keys: `id`, `email, person`.
fn names(keys: KeySet) -> String {
    keys.keys().map(MatchKey::name).collect::<Vec<_>>().join(", ")
}

impl Outputs for HandoverReport<'_> {
    fn kind(&self) -> FolderKind {
        FolderKind::Handover
    }

    fn write(&self, sink: &mut dyn Sink) -> anyhow::Result<Vec<(String, String)>> {
        let mut out = Hashing::new(sink);
        out.file("handover.csv", |to| self.write_rows(to))?;
        let copies = Copies::of(&self.inputs, self.keep_inputs)?.write(&mut out)?;
        let counts = self.counts().into_iter();
        let record = ImportRecord {
            dealt: env!("CARGO_PKG_VERSION").to_owned(),
            kind: FolderKind::Handover,
            command: self.command.clone(),
            as_of: self.import.as_of.text(),
            time_zone: zone_text(&self.import.as_of),
            inputs: copies,
            threshold: self.threshold,
            counts: counts
                .map(|(state, count)| (state.name().to_owned(), count))
                .collect(),
            large: 0,
            large_blocks: Vec::new(),
            outputs: out.hashes().iter().cloned().collect(),
            notes: self.import.notes.iter().cloned().map(note).collect(),
        };
        out.file(FILE, |to| to.write_all(record.to_json().as_bytes()))?;
        Ok(out.into_hashes())
    }
}
