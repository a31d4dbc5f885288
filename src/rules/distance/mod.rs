//! The one place for distance: great circles on a sphere, from fixed polynomials, so that every machine
//! gets the same bits.
//!
//! Places become unit vectors once; the straight line through the Earth between two of them (the chord)
//! gives the way over its surface. Only + − × ÷ √ are used, each rounded as IEEE 754 says.

mod falloff;
mod polynomials;

pub use falloff::Falloff;
use polynomials::{asin, sin_cos_degrees};
pub use polynomials::{half_up, halved};
use std::f64::consts::{FRAC_PI_2, PI};

/// The Earth's mean radius in kilometres (IUGG).
const RADIUS_KM: f64 = 6_371.008_8;

/// A place as a unit vector from the Earth's centre.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    x: f64,
    y: f64,
    z: f64,
}

impl Spot {
    /// Makes a spot of latitude and longitude in degrees.
    pub fn new((latitude, longitude): (f64, f64)) -> Self {
        let (sin_latitude, cos_latitude) = sin_cos_degrees(latitude);
        let (sin_longitude, cos_longitude) = sin_cos_degrees(longitude);
        Self {
            x: cos_latitude * cos_longitude,
            y: cos_latitude * sin_longitude,
            z: sin_latitude,
        }
    }
}

/// Places side by side, one array a coordinate, so that one can be measured against all in a plain loop.
#[derive(Clone, Debug, Default)]
pub struct Spots {
    x: Vec<f64>,
    y: Vec<f64>,
    z: Vec<f64>,
    known: Vec<bool>,
}

impl Spots {
    /// Lines up the places that are known; the others keep their position in the list.
    pub fn new(degrees: impl Iterator<Item = Option<(f64, f64)>>) -> Self {
        let mut spots = Self::default();
        for place in degrees {
            let spot = place.map_or(
                Spot {
                    x: 0.0,
                    y: 0.0,
                    z: 0.0,
                },
                Spot::new,
            );
            spots.x.push(spot.x);
            spots.y.push(spot.y);
            spots.z.push(spot.z);
            spots.known.push(place.is_some());
        }
        spots
    }

    /// How many places there are, known or not.
    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// Tells whether a place is known.
    pub fn is_known(&self, at: usize) -> bool {
        self.known[at]
    }

    /// Tells whether any place is known.
    pub fn any_known(&self) -> bool {
        self.known.contains(&true)
    }

    /// The square of the chord from a spot to the place at a position, in Earth radii; meaningless where
    /// that place is not known.
    #[inline]
    pub fn chord_squared(&self, from: Spot, at: usize) -> f64 {
        let (x, y, z) = (self.x[at] - from.x, self.y[at] - from.y, self.z[at] - from.z);
        x * x + y * y + z * z
    }

    /// The distance in kilometres to the place at a position, if it is known.
    pub fn km(&self, from: Spot, at: usize) -> Option<f64> {
        self.known[at].then(|| km_of_chord_squared(self.chord_squared(from, at)))
    }

    /// Writes the squares of the chords to the places from a position on; meaningless where one is not
    /// known.
    pub fn chords_squared(&self, from: Spot, start: usize, out: &mut [f64]) {
        let places = self.x[start..].iter().zip(&self.y[start..]).zip(&self.z[start..]);
        for (out, ((x, y), z)) in out.iter_mut().zip(places) {
            let (x, y, z) = (x - from.x, y - from.y, z - from.z);
            *out = x * x + y * y + z * z;
        }
    }

    /// Writes 0 for the places from a position on that are not known.
    pub fn clear_unknown(&self, start: usize, out: &mut [i32]) {
        for (out, &known) in out.iter_mut().zip(&self.known[start..]) {
            *out *= i32::from(known);
        }
    }
}

/// The great-circle distance of two places, given in degrees, in kilometres.
pub fn km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (from, to) = (Spot::new(from), Spot::new(to));
    let (x, y, z) = (to.x - from.x, to.y - from.y, to.z - from.z);
    km_of_chord_squared(x * x + y * y + z * z)
}

/// The square of the chord in Earth radii that belongs to a distance in kilometres; nothing is farther
/// apart than half the way around.
pub fn chord_squared_of_km(km: f64) -> f64 {
    let half_angle = km / (2.0 * RADIUS_KM);
    if half_angle >= FRAC_PI_2 {
        return 4.0 + f64::EPSILON * 16.0;
    }
    let (sin, _) = sin_cos_degrees(half_angle * (180.0 / PI));
    4.0 * sin * sin
}

/// The kilometres that belong to the square of a chord in Earth radii.
#[inline]
pub fn km_of_chord_squared(chord_squared: f64) -> f64 {
    let half_chord = (chord_squared * 0.25).sqrt();
    2.0 * RADIUS_KM * asin(if half_chord < 1.0 { half_chord } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(from: (f64, f64), to: (f64, f64), kilometres: f64) {
        let found = km(from, to);
        assert!(
            (found - kilometres).abs() <= kilometres * 0.005,
            "{found} for {kilometres}"
        );
    }

    #[test]
    fn known_city_pairs_are_as_far_apart_as_atlases_say() {
        check((40.7128, -74.0060), (34.0522, -118.2437), 3936.0);
        check((51.5074, -0.1278), (48.8566, 2.3522), 344.0);
        check((35.6762, 139.6503), (-33.8688, 151.2093), 7822.0);
        check((52.5200, 13.4050), (48.1351, 11.5820), 504.0);
    }

    #[test]
    fn the_distance_of_two_airports_is_the_published_one() {
        // Williams, Aviation Formulary: LAX (33°57'N 118°24'W) to JFK (40°38'N 73°47'W) is 2,144 nautical
        // miles of 1,852 m along the great circle.
        let (lax, jfk) = ((33.95, -118.4), (40.0 + 38.0 / 60.0, -(73.0 + 47.0 / 60.0)));
        assert!((km(lax, jfk) - 2_144.0 * 1.852).abs() < 4.0);
    }

    #[test]
    fn half_the_way_around_and_no_way_at_all_are_exact() {
        assert!((km((0.0, 0.0), (0.0, 180.0)) - PI * RADIUS_KM).abs() < 1e-6);
        assert!((km((90.0, 0.0), (-90.0, 17.0)) - PI * RADIUS_KM).abs() < 1e-6);
        assert!(km((12.5, -7.25), (12.5, -7.25)).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn distance_agrees_with_the_haversine_of_the_library(
            a in -90.0..90.0_f64, b in -180.0..180.0_f64, c in -90.0..90.0_f64, d in -180.0..180.0_f64,
        ) {
            let (p, q) = (a.to_radians(), c.to_radians());
            let h = ((q - p) / 2.0).sin().powi(2)
                + p.cos() * q.cos() * ((d - b).to_radians() / 2.0).sin().powi(2);
            let expected = 2.0 * RADIUS_KM * h.sqrt().min(1.0).asin();
            prop_assert!((km((a, b), (c, d)) - expected).abs() < 1e-3);
        }

        #[test]
        fn distance_is_symmetric_and_no_detour_is_shorter(
            a in (-90.0..90.0_f64, -180.0..180.0_f64),
            b in (-90.0..90.0_f64, -180.0..180.0_f64),
            c in (-90.0..90.0_f64, -180.0..180.0_f64),
            near in (-0.01..0.01_f64, -0.01..0.01_f64),
        ) {
            prop_assert_eq!(km(a, b).to_bits(), km(b, a).to_bits());
            let door = ((a.0 + near.0).clamp(-90.0, 90.0), a.1 + near.1);
            for (from, over, to) in [(a, b, c), (a, door, c), (door, a, door)] {
                prop_assert!(km(from, to) <= km(from, over) + km(over, to) + 1e-6);
            }
        }

        #[test]
        fn a_chord_says_the_same_as_its_kilometres(k in 0.0..20_000.0_f64) {
            prop_assert!((km_of_chord_squared(chord_squared_of_km(k)) - k).abs() < 1e-3);
        }

        #[test]
        fn a_row_of_chords_has_the_bits_of_the_single_ones(
            places in proptest::collection::vec(proptest::option::of((-90.0..90.0_f64, -180.0..180.0_f64)), 1..40),
            from in (-90.0..90.0_f64, -180.0..180.0_f64),
        ) {
            let spots = Spots::new(places.iter().copied());
            let mut row = vec![0.0; spots.len()];
            spots.chords_squared(Spot::new(from), 0, &mut row);
            for (at, chord) in row.iter().enumerate() {
                prop_assert_eq!(spots.chord_squared(Spot::new(from), at).to_bits(), chord.to_bits());
            }
        }
    }
}
