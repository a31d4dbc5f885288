//! Gathers all that a run reads, from the user's files or from the copy in an out folder, and makes a
//! batch and its rules of it.

use super::args::InputOptions;
use super::{as_of, known};
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{AsOf, Batch, Past, Settings, Table};
use dealt::read::{self, InputFile, InputTable, Inputs, Reading};
use dealt::rules::{self, RuleFile, Rules};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The name by which messages and `run.json` call the built-in rules.
pub const BUILT_IN: &str = "rules/default.toml";

/// Everything that a run reads, as bytes.
pub struct Gathered {
    /// The rules' name and bytes.
    pub rules: InputFile,
    /// Whether those are the built-in rules.
    pub built_in: bool,
    /// The tables of the batch.
    pub inputs: Inputs,
    /// `--territories`.
    pub territories: Option<InputTable>,
    /// The tables that `[[prefer]]` rules name, by that name.
    pub tables: BTreeMap<String, InputTable>,
    /// What a ledger told.
    pub ledger: Option<InputFile>,
}

/// A batch with its rules.
pub struct Loaded {
    /// The batch.
    pub batch: Batch,
    /// Its rules.
    pub rules: Rules,
}

/// Reads every file that the options name.
///
/// # Errors
/// Every file that cannot be read, and every mistake of the rules that shows without the leads.
pub fn gather(options: &InputOptions) -> Result<(Gathered, RuleFile), Mistakes> {
    let mut mistakes = Mistakes::default();
    let rules = match &options.rules {
        Some(path) => mistakes.keep(read::input_file(path)),
        None => Some(InputFile {
            name: BUILT_IN.to_owned(),
            bytes: rules::DEFAULT.as_bytes().to_vec(),
        }),
    };
    let rule_file = rules.as_ref().and_then(|file| mistakes.keep(rule_file(file)));
    let reading = Reading {
        format: options.format.clone(),
    };
    let batch = mistakes.keep(batch_tables(options));
    let pins = options
        .pins
        .as_ref()
        .and_then(|path| mistakes.keep(input_table(path)));
    let claims = options
        .claims
        .as_ref()
        .and_then(|path| mistakes.keep(input_table(path)));
    let teams = options
        .teams
        .as_ref()
        .and_then(|path| mistakes.keep(input_table(path)));
    let geodata = options
        .geodata
        .as_ref()
        .and_then(|path| mistakes.keep(input_table(path)));
    let mut all = |paths: &[String]| -> Vec<InputTable> {
        let read = paths.iter().map(|path| input_table(path));
        read.filter_map(|read| mistakes.keep(read)).collect()
    };
    let (time_off, existing, accounts) = (
        all(&options.time_off),
        all(&options.existing),
        all(&options.accounts),
    );
    let territories = options
        .territories
        .as_ref()
        .and_then(|path| mistakes.keep(input_table(path)));
    let mut tables = BTreeMap::new();
    for name in rule_file.iter().flat_map(RuleFile::tables_needed) {
        let beside = Path::new(options.rules.as_deref().unwrap_or_default()).with_file_name(&name);
        if let Some(table) = mistakes.keep(input_table(&beside.to_string_lossy())) {
            tables.insert(name, table);
        }
    }
    if let (None, Some(BatchTables { leads, reps, .. })) = (&rule_file, &batch) {
        // The columns mean nothing without the rules, but the files must be readable all the same.
        for input in leads
            .iter()
            .chain([reps])
            .chain(&pins)
            .chain(&claims)
            .chain(&teams)
            .chain(&geodata)
            .chain(&existing)
            .chain(&accounts)
        {
            mistakes.keep(read::table(&input.file, input.sheet.as_deref(), &reading));
        }
    }
    mistakes.or(())?;
    let (Some(rules), Some(rule_file), Some(batch)) = (rules, rule_file, batch) else {
        unreachable!("what is missing here is among the mistakes")
    };
    let inputs = Inputs {
        leads: batch.leads,
        reps: batch.reps,
        pins: pins.or(batch.pins),
        claims: claims.or(batch.claims),
        teams: teams.or(batch.teams),
        geodata,
        time_off: if time_off.is_empty() {
            batch.time_off.into_iter().collect()
        } else {
            time_off
        },
        existing,
        accounts,
        past: dealt::model::Past::default(),
        reading,
    };
    let built_in = options.rules.is_none();
    Ok((
        Gathered {
            rules,
            built_in,
            inputs,
            territories,
            tables,
            ledger: None,
        },
        rule_file,
    ))
}

/// Reads a rule file's text.
///
/// # Errors
/// Bytes that are no UTF-8, and every mistake in the rules.
pub fn rule_file(file: &InputFile) -> Result<RuleFile, Mistakes> {
    let text = std::str::from_utf8(&file.bytes).map_err(|error| {
        let line = file.bytes[..error.valid_up_to()]
            .split(|&byte| byte == b'\n')
            .count();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Mistake::new(
            Kind::BadEncoding,
            Position::Line {
                file: file.name.clone(),
                line,
                column: None,
            },
            "bytes that are no UTF-8",
        )
        .expected("a rules file in UTF-8")
    })?;
    rules::load(&file.name, text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The moment of the run in the zone of the rules.
///
/// # Errors
/// A text that is no date-time.
pub fn moment(text: Option<&str>, settings: &Settings) -> Result<AsOf, Mistakes> {
    as_of::as_of(text, settings.time_zone.as_ref().unwrap_or(&TimeZone::UTC))
}

/// Makes a batch and binds the rules to it.
///
/// # Errors
/// Every mistake in the files, or, where those are good, every mistake of the rules.
pub fn assemble(gathered: &Gathered, rule_file: &mut RuleFile, as_of: AsOf) -> Result<Loaded, Mistakes> {
    let (mut batch, tables) = batch(gathered, rule_file, as_of)?;
    known::hold(&mut batch, &rule_file.settings);
    let rules = rules::bind(rule_file, &batch, &tables)?;
    Ok(Loaded { batch, rules })
}

/// The same for a run with a ledger, which `ask` asks what the nights before say to the batch.
///
/// # Errors
/// The same, and what asking fails with.
pub fn assemble_with(
    gathered: &mut Gathered,
    rule_file: &mut RuleFile,
    as_of: AsOf,
    ask: impl FnOnce(&Batch, &RuleFile) -> anyhow::Result<Past>,
) -> anyhow::Result<Loaded> {
    let (mut batch, tables) = self::batch(gathered, rule_file, as_of.clone())?;
    let mut past = ask(&batch, rule_file)?;
    // what the files show of a lead now counts, not what they showed once
    let known: BTreeSet<&str> = batch.leads.ids.iter().map(String::as_str).collect();
    for rows in &mut past.rows {
        rows.rows.retain(|(id, _)| !known.contains(id.as_str()));
    }
    past.rows.retain(|rows| !rows.rows.is_empty());
    if past.rows.is_empty() {
        read::remember(&mut batch, past, &rule_file.settings);
    } else {
        gathered.inputs.past = past;
        batch = self::batch(gathered, rule_file, as_of)?.0;
    }
    known::hold(&mut batch, &rule_file.settings);
    let rules = rules::bind(rule_file, &batch, &tables)?;
    Ok(Loaded { batch, rules })
}

/// Reads a batch, and the tables that its rules name.
fn batch(
    gathered: &Gathered,
    rule_file: &mut RuleFile,
    as_of: AsOf,
) -> Result<(Batch, BTreeMap<String, Table>), Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let own = gathered.tables.iter().map(|(name, table)| (name.as_str(), table));
    let territories = gathered
        .territories
        .iter()
        .map(|table| (rules::TERRITORIES, table));
    for (name, table) in own.chain(territories) {
        let read = read::table(&table.file, table.sheet.as_deref(), &Reading::default());
        if let Some(table) = mistakes.keep(read) {
            tables.insert(name.to_owned(), table);
        }
    }
    rule_file.read_columns_of(&tables);
    let batch = mistakes.keep(read::batch(&gathered.inputs, &rule_file.settings, as_of));
    mistakes.or(())?;
    let Some(batch) = batch else {
        unreachable!("a batch that cannot be read is among the mistakes")
    };
    Ok((batch, tables))
}

/// Reads a `FILE` or `FILE#Sheet` argument.
pub fn input_table(argument: &str) -> Result<InputTable, Mistakes> {
    let (_, sheet) = read::split_sheet(argument);
    Ok(InputTable {
        file: read::input_file(argument)?,
        sheet,
    })
}

/// The lead files and the roster, and what else a lone workbook holds.
struct BatchTables {
    leads: Vec<InputTable>,
    reps: InputTable,
    pins: Option<InputTable>,
    claims: Option<InputTable>,
    teams: Option<InputTable>,
    time_off: Option<InputTable>,
}

fn batch_tables(options: &InputOptions) -> Result<BatchTables, Mistakes> {
    match (&options.files[..], &options.reps) {
        (leads, Some(reps)) => tables(leads, reps),
        ([leads, reps], None) => tables(std::slice::from_ref(leads), reps),
        ([book], None) => workbook(book),
        (files, None) => Err(Mistake::new(
            Kind::BadOption,
            Position::Nowhere,
            format!("{} files without `--reps`", files.len()),
        )
        .expected("LEADS and REPS")
        .hint("name the roster of several lead files: `LEADS... --reps FILE`")
        .into()),
    }
}

fn tables(leads: &[String], reps: &str) -> Result<BatchTables, Mistakes> {
    let mut mistakes = Mistakes::default();
    let leads: Vec<InputTable> = leads
        .iter()
        .filter_map(|path| mistakes.keep(input_table(path)))
        .collect();
    let reps = mistakes.keep(input_table(reps));
    mistakes.or(())?;
    let Some(reps) = reps else {
        unreachable!("a roster that cannot be read is among the mistakes")
    };
    Ok(BatchTables {
        leads,
        reps,
        pins: None,
        claims: None,
        teams: None,
        time_off: None,
    })
}

/// A workbook alone: its sheets Leads and Reps, and Pins and Time off if there.
fn workbook(argument: &str) -> Result<BatchTables, Mistakes> {
    let file = read::input_file(argument)?;
    let Some(sheets) = read::sheets(&file)? else {
        return Err(Mistake::new(
            Kind::BadOption,
            Position::File(file.name),
            "one file, and no workbook",
        )
        .expected("LEADS and REPS, or a workbook with sheets Leads and Reps")
        .into());
    };
    let named = |wanted: &str| {
        sheets
            .iter()
            .find(|sheet| sheet.trim().eq_ignore_ascii_case(wanted))
            .cloned()
    };
    let table = |sheet: Option<String>| {
        sheet.map(|sheet| InputTable {
            file: file.clone(),
            sheet: Some(sheet),
        })
    };
    match (table(named("Leads")), table(named("Reps"))) {
        (Some(leads), Some(reps)) => Ok(BatchTables {
            leads: vec![leads],
            reps,
            pins: table(named("Pins")),
            claims: table(named("Claims")),
            teams: table(named("Teams")),
            time_off: table(named("Time off")),
        }),
        _ => Err(Mistake::new(
            Kind::NoSuchSheet,
            Position::File(file.name.clone()),
            format!("sheets `{}`", sheets.join("`, `")),
        )
        .expected("sheets `Leads` and `Reps`")
        .hint("name them: `dealt run BOOK.xlsx#SHEET BOOK.xlsx#SHEET`")
        .into()),
    }
}
