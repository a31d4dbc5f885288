//! What a night leaves behind for the next: clocks and turns, and what each lead moved.

use crate::deal::testing::{Row, World, check};
use crate::model::{Clock, Outcome, Weight};
use crate::rules::Method;
use crate::solve::rotation::TURN;

/// Three equal reps and as many leads a night as there are columns of pins.
fn pinned(method: Method, night: usize, pins: &[Option<&str>]) -> World {
    let row = |lead: usize| Row {
        id: format!("n{night}-{lead}"),
        tier: 0,
        points: vec![Some(50); 3],
    };
    let rows: Vec<Row> = (0..pins.len()).map(row).collect();
    let mut world = World::of(&rows, World::new("ann bob cat").batch.reps.list);
    world.rules.passes[0].method = method;
    world.batch.past.is_kept = true;
    for (lead, rep) in pins.iter().enumerate() {
        if let Some(rep) = rep {
            world.pin(&format!("n{night}-{lead}"), rep);
        }
    }
    world
}

#[test]
fn what_was_pinned_counts_as_served_on_the_nights_after() {
    for method in [Method::RoundRobin, Method::Optimal, Method::LeastLoaded] {
        let mut world = pinned(method, 0, &[Some("cat"), Some("cat")]);
        let mut of_cat = Vec::new();
        for night in 1..5 {
            let history = world.deal().history_after;
            world = pinned(method, night, &[None, None]);
            world.history = history;
            of_cat.push(world.told(&world.deal()).matches("cat").count());
        }
        assert_eq!(of_cat, [0, 0, 0, 1], "{}", method.name());
    }
}

#[test]
fn a_pin_to_a_rep_who_is_away_is_a_turn_taken_too() {
    for method in [Method::RoundRobin, Method::Optimal] {
        let mut first = pinned(method, 0, &[Some("ann"), None, None]);
        first.away("ann", None);
        check(&first, "n0-0 ann, n0-1 bob, n0-2 cat");
        let mut second = pinned(method, 1, &[None, None]);
        second.history = first.deal().history_after;
        check(&second, "n1-0 bob, n1-1 cat");
    }
}

#[test]
fn what_each_lead_moved_adds_up_to_the_turns() {
    let mut world = pinned(
        Method::RoundRobin,
        0,
        &[Some("ann"), None, None, Some("bob"), None],
    );
    world.away("bob", None);
    world.and_pass("never", Method::RoundRobin).leads.fill(false);
    let allocation = world.deal();
    let leads: Vec<(usize, &str)> = allocation
        .moved
        .iter()
        .map(|moved| (moved.lead.at(), &*moved.pass))
        .collect();
    let expected: Vec<(usize, &str)> = (0..5)
        .flat_map(|lead| [(lead, "best match"), (lead, "")])
        .collect();
    assert_eq!(leads, expected);
    for (pass, clock) in [
        ("", &allocation.history_after.served),
        (
            "best match",
            &allocation.history_after.clocks[&("best match".to_owned(), String::new())],
        ),
    ] {
        let mut turns = std::collections::BTreeMap::new();
        for moved in allocation.moved.iter().filter(|moved| &*moved.pass == pass) {
            let Outcome::Assigned(deal) = &allocation.outcomes[moved.lead.at()] else {
                panic!("a lead that nobody has");
            };
            let id = world.batch.reps.list[deal.rep.expect("a rep").at()].id.clone();
            *turns.entry(id).or_insert(0) += moved.turn;
        }
        // who is away keeps level with the clock besides
        let bob = turns.get_mut("bob").expect("a pinned rep");
        *bob += clock.now;
        assert_eq!(clock.turns, turns, "{pass}");
    }
}

#[test]
fn without_a_ledger_nobody_is_told_what_moved_and_the_fallback_moves_nothing() {
    let mut world = pinned(Method::Optimal, 0, &[None]);
    world.batch.past.is_kept = false;
    assert_eq!(world.deal().moved, []);
    let mut world = pinned(Method::Optimal, 0, &[None]);
    world.rules.passes.clear();
    world.rules.fallback = Some(world.rep("ann"));
    let allocation = check(&world, "n0-0 ann");
    assert_eq!(allocation.moved, []);
    assert_eq!(allocation.history_after.served.now, 0);
    assert!(
        allocation
            .history_after
            .served
            .turns
            .values()
            .all(|turn| *turn == 0)
    );
}

#[test]
fn the_passes_of_a_night_level_out_together() {
    let mut world = pinned(Method::Optimal, 0, &[None, None, None]);
    world.rules.passes[0].leads = vec![true, false, false];
    world.and_pass("the rest", Method::LeastLoaded).leads = vec![false, true, true];
    world.rules.passes[0].reps = vec![false, true, true];
    let first = check(&world, "n0-0 bob, n0-1 ann, n0-2 cat");
    world.history = first.history_after;
    world.rules.passes[0].reps = vec![true, true, false];
    world.rules.passes[1].reps = vec![true, true, false];
    let second = check(&world, "n0-0 ann, n0-1 bob, n0-2 ann");
    world.history = second.history_after;
    world.rules.passes[1].reps = vec![true; 3];
    check(&world, "n0-0 bob, n0-1 cat, n0-2 ann");
}

#[test]
fn reps_without_a_share_level_out_among_themselves_and_are_owed_nothing() {
    let mut world = pinned(Method::Optimal, 0, &[None]);
    for rep in &mut world.batch.reps.list {
        rep.weight = Weight(0);
    }
    for expected in ["n0-0 ann", "n0-0 bob", "n0-0 cat", "n0-0 ann"] {
        world.history = check(&world, expected).history_after;
    }
    world.batch.reps.list[1].weight = Weight(1000);
    world.rules.passes[0].reps = vec![false, true, false];
    for _ in 0..5 {
        world.history = world.deal().history_after;
    }
    let clock = &world.history.served;
    assert_eq!(clock.turns["ann"].max(clock.turns["cat"]), clock.turns["ann"]);
    assert!(
        clock.turns.values().all(|turn| *turn >= clock.now),
        "nobody is owed anything"
    );
}

#[test]
fn a_share_that_changes_counts_from_then_on() {
    for method in [Method::RoundRobin, Method::Optimal] {
        let mut world = pinned(method, 0, &[None; 6]);
        world.history = world.deal().history_after;
        world.batch.reps.list[0].weight = Weight(4000);
        let allocation = world.deal();
        let taken = |rep: &str| world.told(&allocation).matches(rep).count();
        assert_eq!(
            [taken("ann"), taken("bob"), taken("cat")],
            [4, 1, 1],
            "{}",
            method.name()
        );
    }
}

#[test]
fn a_team_stands_where_its_members_stand_together() {
    let mut world = pinned(Method::Shotgun, 0, &[None]);
    for (rep, team) in world.batch.reps.list.iter_mut().zip(["East", "East", "West"]) {
        rep.team = team.to_owned();
    }
    world
        .history
        .served
        .turns
        .insert("cat".to_owned(), 2 * TURN / 1000);
    world
        .history
        .served
        .turns
        .insert("ann".to_owned(), 3 * TURN / 1000);
    check(&world, "n0-0 team East");
    world
        .history
        .served
        .turns
        .insert("bob".to_owned(), 2 * TURN / 1000);
    check(&world, "n0-0 team West");
}

#[test]
fn clocks_beyond_all_bounds_neither_overflow_nor_panic() {
    for method in [
        Method::RoundRobin,
        Method::Optimal,
        Method::LeastLoaded,
        Method::TopProducer,
        Method::Shotgun,
    ] {
        let mut world = pinned(method, 0, &[Some("bob"), None, None, None]);
        world.batch.reps.list[2].weight = Weight(u32::MAX);
        world.batch.reps.list[1].weight = Weight(1);
        let clock = Clock {
            now: i128::MAX - 1,
            turns: [
                ("ann".to_owned(), i128::MIN),
                ("bob".to_owned(), i128::MAX),
                ("gone".to_owned(), i128::MAX),
            ]
            .into(),
        };
        let name = ("best match".to_owned(), String::new());
        world.history.clocks.insert(name, clock.clone());
        world.history.served = clock;
        let after = world.deal().history_after;
        assert_eq!(after.served.turns["gone"], i128::MAX, "{}", method.name());
    }
}

#[test]
fn a_night_on_which_nobody_is_there_moves_nothing() {
    for method in [Method::RoundRobin, Method::Optimal] {
        let mut world = pinned(method, 0, &[None, None]);
        world.history = world.deal().history_after;
        for rep in ["ann", "bob", "cat"] {
            world.away(rep, None);
        }
        assert_eq!(world.deal().history_after, world.history);
    }
}
