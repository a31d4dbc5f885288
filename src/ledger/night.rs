//! A run as the ledger records it.

use crate::model::{History, Moment, ReturnedBy};

/// A rep as the roster of a run showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its e-mail; may be empty.
    pub email: String,
    /// Its team; may be empty.
    pub team: String,
    /// Whether it was active.
    pub active: bool,
}

/// A lead's row as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadRow<'a> {
    /// The file, as the user named it.
    pub file: &'a str,
    /// The headers of that file's own columns.
    pub headers: &'a [String],
    /// The cells under them.
    pub cells: Vec<&'a str>,
}

/// A lead that a run dealt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealt<'a> {
    /// The lead's id.
    pub lead_id: &'a str,
    /// The rep's id; empty where the lead stays with a team.
    pub rep_id: &'a str,
    /// The team that a pass to teams gave it to, else the rep's own; empty = none.
    pub team: &'a str,
    /// The name of what dealt it: a pass, `pin`, `fallback`, `edit`.
    pub by: &'a str,
    /// The tier's name.
    pub tier: &'a str,
    /// The score in units.
    pub score: i64,
    /// Why this rep, as one sentence.
    pub reason: String,
    /// The names of the limits with a period that count it.
    pub limits: Vec<&'a str>,
    /// By how much it moved the rep's turn on: pass, group, turn units; given back where the lead was bad.
    pub turns: Vec<(&'a str, &'a str, i128)>,
    /// The cells of `assignments.csv` before the lead's own.
    pub cells: Vec<String>,
    /// The lead's own row.
    pub row: LeadRow<'a>,
}

/// All that the ledger records of a run, in one transaction.
#[derive(Clone, Debug)]
pub struct Night<'a> {
    /// The moment of the run.
    pub as_of: Moment,
    /// The same as text, RFC 3339 with the offset of the rules' zone.
    pub as_of_text: &'a str,
    /// The name of that zone, in which outcomes without an offset are meant.
    pub time_zone: &'a str,
    /// The version of the program.
    pub version: &'a str,
    /// The command line.
    pub command: &'a [String],
    /// The hash of all inputs, rules and options but a defaulted as-of.
    pub fingerprint: &'a str,
    /// The out folder, absolute.
    pub out: &'a str,
    /// The manifest of the files that are to be put in place there.
    pub manifest: &'a str,
    /// The roster.
    pub roster: &'a [RosterEntry],
    /// The headers of `assignments.csv` before the leads' own.
    pub headers: &'a [String],
    /// The delimiter of the leads, and whether they had a byte-order mark.
    pub shape: (u8, bool),
    /// What was dealt, in input order.
    pub dealt: &'a [Dealt<'a>],
    /// Leads that this run took back from their reps, released or recycled, with the rep.
    pub returned: &'a [(String, String, ReturnedBy)],
    /// What the run leaves behind: clocks and turns.
    pub history: &'a History,
}
