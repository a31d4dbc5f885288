//! Statements and values about a pair: expressions with the fields of `pair.…` that they read.

use super::bind::Places;
use super::distance::{Spot, Spots};
use super::expr::{Bound, Compiled, Truth};
use super::keys::Keys;
use super::overlap::Overlaps;
use super::score::Part;
use crate::model::{LeadIndex, OfficeIndex, RepIndex};
use std::sync::Arc;

/// The field of shared hours.
pub const OVERLAP: &str = "overlap";

/// The names after `pair.`, in the order of their numbers: the distance, the shared hours, then the built-in
/// parts.
pub const NAMES: &[&str] = &[
    "distance_km",
    OVERLAP,
    "skill",
    "proximity",
    "availability",
    "experience",
    "performance",
    "preference",
    "language",
    "continuity",
];

/// What `pair.…` stands for in a batch.
#[derive(Debug)]
pub struct PairFields {
    places: Places,
    overlaps: Arc<Overlaps>,
    /// A key for each lead whose office hours are known, and those of each key.
    offices: (Keys, Vec<OfficeIndex>),
    parts: Vec<Option<Part>>,
}

impl PairFields {
    /// Makes the fields of the places, of the shared hours and of the built-in parts in the order of
    /// [`NAMES`]; those that no expression reads may be absent.
    pub fn new(places: Places, overlaps: Arc<Overlaps>, parts: Vec<Option<Part>>, leads: usize) -> Self {
        Self {
            offices: overlaps.keys(leads),
            places,
            overlaps,
            parts,
        }
    }

    fn key(&self, field: usize, lead: LeadIndex) -> Option<u32> {
        match field {
            0 => self.places.keys.of(lead),
            1 => self.offices.0.of(lead),
            part => self.parts.get(part)?.as_ref()?.key(lead),
        }
    }

    fn value(&self, field: usize, key: u32, rep: usize) -> Option<f64> {
        match field {
            0 => {
                let (leads, reps): (&[Spot], &Spots) = (&self.places.leads, &self.places.reps);
                reps.km(leads[key as usize], rep)
            }
            1 => self.overlaps.share(self.offices.1[key as usize], rep),
            part => {
                let part = self.parts.get(part)?.as_ref()?;
                Some(f64::from(part.units(key, RepIndex::new(rep))) / 10_000.0)
            }
        }
    }
}

/// The key of an expression, and for each pair field that it reads its number and key.
type Combination = (u32, Vec<(usize, Option<u32>)>);

/// An expression about a pair, decided by keys of leads.
#[derive(Debug)]
pub struct Statement {
    bound: Bound,
    fields: Arc<PairFields>,
    /// A key for every lead.
    pub keys: Keys,
    /// For each key that of the expression, and those of the pair fields that it reads.
    kinds: Vec<Combination>,
    /// Whether the rep has a say.
    pub reads_rep: bool,
    /// How many reps the roster has.
    pub reps: usize,
}

fn code(key: usize) -> u32 {
    u32::try_from(key).expect("there are no more keys than leads")
}

impl Statement {
    /// Binds a compiled expression to the leads.
    pub fn new(compiled: &Compiled<'_>, fields: &Arc<PairFields>, leads: usize, reps: usize) -> Self {
        let bound = Bound::new(compiled);
        let (keys, kinds) = if bound.reads_pair().is_empty() {
            let of = (0..leads).map(|row| bound.lead_key(row)).collect();
            let kinds = (0..bound.lead_keys()).map(|key| (code(key), Vec::new()));
            (Keys::of_codes(of, bound.lead_keys()), kinds.collect())
        } else {
            Keys::by(leads, |row| {
                let lead = LeadIndex::new(row);
                let pairs = bound
                    .reads_pair()
                    .iter()
                    .map(|&field| (field, fields.key(field, lead)));
                Some((bound.lead_key(row), pairs.collect::<Vec<_>>()))
            })
        };
        Self {
            reads_rep: compiled.reads_rep() || !bound.reads_pair().is_empty(),
            bound,
            fields: Arc::clone(fields),
            keys,
            kinds,
            reps,
        }
    }

    fn pair(&self, key: u32, field: usize, rep: usize) -> Option<f64> {
        let read = &self.kinds[key as usize].1;
        let key = read.iter().find(|(read, _)| *read == field)?.1?;
        self.fields.value(field, key, rep)
    }

    fn lead_key(&self, key: u32) -> u32 {
        self.kinds[key as usize].0
    }

    /// Whether it holds.
    pub fn truth(&self, key: u32, rep: usize) -> Truth {
        self.bound
            .boolean(self.lead_key(key), rep, &|field| self.pair(key, field, rep))
    }

    /// What it comes to as a number (yes 1, no 0); absent where that is not known.
    pub fn number(&self, key: u32, rep: usize) -> Option<f64> {
        self.bound
            .number(self.lead_key(key), rep, &|field| self.pair(key, field, rep))
    }

    /// Why it is not known, if it is not.
    pub fn reason(&self, key: u32, rep: usize) -> Option<String> {
        self.bound
            .reason(self.lead_key(key), rep, &|field| self.pair(key, field, rep))
    }

    /// Clears `out[rep]` for every rep for whom it does not hold.
    pub fn clear_false(&self, key: u32, out: &mut [bool]) {
        let pair = |field: usize, rep: usize| self.pair(key, field, rep);
        self.bound.clear_false(self.lead_key(key), &pair, out);
    }

    /// A rep of each group that it cannot tell apart; every rep where it reads the pair.
    pub fn distinct_reps(&self) -> Vec<usize> {
        if !self.bound.reads_pair().is_empty() {
            return (0..self.reps).collect();
        }
        let mut seen = vec![false; self.bound.rep_keys()];
        let first = |&rep: &usize| !std::mem::replace(&mut seen[self.bound.rep_key(rep) as usize], true);
        (0..self.reps).filter(first).collect()
    }
}
