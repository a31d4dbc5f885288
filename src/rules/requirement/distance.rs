//! Distance as a must: no lead beyond `[proximity] max_km`, or beyond the rep's own `max_km`.
//!
//! ```toml
//! [proximity]
//! max_km = 500
//! ```
//!
//! A distance that is not known does not block.

use super::{Ground, Hard};
use crate::rules::Verdict;
use crate::rules::distance::{Spot, Spots, chord_squared_of_km};
use crate::rules::keys::Keys;
use std::sync::Arc;

/// The places of a batch, with the farthest of each rep as the square of a chord.
#[derive(Debug)]
pub struct MaxKm {
    leads: Arc<Vec<Spot>>,
    reps: Arc<Spots>,
    farthest: Vec<f64>,
}

impl MaxKm {
    /// Binds the rule where anything bounds the distance.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let (list, places) = (&ground.batch.reps.list, &ground.places);
        let for_all = ground.written.max_km;
        if for_all.is_none() && list.iter().all(|rep| rep.max_km.is_none()) {
            return None;
        }
        let farthest = list.iter().enumerate().map(|(at, rep)| {
            let bounds = [for_all, rep.max_km].into_iter().flatten();
            let bound = bounds.min_by(f64::total_cmp).filter(|_| places.reps.is_known(at));
            bound.map_or(f64::INFINITY, chord_squared_of_km)
        });
        let must = Self {
            leads: Arc::clone(&places.leads),
            farthest: farthest.collect(),
            reps: Arc::clone(&places.reps),
        };
        Some((places.keys.clone(), must))
    }

    #[inline]
    fn within(&self, from: Spot, rep: usize) -> bool {
        self.reps.chord_squared(from, rep) <= self.farthest[rep]
    }
}

impl Hard for MaxKm {
    fn verdict(&self, key: u32, rep: usize) -> Verdict {
        if self.within(self.leads[key as usize], rep) {
            Verdict::Holds
        } else {
            Verdict::Fails
        }
    }

    fn clear_blocked(&self, key: u32, out: &mut [bool]) {
        let from = self.leads[key as usize];
        for (rep, out) in out.iter_mut().enumerate() {
            *out &= self.within(from, rep);
        }
    }

    fn strike(&self, key: u32, _spare: &mut Vec<bool>, out: &mut [i32], with: i32) {
        /// So many chords stay in the first cache.
        const BLOCK: usize = 512;
        let from = self.leads[key as usize];
        let mut chords = [0.0; BLOCK];
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            let chords = &mut chords[..out.len()];
            self.reps.chords_squared(from, block * BLOCK, chords);
            let farthest = &self.farthest[block * BLOCK..];
            for ((out, chord), farthest) in out.iter_mut().zip(chords.iter()).zip(farthest) {
                *out = if chord <= farthest { *out } else { with };
            }
        }
    }
}
