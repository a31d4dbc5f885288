//! Proximity: how near the rep's place is to the lead's.
//!
//! ```toml
//! [score]
//! proximity = 3
//! [proximity]
//! half_km = 50   # 100 points at the door, 50 after 50 km, 25 after 100 km
//! ```
//!
//! Left out where the lead's place is not known to the city, or no rep's is; 0 for a rep without a place.

use super::{FULL, Ground, Units};
use crate::rules::distance::{Spot, Spots, halved};
use crate::rules::keys::Keys;
use std::sync::Arc;

/// The places of a batch with the distance that halves the points.
#[derive(Debug)]
pub struct Proximity {
    leads: Arc<Vec<Spot>>,
    reps: Arc<Spots>,
    half_km: f64,
}

impl Proximity {
    /// Binds the part to the leads whose place is known.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let places = &ground.places;
        let proximity = || Self {
            leads: Arc::clone(&places.leads),
            reps: Arc::clone(&places.reps),
            half_km: ground.written.half_km,
        };
        places
            .reps
            .any_known()
            .then(|| (places.keys.clone(), proximity()))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number is between 0 and 1,000,000.5"
    )]
    #[inline]
    fn of_km(&self, km: f64) -> i32 {
        (halved(km / self.half_km) * f64::from(FULL) + 0.5) as i32
    }
}

impl Units for Proximity {
    fn units(&self, key: u32, rep: usize) -> i32 {
        let km = self.reps.km(self.leads[key as usize], rep);
        km.map_or(0, |km| self.of_km(km))
    }

    fn row(&self, key: u32, out: &mut [i32]) {
        /// So many distances stay in the first cache.
        const BLOCK: usize = 512;
        let from = self.leads[key as usize];
        let mut kilometres = [0.0; BLOCK];
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            let kilometres = &mut kilometres[..out.len()];
            self.reps.km_block(from, block * BLOCK, kilometres);
            for (out, &km) in out.iter_mut().zip(kilometres.iter()) {
                *out = self.of_km(km);
            }
            self.reps.clear_unknown(block * BLOCK, out);
        }
    }
}
