//! What holds for every batch.

use crate::deal::testing::{Row, World};
use crate::model::{Allocation, Ceiling, Outcome, Points, Weight};
use crate::rules::Method;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Rows of points from few values, so that classes and ties are common; reps by room.
fn worlds() -> impl Strategy<Value = (Vec<Row>, Vec<u32>, i64)> {
    let reps = 1usize..5;
    reps.prop_flat_map(|reps| {
        let points = prop_oneof![1 => Just(None), 4 => (0i32..4).prop_map(|step| Some(step * 25))];
        let row = (0u8..3, prop::collection::vec(points, reps));
        let rows = prop::collection::vec(row, 0..14).prop_map(|rows| {
            let row = |(at, (tier, points))| Row {
                id: format!("l{at}"),
                tier,
                points,
            };
            rows.into_iter().enumerate().map(row).collect()
        });
        (rows, prop::collection::vec(0u32..5, reps), 0i64..3)
    })
}

fn world((rows, rooms, strength): &(Vec<Row>, Vec<u32>, i64), method: Method) -> World {
    let names: Vec<String> = (0..rooms.len()).map(|rep| format!("r{rep}")).collect();
    let mut world = World::of(rows, World::new(&names.join(" ")).batch.reps.list);
    for (rep, &room) in world.batch.reps.list.iter_mut().zip(rooms) {
        rep.max_open = if room == 4 {
            Ceiling::Unlimited
        } else {
            Ceiling::At(room)
        };
        rep.team = format!("team {}", rep.id.len() + room as usize % 2);
    }
    world.rules.balance.strength = Points(strength * 100_000);
    world.rules.passes[0].method = method;
    world
}

fn by_id(world: &World, allocation: &Allocation) -> BTreeMap<String, String> {
    world
        .told(allocation)
        .split(", ")
        .filter_map(|told| told.split_once(' '))
        .map(|(lead, what)| (lead.to_owned(), what.to_owned()))
        .collect()
}

/// The value of an allocation of one pass, level by level: leads by tier, then points less balance cost.
fn value(world: &World, allocation: &Allocation) -> (Vec<u64>, i64) {
    let (mut tiers, mut points) = (vec![0; 3], 0);
    let mut open = vec![0i64; world.batch.reps.list.len()];
    let shares = crate::problem::Shares::new(&world.batch, &world.rules);
    for (outcome, tier) in allocation.outcomes.iter().zip(&allocation.tiers) {
        if let Outcome::Assigned(deal) = outcome {
            let rep = deal.rep.unwrap();
            let slope = shares.balance(shares.ceiling(&world.batch.reps.list[rep.at()]), 0);
            open[rep.at()] += 1;
            let cost = slope.numerator * (2 * open[rep.at()] - 1) / slope.denominator;
            tiers[tier.at()] += 1;
            points += deal.score.0 - cost;
        }
    }
    (tiers, points)
}

const METHODS: [Method; 5] = [
    Method::Optimal,
    Method::RoundRobin,
    Method::LeastLoaded,
    Method::TopProducer,
    Method::Shotgun,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_deal_is_legal(table in worlds(), method in prop::sample::select(&METHODS[..]), max_share in 0u32..3) {
        let mut world = world(&table, method);
        world.rules.balance.max_share = (max_share > 0).then_some(Weight(max_share * 700));
        if method == Method::Shotgun {
            world.and_pass("within the team", Method::Optimal);
        }
        let allocation = world.deal();
        prop_assert_eq!(allocation.outcomes.len(), table.0.len());
        let mut taken = vec![0u32; table.1.len()];
        for (lead, outcome) in allocation.outcomes.iter().enumerate() {
            match outcome {
                Outcome::Assigned(deal) => {
                    let Some(rep) = deal.rep else { continue };
                    taken[rep.at()] += 1;
                    let points = table.0[lead].points[rep.at()];
                    prop_assert_eq!(points.map(|points| i64::from(points) * 10_000), Some(deal.score.0));
                }
                Outcome::Unassigned { nearest, .. } => prop_assert!(nearest.is_some()),
            }
        }
        for (rep, taken) in world.batch.reps.list.iter().zip(taken) {
            prop_assert!(taken <= rep.room());
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_optimal_deal(table in worlds(), turn in 0usize..14, back in any::<bool>()) {
        let straight = world(&table, Method::Optimal);
        let mut table = table;
        let leads = table.0.len().max(1);
        if !table.0.is_empty() {
            table.0.rotate_left(turn % leads);
        }
        if back {
            table.0.reverse();
        }
        let mut turned = world(&table, Method::Optimal);
        let reps = turned.batch.reps.list.len();
        turned.batch.reps.list.reverse();
        for row in &mut table.0 {
            row.points.reverse();
        }
        let mut turned = World::of(&table.0, std::mem::take(&mut turned.batch.reps.list));
        turned.rules.balance = straight.rules.balance;
        prop_assert_eq!(turned.batch.reps.list.len(), reps);
        let (one, other) = (straight.deal(), turned.deal());
        prop_assert_eq!(by_id(&straight, &one), by_id(&turned, &other));
    }

    #[test]
    fn threads_change_nothing(table in worlds()) {
        let world = world(&table, Method::Optimal);
        let two = crate::deal::deal_with_threads(&world.batch, &world.rules, &world.history, 2, &|_| {});
        prop_assert_eq!(world.deal(), two);
    }

    #[test]
    fn nothing_beats_the_optimal_pass(table in worlds(), method in prop::sample::select(&METHODS[1..4])) {
        let (best, other) = (world(&table, Method::Optimal), world(&table, method));
        let allocation = best.deal();
        let proof = allocation.passes[0].proof.clone().unwrap();
        let found = value(&best, &allocation);
        prop_assert!(found >= value(&other, &other.deal()));
        prop_assert_eq!(proof.gap, None);
        prop_assert_eq!(found.0, proof.objective.assigned);
        prop_assert_eq!(i128::from(found.1), proof.objective.points - proof.objective.balance);
    }
}
