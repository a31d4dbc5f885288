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
use crate::rules::distance::{Falloff, Spot, Spots, half_up, halved, km_of_chord_squared};
use crate::rules::keys::Keys;
use std::sync::Arc;

/// The places of a batch with the distance that halves the points.
#[derive(Debug)]
pub struct Proximity {
    leads: Arc<Vec<Spot>>,
    reps: Arc<Spots>,
    half_km: f64,
    /// Worth its while where rows are many.
    table: Option<Falloff>,
}

/// For fewer pairs than so many no table is made.
const FEW: usize = 1 << 20;

/// So many chords stay in the first cache.
const BLOCK: usize = 512;

impl Proximity {
    /// Binds the part to the leads whose place is known.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let places = &ground.places;
        if !places.reps.any_known() {
            return None;
        }
        let mut proximity = Self {
            leads: Arc::clone(&places.leads),
            reps: Arc::clone(&places.reps),
            half_km: ground.written.half_km,
            table: None,
        };
        if places.keys.count().saturating_mul(places.reps.len()) >= FEW {
            proximity.table = Some(Falloff::new(|chord| proximity.of_chord(chord)));
        }
        Some((places.keys.clone(), proximity))
    }

    /// The units before they are rounded.
    #[inline]
    fn of_chord(&self, chord_squared: f64) -> f64 {
        halved(km_of_chord_squared(chord_squared) / self.half_km) * f64::from(FULL)
    }

    fn round(&self, chords: &[f64], out: &mut [i32]) {
        let exact = |chord| half_up(self.of_chord(chord));
        if let Some(table) = &self.table {
            table.round(chords, out, exact);
        } else {
            for (out, &chord) in out.iter_mut().zip(chords) {
                *out = exact(chord);
            }
        }
    }
}

impl Units for Proximity {
    fn units(&self, key: u32, rep: usize) -> i32 {
        if !self.reps.is_known(rep) {
            return 0;
        }
        half_up(self.of_chord(self.reps.chord_squared(self.leads[key as usize], rep)))
    }

    fn row(&self, key: u32, out: &mut [i32]) {
        let from = self.leads[key as usize];
        let mut chords = [0.0; BLOCK];
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            let chords = &mut chords[..out.len()];
            self.reps.chords_squared(from, block * BLOCK, chords);
            self.round(chords, out);
            self.reps.clear_unknown(block * BLOCK, out);
        }
    }

    fn some(&self, key: u32, reps: &[u32], out: &mut [i32]) -> bool {
        let from = self.leads[key as usize];
        let mut chords = [0.0; BLOCK];
        for (reps, out) in reps.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            let chords = &mut chords[..reps.len()];
            for (chord, &rep) in chords.iter_mut().zip(reps) {
                *chord = self.reps.chord_squared(from, rep as usize);
            }
            self.round(chords, out);
            for (out, &rep) in out.iter_mut().zip(reps) {
                *out *= i32::from(self.reps.is_known(rep as usize));
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, parts};
    use crate::model::{LeadIndex, RepIndex};
    use crate::rules::bind::fixture::{batch, bound};
    use proptest::prelude::*;

    #[test]
    fn closeness_halves_with_every_half_distance() {
        // A degree of latitude is 111.195 km on the sphere.
        let reps = "id|at\na|0,0\nb|0.449660803,0\nc|90,0\nd|";
        check(
            "proximity",
            "id|at\n1|0,0\n2|",
            reps,
            &[&[100.0, 50.0, 0.0, 0.0], &[]],
        );
    }

    #[test]
    fn proximity_is_left_out_where_no_rep_has_a_place() {
        check("proximity", "id|at\n1|0,0", "id\na", &[&[]]);
    }

    proptest! {
        #[test]
        fn a_row_made_on_demand_has_the_units_of_the_single_pairs(
            places in proptest::collection::vec((-90.0..90.0_f64, -180.0..180.0_f64), 1..30),
        ) {
            let reps: Vec<String> =
                places.iter().enumerate().map(|(at, (a, b))| format!("r{at}|{a},{b}")).collect();
            let batch = batch("id|at\n1|40.5,-74.25", &format!("id|at\nnone|\n{}", reps.join("\n")));
            let rules = bound("[score]\nproximity = 1", &batch);
            let part = &parts(&rules)[0];
            let mut row = vec![0; batch.reps.list.len()];
            part.units.row(0, &mut row);
            let every_other: Vec<u32> = (0u32..).step_by(2).take(row.len().div_ceil(2)).collect();
            let mut some = vec![0; every_other.len()];
            prop_assert!(part.units.some(0, &every_other, &mut some));
            prop_assert!(some.iter().eq(row.iter().step_by(2)));
            for (rep, units) in row.iter().enumerate() {
                prop_assert_eq!(part.units.units(0, rep), *units);
                prop_assert_eq!(part.units(part.key(LeadIndex(0)).unwrap(), RepIndex::new(rep)), *units);
            }
        }
    }
}
