//! Leads of one unit in a pass: each a class of its own, with a row that adds up to that of all.

use super::kept::Kept;
use crate::model::{LeadIndex, RepIndex, TeamIndex, UnitIndex};
use crate::solve::transport::{Class, FORBIDDEN};

/// So many bytes of sums are kept at most.
const KEPT: usize = 128 << 20;

/// In a row of sums: not all leads of the unit may go there.
pub const NOT_ALL: i64 = i64::MIN;

/// Where leads of a unit have to go since others of it are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Nowhere.
    Free,
    /// To this rep.
    Rep(RepIndex),
    /// To reps of this team.
    Team(TeamIndex),
}

/// The leads of a unit that are up for a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitOfPass {
    /// The unit.
    pub unit: UnitIndex,
    /// Its leads, in id order.
    pub leads: Vec<LeadIndex>,
    /// Where others of the unit are.
    pub hold: Hold,
    /// How many of them are there.
    pub before: u32,
}

impl UnitOfPass {
    /// How many leads are up together.
    pub fn size(&self) -> u32 {
        u32::try_from(self.leads.len()).unwrap_or(u32::MAX)
    }
}

/// The units of a pass with their classes, and the sums of their rows.
#[derive(Debug)]
pub struct Units {
    /// The units.
    pub list: Vec<UnitOfPass>,
    /// The classes of each unit, in the order of its leads.
    pub classes: Vec<Vec<Class>>,
    /// The unit of each class and the position of its lead there.
    of: Vec<Option<(u32, u32)>>,
    sums: Kept<i64>,
}

impl Units {
    /// Puts units to the classes of a problem, given the class of every lead, with rows of so many leaves.
    pub fn new(list: Vec<UnitOfPass>, class_of: &[u32], classes: usize, leaves: usize) -> Self {
        let mut of = vec![None; classes];
        let of_unit = |unit: &UnitOfPass| -> Vec<Class> {
            let class = |lead: &LeadIndex| class_of[lead.at()] as usize;
            unit.leads.iter().map(class).collect()
        };
        let classes_of: Vec<Vec<Class>> = list.iter().map(of_unit).collect();
        for (unit, classes) in (0u32..).zip(&classes_of) {
            for (position, &class) in (0u32..).zip(classes) {
                of[class] = Some((unit, position));
            }
        }
        Self {
            sums: Kept::new(list.len(), leaves, &mut { KEPT }),
            list,
            classes: classes_of,
            of,
        }
    }

    /// The unit of a class, by position, and the position of its lead there.
    pub fn of(&self, class: Class) -> Option<(usize, usize)> {
        self.of[class].map(|(unit, position)| (unit as usize, position as usize))
    }

    /// What all leads of a unit score together with each rep, or [`NOT_ALL`]; `row` writes that of a class,
    /// `may` tells of a leaf whether the unit may go there.
    pub fn sums<'r>(
        &'r self,
        unit: usize,
        spare: &'r mut Vec<i64>,
        may: impl Fn(usize) -> bool,
        row: impl Fn(Class, &mut [i32]),
    ) -> &'r [i64] {
        let key = u32::try_from(unit).unwrap_or(u32::MAX);
        self.sums.row(key, spare, |sums| {
            let mut scores = vec![FORBIDDEN; sums.len()];
            sums.fill(0);
            for &class in &self.classes[unit] {
                row(class, &mut scores);
                for (sum, &score) in sums.iter_mut().zip(&scores) {
                    if score == FORBIDDEN {
                        *sum = NOT_ALL;
                    } else if *sum != NOT_ALL {
                        *sum += i64::from(score);
                    }
                }
            }
            for (leaf, sum) in sums.iter_mut().enumerate() {
                if !may(leaf) {
                    *sum = NOT_ALL;
                }
            }
        })
    }

    /// Writes the share of a lead in the sums of its unit: for the j-th of s leads, from 0, the sum and j by s,
    /// rounded down. So the shares of all add up to the sum, and none is more than a unit from the mean.
    ///
    /// That is Hermite's identity: Σ over j of ⌊(n + j) / s⌋ = n.
    pub fn share(&self, (unit, position): (usize, usize), sums: &[i64], out: &mut [i32]) {
        let size = i64::try_from(self.classes[unit].len()).unwrap_or(1);
        let position = i64::try_from(position).unwrap_or(0);
        for (share, &sum) in out.iter_mut().zip(sums) {
            *share = if sum == NOT_ALL {
                FORBIDDEN
            } else {
                i32::try_from((sum + position).div_euclid(size)).unwrap_or(i32::MAX)
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_add_up_to_the_sum_and_are_level(sum in 0i64..9_000_000, size in 1usize..9) {
            let leads: Vec<LeadIndex> = (0..size).map(LeadIndex::new).collect();
            let unit = UnitOfPass { unit: UnitIndex(0), leads, hold: Hold::Free, before: 0 };
            let class_of: Vec<u32> = (0..).take(size).collect();
            let units = Units::new(vec![unit], &class_of, size, 2);
            let mut shares = [0; 2];
            let all: Vec<i32> = (0..size)
                .map(|position| {
                    units.share((0, position), &[sum, NOT_ALL], &mut shares);
                    prop_assert_eq!(shares[1], FORBIDDEN);
                    Ok(shares[0])
                })
                .collect::<Result<_, TestCaseError>>()?;
            prop_assert_eq!(all.iter().map(|&share| i64::from(share)).sum::<i64>(), sum);
            prop_assert!(all.last().unwrap() - all[0] <= 1);
        }
    }
}
