//! What became of claims: one sentence for each ruling.

use super::words::{Words, count, one_line};
use crate::model::{Batch, By, Granted, Moment, PassIndex, Ruling, Settled};

/// What became of a claim.
pub(crate) fn sentence(words: &Words, settled: &Settled) -> String {
    match &settled.ruling {
        Ruling::Granted(granted) => words.granted(*granted),
        Ruling::Lost(rep) => lost(words, settled.pass, words.rep(*rep)),
        Ruling::Gone { rep, by } => {
            let whom = rep.map_or("a team", |rep| words.rep(rep));
            match by {
                By::Pin(_) => format!("pinned to {whom}"),
                By::Owner => format!("to {whom}, who owns the account"),
                By::Pass(pass) => format!("went to {whom} in pass `{}`", words.pass(*pass)),
                By::Fallback => format!("went to {whom}, the fallback"),
            }
        }
        Ruling::Full => "no place left".to_owned(),
        Ruling::Capped(cap) => format!(
            "already has the {} that the pass lets a rep have",
            count(u64::from(*cap), "lead")
        ),
        Ruling::Limited { limit, held: None } => format!("`{}` is reached", one_line(limit)),
        Ruling::Limited {
            limit,
            held: Some(held),
        } => format!("`{}` is reached by {}", one_line(limit), words.held(held)),
        Ruling::Forbidden(rule) => format!("`{}` keeps the rep from it", one_line(rule)),
        Ruling::OtherTeam(team) => format!("it is with team {}", words.team(*team)),
        Ruling::BelowMinScore => match settled.pass {
            Some(pass) => format!(
                "the score is below the least that pass `{}` takes",
                words.pass(pass)
            ),
            None => "the score is too low".to_owned(),
        },
        Ruling::NothingLeft => "nothing was left that the rep may take".to_owned(),
        Ruling::NotUp(reason) => format!("the lead is not up for dealing: {reason}"),
        Ruling::UnknownRep => "no such rep is on the roster".to_owned(),
        Ruling::AmbiguousRep => "several reps are called that: write the rep's id".to_owned(),
        Ruling::Inactive => "the rep is not active".to_owned(),
        Ruling::Away => "the rep is away".to_owned(),
        Ruling::Late => "made after the moment of the run".to_owned(),
        Ruling::UnknownLead => "no such lead is in this batch".to_owned(),
        Ruling::Repeated(row) => format!("claimed already in row {row}"),
        Ruling::NoPass => "no pass by claims is for this rep and lead".to_owned(),
    }
}

fn lost(words: &Words, pass: Option<PassIndex>, name: &str) -> String {
    if pass.is_some_and(|pass| words.method(pass) == "cherry_pick") {
        format!("granted to {name}: all wishes together are worth most so")
    } else {
        format!("{name} claimed it first")
    }
}

/// Why a claim was granted.
pub(crate) fn granted(batch: &Batch, granted: Granted) -> String {
    match granted {
        Granted::Wish(place) => format!("granted: {} wish", ordinal(place)),
        Granted::First(None) => "first to claim".to_owned(),
        Granted::First(Some(at)) => format!("first to claim, {}", time(batch, at)),
        Granted::Pull(place) => format!("pulled, {} in the queue", ordinal(place)),
    }
}

/// A moment as a time of the run's day, with the day where it is another.
fn time(batch: &Batch, at: Moment) -> String {
    batch.as_of.short(at)
}

/// `1st`, `2nd`, `3rd`, `4th`, `11th`.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Why nobody got a lead by claims.
pub(crate) fn unclaimed(words: &Words, pass: PassIndex, refused: u32) -> String {
    let name = words.pass(pass);
    match (words.method(pass), refused) {
        ("blind_pull", _) => format!("still in the queue of pass `{name}`"),
        (_, 0) => format!("nobody claimed it in pass `{name}`"),
        _ => format!(
            "{} to it in pass `{name}`, none granted",
            count(u64::from(refused), "claim")
        ),
    }
}

/// What would get such a lead dealt.
pub(crate) fn unclaimed_remedy(words: &Words, pass: PassIndex) -> String {
    let name = words.pass(pass);
    if words.method(pass) == "blind_pull" {
        format!("wait for the next pull, or add a pass after `{name}`")
    } else {
        format!("show it in open_pool.csv, or add a pass after `{name}`")
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{batch, words};
    use super::*;
    use crate::model::RepIndex;

    fn check(ruling: Ruling, expected: &str) {
        let batch = batch();
        let settled = Settled {
            lead: None,
            pass: Some(PassIndex(0)),
            ruling,
        };
        assert_eq!(sentence(&words(&batch), &settled), expected);
    }

    #[test]
    fn a_granted_claim_says_which_it_was() {
        check(Ruling::Granted(Granted::Wish(2)), "granted: 2nd wish");
        check(Ruling::Granted(Granted::Wish(11)), "granted: 11th wish");
        check(Ruling::Granted(Granted::Pull(23)), "pulled, 23rd in the queue");
        check(Ruling::Granted(Granted::First(None)), "first to claim");
    }

    #[test]
    fn a_refused_claim_says_why() {
        check(Ruling::Lost(RepIndex(1)), "Ben Otis claimed it first");
        check(
            Ruling::Capped(1),
            "already has the 1 lead that the pass lets a rep have",
        );
        check(Ruling::Repeated(7), "claimed already in row 7");
        let pinned = Ruling::Gone {
            rep: Some(RepIndex(1)),
            by: By::Pin(String::new()),
        };
        check(pinned, "pinned to Ben Otis");
    }

    #[test]
    fn a_claim_of_the_same_day_needs_no_date() {
        let batch = batch();
        let at = batch.as_of.moment.0;
        let said = |at| granted(&batch, Granted::First(Some(Moment(at))));
        assert_eq!(said(at).len(), "first to claim, 09:00".len());
        assert_eq!(said(at - 200_000).len(), "first to claim, 2026-06-01 09:00".len());
    }
}
