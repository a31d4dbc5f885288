//! Why this rep, why not dealt, who came nearest.

use crate::deal::testing::{World, check};
use crate::model::{
    Allocation, Deal, NotDealt, Outcome, PassIndex, Points, Potential, RepIndex, TierIndex, Why,
};
use crate::rules::Method;

fn dealt(allocation: &Allocation, lead: usize) -> &Deal {
    match &allocation.outcomes[lead] {
        Outcome::Assigned(deal) => deal,
        Outcome::Unassigned { reason, .. } => panic!("not dealt: {reason:?}"),
    }
}

fn undealt(allocation: &Allocation, lead: usize) -> (&NotDealt, Option<RepIndex>) {
    match &allocation.outcomes[lead] {
        Outcome::Assigned(deal) => panic!("dealt: {deal:?}"),
        Outcome::Unassigned { reason, nearest } => (reason, *nearest),
    }
}

#[test]
fn a_full_rep_who_scores_higher_is_named_with_the_price() {
    let allocation = World::new(
        "     ann/1  bob/1
         l1 0  90     80
         l2 0  85     20",
    )
    .deal();
    // One more place of ann would let l1 in and free a place of bob: 90 instead of 80.
    let price = Potential {
        tier: None,
        points: Points(100_000),
        fairness: 0,
    };
    let deal = dealt(&allocation, 0);
    assert!(
        matches!(deal.why, Why::HigherFull { dearest: RepIndex(0), price: Potential { points, .. } } if points == price.points)
    );
    assert_eq!(deal.runner_up, Some((RepIndex(0), Points(900_000))));
    assert_eq!(deal.parts, [Some(Points(800_000))]);
    assert_eq!(dealt(&allocation, 1).why, Why::HighestScore);
    assert_eq!(allocation.prices[0].points, price.points);
}

#[test]
fn balance_names_both_loads() {
    let allocation = World::new(
        "     ann/10  bob/10
         l1 0  90      88",
    )
    .with(|world| {
        world.rules.balance.strength = Points(100_000);
        world.batch.reps.list[0].open = 5;
    })
    .deal();
    let why = Why::Balance {
        other: RepIndex(0),
        loads: (1, 5),
    };
    assert_eq!(dealt(&allocation, 0).why, why);
}

#[test]
fn the_only_eligible_rep_is_said_to_be_so_in_every_method() {
    for method in [Method::Optimal, Method::RoundRobin, Method::LeastLoaded] {
        let world = World::new(
            "     ann  bob
             l1 0  90   -",
        )
        .with(|world| world.rules.passes[0].method = method);
        let allocation = check(&world, "l1 ann");
        let deal = dealt(&allocation, 0);
        assert_eq!((&deal.why, deal.runner_up), (&Why::OnlyEligible, None));
    }
}

/// By how much a lead lost the place that it missed by least.
fn check_lost(allocation: &Allocation, lead: usize, tier: Option<TierIndex>, points: i64) {
    let (reason, nearest) = undealt(allocation, lead);
    let NotDealt::NoRoom { rep, lost_by } = reason else {
        panic!("{reason:?}");
    };
    let lost = lost_by.expect("an optimal pass has prices");
    assert_eq!((lost.tier, lost.points), (tier, Points(points)));
    assert_eq!(nearest, Some(*rep));
}

#[test]
fn a_lead_without_room_lost_by_points_or_to_a_better_tier() {
    let allocation = check(
        &World::new(
            "     ann/1  bob/1
             l1 0  90     -
             l2 0  70     -
             l3 0  40     -
             l4 1  -      99
             l5 1  -      98
             l6 2  -      99
             l7 2  97     -",
        ),
        "l1 ann, l2 no_room, l3 no_room, l4 bob, l5 no_room, l6 no_room, l7 no_room",
    );
    check_lost(&allocation, 1, None, 200_000);
    check_lost(&allocation, 2, None, 500_000);
    check_lost(&allocation, 4, None, 10_000);
    check_lost(&allocation, 5, Some(TierIndex(1)), 0);
    check_lost(&allocation, 6, Some(TierIndex(0)), -70_000);
}

#[test]
fn a_lead_lost_by_what_moving_others_on_for_it_would_lose() {
    let allocation = check(
        &World::new(
            "     ann/1  bob/1
             l1 0  90     85
             l2 0  -      80
             l3 0  84     -",
        ),
        "l1 ann, l2 bob, l3 no_room",
    );
    check_lost(&allocation, 2, None, 10_000);
}

#[test]
fn where_nobody_had_room_at_all_the_best_scoring_rep_is_named() {
    let allocation = check(
        &World::new(
            "     ann/0  bob/0
             l1 0  70     90",
        ),
        "l1 no_room",
    );
    let expected = NotDealt::NoRoom {
        rep: RepIndex(1),
        lost_by: None,
    };
    assert_eq!(undealt(&allocation, 0), (&expected, Some(RepIndex(1))));
}

#[test]
fn below_the_least_score_names_the_pass_and_the_best() {
    let allocation = World::new(
        "     ann  bob
         l1 0  15   18",
    )
    .with(|world| world.rules.passes[0].min_score = Some(Points(200_000)))
    .deal();
    let expected = NotDealt::BelowMinScore {
        pass: PassIndex(0),
        best: Points(180_000),
    };
    assert_eq!(undealt(&allocation, 0), (&expected, Some(RepIndex(1))));
}

#[test]
fn who_blocks_is_counted_by_rule() {
    let allocation = World::new(
        "     ann  bob  cat
         l1 0  -    -    50",
    )
    .with(|world| {
        world.rules.passes[0].reps[2] = false;
        world.batch.reps.list[0].active = false;
    })
    .deal();
    let expected = NotDealt::NoEligibleRep {
        blocked: vec![("pass reps".into(), 1), ("territory".into(), 1)],
    };
    assert_eq!(undealt(&allocation, 0), (&expected, Some(RepIndex(2))));
}

#[test]
fn nobody_active_is_a_reason_of_its_own() {
    let allocation = World::new(
        "     ann  bob
         l1 0  50   50",
    )
    .with(|world| {
        world
            .batch
            .reps
            .list
            .iter_mut()
            .for_each(|rep| rep.active = false);
    })
    .deal();
    let expected = NotDealt::NoEligibleRep {
        blocked: vec![("active".into(), 2)],
    };
    assert_eq!(undealt(&allocation, 0), (&expected, None));
}

#[test]
fn a_barred_lead_has_its_reason_and_nobody_near() {
    let owned = NotDealt::AlreadyOwned {
        owner: "Eve".into(),
        of_account: false,
    };
    let allocation = World::new(
        "     ann
         l1 0  50",
    )
    .with(|world| world.rules.barred[0] = Some(owned.clone()))
    .deal();
    assert_eq!(undealt(&allocation, 0), (&owned, None));
}

#[test]
fn a_worse_tier_that_took_the_room_of_a_better_one_is_counted() {
    let table = "
              ann/1
        l1 0  90
        l2 1  50";
    let world = World::new(table).with(|world| world.rules.passes[0].leads[0] = false);
    let allocation = check(&world, "l1 no_pass, l2 ann");
    assert_eq!(allocation.passes[0].overtaken, 1);
    let world = World::new(table).with(|world| {
        world.rules.passes[0].leads[0] = false;
        world.batch.reps.list[0].max_open = crate::model::Ceiling::At(2);
    });
    let allocation = check(&world, "l1 no_pass, l2 ann");
    assert_eq!(allocation.passes[0].overtaken, 0, "there was room left");
}

#[test]
fn numbers_beyond_all_measure_are_dealt_without_the_finer_levels() {
    let allocation = World::new(
        "     ann  bob
         l1 0  50   60",
    )
    .with(|world| world.rules.balance.strength = Points(i64::MAX))
    .with(|world| world.batch.reps.list[0].open = 9)
    .deal();
    assert_eq!(dealt(&allocation, 0).rep, Some(RepIndex(1)));
}
