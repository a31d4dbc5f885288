//! What the user changed by hand in the files of a plan.

use dealt::deal::Edit;
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{
    Allocation, Batch, Found, LeadIndex, Outcome, Past, RepDirectory, RepIndex, ReturnedBy, Table,
};
use dealt::model::{restore, widened};
use dealt::read::{self, InputFile, Reading};
use dealt::record::{EditRecord, RunRecord};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const ASSIGNMENTS: &str = "assignments.csv";
const UNASSIGNED: &str = "unassigned.csv";

/// Where a plan's files are, and what they were.
pub struct Hand<'a> {
    /// The out folder.
    pub out: &'a str,
    /// `--from`.
    pub from: Option<&'a str>,
    /// The plan's record.
    pub record: &'a RunRecord,
    /// The files as they are now.
    pub files: &'a BTreeMap<String, Vec<u8>>,
}

/// Reads the edits, in the order of the leads.
///
/// # Errors
/// Every row that is missing, not of the plan, there twice, or names a rep that cannot be.
pub fn read(hand: &Hand<'_>, batch: &Batch, plan: &Allocation) -> Result<Vec<Edit>, Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut reader = Reader {
        batch,
        plan,
        directory: RepDirectory::new(&batch.reps.list),
        leads: batch
            .leads
            .ids
            .iter()
            .zip(0..)
            .map(|(id, at)| (id.as_str(), LeadIndex::new(at)))
            .collect(),
        seen: BTreeSet::new(),
        edits: Vec::new(),
        mistakes: &mut mistakes,
    };
    if let Some((table, unassigned)) = hand.tables(reader.mistakes) {
        reader.assigned(&table);
        if let Some(unassigned) = unassigned {
            reader.unassigned(&unassigned);
        }
    }
    let mut edits = reader.edits;
    edits.sort_by_key(|edit| edit.lead);
    mistakes.or(edits)
}

impl Hand<'_> {
    /// The tables of assigned and, where it was changed, of unassigned leads.
    fn tables(&self, mistakes: &mut Mistakes) -> Option<(Table, Option<Table>)> {
        let sheet = |file: &InputFile, sheet: Option<&str>| read::table(file, sheet, &Reading::default());
        let Some(from) = self.from else {
            let assigned = self.own(ASSIGNMENTS, mistakes)?;
            let unassigned = self.own(UNASSIGNED, mistakes)?;
            let assigned = mistakes.keep(sheet(&assigned, None))?;
            return Some((assigned, mistakes.keep(sheet(&unassigned, None))));
        };
        let (_, named) = read::split_sheet(from);
        let file = mistakes.keep(read::input_file(from))?;
        let sheets = mistakes.keep(read::sheets(&file))?;
        let has = |wanted: &str| {
            let sheets = sheets.iter().flatten();
            sheets
                .into_iter()
                .find(|sheet| sheet.trim().eq_ignore_ascii_case(wanted))
                .cloned()
        };
        let first = named.clone().or_else(|| has("assignments"));
        let assigned = mistakes.keep(sheet(&file, first.as_deref()))?;
        let unassigned = if let Some(name) = has("unassigned").filter(|_| named.is_none()) {
            mistakes.keep(sheet(&file, Some(&name)))
        } else {
            let own = self.own(UNASSIGNED, mistakes)?;
            mistakes.keep(sheet(&own, None))
        };
        Some((assigned, unassigned))
    }

    fn own(&self, name: &str, mistakes: &mut Mistakes) -> Option<InputFile> {
        let bytes = self.files.get(name).cloned();
        let path = format!("{}/{name}", self.out);
        if bytes.is_none() && self.record.outputs.contains_key(name) {
            mistakes.push(Mistake::new(
                Kind::NoSuchFile,
                Position::File(path.clone()),
                "the file is gone",
            ));
        }
        bytes.map(|bytes| InputFile { name: path, bytes })
    }
}

/// Reads rows against the plan.
struct Reader<'a> {
    batch: &'a Batch,
    plan: &'a Allocation,
    directory: RepDirectory,
    leads: BTreeMap<&'a str, LeadIndex>,
    seen: BTreeSet<LeadIndex>,
    edits: Vec<Edit>,
    mistakes: &'a mut Mistakes,
}

impl Reader<'_> {
    fn wrong(&mut self, position: Position, column: &str, found: String, expected: &str) {
        self.mistakes.push(
            Mistake::new(Kind::BadEdit, position, found)
                .column(column)
                .expected(expected),
        );
    }

    fn planned(&self, lead: LeadIndex) -> Option<RepIndex> {
        match &self.plan.outcomes[lead.at()] {
            Outcome::Assigned(deal) => deal.rep,
            Outcome::Unassigned { .. } => None,
        }
    }

    fn is_dealt(&self, lead: LeadIndex) -> bool {
        matches!(self.plan.outcomes[lead.at()], Outcome::Assigned(_))
    }

    /// The rows of `assignments.csv`: all leads of the plan, some with another rep or none.
    fn assigned(&mut self, table: &Table) {
        let [lead, rep, name] = ["lead_id", "rep_id", "rep_name"].map(|header| column(table, header));
        let (Some(lead_at), Some(rep_at)) = (lead, rep) else {
            let found = "no columns `lead_id` and `rep_id`".to_owned();
            self.wrong(
                table.source.row(table.header_row),
                "header",
                found,
                "the columns of `assignments.csv`",
            );
            return;
        };
        for row in 0..table.rows.len() {
            let position = |column| table.source.cell(table.rows[row], column);
            let Some(lead) = self.lead(table, row, lead_at) else {
                continue;
            };
            if !self.is_dealt(lead) {
                let found = format!(
                    "lead `{}` is not assigned by the plan",
                    self.batch.leads.ids[lead.at()]
                );
                self.wrong(
                    position(lead_at),
                    "lead_id",
                    found,
                    "a `rep_id` in its row of `unassigned.csv`",
                );
                continue;
            }
            let planned = self.planned(lead);
            let (id, by_id) = self.cell(table, row, rep_at, planned, |rep| &rep.id);
            let (name, by_name) = match name {
                Some(at) => self.cell(table, row, at, planned, |rep| &rep.name),
                None => (String::new(), false),
            };
            let text = match (by_id, by_name) {
                (false, false) => continue,
                (true, false) => id,
                (false, true) => name,
                (true, true) => match (self.directory.find(&id), self.directory.find(&name)) {
                    _ if id.is_empty() && name.is_empty() => id,
                    (Found::One(one), Found::One(other)) if one == other => id,
                    (Found::One(one), Found::Several(several)) if several.contains(&one) => id,
                    _ => {
                        let found = format!("`rep_id` is now `{id}` and `rep_name` is `{name}`");
                        self.wrong(
                            position(rep_at),
                            "rep_id",
                            found,
                            "both of one rep, or one of them unchanged",
                        );
                        continue;
                    }
                },
            };
            self.change(lead, &text, &position(rep_at));
        }
        let missing: Vec<LeadIndex> = (0..self.plan.outcomes.len())
            .map(LeadIndex::new)
            .filter(|lead| self.is_dealt(*lead) && !self.seen.contains(lead))
            .collect();
        for lead in missing {
            let found = format!("the row of lead `{}` is missing", self.batch.leads.ids[lead.at()]);
            let position = Position::File(table.source.name());
            self.wrong(
                position,
                "lead_id",
                found,
                "all rows; an empty `rep_id` takes a lead from its rep",
            );
        }
    }

    /// The rows of `unassigned.csv`: a `rep_id` in one deals its lead.
    fn unassigned(&mut self, table: &Table) {
        let (Some(lead_at), Some(rep_at)) = (column(table, "lead_id"), column(table, "rep_id")) else {
            return;
        };
        let own = self
            .batch
            .leads
            .headers
            .iter()
            .position(|header| header == "rep_id");
        for row in 0..table.rows.len() {
            let text = restore(table.cells.get(row, rep_at)).trim().to_owned();
            let Some(lead) = self.lead(table, row, lead_at) else {
                continue;
            };
            let is_own = own.is_some_and(|own| self.batch.leads.cells.get(lead.at(), own).trim() == text);
            if !text.is_empty() && !is_own {
                self.change(lead, &text, &table.source.cell(table.rows[row], rep_at));
            }
        }
    }

    /// A cell of a rep, and whether it is not as planned.
    fn cell(
        &self,
        table: &Table,
        row: usize,
        column: usize,
        planned: Option<RepIndex>,
        of: fn(&dealt::model::Rep) -> &String,
    ) -> (String, bool) {
        let text = restore(table.cells.get(row, column)).trim().to_owned();
        let planned = planned.map_or("", |rep| of(&self.batch.reps.list[rep.at()]).trim());
        let is_changed = text != planned;
        (text, is_changed)
    }

    fn lead(&mut self, table: &Table, row: usize, column: usize) -> Option<LeadIndex> {
        let id = restore(table.cells.get(row, column));
        let position = table.source.cell(table.rows[row], column);
        let known = self
            .leads
            .get(id)
            .or_else(|| self.leads.get(widened(id.trim()).as_ref()))
            .copied();
        let Some(lead) = known else {
            self.wrong(
                position,
                "lead_id",
                format!("lead `{id}` is not in the plan"),
                "a lead of the plan",
            );
            return None;
        };
        if !self.seen.insert(lead) {
            self.wrong(
                position,
                "lead_id",
                format!("lead `{id}` is there a second time"),
                "each lead once",
            );
            return None;
        }
        Some(lead)
    }

    fn change(&mut self, lead: LeadIndex, text: &str, position: &Position) {
        let rep = match self.directory.find(text) {
            _ if text.is_empty() => None,
            Found::One(rep) => Some(rep),
            Found::Several(reps) => {
                let found = format!("`{text}` is the name of {} reps", reps.len());
                return self.wrong(position.clone(), "rep_id", found, "a rep's id");
            }
            Found::Nobody => {
                let found = format!("`{text}` is not on the roster");
                let mistake = Mistake::new(Kind::BadEdit, position.clone(), found).column("rep_id");
                self.mistakes.push(match self.directory.suggestion(text) {
                    Some(meant) => mistake.hint(format!("did you mean `{meant}`?")),
                    None => mistake.expected("the id or name of a rep"),
                });
                return;
            }
        };
        if rep != self.planned(lead) {
            self.edits.push(Edit { lead, rep });
        }
    }
}

/// The column of a header; of two the first, which is ours.
fn column(table: &Table, header: &str) -> Option<usize> {
    table.headers.iter().position(|own| own.trim() == header)
}

/// An edit as it is recorded.
pub fn record(batch: &Batch, plan: &Allocation, edit: Edit, breaks: Vec<String>) -> EditRecord {
    let id = |rep: Option<RepIndex>| rep.map_or(String::new(), |rep| batch.reps.list[rep.at()].id.clone());
    let planned = match &plan.outcomes[edit.lead.at()] {
        Outcome::Assigned(deal) => deal.rep,
        Outcome::Unassigned { .. } => None,
    };
    EditRecord {
        lead: batch.leads.ids[edit.lead.at()].clone(),
        planned: id(planned),
        rep: id(edit.rep),
        breaks,
    }
}

/// What the plan took back from reps and still stands with them now.
pub fn taken_back(planned: &Past, now: &Past) -> Vec<(String, String, ReturnedBy)> {
    let still = planned.returned.iter().filter(|(id, returned)| {
        returned.by != ReturnedBy::Declined
            && now
                .standing
                .get(*id)
                .is_some_and(|standing| standing.rep_id == returned.rep_id)
    });
    still
        .map(|(id, returned)| (id.clone(), returned.rep_id.clone(), returned.by))
        .collect()
}

/// What is said of the edits, in lines.
pub fn said(edits: &[EditRecord]) -> String {
    let mut text = String::new();
    for edit in edits {
        let to = if edit.rep.is_empty() { "nobody" } else { &edit.rep };
        let from = if edit.planned.is_empty() {
            "unassigned"
        } else {
            &edit.planned
        };
        let _ = write!(text, "changed by hand: lead {} from {from} to {to}", edit.lead);
        if !edit.breaks.is_empty() {
            let _ = write!(text, ", though it breaks {}", edit.breaks.join(", "));
        }
        text.push('\n');
    }
    text
}
