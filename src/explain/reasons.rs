//! Why this rep: one sentence for each reason of the closed list.

use super::words::{Words, one_line};
use crate::model::{By, Deal, Held, Potential, RepIndex, Why};

/// The sentence of a dealt lead.
pub(crate) fn sentence(words: &Words, deal: &Deal) -> String {
    let why = why(words, deal);
    match deal.former {
        Some(former) => format!("{why}; the account was {}'s, who has left", words.rep(former)),
        None => why,
    }
}

fn why(words: &Words, deal: &Deal) -> String {
    match &deal.why {
        Why::OnlyEligible => "only rep who may take it".to_owned(),
        Why::HighestScore => highest(words, deal),
        Why::HigherFull { dearest, price } => full(words, *dearest, *price),
        Why::Balance { other, loads } => format!(
            "balance: {} open, {} (scores higher) {}",
            words.load(deal.rep, loads.0),
            words.rep(*other),
            words.load(Some(*other), loads.1)
        ),
        Why::HigherLimited { other, limit, held } => limited(words, *other, limit, held),
        Why::Minimum { other, limit } => format!(
            "`{}` asks for more leads here; {} scores higher",
            one_line(limit),
            words.rep(*other)
        ),
        Why::LeastLoaded { open, ceiling } => format!("least loaded: {open} of {ceiling} open before it"),
        Why::Turn => turn(words, &deal.by),
        Why::Claim(granted) => words.granted(*granted),
        Why::Pin => pin(&deal.by),
        Why::Owner => "owns the account".to_owned(),
        Why::Fallback => "fallback: takes what no pass dealt".to_owned(),
        Why::Team => deal.team.map_or_else(
            || "stays with the team until a rep takes it".to_owned(),
            |team| format!("stays with team {} until a rep takes it", words.team(team)),
        ),
        Why::Together(gathered) => super::units::together(words, deal, *gathered),
    }
}

fn highest(words: &Words, deal: &Deal) -> String {
    match deal.runner_up {
        Some((other, score)) if score == deal.score => {
            format!("highest score, level with {}", words.rep(other))
        }
        _ => "highest score".to_owned(),
    }
}

fn full(words: &Words, dearest: RepIndex, price: Potential) -> String {
    let name = words.rep(dearest);
    match words.gain(price) {
        Some(gain) => format!("{name} scores higher but is full; one more place there would bring {gain}"),
        None => format!("{name} scores higher but is full"),
    }
}

fn limited(words: &Words, other: RepIndex, limit: &str, held: &Held) -> String {
    let (name, limit) = (words.rep(other), one_line(limit));
    match held {
        Held::Rep(_) => format!("{name} scores higher but has reached `{limit}`"),
        Held::Group { .. } => {
            format!(
                "{name} scores higher but {} has reached `{limit}`",
                words.held(held)
            )
        }
    }
}

pub(super) fn turn(words: &Words, by: &By) -> String {
    match by {
        By::Pass(pass) if words.by_performance(*pass) => "next in turn, with turns by performance".to_owned(),
        _ => "next in turn".to_owned(),
    }
}

fn pin(by: &By) -> String {
    match by {
        By::Pin(reason) if !one_line(reason).is_empty() => format!("pinned: {}", one_line(reason)),
        _ => "pinned".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{batch, words};
    use super::*;
    use crate::model::{PassIndex, Points, TeamIndex, TierIndex};

    fn deal(why: Why) -> Deal {
        Deal {
            rep: Some(RepIndex(0)),
            team: None,
            by: By::Pass(PassIndex(0)),
            score: Points(800_000),
            parts: Vec::new(),
            distance_km: None,
            why,
            runner_up: None,
            former: None,
        }
    }

    fn check(deal: &Deal, expected: &str) {
        let batch = batch();
        assert_eq!(sentence(&words(&batch), deal), expected);
    }

    #[test]
    fn a_full_rep_is_named_with_the_price_of_a_place() {
        let price = |tier, points| Why::HigherFull {
            dearest: RepIndex(1),
            price: Potential {
                tier,
                points: Points(points),
                fairness: 0,
            },
        };
        check(
            &deal(price(None, 32_417)),
            "Ben Otis scores higher but is full; one more place there would bring +3.2 points",
        );
        check(
            &deal(price(Some(TierIndex(0)), -500)),
            "Ben Otis scores higher but is full; one more place there would bring +1 hot lead, -0.05 points",
        );
        check(&deal(price(None, 0)), "Ben Otis scores higher but is full");
    }

    #[test]
    fn a_score_that_another_reaches_too_is_said_to_be_level() {
        let mut level = deal(Why::HighestScore);
        check(&level, "highest score");
        level.runner_up = Some((RepIndex(2), Points(799_999)));
        check(&level, "highest score");
        level.runner_up = Some((RepIndex(2), Points(800_000)));
        check(&level, "highest score, level with Ana Ruiz (r3)");
    }

    #[test]
    fn balance_shows_both_loads_with_their_ceilings() {
        check(
            &deal(Why::Balance {
                other: RepIndex(1),
                loads: (12, 19),
            }),
            "balance: 12 of 40 open, Ben Otis (scores higher) 19",
        );
    }

    #[test]
    fn a_limit_that_stands_before_a_better_rep_is_named() {
        let why = |held| Why::HigherLimited {
            other: RepIndex(1),
            limit: "three each".into(),
            held,
        };
        check(
            &deal(why(Held::Rep(RepIndex(1)))),
            "Ben Otis scores higher but has reached `three each`",
        );
        let (per, name) = ("team".into(), "West".into());
        check(
            &deal(why(Held::Group { per, name })),
            "Ben Otis scores higher but team `West` has reached `three each`",
        );
        let (other, limit) = (RepIndex(1), "two each".into());
        check(
            &deal(Why::Minimum { other, limit }),
            "`two each` asks for more leads here; Ben Otis scores higher",
        );
    }

    #[test]
    fn turns_pins_teams_and_the_fallback_say_so() {
        check(&deal(Why::Turn), "next in turn");
        let mut producer = deal(Why::Turn);
        producer.by = By::Pass(PassIndex(1));
        check(&producer, "next in turn, with turns by performance");
        let mut pinned = deal(Why::Pin);
        pinned.by = By::Pin("  asked\nfor her ".into());
        check(&pinned, "pinned: asked for her");
        let mut team = deal(Why::Team);
        team.team = Some(TeamIndex(0));
        check(&team, "stays with team West until a rep takes it");
        check(&deal(Why::Fallback), "fallback: takes what no pass dealt");
        check(&deal(Why::OnlyEligible), "only rep who may take it");
    }
}
