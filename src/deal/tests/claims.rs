//! Passes by claims: who gets what, what becomes of every claim, and that no other choice of wishes is worth
//! more.

use crate::deal::testing::{World, check};
use crate::deal::{Edit, edit};
use crate::model::{Allocation, LeadIndex, Outcome, Points, RepIndex};
use crate::rules::Method;
use proptest::prelude::*;

const TABLE: &str = "
          ann/2  bob/1  cat
    l1 0  90     80     10
    l2 1  80     70     20
    l3 1  70     -      30
    l4 2  60     50     40";

fn by(method: Method) -> World {
    World::new(TABLE).with(|world| world.rules.passes[0].method = method)
}

/// What became of every claim, by the words of its verdict and reason.
fn rulings(allocation: &Allocation) -> String {
    let words = allocation.claims.iter().map(|settled| settled.ruling.name());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_earliest_claim_wins_and_claims_without_a_time_come_last() {
    let world = by(Method::SharkTank).with(|world| {
        world.claim("l1", "cat", None, None);
        world.claim("l1", "bob", None, Some(-10));
        world.claim("l1", "ann", None, Some(-20));
        world.claim("l2", "cat", None, Some(-5));
        world.claim("l2", "bob", None, Some(-5));
    });
    let allocation = check(&world, "l1 ann, l2 cat, l3 unclaimed, l4 unclaimed");
    assert_eq!(
        rulings(&allocation),
        "other_claim other_claim first first other_claim"
    );
}

#[test]
fn rooms_and_caps_are_as_they_are_when_a_claim_comes_up() {
    let world = by(Method::SharkTank).with(|world| {
        world.rules.passes[0].cap = Some(1);
        for lead in ["l1", "l2"] {
            for rep in ["bob", "ann"] {
                world.claim(lead, rep, None, None);
            }
        }
        world.claim("l3", "bob", None, None);
        world.claim("l4", "bob", None, None);
        world.claim("l4", "ann", None, None);
    });
    let allocation = check(&world, "l1 bob, l2 ann, l3 unclaimed, l4 unclaimed");
    assert_eq!(
        rulings(&allocation),
        "first other_claim full first not_eligible full cap_reached"
    );
}

#[test]
fn claims_that_cannot_count_say_why() {
    let world = by(Method::SharkTank).with(|world| {
        world.batch.reps.list[2].active = false;
        world.claim("l1", "zoe", None, None);
        world.claim("l1", "cat", None, None);
        world.claim("l9", "ann", None, None);
        world.claim("l1", "ann", None, Some(1));
        world.claim("l1", "ann", None, Some(0));
        world.claim("l1", "ann", None, Some(-1));
        world.claim("", "ann", None, None);
        world.pin("l2", "ann");
        world.claim("l2", "bob", None, None);
    });
    let allocation = check(&world, "l1 ann, l2 ann, l3 unclaimed, l4 unclaimed");
    assert_eq!(
        rulings(&allocation),
        "unknown_rep inactive unknown_lead late repeated first unknown_lead dealt_otherwise"
    );
}

#[test]
fn a_pull_takes_the_next_lead_that_its_rep_may_take() {
    let world = by(Method::BlindPull).with(|world| {
        world.claim("", "bob", None, None);
        world.claim("l4", "ann", None, Some(-1));
        world.claim("", "bob", None, None);
        world.claim("", "cat", None, None);
    });
    let allocation = check(&world, "l1 ann, l2 bob, l3 cat, l4 unclaimed");
    assert_eq!(rulings(&allocation), "pull pull full pull");
    let pool = allocation.pool.expect("a pass by claims");
    assert_eq!((pool.len(), pool[0].is_unseen), (1, true));
}

#[test]
fn leads_that_claims_leave_go_to_the_passes_after_them() {
    let world = by(Method::SharkTank).with(|world| {
        world.claim("l4", "cat", None, None);
        world.and_pass("the rest", Method::Optimal);
    });
    let allocation = check(&world, "l1 bob, l2 ann, l3 ann, l4 cat");
    assert_eq!(allocation.pool, Some(Vec::new()));
}

#[test]
fn dearer_wishes_count_before_better_scores() {
    let world = by(Method::CherryPick).with(|world| {
        world.claim("l1", "bob", Some(1), None);
        world.claim("l1", "ann", Some(2), None);
        world.claim("l2", "ann", Some(1), None);
        world.claim("l4", "cat", None, None);
    });
    let allocation = check(&world, "l1 bob, l2 ann, l3 unclaimed, l4 cat");
    assert_eq!(rulings(&allocation), "wish other_claim wish wish");
    let proof = allocation.passes[0].proof.clone().expect("a proof");
    assert_eq!(proof.gap, None);
    // three dearest wishes of two points of rank, and 80 + 80 + 40 points of score
    assert_eq!(proof.objective.points, 3 * 20_000 + 800 + 800 + 400);
}

#[test]
fn one_dear_wish_may_be_worth_more_than_two_others() {
    // the two that are pinned away are what Ann and Bob would rather have
    let table = "ann/1 bob/1 cat\n l1 0 0 0 0\n l2 0 0 0 0\n l3 0 0 0 0\n l4 0 0 0 0";
    let world = World::new(table).with(|world| {
        world.rules.passes[0].method = Method::CherryPick;
        world.pin("l3", "cat");
        world.pin("l4", "cat");
        for (rank, lead) in (1..).zip(["l1", "l3", "l2"]) {
            world.claim(lead, "ann", Some(rank), None);
        }
        for (rank, lead) in (1..).zip(["l3", "l4", "l1"]) {
            world.claim(lead, "bob", Some(rank), None);
        }
    });
    let allocation = check(&world, "l1 ann, l2 unclaimed, l3 cat, l4 cat");
    assert_eq!(
        rulings(&allocation),
        "wish dealt_otherwise full dealt_otherwise dealt_otherwise other_claim"
    );
}

#[test]
fn a_pass_by_claims_without_claims_deals_nothing_and_says_so() {
    for method in [Method::CherryPick, Method::SharkTank, Method::BlindPull] {
        let allocation = check(
            &by(method),
            "l1 unclaimed, l2 unclaimed, l3 unclaimed, l4 unclaimed",
        );
        assert!(
            allocation
                .notes
                .iter()
                .any(|note| note.text.contains("none were given"))
        );
    }
}

#[test]
fn a_grant_that_is_changed_by_hand_is_one_no_longer() {
    let world = by(Method::SharkTank).with(|world| {
        world.claim("l1", "ann", None, None);
        world.claim("l2", "ann", None, None);
    });
    let edits = [
        (0, Some(world.rep("cat"))),
        (1, None),
        (3, Some(world.rep("bob"))),
    ];
    let edits = edits.map(|(lead, rep)| Edit {
        lead: LeadIndex(lead),
        rep,
    });
    let edited = edit(&world.batch, &world.rules, world.deal(), &edits).allocation;
    assert_eq!(rulings(&edited), "dealt_otherwise not_up");
    let left: Vec<u32> = edited.pool.iter().flatten().map(|open| open.lead.0).collect();
    assert_eq!(left, [2]);
}

/// A wish: lead, rep, rank.
type Wish = (usize, usize, Option<u32>);

/// Wishes of up to three reps for up to five leads, rooms, a cap and limits on some leads.
#[derive(Clone, Debug)]
struct Tiny {
    points: Vec<Vec<Option<i32>>>,
    rooms: Vec<u32>,
    cap: Option<u32>,
    wishes: Vec<Wish>,
    limits: Vec<(u32, Vec<bool>, bool)>,
}

fn tiny() -> impl Strategy<Value = Tiny> {
    let points = prop_oneof![1 => Just(None), 6 => (0i32..=100).prop_map(Some)];
    let limit = (0u32..3, prop::collection::vec(any::<bool>(), 5), any::<bool>());
    (1usize..4).prop_flat_map(move |reps| {
        let wish = (0usize..5, 0..reps, prop::option::of(1u32..4));
        (
            prop::collection::vec(prop::collection::vec(points.clone(), reps), 1..6),
            prop::collection::vec(0u32..4, reps),
            prop::option::of(1u32..3),
            prop::collection::vec(wish, 0..12),
            prop::collection::vec(limit.clone(), 0..2),
        )
            .prop_map(|(points, rooms, cap, wishes, limits)| Tiny {
                points,
                rooms,
                cap,
                wishes,
                limits,
            })
    })
}

impl Tiny {
    fn world(&self) -> World {
        let names: Vec<String> = (self.rooms.iter().enumerate())
            .map(|(rep, room)| format!("r{rep}/{room}"))
            .collect();
        let rows = self.points.iter().enumerate().map(|(lead, row)| {
            let cells = row
                .iter()
                .map(|points| points.map_or_else(|| "-".to_owned(), |points| points.to_string()));
            format!("l{lead} {} {}", lead % 2, cells.collect::<Vec<_>>().join(" "))
        });
        let table = format!("{}\n{}", names.join(" "), rows.collect::<Vec<_>>().join("\n"));
        World::new(&table).with(|world| {
            world.rules.passes[0].method = Method::CherryPick;
            world.rules.passes[0].cap = self.cap;
            for &(lead, rep, rank) in &self.wishes {
                world.claim(&format!("l{lead}"), &format!("r{rep}"), rank, None);
            }
            for (at, (max, leads, of_all)) in self.limits.iter().enumerate() {
                let names: Vec<String> = (0..self.rooms.len()).map(|rep| format!("r{rep}")).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let single: Vec<&[&str]> = names.chunks(1).collect();
                let groups = if *of_all { vec![names.as_slice()] } else { single };
                let holds = &leads[..self.points.len()];
                world.limit(&format!("limit {at}"), &groups, (Some(*max), 1), Some(holds));
            }
        })
    }

    /// What each pair is worth in thousandths of a point, worked out anew.
    fn worths(&self) -> Vec<Vec<Option<i64>>> {
        let mut lists: Vec<Vec<usize>> = vec![Vec::new(); self.rooms.len()];
        let mut order: Vec<(usize, &Wish)> = self.wishes.iter().enumerate().collect();
        order.retain(|(at, wish)| {
            let same = |other: &Wish| (other.0, other.1) == (wish.0, wish.1);
            wish.0 < self.points.len() && !self.wishes[..*at].iter().any(same)
        });
        order.sort_by_key(|&(at, wish)| (wish.2.unwrap_or(u32::MAX), at));
        for (_, &(lead, rep, _)) in order {
            lists[rep].push(lead);
        }
        let most = lists.iter().map(Vec::len).max().unwrap_or(0);
        let worth = |lead: usize, rep: usize| {
            let place = lists[rep].iter().position(|&wish| wish == lead)?;
            let ranks = i64::try_from(most - place).expect("few");
            Some(ranks * 10_000 + i64::from(self.points[lead][rep]?) * 10)
        };
        (0..self.points.len())
            .map(|lead| (0..self.rooms.len()).map(|rep| worth(lead, rep)).collect())
            .collect()
    }

    /// The greatest sum over every legal choice of wishes.
    fn best(&self, worths: &[Vec<Option<i64>>], chosen: &mut Vec<Option<usize>>) -> i64 {
        let lead = chosen.len();
        if lead == worths.len() {
            return 0;
        }
        chosen.push(None);
        let mut best = self.best(worths, chosen);
        for (rep, worth) in worths[lead].iter().enumerate() {
            let Some(worth) = worth else { continue };
            chosen[lead] = Some(rep);
            chosen.truncate(lead + 1);
            if self.is_legal(chosen) {
                best = best.max(worth + self.best(worths, chosen));
            }
            chosen.truncate(lead + 1);
        }
        chosen.truncate(lead);
        best
    }

    fn is_legal(&self, chosen: &[Option<usize>]) -> bool {
        let count = |rep: Option<usize>, leads: &dyn Fn(usize) -> bool| {
            let of = |(lead, of): (usize, &Option<usize>)| {
                of.is_some() && leads(lead) && rep.is_none_or(|rep| *of == Some(rep))
            };
            u32::try_from(chosen.iter().enumerate().filter(|&one| of(one)).count()).expect("few")
        };
        let room = |rep: usize| self.rooms[rep].min(self.cap.unwrap_or(u32::MAX));
        let within = |(max, leads, of_all): &(u32, Vec<bool>, bool)| {
            let holds = |lead: usize| leads[lead];
            if *of_all {
                count(None, &holds) <= *max
            } else {
                (0..self.rooms.len()).all(|rep| count(Some(rep), &holds) <= *max)
            }
        };
        (0..self.rooms.len()).all(|rep| count(Some(rep), &|_| true) <= room(rep))
            && self.limits.iter().all(within)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_other_choice_of_wishes_is_worth_more(tiny in tiny()) {
        let worths = tiny.worths();
        let allocation = tiny.world().deal();
        let mut sum = 0;
        for (lead, outcome) in allocation.outcomes.iter().enumerate() {
            if let Outcome::Assigned(deal) = outcome {
                let rep = deal.rep.map_or(0, RepIndex::at);
                prop_assert_eq!(Some(deal.score), tiny.points[lead][rep].map(|points| Points(i64::from(points) * 10_000)));
                sum += worths[lead][rep].expect("only wishes are granted");
            }
        }
        prop_assert_eq!(sum, tiny.best(&worths, &mut Vec::new()), "{:?}", tiny);
        let proof = allocation.passes[0].proof.as_ref().expect("a proof");
        prop_assert_eq!((proof.objective.points, proof.gap), (i128::from(sum), None));
    }
}
