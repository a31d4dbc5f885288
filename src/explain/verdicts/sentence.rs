//! One short sentence for each verdict.

use super::super::words::one_line;
use super::{Other, Verdicts, key_words};
use crate::model::{
    Clash, Counterpart, ImportVerdict, KeySet, LeadIndex, ListingSort, Match, MatchKey, ReconciledLead,
};

/// Why a lead got its verdict.
pub fn why(verdicts: &Verdicts, lead: LeadIndex) -> String {
    let Some(of) = verdicts.reconciled.of(lead) else {
        return "nothing known is the same".to_owned();
    };
    let Some(first) = of.matches.first() else {
        return without_match(of).to_owned();
    };
    let other = verdicts.other(first.with);
    match of.verdict {
        ImportVerdict::New => format!(
            "nothing known is the same; nearest is {}, {} of {} needed{}",
            other.text(),
            first.confidence,
            verdicts.threshold,
            because(first)
        ),
        ImportVerdict::Duplicate => duplicate(&other, first),
        ImportVerdict::KnownAccount => known_account(of, &other, first),
        ImportVerdict::Conflict(Clash::TwoOwners) => two_owners(verdicts, of, &other),
        ImportVerdict::Conflict(Clash::KeysDisagree) => keys_disagree(verdicts, of, &other, first),
        ImportVerdict::Conflict(Clash::OwnerLeft) => format!(
            "the same as {}, whose owner {}has left{}",
            other.text(),
            spaced(&of.owner),
            because(first)
        ),
    }
}

fn without_match(of: &ReconciledLead) -> &'static str {
    match of.verdict {
        ImportVerdict::New => "nothing known is the same",
        ImportVerdict::Duplicate => "the same as another record",
        ImportVerdict::KnownAccount => "of a known account",
        ImportVerdict::Conflict(Clash::TwoOwners) => "the same as records of different owners",
        ImportVerdict::Conflict(Clash::KeysDisagree) => "its keys disagree",
        ImportVerdict::Conflict(Clash::OwnerLeft) => "its owner has left",
    }
}

fn duplicate(other: &Other, first: &Match) -> String {
    let is_person = first.agrees.has(MatchKey::Person) || first.similar.has(MatchKey::Person);
    let person = if is_person { " person" } else { "" };
    format!("the same{person} as {}{}", other.with_owner(), because(first))
}

fn known_account(of: &ReconciledLead, other: &Other, first: &Match) -> String {
    let account = match other.sort {
        Some(ListingSort::Accounts) => format!("of the account {}", other.text()),
        _ => format!("of the same account as {}", other.text()),
    };
    let owner = match one_line(&of.owner) {
        owner if owner.is_empty() => "which nobody owns".to_owned(),
        owner => format!("owned by {owner}"),
    };
    format!("{account}, {owner}{}", because(first))
}

/// Names the first two records of different owners.
fn two_owners(verdicts: &Verdicts, of: &ReconciledLead, other: &Other) -> String {
    let mut others = of.matches.iter().map(|found| verdicts.other(found.with));
    let differs =
        |found: &Other| !found.owner.trim().is_empty() && one_line(found.owner) != one_line(other.owner);
    match others.find(differs) {
        Some(second) => format!(
            "the same as {}, and as {}",
            other.with_owner(),
            second.with_owner()
        ),
        None => format!(
            "the same as records of different owners, first {}",
            other.with_owner()
        ),
    }
}

fn keys_disagree(verdicts: &Verdicts, of: &ReconciledLead, other: &Other, first: &Match) -> String {
    let say = |found: &Match| {
        let keys = equal(found);
        let verb = if keys.keys().count() == 1 { "says" } else { "say" };
        format!("{} {verb}", key_words(keys))
    };
    let second = of.matches.iter().skip(1).find(|second| {
        let is_record = |with: Counterpart| matches!(with, Counterpart::Record(_));
        equal(second) != equal(first) && is_record(second.with) == is_record(first.with)
    });
    match second {
        Some(second) => format!(
            "{} {}, but {} {}",
            say(first),
            other.text(),
            say(second),
            verdicts.other(second.with).text()
        ),
        None if first.disagrees.is_empty() => format!("perhaps {}{}", other.text(), because(first)),
        None => format!(
            "{} {}, but {}",
            say(first),
            other.text(),
            differs(first.disagrees)
        ),
    }
}

fn equal(found: &Match) -> KeySet {
    if found.agrees.is_empty() {
        found.similar
    } else {
        found.agrees
    }
}

/// `: e-mail and name agree, company is nearly the same, city differs`.
pub fn because(found: &Match) -> String {
    let mut similar = KeySet::default();
    for key in found.similar.keys().filter(|&key| !found.agrees.has(key)) {
        similar.add(key);
    }
    let parts = [
        (telling(found.agrees), "agrees", "agree"),
        (similar, "is nearly the same", "are nearly the same"),
        (found.disagrees, "differs", "differ"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(keys, ..)| !keys.is_empty())
        .map(|(keys, one, many)| verbed(keys, one, many))
        .collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(": {}", parts.join(", "))
    }
}

/// Of many equal keys those that tell who it is: two of them say more than that they are of one town.
fn telling(keys: KeySet) -> KeySet {
    let mut who = KeySet::default();
    let of_who = || keys.keys().filter(|key| !key.is_of_place());
    of_who().for_each(|key| who.add(key));
    if of_who().count() < 2 { keys } else { who }
}

fn differs(keys: KeySet) -> String {
    verbed(keys, "differs", "differ")
}

fn verbed(keys: KeySet, one: &str, many: &str) -> String {
    let verb = if keys.keys().count() == 1 { one } else { many };
    format!("{} {verb}", key_words(keys))
}

/// An owner with a blank behind; empty where nobody is named.
fn spaced(owner: &str) -> String {
    match one_line(owner) {
        owner if owner.is_empty() => owner,
        owner => format!("{owner} "),
    }
}
