//! Why leads were not dealt: what each pass says of those it leaves, and which of it counts.

use super::dealing::Dealing;
use super::rivals::{Rivals, worth};
use crate::model::{LeadIndex, NotDealt, PassIndex, Points, Potential, Rep, RepIndex, TierIndex};
use crate::problem::{Problem, Reached};
use crate::rules::{Method, limit::MAX_SHARE};
use crate::solve::transport::{Class, FORBIDDEN, Leaf};

/// What passes said of the leads that they left, shared by leads of one class.
#[derive(Clone, Debug, Default)]
pub(super) struct Reasons {
    /// For each lead one more than the position of its reason; 0 without one.
    of: Vec<u32>,
    said: Vec<NotDealt>,
}

impl Reasons {
    pub(super) fn new(leads: usize) -> Self {
        Self {
            of: vec![0; leads],
            said: Vec::new(),
        }
    }

    /// Keeps a reason for leads that have none that comes before it.
    ///
    /// Of two passes that say the same, the first counts; but of two that find nobody eligible the
    /// last, since passes are less and less strict.
    pub(super) fn say(&mut self, leads: &[LeadIndex], reason: NotDealt) {
        let rank = rank(&reason);
        self.said.push(reason);
        let number = u32::try_from(self.said.len()).unwrap_or(0);
        for lead in leads {
            let before = self.reason(*lead).map_or(u8::MAX, self::rank);
            if rank < before || (rank == before && rank == NOBODY) {
                self.of[lead.at()] = number;
            }
        }
    }

    /// The reason that counts for a lead.
    pub(super) fn reason(&self, lead: LeadIndex) -> Option<&NotDealt> {
        let number = self.of[lead.at()] as usize;
        number.checked_sub(1).map(|at| &self.said[at])
    }
}

const NOBODY: u8 = 3;

/// The order in which reasons count.
fn rank(reason: &NotDealt) -> u8 {
    match reason {
        NotDealt::NoRoom { .. } | NotDealt::NoRoomForAll { .. } => 0,
        NotDealt::LimitReached { .. } => 1,
        NotDealt::BelowMinScore { .. } => 2,
        NotDealt::NoEligibleRep { .. } => NOBODY,
        _ => NOBODY + 1,
    }
}

/// Why nobody of those who may take a lead has a place for it.
pub(super) struct Shortage {
    /// The limit that keeps the lead from the best-scoring rep of those who have room.
    limit: Option<Reached>,
    /// Somebody has room beyond what the balance grants.
    capped: bool,
    /// The rep whose place was missed by least, or the best-scoring one.
    rep: RepIndex,
    lost_by: Option<Potential>,
}

impl Shortage {
    /// A shortage of places that the solver priced: `places` are the eligible leaves in id order with the
    /// rep to name, the greatest potential and the score of a lead of the tier; where none of them had
    /// room, it names the `best`-scoring rep. `None` if there are none.
    pub(super) fn priced(
        (limit, capped): (Option<Reached>, bool),
        tier: TierIndex,
        places: impl Iterator<Item = (RepIndex, Option<Potential>, i32)>,
        best: Option<RepIndex>,
    ) -> Option<Self> {
        let closest = places
            .filter_map(|(rep, potential, score)| Some((lost_by(&potential?, tier, score), rep)))
            .min_by_key(|(lost, _)| worth(lost));
        Some(Self {
            limit,
            capped,
            rep: closest.map(|(_, rep)| rep).or(best)?,
            lost_by: closest.map(|(lost, _)| lost),
        })
    }

    /// A shortage in a pass without prices names the best-scoring rep.
    pub(super) fn unpriced(
        dealing: &Dealing<'_>,
        problem: &Problem<'_>,
        class: Class,
        rivals: &Rivals<'_>,
    ) -> Option<Self> {
        let (limit, capped) = limited(dealing, problem, class, rivals);
        rivals.best().map(|best| Self {
            limit,
            capped,
            rep: problem.reps()[best],
            lost_by: None,
        })
    }
}

/// The limit that keeps a class from the best-scoring eligible rep of those who have room; and whether any
/// has room beyond what the balance grants.
pub(super) fn limited(
    dealing: &Dealing<'_>,
    problem: &Problem<'_>,
    class: Class,
    rivals: &Rivals<'_>,
) -> (Option<Reached>, bool) {
    let (reps, lead) = (problem.reps(), problem.classes().first(class));
    let stands = |leaf: Leaf| {
        dealing
            .limit(lead, reps[leaf])
            .filter(|_| dealing.loads.room(reps[leaf]) > 0)
    };
    let limit = if dealing.limits.limits().is_empty() {
        None
    } else {
        let best = rivals.best_where(|leaf| stands(leaf).is_some());
        best.and_then(stands)
    };
    let capped = |leaf: Leaf| dealing.loads.own_room(reps[leaf]) > dealing.loads.room(reps[leaf]);
    (limit, rivals.eligible().any(capped))
}

/// What a pass says of a class that it leaves, or of some leads of it.
pub(super) fn of_class(
    dealing: &Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    class: Class,
    shortage: Option<&Shortage>,
) -> NotDealt {
    match shortage {
        None => nobody(dealing, at, problem, class),
        Some(&Shortage {
            limit: Some(reached), ..
        }) => NotDealt::LimitReached {
            limit: dealing.limits.name(reached),
            held: Some(dealing.limits.held(reached)),
            already: dealing.limits.already(reached),
        },
        Some(Shortage { capped: true, .. }) => NotDealt::LimitReached {
            limit: MAX_SHARE.to_owned(),
            held: None,
            already: None,
        },
        Some(&Shortage { rep, lost_by, .. }) => NotDealt::NoRoom { rep, lost_by },
    }
}

/// What is lost by letting a lead of a tier with a score in at a place of a greatest potential.
fn lost_by(potential: &Potential, tier: TierIndex, score: i32) -> Potential {
    Potential {
        tier: potential.tier.filter(|&better| better < tier),
        points: Points(potential.points.0 - i64::from(score)),
        fairness: potential.fairness,
    }
}

/// Nobody may take it: below the pass's least score, or kept away by hard rules.
fn nobody(dealing: &Dealing<'_>, at: PassIndex, problem: &Problem<'_>, class: Class) -> NotDealt {
    let mut scores = vec![FORBIDDEN; problem.reps().len()];
    problem.eligible(class, &mut scores);
    match scores.iter().max() {
        Some(&best) if best != FORBIDDEN => NotDealt::BelowMinScore {
            pass: at,
            best: Points(i64::from(best)),
        },
        _ => NotDealt::NoEligibleRep {
            blocked: blocked(dealing, at, problem, problem.classes().first(class)),
        },
    }
}

/// The hard rules that keep a lead from active reps, and for how many each does: most first, then by
/// name. Among them `away` stands for time off, `pass reps` for the pass's `reps`, `team` for having none in
/// a pass to teams, `weight` for having no share in a rotation; `active` alone for a roster where nobody is,
/// `away` alone where everybody is.
pub(super) fn blocked(
    dealing: &Dealing<'_>,
    at: PassIndex,
    problem: &Problem<'_>,
    lead: LeadIndex,
) -> Vec<(String, u32)> {
    let (pass, reps) = (&dealing.rules.passes[at.at()], &dealing.batch.reps.list);
    let active: Vec<bool> = reps.iter().map(|rep| rep.active).collect();
    let count = |counts: &dyn Fn(usize) -> bool| {
        u32::try_from((0..reps.len()).filter(|&rep| counts(rep)).count()).unwrap_or(u32::MAX)
    };
    if !active.contains(&true) {
        return vec![("active".to_owned(), count(&|_| true))];
    }
    let away = count(&|rep| active[rep] && reps[rep].is_away());
    if !reps.iter().any(Rep::is_present) {
        return vec![("away".to_owned(), away)];
    }
    let mut blocked: Vec<(String, u32)> = dealing
        .scorer
        .blocked_by(lead, &pass.relaxed, &active)
        .into_iter()
        .map(|(rule, count)| (dealing.rules.requirements[rule].name.clone(), count))
        .collect();
    blocked.push(("away".to_owned(), away));
    let outside = count(&|rep| active[rep] && !pass.reps[rep]);
    blocked.push(("pass reps".to_owned(), outside));
    let in_pass: Vec<bool> = mark(reps.len(), problem.reps());
    let without_part = count(&|rep| reps[rep].is_present() && pass.reps[rep] && !in_pass[rep]);
    let part = if pass.method == Method::Shotgun {
        "team"
    } else {
        "weight"
    };
    blocked.push((part.to_owned(), without_part));
    blocked.retain(|(_, count)| *count > 0);
    blocked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    blocked
}

fn mark(count: usize, reps: &[RepIndex]) -> Vec<bool> {
    let mut marks = vec![false; count];
    for rep in reps {
        marks[rep.at()] = true;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: &[NotDealt], expected: &NotDealt) {
        let mut reasons = Reasons::new(1);
        for reason in said {
            reasons.say(&[LeadIndex(0)], reason.clone());
        }
        assert_eq!(reasons.reason(LeadIndex(0)), Some(expected));
    }

    fn no_room(rep: u32) -> NotDealt {
        NotDealt::NoRoom {
            rep: RepIndex(rep),
            lost_by: None,
        }
    }

    fn nobody(rule: &str) -> NotDealt {
        NotDealt::NoEligibleRep {
            blocked: vec![(rule.to_owned(), 1)],
        }
    }

    #[test]
    fn no_room_counts_before_nobody_in_either_order() {
        check(&[nobody("territory"), no_room(1)], &no_room(1));
        check(&[no_room(1), nobody("territory")], &no_room(1));
    }

    #[test]
    fn of_two_passes_without_room_the_first_counts() {
        check(&[no_room(1), no_room(2)], &no_room(1));
    }

    #[test]
    fn of_two_passes_without_anybody_the_last_counts() {
        check(&[nobody("territory"), nobody("skills")], &nobody("skills"));
    }

    #[test]
    fn a_lead_loses_to_a_better_tier_or_by_points() {
        let place = |tier: u8| Potential {
            tier: Some(TierIndex(tier)),
            points: Points(80),
            fairness: 1,
        };
        assert_eq!(lost_by(&place(0), TierIndex(1), 70).tier, Some(TierIndex(0)));
        let lost = lost_by(&place(1), TierIndex(1), 70);
        assert_eq!((lost.tier, lost.points), (None, Points(10)));
    }
}
