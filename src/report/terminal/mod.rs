//! The summary that a run prints: plain text that fits the terminal, the same for the same run.

mod claims;
mod handover;
mod limits;
mod plain;
mod reps;
mod text;
mod verdicts;

use super::view::View;
use super::{Run, notes, record};
use crate::explain::{everybody_away, placing};
use crate::model::{By, LevelGap, NotDealt, Note, NoteKind, Outcome, PassReport, Points, Proof, ReturnedBy};
pub use handover::handed_over;
pub use plain::table;
use std::collections::BTreeMap;
use text::{Page, clean, count};
pub use verdicts::reconciled;

/// How many bent pins are named.
const BENT_SHOWN: usize = 5;
/// How many reasons are shown.
const REASONS_SHOWN: usize = 5;

/// The summary of a run in lines of at most `width` characters (40 at least); facts about the inputs only
/// where `verbose`.
pub fn summary(run: &Run, width: usize, verbose: bool) -> String {
    let view = View::of(run);
    let mut page = Page::new(width);
    if let Some(line) = everybody_away(run.batch) {
        page.line(&clean(&line));
    }
    counts(&view, &mut page);
    page.gap();
    page.table(&reps::table(&view, page.width()));
    page.gap();
    reasons(&view, &mut page);
    page.gap();
    proofs(run, &mut page);
    others(&view, &mut page);
    overtaken(run, &mut page);
    limits::lines(&view, &mut page);
    claims::lines(run, &mut page);
    bent(&view, &mut page);
    page.gap();
    if reads_places(run) {
        for note in placing(&run.batch.leads) {
            say_note(&note, &mut page);
        }
    }
    said(run, verbose, &mut page);
    page.finish()
}

/// Where the files are, in lines of at most `width` characters.
pub fn files(out: &str, names: &[String], width: usize) -> String {
    let mut page = Page::new(width);
    let top = names.iter().filter(|name| !name.contains('/'));
    let mut shown: Vec<String> = top.cloned().collect();
    for folder in ["by/", "inputs/"] {
        let inside = names.iter().filter(|name| name.starts_with(folder)).count();
        if inside > 0 {
            shown.push(format!("{folder} ({})", count(inside as u64, "file")));
        }
    }
    page.line(&format!("in {}: {}", clean(out), shown.join(", ")));
    page.finish()
}

fn counts(view: &View, page: &mut Page) {
    let counts = record::counts(view);
    let set_aside = match counts.set_aside {
        0 => String::new(),
        rows => format!("; {} set aside", count(rows, "row")),
    };
    let standing = match counts.standing {
        0 => String::new(),
        leads => format!(", {leads} standing from earlier runs"),
    };
    page.line(&format!(
        "{} as of {}: {} assigned, {} unassigned{standing}{set_aside}",
        count(counts.leads, "lead"),
        view.assigned_at,
        counts.assigned,
        counts.unassigned
    ));
    if let Some(line) = returned(view.run) {
        page.line(&line);
    }
    let with_team = view.deals().filter(|(_, deal)| deal.rep.is_none()).count();
    if with_team > 0 {
        page.line(&format!(
            "{} with a team, not yet a person",
            stays(with_team as u64)
        ));
    }
    tiers(view, page);
}

/// `back in the pool: 3 leads (2 declined, 1 recycled)`.
fn returned(run: &Run) -> Option<String> {
    let ways = [ReturnedBy::Declined, ReturnedBy::Recycled, ReturnedBy::Released];
    let returned = &run.batch.past.returned;
    let of = |by: &ReturnedBy| returned.values().filter(|returned| returned.by == *by).count();
    let ways: Vec<String> = ways
        .iter()
        .map(|by| (of(by), by.name()))
        .filter(|(leads, _)| *leads > 0)
        .map(|(leads, by)| format!("{leads} {by}"))
        .collect();
    let leads = count(returned.len() as u64, "lead");
    (!ways.is_empty()).then(|| format!("back in the pool: {leads} ({})", ways.join(", ")))
}

fn stays(leads: u64) -> String {
    if leads == 1 {
        "1 lead stays".to_owned()
    } else {
        format!("{leads} leads stay")
    }
}

/// `hot: 12 of 12 assigned, warm: 30 of 41`.
fn tiers(view: &View, page: &mut Page) {
    let allocation = view.run.allocation;
    let mut rows = vec![(0_u64, 0_u64); allocation.tier_names.len()];
    for (tier, outcome) in allocation.tiers.iter().zip(&allocation.outcomes) {
        let stands = matches!(
            outcome,
            Outcome::Unassigned {
                reason: NotDealt::Standing(_),
                ..
            }
        );
        rows[tier.at()].1 += u64::from(!stands);
    }
    for (lead, _) in view.deals() {
        rows[allocation.tiers[lead.at()].at()].0 += 1;
    }
    let tiers = allocation
        .tier_names
        .iter()
        .zip(rows)
        .filter(|(_, (_, all))| *all > 0);
    let tiers: Vec<String> = tiers
        .map(|(name, (dealt, all))| format!("{} {dealt} of {all}", clean(name)))
        .collect();
    if tiers.len() > 1 {
        page.line(&format!("assigned by tier: {}", tiers.join(", ")));
    }
}

/// The commonest reasons, each with the remedy that fits most of its leads.
fn reasons(view: &View, page: &mut Page) {
    let mut by_reason: BTreeMap<&'static str, (u64, BTreeMap<String, u64>)> = BTreeMap::new();
    for (_, reason, _) in view.undealt() {
        let (count, remedies) = by_reason.entry(reason.name()).or_default();
        *count += 1;
        *remedies.entry(view.remedy(reason)).or_default() += 1;
    }
    let mut by_reason: Vec<_> = by_reason.into_iter().collect();
    by_reason.sort_by_key(|(name, (count, _))| (std::cmp::Reverse(*count), *name));
    if by_reason.is_empty() {
        return;
    }
    page.line("why leads are unassigned, and what would change that:");
    let digits = by_reason[0].1.0.to_string().len();
    for (name, (count, remedies)) in by_reason.iter().take(REASONS_SHOWN) {
        let commonest = remedies
            .iter()
            .max_by_key(|(text, count)| (**count, std::cmp::Reverse(*text)));
        let remedy = commonest.map_or("", |(text, _)| text.as_str());
        page.item(
            &format!("{count:>digits$}  "),
            &format!("{name}: {}", clean(remedy)),
        );
    }
    let rest: u64 = by_reason
        .iter()
        .skip(REASONS_SHOWN)
        .map(|(_, (count, _))| count)
        .sum();
    if rest > 0 {
        page.item(&format!("{rest:>digits$}  "), "other reasons, see unassigned.csv");
    }
}

fn proofs(run: &Run, page: &mut Page) {
    let proven = |pass: &PassReport| pass.proof.as_ref().is_some_and(|proof| proof.gap.is_none());
    let passes = || run.allocation.passes.iter().filter(|pass| pass.proof.is_some());
    if passes().next().is_none() {
        return;
    }
    if passes().all(proven) {
        page.line("best possible in each optimal pass: proven");
        return;
    }
    let limited = |pass: &PassReport| pass.proof.as_ref().is_some_and(|proof| proof.limits.is_some());
    let whole = !run.batch.leads.units.is_empty();
    let bounded = |pass: &PassReport| whole || limited(pass);
    page.line(match passes().all(|pass| proven(pass) || bounded(pass)) {
        false => "best possible in each optimal pass: NOT proven",
        true if !whole => "best possible in each optimal pass, with limits that cross:",
        true if passes().any(limited) => {
            "best possible in each optimal pass, with units that stay whole and limits:"
        }
        true => "best possible in each optimal pass, with units that stay whole:",
    });
    for pass in passes() {
        let text = match &pass.proof {
            Some(proof) if whole || proof.limits.is_some() => limits::gap(&run.allocation.tier_names, proof),
            Some(proof) => gap(run, proof),
            None => continue,
        };
        page.item("  ", &format!("{}: {text}", clean(&pass.name)));
    }
}

/// By how much a pass might be better, at the first level that is not proven.
fn gap(run: &Run, proof: &Proof) -> String {
    match proof.gap {
        None => "proven".to_owned(),
        Some(LevelGap::Tier(tier)) => {
            let at = |totals: &crate::model::Totals| totals.assigned.get(tier.at()).copied().unwrap_or(0);
            let more = at(&proof.bound).saturating_sub(at(&proof.objective));
            let name = run
                .allocation
                .tier_names
                .get(tier.at())
                .map_or("", String::as_str);
            format!("at most {more} more `{}` leads might be assigned", clean(name))
        }
        Some(LevelGap::Minimums) => "leads are proven; more might go towards a minimum".to_owned(),
        Some(LevelGap::Points) => {
            let net = |totals: &crate::model::Totals| totals.points.saturating_sub(totals.balance);
            let more = net(&proof.bound).saturating_sub(net(&proof.objective));
            let more = Points(i64::try_from(more).unwrap_or(i64::MAX));
            format!("at most {more} more points in all might be had")
        }
        Some(LevelGap::Fairness) => {
            "leads and points are proven; equal reps might be served more evenly".to_owned()
        }
    }
}

/// What was dealt without a proof.
fn others(view: &View, page: &mut Page) {
    let mut parts: Vec<(u64, String)> = view
        .run
        .allocation
        .passes
        .iter()
        .filter(|pass| pass.proof.is_none() && pass.dealt > 0)
        .map(|pass| {
            (
                pass.dealt,
                format!("{} by {} ({})", pass.dealt, pass.method, clean(&pass.name)),
            )
        })
        .collect();
    let by = |wanted: fn(&By) -> bool| view.deals().filter(|(_, deal)| wanted(&deal.by)).count() as u64;
    let pinned = by(|by| matches!(by, By::Pin(_)));
    let owners = by(|by| matches!(by, By::Owner));
    let fallback = by(|by| matches!(by, By::Fallback));
    parts.extend((pinned > 0).then(|| (pinned, format!("{pinned} pinned by hand"))));
    parts.extend((owners > 0).then(|| (owners, format!("{owners} to owners of accounts"))));
    parts.extend((fallback > 0).then(|| (fallback, format!("{fallback} to the fallback"))));
    let all: u64 = parts.iter().map(|(dealt, _)| dealt).sum();
    if all > 0 {
        let parts: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
        page.line(&format!(
            "dealt in other ways: {}: {}",
            count(all, "lead"),
            parts.join(", ")
        ));
    }
}

fn overtaken(run: &Run, page: &mut Page) {
    for pass in run.allocation.passes.iter().filter(|pass| pass.overtaken > 0) {
        let were = if pass.overtaken == 1 { "was" } else { "were" };
        page.line(&format!(
            "overtaken: {} of a better tier {were} left undealt by the `when`, `reps` or `min_score` of pass \
             `{}`, while a worse tier took room that they could have had",
            count(pass.overtaken, "lead"),
            clean(&pass.name)
        ));
    }
}

fn bent(view: &View, page: &mut Page) {
    let bent = &view.run.allocation.bent;
    for (lead, rep, broken) in bent.iter().take(BENT_SHOWN) {
        page.line(&format!(
            "pin kept though it breaks {}: lead {} to {}",
            clean(&broken.join(", ")),
            clean(&view.run.batch.leads.ids[lead.at()]),
            clean(view.rep(*rep))
        ));
    }
    if bent.len() > BENT_SHOWN {
        page.line(&format!("and {} more such pins", bent.len() - BENT_SHOWN));
    }
}

/// What is to be said of the inputs, the dealing and the outputs: warnings first.
fn said(run: &Run, verbose: bool, page: &mut Page) {
    let written = notes(run);
    let all = || {
        run.batch
            .notes
            .iter()
            .chain(&run.allocation.notes)
            .chain(&written)
    };
    for kind in [NoteKind::Warning, NoteKind::Fact] {
        let told = |note: &&Note| note.kind == kind && (verbose || kind == NoteKind::Warning);
        all().filter(told).for_each(|note| say_note(note, page));
    }
}

/// Whether any rep is somewhere or works some time, so that it matters where leads are.
fn reads_places(run: &Run) -> bool {
    let mut reps = run.batch.reps.list.iter();
    !run.batch.leads.offices.is_empty() || reps.any(|rep| rep.place.measurable().is_some())
}

fn say_note(note: &Note, page: &mut Page) {
    let mark = match note.kind {
        NoteKind::Warning => "warning: ",
        NoteKind::Fact => "note: ",
    };
    page.item(mark, &clean(&note.text));
}

#[cfg(test)]
mod tests;
