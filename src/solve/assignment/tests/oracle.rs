//! Against trying all ways, and against `pathfinding`'s assignment solver.

use super::*;
use pathfinding::kuhn_munkres::kuhn_munkres;
use proptest::prelude::*;

/// A pair that may not be, to the oracle: dearer than any sum of pairs that may.
const NEVER: i128 = 1 << 100;

fn cost(instance: &Instance, row: usize, column: usize) -> Option<i128> {
    let cost = instance.costs[row * instance.columns + column];
    (cost != FORBIDDEN).then(|| i128::from(cost))
}

/// The least cost by trying every way, row by row.
fn brute_force(instance: &Instance, row: usize, taken: u32) -> Option<i128> {
    if row == instance.rows {
        return Some(0);
    }
    let leave = instance
        .leave
        .as_ref()
        .map(|leave| (i128::from(leave[row]), taken));
    let free = (0..instance.columns).filter(|column| taken & (1 << column) == 0);
    let pairs = free.filter_map(|column| Some((cost(instance, row, column)?, taken | (1 << column))));
    let ways = pairs.chain(leave);
    let costs = ways.filter_map(|(cost, taken)| Some(cost + brute_force(instance, row + 1, taken)?));
    costs.min()
}

/// The least cost by the Kuhn–Munkres algorithm, with one column more for each row to be left out.
fn kuhn_munkres_cost(instance: &Instance) -> Option<i128> {
    if instance.rows == 0 {
        return Some(0);
    }
    let size = (instance.rows, instance.columns + instance.rows);
    let weights = pathfinding::matrix::Matrix::from_fn(size.0, size.1, |(row, column)| {
        let cost = if column < instance.columns {
            cost(instance, row, column)
        } else if column - instance.columns == row {
            instance.leave.as_ref().map(|leave| i128::from(leave[row]))
        } else {
            None
        };
        -cost.unwrap_or(NEVER)
    });
    let cost = -kuhn_munkres(&weights).0;
    (cost < NEVER / 2).then_some(cost)
}

/// Costs of many kinds: few or many values, negative, at the limits, of rank one, on a line.
fn costs(rows: usize, columns: usize) -> impl Strategy<Value = Vec<i32>> {
    let each = |cost: BoxedStrategy<i32>| prop::collection::vec(cost, rows * columns).boxed();
    let ends = prop_oneof![i32::MIN..i32::MIN + 9, -4..4, FORBIDDEN - 9..FORBIDDEN];
    let sides = (
        prop::collection::vec(-9..99, rows),
        prop::collection::vec(-9..99, columns),
    );
    let of_sides = |cost: fn(i32, i32) -> i32| {
        let all = move |(left, right): (Vec<i32>, Vec<i32>)| {
            let row = |from: i32| right.iter().map(move |&to| cost(from, to)).collect::<Vec<_>>();
            left.into_iter().flat_map(row).collect::<Vec<_>>()
        };
        sides.clone().prop_map(all).boxed()
    };
    let forbidden = |cost: BoxedStrategy<i32>| prop_oneof![2 => cost, 1 => Just(FORBIDDEN)].boxed();
    prop_oneof![
        each(Just(7).boxed()),
        each(prop_oneof![Just(1), Just(100)].boxed()),
        each((0..4).boxed()),
        each((-1_000_000..1_000_000).boxed()),
        each(ends.clone().boxed()),
        each(forbidden((0..5).boxed())),
        each(forbidden((-1_000_000..1_000_000).boxed())),
        each(forbidden(ends.boxed())),
        of_sides(|left, right| left * right),
        of_sides(|left, right| 1000 * (left - right).abs()),
    ]
}

fn leaves(rows: usize) -> impl Strategy<Value = Option<Vec<i64>>> {
    let each = |leave: BoxedStrategy<i64>| prop::collection::vec(leave, rows).prop_map(Some).boxed();
    prop_oneof![
        Just(None).boxed(),
        each((-5..9_i64).boxed()),
        each((-1_000_000..1_000_000_i64).boxed()),
        each(Just(1 << 40).boxed()),
        each((1..4_i64).prop_map(|tier| tier << 45).boxed()),
        each(
            prop_oneof![
                Just(GREATEST_LEAVE),
                Just(-GREATEST_LEAVE),
                Just(GREATEST_LEAVE - 3)
            ]
            .boxed()
        ),
    ]
}

fn instances(most_rows: usize, most_columns: usize) -> impl Strategy<Value = Instance> {
    let any = (0..=most_rows, 0..=most_columns);
    let square = (0..=most_rows.min(most_columns)).prop_map(|size| (size, size));
    prop_oneof![any, square].prop_flat_map(|(rows, columns)| {
        (costs(rows, columns), leaves(rows)).prop_map(move |(costs, leave)| Instance {
            rows,
            columns,
            costs,
            leave,
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_way_is_cheaper(instance in instances(5, 6)) {
        check(&instance, brute_force(&instance, 0, 0).ok_or(NoMatching::Impossible));
    }

    #[test]
    fn small_instances_cost_what_kuhn_and_munkres_say(instance in instances(14, 14)) {
        check(&instance, kuhn_munkres_cost(&instance).ok_or(NoMatching::Impossible));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn instances_longer_than_lists_cost_what_kuhn_and_munkres_say(instance in instances(60, 60)) {
        check(&instance, kuhn_munkres_cost(&instance).ok_or(NoMatching::Impossible));
    }
}
