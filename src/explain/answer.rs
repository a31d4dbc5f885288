//! Why this rep for a lead, and why not that one: the whole answer as a text.

use super::words::{Words, count, one_line, points_exact};
use crate::model::{By, Outcome, PassIndex, Points, Potential, RepIndex, TierIndex};

/// All that there is to say of a lead of a finished run.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The lead's id.
    pub lead: String,
    /// The name of its tier.
    pub tier: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The pass whose reps are compared; absent where the rules alone count.
    pub pass: Option<PassIndex>,
    /// Names of the score's parts.
    pub parts: Vec<String>,
    /// The reps who may take it, best first.
    pub candidates: Vec<Candidate>,
    /// How many other reps are active.
    pub others: u64,
    /// What speaks against the rep who was asked about.
    pub against: Option<Against>,
}

/// A rep who may take a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The rep.
    pub rep: RepIndex,
    /// The score of the pair.
    pub score: Points,
    /// Each part of it; absent where left out.
    pub parts: Vec<Option<Points>>,
    /// Places that were left after the pass; absent where nothing bounds them.
    pub room: Option<u32>,
    /// What one more place would bring, where the pass has prices.
    pub price: Option<Potential>,
}

/// Why not this rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against {
    /// The rep.
    pub rep: RepIndex,
    /// The score of the pair, whether or not it is allowed.
    pub score: Points,
    /// Each part of it; absent where left out.
    pub parts: Vec<Option<Points>>,
    /// The score of the rep who has the lead, and its parts.
    pub winner: Option<(RepIndex, Points, Vec<Option<Points>>)>,
    /// What stood in the way.
    pub objection: Objection,
}

/// What stood in the way of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// Nothing: the rep has the lead.
    Has,
    /// The lead was not up for dealing.
    Barred,
    /// Rules block the pair, each with what was unknown, if something was.
    Blocked(Vec<(String, Option<String>)>),
    /// The lead was pinned to somebody.
    Pinned,
    /// The lead was left to the fallback, or to nobody, before any pass looked at the pair.
    NoPass,
    /// The pass deals one lead after another: it was somebody else's turn.
    Turn,
    /// The rep takes no lead of the pass at all: no room when it began.
    NoPlace,
    /// The deal is not the best there is, so that no cost can be told.
    NotBest,
    /// Forcing the pair would cost so much of the best deal.
    Costs(Cost),
}

/// What would be lost; what would be gained is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Leads by tier, best first.
    pub leads: Vec<i64>,
    /// Points less balance.
    pub points: Points,
    /// Fairness, in the solver's units.
    pub fairness: i64,
}

/// Rows of the table of candidates that are shown.
const SHOWN: usize = 20;

/// Writes an answer as lines of text.
pub fn answer(words: &Words, answer: &Answer) -> String {
    let mut text = headline(words, answer);
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
                text.push_str(&format!("nearest: {}\n", words.rep(*rep)));
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
        text.push_str(&format!("  and {more} more\n"));
    }
    if answer.others > 0 {
        let others = count(answer.others, "active rep");
        text.push_str(&format!("{others} may not take it\n"));
    }
    text
}

fn shown(part: Option<Points>) -> String {
    part.map_or_else(|| "-".to_owned(), |points| points.to_string())
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
                line.push_str(&format!("  {cell}{blank}"));
            } else {
                line.push_str(&format!("  {blank}{cell}"));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

fn objection(words: &Words, answer: &Answer, against: &Against) -> String {
    let name = words.rep(against.rep);
    let pass = answer.pass.map(|pass| words.pass(pass)).unwrap_or_default();
    let mut text = format!("{name}: ");
    match &against.objection {
        Objection::Has => return format!("{name} has it\n"),
        Objection::Barred => text.push_str("the lead was not up for dealing\n"),
        Objection::Blocked(rules) => text.push_str(&blocked(rules)),
        Objection::Pinned => {
            text.push_str("the lead is pinned; without the pin it would be dealt by the rules\n")
        }
        Objection::NoPass => text.push_str("no pass was for both the lead and the rep\n"),
        Objection::Turn => {
            text.push_str(&format!(
                "pass `{pass}` deals one lead after another; the turn was not this rep's\n"
            ));
        }
        Objection::NoPlace => text.push_str(&format!("had no room when pass `{pass}` began\n")),
        Objection::NotBest => {
            text.push_str(
                "the deal is not the best there is, so the cost cannot be told; see `dealt verify`\n",
            );
        }
        Objection::Costs(cost) => text.push_str(&format!("forcing this pair {}\n", cost.phrase(words))),
    }
    text.push_str(&comparison(words, answer, against));
    text
}

fn blocked(rules: &[(String, Option<String>)]) -> String {
    let mut text = "may not take it\n".to_owned();
    for (rule, unknown) in rules {
        match unknown {
            Some(unknown) => text.push_str(&format!("  `{}`: {}\n", one_line(rule), one_line(unknown))),
            None => text.push_str(&format!("  `{}`: the rule does not hold\n", one_line(rule))),
        }
    }
    text
}

/// The parts of the pair's score beside the winner's.
fn comparison(words: &Words, answer: &Answer, against: &Against) -> String {
    let winner = against.winner.as_ref();
    let mut header = vec!["part".to_owned(), words.rep(against.rep).to_owned()];
    header.extend(winner.map(|(rep, _, _)| words.rep(*rep).to_owned()));
    let mut rows = vec![header];
    for (at, part) in answer.parts.iter().enumerate() {
        let of = |parts: &[Option<Points>]| shown(parts.get(at).copied().flatten());
        let mut row = vec![one_line(part), of(&against.parts)];
        row.extend(winner.map(|(_, _, parts)| of(parts)));
        rows.push(row);
    }
    let mut last = vec!["score".to_owned(), against.score.to_string()];
    last.extend(winner.map(|(_, score, _)| score.to_string()));
    rows.push(last);
    let mut text = String::new();
    columns(&rows, &mut text);
    text
}

impl Cost {
    /// `costs 1 hot lead and 2.3 points`, `costs 1 hot lead, and brings 3 points`, or that it is nothing.
    fn phrase(&self, words: &Words) -> String {
        let (lost, gained) = (self.side(words, 1), self.side(words, -1));
        match (lost.is_empty(), gained.is_empty()) {
            (true, true) if self.fairness > 0 => {
                "costs no lead and no points; equal reps would be less level".to_owned()
            }
            (true, _) => "costs nothing: an equally good deal".to_owned(),
            (false, true) => format!("costs {}", lost.join(" and ")),
            (false, false) => format!(
                "costs {}, and brings {}",
                lost.join(" and "),
                gained.join(" and ")
            ),
        }
    }

    /// What is lost (1) or gained (-1).
    fn side(&self, words: &Words, sign: i64) -> Vec<String> {
        let mut side = Vec::new();
        for (tier, &leads) in self.leads.iter().enumerate() {
            if leads * sign > 0 {
                let tier = words.tier(TierIndex::new(tier));
                side.push(count((leads * sign).unsigned_abs(), &format!("{tier} lead")));
            }
        }
        if self.points.0 * sign > 0 {
            side.push(points_exact(Points(self.points.0 * sign)));
        }
        side
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{batch, words};
    use super::*;
    use crate::model::{Deal, Why};

    fn cost(leads: &[i64], points: i64, fairness: i64) -> Cost {
        Cost {
            leads: leads.to_vec(),
            points: Points(points),
            fairness,
        }
    }

    fn check(cost: &Cost, expected: &str) {
        let batch = batch();
        assert_eq!(cost.phrase(&words(&batch)), expected);
    }

    #[test]
    fn a_cost_names_what_is_lost_and_what_is_gained() {
        check(&cost(&[1, 0], 23_000, 0), "costs 1 hot lead and 2.3 points");
        check(&cost(&[0, 0], 8_000, 0), "costs 0.8 points");
        check(
            &cost(&[1, -1], -8_000, 5),
            "costs 1 hot lead, and brings 1 other lead and 0.8 points",
        );
        check(&cost(&[0, 0], 0, 0), "costs nothing: an equally good deal");
        check(
            &cost(&[0, 0], 0, 2),
            "costs no lead and no points; equal reps would be less level",
        );
    }

    #[test]
    fn the_whole_answer_reads_from_the_lead_to_the_objection() {
        let candidate = |rep: u32, score: i64, room: Option<u32>, points: i64| Candidate {
            rep: RepIndex(rep),
            score: Points(score),
            parts: vec![Some(Points(score)), None],
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
            outcome: Outcome::Assigned(Deal {
                rep: Some(RepIndex(1)),
                team: None,
                by: By::Pass(PassIndex(0)),
                score: Points(800_000),
                parts: vec![Some(Points(800_000)), None],
                distance_km: None,
                why: Why::HighestScore,
                runner_up: None,
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
                winner: Some((RepIndex(1), Points(800_000), vec![Some(Points(800_000)), None])),
                objection: Objection::Costs(cost(&[0, 0], 45_000, 0)),
            }),
        };
        let batch = batch();
        let expected = "\
lead `L1` (tier hot) went to Ben Otis in pass `best match`
why: highest score

who may take it in pass `best match`, best first:
  rep            score  skill  proximity  room            one more place
  Ben Otis          80     80          -   any                         -
  Ana Ruiz (r1)   75.5   75.5          -     0  +1 hot lead, +3.2 points
1 active rep may not take it

Ana Ruiz (r1): forcing this pair costs 4.5 points
  part       Ana Ruiz (r1)  Ben Otis
  skill               75.5        80
  proximity              -         -
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
            "may not take it\n  `territory`: lead.state is empty\n  `big`: the rule does not hold\n"
        );
    }
}
