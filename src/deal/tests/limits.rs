//! Limits over passes and pins, in every method that deals one lead after another.

use crate::deal::testing::{Row, World, check};
use crate::model::{Allocation, Already, Held, LeadIndex, NotDealt, Outcome, Period, RepIndex};
use crate::rules::{Limit, Method};
use proptest::prelude::*;

const THREE: &str = "
          ann/9  bob/9
    l1 0  90     80
    l2 0  85     20
    l3 0  70     60";

fn by(method: Method, table: &str) -> World {
    World::new(table).with(|world| world.rules.passes[0].method = method)
}

fn reason(allocation: &Allocation, lead: usize) -> NotDealt {
    match &allocation.outcomes[lead] {
        Outcome::Assigned(deal) => panic!("dealt: {deal:?}"),
        Outcome::Unassigned { reason, .. } => reason.clone(),
    }
}

#[test]
fn a_rep_gets_no_more_than_the_limit_lets_it() {
    let world = by(Method::RoundRobin, THREE)
        .with(|world| world.limit("one", &[&["ann"], &["bob"]], (Some(1), 0), None));
    let allocation = check(&world, "l1 ann, l2 bob, l3 limit_reached");
    let held = Held::Group {
        per: "region".into(),
        name: "ann".into(),
    };
    let expected = NotDealt::LimitReached {
        limit: "one".into(),
        held: Some(held),
        already: None,
    };
    assert_eq!(
        reason(&allocation, 2),
        expected,
        "ann scores highest of those who have room"
    );
}

#[test]
fn reps_of_a_group_share_a_limit_and_other_leads_do_not_count() {
    let only = [true, false, true];
    let world = by(Method::LeastLoaded, THREE)
        .with(|world| world.limit("one", &[&["ann", "bob"]], (Some(1), 0), Some(&only)));
    check(&world, "l1 ann, l2 bob, l3 limit_reached");
}

#[test]
fn passes_and_pins_count_together_and_a_pin_that_breaks_a_limit_is_kept_and_named() {
    let world = by(Method::RoundRobin, THREE).with(|world| {
        world.limit("two", &[&["ann", "bob"]], (Some(2), 0), None);
        world.rules.passes[0].leads = vec![true, false, false];
        world.and_pass("rest", Method::TopProducer);
        world.pin("l3", "bob");
    });
    check(&world, "l1 ann, l2 limit_reached, l3 bob");
    let world = world.with(|world| {
        for lead in ["l1", "l2"] {
            world.pin(lead, "ann");
        }
    });
    let allocation = check(&world, "l1 ann, l2 ann, l3 bob");
    let broken: Vec<&[String]> = allocation.bent.iter().map(|bent| bent.2.as_slice()).collect();
    assert_eq!(broken, [["two"]]);
    assert_eq!(
        (allocation.limits[0].dealt, allocation.limits[0].max),
        (3, Some(2))
    );
}

#[test]
fn a_full_rep_is_no_room_whatever_its_limit() {
    let world = by(
        Method::RoundRobin,
        "     ann/1
         l1 0 90
         l2 0 80",
    )
    .with(|world| world.limit("one", &[&["ann"]], (Some(1), 0), None));
    check(&world, "l1 ann, l2 no_room");
}

#[test]
fn the_fallback_stands_outside() {
    let world = by(Method::RoundRobin, THREE).with(|world| {
        world.limit("none", &[&["ann", "bob"]], (Some(0), 2), None);
        world.rules.fallback = Some(world.rep("bob"));
    });
    let allocation = check(&world, "l1 bob, l2 bob, l3 bob");
    assert_eq!((allocation.limits[0].dealt, allocation.limits[0].min), (0, 2));
}

#[test]
fn nobody_is_offered_a_lead_beyond_a_limit() {
    let world = by(Method::Shotgun, THREE).with(|world| {
        world.rules.passes[0].offer = Some(2);
        world.limit("none", &[&["ann"]], (Some(0), 0), Some(&[true, false, false]));
    });
    let allocation = world.deal();
    let offers: Vec<u32> = allocation.offers.iter().map(|offer| offer.lead.0).collect();
    assert_eq!(offers, [0, 1, 1, 2, 2]);
}

proptest! {
    #[test]
    fn no_method_exceeds_a_limit_or_leaves_a_lead_that_fits(
        points in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0..90i32), 3), 1..12),
        caps in prop::collection::vec((0u32..4, prop::collection::vec(any::<bool>(), 12), 0usize..3), 1..4),
        method in prop::sample::select(&[Method::RoundRobin, Method::LeastLoaded, Method::TopProducer][..]),
    ) {
        let row = |(at, row): (usize, &Vec<Option<i32>>)| {
            let cells = row.iter().map(|points| points.map_or("-".to_owned(), |points| points.to_string()));
            format!("l{at:02} 0 {}", cells.collect::<Vec<_>>().join(" "))
        };
        let rows: Vec<String> = points.iter().enumerate().map(row).collect();
        let groupings: [&[&[&str]]; 3] = [&[&["a"], &["b"], &["c"]], &[&["a", "b"], &["c"]], &[&["a", "b", "c"]]];
        let world = by(method, &format!("a/6 b/6 c\n{}", rows.join("\n"))).with(|world| {
            for (max, holds, grouping) in &caps {
                world.limit("cap", groupings[*grouping], (Some(*max), 0), Some(&holds[..points.len()]));
            }
            world.and_pass("rest", Method::LeastLoaded);
        });
        let allocation = world.deal();
        let count = |limit: &crate::rules::Limit, group: usize| {
            let counts = |(lead, outcome): &(usize, &Outcome)| {
                let Outcome::Assigned(deal) = outcome else { return false };
                limit.leads.as_ref().unwrap()[*lead] && deal.rep.is_some_and(|rep| limit.group_of(rep) == Some(group))
            };
            allocation.outcomes.iter().enumerate().filter(counts).count()
        };
        for limit in &world.rules.limits {
            for (at, group) in limit.groups.iter().enumerate() {
                prop_assert!(count(limit, at) <= group.max.unwrap() as usize);
            }
        }
        for (lead, outcome) in allocation.outcomes.iter().enumerate() {
            let blocked = world.rules.limits.iter().any(|limit| {
                let group = limit.group_of(RepIndex(2)).unwrap();
                limit.leads.as_ref().unwrap()[lead] && count(limit, group) == limit.groups[group].max.unwrap() as usize
            });
            let left = matches!(outcome, Outcome::Unassigned { .. });
            prop_assert!(!left || points[lead][2].is_none() || blocked, "c has no ceiling");
        }
    }
}

/// The reps' own rooms by the deals so far, and whether any limit is exceeded.
fn is_legal(world: &World, holders: &[Option<usize>]) -> bool {
    let reps = &world.batch.reps.list;
    let count = |of: &dyn Fn(usize, usize) -> bool| {
        let held = holders.iter().enumerate();
        held.filter(|(lead, holder)| holder.is_some_and(|rep| of(*lead, rep)))
            .count()
    };
    let roomy = (0..reps.len()).all(|rep| count(&|_, holder| holder == rep) <= reps[rep].room() as usize);
    let kept = |limit: &Limit| {
        limit.groups.iter().enumerate().all(|(at, group)| {
            let counts = |lead: usize, rep: usize| {
                limit.holds(LeadIndex::new(lead)) && limit.group_of(RepIndex::new(rep)) == Some(at)
            };
            group.max.is_none_or(|max| count(&counts) <= max as usize)
        })
    };
    roomy && world.rules.limits.iter().all(kept)
}

/// Leads by tier, leads towards minimums, points: of a deal.
fn value(world: &World, rows: &[Row], holders: &[Option<usize>]) -> (Vec<u64>, u64, i64) {
    let (mut tiers, mut points) = (vec![0; 3], 0);
    for (row, holder) in rows.iter().zip(holders) {
        if let Some(rep) = holder {
            tiers[usize::from(row.tier)] += 1;
            points += i64::from(row.points[*rep].unwrap_or(0)) * 10_000;
        }
    }
    let mut minimums = 0;
    for limit in &world.rules.limits {
        for (at, group) in limit.groups.iter().enumerate() {
            let counts = holders.iter().enumerate().filter(|(lead, holder)| {
                let of_group = holder.is_some_and(|rep| limit.group_of(RepIndex::new(rep)) == Some(at));
                of_group && limit.holds(LeadIndex::new(*lead))
            });
            minimums += counts.count().min(group.min as usize) as u64;
        }
    }
    (tiers, minimums, points)
}

fn best(world: &World, rows: &[Row]) -> (Vec<u64>, u64, i64) {
    let mut deals: Vec<Vec<Option<usize>>> = vec![Vec::new()];
    for row in rows {
        let places: Vec<Option<usize>> = (0..row.points.len())
            .filter(|&rep| row.points[rep].is_some())
            .map(Some)
            .chain([None])
            .collect();
        let with = |deal: &Vec<Option<usize>>| -> Vec<Vec<Option<usize>>> {
            let longer = places.iter().map(|&place| [deal.as_slice(), &[place]].concat());
            longer.filter(|deal| is_legal(world, deal)).collect()
        };
        deals = deals.iter().flat_map(with).collect();
    }
    let values = deals.iter().map(|deal| value(world, rows, deal));
    values.max().expect("leaving all out is legal")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn an_optimal_pass_is_the_best_within_limits_that_nest_and_keeps_those_that_cross(
        rows in prop::collection::vec((0u8..3, prop::collection::vec(prop::option::weighted(0.8, 0..5i32), 3)), 0..6),
        rooms in prop::collection::vec(0u32..4, 3),
        caps in prop::collection::vec(
            (prop::option::weighted(0.8, 0u32..3), 0u32..3, prop::collection::vec(any::<bool>(), 6), 0usize..3),
            1..4,
        ),
    ) {
        let row = |(at, (tier, points)): (usize, (u8, Vec<Option<i32>>))| Row { id: format!("l{at}"), tier, points };
        let rows: Vec<Row> = rows.into_iter().enumerate().map(row).collect();
        let reps = World::new(&format!("a/{} b/{} c/{}", rooms[0], rooms[1], rooms[2])).batch.reps.list;
        let groupings: [&[&[&str]]; 3] = [&[&["a"], &["b"], &["c"]], &[&["a", "b"], &["c"]], &[&["a", "b", "c"]]];
        let world = World::of(&rows, reps).with(|world| {
            for (at, (max, min, holds, grouping)) in caps.iter().enumerate() {
                let min = max.map_or(*min, |max| (*min).min(max));
                let holds = &holds[..rows.len()];
                world.limit(&format!("cap {at}"), groupings[*grouping], (*max, min), Some(holds));
            }
        });
        let allocation = world.deal();
        let holder = |outcome: &Outcome| match outcome {
            Outcome::Assigned(deal) => deal.rep.map(RepIndex::at),
            Outcome::Unassigned { .. } => None,
        };
        let holders: Vec<Option<usize>> = allocation.outcomes.iter().map(holder).collect();
        prop_assert!(is_legal(&world, &holders), "{:?}", holders);
        let proof = allocation.passes[0].proof.as_ref().unwrap();
        let limits = proof.limits.as_ref().unwrap();
        let (found, best) = (value(&world, &rows, &holders), best(&world, &rows));
        let bound = (proof.bound.assigned.clone(), limits.minimums_bound, proof.bound.points);
        let told = |value: &(Vec<u64>, u64, i64)| (value.0.clone(), i64::try_from(value.1).unwrap(), i128::from(value.2));
        prop_assert!(found <= best);
        if allocation.notes.iter().all(|note| !note.text.contains("crosses")) {
            prop_assert_eq!(&found, &best);
            prop_assert_eq!(proof.gap, None);
            prop_assert_eq!(told(&best), bound);
        } else {
            let leads = |value: &(Vec<u64>, u64, i64)| value.0.clone();
            prop_assert!(leads(&best) <= bound.0);
        }
    }
}

/// A limit on each of two reps that counts three of ann's leads and one of bob's already.
fn of_this_week(table: &str, (max, min): (Option<u32>, u32)) -> World {
    World::new(table).with(|world| {
        world.limit("weekly", &[&["ann"], &["bob"]], (max, min), None);
        world.rules.limits[0].period = Period::Week;
        for (rep, leads) in [("ann", 3), ("bob", 1), ("gone", 9)] {
            let key = ("weekly".to_owned(), rep.to_owned());
            world.history.counted.insert(key, leads);
        }
    })
}

const FOUR: &str = "
          ann  bob
    l1 0  90   80
    l2 0  90   80
    l3 0  90   80
    l4 0  90   80";

#[test]
fn a_limit_of_a_week_goes_on_where_the_nights_before_ended() {
    for method in [Method::Optimal, Method::RoundRobin, Method::LeastLoaded] {
        let mut world = of_this_week(FOUR, (Some(4), 0));
        world.rules.passes[0].method = method;
        let allocation = world.deal();
        let told = world.told(&allocation);
        assert_eq!(
            (told.matches("ann").count(), told.matches("bob").count()),
            (1, 3),
            "{told}"
        );
        let reports: Vec<(u64, u64)> = allocation.limits.iter().map(|of| (of.dealt, of.before)).collect();
        assert_eq!(reports, [(1, 3), (3, 1)], "{}", method.name());
    }
    let world = of_this_week(FOUR, (Some(2), 0));
    let allocation = check(
        &world,
        "l1 bob, l2 limit_reached, l3 limit_reached, l4 limit_reached",
    );
    let NotDealt::LimitReached { already, .. } = reason(&allocation, 1) else {
        panic!("a limit was reached");
    };
    let (leads, period) = (3, Period::Week);
    assert_eq!(already, Some(Already { leads, period }), "ann scores highest");
}

#[test]
fn a_limit_of_a_run_counts_nothing_before_it() {
    let mut world = of_this_week(FOUR, (Some(2), 0));
    world.rules.limits[0].period = Period::Run;
    let told = world.told(&world.deal());
    assert_eq!(
        (told.matches("ann").count(), told.matches("bob").count()),
        (2, 2),
        "{told}"
    );
}

#[test]
fn a_minimum_of_a_week_asks_only_for_what_is_missing() {
    check(&of_this_week(FOUR, (None, 3)), "l1 ann, l2 ann, l3 bob, l4 bob");
}

#[test]
fn a_pin_beyond_the_limit_of_a_week_or_the_new_leads_of_a_day_is_named() {
    let mut world = of_this_week(FOUR, (Some(3), 0));
    let ann = &mut world.batch.reps.list[0];
    (ann.max_new, ann.new_today) = (Some(5), 5);
    world.pin("l1", "ann");
    let allocation = check(&world, "l1 ann, l2 bob, l3 bob, l4 limit_reached");
    assert_eq!(allocation.bent[0].2, ["max_new", "weekly"]);
}

#[test]
fn the_new_leads_of_a_day_leave_room_for_the_rest_of_it() {
    let mut world = World::new(FOUR);
    for (rep, today) in world.batch.reps.list.iter_mut().zip([3, 9]) {
        (rep.max_new, rep.new_today) = (Some(5), today);
    }
    check(&world, "l1 ann, l2 ann, l3 no_room, l4 no_room");
}
