//! `dealt reconcile --assigned`: after the hand-over, what became of assignments in the CRM.

use super::args::ReconcileOptions;
use super::inputs::{BUILT_IN, input_table, moment, rule_file};
use super::progress::Bar;
use super::reconcile::{command, put, threads};
use super::run::WIDTH;
use super::{Ending, finished, say};
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{AsOf, Assigned, Import, Note, Parties, Rep, Settings, Table, Within};
use dealt::read::{self, ImportTables, InputFile, InputTable, Reading};
use dealt::reconcile::{Handing, Question, handover as became, reconcile};
use dealt::record::RunRecord;
use dealt::report::{HandoverReport, InputCopy, sha256, terminal};
use dealt::rules;
use std::collections::BTreeMap;

/// Where the outputs go unless the user says otherwise.
const OUT: &str = "handover";
const ASSIGNMENTS: &str = "assignments.csv";

/// All that is read, as bytes.
struct Gathered {
    assignments: InputFile,
    crm: Vec<InputTable>,
    crm_reading: Reading,
    reps: Option<(InputTable, Reading)>,
    rules: InputFile,
    built_in: bool,
    notes: Vec<Note>,
}

/// Holds the assignments of a finished run against the CRM's leads.
///
/// # Errors
/// A folder without a finished run; every mistake in the files; a disk that refuses.
pub fn handover(options: &ReconcileOptions, assigned: &str) -> anyhow::Result<Ending> {
    let gathered = gather(options, assigned)?;
    let mut settings = rule_file(&gathered.rules)?.settings;
    settings.within = Within::AllKeys;
    let as_of = moment(options.as_of.as_deref(), &settings)?;
    let (import, given) = assemble(&gathered, &mut settings, as_of)?;
    let bar = Bar::new(options.quiet);
    let nothing = Parties::default();
    let parties = import.leads.parties.as_ref().unwrap_or(&nothing);
    let reconciled = reconcile(&Question {
        imported: parties,
        listings: &import.listings,
        are_records: false,
        reps: &import.reps,
        settings: &settings.reconcile,
        country: import.country,
        threads: threads(options),
        progress: &|done| bar.share(done, "holding against the CRM"),
    });
    bar.clear();
    let handover = became(&Handing {
        ids: &import.leads.ids,
        parties,
        assigned: &given,
        crm: &import.listings,
        reconciled: &reconciled,
        threshold: settings.reconcile.threshold,
        reps: &import.reps,
        rep_keys: &import.rep_keys,
    });
    let mut import = import;
    if handover.owned > 0 && handover.known_owners == 0 {
        import.notes.push(Note::warning(
            "no owner of the CRM's leads is on the roster; give the roster a column with what the CRM calls its \
             users, and name it with `--reps`",
        ));
    }
    let report = HandoverReport {
        import: &import,
        assigned: &given,
        handover: &handover,
        threshold: settings.reconcile.threshold,
        command: command(options),
        inputs: copies(&gathered),
        keep_inputs: !options.no_inputs,
    };
    let files = put(options.out.as_deref().unwrap_or(OUT), &report, options.quiet)?;
    if !options.quiet {
        let summary = terminal::handed_over(&report, WIDTH, options.verbose);
        say::data(format!("{summary}\n{files}").as_bytes())?;
    }
    Ok(Ending::Done)
}

/// Reads the assignments, the CRM's files, and the roster and rules, which the run may have kept.
fn gather(options: &ReconcileOptions, out: &str) -> anyhow::Result<Gathered> {
    let record = finished::record(out)?;
    let files = finished::files(out, record.outputs.keys())?;
    let mut notes = Vec::new();
    let Some(bytes) = files.get(ASSIGNMENTS).cloned() else {
        let position = Position::File(out.to_owned());
        let mistake = Mistake::new(Kind::NotARun, position, format!("has no `{ASSIGNMENTS}`"));
        return Err(Mistakes::from(mistake.expected("the out folder of a finished run")).into());
    };
    if record.outputs.get(ASSIGNMENTS) != Some(&sha256(&bytes)) {
        notes.push(Note::warning(format!(
            "{out}/{ASSIGNMENTS} was changed by hand; it is taken as it is now"
        )));
    }
    if record.ledger.as_ref().is_some_and(|ledger| ledger.is_plan) {
        notes.push(Note::warning(format!(
            "the run in {out} is only planned: nothing of it was to be handed over"
        )));
    }
    let mut mistakes = Mistakes::default();
    let crm = options.files.iter().map(|path| input_table(path));
    let crm = crm.filter_map(|read| mistakes.keep(read)).collect();
    let kept = |role: &str, mistakes: &mut Mistakes| kept(out, &record, &files, role, mistakes);
    let of_user = |format: &Option<String>| Reading {
        format: format.clone(),
    };
    let reps = match &options.reps {
        Some(path) => {
            let table = mistakes.keep(input_table(path));
            table.map(|table| (table, of_user(&options.format)))
        }
        None => kept("reps", &mut mistakes),
    };
    let rules = match &options.rules {
        Some(path) => mistakes.keep(read::input_file(path)),
        None => kept("rules", &mut mistakes).map(|(table, _)| table.file),
    };
    mistakes.or(())?;
    if reps.is_none() {
        notes.push(Note::warning(
            "the run kept no copy of its roster, so owners are compared with its reps' ids and names alone; name \
             the roster with `--reps`",
        ));
    }
    let built_in = rules.as_ref().is_none_or(|rules| rules.name == BUILT_IN);
    Ok(Gathered {
        assignments: InputFile {
            name: format!("{out}/{ASSIGNMENTS}"),
            bytes,
        },
        crm,
        crm_reading: of_user(&options.format),
        reps,
        rules: rules.unwrap_or_else(|| InputFile {
            name: BUILT_IN.to_owned(),
            bytes: rules::DEFAULT.as_bytes().to_vec(),
        }),
        built_in,
        notes,
    })
}

/// An input of the run, if it kept a copy.
fn kept(
    out: &str,
    record: &RunRecord,
    files: &BTreeMap<String, Vec<u8>>,
    role: &str,
    mistakes: &mut Mistakes,
) -> Option<(InputTable, Reading)> {
    let input = record.inputs.iter().find(|input| input.role == role)?;
    input.copy.as_ref()?;
    let table = InputTable {
        file: mistakes.keep(finished::copy(out, input, files))?,
        sheet: input.sheet.clone(),
    };
    let format = input.format.clone();
    Some((table, Reading { format }))
}

/// The assignments as an import that is held against the CRM's leads, and who got each.
fn assemble(
    gathered: &Gathered,
    settings: &mut Settings,
    as_of: AsOf,
) -> Result<(Import, Vec<Assigned>), Mistakes> {
    let mut mistakes = Mistakes::default();
    let assignments = mistakes.keep(read::table(&gathered.assignments, None, &Reading::default()));
    let crm = gathered.crm.iter().filter_map(|table| {
        let sheet = table.sheet.as_deref();
        mistakes.keep(read::table(&table.file, sheet, &gathered.crm_reading))
    });
    let crm = crm.collect();
    let reps = gathered.reps.as_ref().and_then(|(table, reading)| {
        mistakes.keep(read::table(&table.file, table.sheet.as_deref(), reading))
    });
    let given = mistakes.keep(assignments.as_ref().map_or(Ok(Vec::new()), given));
    // headers that the run's own leads had, and that ours took over
    if let Some(table) = &assignments {
        let is_there = |header: &String| header.trim().is_empty() || table.headers.contains(header);
        settings
            .lead_headers
            .retain(|_, headers| headers.iter().all(is_there));
    }
    let tables = ImportTables {
        imports: assignments.into_iter().collect(),
        existing: crm,
        accounts: Vec::new(),
        reps,
    };
    let read = mistakes.keep(read::assemble_import(tables, settings, as_of));
    mistakes.or(())?;
    let (Some(mut import), Some(given)) = (read, given) else {
        unreachable!("what is missing here is among the mistakes")
    };
    import.notes.splice(0..0, gathered.notes.iter().cloned());
    if gathered.reps.is_none() {
        import.reps = named(&given);
    }
    Ok((import, given))
}

/// The reps as far as the assignments name them.
fn named(given: &[Assigned]) -> Vec<Rep> {
    let reps: BTreeMap<&str, &str> = given
        .iter()
        .filter(|assigned| !assigned.rep_id.is_empty())
        .map(|assigned| (assigned.rep_id.as_str(), assigned.rep_name.as_str()))
        .collect();
    reps.into_iter().map(|(id, name)| Rep::named(id, name)).collect()
}

/// Who got each lead.
fn given(table: &Table) -> Result<Vec<Assigned>, Mistakes> {
    let column = |header: &str| table.headers.iter().position(|own| own == header);
    let (Some(id), Some(name), Some(team)) = (column("rep_id"), column("rep_name"), column("assigned_team"))
    else {
        let position = Position::File(table.source.file.clone());
        return Err(Mistake::new(
            Kind::NoSuchColumn,
            position,
            "lacks `rep_id`, `rep_name` or `assigned_team`",
        )
        .expected("the columns that `dealt run` wrote")
        .into());
    };
    let cell = |row: usize, column: usize| {
        let text = table.cells.get(row, column).trim();
        dealt::model::restore(text).to_string()
    };
    let rows = 0..table.rows.len();
    Ok(rows
        .map(|row| Assigned {
            rep_id: cell(row, id),
            rep_name: cell(row, name),
            team: cell(row, team),
        })
        .collect())
}

/// Everything that was read, under the role that it served.
fn copies(gathered: &Gathered) -> Vec<InputCopy<'_>> {
    let copy = |role: &str, file: &'_ InputFile, sheet: &Option<String>, reading: &Reading| InputCopy {
        role: role.to_owned(),
        name: file.name.clone(),
        sheet: sheet.clone(),
        format: reading.format.clone(),
        bytes: &[],
        builtin: false,
    };
    let mut copies = vec![InputCopy {
        bytes: &gathered.assignments.bytes,
        ..copy("assigned", &gathered.assignments, &None, &Reading::default())
    }];
    copies.extend(gathered.crm.iter().map(|table| InputCopy {
        bytes: &table.file.bytes,
        ..copy("crm", &table.file, &table.sheet, &gathered.crm_reading)
    }));
    copies.extend(gathered.reps.iter().map(|(table, reading)| InputCopy {
        bytes: &table.file.bytes,
        ..copy("reps", &table.file, &table.sheet, reading)
    }));
    copies.push(InputCopy {
        bytes: &gathered.rules.bytes,
        builtin: gathered.built_in,
        ..copy("rules", &gathered.rules, &None, &Reading::default())
    });
    copies
}
