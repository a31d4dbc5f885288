//! Reps with time off get no lead, whatever the method.

use crate::deal::testing::{World, check};
use crate::model::{Allocation, NotDealt, Outcome, RepIndex};
use crate::rules::Method;
use std::fmt::Write;

const TABLE: &str = "
         ann  bob  cat
    l1 0  90   50   -
    l2 0  90   -    -";

fn undealt(allocation: &Allocation, lead: usize) -> (&NotDealt, Option<RepIndex>) {
    match &allocation.outcomes[lead] {
        Outcome::Assigned(deal) => panic!("dealt: {deal:?}"),
        Outcome::Unassigned { reason, nearest } => (reason, *nearest),
    }
}

#[test]
fn who_is_away_gets_no_lead_in_any_method_and_is_not_the_nearest() {
    let methods = [
        (Method::Optimal, "l1 bob, l2 no_eligible_rep"),
        (Method::RoundRobin, "l1 bob, l2 no_eligible_rep"),
        (Method::LeastLoaded, "l1 bob, l2 no_eligible_rep"),
        (Method::TopProducer, "l1 bob, l2 no_eligible_rep"),
        (Method::Shotgun, "l1 team West, l2 no_eligible_rep"),
    ];
    for (method, expected) in methods {
        let world = World::new(TABLE).with(|world| {
            world.rules.passes[0].method = method;
            world.away("ann", None);
            for (rep, team) in world.batch.reps.list.iter_mut().zip(["East", "West", "West"]) {
                rep.team = team.to_owned();
            }
        });
        let allocation = check(&world, expected);
        let blocked = vec![("territory".to_owned(), 2), ("away".to_owned(), 1)];
        let (reason, nearest) = undealt(&allocation, 1);
        assert_eq!(reason, &NotDealt::NoEligibleRep { blocked });
        assert_eq!(nearest, Some(RepIndex(1)));
    }
}

#[test]
fn time_off_for_a_part_keeps_a_rep_present() {
    let world = World::new(TABLE).with(|world| {
        world.away("ann", None);
        let absence = world.batch.reps.list[0].absence.as_mut();
        absence.expect("just set").away -= 1;
    });
    check(&world, "l1 ann, l2 ann");
}

#[test]
fn everybody_away_is_a_reason_of_its_own() {
    let world = World::new(TABLE).with(|world| {
        world.away("ann", None);
        world.away("bob", None);
        world.batch.reps.list[2].active = false;
    });
    let allocation = check(&world, "l1 no_eligible_rep, l2 no_eligible_rep");
    let blocked = vec![("away".to_owned(), 2)];
    assert_eq!(
        undealt(&allocation, 0),
        (&NotDealt::NoEligibleRep { blocked }, None)
    );
}

#[test]
fn a_pin_to_who_is_away_is_kept_and_named() {
    let world = World::new(TABLE).with(|world| {
        world.away("ann", None);
        world.pin("l2", "ann");
        world.limit("two", &[&["ann", "bob"]], (Some(1), 0), None);
    });
    let allocation = check(&world, "l1 limit_reached, l2 ann");
    assert_eq!(allocation.bent.len(), 1);
    assert_eq!(allocation.bent[0].2, ["time off"]);
}

#[test]
fn a_fallback_who_is_away_takes_nothing_and_that_is_said() {
    let world = World::new(TABLE).with(|world| {
        world.away("ann", Some("holiday"));
        world.rules.fallback = Some(world.rep("ann"));
    });
    let allocation = check(&world, "l1 bob, l2 no_eligible_rep");
    assert_eq!(
        allocation.notes[0].text,
        "the fallback `ann` is away until 1970-01-05 (holiday) and takes no lead"
    );
}

#[test]
fn a_fair_share_is_one_of_those_who_are_present() {
    let mut table = String::from("ann bob cat");
    for lead in 10..22 {
        let _ = write!(table, "\n l{lead} 0 50 50 50");
    }
    let dealt = |away: bool| {
        let world = World::new(&table).with(|world| {
            world.rules.balance.max_share = Some(crate::model::Weight::ONE);
            if away {
                world.away("cat", None);
            }
        });
        let allocation = world.deal();
        let to = |rep: &str| world.told(&allocation).matches(rep).count();
        [to("ann"), to("bob"), to("cat")]
    };
    assert_eq!(dealt(false), [4, 4, 4]);
    assert_eq!(dealt(true), [6, 6, 0]);
}

#[test]
fn who_is_away_for_a_run_does_not_catch_up_in_a_rotation() {
    let mut world = World::new(
        "     ann  bob  cat
         l1 0  50   50   50
         l2 0  50   50   50
         l3 0  50   50   50
         l4 0  50   50   50",
    )
    .with(|world| world.rules.passes[0].method = Method::RoundRobin);
    world.history = world.deal().history_after;
    world.away("cat", None);
    for _ in 0..3 {
        world.history = world.deal().history_after;
    }
    world.batch.reps.list[2].absence = None;
    check(&world, "l1 bob, l2 cat, l3 ann, l4 bob");
}
