//! The folder of a reconciled import: opened again, made again, checked and explained.

use super::reconcile::{Gathered, Held, copies, hold};
use super::run::default_threads;
use super::{Ending, finished, interrupt, nightly, say};
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::LeadIndex;
use dealt::model::widened;
use dealt::read::{self, ImportInputs, InputFile, InputTable, Reading};
use dealt::record::{self, FolderKind, FolderRecord, ImportRecord};
use dealt::report::{ImportReport, Memory, place, sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// How many differing cells of a file are named.
const SHOWN: usize = 5;

/// What a folder holds, once what a killed command left there is put right; a run where nothing tells.
///
/// # Errors
/// Another command writes there; the disk fails.
pub fn kind(out: &str) -> anyhow::Result<FolderKind> {
    let folder = Path::new(out);
    if folder.is_dir()
        && let Some(recovered) = interrupt::after(|| place::recover(folder, &nightly::is_recorded))?
    {
        say::talk(recovered.text());
    }
    let text = fs::read_to_string(folder.join(record::FILE)).ok();
    let known = text.and_then(|text| FolderRecord::from_json(&text));
    Ok(known.map_or(FolderKind::Run, |known| known.kind))
}

/// A folder with all that is in it, and the import made again of the inputs that it kept.
struct Folder {
    record: ImportRecord,
    files: BTreeMap<String, Vec<u8>>,
    gathered: Gathered,
    held: Held,
}

fn open(out: &str) -> anyhow::Result<Folder> {
    let text = fs::read_to_string(Path::new(out).join(record::FILE))?;
    let record = ImportRecord::from_json(&text)?;
    let files = finished::files(out, record.outputs.keys())?;
    let gathered = gather(out, &record, &files)?;
    let rule_file = super::inputs::rule_file(&gathered.rules)?;
    let as_of = record.moment()?;
    let held = hold(&gathered, &rule_file, as_of, default_threads(), true, &|_| {})?;
    Ok(Folder {
        record,
        files,
        gathered,
        held,
    })
}

impl Folder {
    fn report(&self) -> ImportReport<'_> {
        ImportReport {
            import: &self.held.import,
            reconciled: &self.held.reconciled,
            threshold: self.held.threshold,
            command: self.record.command.clone(),
            inputs: copies(&self.gathered),
            keep_inputs: true,
        }
    }
}

/// The inputs out of the copies that were kept.
fn gather(out: &str, record: &ImportRecord, files: &BTreeMap<String, Vec<u8>>) -> Result<Gathered, Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut tables: BTreeMap<&str, Vec<InputTable>> = BTreeMap::new();
    for input in &record.inputs {
        if let Some(file) = mistakes.keep(finished::copy(out, input, files)) {
            let sheet = input.sheet.clone();
            let table = InputTable { file, sheet };
            tables.entry(&input.role).or_default().push(table);
        }
    }
    mistakes.or(())?;
    let mut all = |role: &str| tables.remove(role).unwrap_or_default();
    let (imports, existing, accounts) = (all("import"), all("existing"), all("accounts"));
    let (reps, rules) = (all("reps").pop(), all("rules").pop());
    let Some(rules) = rules.filter(|_| !imports.is_empty()) else {
        let position = Position::File(format!("{out}/{}", record::FILE));
        return Err(
            Mistake::new(Kind::NotARun, position, "names no import or no rules")
                .expected("an import that can be reconciled again from its folder")
                .into(),
        );
    };
    let first = record.inputs.iter().find(|input| input.role == "import");
    Ok(Gathered {
        built_in: rules.file.name == super::inputs::BUILT_IN,
        rules: rules.file,
        inputs: ImportInputs {
            imports,
            existing,
            accounts,
            reps,
            reading: Reading {
                format: first.and_then(|input| input.format.clone()),
            },
        },
    })
}

/// Checks the folder of a reconciled import: its files against their hashes, and against what is made again.
///
/// # Errors
/// A folder without the copy of its inputs.
pub fn verify(out: &str, quiet: bool) -> anyhow::Result<Ending> {
    let folder = open(out)?;
    let mut made = Memory::default();
    folder.report().results(&mut made)?;
    let mut faults = Vec::new();
    for (name, hash) in &folder.record.outputs {
        let made = made.0.iter().find(|(made, _)| made == name);
        match (folder.files.get(name), made) {
            (None, _) => faults.push(format!("{name}: is missing")),
            (Some(found), Some((_, made))) if found != made => {
                faults.extend(differences(name, found, made));
            }
            (Some(found), _) if sha256(found) != *hash => {
                faults.push(format!("{name}: differs from what was written"));
            }
            _ => {}
        }
    }
    let mut text = String::new();
    for fault in &faults {
        let _ = writeln!(text, "fault: {fault}");
    }
    if !quiet {
        let rows = folder.held.import.leads.len();
        let _ = writeln!(
            text,
            "a reconciled import: the verdicts of {rows} rows were made again"
        );
        if faults.is_empty() {
            text.push_str("all is as it says\n");
        }
    }
    say::text(&text)?;
    Ok(if faults.is_empty() {
        Ending::Done
    } else {
        Ending::Fault
    })
}

/// Where a file differs from what it should be, cell by cell as far as its rows are still the same ones.
fn differences(name: &str, found: &[u8], made: &[u8]) -> Vec<String> {
    let table = |bytes: &[u8]| {
        let file = InputFile {
            name: name.to_owned(),
            bytes: bytes.to_vec(),
        };
        read::table(&file, None, &Reading::default()).ok()
    };
    let (Some(found), Some(made)) = (table(found), table(made)) else {
        return vec![format!("{name}: differs from what is computed")];
    };
    if found.headers != made.headers {
        return vec![format!("{name}: its columns were changed")];
    }
    if found.rows.len() != made.rows.len() {
        return vec![format!(
            "{name}: has {} rows, computed are {}",
            found.rows.len(),
            made.rows.len()
        )];
    }
    let mut faults = Vec::new();
    let mut more = 0;
    for (row, number) in found.rows.iter().enumerate() {
        for (column, header) in found.headers.iter().enumerate() {
            let (is, should) = (found.cells.get(row, column), made.cells.get(row, column));
            if is == should {
                continue;
            }
            if faults.len() == SHOWN {
                more += 1;
                continue;
            }
            faults.push(format!(
                "{name}:{number}: {}: `{header}` is `{is}`, computed is `{should}`",
                made.cells.get(row, 0)
            ));
        }
    }
    if more > 0 {
        faults.push(format!("{name}: and {more} more cells"));
    }
    if faults.is_empty() {
        faults.push(format!("{name}: is written in another way than it was"));
    }
    faults
}

/// Says all that a row of a reconciled import was held against.
///
/// # Errors
/// A row that the import does not have; a folder without the copy of its inputs.
pub fn explain(out: &str, lead: &str) -> anyhow::Result<Ending> {
    let folder = open(out)?;
    let ids = &folder.held.import.leads.ids;
    let wanted = widened(lead.trim());
    let Some(at) = ids.iter().position(|id| *id == wanted) else {
        let position = Position::File(out.to_owned());
        let found = format!("no row has the id `{}`", lead.trim());
        let mistake =
            Mistake::new(Kind::UnknownLead, position, found).expected("a `lead_id` of reconciled.csv");
        return Err(Mistakes::from(mistake).into());
    };
    say::text(&folder.report().verdicts().told(LeadIndex::new(at)))?;
    Ok(Ending::Done)
}
