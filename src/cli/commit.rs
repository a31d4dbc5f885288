//! `dealt commit`: a planned run, perhaps changed by hand, into the ledger.

use super::args::CommitOptions;
use super::finished::{self, Finished};
use super::hand::{self, Hand};
use super::nightly::Session;
use super::run::{WIDTH, copies};
use super::{Ending, interrupt, say};
use dealt::deal::{Edited, deal, edit};
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{Allocation, Batch, Outcome, Past, ReturnedBy};
use dealt::proof::Evidence;
use dealt::record::{self, EditRecord, LedgerRecord};
use dealt::report::{self, InputCopy, Memory, Options, Run, place, terminal};
use std::path::Path;

/// Records a planned run.
///
/// # Errors
/// The folder holds no plan, or one that cannot be made again; edits that cannot be understood; hard rules
/// that they break, without `--force`; leads that were dealt meanwhile; somebody else holds the ledger.
pub fn commit(options: &CommitOptions) -> anyhow::Result<Ending> {
    let out = Path::new(&options.out);
    let Finished { evidence, gathered } = finished::reopen(&options.out)?;
    let Some(planned) = evidence.record.ledger.clone().filter(|ledger| ledger.is_plan) else {
        let position = Position::File(format!("{}/{}", options.out, record::FILE));
        let found = match &evidence.record.ledger {
            Some(ledger) => format!("this is run {} of `{}` already", ledger.run, ledger.file),
            None => "this run was not planned".to_owned(),
        };
        return Err(Mistakes::from(
            Mistake::new(Kind::NotARun, position, found)
                .expected("the out folder of `dealt run ... --ledger FILE --plan`"),
        )
        .into());
    };
    let ledger = options.ledger.as_ref().unwrap_or(&planned.file);
    let mut session = Session::open(ledger)?;
    let batch = &evidence.batch;
    let plan = deal(batch, &evidence.rules, &batch.past.history, &|_| {});
    let inputs = copies(&gathered);
    let mut run = Run {
        batch,
        allocation: &plan,
        history: &batch.past.history,
        command: evidence.record.command.clone(),
        inputs,
        options: options_of(&evidence),
        ledger: Some(planned.clone()),
    };
    let planned_files = check_plan(&options.out, &run, &evidence)?;
    let hand = Hand {
        out: &options.out,
        from: options.from.as_deref(),
        record: &evidence.record,
        files: &evidence.files,
    };
    let edits = hand::read(&hand, batch, &plan)?;
    let Edited {
        mut allocation,
        broken,
    } = edit(batch, &evidence.rules, plan.clone(), &edits);
    let edits: Vec<EditRecord> = edits
        .iter()
        .zip(broken)
        .map(|(edit, breaks)| hand::record(batch, &plan, *edit, breaks))
        .collect();
    refuse_broken(&edits, options)?;
    let now = session.now(batch)?;
    session.returned = hand::taken_back(&batch.past, &now);
    refuse_dealt_meanwhile(&allocation, batch, &now, &session.returned, &options.out)?;
    let after = now
        .history
        .moved_on(&batch.past.history, &allocation.history_after);
    allocation.history_after = after;
    run.allocation = &allocation;
    if !edits.is_empty() {
        // what was planned is kept, for that is what is proven
        run.inputs
            .extend(planned_files.0.iter().map(|(name, bytes)| InputCopy {
                role: format!("plan:{name}"),
                name: format!("plan-{name}"),
                sheet: None,
                format: None,
                bytes,
                builtin: false,
            }));
    }
    run.command.retain(|word| word != "--plan");
    run.ledger = Some(LedgerRecord {
        released: planned.released,
        edits: edits.clone(),
        ..session.record(false)?
    });
    interrupt::hold();
    let placed = match session.place(&run, &evidence.rules, out, &|_| {}) {
        Err(error) if error.is::<place::Stopped>() => interrupt::end(),
        placed => placed?,
    };
    if !options.quiet {
        let summary = terminal::summary(&run, WIDTH, false);
        let files = terminal::files(&options.out, &placed.files, WIDTH);
        say::data(format!("{summary}\n{files}{}", hand::said(&edits)).as_bytes())?;
    }
    Ok(Ending::Done)
}

fn options_of(evidence: &Evidence) -> Options {
    let options = &evidence.record.options;
    let crm = report::Crm::ALL.into_iter();
    Options {
        crm: crm
            .into_iter()
            .find(|crm| Some(crm.name()) == options.crm.as_deref()),
        by: options.by.as_deref().map(|whom| match whom {
            "team" => report::By::Team,
            _ => report::By::Rep,
        }),
        xlsx: options.xlsx,
        keep_inputs: options.inputs,
        strict: options.strict.clone(),
    }
}

/// A plan counts only if it can be made again: what is recorded is what was planned.
fn check_plan(out: &str, run: &Run, evidence: &Evidence) -> anyhow::Result<Memory> {
    let mut memory = Memory::default();
    let made = report::write(run, &mut memory)?;
    let is_same = |name: &str| {
        let hash = made.iter().find(|(made, _)| made == name).map(|(_, hash)| hash);
        hash == evidence.record.outputs.get(name)
    };
    if ["assignments.csv", "unassigned.csv"].into_iter().all(is_same) {
        memory.0.retain(|(name, _)| !name.starts_with("inputs/"));
        return Ok(memory);
    }
    let position = Position::File(format!("{out}/{}", record::FILE));
    let found = format!(
        "the plan cannot be made again; it is of dealt {}, and this is {}",
        evidence.record.dealt,
        env!("CARGO_PKG_VERSION")
    );
    Err(Mistakes::from(Mistake::new(Kind::NotARun, position, found).hint("plan again with `--plan`")).into())
}

fn refuse_broken(edits: &[EditRecord], options: &CommitOptions) -> Result<(), Mistakes> {
    let mut mistakes = Mistakes::default();
    if options.force {
        return Ok(());
    }
    for edit in edits.iter().filter(|edit| !edit.breaks.is_empty()) {
        let found = format!(
            "lead `{}` to `{}` breaks {}",
            edit.lead,
            edit.rep,
            edit.breaks.join(", ")
        );
        mistakes.push(
            Mistake::new(Kind::BadEdit, Position::File(options.out.clone()), found)
                .expected("deals that keep the hard rules")
                .hint("`--force` records it all the same"),
        );
    }
    mistakes.or(())
}

/// Leads that another run dealt since the plan was made are theirs.
fn refuse_dealt_meanwhile(
    allocation: &Allocation,
    batch: &Batch,
    now: &Past,
    returned: &[(String, String, ReturnedBy)],
    out: &str,
) -> Result<(), Mistakes> {
    let mut mistakes = Mistakes::default();
    for (id, outcome) in batch.leads.ids.iter().zip(&allocation.outcomes) {
        if let (Outcome::Assigned(_), Some(standing)) = (outcome, now.standing.get(id))
            && !batch.past.standing.contains_key(id)
            && !returned.iter().any(|(taken, _, _)| taken == id)
        {
            let found = format!(
                "run {} dealt lead `{id}` to `{}` meanwhile",
                standing.run, standing.rep_id
            );
            mistakes.push(
                Mistake::new(Kind::BadEdit, Position::File(out.to_owned()), found)
                    .expected("leads that are still in the pool")
                    .hint("plan again with `--plan`"),
            );
        }
    }
    mistakes.or(())
}
