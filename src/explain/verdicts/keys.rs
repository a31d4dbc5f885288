//! Keys with the values that were compared: `email ann@acme.com; city Boston, there Austin`.

use super::super::words::one_line;
use crate::model::{KeySet, Match, MatchKey, Parties, PartyField};

/// The most characters of a value.
const LONGEST: usize = 60;
/// As many digits at the end make two phone numbers alike enough to be shown as one.
const DIGITS: usize = 7;

/// The keys of a match as texts, `; ` between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Those that are equal, then those that are nearly equal: `company Acme ~ Acme Corp`.
    pub agrees: String,
    /// Those that differ: `city Boston, there Austin`.
    pub disagrees: String,
}

/// A row among parties, where it is known.
type Party<'a> = Option<(&'a Parties, usize)>;

impl Keys {
    /// Takes what both say.
    pub(super) fn of(mine: Party<'_>, theirs: Party<'_>, of: &Match) -> Self {
        let values = |key| (value(mine, key), value(theirs, key));
        let equal = of.agrees.keys().map(|key| {
            let (mine, theirs) = values(key);
            said(key, &shared(key, &mine, &theirs))
        });
        let similar = of.similar.keys().filter(|&key| !of.agrees.has(key)).map(|key| {
            let (mine, theirs) = values(key);
            match (mine.is_empty(), theirs.is_empty()) {
                (_, true) => said(key, &mine),
                (true, false) => format!("{} ~ {theirs}", key.name()),
                (false, false) => format!("{} {mine} ~ {theirs}", key.name()),
            }
        });
        let differ = of.disagrees.keys().map(|key| match values(key) {
            (mine, theirs) if theirs.is_empty() => said(key, &mine),
            (mine, theirs) => format!("{}, there {theirs}", said(key, &mine)),
        });
        Self {
            agrees: equal.chain(similar).collect::<Vec<_>>().join("; "),
            disagrees: differ.collect::<Vec<_>>().join("; "),
        }
    }
}

fn said(key: MatchKey, value: &str) -> String {
    format!("{} {value}", key.name()).trim_end().to_owned()
}

/// What a row says under a key, on one line.
fn value(party: Party<'_>, key: MatchKey) -> String {
    let Some((parties, row)) = party else {
        return String::new();
    };
    let get = |field| parties.get(row, field);
    let text = match key {
        MatchKey::Id => get(PartyField::Id),
        MatchKey::Account => first_filled(get(PartyField::Account), get(PartyField::Company)),
        MatchKey::Email => get(PartyField::Email),
        MatchKey::Phone => get(PartyField::Phone),
        MatchKey::Domain => first_filled(get(PartyField::Website), domain(get(PartyField::Email))),
        MatchKey::Company => get(PartyField::Company),
        MatchKey::Person => get(PartyField::Person),
        MatchKey::Street => get(PartyField::Street),
        MatchKey::PostalCode => get(PartyField::PostalCode),
        MatchKey::City => get(PartyField::City),
        MatchKey::State => get(PartyField::State),
        MatchKey::Country => get(PartyField::Country),
    };
    short(&text.replace("; ", ", "))
}

fn first_filled<'a>(one: &'a str, other: &'a str) -> &'a str {
    if one.is_empty() { other } else { one }
}

/// What stands behind the first `@`.
fn domain(email: &str) -> &str {
    let rest = email.split_once('@').map_or("", |(_, rest)| rest);
    rest.split([',', ';', '>', ' ', '|']).next().unwrap_or_default()
}

/// Of several values in a cell the ones that both have; else mine, or theirs where I have none.
fn shared(key: MatchKey, mine: &str, theirs: &str) -> String {
    let parts = |text: &'_ str| -> Vec<String> {
        let parts = text.split([',', '|']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let folded = |part: &str| match key {
        MatchKey::Phone => {
            let digits: Vec<char> = part.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(DIGITS)..].iter().collect()
        }
        _ => part.to_lowercase(),
    };
    let there: Vec<String> = parts(theirs).iter().map(|part| folded(part)).collect();
    let is_list = matches!(key, MatchKey::Email | MatchKey::Phone | MatchKey::Id);
    let both: Vec<String> = parts(mine)
        .into_iter()
        .filter(|part| is_list && there.contains(&folded(part)))
        .collect();
    match (both.is_empty(), mine.is_empty()) {
        (false, _) => both.join(", "),
        (true, false) => mine.to_owned(),
        (true, true) => theirs.to_owned(),
    }
}

/// A text on one line, cut with an ellipsis where it is long.
pub fn short(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(LONGEST) {
        None => line,
        Some((end, _)) => format!("{}…", &line[..end]),
    }
}

/// Keys as people call them: `e-mail, phone and name`; empty where there are none.
pub fn key_words(keys: KeySet) -> String {
    let words: Vec<&str> = keys.keys().map(word).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

fn word(key: MatchKey) -> &'static str {
    match key {
        MatchKey::Email => "e-mail",
        MatchKey::Person => "name",
        MatchKey::PostalCode => "postal code",
        other => other.name(),
    }
}
