//! `dealt export`: the assignments of recorded runs, written again.

use super::args::{Crm, ExportOptions};
use super::run::crm;
use super::{Ending, as_of, holding, interrupt, nightly, say};
use dealt::ledger::{Ledger, Opening};
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{Rep, zone};
use dealt::report::exported::{Exported, Row};
use dealt::report::{self, place};
use jiff::tz::TimeZone;
use std::path::Path;

/// Writes the files of recorded runs.
///
/// # Errors
/// A file that is no ledger; a run that it does not hold; a rep without the key of the CRM; a folder that
/// cannot be written.
pub fn export(options: &ExportOptions) -> anyhow::Result<Ending> {
    let path = Path::new(&options.ledger);
    let mut ledger = holding::open(path, Opening::Existing)?;
    nightly::settle_if_free(&mut ledger, path)?;
    let runs = runs(&ledger, options)?;
    let (mut rows, mut ours, mut own) = (Vec::new(), Vec::new(), Vec::new());
    let mut shape = (b',', false);
    for &number in &runs {
        let Some(run) = ledger.recorded_run(number)? else {
            continue;
        };
        shape = run.shape;
        add(&mut ours, &run.headers);
        for lead in run.leads {
            add(&mut own, &lead.own_headers);
            rows.push(Row {
                ours: run.headers.iter().cloned().zip(lead.cells).collect(),
                own: lead.own_headers.into_iter().zip(lead.own_cells).collect(),
                lead_id: lead.lead_id,
                rep_id: lead.rep_id,
            });
        }
    }
    let reps: Vec<Rep> = ledger.reps()?;
    let count = rows.len();
    let exported = Exported::new(&rows, ours, own, shape);
    let mut names = vec!["assignments.csv".to_owned()];
    if options.crm.is_some() {
        names.extend(report::crm::FILES.map(str::to_owned));
    }
    if let Some(crm) = options.crm {
        check_keys(&exported, &reps, crm)?;
    }
    interrupt::hold();
    place::together(Path::new(&options.out), &names, &mut |at, to| {
        Ok(exported.write(&names[at], &reps, options.crm.map(crm), to)?)
    })?;
    let which = match runs[..] {
        [one] => format!("run {one}"),
        _ => format!("{} runs", runs.len()),
    };
    let leads = if count == 1 {
        "1 lead".to_owned()
    } else {
        format!("{count} leads")
    };
    say::text(&format!(
        "{leads} of {which}: wrote {} in {}\n",
        names.join(", "),
        options.out
    ))?;
    Ok(Ending::Done)
}

/// Every rep who has a lead needs the key that the CRM knows owners by.
fn check_keys(exported: &Exported, reps: &[Rep], of: Crm) -> Result<(), Mistakes> {
    let mut mistakes = Mistakes::default();
    for (id, column, expected) in exported.without_key(reps, crm(of)) {
        let found = format!("rep `{id}` has no key that {} takes", crm(of).name());
        let mistake = Mistake::new(Kind::NoOwnerKey, Position::Nowhere, found);
        mistakes.push(mistake.column(column).expected(expected));
    }
    mistakes.or(())
}

/// The runs that were asked for.
fn runs(ledger: &Ledger, options: &ExportOptions) -> anyhow::Result<Vec<u64>> {
    let last = ledger.last_run()?;
    let none = |found: String| {
        Mistakes::from(Mistake::new(
            Kind::BadOption,
            Position::File(options.ledger.clone()),
            found,
        ))
    };
    if let Some(since) = &options.since {
        let known = last.and_then(|run| zone(&run.time_zone));
        let since = as_of::as_of(Some(since), &known.unwrap_or(TimeZone::UTC))?;
        return ledger.runs_since(Some(since.moment));
    }
    match (options.run, last) {
        (Some(run), _) if ledger.runs_since(None)?.contains(&run) => Ok(vec![run]),
        (Some(run), _) => Err(none(format!("the ledger holds no run {run}, or it was taken back")).into()),
        (None, Some(last)) => Ok(vec![last.run]),
        (None, None) => Err(none("the ledger holds no run".to_owned()).into()),
    }
}

/// Adds headers that are not there yet; a header that occurs more often than before is added so often.
fn add(all: &mut Vec<String>, headers: &[String]) {
    for (at, header) in headers.iter().enumerate() {
        let times = headers[..=at].iter().filter(|other| *other == header).count();
        if all.iter().filter(|other| *other == header).count() < times {
            all.push(header.clone());
        }
    }
}
