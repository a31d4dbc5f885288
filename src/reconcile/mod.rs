//! An import against what exists: which leads are new, which are there already, whose account they are of.
//!
//! ```text
//!  import ─► canonical: in order of content ─► profiles: every cell read once ─► index of keys (blocks)
//!                                                                                   │
//!  listings ─► survey: which records have such a key, how rare words are ──────────┤
//!                                                                                   ▼
//!      limits: what of large blocks is looked at ─► candidates: each pair compared once (compare, similar)
//!                                                                                   │
//!      groups: rows that are one party ─► verdicts: what known records say ─► answer: one verdict a lead
//! ```
//!
//! Nothing is compared that shares no key; the work is bounded by `[reconcile] largest_block` for each key.
//! Known records are streamed twice and never kept. The score is explained in `rules/README.md`.

mod abbreviations;
mod answer;
mod blocks;
mod candidates;
mod canonical;
mod company;
mod compare;
mod domain;
mod email;
mod groups;
mod handover;
mod hashing;
mod ids;
mod index;
mod known;
mod legal_forms;
mod limits;
mod nicknames;
mod owners;
mod parallel;
mod person;
mod phone;
mod place;
mod profile;
mod same_email;
mod shared;
mod similar;
mod street;
mod taken;
#[cfg(test)]
mod tests;
mod units;
mod verdicts;
mod words;

use crate::model::{Country, Listing, Parties, ReconcileSettings, Reconciled, Rep};
use answer::Parts;
use candidates::Candidate;
use canonical::Canonical;
use compare::Scale;
use domain::Shared;
pub use handover::{Handing, handover};
use index::Index;
use known::Known;
use limits::Limits;
use owners::Owners;
use parallel::in_chunks;
use profile::{Profile, Reader};
pub use same_email::same_email;
pub use taken::prefer_taken;
pub use units::units;
use words::Words;

/// What is held against what.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The leads.
    pub imported: &'a Parties,
    /// Lists of known records.
    pub listings: &'a [Listing],
    /// Whether the leads come from where the known records do, so that an existing record of a lead's id is that
    /// lead itself and nothing it could be a duplicate of.
    pub are_records: bool,
    /// The roster, which tells who an owner cell means and who has left; empty where nobody knows.
    pub reps: &'a [Rep],
    /// `[reconcile]`.
    pub settings: &'a ReconcileSettings,
    /// The country of rows without one.
    pub country: Option<Country>,
    /// How many threads may work; never changes a result.
    pub threads: usize,
    /// Told how much is done, from 0 to 1.
    pub progress: &'a (dyn Fn(f64) + Sync),
}

/// Rows of the import that a thread reads at a time.
const CHUNK_OF_ROWS: usize = 512;

/// Holds leads against each other and against known records.
///
/// Verdicts depend on what rows say and never on their order; the first of equal rows is the one that stays.
pub fn reconcile(question: &Question<'_>) -> Reconciled {
    let (settings, threads) = (question.settings, question.threads);
    let free = Shared::with(&settings.free_mail);
    let new_reader = || Reader::new(&free, question.country);
    let canonical = Canonical::new(question.imported);
    let mut words = Words::default();
    let mut profiles = profiles(question, &canonical, &free, &mut words);
    let endings = known::endings(&profiles);
    let wanted = |ending: u32| endings.contains(&ending);
    let index = Index::new(&profiles, threads);
    (question.progress)(0.1);
    let known = Known::new(question.listings);
    let survey = known::survey(&known, &index, &mut words, threads, new_reader, &wanted);
    (question.progress)(0.5);
    for profile in &mut profiles {
        profile.weigh(&words);
    }
    let scale = Scale {
        settings,
        shared: shared::shared_keys(
            &index,
            (question.imported, &canonical, &profiles),
            &known,
            survey.names,
            settings,
        ),
    };
    let mut hits = survey.hits;
    let limits = Limits::new(&index, &hits, settings.largest_block);
    limits.keep(&mut hits);
    let near = candidates::with_known(
        &scale,
        (&index, &profiles),
        (&known, &hits),
        (&words, question.are_records),
        threads,
        new_reader,
        &wanted,
    );
    (question.progress)(0.9);
    let pairs = candidates::within_import(
        &scale,
        (&index, &profiles),
        &|block| limits.most_after(block),
        threads,
    );
    let owners = Owners::new(question.reps, &known);
    let parts = Parts {
        scale: &scale,
        imported: question.imported,
        canonical: &canonical,
        profiles: &profiles,
        decisions: by_row(&near, profiles.len())
            .map(|of_row| verdicts::decide(of_row, settings.threshold, &owners))
            .collect(),
        groups: groups::groups(&scale, &profiles, &pairs),
        pairs: &pairs,
        known: &known,
        owners: &owners,
    };
    let (large_blocks, large) = limits.large(question.imported, &canonical, &profiles);
    Reconciled {
        large_blocks,
        large,
        ..parts.answer()
    }
}

/// Reads the rows of the import in order of content, and counts their words.
fn profiles(
    question: &Question<'_>,
    canonical: &Canonical,
    free: &Shared,
    words: &mut Words,
) -> Vec<Profile> {
    let start = || (Reader::new(free, question.country), Words::default());
    let (parts, states) = in_chunks(
        question.threads,
        (canonical.len(), CHUNK_OF_ROWS),
        start,
        |(reader, words), range| {
            let read = range.map(|at| {
                let profile = reader.read(question.imported, canonical.first(at), None, None);
                words.count(&profile, 1);
                profile
            });
            read.collect::<Vec<_>>()
        },
    );
    for (_, counted) in states {
        words.add(counted);
    }
    parts.into_iter().flatten().collect()
}

/// The candidates of each row, which are in order of rows.
fn by_row(near: &[Candidate], rows: usize) -> impl Iterator<Item = &[Candidate]> {
    let mut rest = near;
    (0..rows).map(move |row| {
        let here = rest.partition_point(|of| of.row as usize <= row);
        let (of_row, after) = rest.split_at(here);
        rest = after;
        of_row
    })
}
