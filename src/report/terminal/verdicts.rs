//! What `reconcile` prints of an import.

use super::plain::table;
use super::say_note;
use super::text::{Page, clean, count};
use crate::model::{Clash, Found, ListingSort, NoteKind, RepDirectory};
use crate::report::import::{Counts, ImportReport, counts, known};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many owners are shown.
const OWNERS_SHOWN: usize = 10;
/// How many large blocks are named.
const BLOCKS_SHOWN: usize = 5;

/// The summary of a reconciled import in lines of at most `width` characters (40 at least); facts about the files
/// only where `verbose`.
pub fn reconciled(report: &ImportReport, width: usize, verbose: bool) -> String {
    let mut page = Page::new(width);
    let counts = counts(report);
    head(report, &counts, &mut page);
    rests_on(&counts, &mut page);
    owners(report, &counts, &mut page);
    conflicts(&counts, &mut page);
    page.gap();
    large(report, &mut page);
    for kind in [NoteKind::Warning, NoteKind::Fact] {
        for note in &report.import.notes {
            if note.kind == kind && (verbose || kind == NoteKind::Warning) {
                say_note(note, &mut page);
            }
        }
    }
    page.finish()
}

fn head(report: &ImportReport, counts: &Counts, page: &mut Page) {
    let set_aside = match counts.set_aside {
        0 => String::new(),
        rows => format!("; {} set aside", count(rows, "row")),
    };
    let records = |sort, noun: &str| match known(report, sort) {
        0 => None,
        records => Some(count(records, noun)),
    };
    let against: Vec<String> = [
        records(ListingSort::Existing, "existing record"),
        records(ListingSort::Accounts, "account"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let against = if against.is_empty() {
        "each other".to_owned()
    } else {
        against.join(" and ")
    };
    page.line(&format!(
        "{} held against {against}{set_aside}",
        count(counts.rows, "row")
    ));
    let share = |rows: u64| format!("{}%", (rows * 100 + counts.rows / 2) / counts.rows.max(1));
    let rows: Vec<Vec<String>> = [
        ("new", counts.new),
        ("duplicate", counts.within + counts.existing),
        ("known_account", counts.known),
        ("conflict", counts.in_conflict()),
    ]
    .into_iter()
    .map(|(verdict, rows)| vec![verdict.to_owned(), rows.to_string(), share(rows)])
    .collect();
    page.gap();
    page.table(&table(&["verdict", "rows", "share"], &rows));
    page.gap();
    if counts.near > 0 {
        let are = if counts.near == 1 { "row is" } else { "rows are" };
        page.line(&format!(
            "{} new {are} near something known; its `reason` in reconciled.csv names it",
            counts.near
        ));
    }
}

fn rests_on(counts: &Counts, page: &mut Page) {
    if counts.within + counts.existing == 0 {
        return;
    }
    let keys: Vec<String> = by_count(&counts.keys)
        .into_iter()
        .map(|(key, rows)| format!("{} {rows}", key.name()))
        .collect();
    page.line(&format!(
        "duplicates: {} of existing records, {} of other rows of the import; equal keys: {}",
        counts.existing,
        counts.within,
        keys.join(", ")
    ));
}

fn owners(report: &ImportReport, counts: &Counts, page: &mut Page) {
    if counts.owners.is_empty() {
        return;
    }
    let directory = RepDirectory::new(&report.import.reps);
    let named = |owner: &str| match directory.find(owner) {
        Found::One(rep) => report.import.reps[rep.at()].name.clone(),
        _ if owner.is_empty() => "(nobody)".to_owned(),
        _ => owner.to_owned(),
    };
    let mut by_name: BTreeMap<String, u64> = BTreeMap::new();
    for (owner, rows) in &counts.owners {
        *by_name.entry(named(owner)).or_default() += rows;
    }
    let owners = by_count(&by_name);
    let rows: Vec<Vec<String>> = owners
        .iter()
        .take(OWNERS_SHOWN)
        .map(|(owner, rows)| vec![(*owner).clone(), rows.to_string()])
        .collect();
    page.gap();
    page.table(&table(&["known accounts of", "rows"], &rows));
    if owners.len() > OWNERS_SHOWN {
        page.line(&format!(
            "and {} more, see `owner` in reconciled.csv",
            count((owners.len() - OWNERS_SHOWN) as u64, "owner")
        ));
    }
}

fn conflicts(counts: &Counts, page: &mut Page) {
    if counts.conflicts.is_empty() {
        return;
    }
    page.gap();
    page.line(
        "conflicts, and what settles them; then write `new`, `duplicate` or `known_account`, and the owner, into \
         reconciled.csv:",
    );
    let clashes = by_count(&counts.conflicts);
    let digits = clashes[0].1.to_string().len();
    for (clash, rows) in clashes {
        page.item(
            &format!("{rows:>digits$}  "),
            &format!("{}: {}", clash.name(), remedy(*clash)),
        );
    }
}

/// What settles a conflict.
fn remedy(clash: Clash) -> &'static str {
    match clash {
        Clash::TwoOwners => "ask the owners in conflicts.csv whose it is, and merge the records in the CRM",
        Clash::KeysDisagree => "compare its sides in conflicts.csv: one of the keys is out of date or shared",
        Clash::OwnerLeft => "give the account another owner in the CRM, or have it dealt as new",
    }
}

fn large(report: &ImportReport, page: &mut Page) {
    let reconciled = report.reconciled;
    for block in reconciled.large_blocks.iter().take(BLOCKS_SHOWN) {
        page.item(
            "large block: ",
            &format!(
                "{} `{}` of {} and {}: too many to hold each against each by it; their other keys count",
                block.key.name(),
                clean(&block.value),
                count(block.sizes.0, "row"),
                count(block.sizes.1, "known record")
            ),
        );
    }
    let named = reconciled.large_blocks.len().min(BLOCKS_SHOWN) as u64;
    if reconciled.large > named {
        page.line(&format!(
            "and {} more, see run.json",
            count(reconciled.large - named, "large block")
        ));
    }
}

/// The commonest first.
fn by_count<K: Ord>(counts: &BTreeMap<K, u64>) -> Vec<(&K, u64)> {
    let mut list: Vec<(&K, u64)> = counts.iter().map(|(key, count)| (key, *count)).collect();
    list.sort_by_key(|(_, count)| Reverse(*count));
    list
}
