//! A run's part with the ledger: who holds it, what an earlier run left, what the nights before say, and the
//! record of this one.

use super::{holding, interrupt, night, say};
use anyhow::Context;
use dealt::ledger::{Held, LastRun, Ledger, Opening, Question, RunLock, RunState};
use dealt::mistake::{Kind, Mistake, Mistakes, Position, did_you_mean};
use dealt::model::{
    Batch, Found, LedgerSettings, Outcome, Past, Period, Rep, RepDirectory, ReturnedBy, Settings,
};
use dealt::read::InputFile;
use dealt::record::{self, LedgerRecord};
use dealt::report::place::{self, Recorded, Recording};
use dealt::report::{self, Run};
use dealt::rules::Rules;
use std::path::{Path, PathBuf};

/// How many reps are named where the roster lacks many.
const SHOWN: usize = 10;

/// A ledger held for one run.
pub struct Session {
    /// The file, as the user named it.
    pub name: String,
    /// The file, absolute.
    path: PathBuf,
    ledger: Option<Ledger>,
    _lock: RunLock,
    /// The latest run.
    pub last: Option<LastRun>,
    /// Leads that this run takes back.
    pub returned: Vec<(String, String, ReturnedBy)>,
    /// The ids of reps whose leads are released.
    pub released: Vec<String>,
}

/// What the user says of reps who are gone.
#[derive(Clone, Copy, Debug)]
pub struct Staff<'a> {
    /// `--release`.
    pub release: &'a [String],
    /// `--roster-changed`.
    pub changed: bool,
}

impl Session {
    /// Holds a ledger, which need not be there yet, and finishes what a killed run left.
    ///
    /// # Errors
    /// Somebody else holds it; the file is no ledger; the machine's faults.
    pub fn open(name: &str) -> anyhow::Result<Self> {
        let path = absolute(Path::new(name))?;
        let lock = holding::hold(&path)?;
        let is_there = std::fs::metadata(&path).is_ok_and(|about| !about.is_file() || about.len() > 0);
        let mut ledger = is_there
            .then(|| holding::open(&path, Opening::Existing))
            .transpose()?;
        if let Some(ledger) = &mut ledger {
            interrupt::after(|| settle(ledger))?;
        }
        let last = ledger.as_ref().map(Ledger::last_run).transpose()?.flatten();
        Ok(Self {
            name: name.to_owned(),
            path,
            ledger,
            _lock: lock,
            last,
            returned: Vec::new(),
            released: Vec::new(),
        })
    }

    /// Asks what the nights before say to a batch.
    ///
    /// # Errors
    /// Leads without ids, a roster that lacks too many, a rep to release whom nobody knows; the machine's
    /// faults.
    pub fn ask(
        &mut self,
        batch: &Batch,
        settings: &Settings,
        periods: &[(String, Period)],
        staff: Staff<'_>,
    ) -> anyhow::Result<Past> {
        let mut mistakes = Mistakes::default();
        if batch.leads.ids_are_rows {
            let position = Position::File(batch.leads.sources[0].file.clone());
            mistakes.push(
                Mistake::new(
                    Kind::NoSuchColumn,
                    position,
                    "a ledger knows leads by id, but no column of the leads holds an id",
                )
                .hint("write which column it is: `[columns.leads] id = \"...\"`"),
            );
        }
        if !staff.changed {
            mistakes.keep(self.check_roster(batch));
        }
        let known = self.ledger.as_ref().map_or(Ok(Vec::new()), Ledger::reps)?;
        let everybody = Everybody::new(&batch.reps.list, known);
        let found = staff.release.iter().map(|text| everybody.find(text));
        let released: Vec<String> = found.filter_map(|found| mistakes.keep(found)).collect();
        mistakes.or(())?;
        let Some(ledger) = &self.ledger else {
            return Ok(Past {
                is_kept: true,
                ..Past::default()
            });
        };
        let answer = ledger.past(&Question {
            as_of: &batch.as_of,
            lead_ids: &batch.leads.ids,
            reps: &batch.reps.list,
            settings: &settings.ledger,
            release: &released,
            limits: periods,
        })?;
        self.returned = answer.returned;
        self.released = released;
        Ok(answer.past)
    }

    /// What the ledger says now to a batch that was read before.
    ///
    /// # Errors
    /// The machine's faults.
    pub fn now(&self, batch: &Batch) -> anyhow::Result<Past> {
        let Some(ledger) = &self.ledger else {
            return Ok(Past {
                is_kept: true,
                ..Past::default()
            });
        };
        let question = Question {
            as_of: &batch.as_of,
            lead_ids: &batch.leads.ids,
            reps: &batch.reps.list,
            settings: &LedgerSettings::default(),
            release: &[],
            limits: &[],
        };
        Ok(ledger.past(&question)?.past)
    }

    /// A roster that lacks over a quarter of the last one's reps, two at least, was likely cut short.
    fn check_roster(&self, batch: &Batch) -> Result<(), Mistakes> {
        let Some(last) = &self.last else { return Ok(()) };
        let directory = RepDirectory::new(&batch.reps.list);
        let is_gone = |id: &&String| directory.of_id(id).is_none();
        let gone: Vec<&String> = last.roster.iter().filter(is_gone).collect();
        if gone.len() < 2 || gone.len() * 4 <= last.roster.len() {
            return Ok(());
        }
        let mut named: Vec<String> = gone.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
        if gone.len() > SHOWN {
            named.push(format!("{} more", gone.len() - SHOWN));
        }
        let found = format!(
            "the roster lacks {} of the {} reps of run {}: {}",
            gone.len(),
            last.roster.len(),
            last.run,
            named.join(", ")
        );
        let position = Position::File(batch.reps.source.file.clone());
        Err(Mistake::new(Kind::ShrunkenRoster, position, found)
            .expected("the whole roster; who is away or inactive stays on it")
            .hint("if they have left for good, say `--roster-changed`")
            .into())
    }

    /// The ledger's part of a run's record.
    ///
    /// # Errors
    /// The machine's faults.
    pub fn record(&self, is_plan: bool) -> anyhow::Result<LedgerRecord> {
        Ok(LedgerRecord {
            file: self.name.clone(),
            run: self.ledger.as_ref().map_or(Ok(1), Ledger::next_run)?,
            is_plan,
            released: self.released.clone(),
            edits: Vec::new(),
        })
    }

    /// The run that this one only tries again: nothing is dealt or taken back, and all that it reads and is
    /// asked is as it was.
    pub fn repeated(&self, run: &Run, out: &Path) -> Option<&LastRun> {
        let last = self.last.as_ref()?;
        let deals = |outcome: &Outcome| matches!(outcome, Outcome::Assigned(_));
        let is_same = self.returned.is_empty()
            && last.state == RunState::Done
            && !run.allocation.outcomes.iter().any(deals)
            && run.allocation.offers.is_empty()
            && last.fingerprint == report::fingerprint(run)
            && absolute(out).is_ok_and(|out| out == Path::new(&last.out))
            && place::is_in_place(out, &last.manifest);
        is_same.then_some(last)
    }

    /// Puts a run's files in place with its record in the ledger as the commit; `done` is told each step.
    ///
    /// # Errors
    /// As [`place::place`] has them; the ledger refuses the run.
    pub fn place(
        &mut self,
        run: &Run,
        rules: &Rules,
        out: &Path,
        done: &dyn Fn(&str),
    ) -> anyhow::Result<place::Placed> {
        let number = run.ledger.as_ref().map_or(1, |ledger| ledger.run);
        let whole = absolute(out)?;
        let (path, slot, returned) = (&self.path, &mut self.ledger, &self.returned);
        let mut record = |manifest: &str| {
            done("files staged");
            let ledger = match slot.as_mut() {
                Some(ledger) => ledger,
                None => slot.insert(holding::open(path, Opening::Create)?),
            };
            let recorded = night::record(ledger, run, rules, returned, &whole, manifest)?;
            anyhow::ensure!(
                recorded == number,
                "the ledger counts runs otherwise: {recorded}, not {number}"
            );
            done("recorded in the ledger");
            Ok(())
        };
        let recording = Recording {
            recorded: Recorded {
                file: path.to_string_lossy().into_owned(),
                run: number,
            },
            record: &mut record,
        };
        let placed = place::place(out, run, &interrupt::is_asked, &is_recorded, Some(recording))?;
        done("files in place");
        if let Some(ledger) = &mut self.ledger {
            ledger.placed(number)?;
        }
        done("noted in the ledger as in place");
        Ok(placed)
    }
}

/// The copy of what the ledger told, for the run's folder.
pub fn copy(name: &str, past: &Past) -> InputFile {
    InputFile {
        name: format!("{name}.json"),
        bytes: record::past_to_json(past).into_bytes(),
    }
}

/// Finishes the placing of a run that was killed after the ledger had recorded it; the caller holds the lock.
///
/// # Errors
/// The out folder is in use or cannot be written; the machine's faults.
pub fn settle(ledger: &mut Ledger) -> anyhow::Result<()> {
    let Some(placing) = ledger.placing()? else {
        return Ok(());
    };
    let out = Path::new(&placing.out);
    let has = |recorded: &Recorded, manifest: &str| ledger.has_run(recorded.run, manifest);
    let recovered = if out.is_dir() {
        place::recover(out, &has)?
    } else {
        None
    };
    let run = placing.run;
    if place::is_in_place(out, &placing.manifest) {
        let what = match recovered {
            Some(_) => "was stopped while its files were put in place; that is finished now",
            None => "was stopped when its files were in place; nothing is lost",
        };
        say::talk(&format!("run {run} {what}"));
    } else {
        say::talk(&format!(
            "run {run} counts, but its files are not in `{}` any more; `dealt export` writes them again",
            placing.out
        ));
    }
    ledger.placed(run)
}

/// The same for a command that only reads, unless somebody holds the ledger: then that one is at it.
///
/// # Errors
/// The same.
pub fn settle_if_free(ledger: &mut Ledger, path: &Path) -> anyhow::Result<()> {
    if ledger.placing()?.is_none() {
        return Ok(());
    }
    match holding::hold(path) {
        Ok(_lock) => interrupt::after(|| settle(ledger)),
        Err(error) if error.is::<Held>() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Tells whether a ledger recorded the run that a killed command left in a folder.
///
/// # Errors
/// The ledger cannot be opened.
pub fn is_recorded(recorded: &Recorded, manifest: &str) -> anyhow::Result<bool> {
    let path = Path::new(&recorded.file);
    if !path.exists() && recorded.run == 1 {
        // the ledger is made by the record of its first run
        return Ok(false);
    }
    let ledger = Ledger::open(path, Opening::Existing).with_context(|| {
        format!(
            "a run was stopped here, and only the ledger `{}` tells whether it counts",
            recorded.file
        )
    })?;
    ledger.has_run(recorded.run, manifest)
}

/// Those whose leads can be released: the roster, and the reps whom the ledger knows besides.
struct Everybody<'a> {
    staffed: &'a [Rep],
    left: Vec<Rep>,
}

impl<'a> Everybody<'a> {
    /// `known` are the reps of the ledger, those of the roster among them.
    fn new(staffed: &'a [Rep], mut known: Vec<Rep>) -> Self {
        let directory = RepDirectory::new(staffed);
        known.retain(|rep| directory.of_id(&rep.id).is_none());
        Self { staffed, left: known }
    }

    /// The id of the rep whom a text names: on the roster, else among those who left.
    fn find(&self, text: &str) -> Result<String, Mistakes> {
        for reps in [self.staffed, &self.left] {
            match RepDirectory::new(reps).find(text) {
                Found::One(rep) => return Ok(reps[rep.at()].id.clone()),
                Found::Several(several) => {
                    let found = format!("`--release {text}`: the name or e-mail of {} reps", several.len());
                    let mistake = Mistake::new(Kind::AmbiguousRep, Position::Nowhere, found);
                    return Err(mistake.expected("a rep's id").into());
                }
                Found::Nobody => {}
            }
        }
        let found = format!("`--release {text}`: neither the roster nor the ledger knows this rep");
        let mistake = Mistake::new(Kind::UnknownRep, Position::Nowhere, found);
        let everybody = self.staffed.iter().chain(&self.left);
        let words = everybody.flat_map(|rep| [rep.id.as_str(), rep.name.as_str()]);
        Err(match did_you_mean(text, words) {
            Some(meant) => mistake.hint(format!("did you mean `{meant}`?")),
            None => mistake.expected("a rep's id, name or e-mail"),
        }
        .into())
    }
}

fn absolute(path: &Path) -> anyhow::Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("cannot tell where `{}` is", path.display()))
}
