//! E-mail addresses, phone numbers and domains that many differently named parties have.

use super::blocks::Block;
use super::canonical::Canonical;
use super::company::CompanyName;
use super::compare::SharedKeys;
use super::hashing::of_numbers;
use super::index::{BlockIndex, Index};
use super::known::{Known, NameOf};
use super::person::{self, PersonName};
use super::profile::Profile;
use super::similar::{Nearness, Word, likeness};
use crate::model::{Parties, PartyField, ReconcileSettings};

/// Of so many names of one key it is seen whether they are alike; more are many in any case.
const MOST_NAMES: usize = 48;

/// Finds them. `names` are those of the known records.
pub(super) fn shared_keys(
    index: &Index,
    (imported, canonical, profiles): (&Parties, &Canonical, &[Profile]),
    known: &Known<'_>,
    mut names: Vec<NameOf>,
    settings: &ReconcileSettings,
) -> SharedKeys {
    for block in index.all() {
        if !matches!(index.block(block), Block::Email | Block::Phone | Block::Domain) {
            continue;
        }
        for &row in index.rows(block) {
            if let Some(name) = profiles[row as usize].name() {
                let row = canonical.rows(row as usize)[0];
                names.push(NameOf {
                    block,
                    name,
                    record: None,
                    row,
                });
            }
        }
    }
    names.sort_unstable();
    names.dedup_by_key(|of| (of.block, of.name));
    let mut shared = SharedKeys::default();
    for of_block in names.chunk_by(|one, other| one.block == other.block) {
        let block = of_block[0].block;
        let bound = match index.block(block) {
            Block::Domain => settings.shared_domain,
            _ => settings.shared_contact,
        } as usize;
        if of_block.len() >= bound && count_unlike(of_block, imported, known) >= bound {
            add(&mut shared, index, block, profiles);
        }
    }
    shared
}

/// How many of the names are unlike each other.
fn count_unlike(names: &[NameOf], imported: &Parties, known: &Known<'_>) -> usize {
    let mut unlike: Vec<Name> = Vec::new();
    for of in names.iter().take(MOST_NAMES) {
        let cell = |field| match of.record {
            Some(record) => known.cell(record, field),
            None => imported.get(of.row as usize, field),
        };
        let name = Name::read(cell(PartyField::Company), cell(PartyField::Person));
        if !unlike.iter().any(|other| other.is_near(&name)) {
            unlike.push(name);
        }
    }
    unlike.len()
}

enum Name {
    Company(Vec<Word>),
    Person(PersonName),
}

impl Name {
    fn read(company: &str, person: &str) -> Self {
        match CompanyName::read(company) {
            Some(name) => Self::Company(name.words.into_iter().map(|word| Word::new(word, 1.0)).collect()),
            None => Self::Person(PersonName::read(person).unwrap_or_default()),
        }
    }

    /// Tells whether two names are not plainly different.
    fn is_near(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Company(one), Self::Company(other)) => {
                let found = likeness(one, other);
                found.share >= 0.7 || found.contained
            }
            (Self::Person(one), Self::Person(other)) => person::compare(one, other) != Nearness::Different,
            _ => true,
        }
    }
}

/// Adds the number that a block is of, which a row of the block has.
fn add(shared: &mut SharedKeys, index: &Index, block: BlockIndex, profiles: &[Profile]) {
    let kind = index.block(block);
    let is_it = |number: u64| of_numbers(&[kind as u64, number]) == index.number(block);
    let Some(profile) = index.rows(block).first().map(|row| &profiles[*row as usize]) else {
        return;
    };
    let (numbers, set): (Vec<u64>, _) = match kind {
        Block::Email => (
            profile.emails.iter().map(|email| email.number).collect(),
            &mut shared.emails,
        ),
        Block::Phone => (
            profile.phones.iter().map(|phone| phone.digits).collect(),
            &mut shared.phones,
        ),
        _ => (profile.domains.clone(), &mut shared.domains),
    };
    set.extend(numbers.into_iter().filter(|number| is_it(*number)));
}
