//! Leads of one unit: with one rep or with nobody, in every method.

use crate::deal::testing::{Row, World, check};
use crate::deal::{Edit, edit};
use crate::model::{
    Allocation, Ceiling, Gathered, LeadIndex, NotDealt, Outcome, Points, RepIndex, UnitIndex, Whole, Why,
};
use crate::rules::Method;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Puts leads into units by name: one word each, `-` for none.
fn with_units(world: World, units: &str) -> World {
    world.with(|world| {
        let leads = &mut world.batch.leads;
        for word in units.split_whitespace() {
            let unit = (word != "-").then(|| {
                let known = leads.units.iter().position(|known| known == word);
                UnitIndex::new(known.unwrap_or_else(|| {
                    leads.units.push(word.to_owned());
                    leads.units.len() - 1
                }))
            });
            leads.unit_of.push(unit);
        }
    })
}

fn reason(allocation: &Allocation, lead: usize) -> &NotDealt {
    match &allocation.outcomes[lead] {
        Outcome::Unassigned { reason, .. } => reason,
        Outcome::Assigned(deal) => panic!("dealt: {deal:?}"),
    }
}

fn why(allocation: &Allocation, lead: usize) -> (u32, Whole) {
    match &allocation.outcomes[lead] {
        Outcome::Assigned(deal) => match deal.why {
            Why::Together(Gathered { others, why, .. }) => (others, why),
            ref other => panic!("{other:?}"),
        },
        Outcome::Unassigned { reason, .. } => panic!("{reason:?}"),
    }
}

const TABLE: &str = "ann/3  bob/2  cat/2
     l1 0   90     80     70
     l2 0   90     80     70
     l3 0   10     80     70
     l4 0   95     20     10";

#[test]
fn leads_of_a_unit_go_to_the_one_rep_who_has_room_for_all() {
    let allocation = check(
        &with_units(World::new(TABLE), "a a a -"),
        "l1 ann, l2 ann, l3 ann, l4 bob",
    );
    let other = RepIndex(1);
    assert_eq!(why(&allocation, 2), (2, Whole::HigherFull { other }));
    assert!(
        allocation.passes[0]
            .proof
            .as_ref()
            .is_some_and(|proof| proof.gap.is_some())
    );
}

#[test]
fn where_no_unit_parts_the_deal_is_proven() {
    let roomy = TABLE.replace("/2", "/4");
    let allocation = check(
        &with_units(World::new(&roomy), "a a a -"),
        "l1 bob, l2 bob, l3 bob, l4 ann",
    );
    assert_eq!(why(&allocation, 0), (2, Whole::HighestScore));
    assert_eq!(
        allocation.passes[0].proof.as_ref().and_then(|proof| proof.gap),
        None
    );
}

#[test]
fn a_unit_larger_than_any_room_is_left_out_with_its_reason() {
    let allocation = check(
        &with_units(World::new(TABLE), "a a a a"),
        "l1 no_room, l2 no_room, l3 no_room, l4 no_room",
    );
    let expected = NotDealt::NoRoomForAll {
        rep: RepIndex(0),
        unit: UnitIndex(0),
        leads: 4,
    };
    assert_eq!(reason(&allocation, 3), &expected);
}

#[test]
fn a_unit_that_nobody_may_take_whole_names_the_setting() {
    let world = World::new("ann bob\n l1 0 50 -\n l2 0 - 50");
    let allocation = check(
        &with_units(world, "a a"),
        "l1 no_eligible_rep, l2 no_eligible_rep",
    );
    let blocked = [("together", 1), ("territory", 1)].map(|(rule, reps)| (rule.to_owned(), reps));
    let expected = NotDealt::NoEligibleRep {
        blocked: blocked.to_vec(),
    };
    assert_eq!(reason(&allocation, 0), &expected);
}

#[test]
fn a_pin_holds_the_rest_of_its_unit() {
    let world = with_units(World::new(TABLE), "a a a -").with(|world| world.pin("l1", "cat"));
    let allocation = check(&world, "l1 cat, l2 no_room, l3 no_room, l4 ann");
    assert!(matches!(
        reason(&allocation, 1),
        NotDealt::NoRoomForAll { leads: 2, .. }
    ));
    let roomy = TABLE.replace("/2", "/4");
    let world = with_units(World::new(&roomy), "a a a -").with(|world| world.pin("l1", "cat"));
    let allocation = check(&world, "l1 cat, l2 cat, l3 cat, l4 ann");
    assert_eq!(why(&allocation, 1), (1, Whole::Before));
}

#[test]
fn a_later_pass_deals_the_rest_of_a_unit_to_the_same_rep() {
    let world = with_units(World::new(&TABLE.replace("/2", "/4")), "a a a -").with(|world| {
        world.rules.passes[0].leads = vec![false, false, true, false];
        world.and_pass("rest", Method::LeastLoaded);
    });
    let allocation = check(&world, "l1 bob, l2 bob, l3 bob, l4 ann");
    assert_eq!(why(&allocation, 0), (1, Whole::Before));
}

#[test]
fn pins_that_part_a_unit_are_named() {
    let world = with_units(World::new(TABLE), "a a - -").with(|world| {
        world.pin("l1", "ann");
        world.pin("l2", "bob");
    });
    let allocation = world.deal();
    let expected = (LeadIndex(1), world.rep("bob"), vec!["together".to_owned()]);
    assert_eq!(allocation.bent, [expected]);
}

#[test]
fn an_edit_that_parts_a_unit_is_named_and_one_that_moves_it_whole_is_not() {
    let world = with_units(World::new(&TABLE.replace("/2", "/4")), "a a - -");
    let to = |leads: &[usize], rep: &str| {
        let edit_of = |&lead: &usize| Edit {
            lead: LeadIndex::new(lead),
            rep: Some(world.rep(rep)),
        };
        let edits: Vec<Edit> = leads.iter().map(edit_of).collect();
        edit(&world.batch, &world.rules, world.deal(), &edits).broken
    };
    assert_eq!(world.told(&world.deal()), "l1 ann, l2 ann, l3 bob, l4 ann");
    assert_eq!(to(&[0], "cat"), [vec!["together".to_owned()]]);
    assert_eq!(to(&[0, 1], "cat"), [Vec::<String>::new(), Vec::new()]);
}

#[test]
fn a_unit_takes_as_many_turns_as_it_has_leads() {
    let world = "ann bob\n l1 0 50 50\n l2 0 50 50\n l3 0 50 50\n l4 0 50 50\n l5 0 50 50\n l6 0 50 50";
    for method in [Method::RoundRobin, Method::LeastLoaded] {
        let world =
            with_units(World::new(world), "- a a a - -").with(|world| world.rules.passes[0].method = method);
        let allocation = check(&world, "l1 ann, l2 bob, l3 bob, l4 bob, l5 ann, l6 ann");
        assert_eq!(why(&allocation, 1).0, 2);
    }
}

#[test]
fn a_unit_goes_to_one_team_and_then_to_one_of_its_reps() {
    let teams = |world: &mut World| {
        for (rep, team) in world.batch.reps.list.iter_mut().zip(["East", "East", "West"]) {
            rep.team = team.to_owned();
        }
        world.rules.passes[0].method = Method::Shotgun;
    };
    let world = with_units(World::new(TABLE), "a a a -").with(teams);
    let allocation = check(&world, "l1 team East, l2 team East, l3 team East, l4 team East");
    assert_eq!(why(&allocation, 0), (2, Whole::Team));
    let world = with_units(World::new(TABLE), "a a a -")
        .with(teams)
        .with(|world| {
            world.and_pass("within the team", Method::Optimal);
        });
    check(&world, "l1 ann, l2 ann, l3 ann, l4 bob");
}

#[test]
fn the_fallback_takes_a_unit_whole() {
    let world =
        with_units(World::new(TABLE), "a a a a").with(|world| world.rules.fallback = Some(world.rep("bob")));
    check(&world, "l1 bob, l2 bob, l3 bob, l4 bob");
}

#[test]
fn a_limit_counts_every_lead_of_a_unit() {
    let world = with_units(World::new(&TABLE.replace("/2", "/4")), "a a a -").with(|world| {
        world.limit("two each", &[&["ann"], &["bob"], &["cat"]], (Some(2), 0), None);
    });
    let allocation = check(
        &world,
        "l1 limit_reached, l2 limit_reached, l3 limit_reached, l4 ann",
    );
    assert!(matches!(reason(&allocation, 0), NotDealt::LimitReached { limit, .. } if limit == "two each"));
}

#[test]
fn offers_and_claims_are_lead_by_lead_and_it_is_said() {
    let world = with_units(World::new(TABLE), "a a a -").with(|world| {
        world.rules.passes[0].method = Method::SharkTank;
        world.claim("l1", "bob", None, None);
        world.and_pass("rest", Method::Optimal);
    });
    let allocation = check(&world, "l1 bob, l2 no_room, l3 no_room, l4 ann");
    assert!(
        allocation
            .notes
            .iter()
            .any(|note| note.text.contains("leads of one unit may part"))
    );
}

const METHODS: [Method; 5] = [
    Method::Optimal,
    Method::RoundRobin,
    Method::LeastLoaded,
    Method::TopProducer,
    Method::Shotgun,
];

type Table = (Vec<Row>, Vec<u32>, Vec<usize>);

fn tables() -> impl Strategy<Value = Table> {
    (1usize..5).prop_flat_map(|reps| {
        let points = prop_oneof![1 => Just(None), 8 => (0i32..4).prop_map(|step| Some(step * 25))];
        let row = (0u8..2, prop::collection::vec(points, reps));
        let rows = prop::collection::vec(row, 0..14).prop_map(|rows| {
            let row = |(at, (tier, points))| Row {
                id: format!("l{at:02}"),
                tier,
                points,
            };
            rows.into_iter().enumerate().map(row).collect()
        });
        let rooms = prop::collection::vec(0u32..8, reps);
        (rows, rooms, prop::collection::vec(0usize..6, 14))
    })
}

fn world((rows, rooms, units): &Table, methods: &[Method]) -> World {
    let names: Vec<String> = (0..rooms.len()).map(|rep| format!("r{rep}")).collect();
    let mut world = World::of(rows, World::new(&names.join(" ")).batch.reps.list);
    for (rep, &room) in world.batch.reps.list.iter_mut().zip(rooms) {
        rep.max_open = Ceiling::At(room);
        rep.team = ["East", "West"][rep.id.len() % 2 + room as usize % 2 % 2].to_owned();
    }
    world.rules.balance.strength = Points(50_000);
    world.rules.passes.clear();
    for (at, &method) in methods.iter().enumerate() {
        world.and_pass(&format!("pass {at}"), method);
    }
    // the unit goes by the id, wherever the row stands
    let of = |row: &Row| units[row.id[1..].parse::<usize>().expect("a number")];
    let words: Vec<String> = rows
        .iter()
        .map(of)
        .map(|unit| {
            if unit > 3 {
                "-".to_owned()
            } else {
                format!("u{unit}")
            }
        })
        .collect();
    with_units(world, &words.join(" "))
}

fn by_id(world: &World, allocation: &Allocation) -> BTreeMap<String, String> {
    let told = world.told(allocation);
    let told = told.split(", ").filter_map(|told| told.split_once(' '));
    told.map(|(lead, what)| (lead.to_owned(), what.to_owned()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn units_stay_whole_and_rooms_are_kept(table in tables(), first in 0usize..5, second in 0usize..4) {
        let world = world(&table, &[METHODS[first], METHODS[second]]);
        let allocation = world.deal();
        let mut taken = vec![0u32; table.1.len()];
        let mut of_unit: BTreeMap<UnitIndex, (Option<RepIndex>, bool)> = BTreeMap::new();
        for (lead, outcome) in allocation.outcomes.iter().enumerate() {
            let rep = match outcome {
                Outcome::Assigned(deal) => deal.rep,
                Outcome::Unassigned { .. } => None,
            };
            if let Some(rep) = rep {
                taken[rep.at()] += 1;
            }
            if let Some(unit) = world.batch.leads.unit_of[lead] {
                let known = of_unit.entry(unit).or_insert((rep, true));
                known.1 &= known.0 == rep;
            }
        }
        prop_assert!(of_unit.values().all(|(_, whole)| *whole), "{}", world.told(&allocation));
        prop_assert!(taken.iter().zip(&table.1).all(|(taken, room)| taken <= room));
        for lead in 0..allocation.outcomes.len() {
            if let Outcome::Unassigned { reason: NotDealt::NoRoomForAll { rep, leads, .. }, .. } = &allocation.outcomes[lead] {
                prop_assert!(table.1[rep.at()] - taken[rep.at()] < *leads);
            }
        }
    }

    #[test]
    fn the_order_of_rows_and_threads_change_no_deal_of_units(table in tables(), turn in 0usize..14, back in any::<bool>()) {
        let straight = world(&table, &[Method::Optimal]);
        let mut turned = table;
        if !turned.0.is_empty() {
            let leads = turned.0.len();
            turned.0.rotate_left(turn % leads);
        }
        if back {
            turned.0.reverse();
        }
        let turned = world(&turned, &[Method::Optimal]);
        let (one, other) = (straight.deal(), turned.deal());
        prop_assert_eq!(by_id(&straight, &one), by_id(&turned, &other));
        let two = crate::deal::deal_with_threads(&straight.batch, &straight.rules, &straight.history, 2, &|_| {});
        prop_assert_eq!(one, two);
    }
}
