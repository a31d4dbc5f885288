//! `inputs/`: a compressed copy of every file that the run read, each file once.

use super::sink::{Hashing, sha256};
use super::{InputCopy, Run, names};
use crate::record::InputRecord;
use flate2::{Compression, GzBuilder};
use std::io::Write;

/// Writes the copies, and says of every input what it was and where its copy is.
pub fn write(run: &Run, out: &mut Hashing) -> anyhow::Result<Vec<InputRecord>> {
    let mut records: Vec<InputRecord> = Vec::new();
    let mut copies = 0;
    for input in &run.inputs {
        let mut record = describe(input);
        let same = |other: &&InputRecord| (&other.file, &other.sha256) == (&record.file, &record.sha256);
        record.copy = records.iter().find(same).and_then(|other| other.copy.clone());
        if run.options.keep_inputs && record.copy.is_none() {
            copies += 1;
            let copy = path(copies, &input.name);
            out.file(&copy, |to| {
                let mut gzip = GzBuilder::new().write(to, Compression::default());
                gzip.write_all(input.bytes)?;
                gzip.finish()?;
                Ok(())
            })?;
            record.copy = Some(copy);
        }
        records.push(record);
    }
    Ok(records)
}

fn describe(input: &InputCopy) -> InputRecord {
    InputRecord {
        role: input.role.clone(),
        file: input.name.clone(),
        sheet: input.sheet.clone(),
        format: input.format.clone(),
        sha256: sha256(input.bytes),
        bytes: input.bytes.len() as u64,
        copy: None,
        builtin: input.builtin,
    }
}

/// Where a copy stands: numbered, so that names need not differ.
fn path(number: usize, name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let base = if name == "-" {
        "stdin".to_owned()
    } else {
        names::slug(base)
    };
    let base = if base.is_empty() { "input" } else { &base };
    format!("inputs/{number:02}-{base}.gz")
}
