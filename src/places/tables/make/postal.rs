//! The section of one country's postal codes.
//!
//! Codes in order; neighbours that lie within [`TOLERANCE`] of one point and in one time zone share it.

use super::packing::{number, numbers, parts, signed};
use super::sources::{City, Code, Point};
use std::collections::{BTreeMap, BTreeSet};

/// How far, in kilometres, a code's point may be from where the source has it.
const TOLERANCE: f64 = 0.3;

/// How many parts of a degree the points have.
const TO_THE_DEGREE: f64 = 1000.0;

/// Neighbouring codes that share a point.
struct Run {
    count: usize,
    /// South, north, west, east.
    bounds: [f64; 4],
    zone: Option<String>,
}

impl Run {
    fn middle(&self) -> Point {
        let [south, north, west, east] = self.bounds;
        (f64::midpoint(south, north), f64::midpoint(west, east))
    }
}

/// How the codes of a country are numbers.
#[derive(Clone, Copy)]
enum Kind {
    /// So many decimal digits.
    Digits(usize),
    /// So many digits of base 37: none, 0 to 9, A to Z.
    Letters(usize),
}

impl Kind {
    /// Digits if nearly all codes are so many of them; the others are then left out.
    fn of(codes: &BTreeMap<String, Code>) -> Self {
        let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut lengths = BTreeMap::new();
        for text in codes.keys().filter(|text| numeric(text)) {
            *lengths.entry(text.len()).or_insert(0) += 1;
        }
        match lengths.into_iter().max_by_key(|&(_, count)| count) {
            Some((length, count)) if count * 10 >= codes.len() * 9 => Self::Digits(length),
            _ => Self::Letters(codes.keys().map(String::len).max().unwrap_or(0)),
        }
    }

    fn value(self, text: &str) -> Option<u64> {
        match self {
            Self::Digits(length) => text.parse().ok().filter(|_| text.len() == length),
            Self::Letters(length) => {
                let padded = text.bytes().chain(std::iter::repeat(b' ')).take(length);
                Some(padded.fold(0, |value, byte| value * 37 + digit(byte)))
            }
        }
    }
}

fn digit(byte: u8) -> u64 {
    match byte {
        b'0'..=b'9' => u64::from(byte - b'0') + 1,
        b'A'..=b'Z' => u64::from(byte - b'A') + 11,
        _ => 0,
    }
}

/// The columns of a country's codes.
pub fn columns(codes: &BTreeMap<String, Code>, nearest: &Nearest<'_>, zones: &[&str]) -> Vec<u8> {
    let kind = Kind::of(codes);
    let numbered: BTreeMap<u64, &Code> = codes
        .iter()
        .filter_map(|(text, code)| Some((kind.value(text)?, code)))
        .collect();
    let mut columns = Vec::new();
    let (digits, letters) = match kind {
        Kind::Digits(length) => (length, 0),
        Kind::Letters(length) => (0, length),
    };
    numbers(&mut columns, [digits, letters, numbered.len()]);
    let mut before = 0;
    for &code in numbered.keys() {
        number(&mut columns, code - before);
        before = code;
    }
    let runs = runs(numbered.into_values());
    number(&mut columns, runs.len() as u64);
    numbers(&mut columns, runs.iter().map(|run| run.count - 1));
    for coordinate in [|point: Point| point.0, |point: Point| point.1] {
        let mut before = 0;
        for run in &runs {
            let here = parts(coordinate(run.middle()), TO_THE_DEGREE);
            signed(&mut columns, here - before);
            before = here;
        }
    }
    let of_runs: Vec<&str> = runs.iter().map(|run| nearest.zone(run)).collect();
    let used: Vec<&str> = of_runs
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    number(&mut columns, used.len() as u64);
    let in_all = |name: &&str| zones.binary_search(name).expect("all zones are listed");
    numbers(&mut columns, used.iter().map(in_all));
    let in_used = |name: &&str| used.binary_search(name).expect("just listed");
    numbers(&mut columns, of_runs.iter().map(in_used));
    columns
}

fn runs<'a>(codes: impl Iterator<Item = &'a Code>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for code in codes {
        let (latitude, longitude) = code.point;
        if let Some(run) = runs.last_mut().filter(|run| run.zone == code.zone) {
            let [south, north, west, east] = run.bounds;
            let bounds = [
                south.min(latitude),
                north.max(latitude),
                west.min(longitude),
                east.max(longitude),
            ];
            if diagonal(bounds) <= 2.0 * TOLERANCE {
                run.bounds = bounds;
                run.count += 1;
                continue;
            }
        }
        runs.push(Run {
            count: 1,
            bounds: [latitude, latitude, longitude, longitude],
            zone: code.zone.clone(),
        });
    }
    runs
}

/// The diagonal of a small box in kilometres.
fn diagonal([south, north, west, east]: [f64; 4]) -> f64 {
    const KM_TO_THE_DEGREE: f64 = 111.2;
    ((north - south) * KM_TO_THE_DEGREE).hypot((east - west) * KM_TO_THE_DEGREE * south.to_radians().cos())
}

/// The cities of a country from south to north, if it has several time zones.
pub struct Nearest<'a> {
    cities: Vec<&'a City>,
    zone: &'a str,
}

impl<'a> Nearest<'a> {
    /// The cities of a country with its main zone.
    pub fn of(cities: impl Iterator<Item = &'a City>, zone: &'a str) -> Self {
        let mut cities: Vec<&City> = cities.collect();
        cities.sort_by(|one, other| one.point.0.total_cmp(&other.point.0).then(one.id.cmp(&other.id)));
        if cities.iter().all(|city| city.zone == zone) {
            cities.clear();
        }
        Self { cities, zone }
    }

    /// The zone of a run: its own, or that of the nearest city.
    fn zone<'b>(&self, run: &'b Run) -> &'b str
    where
        'a: 'b,
    {
        if let Some(zone) = &run.zone {
            return zone;
        }
        let (latitude, longitude) = run.middle();
        let shrink = latitude.to_radians().cos();
        let start = self.cities.partition_point(|city| city.point.0 < latitude);
        let (mut best, mut nearest) = (self.zone, f64::INFINITY);
        let (south, north) = self.cities.split_at(start);
        for side in [
            &mut south.iter().rev() as &mut dyn Iterator<Item = &&City>,
            &mut north.iter(),
        ] {
            for city in side {
                let (up, right) = (city.point.0 - latitude, (city.point.1 - longitude) * shrink);
                if up * up >= nearest {
                    break;
                }
                if up * up + right * right < nearest {
                    (best, nearest) = (&city.zone, up * up + right * right);
                }
            }
        }
        best
    }
}
