//! Pins, passes and fallback: who gets what.

use crate::deal::testing::{World, check, turn};
use crate::model::{NotDealt, Ownership, Points, Weight};
use crate::rules::Method;

const CROSSED: &str = "
          ann/1  bob/1
    l1 0  90     80
    l2 0  85     20";

#[test]
fn an_optimal_pass_deals_for_the_greatest_total() {
    let allocation = check(&World::new(CROSSED), "l1 bob, l2 ann");
    let proof = allocation.passes[0].proof.as_ref().unwrap();
    assert_eq!(proof.objective.points, 1_650_000);
    assert_eq!((&proof.objective, proof.gap), (&proof.bound, None));
    assert_eq!(proof.objective.assigned, [2, 0, 0]);
}

#[test]
fn a_better_tier_comes_before_any_points() {
    check(
        &World::new(
            "     ann/1
             l1 1  99
             l2 0  1",
        ),
        "l1 no_room, l2 ann",
    );
}

#[test]
fn a_pass_takes_what_the_one_before_left() {
    let world = World::new(CROSSED).with(|world| {
        world.rules.passes[0].min_score = Some(Points(855_000));
        world.and_pass("the rest", Method::Optimal);
    });
    check(&world, "l1 ann, l2 bob");
}

#[test]
fn a_pass_is_for_its_leads_and_its_reps() {
    let world = World::new(CROSSED).with(|world| {
        world.rules.passes[0].leads[0] = false;
        world.rules.passes[0].reps[0] = false;
    });
    check(&world, "l1 no_pass, l2 bob");
}

#[test]
fn a_relaxed_rule_is_not_asked_for() {
    let mut world = World::new(
        "     ann/1
         l1 0  -",
    );
    check(&world, "l1 no_eligible_rep");
    world.and_pass("anyone", Method::RoundRobin).relaxed[0] = true;
    check(&world, "l1 ann");
}

#[test]
fn balance_costs_the_busy_their_lead() {
    let table = "
              ann/10  bob/10
        l1 0  90      88";
    check(&World::new(table), "l1 ann");
    let world = World::new(table).with(|world| {
        world.rules.balance.strength = Points(100_000);
        world.batch.reps.list[0].open = 5;
    });
    check(&world, "l1 bob");
}

#[test]
fn equal_reps_level_out_across_nights() {
    let world = World::new(
        "     ann  bob
         l1 0  50   50
         l2 0  50   50
         l3 0  50   50",
    )
    .with(|world| {
        world.served("ann", 2);
    });
    let allocation = check(&world, "l1 ann, l2 bob, l3 bob");
    assert_eq!(turn(&allocation.history_after, "ann"), 3);
    assert_eq!(turn(&allocation.history_after, "bob"), 2);
}

#[test]
fn no_rep_gets_more_than_the_greatest_share() {
    let world = World::new(
        "     ann  bob/1
         l1 0  90   -
         l2 0  90   -
         l3 0  90   -
         l4 0  90   -",
    )
    .with(|world| world.rules.balance.max_share = Some(Weight(1500)));
    let allocation = check(&world, "l1 ann, l2 ann, l3 ann, l4 limit_reached");
    assert_eq!(allocation.passes[0].dealt, 3);
}

#[test]
fn a_pin_comes_first_and_counts_against_room() {
    let world = World::new(CROSSED).with(|world| world.pin("l1", "ann"));
    let allocation = check(&world, "l1 ann, l2 bob");
    assert!(allocation.bent.is_empty());
}

#[test]
fn a_pin_is_kept_and_named_when_it_breaks_what_holds_for_others() {
    let world = World::new(
        "     ann/1  bob/1
         l1 0  90     -
         l2 0  90     -
         l3 0  90     -",
    )
    .with(|world| {
        world.pin("l1", "bob");
        world.pin("l2", "bob");
        world.rules.barred[1] = Some(NotDealt::NotQualified { failed: Vec::new() });
    });
    let allocation = check(&world, "l1 bob, l2 bob, l3 ann");
    let broken: Vec<&[String]> = allocation.bent.iter().map(|bent| bent.2.as_slice()).collect();
    assert_eq!(
        broken,
        [
            ["territory"].as_slice(),
            ["territory", "not qualified", "ceiling"].as_slice()
        ]
    );
}

#[test]
fn pins_of_converted_and_unknown_leads_are_counted_in_warnings() {
    let world = World::new(CROSSED).with(|world| {
        world.pin("gone", "ann");
        world.pin("lost", "ann");
        world.pin("l1", "ann");
        world.batch.leads.ownership[0] = Ownership::Converted;
        world.rules.barred[0] = Some(NotDealt::Converted);
    });
    let allocation = check(&world, "l1 converted, l2 ann");
    let texts: Vec<&str> = allocation.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "2 pins of leads that are not in this batch were left out",
            "1 pin of a converted lead was left out"
        ]
    );
}

#[test]
fn the_fallback_takes_the_rest_beyond_room_and_rules() {
    let world = World::new(
        "     ann/1  bob/0
         l1 0  90     -
         l2 0  80     -
         l3 0  70     -",
    )
    .with(|world| {
        world.rules.fallback = Some(world.rep("bob"));
        world.rules.barred[2] = Some(NotDealt::Converted);
    });
    let allocation = check(&world, "l1 ann, l2 bob, l3 converted");
    assert_eq!(turn(&allocation.history_after, "bob"), 0);
}

#[test]
fn an_inactive_fallback_takes_nothing_and_is_named() {
    let world = World::new(
        "     ann
         l1 0  -",
    )
    .with(|world| {
        world.batch.reps.list[0].active = false;
        world.rules.fallback = Some(world.rep("ann"));
    });
    let allocation = check(&world, "l1 no_eligible_rep");
    assert_eq!(allocation.notes.len(), 1);
}

const EQUAL: &str = "
          ann  bob  cat
    l1 1  50   50   50
    l2 0  50   50   50
    l3 0  50   50   50
    l4 0  50   50   50";

fn in_turn() -> World {
    World::new(EQUAL).with(|world| world.rules.passes[0].method = Method::RoundRobin)
}

#[test]
fn a_rotation_goes_round_by_tier_then_file() {
    check(&in_turn(), "l1 ann, l2 ann, l3 bob, l4 cat");
}

#[test]
fn a_rotation_goes_on_where_the_last_run_ended() {
    let world = in_turn();
    let first = world.deal();
    let world = world.with(|world| world.history = first.history_after.clone());
    let second = check(&world, "l1 bob, l2 bob, l3 cat, l4 ann");
    assert_eq!(turn(&second.history_after, "bob"), 3);
}

#[test]
fn who_was_left_out_of_a_run_does_not_catch_up_unless_told_to() {
    for (catch_up, expected) in [
        (false, "l1 bob, l2 bob, l3 cat, l4 ann"),
        (true, "l1 cat, l2 cat, l3 cat, l4 cat"),
    ] {
        let mut world = in_turn();
        world.rules.passes[0].catch_up = catch_up;
        world.history = world.deal().history_after;
        world.batch.reps.list[2].active = false;
        for _ in 0..3 {
            world.history = world.deal().history_after;
        }
        world.batch.reps.list[2].active = true;
        check(&world, expected);
    }
}

#[test]
fn a_rep_without_share_gets_no_turn() {
    let world = in_turn().with(|world| world.batch.reps.list[0].weight = Weight(0));
    check(&world, "l1 cat, l2 bob, l3 cat, l4 bob");
}

#[test]
fn a_pin_is_a_turn_taken() {
    let world = in_turn().with(|world| world.pin("l4", "ann"));
    check(&world, "l1 ann, l2 bob, l3 cat, l4 ann");
}

#[test]
fn every_group_has_its_own_rotation() {
    let world = in_turn().with(|world| {
        let pass = &mut world.rules.passes[0];
        pass.groups = vec![0, 1, 0, 1];
        pass.group_names = vec!["east".into(), "west".into()];
    });
    let allocation = check(&world, "l1 bob, l2 ann, l3 ann, l4 bob");
    assert_eq!(allocation.history_after.clocks.len(), 2);
}

#[test]
fn a_rotation_respects_rules_room_and_least_score() {
    let world = World::new(
        "     ann/1  bob  cat
         l1 0  50     -    10
         l2 0  50     -    10
         l3 0  50     50   10",
    )
    .with(|world| {
        world.rules.passes[0].method = Method::RoundRobin;
        world.rules.passes[0].min_score = Some(Points(200_000));
    });
    check(&world, "l1 ann, l2 no_room, l3 bob");
}

#[test]
fn the_least_loaded_is_the_one_with_the_smallest_share_of_the_ceiling() {
    let world = World::new(
        "     ann/10  bob/20
         l1 0  50      50
         l2 0  50      50
         l3 0  50      50",
    )
    .with(|world| {
        world.rules.passes[0].method = Method::LeastLoaded;
        world.batch.reps.list[0].open = 5;
        world.batch.reps.list[1].open = 9;
    });
    check(&world, "l1 bob, l2 ann, l3 bob");
}

/// Two teams: ann and bob are East, cat is West.
fn teams() -> World {
    World::new(
        "     ann/1  bob/1  cat/2
         l1 0  90     80     70
         l2 0  60     85     70
         l3 0  -      -      10",
    )
    .with(|world| {
        for (rep, team) in world.batch.reps.list.iter_mut().zip(["East", "East", "West"]) {
            rep.team = team.to_owned();
        }
        world.rules.passes[0].method = Method::Shotgun;
    })
}

#[test]
fn a_lead_stays_with_its_team_when_no_later_pass_deals_it() {
    let allocation = check(&teams(), "l1 team East, l2 team East, l3 team West");
    assert_eq!(allocation.passes[0].dealt, 3);
    let firsts: Vec<u32> = allocation.passes[0]
        .proof
        .as_ref()
        .unwrap()
        .prices
        .iter()
        .map(|(rep, _)| rep.0)
        .collect();
    assert_eq!(firsts, [0, 2]);
}

#[test]
fn later_passes_deal_a_lead_within_its_team() {
    let world = teams().with(|world| {
        world.batch.reps.list[1].max_open = crate::model::Ceiling::At(0);
        world.and_pass("within the team", Method::Optimal).min_score = Some(Points(200_000));
    });
    // East has one place in all: l1 is worth 20 points more there than in the West, l2 but 15.
    check(&world, "l1 ann, l2 cat, l3 team West");
}

#[test]
fn a_team_is_bounded_by_the_room_of_its_members() {
    let world = teams().with(|world| world.batch.reps.list[2].max_open = crate::model::Ceiling::At(0));
    check(&world, "l1 team East, l2 team East, l3 no_room");
}

#[test]
fn offers_go_to_the_best_with_room_and_use_none() {
    let world = teams().with(|world| {
        world.rules.passes[0].offer = Some(2);
        world.batch.reps.list[0].open = 1;
        world.and_pass("the rest", Method::Optimal);
    });
    let allocation = check(&world, "l1 offered, l2 offered, l3 offered");
    let offers: Vec<(u32, u32, u32)> = allocation
        .offers
        .iter()
        .map(|offer| (offer.lead.0, offer.rank, offer.rep.0))
        .collect();
    assert_eq!(offers, [(0, 1, 1), (0, 2, 2), (1, 1, 1), (1, 2, 2), (2, 1, 2)]);
}
