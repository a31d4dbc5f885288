//! Every result of these tests is proven by its prices, with sums made here; oracles say the rest.

mod oracle;
mod published;
mod shapes;

use super::*;

/// A problem that owns its numbers.
#[derive(Clone, Debug)]
struct Instance {
    rows: usize,
    columns: usize,
    costs: Vec<i32>,
    leave: Option<Vec<i64>>,
}

impl Instance {
    fn new(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> i32) -> Self {
        let pairs = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self {
            rows,
            columns,
            costs: pairs.map(|(row, column)| cost(row, column)).collect(),
            leave: None,
        }
    }

    fn leaving(mut self, cost: impl Fn(usize) -> i64) -> Self {
        self.leave = Some((0..self.rows).map(cost).collect());
        self
    }

    fn matrix(&self) -> Matrix<'_> {
        Matrix {
            rows: self.rows,
            columns: self.columns,
            costs: &self.costs,
        }
    }

    fn solve(&self) -> Result<Matching, NoMatching> {
        self.solve_with(usize::MAX)
    }

    /// Solves, lets paths read `patience` whole rows, and holds the result against its definition.
    fn solve_with(&self, patience: usize) -> Result<Matching, NoMatching> {
        let matching = solve_with(&self.matrix(), self.leave.as_deref(), patience)?;
        assert_eq!(self.cost_of(&matching), matching.cost, "the cost of {matching:?}");
        assert_eq!(
            self.bound_of(&matching),
            matching.bound,
            "the bound of {matching:?}"
        );
        assert_eq!(matching.cost, matching.bound, "{matching:?}");
        Ok(matching)
    }

    /// The cost of a matching, which must be one.
    fn cost_of(&self, matching: &Matching) -> i128 {
        let mut taken = vec![false; self.columns];
        assert_eq!(matching.columns.len(), self.rows);
        let mut sum = 0;
        for (row, column) in matching.columns.iter().enumerate() {
            let Some(column) = *column else {
                let leave = self.leave.as_ref().expect("no row may be left out");
                sum += i128::from(leave[row]);
                continue;
            };
            let column = column as usize;
            assert!(
                !std::mem::replace(&mut taken[column], true),
                "{column} is taken twice"
            );
            let cost = self.costs[row * self.columns + column];
            assert_ne!(cost, FORBIDDEN, "{row} must not have {column}");
            sum += i128::from(cost);
        }
        for (price, taken) in matching.prices.iter().zip(taken) {
            assert!(*price >= 0 && (taken || *price == 0), "{:?}", matching.prices);
        }
        sum
    }

    /// What the prices of a matching prove.
    fn bound_of(&self, matching: &Matching) -> i128 {
        assert_eq!(matching.prices.len(), self.columns);
        let prices = || matching.prices.iter().map(|&price| i128::from(price));
        let value = |row: usize| {
            let costs = &self.costs[row * self.columns..(row + 1) * self.columns];
            let pairs = costs.iter().zip(prices()).filter(|(cost, _)| **cost != FORBIDDEN);
            let least = pairs.map(|(&cost, price)| i128::from(cost) + price).min();
            let leave = self.leave.as_ref().map(|leave| i128::from(leave[row]));
            least
                .into_iter()
                .chain(leave)
                .min()
                .expect("a row has a column or may be left out")
        };
        (0..self.rows).map(value).sum::<i128>() - prices().sum::<i128>()
    }
}

/// Solves on the usual way and with scaling at the first excuse; both must cost `expected`.
fn check(instance: &Instance, expected: Result<i128, NoMatching>) {
    for patience in [usize::MAX, 0] {
        let cost = instance.solve_with(patience).map(|matching| matching.cost);
        assert_eq!(cost, expected, "patience {patience} on {instance:?}");
    }
}

/// A number below `bound` that looks random, the same for the same arguments.
fn scatter(seed: usize, row: usize, column: usize, bound: i32) -> i32 {
    let mut mixed = seed as u64 ^ ((row as u64) << 20) ^ ((column as u64) << 42);
    for _ in 0..2 {
        mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    i32::try_from((mixed >> 33) % u64::from(bound.unsigned_abs())).expect("below an i32")
}
