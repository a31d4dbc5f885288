//! `dealt check`: what was read, what became of the columns, and what looks wrong; nothing is dealt.

use super::args::InputOptions;
use super::inputs::{Loaded, assemble, gather, moment};
use super::{Ending, say};
use dealt::explain::{self, absences, count, everybody_away};
use dealt::model::{Batch, FileColumns, NoteKind, SetAside, TimeOffFile};
use dealt::problem;
use dealt::rules;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows set aside that are shown one by one.
const SHOWN: usize = 10;

/// Reads and checks everything that `run` would.
///
/// # Errors
/// Every mistake in files, rules and options.
pub fn check(options: &InputOptions) -> anyhow::Result<Ending> {
    let (mut gathered, mut rule_file) = gather(options)?;
    // what limits with a period hold is for a run to ask its ledger; here they need none
    gathered.inputs.past.is_kept = !rule_file.periods().is_empty();
    let as_of = moment(options.as_of.as_deref(), &rule_file.settings)?;
    let Loaded { batch, rules } = assemble(&gathered, &mut rule_file, as_of)?;
    let mut text = everybody_away(&batch).map_or_else(String::new, |line| format!("{line}\n\n"));
    files(&mut text, &batch);
    tiers(&mut text, &batch, &rules);
    set_aside(&mut text, &batch.leads.set_aside);
    time_off(&mut text, &batch.time_off);
    let mut findings = rules::report_of_rules(&rules, &batch);
    findings.extend(explain::placing(&batch.leads));
    findings.extend(problem::report_of_limits(&batch, &rules));
    findings.extend(absences(&batch));
    for (kind, title) in [(NoteKind::Warning, "to look at"), (NoteKind::Fact, "as read")] {
        let notes = batch
            .notes
            .iter()
            .chain(&rules.notes)
            .chain(&findings)
            .filter(|note| note.kind == kind);
        section(&mut text, title, notes.map(|note| note.text.as_str()));
    }
    text.push_str("no mistakes; nothing was dealt\n");
    if !options.quiet {
        say::text(&text)?;
    }
    Ok(Ending::Done)
}

fn files(text: &mut String, batch: &Batch) {
    let leads = &batch.leads;
    let mut rows: BTreeMap<u16, usize> = BTreeMap::new();
    for origin in &leads.origins {
        *rows.entry(origin.source).or_default() += 1;
    }
    for (at, (source, columns)) in (0u16..).zip(leads.sources.iter().zip(&leads.columns)) {
        let count = rows.get(&at).copied().unwrap_or(0);
        file(text, &source.name(), count, "lead", columns);
    }
    file(
        text,
        &batch.reps.source.name(),
        batch.reps.list.len(),
        "rep",
        &batch.reps.columns,
    );
}

fn file(text: &mut String, name: &str, rows: usize, what: &str, columns: &FileColumns) {
    let plural = if rows == 1 { "" } else { "s" };
    let _ = writeln!(
        text,
        "{name}: {rows} {what}{plural}, {} columns",
        columns.headers.len()
    );
    let width = columns
        .fields
        .iter()
        .map(|(_, field)| field.chars().count())
        .max()
        .unwrap_or(0);
    for (header, field) in &columns.fields {
        let _ = writeln!(text, "  {field:width$}  {}", header.trim());
    }
    let is_field = |header: &&String| !columns.fields.iter().any(|(known, _)| known == *header);
    let others: Vec<&str> = columns
        .headers
        .iter()
        .filter(is_field)
        .map(|header| header.trim())
        .collect();
    if !others.is_empty() {
        let _ = writeln!(text, "  kept as they are: {}", others.join(", "));
    }
    text.push('\n');
}

fn tiers(text: &mut String, batch: &Batch, rules: &rules::Rules) {
    let mut counts = vec![0u64; rules.tiers.len()];
    let mut barred: BTreeMap<&str, u64> = BTreeMap::new();
    for (tier, bar) in rules.lead_tiers.iter().zip(&rules.barred) {
        match bar {
            None => counts[tier.at()] += 1,
            Some(reason) => *barred.entry(reason.name()).or_default() += 1,
        }
    }
    let room: u64 = batch.reps.list.iter().map(|rep| u64::from(rep.room())).sum();
    let open = if batch.reps.list.iter().any(|rep| rep.room() == u32::MAX) {
        "reps without a ceiling".to_owned()
    } else {
        format!("room for {room}")
    };
    let up: u64 = counts.iter().sum();
    let _ = writeln!(text, "up for dealing: {}, {open}", count(up, "lead"));
    for (name, count) in rules.tiers.iter().zip(counts) {
        let _ = writeln!(text, "  {count:>7}  {name}");
    }
    for (reason, count) in barred {
        let _ = writeln!(text, "  {count:>7}  not dealt: {reason}");
    }
    text.push('\n');
}

fn set_aside(text: &mut String, rows: &[SetAside]) {
    let shown: Vec<String> = rows
        .iter()
        .take(SHOWN)
        .map(|row| format!("{}: {}", row.position, row.reason))
        .collect();
    section(
        text,
        &format!("set aside: {}", rows.len()),
        shown.iter().map(String::as_str),
    );
    if rows.len() > SHOWN {
        let _ = writeln!(
            text,
            "  … and {} more; `run` writes them all to set_aside.csv\n",
            rows.len() - SHOWN
        );
    }
}

/// How much of each file of time off was read, and what it came to.
fn time_off(text: &mut String, files: &[TimeOffFile]) {
    let line = |file: &TimeOffFile| {
        let what = if file.is_calendar { "event" } else { "row" };
        let mut parts = vec![format!("{} used", file.used), format!("{} past", file.past)];
        parts.extend((file.later() > 0).then(|| format!("{} later or outside working hours", file.later())));
        parts.extend((file.strangers > 0).then(|| format!("{} of nobody on the roster", file.strangers)));
        format!("{}: {}: {}", file.file, count(file.read, what), parts.join(", "))
    };
    let lines: Vec<String> = files.iter().map(line).collect();
    section(text, "time off", lines.iter().map(String::as_str));
}

fn section<'a>(text: &mut String, title: &str, lines: impl Iterator<Item = &'a str>) {
    let lines: Vec<&str> = lines.collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title}");
    for line in lines {
        let _ = writeln!(text, "  - {line}");
    }
    text.push('\n');
}
