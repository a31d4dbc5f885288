//! `run.json`: what a run read, how it was asked, what it came to, and the proof of each optimal pass.
//!
//! Written by [`report`](crate::report), read by whatever checks or explains a finished run. Keys stand in
//! a fixed order; sums and fairness, which may pass what a JSON number holds exactly, are strings of digits.

mod exact;
mod history;
mod import;
mod json;
mod past;
mod zone;

use crate::mistake::Mistakes;
use crate::model::{AsOf, LevelGap, Potential, Totals, Worth};
pub use history::{ClockRecord, CountedRecord, HistoryRecord, PeriodRecord, ServedRecord};
pub use import::{FolderKind, FolderRecord, ImportRecord, LargeBlockRecord};
pub use past::{past_from_json, past_to_json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
pub use zone::zone_text;

/// The name of the record in a run's folder.
pub const FILE: &str = "run.json";

/// All that a finished run says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// The version of the program that made the run.
    pub dealt: String,
    /// The command line, the program's name first.
    pub command: Vec<String>,
    /// The moment of the run, RFC 3339 with offset.
    pub as_of: String,
    /// The time zone of the run: an IANA name, `UTC`, or a fixed offset such as `+02:00`.
    pub time_zone: String,
    /// Every file that was read, in the order of the roles.
    pub inputs: Vec<InputRecord>,
    /// The options that shaped the outputs.
    pub options: OptionsRecord,
    /// How many leads came to what.
    pub counts: Counts,
    /// Names of the tiers, best first.
    pub tiers: Vec<String>,
    /// Names of the score's parts, in the order of the rules.
    pub parts: Vec<String>,
    /// What each pass did.
    pub passes: Vec<PassRecord>,
    /// What every group of every limit got, in the order of the rules; absent without limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitRecord>,
    /// What earlier runs left behind, as this run used it.
    pub history: HistoryRecord,
    /// The ledger that the run stands in, or is planned for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<LedgerRecord>,
    /// The SHA-256 of every other file that the run wrote, by its path in the folder.
    pub outputs: BTreeMap<String, String>,
    /// What was said of the inputs and of the dealing.
    pub notes: Vec<NoteRecord>,
}

/// The ledger that a run stands in, or is planned for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRecord {
    /// The file, as the user named it.
    pub file: String,
    /// The run's number there.
    pub run: u64,
    /// Whether the run is only planned: nothing of it is in the ledger.
    #[serde(rename = "plan", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_plan: bool,
    /// Reps whose leads were taken back at the user's word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub released: Vec<String>,
    /// Leads that were dealt by hand after the run was planned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<EditRecord>,
}

/// A lead whose rep was changed by hand after the run was planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditRecord {
    /// The lead's id.
    pub lead: String,
    /// The rep of the plan; empty where it was unassigned.
    pub planned: String,
    /// The rep by hand; empty where it was taken from its rep.
    pub rep: String,
    /// The hard rules that this breaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<String>,
}

/// A file that a run read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputRecord {
    /// What it served as: `leads`, `reps`, `pins`, `rules`, `territories`, `table:affinity.csv`.
    pub role: String,
    /// The file as the user named it, without `#Sheet`.
    pub file: String,
    /// The sheet that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The format that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The SHA-256 of the file's bytes in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Where its compressed copy is in the folder; absent without copies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// Whether it comes with the program, such as the default rules.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub builtin: bool,
}

/// The options of a run that shaped its outputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OptionsRecord {
    /// `--for`: the CRM whose import files were written.
    #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
    pub crm: Option<String>,
    /// `--by`: `rep` or `team`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether a workbook was written.
    #[serde(default)]
    pub xlsx: bool,
    /// Whether the inputs were kept in the folder.
    pub inputs: bool,
    /// `--strict` with its bound as given: empty where every lead must be dealt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strict: Option<String>,
}

/// How many leads came to what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Leads that could be read.
    pub leads: u64,
    /// Of these the assigned ones, those that stay with a team included.
    pub assigned: u64,
    /// Of these the others.
    pub unassigned: u64,
    /// Leads that an earlier run dealt and that stay where they are.
    #[serde(default, skip_serializing_if = "is_none")]
    pub standing: u64,
    /// Rows that could not be read.
    pub set_aside: u64,
    /// The unassigned ones by the word of their reason.
    pub by_reason: BTreeMap<String, u64>,
    /// The reps of the roster, inactive ones included.
    pub reps: u64,
}

/// What a pass did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PassRecord {
    /// Its name.
    pub name: String,
    /// Its method's word in the rules.
    pub method: String,
    /// Leads that were up for it.
    pub leads: u64,
    /// Leads that it dealt.
    pub dealt: u64,
    /// Leads of a better tier left undealt while a worse tier took room that they could have had.
    pub overtaken: u64,
    /// The proof, for passes that are solved as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<ProofRecord>,
}

/// The proof of a pass that is solved as a whole. In a pass that grants wishes, points are thousandths of a point
/// of their sum, and leads have no tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProofRecord {
    /// What the assignment adds up to.
    #[serde(with = "exact::totals")]
    pub objective: Totals,
    /// The most that can be had.
    #[serde(with = "exact::totals")]
    pub bound: Totals,
    /// The first level not proven, `null` where all are: `minimums`, `points`, `fairness` or a tier's position.
    #[serde(with = "exact::gap")]
    pub gap: Option<LevelGap>,
    /// Fairness units of one lead at the largest weight.
    #[serde(with = "exact::digits")]
    pub fairness_unit: i64,
    /// The least optimal potential of every rep in the pass, by rep id (of every team in a shotgun
    /// pass, under the team's first member): tier or `null`, points in units, fairness.
    #[serde(with = "exact::potentials")]
    pub potentials: BTreeMap<String, Potential>,
    /// The greatest optimal potential of each of those that had room in the pass, in the same form.
    #[serde(with = "exact::potentials")]
    pub greatest: BTreeMap<String, Potential>,
    /// The price of one more place of each of those with a least potential, in the same form.
    #[serde(with = "exact::potentials")]
    pub prices: BTreeMap<String, Potential>,
    /// What limits add to the proof; absent without limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitProofRecord>,
}

/// What limits add to the proof of a pass. For any prices, what leads keep beyond the prices of their places,
/// and what places and limits bring beyond their cost, is no less than any deal is worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitProofRecord {
    /// Leads towards the minimums that were asked for: of the assignment.
    pub minimums: u64,
    /// The same of the bound.
    #[serde(with = "exact::digits")]
    pub minimums_bound: i64,
    /// What a place of each rep's own is worth.
    pub own: Vec<OwnPriceRecord>,
    /// The price of every limit that holds in the pass.
    pub prices: Vec<LimitPriceRecord>,
    /// Where limits cross, what bounds the levels that the prices above leave open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelBoundRecord>,
}

/// What bounds the levels of a pass up to one as a weighted sum: no deal is worth more than what leads keep
/// beyond the prices of their places, and what places and limits bring beyond their cost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelBoundRecord {
    /// What a lead of each tier counts; tiers after the level bounded are missing.
    #[serde(with = "exact::digits_list")]
    pub tiers: Vec<i128>,
    /// What a lead towards a minimum counts.
    #[serde(with = "exact::digits")]
    pub minimum: i128,
    /// What a unit of points counts.
    #[serde(with = "exact::digits")]
    pub unit: i128,
    /// What a place of each rep's own is worth, in the order of `own`.
    #[serde(with = "exact::digits_list")]
    pub own: Vec<i128>,
    /// The price of every limit, in the order of `prices`.
    #[serde(with = "exact::digits_list")]
    pub prices: Vec<i128>,
}

/// What a place of a rep's own is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPriceRecord {
    /// The rep's id; of a team its first member's.
    pub rep: String,
    /// Leads by tier, leads towards a minimum, points in units, fairness.
    #[serde(with = "exact::worth")]
    pub price: Worth,
}

/// The price of one more place within a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitPriceRecord {
    /// The limit's name.
    pub limit: String,
    /// Its group; absent where the members of a team are counted together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The team, in a pass to teams, whose members are counted together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// So many leads the pass was asked to give at least.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub asked: u32,
    /// Leads by tier, leads towards a minimum, points in units, fairness.
    #[serde(with = "exact::worth")]
    pub price: Worth,
}

/// What the reps whom a limit holds together got, pins and all passes together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitRecord {
    /// The limit's name.
    pub limit: String,
    /// `rep`, `team` or the column that makes the groups.
    pub per: String,
    /// The rep's id, the team, or the value of the column.
    pub group: String,
    /// Leads of the limit that they got.
    pub dealt: u64,
    /// Leads of the limit that they had before in its period.
    #[serde(default, skip_serializing_if = "is_none")]
    pub before: u64,
    /// Over which time it counts; not written where that is the run.
    #[serde(default, skip_serializing_if = "PeriodRecord::is_run")]
    pub period: PeriodRecord,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// At least so many, if that could be: where `dealt` is less, the minimum is not met.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub min: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_none(number: &u64) -> bool {
    *number == 0
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRecord {
    /// `fact` or `warning`.
    pub kind: String,
    /// The sentence.
    pub text: String,
}

impl RunRecord {
    /// Reads a record from the text of `run.json`.
    ///
    /// # Errors
    /// One mistake with the line and character if the text is not such a record.
    pub fn from_json(text: &str) -> Result<Self, Mistakes> {
        json::read(
            text,
            "run the leads again; a record is written by the program, not by hand",
        )
    }

    /// Writes the record as indented JSON with a line end; the same record gives the same text.
    ///
    /// # Panics
    /// Never: every key is text and every number whole.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// The moment and time zone of the run.
    ///
    /// # Errors
    /// A mistake if either cannot be read.
    pub fn moment(&self) -> Result<AsOf, Mistakes> {
        zone::moment(&self.as_of, &self.time_zone)
    }
}

#[cfg(test)]
mod tests;
