//! What proves a deal, level by level, and what the first level not proven may be.

use super::cells::Cells;
use super::descent::Descent;
use super::levels::{Gap, Level, Levels};
use super::search::{A_LEVEL, Deal, Search, potential};
use super::{Certificate, Crossed};
use crate::model::{Points, Potential, Totals};
use crate::solve::transport::{Rows, Solution, Tree};

/// Bounds the levels in turn until one is not proven.
pub(super) fn prove(
    search: &mut Search<'_>,
    plain: &Solution,
    deal: &Deal,
    points: Option<&Descent<'_>>,
) -> (Option<Gap>, Vec<Certificate>) {
    let (rows, cells, tiers) = (search.rows, search.cells, search.tiers);
    let alone = Levels::of(rows, (cells.tree, &plain.loads), plain, tiers);
    let most = at_most(rows, cells, tiers);
    let mut certificates = Vec::new();
    // As long as a deal is worth what the tree alone is, the tree alone bounds the next level too.
    let mut like_alone = true;
    for (at, &all) in most.iter().enumerate() {
        let (own, level) = (deal.levels.0[at], deal.levels.level(at));
        let mut least = all;
        if like_alone {
            least = least.min(alone.0[at]);
        }
        if least > own {
            let found = match (level, points) {
                (Level::Points, Some(descent)) => Some(certified(cells, descent, level, &deal.levels)),
                (Level::Points, None) => None,
                _ => descend(search, plain, deal, (at, least), points),
            };
            if let Some((bound, certificate)) = found {
                certificates.push(certificate);
                least = least.min(bound);
            }
        }
        if least > own {
            let at_most = least - own;
            return (Some(Gap { level, at_most }), certificates);
        }
        like_alone &= alone.0[at] == own;
    }
    let fairness = deal.levels.before_fairness();
    let is_best = like_alone && alone.0[fairness] == deal.levels.0[fairness];
    let at_most = -deal.levels.0[fairness];
    let gap = (!is_best && at_most > 0).then_some(Gap {
        level: Level::Fairness,
        at_most,
    });
    (gap, certificates)
}

/// What no deal exceeds: all leads there are, each with the best score.
fn at_most(rows: &dyn Rows, cells: &Cells<'_>, tiers: usize) -> Vec<i128> {
    let (mut most, mut units) = (vec![0i128; tiers], 0);
    for class in 0..rows.classes() {
        let best = i128::from(Points::BEST.0) + i128::from(rows.worth(class));
        units += best * i128::from(rows.supply(class));
        if let Some(tier) = rows.tier(class) {
            most[tier.at()] += i128::from(rows.supply(class));
        }
    }
    most.push(cells.tree.nodes.iter().map(|node| i128::from(node.minimum)).sum());
    most.push(units);
    most
}

/// Bounds a level before points, from the prices that bound points.
fn descend(
    search: &mut Search<'_>,
    plain: &Solution,
    deal: &Deal,
    (at, least): (usize, i128),
    points: Option<&Descent<'_>>,
) -> Option<(i128, Certificate)> {
    let stage = search.stage(at, &plain.weights);
    let lead = stage.last_counts();
    let prices = match points {
        Some(descent) => stage.converted(&descent.prices, &descent.stage),
        None => vec![lead; search.cells.limits.len()],
    };
    let radius = prices.iter().map(|price| (price / 2).max(lead / 2)).collect();
    let (mut descent, _) = search
        .solved(|options| Descent::start(stage, prices, options))
        .ok()?;
    descent.look_within(radius);
    for _ in 1..A_LEVEL {
        if descent.stage.most(descent.bound, &deal.levels).min(least) <= deal.levels.0[at] {
            break;
        }
        if !matches!(search.solved(|options| descent.step(options)), Ok(Some(_))) {
            break;
        }
    }
    Some(certified(
        search.cells,
        &descent,
        deal.levels.level(at),
        &deal.levels,
    ))
}

fn certified(cells: &Cells<'_>, descent: &Descent<'_>, level: Level, deal: &Levels) -> (i128, Certificate) {
    let certificate = Certificate {
        level,
        weights: descent.stage.weights(),
        limits: descent.prices.clone(),
        nodes: descent.nodes[cells.list.len()..].to_vec(),
        bound: descent.bound,
    };
    (descent.stage.most(descent.bound, deal), certificate)
}

/// Puts a deal and its proof together.
pub(super) fn crossed(
    rows: &dyn Rows,
    cells: &Cells<'_>,
    deal: Deal,
    points: Option<&Descent<'_>>,
    gap: Option<Gap>,
    certificates: Vec<Certificate>,
) -> Crossed {
    let bound = raised(&deal.solution.objective, gap);
    let of_limits = |descent: &Descent<'_>| {
        let weights = descent.stage.weights();
        descent
            .prices
            .iter()
            .map(|&price| potential(&weights, price))
            .collect()
    };
    Crossed {
        prices: points.map_or_else(|| vec![Potential::default(); cells.limits.len()], of_limits),
        loads: super::loads(rows, cells.limits, &deal.solution),
        solution: cells.without_cells(deal.solution),
        alone: None,
        bound,
        gap,
        certificates,
    }
}

/// An objective with the most that the first level not proven can be.
pub(super) fn raised(objective: &Totals, gap: Option<Gap>) -> Totals {
    let mut bound = objective.clone();
    match gap {
        Some(Gap {
            level: Level::Tier(tier),
            at_most,
        }) => {
            bound.assigned.resize(bound.assigned.len().max(tier.at() + 1), 0);
            bound.assigned[tier.at()] += u64::try_from(at_most).unwrap_or(u64::MAX);
        }
        Some(Gap {
            level: Level::Points,
            at_most,
        }) => bound.points = bound.points.saturating_add(at_most),
        Some(Gap {
            level: Level::Fairness,
            at_most,
        }) => bound.fairness -= at_most,
        Some(Gap {
            level: Level::Minimums,
            ..
        })
        | None => {}
    }
    bound
}

/// The first level at which a deal is worth less than the tree alone, whose flow need not keep units whole.
pub(super) fn gap_to(rows: &dyn Rows, tree: &Tree, plain: &Solution, deal: &Deal) -> Option<Gap> {
    let tiers = super::whole::tiers(rows);
    let alone = Levels::of(rows, (tree, &plain.loads), plain, tiers);
    let at = (0..alone.0.len()).find(|&at| alone.0[at] != deal.levels.0[at])?;
    let level = deal.levels.level(at);
    let at_most = match level {
        Level::Fairness => -deal.levels.0[at],
        _ => alone.0[at] - deal.levels.0[at],
    };
    Some(Gap { level, at_most })
}
