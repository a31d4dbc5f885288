//! Keys by which rows come to be held against each other. Rows without a common key are never compared.
//!
//! Exact keys are numbers of what must be equal. Words of organisations' names make keys together with city
//! or postal code, each also with one letter left out: two words that differ by one typing error have such a
//! key in common (Garbe's `SymSpell`; the deletion neighbourhood of Mor and Fraenkel 1982,
//! doi:10.1145/358728.358752). The whole name makes such keys without a place, for rows that have none.

use super::hashing::{of_numbers, of_text};
use super::profile::Profile;
use crate::model::MatchKey;

/// What a key is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Block {
    /// All that is written.
    Whole,
    /// An id.
    Id,
    /// What an account goes by.
    Account,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A registered domain.
    Domain,
    /// A person's name with a place or an organisation.
    Person,
    /// An organisation's name with a place.
    Place,
    /// An organisation's name.
    Company,
    /// The name with a letter left out.
    NearCompany,
    /// A word of a name with a place.
    Word,
    /// Such a word with a letter left out.
    NearWord,
}

impl Block {
    /// The key that is told where a block is too large.
    pub fn key(self) -> MatchKey {
        match self {
            Self::Id => MatchKey::Id,
            Self::Account => MatchKey::Account,
            Self::Email => MatchKey::Email,
            Self::Phone => MatchKey::Phone,
            Self::Domain => MatchKey::Domain,
            Self::Person => MatchKey::Person,
            _ => MatchKey::Company,
        }
    }

    /// Tells whether of a block that is too large nothing is looked at.
    pub fn is_fuzzy(self) -> bool {
        matches!(self, Self::NearCompany | Self::Word | Self::NearWord)
    }

    /// Tells whether it is a variant of another, which is told in its stead.
    pub fn is_variant(self) -> bool {
        matches!(self, Self::NearCompany | Self::NearWord | Self::Whole)
    }
}

/// Words of so many letters at least have keys with one left out.
const LEAST_LETTERS: usize = 4;
/// So many words of a name make keys of their own.
const MOST_WORDS: usize = 6;
/// Names of so many letters at most have keys with one left out.
const MOST_LETTERS: usize = 40;

/// Gives every key of a row: what it is made of, its number, and its text where somebody asks.
pub(super) fn keys(profile: &Profile, give: &mut impl FnMut(Block, u64, &dyn Fn() -> String)) {
    exact_keys(profile, give);
    let places = [&profile.city, &profile.postal];
    let places: Vec<&str> = places
        .into_iter()
        .map(String::as_str)
        .filter(|place| !place.is_empty())
        .collect();
    if let Some(person) = &profile.person {
        let mut words = person.words.clone();
        words.sort_unstable();
        let name = words.join(" ");
        let number = of_text(&name);
        let company = profile.company.as_ref().map(|company| company.core.as_str());
        for with in places.iter().copied().chain(company) {
            let key = of_numbers(&[Block::Person as u64, number, of_text(with)]);
            give(Block::Person, key, &|| format!("{name}, {with}"));
        }
    }
    let Some(company) = &profile.company else { return };
    give(
        Block::Company,
        of_numbers(&[Block::Company as u64, company.number]),
        &|| company.core.clone(),
    );
    for place in &places {
        let key = of_numbers(&[Block::Place as u64, company.number, of_text(place)]);
        give(Block::Place, key, &|| format!("{}, {place}", company.core));
    }
    near_keys(&company.core, 0, (Block::Company, Block::NearCompany), give);
    for word in company.words.iter().take(MOST_WORDS) {
        for place in &places {
            let number = of_text(place);
            let whole = of_numbers(&[Block::Word as u64, of_text(&word.text), number]);
            give(Block::Word, whole, &|| format!("{}, {place}", word.text));
            near_keys(&word.text, number, (Block::Word, Block::NearWord), give);
        }
    }
}

/// The keys of numbers that must be equal.
fn exact_keys(profile: &Profile, give: &mut impl FnMut(Block, u64, &dyn Fn() -> String)) {
    let nothing = String::new;
    let mut exact = |block: Block, number: u64| {
        give(block, of_numbers(&[block as u64, number]), &nothing);
    };
    if let Some(whole) = profile.whole {
        exact(Block::Whole, whole);
    }
    for id in &profile.ids {
        exact(Block::Id, id.number);
    }
    for account in &profile.accounts {
        exact(Block::Account, *account);
    }
    for email in &profile.emails {
        exact(Block::Email, email.number);
    }
    for phone in &profile.phones {
        exact(Block::Phone, phone.digits);
    }
    for domain in &profile.domains {
        exact(Block::Domain, *domain);
    }
}

/// The keys of a text as it is and with each letter left out, so that both with and without meet.
fn near_keys(
    text: &str,
    place: u64,
    (whole, near): (Block, Block),
    give: &mut impl FnMut(Block, u64, &dyn Fn() -> String),
) {
    if !(LEAST_LETTERS..=MOST_LETTERS).contains(&text.len()) || !text.is_ascii() {
        return;
    }
    let nothing = String::new;
    let mut key = |text: &str| {
        give(
            near,
            of_numbers(&[whole as u64, of_text(text), place, 1]),
            &nothing,
        );
    };
    key(text);
    let mut left = String::with_capacity(text.len());
    for at in 0..text.len() {
        // Of two equal letters in a row leaving out either makes the same text.
        if at > 0 && text.as_bytes()[at] == text.as_bytes()[at - 1] {
            continue;
        }
        left.clear();
        left.push_str(&text[..at]);
        left.push_str(&text[at + 1..]);
        key(&left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(text: &str) -> Vec<u64> {
        let mut found = Vec::new();
        near_keys(text, 0, (Block::Word, Block::NearWord), &mut |_, key, _| {
            found.push(key);
        });
        found
    }

    fn meet(left: &str, right: &str) -> bool {
        near(left).iter().any(|key| near(right).contains(key))
    }

    #[test]
    fn words_with_one_typing_error_meet() {
        for other in ["world", "wrold", "worl", "worldd", "wurld"] {
            assert!(meet("world", other), "{other}");
        }
        assert!(!meet("world", "works"));
        assert!(!meet("cat", "car"));
    }
}
