//! Why a lead was not dealt, and what would get it dealt: one sentence each for every reason.

use super::known;
use super::words::{Words, count, one_line, points_short, said_already};
use crate::model::{NotDealt, Potential, RepIndex, Standing};

/// What blocks a rep who is away, among the hard rules.
const AWAY: &str = "away";
/// The hard rule that nobody gets a lead again that they refused.
pub(super) const REFUSED: &str = "refused";
/// The limit that `max_new` in a file of teams is.
const OF_TEAM: &str = "team.max_new";
/// The hard rule that a lead stays within the team that let it go.
pub(super) const FRANCHISE: &str = "franchise";

/// What blocks reps who may take a lead but not all leads of its unit, among the hard rules.
const TOGETHER: &str = "together";

/// The particulars of a reason.
pub(crate) fn detail(words: &Words, reason: &NotDealt) -> String {
    match reason {
        NotDealt::Converted => "the CRM has converted it".to_owned(),
        NotDealt::AlreadyOwned { owner, of_account } => owned(owner, *of_account),
        NotDealt::Duplicate { of } => known::original(of),
        NotDealt::Conflict { clash, sides, told } => known::conflict(*clash, sides, told.as_deref()),
        NotDealt::NotQualified { failed } => not_qualified(failed),
        NotDealt::Standing(standing) => stands(standing),
        NotDealt::ReturnedTooOften { returns: 1 } => "it came back once".to_owned(),
        NotDealt::ReturnedTooOften { returns } => format!("it came back {returns} times"),
        NotDealt::ByHand => "taken from its rep by hand after the plan".to_owned(),
        NotDealt::NoRoom { rep, lost_by } => no_room(words, *rep, *lost_by),
        NotDealt::NoRoomForAll { rep, unit, leads } => super::units::no_room(words, *rep, *unit, *leads),
        NotDealt::LimitReached {
            limit, held: None, ..
        } => {
            format!("`{}` is reached by every rep who may take it", one_line(limit))
        }
        NotDealt::LimitReached {
            limit,
            held: Some(held),
            already,
        } => format!(
            "`{}` is reached by {}{}; nobody else who may take it is free",
            one_line(limit),
            words.held(held),
            already.map_or(String::new(), |already| format!(" ({})", said_already(already)))
        ),
        NotDealt::BelowMinScore { pass, best } => format!(
            "best score {best} is below the least that pass `{}` takes",
            words.pass(*pass)
        ),
        NotDealt::NoEligibleRep { blocked } => blocked_by(blocked),
        NotDealt::Offered => "offered to the reps in offers.csv".to_owned(),
        NotDealt::Unclaimed { pass, refused } => super::claims::unclaimed(words, *pass, *refused),
        NotDealt::NoPass => "no pass takes such leads".to_owned(),
    }
}

fn owned(owner: &str, of_account: bool) -> String {
    let owner = one_line(owner);
    if of_account {
        format!("its account belongs to {owner}, who is not on the roster")
    } else {
        format!("belongs to {owner}")
    }
}

fn stands(standing: &Standing) -> String {
    let holder = if standing.rep_id.is_empty() {
        format!("team {}", one_line(&standing.team))
    } else {
        one_line(&standing.rep_id)
    };
    match standing.state.as_str() {
        "dealt" => format!("run {} dealt it to {holder}; it stays there", standing.run),
        state => format!("run {} dealt it to {holder}; it is {state} there", standing.run),
    }
}

fn not_qualified(failed: &[(String, Option<String>)]) -> String {
    let rules: Vec<String> = failed
        .iter()
        .map(|(rule, unknown)| match unknown {
            Some(unknown) => format!("`{}` ({})", one_line(rule), one_line(unknown)),
            None => format!("`{}`", one_line(rule)),
        })
        .collect();
    if rules.is_empty() {
        "fails the team's standard".to_owned()
    } else {
        format!("fails {}", rules.join(", "))
    }
}

fn no_room(words: &Words, rep: RepIndex, lost_by: Option<Potential>) -> String {
    let name = words.rep(rep);
    match lost_by {
        None => format!("every rep who may take it is full, {name} first"),
        Some(Potential { tier: Some(tier), .. }) => {
            format!(
                "a place with {name} would cost one of the {} leads its own",
                words.tier(tier)
            )
        }
        Some(Potential { points, .. }) if points.0 > 0 => {
            format!("{} short of the last place of {name}", points_short(points))
        }
        Some(_) => format!("level for the last place of {name}; the order of ids decided"),
    }
}

/// Tells whether nobody is present: time off is then all that blocks.
fn is_everybody_away(blocked: &[(String, u32)]) -> bool {
    matches!(blocked, [(rule, _)] if rule == AWAY)
}

fn blocked_by(blocked: &[(String, u32)]) -> String {
    if is_everybody_away(blocked) {
        return "everybody is away".to_owned();
    }
    let rules: Vec<String> = blocked
        .iter()
        .map(|(rule, reps)| format!("`{}` ({})", one_line(rule), count(u64::from(*reps), "rep")))
        .collect();
    if rules.is_empty() {
        "no active rep is in a pass for it".to_owned()
    } else {
        format!("blocked by {}", rules.join(", "))
    }
}

/// What would get such a lead dealt.
pub(crate) fn remedy(words: &Words, reason: &NotDealt) -> String {
    match reason {
        NotDealt::Converted => "reopen it in the CRM if that is wrong".to_owned(),
        NotDealt::AlreadyOwned {
            owner,
            of_account: true,
        } => format!(
            "add `{}` to the roster, or write `accounts = \"prefer\"` or `\"ignore\"` in `[existing]`",
            one_line(owner)
        ),
        NotDealt::Duplicate { of } => known::original_remedy(of),
        NotDealt::Conflict { clash, .. } => known::conflict_remedy(*clash),
        NotDealt::AlreadyOwned { owner, .. } => format!(
            "empty its owner, or add `{}` to `pool` in `[owner]`",
            one_line(owner)
        ),
        NotDealt::NotQualified { failed } => match failed.first() {
            Some((rule, Some(_))) => format!(
                "fill the empty cell, or change `{}` in `[[qualify]]`",
                one_line(rule)
            ),
            Some((rule, None)) => format!(
                "correct the lead, or change `{}` in `[[qualify]]`",
                one_line(rule)
            ),
            None => "correct the lead, or change `[[qualify]]`".to_owned(),
        },
        NotDealt::Standing(_) => "release its rep, or record what became of it".to_owned(),
        NotDealt::ReturnedTooOften { .. } => {
            "look at it by hand: pin it to a rep, or raise `max_returns` in `[recycle]`".to_owned()
        }
        NotDealt::ByHand => "nothing: the next run deals it again".to_owned(),
        NotDealt::NoRoom { rep, .. } => {
            format!(
                "give {} one more place, or add a rep who may take it",
                words.rep(*rep)
            )
        }
        NotDealt::NoRoomForAll { rep, leads, .. } => super::units::room_for_all(words, *rep, *leads),
        NotDealt::LimitReached { limit, .. } if limit == OF_TEAM => {
            "raise the team's `max_new` in the teams file, or add a rep of another team".to_owned()
        }
        NotDealt::LimitReached {
            limit, held: None, ..
        } => format!("raise `{}` in the rules", one_line(limit)),
        NotDealt::LimitReached {
            limit,
            already: Some(already),
            ..
        } => format!(
            "raise `{}` in the rules, wait for the next {}, or add a rep who may take it",
            one_line(limit),
            already.period.name()
        ),
        NotDealt::LimitReached { limit, .. } => format!(
            "raise `{}` in the rules, or add a rep who may take it",
            one_line(limit)
        ),
        NotDealt::BelowMinScore { pass, .. } => format!(
            "lower `min_score` of pass `{0}`, or add a pass after `{0}`",
            words.pass(*pass)
        ),
        NotDealt::NoEligibleRep { blocked } => nobody(blocked),
        NotDealt::Offered => "give it to the rep who accepts".to_owned(),
        NotDealt::Unclaimed { pass, .. } => super::claims::unclaimed_remedy(words, *pass),
        NotDealt::NoPass => "add a pass whose `when` holds for it".to_owned(),
    }
}

/// What helps where nobody may take a lead.
fn nobody(blocked: &[(String, u32)]) -> String {
    let is_rule = |(rule, _): &&(String, u32)| rule != AWAY;
    let Some((rule, _)) = blocked.iter().find(is_rule) else {
        return if blocked.is_empty() {
            "add a pass with a rep who is active".to_owned()
        } else {
            "run again when somebody is back, or correct the time off".to_owned()
        };
    };
    if rule == REFUSED {
        return "pin it to a rep, or add a rep who has not refused it".to_owned();
    }
    if rule == FRANCHISE {
        return "add a rep to the team that let it go, or write `within_team = false` in `[recycle]`"
            .to_owned();
    }
    if rule == TOGETHER {
        return super::units::NOBODY_FOR_ALL.to_owned();
    }
    let rule = one_line(rule);
    let mut text = format!("add a rep who meets `{rule}`, or relax `{rule}` in a pass");
    if blocked.iter().any(|blocker| !is_rule(&blocker)) {
        text.push_str(", or wait for those who are away");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::tests::{batch, words};
    use super::*;
    use crate::model::{Already, Held, PassIndex, Period, Points, TierIndex};

    fn check(reason: &NotDealt, expected_detail: &str, expected_remedy: &str) {
        let batch = batch();
        let words = words(&batch);
        assert_eq!(detail(&words, reason), expected_detail);
        assert_eq!(remedy(&words, reason), expected_remedy);
    }

    fn lost(lost_by: Option<Potential>) -> NotDealt {
        NotDealt::NoRoom {
            rep: RepIndex(1),
            lost_by,
        }
    }

    #[test]
    fn a_lead_without_room_names_the_place_that_it_missed_by_least() {
        let give = "give Ben Otis one more place, or add a rep who may take it";
        let by = |tier, points| {
            Some(Potential {
                tier,
                points: Points(points),
                fairness: 0,
            })
        };
        check(
            &lost(None),
            "every rep who may take it is full, Ben Otis first",
            give,
        );
        check(
            &lost(by(Some(TierIndex(0)), -1)),
            "a place with Ben Otis would cost one of the hot leads its own",
            give,
        );
        check(
            &lost(by(None, 8_000)),
            "0.8 points short of the last place of Ben Otis",
            give,
        );
        check(
            &lost(by(None, 0)),
            "level for the last place of Ben Otis; the order of ids decided",
            give,
        );
    }

    #[test]
    fn a_limit_names_whom_it_holds() {
        let reached = |held| NotDealt::LimitReached {
            limit: "three each".into(),
            held,
            already: None,
        };
        check(
            &NotDealt::LimitReached {
                limit: "three a week".into(),
                held: Some(Held::Rep(RepIndex(1))),
                already: Some(Already {
                    leads: 2,
                    period: Period::Week,
                }),
            },
            "`three a week` is reached by Ben Otis (2 already this week); nobody else who may take it is free",
            "raise `three a week` in the rules, wait for the next week, or add a rep who may take it",
        );
        check(
            &reached(Some(Held::Rep(RepIndex(1)))),
            "`three each` is reached by Ben Otis; nobody else who may take it is free",
            "raise `three each` in the rules, or add a rep who may take it",
        );
        let (per, name) = ("region".into(), "North\nWest".into());
        check(
            &reached(Some(Held::Group { per, name })),
            "`three each` is reached by region `North West`; nobody else who may take it is free",
            "raise `three each` in the rules, or add a rep who may take it",
        );
        check(
            &reached(None),
            "`three each` is reached by every rep who may take it",
            "raise `three each` in the rules",
        );
    }

    #[test]
    fn blocking_rules_are_counted_by_rep() {
        check(
            &NotDealt::NoEligibleRep {
                blocked: vec![("territory".into(), 5), ("big go to veterans".into(), 1)],
            },
            "blocked by `territory` (5 reps), `big go to veterans` (1 rep)",
            "add a rep who meets `territory`, or relax `territory` in a pass",
        );
    }

    #[test]
    fn time_off_is_no_rule_to_relax() {
        let blocked = |blocked: &[(&str, u32)]| NotDealt::NoEligibleRep {
            blocked: blocked
                .iter()
                .map(|(rule, reps)| ((*rule).to_owned(), *reps))
                .collect(),
        };
        check(
            &blocked(&[("away", 3), ("territory", 1)]),
            "blocked by `away` (3 reps), `territory` (1 rep)",
            "add a rep who meets `territory`, or relax `territory` in a pass, or wait for those who are away",
        );
        check(
            &blocked(&[("away", 3)]),
            "everybody is away",
            "run again when somebody is back, or correct the time off",
        );
    }

    #[test]
    fn a_failed_standard_says_what_was_empty() {
        check(
            &NotDealt::NotQualified {
                failed: vec![
                    ("reachable".into(), Some("lead.email is empty".into())),
                    ("no rivals".into(), None),
                ],
            },
            "fails `reachable` (lead.email is empty), `no rivals`",
            "fill the empty cell, or change `reachable` in `[[qualify]]`",
        );
    }

    #[test]
    fn a_low_score_names_the_best_and_the_pass() {
        check(
            &NotDealt::BelowMinScore {
                pass: PassIndex(0),
                best: Points(123_000),
            },
            "best score 12.3 is below the least that pass `best match` takes",
            "lower `min_score` of pass `best match`, or add a pass after `best match`",
        );
    }
}
