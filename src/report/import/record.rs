//! The record of a reconciled import.

use super::super::record::note;
use super::{ImportReport, counts};
use crate::model::LargeBlock;
use crate::record::{FolderKind, ImportRecord, InputRecord, LargeBlockRecord, zone_text};

/// Makes the record.
pub fn of(report: &ImportReport, inputs: Vec<InputRecord>, outputs: &[(String, String)]) -> ImportRecord {
    let import = report.import;
    ImportRecord {
        dealt: env!("CARGO_PKG_VERSION").to_owned(),
        kind: FolderKind::Reconcile,
        command: report.command.clone(),
        as_of: import.as_of.text(),
        time_zone: zone_text(&import.as_of),
        inputs,
        threshold: report.threshold,
        counts: counts(report).by_word(),
        large: report.reconciled.large,
        large_blocks: report.reconciled.large_blocks.iter().map(block).collect(),
        outputs: outputs.iter().cloned().collect(),
        notes: import.notes.iter().cloned().map(note).collect(),
    }
}

fn block(block: &LargeBlock) -> LargeBlockRecord {
    LargeBlockRecord {
        key: block.key.name().to_owned(),
        value: block.value.clone(),
        imported: block.sizes.0,
        known: block.sizes.1,
    }
}
