//! Leads that are known already: what of, and what to do.

use super::verdicts::key_words;
use super::words::one_line;
use crate::model::{Clash, Counterpart, ImportVerdict, KeySet, LeadIndex, Note, Original, Reconciled, Side};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

/// So many leads are seldom one person: their e-mail address may stand for none.
const MANY: usize = 20;

/// What should be said of leads, by their ids, that were held against each other and against known records.
pub fn known(reconciled: &Reconciled, ids: &[String]) -> Vec<Note> {
    let mut counts = [0usize; 4];
    let mut of_lead: BTreeMap<LeadIndex, usize> = BTreeMap::new();
    for of in reconciled.leads.iter().flatten() {
        let first = of.matches.first().map(|of| of.with);
        let at = match (of.verdict, first) {
            (ImportVerdict::Duplicate, Some(Counterpart::Lead(lead))) => {
                *of_lead.entry(lead).or_default() += 1;
                0
            }
            (ImportVerdict::Duplicate, _) => 1,
            (ImportVerdict::KnownAccount, _) => 2,
            (ImportVerdict::Conflict(_), _) => 3,
            (ImportVerdict::New, _) => continue,
        };
        counts[at] += 1;
    }
    let words = [
        "the same as another lead",
        "there already",
        "of a known account",
        "in conflict",
    ];
    let said = counts.iter().zip(words).filter(|(count, _)| **count > 0);
    let said: Vec<String> = said.map(|(count, word)| format!("{count} {word}")).collect();
    let mut notes = Vec::new();
    if !said.is_empty() {
        notes.push(Note::fact(format!("leads that are known: {}", said.join(", "))));
    }
    let most = of_lead
        .iter()
        .max_by_key(|(lead, count)| (**count, Reverse(**lead)));
    if let Some((lead, count)) = most.filter(|(_, count)| **count >= MANY) {
        notes.push(Note::warning(format!(
            "{count} leads are the same as lead `{}` and are not dealt; if they only share an address that stands for \
             none, add it to `[read] empty`",
            ids.get(lead.at()).map_or(String::new(), |id| one_line(id))
        )));
    }
    if let Some(largest) = reconciled.large_blocks.first() {
        let blocks = if reconciled.large == 1 {
            "1 group of records".to_owned()
        } else {
            format!("{} groups of records", reconciled.large)
        };
        notes.push(Note::warning(format!(
            "{blocks} that share a key were too large to hold each against each, the largest {} `{}` with {} leads \
             and {} known records; `largest_block` in `[reconcile]` bounds them",
            largest.key.name(),
            one_line(&largest.value),
            largest.sizes.0,
            largest.sizes.1
        )));
    }
    notes
}

/// What a duplicate is a duplicate of.
pub(super) fn original(of: &Original) -> String {
    match of {
        Original::Lead(id) => format!("the same as lead {}", one_line(id)),
        Original::Record(side) => format!("is there already: {}{}", record(side), because(side.agrees)),
        Original::Told(told) => as_told("duplicate", told),
    }
}

/// What to do with a duplicate.
pub(super) fn original_remedy(of: &Original) -> String {
    match of {
        Original::Lead(_) => "nothing: that lead counts; if they are two, write `within = \"none\"` in `[duplicates]`",
        Original::Record(_) => {
            "nothing; if it is another, write its verdict by hand: `dealt reconcile`, then deal reconciled.csv"
        }
        Original::Told(_) => "change its `verdict` to `new` if it is another",
    }
    .to_owned()
}

/// Why a lead cannot be told to be one record or another.
pub(super) fn conflict(clash: Clash, sides: &[Side], told: Option<&str>) -> String {
    if let Some(told) = told {
        return as_told("conflict", told);
    }
    let records: Vec<String> = sides.iter().take(3).map(|side| with_owner(clash, side)).collect();
    let more = sides.len().saturating_sub(3);
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    let records = records.join(", ");
    match clash {
        Clash::TwoOwners => format!("may be of several owners: {records}{more}"),
        Clash::OwnerLeft => format!("its owner has left: {records}{more}"),
        Clash::KeysDisagree => format!("keys disagree: {records}{more}"),
    }
}

/// What to do with a conflict.
pub(super) fn conflict_remedy(clash: Clash) -> String {
    let how = "by hand: `dealt reconcile`, its `verdict` in reconciled.csv, then deal that file";
    match clash {
        Clash::TwoOwners => format!("settle whose it is {how}"),
        Clash::OwnerLeft => "name a new owner of the account".to_owned(),
        Clash::KeysDisagree => format!("settle which one it is {how}"),
    }
}

fn as_told(verdict: &str, told: &str) -> String {
    match one_line(told) {
        told if told.is_empty() => format!("its `verdict` says {verdict}"),
        told => format!("its `verdict` says {verdict}: {told}"),
    }
}

fn with_owner(clash: Clash, side: &Side) -> String {
    let mut text = record(side);
    if clash == Clash::KeysDisagree {
        if !side.agrees.is_empty() {
            let _ = write!(text, " by {}", key_words(side.agrees));
        }
        if !side.disagrees.is_empty() {
            let _ = write!(text, " but not by {}", key_words(side.disagrees));
        }
    } else if !side.owner.is_empty() {
        let _ = write!(text, " of {}", one_line(&side.owner));
    }
    text
}

fn because(agrees: KeySet) -> String {
    if agrees.is_empty() {
        String::new()
    } else {
        format!(" (by {})", key_words(agrees))
    }
}

/// A known record: its name or id, and where it stands.
fn record(side: &Side) -> String {
    let called = [&side.name, &side.id].into_iter().find(|text| !text.is_empty());
    match called {
        Some(called) => format!("{} at {}", one_line(called), side.position),
        None => side.position.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mistake::Position;
    use crate::model::MatchKey;

    fn side(owner: &str) -> Side {
        let mut agrees = KeySet::default();
        agrees.add(MatchKey::Domain);
        let mut disagrees = KeySet::default();
        disagrees.add(MatchKey::Company);
        Side {
            position: Position::Line {
                file: "accounts.csv".into(),
                line: 7,
                column: None,
            },
            id: "001A".into(),
            name: "Acme\nLtd".into(),
            owner: owner.into(),
            agrees,
            disagrees,
        }
    }

    #[test]
    fn a_duplicate_names_what_it_is_a_duplicate_of() {
        assert_eq!(original(&Original::Lead("L1".into())), "the same as lead L1");
        assert_eq!(
            original(&Original::Record(side(""))),
            "is there already: Acme Ltd at accounts.csv:7 (by domain)"
        );
        assert_eq!(
            original(&Original::Told("same e-mail".into())),
            "its `verdict` says duplicate: same e-mail"
        );
    }

    #[test]
    fn a_conflict_names_its_sides() {
        let sides = [side("Ann"), side("Bo")];
        assert_eq!(
            conflict(Clash::TwoOwners, &sides, None),
            "may be of several owners: Acme Ltd at accounts.csv:7 of Ann, Acme Ltd at accounts.csv:7 of Bo"
        );
        assert_eq!(
            conflict(Clash::KeysDisagree, &sides[..1], None),
            "keys disagree: Acme Ltd at accounts.csv:7 by domain but not by company"
        );
        assert_eq!(
            conflict(Clash::TwoOwners, &[], Some("")),
            "its `verdict` says conflict"
        );
    }
}
