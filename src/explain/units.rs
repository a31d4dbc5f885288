//! Leads of one unit: why they went where they went together, or why nobody got them.

use super::words::{Words, count};
use crate::model::{Deal, Gathered, RepIndex, UnitIndex, Whole};

/// What helps where nobody may take all leads of a unit, though some may take some.
pub(super) const NOBODY_FOR_ALL: &str =
    "add a rep who may take all leads of the unit, or deal them apart: leave out `[together]`";

/// Why a lead went to its rep or team together with others.
pub(super) fn together(words: &Words, deal: &Deal, gathered: Gathered) -> String {
    let others = count(u64::from(gathered.others), "other lead");
    let unit = words.unit(gathered.unit);
    let with = format!("together with {others} of {unit}");
    let why = match gathered.why {
        Whole::Before => return format!("goes where {others} of {unit} went before"),
        Whole::OnlyEligible => "only rep who may take all".to_owned(),
        Whole::HighestScore => "highest score for all".to_owned(),
        Whole::HigherFull { other } => {
            format!(
                "{} scores higher for all but has no place for all",
                words.rep(other)
            )
        }
        Whole::NoBetter { other } => format!(
            "{} scores higher for all, but the whole deal would be no better",
            words.rep(other)
        ),
        Whole::Turn => super::reasons::turn(words, &deal.by),
        Whole::LeastLoaded { open, ceiling } => {
            format!("least loaded with places for all: {open} of {ceiling} open before them")
        }
        Whole::Team => deal.team.map_or_else(
            || "they stay with the team until a rep takes them".to_owned(),
            |team| format!("they stay with team {} until a rep takes them", words.team(team)),
        ),
    };
    format!("{with}: {why}")
}

/// That no rep has room for all leads of a unit.
pub(super) fn no_room(words: &Words, rep: RepIndex, unit: UnitIndex, leads: u32) -> String {
    let (name, unit) = (words.rep(rep), words.unit(unit));
    if leads == 1 {
        return format!("it is to go with the other leads of {unit}, but {name} has no room");
    }
    format!("no rep who may take all {leads} leads of {unit} has room for all, {name} first")
}

/// What helps then.
pub(super) fn room_for_all(words: &Words, rep: RepIndex, leads: u32) -> String {
    let name = words.rep(rep);
    if leads == 1 {
        return format!("give {name} one more place, or deal such leads apart: leave out `[together]`");
    }
    format!("give {name} room for {leads} leads, or deal them apart: leave out `[together]`")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{batch, words};
    use super::super::{reasons::sentence, undealt};
    use super::*;
    use crate::model::{By, NotDealt, PassIndex, Points, TeamIndex, Why};

    fn check(why: Whole, expected: &str) {
        let mut batch = batch();
        batch.leads.units = vec!["Acme".to_owned()];
        let deal = Deal {
            rep: Some(RepIndex(0)),
            team: Some(TeamIndex(0)),
            by: By::Pass(PassIndex(0)),
            score: Points(800_000),
            parts: Vec::new(),
            distance_km: None,
            why: Why::Together(Gathered {
                unit: UnitIndex(0),
                others: 3,
                why,
            }),
            runner_up: None,
            former: None,
        };
        assert_eq!(sentence(&words(&batch), &deal), expected);
    }

    #[test]
    fn leads_that_go_together_say_so_and_why_there() {
        let other = RepIndex(1);
        check(Whole::Before, "goes where 3 other leads of Acme went before");
        check(
            Whole::HighestScore,
            "together with 3 other leads of Acme: highest score for all",
        );
        check(
            Whole::HigherFull { other },
            "together with 3 other leads of Acme: Ben Otis scores higher for all but has no place for all",
        );
        check(
            Whole::NoBetter { other },
            "together with 3 other leads of Acme: Ben Otis scores higher for all, but the whole deal would be no better",
        );
        check(Whole::Turn, "together with 3 other leads of Acme: next in turn");
        check(
            Whole::Team,
            "together with 3 other leads of Acme: they stay with team West until a rep takes them",
        );
    }

    #[test]
    fn leads_that_nobody_can_take_together_name_the_setting() {
        let mut batch = batch();
        batch.leads.units = vec!["Acme".to_owned()];
        let words = words(&batch);
        let reason = NotDealt::NoRoomForAll {
            rep: RepIndex(1),
            unit: UnitIndex(0),
            leads: 5,
        };
        assert_eq!(
            undealt::detail(&words, &reason),
            "no rep who may take all 5 leads of Acme has room for all, Ben Otis first"
        );
        assert_eq!(
            undealt::remedy(&words, &reason),
            "give Ben Otis room for 5 leads, or deal them apart: leave out `[together]`"
        );
        let blocked = NotDealt::NoEligibleRep {
            blocked: vec![("together".into(), 2), ("territory".into(), 1)],
        };
        assert_eq!(undealt::remedy(&words, &blocked), NOBODY_FOR_ALL);
    }
}
