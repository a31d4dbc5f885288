//! The whole answer to a question about a lead, as a text.

use super::answer::{Against, Answer, Objection};
use super::placing::known_by;
use super::undealt::{FRANCHISE, REFUSED};
use super::words::{Words, count, one_line, said_already};
use crate::model::{By, Confidence, Outcome, Points};
use std::fmt::Write;

/// Rows of the table of candidates that are shown.
const SHOWN: usize = 20;

/// Writes an answer as lines of text.
pub fn answer(words: &Words, answer: &Answer) -> String {
    let mut text = headline(words, answer);
    let measured = answer
        .candidates
        .iter()
        .any(|candidate| candidate.distance_km.is_some());
    if measured || answer.place != Confidence::None {
        let _ = writeln!(text, "place: {}", known_by(answer.place));
    }
    if !answer.candidates.is_empty() {
        text.push('\n');
        text.push_str(&table(words, answer));
    }
    if let Some(against) = &answer.against {
        text.push('\n');
        text.push_str(&objection(words, answer, against));
    }
    text
}

fn headline(words: &Words, answer: &Answer) -> String {
    let lead = format!(
        "lead `{}` (tier {})",
        one_line(&answer.lead),
        one_line(&answer.tier)
    );
    match &answer.outcome {
        Outcome::Assigned(deal) => {
            let team = deal.team.map(|team| format!("team {}", words.team(team)));
            let holder = match (deal.rep, team) {
                (Some(rep), Some(team)) => format!("{} of {team}", words.rep(rep)),
                (Some(rep), None) => words.rep(rep).to_owned(),
                (None, team) => team.unwrap_or_else(|| "nobody".to_owned()),
            };
            let by = match &deal.by {
                By::Pin(_) => "by a pin".to_owned(),
                By::Owner => "as the owner of its account".to_owned(),
                By::Fallback => "as the fallback".to_owned(),
                By::Pass(pass) => format!("in pass `{}`", words.pass(*pass)),
            };
            format!("{lead} went to {holder} {by}\nwhy: {}\n", words.why(deal))
        }
        Outcome::Unassigned { reason, nearest } => {
            let mut text = format!(
                "{lead} was not dealt: {}\nwhy: {}\nwhat to do: {}\n",
                reason.name(),
                words.detail(reason),
                words.remedy(reason)
            );
            if let Some(rep) = nearest {
                let _ = writeln!(text, "nearest: {}", words.rep(*rep));
            }
            text
        }
    }
}

/// The candidates as a table.
fn table(words: &Words, answer: &Answer) -> String {
    let scope = match answer.pass {
        Some(pass) => format!(" in pass `{}`", words.pass(pass)),
        None => String::new(),
    };
    let mut text = format!("who may take it{scope}, best first:\n");
    let mut header = vec!["rep".to_owned(), "score".to_owned()];
    header.extend(answer.parts.iter().map(|part| one_line(part)));
    let measured = answer
        .candidates
        .iter()
        .any(|candidate| candidate.distance_km.is_some());
    if measured {
        header.push("km".to_owned());
    }
    header.push("room".to_owned());
    let priced = answer
        .candidates
        .iter()
        .any(|candidate| candidate.price.is_some());
    if priced {
        header.push("one more place".to_owned());
    }
    let mut rows = vec![header];
    for candidate in answer.candidates.iter().take(SHOWN) {
        let mut row = vec![words.rep(candidate.rep).to_owned(), candidate.score.to_string()];
        row.extend(candidate.parts.iter().map(|part| shown(*part)));
        if measured {
            row.push(kilometres(candidate.distance_km));
        }
        row.push(
            candidate
                .room
                .map_or_else(|| "any".to_owned(), |room| room.to_string()),
        );
        if priced {
            let price = candidate.price.and_then(|price| words.gain(price));
            row.push(price.unwrap_or_else(|| "-".to_owned()));
        }
        rows.push(row);
    }
    columns(&rows, &mut text);
    let more = answer.candidates.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(text, "  and {more} more");
    }
    if answer.others > 0 {
        let others = count(answer.others, "active rep");
        let _ = writeln!(text, "{others} may not take it");
    }
    text
}

fn shown(part: Option<Points>) -> String {
    part.map_or_else(|| "-".to_owned(), |points| points.to_string())
}

/// Kilometres with one decimal.
fn kilometres(distance: Option<f64>) -> String {
    distance.map_or_else(|| "-".to_owned(), |km| format!("{km:.1}"))
}

/// Lays rows out in columns, the first to the left, the others to the right.
fn columns(rows: &[Vec<String>], text: &mut String) {
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let blank = " ".repeat(width - cell.chars().count());
            if column == 0 {
                let _ = write!(line, "  {cell}{blank}");
            } else {
                let _ = write!(line, "  {blank}{cell}");
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

fn objection(words: &Words, answer: &Answer, against: &Against) -> String {
    let name = words.rep(against.rep);
    let pass = answer.pass.map(|pass| words.pass(pass)).unwrap_or_default();
    let said = match &against.objection {
        Objection::Has => return format!("{name} has it\n"),
        Objection::Barred => "the lead was not up for dealing".to_owned(),
        Objection::Blocked(rules) => blocked(rules),
        Objection::Owned => {
            "the lead goes to who owns its account; `accounts = \"prefer\"` or `\"ignore\"` in \
                             `[existing]` deals it by the rules"
                .to_owned()
        }
        Objection::Pinned => "the lead is pinned; without the pin it would be dealt by the rules".to_owned(),
        Objection::NoPass => "no pass was for both the lead and the rep".to_owned(),
        Objection::Limited {
            limit,
            held,
            dealt,
            already,
        } => format!(
            "`{}` is reached by {} with {}{}",
            one_line(limit),
            words.held(held),
            count(*dealt, "lead"),
            already.map_or(String::new(), |already| format!(" and {}", said_already(already)))
        ),
        Objection::Claims(None) => {
            format!("pass `{pass}` deals by claims, and the rep made none to this lead")
        }
        Objection::Claims(Some(settled)) => format!("claimed it: {}", words.settled(settled)),
        Objection::Turn => {
            format!("pass `{pass}` deals one lead after another; the turn was not this rep's")
        }
        Objection::NoPlace => format!("had no room when pass `{pass}` began"),
        Objection::NotBest => {
            "the deal is not the best there is, so the cost cannot be told; see `dealt verify`".to_owned()
        }
        Objection::Costs(cost) => format!("forcing this pair {}", cost.phrase(words)),
        Objection::CostsAtLeast(cost) => format!("forcing this pair {}", cost.phrase_from_below(words)),
    };
    format!("{name}: {said}\n{}", comparison(words, answer, against))
}

/// What a rule says to a pair for which it does not hold.
fn fails(rule: &str) -> String {
    match rule {
        REFUSED => "declined it or let it lie before".to_owned(),
        FRANCHISE => "is not of the team that let it go".to_owned(),
        _ => "the rule does not hold".to_owned(),
    }
}

fn blocked(rules: &[(String, Option<String>)]) -> String {
    let mut text = "may not take it".to_owned();
    for (rule, unknown) in rules {
        let why = unknown.as_deref().map_or_else(|| fails(rule), one_line);
        let _ = write!(text, "\n  `{}`: {why}", one_line(rule));
    }
    text
}

/// The parts of the pair's score beside the winner's.
fn comparison(words: &Words, answer: &Answer, against: &Against) -> String {
    let winner = against.winner.as_ref();
    let mut header = vec!["part".to_owned(), words.rep(against.rep).to_owned()];
    header.extend(winner.map(|winner| words.rep(winner.rep).to_owned()));
    let mut rows = vec![header];
    for (at, part) in answer.parts.iter().enumerate() {
        let of = |parts: &[Option<Points>]| shown(parts.get(at).copied().flatten());
        let mut row = vec![one_line(part), of(&against.parts)];
        row.extend(winner.map(|winner| of(&winner.parts)));
        rows.push(row);
    }
    if against.distance_km.is_some() || winner.is_some_and(|winner| winner.distance_km.is_some()) {
        let mut row = vec!["km".to_owned(), kilometres(against.distance_km)];
        row.extend(winner.map(|winner| kilometres(winner.distance_km)));
        rows.push(row);
    }
    let mut last = vec!["score".to_owned(), against.score.to_string()];
    last.extend(winner.map(|winner| winner.score.to_string()));
    rows.push(last);
    let mut text = String::new();
    columns(&rows, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::super::answer::{Candidate, Cost, Winner};
    use super::super::tests::{batch, words};
    use super::*;
    use crate::model::{Deal, PassIndex, Potential, RepIndex, TierIndex, Why};

    #[test]
    fn the_whole_answer_reads_from_the_lead_to_the_objection() {
        let candidate = |rep: u32, score: i64, room: Option<u32>, points: i64| Candidate {
            rep: RepIndex(rep),
            score: Points(score),
            parts: vec![Some(Points(score)), None],
            distance_km: (rep == 1).then_some(12.34),
            room,
            price: Some(Potential {
                tier: (points > 0).then_some(TierIndex(0)),
                points: Points(points),
                fairness: 0,
            }),
        };
        let said = Answer {
            lead: "L1".into(),
            tier: "hot".into(),
            place: Confidence::Postal,
            outcome: Outcome::Assigned(Deal {
                rep: Some(RepIndex(1)),
                team: None,
                by: By::Pass(PassIndex(0)),
                score: Points(800_000),
                parts: vec![Some(Points(800_000)), None],
                distance_km: None,
                why: Why::HighestScore,
                runner_up: None,
                former: None,
            }),
            pass: Some(PassIndex(0)),
            parts: vec!["skill".into(), "proximity".into()],
            candidates: vec![
                candidate(1, 800_000, None, 0),
                candidate(0, 755_000, Some(0), 32_000),
            ],
            others: 1,
            against: Some(Against {
                rep: RepIndex(0),
                score: Points(755_000),
                parts: vec![Some(Points(755_000)), None],
                distance_km: None,
                winner: Some(Winner {
                    rep: RepIndex(1),
                    score: Points(800_000),
                    parts: vec![Some(Points(800_000)), None],
                    distance_km: Some(12.34),
                }),
                objection: Objection::Costs(Cost {
                    leads: vec![0, 0],
                    points: Points(45_000),
                    fairness: 0,
                }),
            }),
        };
        let batch = batch();
        let expected = "\
lead `L1` (tier hot) went to Ben Otis in pass `best match`
why: highest score
place: known by postal code

who may take it in pass `best match`, best first:
  rep            score  skill  proximity    km  room            one more place
  Ben Otis          80     80          -  12.3   any                         -
  Ana Ruiz (r1)   75.5   75.5          -     -     0  +1 hot lead, +3.2 points
1 active rep may not take it

Ana Ruiz (r1): forcing this pair costs 4.5 points
  part       Ana Ruiz (r1)  Ben Otis
  skill               75.5        80
  proximity              -         -
  km                     -      12.3
  score               75.5        80
";
        assert_eq!(answer(&words(&batch), &said), expected);
    }

    #[test]
    fn rules_that_block_are_listed_with_what_was_empty() {
        let rules = [
            ("territory".to_owned(), Some("lead.state is empty".to_owned())),
            ("big".to_owned(), None),
        ];
        assert_eq!(
            blocked(&rules),
            "may not take it\n  `territory`: lead.state is empty\n  `big`: the rule does not hold"
        );
    }
}
