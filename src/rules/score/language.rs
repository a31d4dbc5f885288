//! Language: does the rep speak the lead's?
//!
//! ```toml
//! [score]
//! language = 3
//! ```
//!
//! 100 or 0. Left out where the lead names no language, or no rep does; 0 for a rep who names none.

use super::{FULL, Ground, Units};
use crate::rules::keys::Keys;
use crate::rules::words::{folded, items};
use std::collections::BTreeSet;

/// The languages of each lead key and of each rep.
#[derive(Debug)]
pub struct Language {
    leads: Vec<Vec<String>>,
    reps: Vec<BTreeSet<String>>,
}

impl Language {
    /// Binds the part to the leads that name a language.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let reps: Vec<BTreeSet<String>> = ground
            .rep_rows()
            .map(|row| {
                let languages = items(ground.batch.reps.frame.value("languages", row));
                languages.iter().map(|language| folded(language)).collect()
            })
            .collect();
        if reps.iter().all(BTreeSet::is_empty) {
            return None;
        }
        let (keys, rows) = Keys::of_columns(ground.leads, ["language"]);
        let (keys, leads) = keys.refine(|key| {
            let languages = items(ground.leads.value("language", rows[key as usize]));
            let mut languages: Vec<String> = languages.iter().map(|language| folded(language)).collect();
            languages.sort();
            (!languages.is_empty()).then_some(languages)
        });
        Some((keys, Self { leads, reps }))
    }
}

impl Units for Language {
    fn units(&self, key: u32, rep: usize) -> i32 {
        let spoken = &self.reps[rep];
        let speaks = self.leads[key as usize]
            .iter()
            .any(|language| spoken.contains(language));
        FULL * i32::from(speaks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_rep_speaks_the_leads_language_or_does_not() {
        let leads = "id|language\n1|German\n2|french\n3|";
        let reps = "id|languages\na|English; german\nb|French\nc|";
        check(
            "language",
            leads,
            reps,
            &[&[100.0, 0.0, 0.0], &[0.0, 100.0, 0.0], &[]],
        );
    }
}
