//! The one place for distance: great circles on a sphere, from fixed polynomials, so that every machine
//! gets the same bits.
//!
//! Places become unit vectors once; the straight line through the Earth between two of them (the chord)
//! gives the way over its surface. Only + − × ÷ √ are used, each rounded as IEEE 754 says.

use std::f64::consts::{FRAC_PI_2, LN_2, PI};

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

    /// Writes the distance in kilometres to the places from a position on; meaningless where one is not
    /// known.
    pub fn km_block(&self, from: Spot, start: usize, out: &mut [f64]) {
        let places = self.x[start..].iter().zip(&self.y[start..]).zip(&self.z[start..]);
        for (out, ((x, y), z)) in out.iter_mut().zip(places) {
            let (x, y, z) = (x - from.x, y - from.y, z - from.z);
            *out = km_of_chord_squared(x * x + y * y + z * z);
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

#[inline]
fn km_of_chord_squared(chord_squared: f64) -> f64 {
    let half_chord = (chord_squared * 0.25).sqrt();
    2.0 * RADIUS_KM * asin(if half_chord < 1.0 { half_chord } else { 1.0 })
}

/// Two to the power of `-t`, for `t` from 0; anything beyond 60 halvings counts as 60.
///
/// The Taylor polynomial of degree 10 on half a unit around 0: the error is below 1e-12.
#[inline]
pub fn halved(t: f64) -> f64 {
    /// Adding it leaves the nearest whole number in the low bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    /// ln(2)^k / k!, from k = 10 down to 0, for 2^x = e^(x ln 2).
    const FACTORIALS: [f64; 11] = [
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        1.0 / 2.0,
        1.0,
        1.0,
    ];
    let t = if t < 60.0 { t } else { 60.0 };
    let rounded = t + ROUND;
    let whole = rounded - ROUND;
    let x = (whole - t) * LN_2;
    let mut sum = FACTORIALS[0];
    for factor in &FACTORIALS[1..] {
        sum = sum * x + factor;
    }
    // The low twelve bits of `rounded` are the whole number, so this is 2^-whole by its exponent.
    let scale = f64::from_bits(1023_u64.wrapping_sub(rounded.to_bits()) << 52);
    sum * scale
}

/// The arc sine of a number from 0 to 1, by the rational approximation of Sun's fdlibm (error below 1e-15).
#[inline]
fn asin(x: f64) -> f64 {
    const P: [f64; 6] = [
        3.479_331_075_960_211_7e-5,
        7.915_349_942_898_145e-4,
        -4.005_553_450_067_941e-2,
        2.012_125_321_348_629_3e-1,
        -3.255_658_186_224_009e-1,
        1.666_666_666_666_666_6e-1,
    ];
    const Q: [f64; 5] = [
        7.703_815_055_590_194e-2,
        -6.882_839_716_054_533e-1,
        2.020_945_760_233_505_7,
        -2.403_394_911_734_414,
        1.0,
    ];
    let far = x > 0.5;
    let square = if far { (1.0 - x) * 0.5 } else { x * x };
    let root = if far { square.sqrt() } else { x };
    let (mut above, mut below) = (P[0], Q[0]);
    for factor in &P[1..] {
        above = above * square + factor;
    }
    for factor in &Q[1..] {
        below = below * square + factor;
    }
    let angle = root + root * (square * above / below);
    if far { FRAC_PI_2 - 2.0 * angle } else { angle }
}

/// Sine and cosine of an angle in degrees within a turn, by Taylor polynomials on an eighth of a turn
/// (error below 1e-15).
fn sin_cos_degrees(degrees: f64) -> (f64, f64) {
    let mut quarter = 0_u8;
    let mut rest = degrees;
    while rest > 45.0 && quarter < 8 {
        rest -= 90.0;
        quarter += 1;
    }
    let mut turns = quarter;
    while rest < -45.0 && quarter < 8 {
        rest += 90.0;
        quarter += 1;
        turns += 3;
    }
    let x = rest * (PI / 180.0);
    let square = x * x;
    let (mut sin, mut cos) = (0.0, 0.0);
    let mut k = 17.0;
    while k > 1.0 {
        sin = (1.0 - sin) * square / (k * (k - 1.0));
        cos = (1.0 - cos) * square / ((k - 1.0) * (k - 2.0).max(1.0));
        k -= 2.0;
    }
    let (sin, cos) = (x - x * sin, 1.0 - cos);
    match turns % 4 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
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
    fn half_the_way_around_and_no_way_at_all_are_exact() {
        assert!((km((0.0, 0.0), (0.0, 180.0)) - PI * RADIUS_KM).abs() < 1e-6);
        assert!((km((90.0, 0.0), (-90.0, 17.0)) - PI * RADIUS_KM).abs() < 1e-6);
        assert!(km((12.5, -7.25), (12.5, -7.25)).abs() < 1e-12);
    }

    #[test]
    fn a_half_distance_halves() {
        assert!((halved(0.0) - 1.0).abs() < 1e-15);
        assert!((halved(1.0) - 0.5).abs() < 1e-15);
        assert!((halved(7.0) - 0.007_812_5).abs() < 1e-15);
        assert!(halved(1e300) < 1e-17);
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
        fn halving_agrees_with_the_library(t in 0.0..60.0_f64) {
            prop_assert!((halved(t) - (-t).exp2()).abs() < 1e-12);
        }

        #[test]
        fn a_chord_says_the_same_as_its_kilometres(k in 0.0..20_000.0_f64) {
            prop_assert!((km_of_chord_squared(chord_squared_of_km(k)) - k).abs() < 1e-3);
        }

        #[test]
        fn a_row_of_kilometres_has_the_bits_of_the_single_ones(
            places in proptest::collection::vec(proptest::option::of((-90.0..90.0_f64, -180.0..180.0_f64)), 1..40),
            from in (-90.0..90.0_f64, -180.0..180.0_f64),
        ) {
            let spots = Spots::new(places.iter().copied());
            let mut row = vec![0.0; spots.len()];
            spots.km_block(Spot::new(from), 0, &mut row);
            for (at, km) in row.iter().enumerate() {
                if let Some(single) = spots.km(Spot::new(from), at) {
                    prop_assert_eq!(single.to_bits(), km.to_bits());
                }
            }
        }
    }
}
