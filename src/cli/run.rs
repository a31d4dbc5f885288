//! `dealt run`: reads, deals, writes the out folder and says what came of it.

use super::args::{Crm, RunOptions, Whom};
use super::inputs::{BUILT_IN, Gathered, Loaded, assemble, assemble_with, gather, moment};
use super::nightly::{self, Session, Staff};
use super::progress::Bar;
use super::{Ending, interrupt, say};
use anyhow::Context;
use dealt::deal::deal_with_threads;
use dealt::ledger::LastRun;
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{Allocation, Batch, Outcome};
use dealt::read::{self, InputTable};
use dealt::report::{self, By, InputCopy, Options, Run, place, terminal};
use std::path::Path;
use std::time::Instant;

/// Widest line of the summary.
pub const WIDTH: usize = 80;
/// Threads that work unless the user says otherwise, where the machine has as many.
const MOST_THREADS: usize = 8;

/// Deals a batch.
///
/// # Errors
/// Every mistake in files, rules and options, before anything is written; a disk that refuses.
pub fn run(options: &RunOptions) -> anyhow::Result<Ending> {
    let clock = Clock::new(options.inputs.verbose);
    let strict = options.strict.as_deref().map(Strict::parse).transpose()?;
    let (mut gathered, mut rule_file) = gather(&options.inputs)?;
    let as_of = moment(options.inputs.as_of.as_deref(), &rule_file.settings)?;
    let mut session = session(options)?;
    let loaded = match &mut session {
        None => assemble(&gathered, &mut rule_file, as_of)?,
        Some(session) => {
            let staff = Staff {
                release: &options.release,
                changed: options.roster_changed,
            };
            let name = session.name.clone();
            let loaded = assemble_with(&mut gathered, &mut rule_file, as_of, |batch, rules| {
                session.ask(batch, &rules.settings, &rules.periods(), staff)
            })?;
            gathered.ledger = Some(nightly::copy(&name, &loaded.batch.past));
            loaded
        }
    };
    let Loaded { batch, rules } = loaded;
    let crm = options.crm.map(crm);
    if let Some(crm) = crm {
        report::crm::check(crm, &batch)?;
    }
    let to_stdout = options.out == "-";
    let out = Path::new(&options.out);
    if !to_stdout {
        interrupt::after(|| place::probe(out, dealt::record::FolderKind::Run))?;
    }
    clock.lap("read and checked");
    let bar = Bar::new(options.inputs.quiet);
    let history = batch.past.history.clone();
    let threads = options.threads.map_or_else(default_threads, usize::from);
    let allocation = deal_with_threads(&batch, &rules, &history, threads, &|progress| bar.show(progress));
    bar.clear();
    clock.lap("dealt");
    let run = Run {
        ledger: session
            .as_ref()
            .map(|session| session.record(options.plan))
            .transpose()?,
        batch: &batch,
        allocation: &allocation,
        history: &history,
        command: command(options),
        inputs: copies(&gathered),
        options: Options {
            crm,
            by: options.by.map(by),
            xlsx: options.xlsx || read::sheets(&gathered.inputs.leads[0].file)?.is_some(),
            keep_inputs: !options.no_inputs,
            strict: options.strict.clone(),
        },
    };
    if let Some(session) = session.as_ref().filter(|_| !options.plan)
        && let Some(last) = session.repeated(&run, out)
    {
        return repeated(last, options);
    }
    let mut files = String::new();
    if to_stdout {
        let mut assignments = Vec::new();
        report::write_assignments(&run, &mut assignments).context("cannot write the assignments")?;
        say::data(&assignments)?;
    } else {
        interrupt::hold();
        let placed = match &mut session {
            Some(session) if !options.plan => session.place(&run, &rules, out, &|step| clock.lap(step)),
            _ => place::place(out, &run, &interrupt::is_asked, &nightly::is_recorded, None),
        };
        let placed = match placed {
            Err(error) if error.is::<place::Stopped>() => interrupt::end(),
            placed => placed?,
        };
        if let Some(recovered) = placed.recovered {
            say::talk(recovered.text());
        }
        if let Some(archived) = placed.archived.filter(|_| !options.inputs.quiet) {
            say::talk(&format!(
                "the files of the run before are in `{}`",
                archived.display()
            ));
        }
        clock.lap("written");
        files = terminal::files(&options.out, &placed.files, WIDTH);
    }
    let summary = terminal::summary(&run, WIDTH, options.inputs.verbose);
    if to_stdout && !options.inputs.quiet {
        say::talk(summary.trim_end());
    } else if !options.inputs.quiet {
        say::data(format!("{summary}\n{files}").as_bytes())?;
    }
    Ok(strict.map_or(Ending::Done, |strict| strict.judge(&batch, &allocation)))
}

/// The ledger of a run, held from now on.
fn session(options: &RunOptions) -> anyhow::Result<Option<Session>> {
    let Some(name) = &options.ledger else {
        let alone = [
            ("--plan", options.plan),
            ("--release", !options.release.is_empty()),
            ("--roster-changed", options.roster_changed),
        ];
        return match alone.into_iter().find(|(_, given)| *given) {
            None => Ok(None),
            Some((option, _)) => Err(without_ledger(option).into()),
        };
    };
    if options.out == "-" {
        let found = "`--ledger` with `--out -`";
        return Err(Mistakes::from(
            Mistake::new(Kind::BadOption, Position::Nowhere, found)
                .expected("an out folder: what a ledger records has to be in place"),
        )
        .into());
    }
    Session::open(name).map(Some)
}

fn without_ledger(option: &str) -> Mistakes {
    Mistake::new(
        Kind::BadOption,
        Position::Nowhere,
        format!("`{option}` without a ledger"),
    )
    .expected("`--ledger FILE` besides")
    .into()
}

/// A run that was only tried again changes nothing.
fn repeated(last: &LastRun, options: &RunOptions) -> anyhow::Result<Ending> {
    if !options.inputs.quiet {
        say::text(&format!(
            "nothing to do: all is as in run {} of {},\nand no lead is up that anybody could get; `{}` stays as it is\n",
            last.run, last.as_of_text, options.out
        ))?;
    }
    Ok(Ending::Done)
}

/// The bound of `--strict`.
enum Strict {
    Leads(u64),
    Percent(f64),
}

impl Strict {
    fn parse(text: &str) -> Result<Self, Mistakes> {
        let parsed = match text.strip_suffix('%') {
            Some(percent) => percent
                .trim()
                .parse()
                .ok()
                .filter(|percent| (0.0..=100.0).contains(percent))
                .map(Self::Percent),
            None => text.trim().parse().ok().map(Self::Leads),
        };
        parsed.ok_or_else(|| {
            Mistake::new(Kind::BadOption, Position::Nowhere, format!("`--strict={text}`"))
                .expected("a number of leads or a percentage, such as `--strict=20` or `--strict=5%`")
                .into()
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "leads are fewer than 2^52")]
    fn judge(&self, batch: &Batch, allocation: &Allocation) -> Ending {
        let unassigned = |outcome: &&Outcome| matches!(outcome, Outcome::Unassigned { .. });
        let left = allocation.outcomes.iter().filter(unassigned).count() + batch.leads.set_aside.len();
        let all = batch.leads.len() + batch.leads.set_aside.len();
        let over = match self {
            Self::Leads(most) => left as u64 > *most,
            Self::Percent(most) => left as f64 * 100.0 > most * all as f64,
        };
        if over { Ending::Fault } else { Ending::Done }
    }
}

/// Says how long each part of the work took, under `--verbose`.
pub struct Clock {
    start: Instant,
    verbose: bool,
}

impl Clock {
    pub fn new(verbose: bool) -> Self {
        Self {
            start: Instant::now(),
            verbose,
        }
    }

    pub fn lap(&self, what: &str) {
        if self.verbose {
            say::talk(&format!(
                "{what} after {:.3} s",
                self.start.elapsed().as_secs_f64()
            ));
        }
    }
}

pub fn default_threads() -> usize {
    std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(MOST_THREADS)
}

/// The command as it is recorded: what shapes the outputs, not where they go or how many threads work.
fn command(options: &RunOptions) -> Vec<String> {
    let inputs = &options.inputs;
    let mut words = vec!["dealt".to_owned(), "run".to_owned()];
    words.extend(inputs.files.iter().cloned());
    let crm = options.crm.map(|it| crm(it).name().to_owned());
    let whom = options.by.map(|it| by(it).name().to_owned());
    let valued = [
        ("--reps", &inputs.reps),
        ("--rules", &inputs.rules),
        ("--as-of", &inputs.as_of),
        ("--pins", &inputs.pins),
        ("--claims", &inputs.claims),
        ("--teams", &inputs.teams),
        ("--territories", &inputs.territories),
        ("--geodata", &inputs.geodata),
        ("--format", &inputs.format),
        ("--for", &crm),
        ("--ledger", &options.ledger),
        ("--by", &whom),
    ];
    for (name, value) in valued {
        if let Some(value) = value {
            words.extend([name.to_owned(), value.clone()]);
        }
    }
    let repeated = [
        ("--time-off", &inputs.time_off),
        ("--existing", &inputs.existing),
        ("--accounts", &inputs.accounts),
    ];
    for (name, files) in repeated {
        for file in files {
            words.extend([name.to_owned(), file.clone()]);
        }
    }
    words.extend(options.strict.iter().map(|bound| format!("--strict={bound}")));
    for rep in &options.release {
        words.extend(["--release".to_owned(), rep.clone()]);
    }
    let flags = [
        ("--plan", options.plan),
        ("--roster-changed", options.roster_changed),
        ("--xlsx", options.xlsx),
        ("--no-inputs", options.no_inputs),
    ];
    for (name, given) in flags {
        if given {
            words.push(name.to_owned());
        }
    }
    words
}

/// Everything that was read, under the role that it served.
pub fn copies(gathered: &Gathered) -> Vec<InputCopy<'_>> {
    let format = &gathered.inputs.reading.format;
    let copy = |role: &str, table: &'_ InputTable, format: &Option<String>| InputCopy {
        role: role.to_owned(),
        name: table.file.name.clone(),
        sheet: table.sheet.clone(),
        format: format.clone(),
        bytes: &[],
        builtin: false,
    };
    let mut copies = Vec::new();
    for table in &gathered.inputs.leads {
        copies.push(InputCopy {
            bytes: &table.file.bytes,
            ..copy("leads", table, format)
        });
    }
    let reps = &gathered.inputs.reps;
    copies.push(InputCopy {
        bytes: &reps.file.bytes,
        ..copy("reps", reps, format)
    });
    if let Some(pins) = &gathered.inputs.pins {
        copies.push(InputCopy {
            bytes: &pins.file.bytes,
            ..copy("pins", pins, &None)
        });
    }
    if let Some(teams) = &gathered.inputs.teams {
        copies.push(InputCopy {
            bytes: &teams.file.bytes,
            ..copy("teams", teams, &None)
        });
    }
    if let Some(claims) = &gathered.inputs.claims {
        copies.push(InputCopy {
            bytes: &claims.file.bytes,
            ..copy("claims", claims, &None)
        });
    }
    if let Some(geodata) = &gathered.inputs.geodata {
        copies.push(InputCopy {
            bytes: &geodata.file.bytes,
            ..copy("geodata", geodata, &None)
        });
    }
    let inputs = &gathered.inputs;
    let repeated = [
        ("time_off", &inputs.time_off),
        ("existing", &inputs.existing),
        ("accounts", &inputs.accounts),
    ];
    for (role, tables) in repeated {
        for table in tables {
            copies.push(InputCopy {
                bytes: &table.file.bytes,
                ..copy(role, table, &None)
            });
        }
    }
    copies.push(InputCopy {
        role: "rules".to_owned(),
        name: gathered.rules.name.clone(),
        sheet: None,
        format: None,
        bytes: &gathered.rules.bytes,
        builtin: gathered.built_in && gathered.rules.name == BUILT_IN,
    });
    if let Some(territories) = &gathered.territories {
        copies.push(InputCopy {
            bytes: &territories.file.bytes,
            ..copy("territories", territories, &None)
        });
    }
    if let Some(ledger) = &gathered.ledger {
        copies.push(InputCopy {
            role: "ledger".to_owned(),
            name: ledger.name.clone(),
            sheet: None,
            format: None,
            bytes: &ledger.bytes,
            builtin: false,
        });
    }
    for (name, table) in &gathered.tables {
        copies.push(InputCopy {
            bytes: &table.file.bytes,
            ..copy(&format!("table:{name}"), table, &None)
        });
    }
    copies
}

pub fn crm(crm: Crm) -> report::Crm {
    match crm {
        Crm::Salesforce => report::Crm::Salesforce,
        Crm::Hubspot => report::Crm::Hubspot,
        Crm::Dynamics => report::Crm::Dynamics,
        Crm::Zoho => report::Crm::Zoho,
        Crm::Pipedrive => report::Crm::Pipedrive,
    }
}

fn by(whom: Whom) -> By {
    match whom {
        Whom::Rep => By::Rep,
        Whom::Team => By::Team,
    }
}
