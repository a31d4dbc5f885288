//! The best deal of a small pass by another's solver: `pathfinding::kuhn_munkres` (Kuhn 1955, Munkres
//! 1957) on a matrix of leads by single places, so that nothing rests on potentials alone.
//!
//! The levels of value are packed into one number, each level heavier than all below it can sum to.

use super::instance::{Instance, NEVER};
use super::price::Sum;
use pathfinding::prelude::{Matrix, kuhn_munkres};

/// Leads and single places up to which the matrix is made: at most about 50 ms.
const MOST_LEADS: usize = 60;
const MOST_PLACES: usize = 200;

/// A place of a leaf: the leaf, and what the place costs.
struct Place {
    leaf: usize,
    points: i128,
    fairness: i128,
}

/// The greatest value of a pass; `None` where it is too large for the matrix.
pub(crate) fn best(instance: &Instance) -> Option<Sum> {
    let leads = instance.ups.len();
    if leads == 0 {
        return Some(Sum::zero(instance.tiers));
    }
    let places = places(instance)?;
    let rows = rows(instance);
    let packing = Packing::of(instance, &places)?;
    let mut weights = Matrix::new(leads, places.len() + leads, 0i128);
    for (lead, up) in instance.ups.iter().enumerate() {
        for (at, place) in places.iter().enumerate() {
            let score = rows[lead][place.leaf];
            weights[(lead, at)] = if score == NEVER {
                -packing.tiers.first()?.checked_mul(4)?
            } else {
                packing.weight(up.rank, i128::from(score) - place.points, -place.fairness)
            };
        }
    }
    let (_, chosen) = kuhn_munkres(&weights);
    let mut value = Sum::zero(instance.tiers);
    for (lead, &at) in chosen.iter().enumerate() {
        if let Some(place) = places.get(at) {
            let points = i128::from(rows[lead][place.leaf]) - place.points;
            value.add(instance.ups[lead].rank, 1, points, -place.fairness);
        }
    }
    Some(value)
}

/// Every single place that a lead could take; `None` where they are too many.
fn places(instance: &Instance) -> Option<Vec<Place>> {
    let leads = instance.ups.len();
    if leads > MOST_LEADS {
        return None;
    }
    let mut places = Vec::new();
    for (at, leaf) in instance.leaves.iter().enumerate() {
        for k in (1..=u64::from(leaf.room)).take(leads) {
            let cost = leaf.cost(k);
            places.push(Place {
                leaf: at,
                points: i128::from(cost.points),
                fairness: i128::from(cost.fairness),
            });
        }
        if places.len() > MOST_PLACES {
            return None;
        }
    }
    Some(places)
}

fn rows(instance: &Instance) -> Vec<Vec<i32>> {
    let mut reader = (instance.rows)();
    let read = |up: &super::instance::Up| {
        let mut row = vec![NEVER; instance.leaves.len()];
        reader(up.lead, &mut row);
        row
    };
    instance.ups.iter().map(read).collect()
}

/// What a unit of each level weighs.
struct Packing {
    point: i128,
    /// Best tier first.
    tiers: Vec<i128>,
}

impl Packing {
    fn of(instance: &Instance, places: &[Place]) -> Option<Self> {
        let leads = i128::try_from(instance.ups.len()).ok()?;
        let fairness = places.iter().map(|place| place.fairness.abs()).max().unwrap_or(0);
        let points = places.iter().map(|place| place.points.abs()).max().unwrap_or(0) + 1_000_000;
        // all leads together move a level by at most twice their greatest share of it
        let above = |largest: i128| largest.checked_mul(2 * leads)?.checked_add(1);
        let point = above(fairness)?;
        let mut tiers = vec![0; instance.tiers];
        let mut next = above(points)?.checked_mul(point)?;
        for tier in tiers.iter_mut().rev() {
            *tier = next;
            next = next.checked_mul(2 * leads + 1)?;
        }
        // sums over all leads of weights and of pairs that are forbidden must fit as well
        next.checked_mul(16 * (leads + 1))?;
        Some(Self { point, tiers })
    }

    fn weight(&self, rank: i32, points: i128, fairness: i128) -> i128 {
        let tier = super::price::tier(rank, self.tiers.len()).map_or(0, |tier| self.tiers[tier.at()]);
        tier + points * self.point + fairness
    }
}

#[cfg(test)]
mod tests {
    use super::super::tiny;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_matrix_finds_what_trying_every_deal_finds(tiny in tiny::any()) {
            let (holders, value) = tiny.best(None).expect("leaving all out is legal");
            prop_assert_eq!(tiny.with(&holders, best), Some(value));
        }
    }
}
