//! Why this rep for a lead, and why not that one: the facts of the answer.

use super::words::{Words, count, points_exact};
use crate::model::{
    Already, Confidence, Held, Outcome, PassIndex, Points, Potential, RepIndex, Settled, TierIndex,
};

/// All that there is to say of a lead of a finished run.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The lead's id.
    pub lead: String,
    /// The name of its tier.
    pub tier: String,
    /// By what its place is known.
    pub place: Confidence,
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
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The rep.
    pub rep: RepIndex,
    /// The score of the pair.
    pub score: Points,
    /// Each part of it; absent where left out.
    pub parts: Vec<Option<Points>>,
    /// The distance of the two, if both places are known, in kilometres.
    pub distance_km: Option<f64>,
    /// Places that were left after the pass; absent where nothing bounds them.
    pub room: Option<u32>,
    /// What one more place would bring, where the pass has prices.
    pub price: Option<Potential>,
}

/// Why not this rep.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The rep.
    pub rep: RepIndex,
    /// The score of the pair, whether or not it is allowed.
    pub score: Points,
    /// Each part of it; absent where left out.
    pub parts: Vec<Option<Points>>,
    /// The distance of the two, if both places are known, in kilometres.
    pub distance_km: Option<f64>,
    /// The rep who has the lead.
    pub winner: Option<Winner>,
    /// What stood in the way.
    pub objection: Objection,
}

/// The rep who has a lead, for comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Winner {
    /// The rep.
    pub rep: RepIndex,
    /// The score of the pair.
    pub score: Points,
    /// Each part of it; absent where left out.
    pub parts: Vec<Option<Points>>,
    /// The distance of the two, if both places are known, in kilometres.
    pub distance_km: Option<f64>,
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
    /// The lead went to who owns its account.
    Owned,
    /// The lead was left to the fallback, or to nobody, before any pass looked at the pair.
    NoPass,
    /// A limit of the rules was reached there.
    Limited {
        /// The limit's name.
        limit: String,
        /// Whom it holds together with the rep.
        held: Held,
        /// Leads of the limit that they had got in the run after the pass.
        dealt: u64,
        /// What they had before in its period.
        already: Option<Already>,
    },
    /// The pass deals what reps ask for: what became of the rep's claim, if it made one.
    Claims(Option<Settled>),
    /// The pass deals one lead after another: it was somebody else's turn.
    Turn,
    /// The rep takes no lead of the pass at all: no room when it began.
    NoPlace,
    /// The deal is not the best there is, so that no cost can be told.
    NotBest,
    /// Forcing the pair would cost so much of the best deal.
    Costs(Cost),
    /// Forcing it would cost so much at least.
    CostsAtLeast(Cost),
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

impl Cost {
    /// `costs 1 hot lead and 2.3 points`, `costs 1 hot lead, and brings 3 points`, or that it is nothing.
    pub(super) fn phrase(&self, words: &Words) -> String {
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

    /// The same of a cost that is known from below.
    pub(super) fn phrase_from_below(&self, words: &Words) -> String {
        let (lost, gained) = (self.side(words, 1), self.side(words, -1));
        if lost.is_empty() {
            return "may cost nothing: the prices show no loss".to_owned();
        }
        let gained = if gained.is_empty() {
            String::new()
        } else {
            format!(", and brings {}", gained.join(" and "))
        };
        format!("costs at least {}{gained}", lost.join(" and "))
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
    fn a_cost_that_is_known_from_below_says_so() {
        let batch = batch();
        let phrase = |cost: &Cost| cost.phrase_from_below(&words(&batch));
        assert_eq!(phrase(&cost(&[0, 0], 8_000, 0)), "costs at least 0.8 points");
        assert_eq!(
            phrase(&cost(&[1, -1], -8_000, 0)),
            "costs at least 1 hot lead, and brings 1 other lead and 0.8 points"
        );
        assert_eq!(
            phrase(&cost(&[0, 0], 0, 2)),
            "may cost nothing: the prices show no loss"
        );
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
}
