//! Packed prices of the solver taken apart by their levels.

use super::rivals::worth;
use crate::model::{Points, Potential, Worth};
use crate::problem::{Plan, PlanNode, Stood};

/// What each level of the objective counts in packed values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale<'a> {
    /// A lead of each tier, the best tier first.
    pub(super) tiers: &'a [i128],
    /// A lead towards a minimum.
    pub(super) minimum: i128,
    /// A unit of points.
    pub(super) unit: i128,
}

impl Scale<'_> {
    /// A packed potential by its levels, each the nearest that leaves least.
    ///
    /// Tier weights that grow evenly carry one lead at most; those that grow in proportion several.
    fn levels(&self, packed: i128) -> Worth {
        let mut leads = vec![0; self.tiers.len()];
        let mut rest = packed;
        let in_proportion = match self.tiers {
            [best, next, ..] => *best >= next.saturating_mul(4),
            _ => true,
        };
        if in_proportion {
            for (leads, &weight) in leads.iter_mut().zip(self.tiers) {
                let count = nearest(rest, weight);
                *leads = small(count);
                rest -= count * weight;
            }
        } else {
            let closest = (0..self.tiers.len()).min_by_key(|&tier| (packed - self.tiers[tier]).abs());
            if let Some(tier) = closest.filter(|&tier| (packed - self.tiers[tier]).abs() < packed.abs()) {
                leads[tier] = 1;
                rest -= self.tiers[tier];
            }
        }
        let minimums = nearest(rest, self.minimum);
        rest -= minimums * self.minimum;
        let points = nearest(rest, self.unit);
        Worth {
            leads,
            minimums: small(minimums),
            points: Points(small(points)),
            fairness: small(rest - points * self.unit),
        }
    }

    /// The own price of every node of a plan, given the own prices packed: the difference of
    /// its potential and that of the node above.
    pub(super) fn prices(&self, plan: &Plan, own: &[i128]) -> Vec<Worth> {
        let mut packed = own.to_vec();
        for (node, of) in plan.nodes.iter().enumerate().rev() {
            if let Some(parent) = of.parent {
                packed[node] += packed[parent];
            }
        }
        let potentials: Vec<Worth> = packed.iter().map(|&packed| self.levels(packed)).collect();
        let own = |(node, of): (usize, &PlanNode)| {
            let above = of.parent.map(|parent| &potentials[parent]);
            let own = less(&potentials[node], above.unwrap_or(&Worth::default()));
            match of.stood {
                // to be left out is worth what a place is
                Stood::LeftOut(_) => less(&Worth::default(), &own),
                Stood::Leaf(_) | Stood::Cap(_) => own,
            }
        };
        plan.nodes.iter().enumerate().map(own).collect()
    }
}

fn nearest(value: i128, step: i128) -> i128 {
    (value + step / 2).div_euclid(step.max(1))
}

pub(super) fn small(wide: i128) -> i64 {
    i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX })
}

fn less(worth: &Worth, above: &Worth) -> Worth {
    let leads = |worth: &Worth, tier: usize| worth.leads.get(tier).copied().unwrap_or(0);
    let tiers = worth.leads.len().max(above.leads.len());
    Worth {
        leads: (0..tiers)
            .map(|tier| leads(worth, tier) - leads(above, tier))
            .collect(),
        minimums: worth.minimums - above.minimums,
        points: Points(worth.points.0 - above.points.0),
        fairness: worth.fairness - above.fairness,
    }
}

/// The price of one more place of a leaf: what its own place is worth less what the next one costs, or nothing.
pub(super) fn price(own: &Worth, next: (i64, i64)) -> Potential {
    price_of(own.as_potential(), next)
}

/// The same of a potential.
pub(super) fn price_of(own: Potential, next: (i64, i64)) -> Potential {
    let price = Potential {
        tier: own.tier,
        points: Points(own.points.0 - next.0),
        fairness: own.fairness - next.1,
    };
    if worth(&price) > worth(&Potential::default()) {
        price
    } else {
        Potential::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(leads: [i64; 2], minimums: i64, points: i64, fairness: i64) -> Worth {
        Worth {
            leads: leads.to_vec(),
            minimums,
            points: Points(points),
            fairness,
        }
    }

    fn check(tiers: [i128; 2], levels: &Worth) {
        let scale = Scale {
            tiers: &tiers,
            minimum: 100_001,
            unit: 101,
        };
        let leads = levels
            .leads
            .iter()
            .zip(tiers)
            .map(|(&leads, weight)| i128::from(leads) * weight);
        let packed = leads.sum::<i128>()
            + i128::from(levels.minimums) * scale.minimum
            + i128::from(levels.points.0) * scale.unit
            + i128::from(levels.fairness);
        assert_eq!(&scale.levels(packed), levels);
    }

    #[test]
    fn a_packed_potential_is_taken_apart_by_its_levels() {
        for (minimums, points, fairness) in [(0, 0, 0), (2, -300, 50), (-1, 400, -50), (0, 450, 7)] {
            for leads in [[0, 0], [1, 0], [0, 1]] {
                check([2_000_000, 1_000_000], &levels(leads, minimums, points, fairness));
            }
            for leads in [[0, 0], [1, -1], [-1, 2], [2, 1]] {
                check([8_000_000, 1_000_000], &levels(leads, minimums, points, fairness));
            }
        }
    }

    #[test]
    fn a_place_costs_what_it_is_worth_less_its_own_cost() {
        let own = levels([1, -1], 0, 300, 5);
        let price = price(&own, (100, 2));
        assert_eq!(
            (price.tier.map(|tier| tier.0), price.points.0, price.fairness),
            (Some(0), 200, 3)
        );
        assert_eq!(
            super::price(&levels([0, 0], 0, 300, 5), (301, 0)),
            Potential::default()
        );
    }
}
