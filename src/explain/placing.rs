//! How well the leads of a batch are placed, in sentences.

use super::words::{count, one_line};
use crate::model::{Confidence, Leads, Note};
use std::fmt::Write;

/// Every confidence with its words, best first.
const WORDS: [(Confidence, &str); 6] = [
    (Confidence::Exact, "by coordinates"),
    (Confidence::Postal, "by postal code"),
    (Confidence::City, "by city"),
    (Confidence::State, "only by state"),
    (Confidence::Country, "only by country"),
    (Confidence::None, "not at all"),
];

/// Says how many leads are placed by what, and which texts of their addresses no table of places knows;
/// nothing of leads that are placed by their coordinates only, or that have no addresses.
pub fn placing(leads: &Leads) -> Vec<Note> {
    let looked_up = |confidence: &Confidence| !matches!(confidence, Confidence::Exact | Confidence::None);
    let placing = &leads.placing;
    let any = leads.places.iter().any(|place| looked_up(&place.confidence));
    if !any && placing.missed_leads == 0 {
        return Vec::new();
    }
    let of = |confidence| {
        leads
            .places
            .iter()
            .filter(|place| place.confidence == confidence)
            .count()
    };
    let counts = WORDS.map(|(confidence, words)| (of(confidence), words));
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let mut notes = vec![Note::fact(format!("leads placed: {}", counts.join(", ")))];
    if placing.namesake_leads > 0 {
        notes.push(Note::fact(format!(
            "{} placed in the largest of several cities of one name: {}",
            count(placing.namesake_leads, "lead"),
            commonest(&placing.namesakes)
        )));
    }
    if placing.torn_leads > 0 {
        notes.push(Note::warning(format!(
            "{} with a postal code of another state than they name, placed by the code: {}",
            count(placing.torn_leads, "lead"),
            commonest(&placing.torn)
        )));
    }
    if placing.missed_leads > 0 {
        notes.push(Note::warning(format!(
            "{} with a city or postal code that no table of places knows: {}",
            count(placing.missed_leads, "lead"),
            commonest(&placing.missed)
        )));
    }
    notes
}

/// ``  `Springfeld, IL` (3), `99999` ``
fn commonest(texts: &[(String, u64)]) -> String {
    let mut line = String::new();
    for (text, leads) in texts {
        let comma = if line.is_empty() { "" } else { ", " };
        let _ = write!(line, "{comma}`{}`", one_line(text));
        if *leads > 1 {
            let _ = write!(line, " ({leads})");
        }
    }
    line
}

/// How a single lead is placed, for the answer about it.
pub(super) fn known_by(confidence: Confidence) -> String {
    match WORDS.iter().find(|(of, _)| *of == confidence) {
        Some((_, words)) if confidence != Confidence::None => format!("known {words}"),
        _ => "not known".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::batch;
    use super::*;
    use crate::model::{Place, Placing};

    fn check(words: &[Confidence], placing_of: Placing, expected: &[&str]) {
        let mut leads = batch().leads;
        let place = |&confidence| Place {
            degrees: Some((1.0, 2.0)),
            confidence,
        };
        leads.places = words.iter().map(place).collect();
        leads.placing = placing_of;
        let notes: Vec<String> = placing(&leads).into_iter().map(|note| note.text).collect();
        assert_eq!(notes, expected);
    }

    #[test]
    fn leads_are_counted_by_what_placed_them() {
        use Confidence::{City, Country, Exact, None, Postal};
        check(
            &[Postal, Exact, Postal, City, Country, None],
            Placing::default(),
            &["leads placed: 1 by coordinates, 2 by postal code, 1 by city, 1 only by country, 1 not at all"],
        );
        check(&[Exact, Exact, None], Placing::default(), &[]);
    }

    #[test]
    fn texts_that_were_not_found_are_named_with_their_leads() {
        let placing = Placing {
            torn_leads: 1,
            torn: vec![("ME 97201".to_owned(), 1)],
            missed_leads: 4,
            missed: vec![("Springfeld, IL".to_owned(), 3), ("9\n9".to_owned(), 1)],
            namesake_leads: 2,
            namesakes: vec![("Springfield".to_owned(), 2)],
        };
        check(
            &[Confidence::None],
            placing,
            &[
                "leads placed: 1 not at all",
                "2 leads placed in the largest of several cities of one name: `Springfield` (2)",
                "1 lead with a postal code of another state than they name, placed by the code: `ME 97201`",
                "4 leads with a city or postal code that no table of places knows: `Springfeld, IL` (3), `9 9`",
            ],
        );
    }
}
