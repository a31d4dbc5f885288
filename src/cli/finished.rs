//! A finished run: its record, its files, and the batch made again of the inputs that it kept.

use super::inputs::{BUILT_IN, Gathered, Loaded, assemble, rule_file};
use super::{interrupt, nightly, say};
use anyhow::Context;
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::Past;
use dealt::proof::{Changed, Evidence};
use dealt::read::{self, InputFile, InputTable, Inputs, Reading};
use dealt::record::{self, FolderKind, FolderRecord, InputRecord, RunRecord};
use dealt::report::place;
use dealt::rules;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Opens an out folder: finishes what a killed run left, reads the record and every file of the run, and
/// makes the batch again.
///
/// # Errors
/// A folder without a finished run or without the copy of its inputs; a file that cannot be read.
pub fn open(out: &str) -> anyhow::Result<Evidence> {
    Ok(reopen(out)?.evidence)
}

/// A finished run with all that it read.
pub struct Finished {
    /// The run.
    pub evidence: Evidence,
    /// What it read.
    pub gathered: Gathered,
}

/// The same, with what the run read.
///
/// # Errors
/// As for [`open`].
pub fn reopen(out: &str) -> anyhow::Result<Finished> {
    let record = self::record(out)?;
    let files = files(out, record.outputs.keys())?;
    let gathered = gather(out, &record, &files)?;
    let mut rules = rule_file(&gathered.rules)?;
    let Loaded { batch, rules } = assemble(&gathered, &mut rules, record.moment()?)?;
    let evidence = Evidence {
        batch,
        rules,
        record,
        files,
    };
    Ok(Finished { evidence, gathered })
}

/// The record of a finished run, once what a killed run left is put right.
///
/// # Errors
/// A folder without a finished run.
pub fn record(out: &str) -> anyhow::Result<RunRecord> {
    let folder = Path::new(out);
    if folder.is_dir()
        && let Some(recovered) = interrupt::after(|| place::recover(folder, &nightly::is_recorded))?
    {
        say::talk(recovered.text());
    }
    let record = folder.join(record::FILE);
    let text = fs::read_to_string(&record).map_err(|error| {
        Mistakes::from(
            Mistake::new(
                Kind::NotARun,
                Position::File(out.to_owned()),
                format!("has no `{}`: {error}", record::FILE),
            )
            .expected("the out folder of a finished run")
            .hint("`dealt run LEADS REPS --out DIR` makes one"),
        )
    })?;
    refuse_other_kind(out, &text)?;
    Ok(RunRecord::from_json(&text)?)
}

/// A folder that holds no run has nothing that a run has.
fn refuse_other_kind(out: &str, record: &str) -> Result<(), Mistakes> {
    let kind = FolderRecord::from_json(record).map(|known| known.kind);
    let Some(other) = kind.filter(|&kind| kind != FolderKind::Run) else {
        return Ok(());
    };
    let found = format!("holds {}", other.text());
    Err(Mistake::new(Kind::NotARun, Position::File(out.to_owned()), found)
        .expected("the out folder of a finished run")
        .into())
}

/// Those of some files of a folder that are there.
///
/// # Errors
/// A file that cannot be read.
pub fn files<'a>(
    out: &str,
    names: impl Iterator<Item = &'a String>,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for name in names.filter(|name| is_below(name)) {
        match fs::read(Path::new(out).join(name)) {
            Ok(bytes) => drop(files.insert(name.clone(), bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read {out}/{name}")),
        }
    }
    Ok(files)
}

/// A run that was changed by hand after it was planned, as it was planned, and what is in place of it; any
/// other run as it is.
///
/// # Errors
/// The run kept no copy of its plan.
pub fn as_planned(out: &str, evidence: Evidence) -> anyhow::Result<(Evidence, Option<Changed>)> {
    const ROLE: &str = "plan:";
    let is_edited = |ledger: &record::LedgerRecord| !ledger.edits.is_empty();
    if !evidence.record.ledger.as_ref().is_some_and(is_edited) {
        return Ok((evidence, None));
    }
    let Evidence {
        batch,
        rules,
        record,
        files,
    } = evidence;
    let mut planned: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for input in &record.inputs {
        if let Some(name) = input.role.strip_prefix(ROLE) {
            planned.insert(name.to_owned(), copy(out, input, &files)?.bytes);
        }
    }
    let text = planned
        .get(record::FILE)
        .map(|bytes| String::from_utf8_lossy(bytes));
    let Some(text) = text else {
        return Err(Mistakes::from(not_whole(out, "kept no copy of its plan")).into());
    };
    let plan = RunRecord::from_json(&text)?;
    for name in plan.outputs.keys().filter(|name| name.starts_with("inputs/")) {
        if let Some(bytes) = files.get(name) {
            planned.insert(name.clone(), bytes.clone());
        }
    }
    let evidence = Evidence {
        batch,
        rules,
        record: plan,
        files: planned,
    };
    Ok((evidence, Some(Changed { record, files })))
}

/// A name from a record becomes a path only if it stays below the folder.
fn is_below(name: &str) -> bool {
    Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// The inputs out of the copies that the run kept.
fn gather(out: &str, record: &RunRecord, files: &BTreeMap<String, Vec<u8>>) -> Result<Gathered, Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut tables: BTreeMap<&str, Vec<InputTable>> = BTreeMap::new();
    for input in &record.inputs {
        if let Some(file) = mistakes.keep(copy(out, input, files)) {
            let table = InputTable {
                file,
                sheet: input.sheet.clone(),
            };
            tables.entry(&input.role).or_default().push(table);
        }
    }
    mistakes.or(())?;
    let mut one = |role: &str| tables.remove(role).and_then(|mut tables| tables.pop());
    let (rules, reps, pins, claims) = (one("rules"), one("reps"), one("pins"), one("claims"));
    let (past, teams) = (one("ledger"), one("teams"));
    let (geodata, territories) = (one("geodata"), one(rules::TERRITORIES));
    let (Some(rules), Some(reps), Some(leads)) = (rules, reps, tables.remove("leads")) else {
        return Err(not_whole(out, "names no leads, no roster or no rules").into());
    };
    let past_file = past.as_ref().map(|past| past.file.clone());
    let past = match &past {
        None => Past::default(),
        Some(past) => Past {
            history: record.history(),
            ..record::past_from_json(&past.file.name, &String::from_utf8_lossy(&past.file.bytes))?
        },
    };
    let time_off = tables.remove("time_off").unwrap_or_default();
    let existing = tables.remove("existing").unwrap_or_default();
    let accounts = tables.remove("accounts").unwrap_or_default();
    let named = tables
        .into_iter()
        .filter_map(|(role, mut tables)| Some((role.strip_prefix("table:")?.to_owned(), tables.pop()?)));
    let format = record
        .inputs
        .iter()
        .find(|input| input.role == "leads")
        .and_then(|input| input.format.clone());
    Ok(Gathered {
        built_in: rules.file.name == BUILT_IN,
        rules: rules.file,
        inputs: Inputs {
            leads,
            reps,
            pins,
            claims,
            teams,
            geodata,
            time_off,
            existing,
            accounts,
            past,
            reading: Reading { format },
        },
        territories,
        tables: named.collect(),
        ledger: past_file,
    })
}

/// The bytes of an input as the run read them.
///
/// # Errors
/// No copy was kept, or it is gone or damaged.
pub fn copy(
    out: &str,
    input: &InputRecord,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<InputFile, Mistakes> {
    let Some(name) = &input.copy else {
        return Err(not_whole(out, &format!("kept no copy of `{}`", input.file))
            .hint("run again without `--no-inputs`")
            .into());
    };
    let Some(packed) = files.get(name) else {
        return Err(not_whole(out, &format!("lacks `{name}`, its copy of `{}`", input.file)).into());
    };
    let bytes = read::unpack(&format!("{out}/{name}"), packed)?.into_owned();
    Ok(InputFile {
        name: input.file.clone(),
        bytes,
    })
}

fn not_whole(out: &str, found: &str) -> Mistake {
    Mistake::new(
        Kind::NotARun,
        Position::File(format!("{out}/{}", record::FILE)),
        found,
    )
    .expected("a run that can be made again from its folder")
}
