//! Units that depend on the distance alone, rounded for many pairs at a time through a table of cubics,
//! with the very result of the exact formula.
//!
//! The table covers the squares of chords, as they come from coordinates, in pieces that each span a
//! 64th of a power of two; a piece is found by shifting the bits of the number. The cubic of a piece
//! meets the formula in its four Chebyshev nodes and is taken only where it strays from it by less than
//! [`STRAYS`] at any of sixteen points. Rounding it gives the formula's whole number unless a half is
//! nearer than [`MARGIN`], eight times as much; there, and where no cubic is taken, the formula itself
//! is asked. So the table decides how fast a row is, never what is in it.

/// Bits of a number below those that tell its piece: 64 pieces a power of two.
const SHIFT: u32 = 52 - 6;
/// Pieces for 64 powers of two.
const PIECES: usize = 64 * 64;
/// The least square of a chord with a piece, 2⁻⁶¹: 4 mm. The greatest is below 8; chords end at 4.
const LEAST: f64 = f64::from_bits((1023 - 61) << 52);
/// How far a cubic may be from the formula, in units.
const STRAYS: f64 = 1.0 / 8192.0;
/// How near to a half a cubic may be taken for sure.
const MARGIN: f64 = 1.0 / 1024.0;
/// Adding it to a number leaves the nearest whole number in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// So many pairs are rounded before it is asked whether any is doubtful.
const BLOCK: usize = 64;
/// Where in its piece a cubic meets the formula: the Chebyshev nodes (1 − cos((2k + 1)π/8)) / 2.
const NODES: [f64; 4] = [
    0.038_060_233_744_356_63,
    0.308_658_283_817_455_1,
    0.691_341_716_182_544_9,
    0.961_939_766_255_643_4,
];

/// A cubic's factors, the highest power first; not numbers where the formula is to be asked.
type Cubic = [f64; 4];

/// The table of one formula.
#[derive(Clone, Debug)]
pub struct Falloff {
    pieces: Box<[Cubic; PIECES]>,
}

impl Falloff {
    /// Tabulates a formula from 0 to 4 that is smooth but at the ends; about fifty thousand values of it.
    pub fn new(formula: impl Fn(f64) -> f64) -> Self {
        let mut pieces: Box<[Cubic; PIECES]> = vec![[f64::NAN; 4]; PIECES]
            .into_boxed_slice()
            .try_into()
            .expect("there are as many pieces");
        for number in LEAST.to_bits() >> SHIFT..=4.0_f64.to_bits() >> SHIFT {
            let start = f64::from_bits(number << SHIFT);
            let width = f64::from_bits((number + 1) << SHIFT) - start;
            let cubic = interpolated(NODES.map(|node| (node * width, formula(start + node * width))));
            let strays = (0..16_u32).any(|point| {
                let beyond = width * f64::from(point) / 16.0;
                let off = (value(cubic, beyond) - formula(start + beyond)).abs();
                off.is_nan() || off >= STRAYS
            });
            // Chords too small for a piece of their own share the first.
            let covers = start > LEAST || (formula(0.0) - formula(start)).abs() < STRAYS;
            if !strays && covers {
                pieces[piece(number)] = cubic;
            }
        }
        Self { pieces }
    }

    /// Writes the formula of each square of a chord rounded half up, which is what `exact` gives.
    pub fn round(&self, chords: &[f64], out: &mut [i32], exact: impl Fn(f64) -> i32) {
        for (chords, out) in chords.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            let mut values = [0.0; BLOCK];
            let values = &mut values[..chords.len()];
            if self.block(chords, values, out) {
                for ((out, value), chord) in out.iter_mut().zip(values).zip(chords) {
                    if is_doubtful(*value) {
                        *out = exact(*chord);
                    }
                }
            }
        }
    }

    /// Rounds the cubics of a block; tells whether any is too near to a half. In three loops, of which the
    /// processor does the first and the last several pairs at a time.
    fn block(&self, chords: &[f64], values: &mut [f64], out: &mut [i32]) -> bool {
        let mut numbers = [0_u64; BLOCK];
        let numbers = &mut numbers[..chords.len()];
        for ((value, number), &chord) in values.iter_mut().zip(numbers.iter_mut()).zip(chords) {
            let chord = if chord > LEAST { chord } else { LEAST };
            let bits = chord.to_bits();
            *number = bits >> SHIFT;
            *value = chord - f64::from_bits(bits >> SHIFT << SHIFT);
        }
        for (of_piece, &number) in values.iter_mut().zip(numbers.iter()) {
            *of_piece = value(self.pieces[piece(number)], *of_piece);
        }
        let mut doubts = 0;
        for (out, &value) in out.iter_mut().zip(values.iter()) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the low bits hold the whole number"
            )]
            {
                *out = (value + ROUND).to_bits() as i32;
            }
            doubts |= u64::from(is_doubtful(value));
        }
        doubts != 0
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low bits tell the piece")]
fn piece(number: u64) -> usize {
    number as usize % PIECES
}

#[inline]
fn value([cube, square, linear, constant]: Cubic, at: f64) -> f64 {
    ((cube * at + square) * at + linear) * at + constant
}

/// Tells whether a value is so near to a half that the formula may be on its other side, or no number.
#[inline]
fn is_doubtful(value: f64) -> bool {
    let nearest = (value + ROUND) - ROUND;
    let off = (value - nearest).abs();
    !matches!(off.partial_cmp(&(0.5 - MARGIN)), Some(std::cmp::Ordering::Less))
}

/// The cubic through four points (Newton's divided differences, multiplied out).
fn interpolated(points: [(f64, f64); 4]) -> Cubic {
    let mut of = points.map(|(_, value)| value);
    for order in 1..4 {
        for at in (order..4).rev() {
            of[at] = (of[at] - of[at - 1]) / (points[at].0 - points[at - order].0);
        }
    }
    let [a, b, c, _] = points.map(|(at, _)| at);
    [
        of[3],
        of[2] - of[3] * (a + b + c),
        of[1] - of[2] * (a + b) + of[3] * (a * b + a * c + b * c),
        of[0] - of[1] * a + of[2] * a * b - of[3] * a * b * c,
    ]
}

#[cfg(test)]
mod tests {
    use super::super::{half_up, halved, km_of_chord_squared};
    use super::*;
    use proptest::prelude::*;

    fn check(half_km: f64, chords: &[f64]) {
        let formula = |chord: f64| halved(km_of_chord_squared(chord) / half_km) * 1_000_000.0;
        let exact = |chord: f64| half_up(formula(chord));
        let mut found = vec![0; chords.len()];
        Falloff::new(formula).round(chords, &mut found, exact);
        let expected: Vec<i32> = chords.iter().map(|chord| exact(*chord)).collect();
        assert_eq!(found, expected, "{half_km} km");
    }

    #[test]
    fn the_ends_of_the_world_are_the_formulas() {
        let ends = [
            0.0,
            1e-300,
            1e-30,
            LEAST,
            1e-12,
            3.999_999,
            4.0,
            4.000_000_000_000_002,
        ];
        for half_km in [0.01, 1.0, 50.0, 1000.0, 20_000.0, 1e6] {
            check(half_km, &ends);
        }
    }

    #[test]
    fn halves_are_the_formulas() {
        // As many distances as make every unit, and both neighbours of each half between two.
        let chords: Vec<f64> = (1..40_000).map(|at| f64::from(at) * 1e-7).collect();
        check(500.0, &chords);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_number_is_the_formulas(
            half_km in -2.0..5.0_f64,
            chords in proptest::collection::vec(prop_oneof![0.0..4.0_f64, (-44.0..1.38_f64).prop_map(f64::exp)], 300),
        ) {
            check(10_f64.powf(half_km), &chords);
        }
    }
}
