//! One country's postal codes with their points.

use super::blob::section;
use super::divisions::{Spot, ZoneIndex, zone_index};
use crate::model::Country;
use std::collections::BTreeSet;

/// Letters and digits of the longest code.
const LONGEST: u32 = 12;

/// A country's postal codes in order.
#[derive(Debug, Default)]
pub(super) struct Codes {
    /// How many digits all codes have, if they are digits.
    pub digits: Option<usize>,
    /// As texts of [`LONGEST`] letters: see [`number`].
    numbers: Vec<u64>,
    /// For each code its spot.
    spots: Vec<u32>,
    distinct: Vec<Spot>,
}

/// How many parts of a degree the points have.
const TO_THE_DEGREE: f64 = 1000.0;

impl Codes {
    /// Unpacks the codes of a country, if the tables have some.
    pub fn unpack(Country([first, second]): Country) -> Option<Self> {
        let mut columns = section([b'p', b'-', first, second])?;
        let (digits, letters, count) = (columns.count(), columns.count(), columns.count());
        let place = last_place(digits.max(letters));
        let (mut code, mut number) = (0, 0);
        let numbers = (0..count)
            .map(|_| {
                let step = columns.number();
                // Most steps change the last digit alone.
                let last_alone = number > 0 && code % 10 + step < 10;
                code += step;
                number = match digits {
                    0 => code.wrapping_mul(place),
                    _ if last_alone => number + step * place,
                    _ => of_digits(code, digits),
                };
                number
            })
            .collect();
        let runs = columns.count();
        let mut spots = Vec::with_capacity(count);
        for run in 0..u32::try_from(runs).unwrap_or(0) {
            let length = columns.count() + 1;
            spots.resize(spots.len() + length, run);
        }
        let mut coordinates = || {
            let mut here = 0;
            let steps = columns.signed(runs).into_iter();
            steps
                .map(|step| {
                    here += step;
                    f64::from(here) / TO_THE_DEGREE
                })
                .collect::<Vec<f64>>()
        };
        let (latitudes, longitudes) = (coordinates(), coordinates());
        let used = columns.count();
        let zones: Vec<Option<ZoneIndex>> = (0..used).map(|_| zone_index(columns.count())).collect();
        let distinct = latitudes
            .into_iter()
            .zip(longitudes)
            .map(|degrees| Spot {
                degrees,
                zone: zones.get(columns.count()).copied().flatten(),
            })
            .collect();
        Some(Self {
            digits: Some(digits).filter(|&digits| digits > 0),
            numbers,
            spots,
            distinct,
        })
    }

    /// The codes of a list of texts with their spots.
    pub fn of_rows(rows: impl Iterator<Item = (String, Spot)>) -> Self {
        let (mut lengths, mut numeric) = (BTreeSet::new(), true);
        let mut numbered: Vec<(u64, Spot)> = Vec::new();
        for (text, spot) in rows {
            lengths.insert(text.len());
            numeric &= text.bytes().all(|byte| byte.is_ascii_digit());
            numbered.extend(number(&text).map(|code| (code, spot)));
        }
        numbered.sort_by_key(|(code, _)| *code);
        let count = u32::try_from(numbered.len()).unwrap_or(0);
        let (numbers, distinct) = numbered.into_iter().unzip();
        Self {
            digits: lengths.first().copied().filter(|_| numeric && lengths.len() == 1),
            numbers,
            spots: (0..count).collect(),
            distinct,
        }
    }

    /// The spot of a code of upper-case letters and digits.
    pub fn exact(&self, text: &str) -> Option<Spot> {
        let at = self.numbers.binary_search(&number(text)?).ok()?;
        Some(self.spot(at))
    }

    /// The spot in the middle of the codes that begin with a text.
    pub fn beginning(&self, text: &str) -> Option<Spot> {
        let first = number(text)?;
        let length = u32::try_from(text.len()).ok()?;
        let last = first + 37_u64.pow(LONGEST.checked_sub(length)?) - 1;
        let from = self.numbers.partition_point(|&code| code < first);
        let to = self.numbers.partition_point(|&code| code <= last);
        (from < to).then(|| self.spot(usize::midpoint(from, to)))
    }

    /// The spot of the last code that is not after a text.
    pub fn not_after(&self, text: &str) -> Option<Spot> {
        let code = number(text)?;
        let after = self.numbers.partition_point(|&other| other <= code);
        after.checked_sub(1).map(|at| self.spot(at))
    }

    fn spot(&self, at: usize) -> Spot {
        self.distinct[self.spots[at] as usize]
    }
}

/// A code as a number with twelve digits of base 37 (nothing, 0 to 9, A to Z), so that codes compare as
/// their texts do; none for a longer text.
fn number(text: &str) -> Option<u64> {
    let missing = LONGEST.checked_sub(u32::try_from(text.len()).ok()?)?;
    let mut number = 0;
    for byte in text.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0' + 1,
            b'A'..=b'Z' => byte - b'A' + 11,
            _ => return None,
        };
        number = number * 37 + u64::from(digit);
    }
    Some(number * 37_u64.pow(missing))
}

/// What the last of so many digits counts in a number.
fn last_place(digits: usize) -> u64 {
    37_u64.pow(LONGEST.saturating_sub(u32::try_from(digits).unwrap_or(0)))
}

/// The number of a code that is so many decimal digits.
fn of_digits(mut code: u64, digits: usize) -> u64 {
    let (mut number, mut place) = (0, last_place(digits));
    for _ in 0..digits {
        number += (code % 10 + 1) * place;
        (code, place) = (code / 10, place.wrapping_mul(37));
    }
    number
}
