//! The city nearest to a point.

use super::cities::City;
use super::divisions::{CountryIndex, ZoneIndex};

/// Rows and columns of cells: one degree each.
const ROWS: usize = 180;
const COLUMNS: usize = 360;

/// Cells are searched this many rows and columns away, then all cities are.
const FARTHEST: u8 = 60;

/// A point with no city of its country so many rows and columns around is taken to be elsewhere.
const ABROAD: u8 = 10;

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
        let mut starts = vec![0; ROWS * COLUMNS + 1];
        for (cell, _) in &celled {
            starts[cell + 1] += 1;
        }
        for cell in 0..ROWS * COLUMNS {
            starts[cell + 1] += starts[cell];
        }
        let cities = celled.into_iter().map(|(_, placed)| placed).collect();
        Self { starts, cities }
    }

    /// The time zone of the city nearest to a point in degrees, of a country if one is given and the point is
    /// anywhere near it: a wrong sign is commoner than a place so remote.
    ///
    /// Rings of cells are searched until no city outside them can be nearer; near the poles, where a ring
    /// is narrow, and where there is no city for a long way, all cities are looked at.
    pub fn zone(&self, degrees: (f64, f64), country: Option<CountryIndex>) -> Option<ZoneIndex> {
        let point = on_sphere(degrees);
        let (row, column) = cell(degrees);
        // From the point to the nearest side of its own cell, in degrees.
        let [up, right] = [degrees.0, degrees.1].map(|degrees| {
            let within = degrees - degrees.floor();
            within.min(1.0 - within)
        });
        let mut best = Best {
            distance: f64::INFINITY,
            zone: None,
        };
        for ring in 0..=FARTHEST {
            self.search_ring(usize::from(ring), (row, column), point, country, &mut best);
            if ring == ABROAD && country.is_some() && best.zone.is_none() {
                return self.zone(degrees, None);
            }
            // Beyond the ring's rows a city is so many degrees away; beyond its columns, the way to a
            // meridian is the arc whose sine is the cosine of the latitude times the sine of the angle.
            let beyond_rows = (up + f64::from(ring)).to_radians().sin();
            let beyond_columns = degrees.0.to_radians().cos() * (right + f64::from(ring)).to_radians().sin();
            if best.distance.sqrt() <= beyond_rows.min(beyond_columns) {
                return best.zone;
            }
        }
        for placed in self.of_country(0, self.cities.len(), country) {
            best.offer(placed, point);
        }
        best.zone
    }

    /// Searches the cells that are so many rows or columns away, and not more.
    fn search_ring(
        &self,
        ring: usize,
        (row, column): (usize, usize),
        point: [f64; 3],
        country: Option<CountryIndex>,
        best: &mut Best,
    ) {
        for here in row.saturating_sub(ring)..=(row + ring).min(ROWS - 1) {
            let whole = here.abs_diff(row) == ring;
            let step = if whole { 1 } else { 2 * ring };
            for right in (0..=2 * ring).step_by(step.max(1)) {
                let at = (column + COLUMNS + right - ring) % COLUMNS;
                self.search(here * COLUMNS + at, point, country, best);
            }
        }
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

#[cfg(test)]
mod tests {
    use super::super::cities::Cities;
    use super::super::divisions::Divisions;
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static ALL: LazyLock<(Divisions, Nearest)> = LazyLock::new(|| {
        let divisions = Divisions::unpack();
        let cities = Cities::unpack(&divisions);
        (divisions, Nearest::of(cities.all()))
    });

    proptest! {
        #[test]
        fn the_search_finds_what_looking_at_all_cities_finds(
            latitude in -90.0..=90.0, longitude in -180.0..=180.0,
            code in prop::sample::select(vec!["", "US", "FR", "NZ", "RU"]),
        ) {
            let (divisions, nearest) = &*ALL;
            let country = super::super::country(code).and_then(|country| divisions.country(country));
            let (row, column) = cell((latitude, longitude));
            let near = (0..=usize::from(ABROAD)).any(|ring| {
                let mut any = Best { distance: f64::INFINITY, zone: None };
                nearest.search_ring(ring, (row, column), [0.0; 3], country, &mut any);
                any.zone.is_some()
            });
            let counted = country.filter(|_| near);
            let mut best = Best { distance: f64::INFINITY, zone: None };
            for placed in nearest.of_country(0, nearest.cities.len(), counted) {
                best.offer(placed, on_sphere((latitude, longitude)));
            }
            prop_assert_eq!(nearest.zone((latitude, longitude), country), best.zone);
        }
    }
}
