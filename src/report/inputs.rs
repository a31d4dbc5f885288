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

#[cfg(test)]
mod tests {
    use crate::report::fixture::sample;
    use crate::report::{InputCopy, Memory, write};
    use std::io::Read;

    #[test]
    fn inputs_are_kept_compressed_once_each_or_not_at_all() {
        let mut sample = sample();
        let mut run = sample.run();
        run.inputs.push(InputCopy {
            role: "reps".to_owned(),
            ..run.inputs[0].clone()
        });
        run.inputs.push(InputCopy {
            role: "rules".to_owned(),
            name: "-".to_owned(),
            ..run.inputs[0].clone()
        });
        let mut memory = Memory::default();
        write(&run, &mut memory).expect("memory takes everything");
        let copies: Vec<_> = memory
            .0
            .iter()
            .filter(|(name, _)| name.starts_with("inputs/"))
            .collect();
        assert_eq!(
            copies.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["inputs/01-leads.csv.gz", "inputs/02-stdin.gz"]
        );
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(copies[0].1.as_slice())
            .read_to_end(&mut back)
            .expect("it is gzip");
        assert_eq!(back, sample.leads_file);

        sample.options.keep_inputs = false;
        assert!(!sample.files().iter().any(|(name, _)| name.starts_with("inputs/")));
    }
}
