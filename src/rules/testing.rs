//! Parts and hard rules made of plain numbers, for the tests of those who deal by them.

pub use super::bind::fixture::{batch, bound};
use super::keys::Keys;
use super::requirement::{Hard, Requirement};
use super::score::{Part, Units};
use super::{Balance, Rules, Verdict};
use crate::model::{Points, TierIndex, Weight};

#[derive(Debug)]
struct Table<T>(Vec<Vec<T>>);

impl Units for Table<i32> {
    fn units(&self, key: u32, rep: usize) -> i32 {
        self.0[key as usize][rep]
    }
}

impl Hard for Table<bool> {
    fn verdict(&self, key: u32, rep: usize) -> Verdict {
        if self.0[key as usize][rep] {
            Verdict::Holds
        } else {
            Verdict::Fails
        }
    }
}

/// Makes a part of the units of each lead by rep; leads with equal rows share a key.
pub fn part(name: &str, weight: Weight, reps: usize, rows: &[Option<Vec<i32>>]) -> Part {
    let (keys, table) = Keys::by(rows.len(), |lead| rows[lead].clone());
    Part::new(name, weight, keys, Box::new(Table(table)), reps)
}

/// Makes a hard rule that says of each lead which reps may take it.
pub fn requirement(name: &str, reps: usize, rows: &[Option<Vec<bool>>]) -> Requirement {
    let (keys, table) = Keys::by(rows.len(), |lead| rows[lead].clone());
    Requirement::new(name, keys, Box::new(Table(table)), reps)
}

/// Makes rules of tiers, parts and hard rules, with no balance and no pass.
pub fn rules(lead_tiers: Vec<TierIndex>, parts: Vec<Part>, requirements: Vec<Requirement>) -> Rules {
    Rules {
        tiers: vec!["hot".into(), "warm".into(), "other".into()],
        barred: vec![None; lead_tiers.len()],
        owners: std::collections::BTreeMap::new(),
        former: std::collections::BTreeMap::new(),
        lead_tiers,
        parts,
        requirements,
        balance: Balance {
            strength: Points(0),
            max_share: None,
        },
        limits: Vec::new(),
        passes: Vec::new(),
        fallback: None,
        notes: Vec::new(),
        checks: Vec::new(),
    }
}
