//! `dealt history`: every rep's record, a lead's chain, or all of the ledger as CSV.

use super::args::HistoryOptions;
use super::{Ending, holding, interrupt, nightly, say};
use dealt::ledger::{LISTINGS, Ledger, Link, Opening, RepRecord};
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::AsOf;
use dealt::report::{listing, place, terminal};
use jiff::tz::TimeZone;
use std::fmt::Write;
use std::path::Path;

/// Tells what the ledger holds; changes nothing in it.
///
/// # Errors
/// A file that is no ledger; a rep or lead that it does not know; a folder that cannot be written.
pub fn history(options: &HistoryOptions) -> anyhow::Result<Ending> {
    let path = Path::new(&options.ledger);
    let mut ledger = holding::open(path, Opening::Existing)?;
    nightly::settle_if_free(&mut ledger, path)?;
    if let Some(folder) = &options.csv {
        interrupt::hold();
        export(&ledger, Path::new(folder))?;
        let names: Vec<String> = LISTINGS
            .iter()
            .map(|listing| format!("{}.csv", listing.name))
            .collect();
        say::text(&format!("wrote {} in {folder}\n", names.join(", ")))?;
        return Ok(Ending::Done);
    }
    if let Some(lead) = &options.lead {
        let chain = ledger.chain(lead)?;
        if chain.is_empty() {
            let found = format!("the ledger knows no lead `{lead}`");
            return Err(unknown(Kind::UnknownLead, path, found).into());
        }
        say::text(&told(lead, &chain, &zone(&ledger)?))?;
        return Ok(Ending::Done);
    }
    let records = ledger.rep_records(options.rep.as_deref())?;
    if let (Some(rep), true) = (&options.rep, records.is_empty()) {
        let found = format!("the ledger knows no rep `{rep}`");
        return Err(unknown(Kind::UnknownRep, path, found).into());
    }
    if records.is_empty() {
        say::text("the ledger holds no run\n")?;
    } else {
        say::text(&table(&records))?;
    }
    Ok(Ending::Done)
}

fn unknown(kind: Kind, path: &Path, found: String) -> Mistakes {
    Mistake::new(kind, Position::File(path.display().to_string()), found).into()
}

/// The zone of the latest run, in which times are told.
fn zone(ledger: &Ledger) -> anyhow::Result<TimeZone> {
    let last = ledger.last_run()?;
    Ok(last
        .and_then(|run| dealt::model::zone(&run.time_zone))
        .unwrap_or(TimeZone::UTC))
}

fn export(ledger: &Ledger, folder: &Path) -> anyhow::Result<()> {
    let names: Vec<String> = LISTINGS
        .iter()
        .map(|listing| format!("{}.csv", listing.name))
        .collect();
    place::together(folder, &names, &mut |at, to| {
        let mut rows = listing::Rows::new(to);
        ledger.list(&LISTINGS[at], &mut |cells| rows.add(cells))?;
        Ok(rows.finish()?)
    })
}

fn table(records: &[RepRecord]) -> String {
    let headers = [
        "rep", "dealt", "accepted", "declined", "let lie", "released", "won", "lost", "open", "mean",
        "median",
    ];
    let row = |record: &RepRecord| {
        let mut cells = vec![
            if record.name.is_empty() {
                &record.id
            } else {
                &record.name
            }
            .clone(),
        ];
        let counts = [
            record.leads.dealt,
            record.leads.accepted,
            record.leads.declined,
            record.leads.recycled,
            record.leads.released,
            record.leads.won,
            record.leads.lost,
            record.leads.open,
        ];
        cells.extend(counts.map(|count| count.to_string()));
        cells.extend([record.leads.mean, record.leads.median].map(lasting));
        cells
    };
    let mut text = terminal::table(&headers, &records.iter().map(row).collect::<Vec<_>>());
    text.push_str("mean and median: from deal to first answer\n");
    text
}

/// A length of time in the unit that suits it.
fn lasting(seconds: Option<f64>) -> String {
    match seconds.map(|seconds| seconds / 60.0) {
        None => String::new(),
        Some(minutes) if minutes < 99.5 => format!("{minutes:.0} min"),
        Some(minutes) if minutes < 48.0 * 60.0 => format!("{:.1} h", minutes / 60.0),
        Some(minutes) => format!("{:.1} d", minutes / 60.0 / 24.0),
    }
}

/// The chain of a lead, one paragraph a rep.
fn told(lead: &str, chain: &[Link], zone: &TimeZone) -> String {
    let mut text = format!("lead {lead}\n");
    for link in chain {
        let whom = match (link.rep_id.as_str(), link.rep_name.as_str()) {
            ("", _) => format!("team {}", link.team),
            (id, name) if name == id || name.is_empty() => id.to_owned(),
            (id, name) => format!("{name} ({id})"),
        };
        let _ = writeln!(
            text,
            "  {}  run {}: {whom}, by `{}`: {}",
            link.as_of_text, link.run, link.by, link.reason
        );
        for (at, word, credit, note) in &link.outcomes {
            let clock = AsOf {
                moment: *at,
                zone: zone.clone(),
            };
            let credit = if *credit { ", turn given back" } else { "" };
            let note = if note.is_empty() {
                String::new()
            } else {
                format!(" ({note})")
            };
            let _ = writeln!(text, "    {}  {word}{credit}{note}", clock.text());
        }
        match &link.ended {
            Some((ended, Some(run))) => {
                let _ = writeln!(text, "    {ended} in run {run}");
            }
            Some((_, None)) => text.push_str("    back in the pool\n"),
            None => {}
        }
    }
    text
}
