//! Whose time off it is.

use crate::model::{Country, Found, Note, Rep, RepDirectory, RepIndex};
use std::collections::BTreeSet;

/// How many strangers or events are named.
const NAMED: usize = 5;

/// The roster, as time off names its reps.
pub(in crate::read) struct People<'a> {
    pub reps: &'a [Rep],
    pub directory: &'a RepDirectory,
    /// The country of each rep, if it is known.
    pub countries: Vec<Option<Country>>,
}

impl People<'_> {
    /// Everybody, or everybody in a country.
    pub(super) fn all(&self, country: Option<Country>) -> Vec<RepIndex> {
        let counts = |at: &usize| country.is_none() || self.countries.get(*at).copied().flatten() == country;
        (0..self.reps.len()).filter(counts).map(RepIndex::new).collect()
    }

    /// The one rep whose full name, e-mail or id stands in a text; of a name within a longer one the longer.
    pub(super) fn named_in(&self, text: &str) -> Option<RepIndex> {
        let text = folded(text);
        let mut named: Vec<(String, RepIndex)> = Vec::new();
        for (at, rep) in self.reps.iter().enumerate() {
            let keys = [&rep.name, &rep.email, &rep.id].map(|key| folded(key));
            let telling = |key: &&String| key.chars().count() > 2 && key.chars().any(char::is_alphabetic);
            let key = keys.iter().filter(telling).filter(|key| stands_in(&text, key));
            named.extend(
                key.max_by_key(|key| key.len())
                    .map(|key| (key.clone(), RepIndex::new(at))),
            );
        }
        let (longest, rep) = named.iter().max_by_key(|(key, _)| key.len())?;
        let is_only = named
            .iter()
            .all(|(key, other)| other == rep || (key != longest && longest.contains(key.as_str())));
        is_only.then_some(*rep)
    }
}

/// Whether a phrase stands in a text as whole words.
fn stands_in(text: &str, phrase: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).any(|(at, found)| {
        !is_part(text[..at].chars().next_back()) && !is_part(text[at + found.len()..].chars().next())
    })
}

/// Lower case, with runs of blanks made one.
fn folded(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whom a text names.
pub(super) enum Whom {
    Rep(RepIndex),
    Several(usize),
    Stranger,
}

impl People<'_> {
    /// Finds the rep of a text: by id, e-mail or a name that only one rep bears, also `Last, First`.
    pub(super) fn find(&self, text: &str) -> Whom {
        let turned = || {
            let (last, first) = text.split_once(',')?;
            Some(self.directory.find(&format!("{} {}", first.trim(), last.trim())))
        };
        let found = match self.directory.find(text) {
            Found::Nobody => turned().unwrap_or(Found::Nobody),
            found => found,
        };
        match found {
            Found::One(rep) => Whom::Rep(rep),
            Found::Several(reps) => Whom::Several(reps.len()),
            Found::Nobody => Whom::Stranger,
        }
    }
}

/// People who are not on the roster, and events that name nobody.
#[derive(Debug, Default)]
pub(super) struct Strangers {
    people: BTreeSet<String>,
    first_people: Vec<String>,
    events: u64,
    first_events: Vec<String>,
}

impl Strangers {
    pub(super) fn person(&mut self, text: &str) {
        let text = words(text);
        if self.people.insert(text.to_lowercase()) && self.first_people.len() < NAMED {
            self.first_people.push(text);
        }
    }

    pub(super) fn event(&mut self, summary: &str) {
        self.events += 1;
        let text = words(summary);
        if self.first_events.len() < NAMED && !self.first_events.contains(&text) {
            self.first_events.push(text);
        }
    }

    /// One warning for each of the two sorts, if there are any.
    pub(super) fn warnings(&self) -> Vec<Note> {
        let mut warnings = Vec::new();
        let people = self.people.len();
        if people > 0 {
            let (who, are) = if people == 1 {
                ("person", "is")
            } else {
                ("people", "are")
            };
            warnings.push(Note::warning(format!(
                "time off of {people} {who} who {are} not on the roster was left out: {}; a day off for everybody \
                 is a row without a rep",
                listed(&self.first_people, people)
            )));
        }
        let events = usize::try_from(self.events).unwrap_or(usize::MAX);
        if events > 0 {
            let (what, name, were) = if events == 1 {
                ("event", "names", "was")
            } else {
                ("events", "name", "were")
            };
            warnings.push(Note::warning(format!(
                "{events} {what} of calendars {name} no single rep of the roster and {were} left out: {}; give \
                 public holidays as a table with rows without a rep: `rep, from, to, reason, country`",
                listed(&self.first_events, events)
            )));
        }
        warnings
    }
}

/// One line without the marks of literals, cut to what a message bears.
fn words(text: &str) -> String {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ").replace('`', "'");
    match text.char_indices().nth(40) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

fn listed(first: &[String], all: usize) -> String {
    let named: Vec<String> = first.iter().map(|text| format!("`{text}`")).collect();
    let more = if all > first.len() { ", …" } else { "" };
    format!("{}{more}", named.join(", "))
}
