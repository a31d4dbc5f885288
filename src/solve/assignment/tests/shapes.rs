//! Shapes that have gone wrong elsewhere, and larger ones whose prices are their proof.

use super::*;

fn number(count: usize) -> i32 {
    i32::try_from(count).expect("small")
}

/// Costs i·j: the worst that shortest paths know.
fn machol_wien(size: usize) -> Instance {
    Instance::new(size, size, |row, column| number((row + 1) * (column + 1)))
}

#[test]
fn nothing_to_match_costs_nothing() {
    check(&Instance::new(0, 0, |_, _| 0), Ok(0));
    check(&Instance::new(0, 3, |_, _| 0), Ok(0));
    check(&Instance::new(2, 0, |_, _| 0).leaving(|_| 5), Ok(10));
}

#[test]
fn too_few_columns_are_no_matching_unless_rows_may_be_left_out() {
    let instance = Instance::new(3, 2, |row, _| number(row));
    check(&instance, Err(NoMatching::Impossible));
    check(&instance.leaving(|_| 10), Ok(11));
    check(&Instance::new(2, 0, |_, _| 0), Err(NoMatching::Impossible));
}

#[test]
fn rows_that_share_one_permitted_column_are_no_matching() {
    let one_for_two = |row: usize, column: usize| if row > 1 || column == 0 { 1 } else { FORBIDDEN };
    for columns in [40, 41] {
        let instance = Instance::new(40, columns, one_for_two);
        check(&instance, Err(NoMatching::Impossible));
        check(&instance.leaving(|_| 1000), Ok(1039));
    }
}

#[test]
fn a_leave_cost_that_does_not_fit_is_said() {
    let instance = Instance::new(1, 1, |_, _| 0);
    check(&instance.clone().leaving(|_| GREATEST_LEAVE), Ok(0));
    check(
        &instance.clone().leaving(|_| GREATEST_LEAVE + 1),
        Err(NoMatching::TooLarge),
    );
    check(&instance.leaving(|_| i64::MIN), Err(NoMatching::TooLarge));
}

#[test]
fn a_row_is_left_out_where_that_costs_less_than_driving_others_on() {
    let instance = Instance::new(2, 2, |row, column| [[1, 50], [1, 60]][row][column]);
    check(&instance.clone().leaving(|_| 100), Ok(51));
    check(&instance.clone().leaving(|_| 30), Ok(31));
    check(&instance.leaving(|row| [100, 2][row]), Ok(3));
}

#[test]
fn tiers_far_apart_decide_before_costs_do_even_where_the_dearest_row_fits_nowhere() {
    let tiers = [1 << 40, 1 << 50, 1 << 30];
    let instance = Instance::new(6, 2, |row, column| {
        if row == 1 {
            FORBIDDEN
        } else {
            number(row * 10 + column)
        }
    });
    // Rows 1 and 4 are of the dearest tier, and 0 and 3 of the next: 4 and 0 are dealt.
    let left_out = tiers[1] + tiers[0] + 2 * tiers[2];
    let expected = i128::from(left_out) + 41;
    check(&instance.leaving(|row| tiers[row % 3]), Ok(expected));
}

#[test]
fn scaling_is_taken_when_paths_crawl_and_does_not_cost_a_unit() {
    for size in [40, 150] {
        let instance = machol_wien(size);
        let took_scaling = |patience: usize| {
            let matrix = instance.matrix();
            let start = start::Start::reduced(&matrix);
            let mut pairing = pairing::Pairing::new(&matrix, pairing::Leave::Never, start);
            pairing.complete(patience).expect("all may be matched")
        };
        assert_eq!(took_scaling(size / 2), order::Way::Scaling);
        assert_eq!(took_scaling(usize::MAX), order::Way::Paths);
        let last = number(size);
        let optimum = (1..=last).map(|row| i128::from(row * (last + 1 - row))).sum();
        check(&instance, Ok(optimum));
    }
}

#[test]
fn larger_instances_prove_themselves_on_both_ways() {
    let families: [fn(usize, usize) -> i32; 4] = [
        |row, column| scatter(1, row, column, 1_000_000),
        |row, column| if scatter(2, row, column, 2) == 0 { 1 } else { 100 },
        |row, column| {
            let [x, y] = [3, 4].map(|seed| scatter(seed, row, 0, 4000) - scatter(seed, 0, column + 1, 4000));
            x.abs() + y.abs()
        },
        |row, column| {
            if scatter(5, row, column, 8) > 0 {
                FORBIDDEN
            } else {
                scatter(6, row, column, 5)
            }
        },
    ];
    for family in families {
        for (rows, columns) in [(200, 200), (180, 290), (290, 180)] {
            let instance = Instance::new(rows, columns, family);
            let paths = instance.solve().map(|matching| matching.cost);
            let scaling = instance.solve_with(0).map(|matching| matching.cost);
            assert_eq!(paths, scaling);
            assert_eq!(paths.is_err(), rows > columns);
            for leave in [300, 1_000_000, 1 << 45] {
                let instance = instance.clone().leaving(|row| leave + i64::from(row % 3 == 0));
                let paths = instance.solve().map(|matching| matching.cost);
                let scaling = instance.solve_with(0).map(|matching| matching.cost);
                assert_eq!(paths, scaling);
            }
        }
    }
}

#[test]
fn raising_all_costs_of_a_column_raises_the_cost_by_as_much() {
    let plain = Instance::new(150, 150, |row, column| scatter(7, row, column, 1000));
    let cost = plain.solve().expect("all may be matched").cost;
    // Far beyond what an image of prices in 32 bits can span.
    let raised = Instance::new(150, 150, |row, column| {
        let raise = if column % 2 == 0 {
            2_000_000_000
        } else {
            -2_000_000_000
        };
        scatter(7, row, column, 1000) + raise
    });
    check(&raised, Ok(cost));
}

#[test]
fn the_same_instance_has_the_same_matching() {
    let instance = Instance::new(1100, 1100, |row, column| scatter(8, row, column, 20));
    let first = instance.solve().expect("all may be matched");
    assert_eq!(instance.solve(), Ok(first));
}
