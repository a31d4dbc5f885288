//! The city nearest to a point.

use super::cities::City;
use super::divisions::{CountryIndex, ZoneIndex};

/// Rows and columns of cells: one degree each.
const ROWS: usize = 180;
const COLUMNS: usize = 360;

/// Cells are searched this many rows and columns away, then all cities are.
const FARTHEST: usize = 6;

/// Cities with zones in cells of one degree.
#[derive(Debug)]
pub(super) struct Nearest {
    /// Where the cities of each cell begin, and the end.
    starts: Vec<u32>,
    cities: Vec<Placed>,
}

#[derive(Clone, Copy, Debug)]
struct Placed {
    on_sphere: [f64; 3],
    country: CountryIndex,
    zone: ZoneIndex,
}

impl Nearest {
    /// The cities of a list whose zones are known.
    pub fn of(cities: &[City]) -> Self {
        let mut celled: Vec<(usize, Placed)> = cities
            .iter()
            .filter_map(|city| {
                let placed = Placed {
                    on_sphere: on_sphere(city.spot.degrees),
                    country: city.country,
                    zone: city.spot.zone?,
                };
                let (row, column) = cell(city.spot.degrees);
                Some((row * COLUMNS + column, placed))
            })
            .collect();
        celled.sort_by_key(|(cell, _)| *cell);
        let starts = (0..=ROWS * COLUMNS)
            .map(|cell| u32::try_from(celled.partition_point(|(other, _)| *other < cell)).unwrap_or(0))
            .collect();
        let cities = celled.into_iter().map(|(_, placed)| placed).collect();
        Self { starts, cities }
    }

    /// The time zone of the city nearest to a point in degrees, of a country if one is given.
    ///
    /// Ties go to the city farther south and west. A cell's width shrinks towards the poles, so rings of
    /// cells are searched until no nearer city can be in the next; where that takes more than [`FARTHEST`]
    /// rings, all cities are looked at.
    pub fn zone(&self, degrees: (f64, f64), country: Option<CountryIndex>) -> Option<ZoneIndex> {
        let point = on_sphere(degrees);
        let (row, column) = cell(degrees);
        let mut best = Best {
            distance: f64::INFINITY,
            zone: None,
        };
        for ring in 0..=FARTHEST {
            let (south, north) = (row.saturating_sub(ring), (row + ring).min(ROWS - 1));
            for here in south..=north {
                let whole = here.abs_diff(row) == ring;
                let step = if whole || ring == 0 { 1 } else { 2 * ring };
                for right in (0..=2 * ring).step_by(step) {
                    let at = (column + COLUMNS + right - ring) % COLUMNS;
                    self.search(here * COLUMNS + at, point, country, &mut best);
                }
            }
            // What is not yet searched is at least so many whole cells away, the narrowest counted.
            let edge = (row.abs_diff(ROWS / 2) + ring + 1).min(ROWS / 2);
            let narrow = (to_f64(edge)).to_radians().cos();
            let least = (to_f64(ring) * narrow).to_radians();
            if best.distance <= (2.0 * (least / 2.0).sin()).powi(2) {
                return best.zone;
            }
        }
        for placed in self.of_country(0, self.cities.len(), country) {
            best.offer(placed, point);
        }
        best.zone
    }

    fn search(&self, cell: usize, point: [f64; 3], country: Option<CountryIndex>, best: &mut Best) {
        let (from, to) = (self.starts[cell] as usize, self.starts[cell + 1] as usize);
        for placed in self.of_country(from, to, country) {
            best.offer(placed, point);
        }
    }

    fn of_country(
        &self,
        from: usize,
        to: usize,
        country: Option<CountryIndex>,
    ) -> impl Iterator<Item = &Placed> {
        self.cities[from..to]
            .iter()
            .filter(move |placed| country.is_none_or(|country| placed.country == country))
    }
}

/// The nearest city so far: the square of its chord on a sphere of radius 1, and its zone.
struct Best {
    distance: f64,
    zone: Option<ZoneIndex>,
}

impl Best {
    fn offer(&mut self, placed: &Placed, point: [f64; 3]) {
        let distance = placed
            .on_sphere
            .iter()
            .zip(point)
            .map(|(one, other)| (one - other).powi(2))
            .sum();
        if distance < self.distance {
            *self = Self {
                distance,
                zone: Some(placed.zone),
            };
        }
    }
}

fn on_sphere((latitude, longitude): (f64, f64)) -> [f64; 3] {
    let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
    [
        latitude.cos() * longitude.cos(),
        latitude.cos() * longitude.sin(),
        latitude.sin(),
    ]
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not a number and what is not on Earth become the nearest cell"
)]
fn cell((latitude, longitude): (f64, f64)) -> (usize, usize) {
    let row = (latitude + 90.0).floor() as usize;
    let column = (longitude + 180.0).floor() as usize;
    (row.min(ROWS - 1), column.min(COLUMNS - 1))
}

#[expect(clippy::cast_precision_loss, reason = "at most 360")]
fn to_f64(count: usize) -> f64 {
    count as f64
}
