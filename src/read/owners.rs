//! Who owns leads already, and which of them are free all the same.

use super::coding::Coded;
use crate::model::{
    Found, Holder, Note, Ownership, Rep, RepDirectory, RepIndex, Settings, is_salesforce_queue, widened,
};
use std::collections::{BTreeMap, BTreeSet};

/// What owner cells mean.
pub(super) struct Owners<'a> {
    reps: &'a [Rep],
    directory: &'a RepDirectory,
    pool: BTreeSet<String>,
    redeal: bool,
}

impl<'a> Owners<'a> {
    /// Takes the roster and what the rules say of owners.
    pub fn new(reps: &'a [Rep], directory: &'a RepDirectory, settings: &Settings) -> Self {
        Self {
            reps,
            directory,
            pool: settings.owner_pool.iter().map(|owner| folded(owner)).collect(),
            redeal: settings.owner_redeal,
        }
    }

    /// Whether a lead with this owner cell is free.
    pub fn ownership(&self, owner: &str) -> Ownership {
        if owner.is_empty() || is_salesforce_queue(owner) || self.pool.contains(&folded(owner)) {
            return Ownership::Free;
        }
        match self.directory.find(owner) {
            Found::One(rep) if !self.reps[rep.at()].active => Ownership::FormerOwner(owner.to_owned()),
            Found::One(rep) if self.is_pooled(rep) => Ownership::Free,
            _ if self.redeal => Ownership::Free,
            _ => Ownership::Owned(owner.to_owned()),
        }
    }

    /// Who has an account with this owner cell; nobody where it is empty or its leads are free.
    pub fn holder(&self, owner: &str) -> Option<Holder> {
        if owner.is_empty() || is_salesforce_queue(owner) || self.pool.contains(&folded(owner)) {
            return None;
        }
        match self.directory.find(owner) {
            Found::One(rep) if !self.reps[rep.at()].active => Some(Holder::Left(rep)),
            Found::One(rep) if self.is_pooled(rep) => None,
            Found::One(rep) => Some(Holder::Rep(rep)),
            Found::Several(_) | Found::Nobody => Some(Holder::Stranger),
        }
    }

    /// Tells whether the pool names this rep in another way than the cell.
    fn is_pooled(&self, rep: RepIndex) -> bool {
        let rep = &self.reps[rep.at()];
        [&rep.id, &rep.email, &rep.name]
            .into_iter()
            .any(|text| !text.is_empty() && self.pool.contains(&folded(text)))
    }

    /// The rep of the roster that each distinct text names, if one does; ambiguous ones are said.
    pub fn reps(&self, what: &str, texts: &[&str], notes: &mut Vec<Note>) -> Vec<Option<RepIndex>> {
        let mut doubtful = Vec::new();
        let found = texts.iter().map(|text| match self.directory.find(text) {
            Found::One(rep) => Some(rep),
            Found::Several(_) => {
                doubtful.push(format!("`{text}`"));
                None
            }
            Found::Nobody => None,
        });
        let found = found.collect();
        if !doubtful.is_empty() {
            doubtful.truncate(5);
            notes.push(Note::warning(format!(
                "several reps answer to the {what} {}, so that {what} counts as unknown",
                doubtful.join(", ")
            )));
        }
        found
    }
}

fn folded(text: &str) -> String {
    let words: Vec<String> = widened(text.trim())
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// Says who owns the leads where over half of them are owned, with the line to write.
pub(super) fn note_owners(
    ownership: &[Ownership],
    owners: &Coded<'_>,
    rows: &[usize],
    notes: &mut Vec<Note>,
) {
    let owned = ownership
        .iter()
        .filter(|of| matches!(of, Ownership::Owned(_)))
        .count();
    if owned * 2 <= ownership.len() {
        return;
    }
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for (of, &row) in ownership.iter().zip(rows) {
        if matches!(of, Ownership::Owned(_)) {
            *counts.entry(owners.codes[row]).or_default() += 1;
        }
    }
    let mut counts: Vec<(usize, &str)> = counts
        .into_iter()
        .map(|(code, count)| (count, owners.texts[code as usize]))
        .collect();
    counts.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    counts.truncate(10);
    let listed: Vec<String> = counts
        .iter()
        .map(|(count, owner)| format!("`{owner}` {count}"))
        .collect();
    let pool: Vec<String> = counts.iter().map(|(_, owner)| format!("{owner:?}")).collect();
    notes.push(Note::warning(format!(
        "{owned} of {} leads have an owner and are not dealt; the commonest owners: {}; name those that are no \
         persons in the rules: `[owner] pool = [{}]`",
        ownership.len(),
        listed.join(", "),
        pool.join(", ")
    )));
}
