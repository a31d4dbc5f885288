//! What the outcomes of one assignment come to, whatever order they were recorded in.
//!
//! The outcomes count in the order of their times, those of one moment in the order in which they usually
//! come. Then:
//!
//! - the last one is the state; `offered` is no answer and does not count after one;
//! - `won`, `lost` and `cancelled` close it: of several the last counts, and nothing else after them does;
//! - `declined` gives the lead back, also after `accepted`; `accepted`, `contacted` or `rescheduled` after
//!   `declined` takes it on again, unless a run has dealt it on meanwhile;
//! - the rep gets its turn back while the state is `cancelled` with credit.

use crate::model::OutcomeWord;

/// An outcome, as far as it counts here; ordered as they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub at: i64,
    pub word: OutcomeWord,
    pub credit: bool,
}

/// What the outcomes come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fold {
    /// The outcome that is the state; none where the lead is just dealt.
    pub state: Option<OutcomeWord>,
    /// Whether the rep accepted it or worked on it, and did not give it back.
    pub accepted: bool,
    /// Whether the rep gets its turn back.
    pub credit: bool,
    /// The moment of the first answer.
    pub answered_at: Option<i64>,
    /// The moment since which it is given back.
    pub declined_at: Option<i64>,
}

impl Fold {
    /// The state in words.
    pub fn state_name(&self) -> &'static str {
        self.state.map_or("dealt", OutcomeWord::name)
    }

    fn add(&mut self, said: &Said) {
        if said.word != OutcomeWord::Offered && self.answered_at.is_none() {
            self.answered_at = Some(said.at);
        }
        let is_over = self.state.is_some_and(OutcomeWord::is_closing) && !said.word.is_closing();
        if is_over || (said.word == OutcomeWord::Offered && self.answered_at.is_some()) {
            return;
        }
        self.state = Some(said.word);
        self.declined_at = None;
        self.credit = false;
        match said.word {
            OutcomeWord::Declined => {
                self.declined_at = Some(said.at);
                self.accepted = false;
            }
            OutcomeWord::Cancelled => self.credit = said.credit,
            OutcomeWord::Offered => {}
            _ => self.accepted = true,
        }
    }
}

/// Folds outcomes, which must be in order.
pub(super) fn fold(said: &[Said]) -> Fold {
    let mut fold = Fold::default();
    for said in said {
        fold.add(said);
    }
    fold
}

/// What is odd about a new outcome among those recorded before, all in order.
pub(super) fn oddity(before: &[Said], new: Said) -> Option<String> {
    let until = before.partition_point(|said| *said < new);
    let (word, then) = (new.word.name(), fold(&before[..until]));
    let state = then.state_name();
    if let Some(closed) = then.state.filter(|state| state.is_closing()) {
        let what = if new.word.is_closing() {
            ": the later one counts"
        } else {
            " changes nothing"
        };
        return (closed != new.word).then(|| format!("`{word}` after `{state}`{what}"));
    }
    if let Some(later) = before[until..]
        .iter()
        .find(|said| said.word != OutcomeWord::Offered)
    {
        let later = later.word.name();
        return Some(format!(
            "`{word}` is from before `{later}`, which was recorded earlier; the later one counts"
        ));
    }
    match (then.state, new.word) {
        (Some(OutcomeWord::Declined), OutcomeWord::Declined | OutcomeWord::Offered) => None,
        (Some(OutcomeWord::Declined), _) => Some(format!("`{word}` after `declined`: the rep has it again")),
        (_, OutcomeWord::Declined) if then.accepted => Some(format!(
            "`declined` after `{state}`: it goes back into the pool all the same"
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads `accepted won`, one a minute; `cancelled+` is one with credit.
    fn said(words: &str) -> Vec<Said> {
        let words = words.split_whitespace().zip((60..).step_by(60));
        let said = words.map(|(word, at)| Said {
            at,
            word: OutcomeWord::of(word.trim_end_matches('+')).expect("a word"),
            credit: word.ends_with('+'),
        });
        said.collect()
    }

    /// The state, then `accepted`, `back`, `credit`, and the minute of the first answer.
    fn check(words: &str, expected: &str) {
        let fold = fold(&said(words));
        let mut found = fold.state_name().to_owned();
        for (is, name) in [
            (fold.accepted, " accepted"),
            (fold.declined_at.is_some(), " back"),
            (fold.credit, " credit"),
        ] {
            found.push_str(if is { name } else { "" });
        }
        if let Some(at) = fold.answered_at {
            found = format!("{found} {}", at / 60);
        }
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn the_last_outcome_is_the_state() {
        check("", "dealt");
        check("offered", "offered");
        check("offered accepted contacted rescheduled", "rescheduled accepted 2");
        check("contacted offered", "contacted accepted 1");
        check("accepted won", "won accepted 1");
        check("cancelled", "cancelled 1");
        check("cancelled+", "cancelled credit 1");
    }

    #[test]
    fn what_is_closed_stays_closed() {
        check("won lost", "lost accepted 1");
        check("lost won declined contacted", "won accepted 1");
        check("cancelled+ won", "won accepted 1");
        check("cancelled+ declined", "cancelled credit 1");
    }

    #[test]
    fn a_lead_is_given_back_and_taken_on_again() {
        check("declined", "declined back 1");
        check("accepted declined", "declined back 1");
        check("declined accepted", "accepted accepted 1");
        check("declined offered", "declined back 1");
    }

    #[test]
    fn what_is_odd_is_told() {
        let odd = |before: &str, word: &str, at: i64| {
            let new = Said { at, ..said(word)[0] };
            oddity(&said(before), new).unwrap_or_default()
        };
        assert_eq!(odd("accepted", "won", 300), "");
        assert_eq!(
            odd("won", "lost", 300),
            "`lost` after `won`: the later one counts"
        );
        assert_eq!(
            odd("won", "declined", 300),
            "`declined` after `won` changes nothing"
        );
        assert!(odd("accepted", "declined", 300).ends_with("back into the pool all the same"));
        assert!(odd("declined", "accepted", 300).ends_with("the rep has it again"));
        assert!(odd("won", "accepted", 1).starts_with("`accepted` is from before `won`"));
    }

    proptest! {
        #[test]
        fn no_order_of_recording_changes_what_outcomes_come_to(
            rows in prop::collection::vec((0..5i64, 0..8usize, any::<bool>()), 0..8),
            turn in 0..8usize,
        ) {
            let of = |&(at, word, credit): &(i64, usize, bool)| Said { at, word: OutcomeWord::ALL[word], credit };
            let mut one: Vec<Said> = rows.iter().map(of).collect();
            let mut other = one.clone();
            if !other.is_empty() {
                let turn = turn % other.len();
                other.rotate_left(turn);
            }
            one.sort_unstable();
            other.sort_unstable();
            prop_assert_eq!(fold(&one), fold(&other));
        }
    }
}
