//! Tiny passes for tests, and the best deal of each by trying every one.

use super::instance::{Growth, Instance, Leaf, NEVER, RowReader, Up};
use super::price::{Price, Sum};
use crate::model::LeadIndex;
use proptest::prelude::*;

/// A pass small enough to try every deal.
#[derive(Clone, Debug)]
pub(crate) struct Tiny {
    pub ranks: Vec<i32>,
    pub rows: Vec<Vec<i32>>,
    pub leaves: Vec<Leaf>,
}

/// How many tiers a tiny pass has.
pub(crate) const TIERS: usize = 2;

/// Any tiny pass.
pub(crate) fn any() -> impl Strategy<Value = Tiny> {
    (1usize..=5, 1usize..=3).prop_flat_map(|(leads, leaves)| {
        let score = prop_oneof![1 => Just(NEVER), 2 => 0i32..4, 1 => 0i32..1000];
        let growth =
            (0i64..4, 1i64..4, 0u64..2, 0i64..4).prop_map(|(numerator, denominator, start, offset)| Growth {
                numerator,
                denominator,
                start,
                offset,
            });
        let leaf = (0u32..4, growth.clone(), growth).prop_map(|(room, balance, fairness)| Leaf {
            room,
            balance,
            fairness,
        });
        (
            prop::collection::vec(1i32..=2, leads),
            prop::collection::vec(prop::collection::vec(score, leaves), leads),
            prop::collection::vec(leaf, leaves),
        )
            .prop_map(|(ranks, rows, leaves)| Tiny { ranks, rows, leaves })
    })
}

impl Tiny {
    /// Hands the pass with the holders of its leads to `body`.
    pub fn with<T>(&self, holders: &[Option<usize>], body: impl FnOnce(&Instance) -> T) -> T {
        let make = || -> RowReader {
            Box::new(|lead: LeadIndex, out: &mut [i32]| out.copy_from_slice(&self.rows[lead.at()]))
        };
        let ups: Vec<Up> = (0..)
            .zip(self.ranks.iter().zip(holders))
            .map(|(lead, (&rank, &holder))| Up {
                lead: LeadIndex(lead),
                rank,
                holder,
            })
            .collect();
        body(&Instance {
            leaves: self.leaves.clone(),
            loads: super::instance::loads(self.leaves.len(), &ups),
            ups,
            tiers: TIERS,
            rows: &make,
        })
    }

    /// What a deal is worth; `None` where it is not legal.
    pub fn value(&self, holders: &[Option<usize>]) -> Option<Sum> {
        let mut value = Sum::zero(TIERS);
        let mut loads = vec![0u64; self.leaves.len()];
        for (lead, holder) in holders.iter().enumerate() {
            if let Some(leaf) = *holder {
                let score = self.rows[lead][leaf];
                loads[leaf] += 1;
                if score == NEVER || loads[leaf] > u64::from(self.leaves[leaf].room) {
                    return None;
                }
                let cost = self.leaves[leaf].cost(loads[leaf]);
                let points = i128::from(score) - i128::from(cost.points);
                value.add(self.ranks[lead], 1, points, -i128::from(cost.fairness));
            }
        }
        Some(value)
    }

    /// Every deal that leaves the leads which `fixed` holds where they are.
    pub fn deals(&self, fixed: Option<(usize, usize)>) -> impl Iterator<Item = Vec<Option<usize>>> {
        let choices = self.leaves.len() + 1;
        let count = choices.pow(u32::try_from(self.ranks.len()).expect("tiny"));
        let leads = self.ranks.len();
        (0..count)
            .map(move |mut number| {
                (0..leads)
                    .map(|_| {
                        let leaf = (number % choices).checked_sub(1);
                        number /= choices;
                        leaf
                    })
                    .collect::<Vec<_>>()
            })
            .filter(move |holders| fixed.is_none_or(|(lead, leaf)| holders[lead] == Some(leaf)))
    }

    /// The best deal and its value; `None` where none is legal.
    pub fn best(&self, fixed: Option<(usize, usize)>) -> Option<(Vec<Option<usize>>, Sum)> {
        self.deals(fixed)
            .filter_map(|holders| self.value(&holders).map(|value| (holders, value)))
            .max_by(|a, b| a.1.cmp(&b.1))
    }

    /// The least potentials of a best deal: raised from nothing until no pair objects.
    pub fn potentials(&self, holders: &[Option<usize>]) -> Vec<Price> {
        let mut prices = vec![Price::default(); self.leaves.len()];
        for (at, leaf) in self.leaves.iter().enumerate() {
            let load = holders.iter().filter(|holder| **holder == Some(at)).count();
            if load > 0 {
                prices[at] = prices[at].max(leaf.cost(u64::try_from(load).expect("tiny")));
            }
        }
        for _ in 0..=self.leaves.len() {
            for (lead, holder) in holders.iter().enumerate() {
                for to in 0..self.leaves.len() {
                    let score = self.rows[lead][to];
                    if score == NEVER {
                        continue;
                    }
                    let asked = match *holder {
                        None => Price {
                            rank: self.ranks[lead],
                            points: i64::from(score),
                            fairness: 0,
                        },
                        Some(from) => Price {
                            points: prices[from].points + i64::from(score) - i64::from(self.rows[lead][from]),
                            ..prices[from]
                        },
                    };
                    prices[to] = prices[to].max(asked);
                }
            }
        }
        prices
    }

    /// The greatest potentials of a best deal: lowered from beyond every price until no pair objects.
    pub fn greatest(&self, holders: &[Option<usize>]) -> Vec<Price> {
        let mut prices = vec![Price::UNBOUNDED; self.leaves.len()];
        for (at, leaf) in self.leaves.iter().enumerate() {
            let load = holders.iter().filter(|holder| **holder == Some(at)).count();
            if load < leaf.room as usize {
                prices[at] = leaf.cost(u64::try_from(load).expect("tiny") + 1);
            }
        }
        for _ in 0..=self.leaves.len() {
            for (lead, holder) in holders.iter().enumerate() {
                let Some(at) = *holder else { continue };
                let own = i64::from(self.rows[lead][at]);
                let out = Price {
                    rank: self.ranks[lead],
                    points: own,
                    fairness: 0,
                };
                prices[at] = prices[at].min(out);
                for (to, &score) in self.rows[lead].iter().enumerate() {
                    if score != NEVER && prices[to] != Price::UNBOUNDED {
                        let asked = Price {
                            points: prices[to].points + own - i64::from(score),
                            ..prices[to]
                        };
                        prices[at] = prices[at].min(asked);
                    }
                }
            }
        }
        prices
    }
}
