//! Few leads and one place a leaf: an assignment problem, which has a solver of its own.

use super::FORBIDDEN;
use super::columns::Columns;
use super::level::Level;
use super::number::Number;
use crate::model::Points;
use crate::solve::assignment::{self, Matrix};

/// Above so many leads a leaf the general way is as fast.
const MOST_LEADS_A_LEAF: usize = 20;
/// Most pairs of lead and leaf that are written out.
const MOST_PAIRS: usize = 1 << 26;
/// Greatest size of anything written into 32 bits.
const MOST_COST: i128 = 1 << 30;

/// A flow and prices that are best if the assignment solver is right; to be checked like any others.
pub(super) struct Single<N> {
    pub(super) columns: Columns,
    pub(super) flow: Vec<u32>,
    pub(super) prices: Vec<N>,
}

/// Solves a level as an assignment problem if it is one: each member a single lead, each leaf with one
/// place at most, in a flat tree, and not too many of them.
pub(super) fn solve<N: Number>(level: &Level<'_, N>) -> Option<Single<N>> {
    let (members, leaves) = (level.members(), level.leaves());
    let unit = level.scale.unit.wide();
    let is_single = level.tree.is_flat()
        && leaves > 0
        && members <= leaves * MOST_LEADS_A_LEAF
        && members * leaves <= MOST_PAIRS
        && unit * i128::from(Points::BEST.0) <= MOST_COST
        && level.supply.iter().all(|&supply| supply == 1)
        && level
            .places
            .iter()
            .all(|places| places.room <= 1 && places.cost(1).wide() <= MOST_COST);
    if !is_single {
        return None;
    }
    let leave: Option<Vec<i64>> = (level.base.iter())
        .map(|&base| {
            let worth = i64::try_from(level.scale.value(base).wide()).ok()?;
            (worth <= assignment::GREATEST_LEAVE).then_some(worth)
        })
        .collect();
    let costs = costs(level);
    let matrix = Matrix {
        rows: members,
        columns: leaves,
        costs: &costs,
    };
    let matching = assignment::solve(&matrix, Some(&leave?)).ok()?;
    let mut columns = Columns::new();
    let mut flow = Vec::with_capacity(2 * members);
    for (member, &leaf) in matching.columns.iter().enumerate() {
        if let Some(leaf) = leaf {
            let cost = i128::from(costs[member * leaves + leaf as usize]) - first_cost(level, leaf as usize);
            let score = i32::try_from(-cost / unit).expect("a score");
            columns.push(leaf, score);
            flow.push(1);
        }
        columns.end_member(level.out(0));
        flow.push(u32::from(leaf.is_none()));
    }
    let price = |(leaf, &price): (usize, &i64)| N::of(i128::from(price) + first_cost(level, leaf));
    Some(Single {
        columns,
        flow,
        prices: matching.prices.iter().enumerate().map(price).collect(),
    })
}

/// What the one place of a leaf costs.
fn first_cost<N: Number>(level: &Level<'_, N>, leaf: usize) -> i128 {
    level.places[leaf].cost(1).wide()
}

/// What each member costs at each leaf, row by row: its place less its score.
fn costs<N: Number>(level: &Level<'_, N>) -> Vec<i32> {
    let leaves = level.leaves();
    let unit = i32::try_from(level.scale.unit.wide()).expect("a small unit");
    let places: Vec<Option<i32>> = (0..leaves)
        .map(|leaf| {
            let cost = i32::try_from(first_cost(level, leaf)).expect("a small cost");
            (level.places[leaf].room > 0).then_some(cost)
        })
        .collect();
    let mut costs = vec![0; level.members() * leaves];
    for (member, row) in costs.chunks_exact_mut(leaves).enumerate() {
        level.row(member, row);
        for (cost, place) in row.iter_mut().zip(&places) {
            *cost = match place {
                Some(place) if *cost != FORBIDDEN => place - unit * *cost,
                _ => assignment::FORBIDDEN,
            };
        }
    }
    costs
}
