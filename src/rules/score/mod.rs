//! The parts of a pair's score, each in a file of its own.

mod affinity;
mod availability;
mod continuity;
mod experience;
mod language;
mod performance;
mod prefer;
mod preference;
mod proximity;
mod skill;
mod territory;

use super::bind::Ground;
use super::keys::Keys;
use crate::model::{LeadIndex, POINT, RepIndex, Weight};
pub use affinity::{Affinity, Headers};
use availability::Availability;
use continuity::Continuity;
use experience::Experience;
use language::Language;
use performance::Performance;
pub use prefer::Prefer;
use preference::Preference;
use proximity::Proximity;
use skill::Skill;
use std::fmt::Debug;
use territory::Territory;

/// The units of 100 points.
#[expect(clippy::cast_possible_truncation, reason = "100 points are 1,000,000 units")]
const FULL: i32 = 100 * POINT as i32;

/// Up to so many units are kept in a table; beyond it rows are made on demand.
const MOST_KEPT: usize = 8 << 20;

/// A built-in part of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BuiltIn {
    /// Needed skills held.
    Skill,
    /// Nearness.
    Proximity,
    /// Free hands and shared hours.
    Availability,
    /// Years for big leads.
    Experience,
    /// Performance by the best one's.
    Performance,
    /// What the rep likes.
    Preference,
    /// The lead's language spoken.
    Language,
    /// The account's owner.
    Continuity,
    /// Territories, where they are a wish.
    Territory,
}

impl BuiltIn {
    /// Every built-in part, in the order of scores.
    pub const ALL: &'static [Self] = &[
        Self::Skill,
        Self::Proximity,
        Self::Availability,
        Self::Experience,
        Self::Performance,
        Self::Preference,
        Self::Language,
        Self::Continuity,
        Self::Territory,
    ];

    /// Its name in rules and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Skill => "skill",
            Self::Proximity => "proximity",
            Self::Availability => "availability",
            Self::Experience => "experience",
            Self::Performance => "performance",
            Self::Preference => "preference",
            Self::Language => "language",
            Self::Continuity => "continuity",
            Self::Territory => "territory",
        }
    }

    /// The lead columns that it reads, besides those of `[skill] from`.
    pub fn lead_columns(self) -> &'static [&'static str] {
        match self {
            Self::Experience => &["employees", "annual_revenue", "value"],
            Self::Preference => &preference::COLUMNS,
            Self::Language => &["language"],
            Self::Territory => &["country", "state", "postal_code", "territory"],
            Self::Skill | Self::Proximity | Self::Availability | Self::Performance | Self::Continuity => &[],
        }
    }

    /// The rep columns that it reads.
    pub fn rep_columns(self) -> &'static [&'static str] {
        match self {
            Self::Skill => &["skills"],
            Self::Experience => &["experience_years"],
            Self::Performance => &["performance"],
            Self::Preference => &["preferences"],
            Self::Language => &["languages"],
            Self::Proximity | Self::Availability | Self::Continuity | Self::Territory => &[],
        }
    }

    /// Binds the part; `None` where no rep has what it reads.
    pub fn bind(self, ground: &Ground<'_>, weight: Weight) -> Option<Part> {
        let name = self.name();
        match self {
            Self::Skill => Part::of(name, weight, Skill::bind(ground), ground),
            Self::Proximity => Part::of(name, weight, Proximity::bind(ground), ground),
            Self::Availability => Part::of(name, weight, Availability::bind(ground), ground),
            Self::Experience => Part::of(name, weight, Experience::bind(ground), ground),
            Self::Performance => Part::of(name, weight, Performance::bind(ground), ground),
            Self::Preference => Part::of(name, weight, Preference::bind(ground), ground),
            Self::Language => Part::of(name, weight, Language::bind(ground), ground),
            Self::Continuity => Part::of(name, weight, Some(Continuity::bind(ground)), ground),
            Self::Territory => Part::of(name, weight, Territory::bind(ground), ground),
        }
    }
}

/// What a part gives for a key and a rep, from 0 to 1,000,000 units.
pub trait Units: Debug + Send + Sync {
    /// The units of a rep by its place in the roster.
    fn units(&self, key: u32, rep: usize) -> i32;

    /// Writes the units of every rep: the same numbers.
    fn row(&self, key: u32, out: &mut [i32]) {
        for (rep, out) in out.iter_mut().enumerate() {
            *out = self.units(key, rep);
        }
    }

    /// Writes the units of some reps by their places in the roster, the same numbers; tells whether it did,
    /// which it does not where a whole row takes no longer.
    fn some(&self, _key: u32, _reps: &[u32], _out: &mut [i32]) -> bool {
        false
    }
}

/// A part of the score, bound to a batch. Leads that it cannot tell apart share a key.
#[derive(Debug)]
pub struct Part {
    /// Its name in rules and files.
    pub name: String,
    /// Its weight.
    pub weight: Weight,
    keys: Keys,
    units: Box<dyn Units>,
    reps: usize,
    kept: Vec<i32>,
}

impl Part {
    /// Makes a part of what it gives; keeps all of it in a table where that is small enough.
    pub fn new(name: &str, weight: Weight, keys: Keys, units: Box<dyn Units>, reps: usize) -> Self {
        let size = keys.count().saturating_mul(reps);
        let mut kept = Vec::new();
        if size <= MOST_KEPT && reps > 0 {
            kept.resize(size, 0);
            for (key, row) in (0..).zip(kept.chunks_mut(reps)) {
                units.row(key, row);
            }
        }
        Self {
            name: name.to_owned(),
            weight,
            keys,
            units,
            reps,
            kept,
        }
    }

    fn of<U: Units + 'static>(
        name: &str,
        weight: Weight,
        bound: Option<(Keys, U)>,
        ground: &Ground<'_>,
    ) -> Option<Self> {
        let (keys, units) = bound?;
        let reps = ground.batch.reps.list.len();
        Some(Self::new(name, weight, keys, Box::new(units), reps))
    }

    /// A part that is left out for every lead.
    pub fn absent(name: &str, weight: Weight, leads: usize) -> Self {
        let nothing = Box::new(Nothing);
        Self::new(name, weight, Keys::one(leads, |_| false), nothing, 0)
    }

    /// The lead's key; `None` where the part is left out for the lead.
    pub fn key(&self, lead: LeadIndex) -> Option<u32> {
        self.keys.of(lead)
    }

    /// How many keys there are.
    pub fn keys(&self) -> usize {
        self.keys.count()
    }

    /// The units, 0 to 1,000,000, of a key and a rep.
    pub fn units(&self, key: u32, rep: RepIndex) -> i32 {
        if self.kept.is_empty() {
            self.units.units(key, rep.at())
        } else {
            self.kept[key as usize * self.reps + rep.at()]
        }
    }

    /// Writes the units of every rep in roster order: the same numbers as [`Part::units`].
    pub fn row(&self, key: u32, out: &mut [i32]) {
        if self.kept.is_empty() {
            self.units.row(key, out);
        } else {
            let start = key as usize * self.reps;
            out.copy_from_slice(&self.kept[start..start + self.reps]);
        }
    }

    /// Writes the units of some reps by their places in the roster, the same numbers; tells whether it did,
    /// which it does not where a whole row takes no longer.
    pub fn some(&self, key: u32, reps: &[u32], out: &mut [i32]) -> bool {
        if self.kept.is_empty() {
            return self.units.some(key, reps, out);
        }
        let start = key as usize * self.reps;
        let row = &self.kept[start..start + self.reps];
        for (out, &rep) in out.iter_mut().zip(reps) {
            *out = row[rep as usize];
        }
        true
    }

    /// How many leads it applies to.
    pub fn leads(&self) -> u64 {
        self.keys.sizes().iter().sum()
    }
}

/// What a part gives that applies to no lead.
#[derive(Debug)]
struct Nothing;

impl Units for Nothing {
    fn units(&self, _key: u32, _rep: usize) -> i32 {
        0
    }
}

/// A share from 0 to 1 in units, rounded half up; what lies beyond counts as the bound.
#[expect(clippy::cast_possible_truncation, reason = "the share is clamped")]
fn share(share: f64) -> i32 {
    (share.clamp(0.0, 1.0) * f64::from(FULL) + 0.5) as i32
}

/// A share in units, rounded half up; 0 of nothing.
fn units_of_ratio(of: u64, whole: u64) -> i32 {
    if whole == 0 {
        return 0;
    }
    let full = u64::from(FULL.unsigned_abs());
    let units = (2 * of * full + whole) / (2 * whole);
    i32::try_from(units).unwrap_or(FULL).min(FULL)
}

/// The median of the numbers that are there: of an even count, the mean of the middle two.
fn median(numbers: &[Option<f64>]) -> Option<f64> {
    let mut known: Vec<f64> = numbers.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    let upper = *known.get(known.len() / 2)?;
    Some(if known.len() % 2 == 1 {
        upper
    } else {
        f64::midpoint(known[known.len() / 2 - 1], upper)
    })
}

#[cfg(test)]
mod tests;
