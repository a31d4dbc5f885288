//! `dealt reconcile`: holds a list that arrives against what is known, and writes what came of every row.

use super::args::ReconcileOptions;
use super::inputs::{BUILT_IN, input_table, moment, rule_file};
use super::progress::Bar;
use super::run::{Clock, WIDTH, default_threads};
use super::{Ending, handover, interrupt, nightly, say};
use dealt::mistake::Mistakes;
use dealt::model::{AsOf, Import, Parties, Reconciled, Within};
use dealt::read::{self, ImportInputs, InputFile, InputTable, Reading};
use dealt::reconcile::{Question, reconcile as hold_against};
use dealt::report::{ImportReport, InputCopy, Outputs, place, terminal};
use dealt::rules::{self, RuleFile};
use std::path::Path;

/// Where the outputs go unless the user says otherwise.
const OUT: &str = "reconciled";

/// Everything that is read, as bytes.
pub struct Gathered {
    /// The rules' name and bytes.
    pub rules: InputFile,
    /// Whether those are the built-in rules.
    pub built_in: bool,
    /// The lists.
    pub inputs: ImportInputs,
}

/// An import with what came of it.
pub struct Held {
    /// The import.
    pub import: Import,
    /// What came of it.
    pub reconciled: Reconciled,
    /// The least confidence, from 0 to 100, at which two records are the same.
    pub threshold: u8,
}

/// Reconciles an import, or holds assignments against a CRM.
///
/// # Errors
/// Every mistake in files, rules and options, before anything is written; a disk that refuses.
pub fn reconcile(options: &ReconcileOptions) -> anyhow::Result<Ending> {
    if let Some(assigned) = &options.assigned {
        return handover::handover(options, assigned);
    }
    let clock = Clock::new(options.verbose);
    let (gathered, rule_file) = gather(options)?;
    let as_of = moment(options.as_of.as_deref(), &rule_file.settings)?;
    let out = options.out.as_deref().unwrap_or(OUT);
    let held = hold(
        &gathered,
        &rule_file,
        as_of,
        threads(options),
        options.quiet,
        &|step| {
            clock.lap(step);
        },
    )?;
    let report = ImportReport {
        import: &held.import,
        reconciled: &held.reconciled,
        threshold: held.threshold,
        command: command(options),
        inputs: copies(&gathered),
        keep_inputs: !options.no_inputs,
    };
    let files = put(out, &report, options.quiet)?;
    clock.lap("written");
    if !options.quiet {
        let summary = terminal::reconciled(&report, WIDTH, options.verbose);
        say::data(format!("{summary}\n{files}").as_bytes())?;
    }
    Ok(Ending::Done)
}

/// How many threads may work.
pub fn threads(options: &ReconcileOptions) -> usize {
    options.threads.map_or_else(default_threads, usize::from)
}

/// Puts outputs in place, and says which.
///
/// # Errors
/// The disk refuses, or the folder holds something else.
pub fn put(out: &str, outputs: &dyn Outputs, quiet: bool) -> anyhow::Result<String> {
    let folder = Path::new(out);
    interrupt::after(|| place::probe(folder, outputs.kind()))?;
    interrupt::hold();
    let placed = place::place(folder, outputs, &interrupt::is_asked, &nightly::is_recorded, None);
    let placed = match placed {
        Err(error) if error.is::<place::Stopped>() => interrupt::end(),
        placed => placed?,
    };
    if let Some(recovered) = placed.recovered.filter(|_| !quiet) {
        say::talk(recovered.text());
    }
    Ok(terminal::files(out, &placed.files, WIDTH))
}

/// Reads every file that the options name.
///
/// # Errors
/// Every file that cannot be read, and every mistake of the rules.
pub fn gather(options: &ReconcileOptions) -> Result<(Gathered, RuleFile), Mistakes> {
    let mut mistakes = Mistakes::default();
    let rules = match &options.rules {
        Some(path) => mistakes.keep(read::input_file(path)),
        None => Some(InputFile {
            name: BUILT_IN.to_owned(),
            bytes: rules::DEFAULT.as_bytes().to_vec(),
        }),
    };
    let rule_file = rules.as_ref().and_then(|file| mistakes.keep(rule_file(file)));
    let mut all = |paths: &[String]| -> Vec<InputTable> {
        let read = paths.iter().map(|path| input_table(path));
        read.filter_map(|read| mistakes.keep(read)).collect()
    };
    let (imports, existing, accounts) = (
        all(&options.files),
        all(&options.existing),
        all(&options.accounts),
    );
    let reps = all(options.reps.as_slice()).pop();
    mistakes.or(())?;
    let (Some(rules), Some(rule_file)) = (rules, rule_file) else {
        unreachable!("what is missing here is among the mistakes")
    };
    let inputs = ImportInputs {
        imports,
        existing,
        accounts,
        reps,
        reading: Reading {
            format: options.format.clone(),
        },
    };
    let built_in = options.rules.is_none();
    let gathered = Gathered {
        rules,
        built_in,
        inputs,
    };
    Ok((gathered, rule_file))
}

/// Reads an import and holds it against what is known; `done` is told each step.
///
/// # Errors
/// Every mistake in the files.
pub fn hold(
    gathered: &Gathered,
    rule_file: &RuleFile,
    as_of: AsOf,
    threads: usize,
    quiet: bool,
    done: &dyn Fn(&str),
) -> Result<Held, Mistakes> {
    let mut settings = rule_file.settings.clone();
    settings.within = Within::AllKeys;
    let import = read::import(&gathered.inputs, &settings, as_of)?;
    done("read and checked");
    let bar = Bar::new(quiet);
    let nothing = Parties::default();
    let reconciled = hold_against(&Question {
        imported: import.leads.parties.as_ref().unwrap_or(&nothing),
        listings: &import.listings,
        are_records: false,
        reps: &import.reps,
        settings: &settings.reconcile,
        country: import.country,
        threads,
        progress: &|done| bar.share(done, "reconciling"),
    });
    bar.clear();
    done("reconciled");
    Ok(Held {
        import,
        reconciled,
        threshold: settings.reconcile.threshold,
    })
}

/// Everything that was read, under the role that it served.
pub fn copies(gathered: &Gathered) -> Vec<InputCopy<'_>> {
    let inputs = &gathered.inputs;
    let format = &inputs.reading.format;
    let tables = [
        ("import", &inputs.imports),
        ("existing", &inputs.existing),
        ("accounts", &inputs.accounts),
    ];
    let tables = tables
        .into_iter()
        .flat_map(|(role, tables)| tables.iter().map(move |table| (role, table)));
    let mut copies: Vec<InputCopy<'_>> = tables
        .chain(inputs.reps.iter().map(|table| ("reps", table)))
        .map(|(role, table)| InputCopy {
            role: role.to_owned(),
            name: table.file.name.clone(),
            sheet: table.sheet.clone(),
            format: format.clone(),
            bytes: &table.file.bytes,
            builtin: false,
        })
        .collect();
    copies.push(InputCopy {
        role: "rules".to_owned(),
        name: gathered.rules.name.clone(),
        sheet: None,
        format: None,
        bytes: &gathered.rules.bytes,
        builtin: gathered.built_in,
    });
    copies
}

/// The command as it is recorded: what shapes the outputs, not where they go or how many threads work.
pub fn command(options: &ReconcileOptions) -> Vec<String> {
    let mut words = vec!["dealt".to_owned(), "reconcile".to_owned()];
    words.extend(options.files.iter().cloned());
    let repeated = [
        ("--existing", options.existing.as_slice()),
        ("--accounts", options.accounts.as_slice()),
        ("--reps", options.reps.as_slice()),
        ("--rules", options.rules.as_slice()),
        ("--as-of", options.as_of.as_slice()),
        ("--format", options.format.as_slice()),
        ("--assigned", options.assigned.as_slice()),
    ];
    for (name, values) in repeated {
        for value in values {
            words.extend([name.to_owned(), value.clone()]);
        }
    }
    words.extend(options.no_inputs.then(|| "--no-inputs".to_owned()));
    words
}
