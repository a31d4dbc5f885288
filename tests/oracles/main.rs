//! The transport solver against an independent solver of flows, on tens of thousands of small random instances,
//! and that solver against brute force.

mod flow;
mod instance;

use dealt::model::Totals;
use dealt::solve::transport::{Class, Leaf, Options, solve};
use instance::{FAIRNESS, FLOOR, Instance, KINDS, LEVELS, MINIMUM, POINTS, TIERS, Value, flat, nested};

/// Instances without nesting.
const FLAT: usize = 25_000;
/// Instances with nested bounds.
const NESTED: usize = 15_000;
/// Instances, nested ones too, on which the oracle is itself compared with brute force.
const TINY: usize = 1200;

/// Solves an instance and checks that the flow is possible, worth what is said, proven, and the best.
fn check(number: usize, instance: &Instance) {
    let options = Options {
        threads: 1,
        progress: &|_| (),
    };
    let solution = solve(instance, &instance.tree, &options).expect("small");
    let value = instance.value(&solution.flow);
    let value = value.unwrap_or_else(|wrong| panic!("instance {number}: {wrong}: {instance:?}"));
    let best = flow::best(instance);
    assert_eq!(value, best, "instance {number} is not at its best: {instance:?}");
    let mut totals = told(&solution.objective);
    let worth = |&(class, _, count): &(Class, Leaf, u32)| i64::from(instance.worth[class]) * i64::from(count);
    totals[POINTS] += solution.flow.iter().map(worth).sum::<i64>();
    (totals[FLOOR], totals[MINIMUM]) = (best[FLOOR], best[MINIMUM]);
    assert_eq!(
        totals, best,
        "instance {number} adds up to something else: {instance:?}"
    );
    assert_eq!(
        solution.bound, solution.objective,
        "instance {number} is not proven: {instance:?}"
    );
}

/// What totals say of tiers, points and fairness.
fn told(totals: &Totals) -> Value {
    let mut value = [0; LEVELS];
    for (level, &leads) in value[1..=TIERS].iter_mut().zip(&totals.assigned) {
        *level = i64::try_from(leads).expect("small");
    }
    value[POINTS] = i64::try_from(totals.points - totals.balance).expect("small");
    value[FAIRNESS] = -i64::try_from(totals.fairness).expect("small");
    value
}

/// The best value by trying every way to deal, lead by lead.
fn brute_force(instance: &Instance) -> Value {
    fn deal(
        instance: &Instance,
        leads: &[Class],
        flow: &mut Vec<(Class, Leaf, u32)>,
        best: &mut Option<Value>,
    ) {
        let Some((&class, rest)) = leads.split_first() else {
            *best = (*best).max(instance.value(flow).ok());
            return;
        };
        deal(instance, rest, flow, best);
        for leaf in 0..instance.scores[class].len() {
            flow.push((class, leaf, 1));
            deal(instance, rest, flow, best);
            flow.pop();
        }
    }
    let of = |class| std::iter::repeat_n(class, instance.supply[class] as usize);
    let leads: Vec<Class> = (0..instance.supply.len()).flat_map(of).collect();
    let mut best = None;
    deal(instance, &leads, &mut Vec::new(), &mut best);
    best.expect("leaving all out is a way")
}

#[test]
fn the_solver_finds_what_an_independent_solver_of_flows_finds() {
    for number in 0..FLAT {
        check(number, &flat(number, KINDS[number % KINDS.len()]));
    }
}

#[test]
fn the_solver_finds_what_an_independent_solver_of_flows_finds_under_nested_bounds() {
    for number in 0..NESTED {
        check(number, &nested(number, KINDS[number % KINDS.len()]));
    }
}

#[test]
fn that_solver_finds_what_brute_force_finds_also_under_nested_bounds() {
    let mut compared = 0;
    for number in 0..TINY {
        let kind = KINDS[number % KINDS.len()];
        for instance in [flat(number, kind), nested(number, kind)] {
            if instance.leads() <= 5 {
                assert_eq!(
                    flow::best(&instance),
                    brute_force(&instance),
                    "instance {number}: {instance:?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 800, "{compared} instances are small enough");
}
