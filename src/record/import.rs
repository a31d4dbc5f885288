//! `run.json` of folders that hold no run: an import that was reconciled, assignments held against a CRM.

use super::{InputRecord, LedgerRecord, NoteRecord, json, zone};
use crate::mistake::Mistakes;
use crate::model::AsOf;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a folder of outputs holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FolderKind {
    /// A finished run.
    #[default]
    Run,
    /// An import that was reconciled.
    Reconcile,
    /// Assignments that were held against what a CRM holds.
    Handover,
}

impl FolderKind {
    /// What it is called in sentences.
    pub fn text(self) -> &'static str {
        match self {
            Self::Run => "a finished run",
            Self::Reconcile => "a reconciled import",
            Self::Handover => "a hand-over that was looked at",
        }
    }
}

/// What any record says of its folder.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FolderRecord {
    /// What the folder holds.
    #[serde(default)]
    pub kind: FolderKind,
    /// The moment of the command, RFC 3339 with offset.
    pub as_of: String,
    /// The SHA-256 of every other file, by its path in the folder.
    pub outputs: BTreeMap<String, String>,
    /// The ledger that a run stands in.
    #[serde(default)]
    pub ledger: Option<LedgerRecord>,
}

impl FolderRecord {
    /// Reads what any record says; nothing if the text is none.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

/// All that a folder says of itself that holds no run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// The version of the program that made it.
    pub dealt: String,
    /// What the folder holds.
    pub kind: FolderKind,
    /// The command line, the program's name first.
    pub command: Vec<String>,
    /// The moment of the command, RFC 3339 with offset.
    pub as_of: String,
    /// The time zone: an IANA name, `UTC`, or a fixed offset such as `+02:00`.
    pub time_zone: String,
    /// Every file that was read, in the order of the roles.
    pub inputs: Vec<InputRecord>,
    /// The least confidence, from 0 to 100, at which two records are the same.
    pub threshold: u8,
    /// How many rows came to what, by the words of the files; rows that could not be read are `set_aside`.
    pub counts: BTreeMap<String, u64>,
    /// How many keys too many records share to hold each against each.
    #[serde(default)]
    pub large: u64,
    /// The largest of these.
    #[serde(default)]
    pub large_blocks: Vec<LargeBlockRecord>,
    /// The SHA-256 of every other file, by its path in the folder.
    pub outputs: BTreeMap<String, String>,
    /// What was said of the files.
    pub notes: Vec<NoteRecord>,
}

/// Records too many of which share a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LargeBlockRecord {
    /// The key.
    pub key: String,
    /// What they share.
    pub value: String,
    /// How many rows of the import share it.
    pub imported: u64,
    /// How many known records share it.
    pub known: u64,
}

impl ImportRecord {
    /// Reads a record from the text of `run.json`.
    ///
    /// # Errors
    /// One mistake with the line and character if the text is not such a record.
    pub fn from_json(text: &str) -> Result<Self, Mistakes> {
        json::read(
            text,
            "reconcile again; a record is written by the program, not by hand",
        )
    }

    /// Writes the record as indented JSON with a line end; the same record gives the same text.
    ///
    /// # Panics
    /// Never: every key is text and every number whole.
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// The moment and time zone of the command.
    ///
    /// # Errors
    /// A mistake if either cannot be read.
    pub fn moment(&self) -> Result<AsOf, Mistakes> {
        zone::moment(&self.as_of, &self.time_zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_a_kind_is_that_of_a_run() {
        let read = |text: &str| FolderRecord::from_json(text).map(|record| record.kind);
        assert_eq!(read(r#"{"as_of":"x","outputs":{}}"#), Some(FolderKind::Run));
        let text = r#"{"kind":"reconcile","as_of":"x","outputs":{},"threshold":80}"#;
        assert_eq!(read(text), Some(FolderKind::Reconcile));
        assert_eq!(read(r#"{"kind":"later","as_of":"x","outputs":{}}"#), None);
        assert_eq!(read("[]"), None);
    }
}
