//! The sections of cities and of their other names.

use super::divisions::{Division, Divisions, middle};
use super::packing::{numbers, parts, signed, texts};
use super::sources::{City, Point, Sources};
use dealt::places::city_key;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many parts of a degree the points of cities have.
const TO_THE_DEGREE: f64 = 200.0;

/// Places of one name in one state that are nearer than this, in kilometres, are one.
const ONE_PLACE: f64 = 25.0;

/// How much smaller a place counts under a name that is not its first, in eighths of a doubling.
const OTHER_NAME: usize = 16;

/// A place under one of its names.
struct Row {
    key: String,
    /// Absent for towns that only the ZIPs know.
    id: Option<u32>,
    country: usize,
    /// The state's place in its country, from 1; 0 where there is none.
    state: usize,
    point: Point,
    zone: String,
    /// Eighths of a doubling of the population; for the towns, the number of their ZIPs, at most 40.
    size: usize,
}

/// All rows in order of their keys, the largest first; and the other names that are no key of these.
pub struct Cities {
    rows: Vec<Row>,
    others: BTreeMap<usize, BTreeSet<String>>,
}

impl Cities {
    /// The cities and ZIP towns of the sources.
    ///
    /// Another name that some place bears as its first stands in the rows, so that a search that finds a name
    /// there need not look at the other names at all.
    pub fn of(sources: &Sources, divisions: &Divisions) -> Self {
        let mut rows = first_names(sources, divisions);
        let towns = towns(sources, divisions);
        let keys: BTreeSet<&str> = rows.iter().chain(&towns).map(|row| row.key.as_str()).collect();
        let by_id: HashMap<u32, &Row> = rows.iter().rev().filter_map(|row| Some((row.id?, row))).collect();
        let (mut also, mut rest) = (Vec::new(), Vec::new());
        for (name, id) in &sources.other_names {
            let (key, Some(row)) = (city_key(name), by_id.get(id)) else {
                continue;
            };
            if key.len() < 2 {
                continue;
            }
            if keys.contains(key.as_str()) {
                also.push(Row {
                    key,
                    id: row.id,
                    zone: row.zone.clone(),
                    size: row.size.saturating_sub(OTHER_NAME),
                    ..**row
                });
            } else {
                rest.push((key, *id));
            }
        }
        rows.extend(also);
        rows.extend(towns);
        sort(&mut rows);
        let rows = distinct(rows);
        let mut first: HashMap<u32, usize> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            if let Some(id) = row.id {
                let known = first.entry(id).or_insert(at);
                if rows[*known].size < row.size {
                    *known = at;
                }
            }
        }
        let mut others: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (key, id) in rest {
            if let Some(&at) = first.get(&id) {
                others.entry(at).or_default().insert(key);
            }
        }
        Self { rows, others }
    }

    /// The columns of the section of cities.
    pub fn columns(&self, divisions: &Divisions, zones: &[&str]) -> Vec<u8> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for row in &self.rows {
            match counts.last_mut() {
                Some((key, count)) if *key == row.key => *count += 1,
                _ => counts.push((&row.key, 1)),
            }
        }
        let mut columns = Vec::new();
        numbers(&mut columns, [counts.len(), self.rows.len()]);
        texts(&mut columns, counts.iter().map(|(key, _)| *key));
        numbers(&mut columns, counts.iter().map(|(_, count)| *count));
        numbers(&mut columns, self.rows.iter().map(|row| row.country));
        numbers(&mut columns, self.rows.iter().map(|row| row.state));
        let divisions: Vec<&Division> = self.rows.iter().map(|row| row.division(divisions)).collect();
        let rows = || self.rows.iter().zip(&divisions);
        for (row, division) in rows() {
            signed(&mut columns, apart(row.point.0, division.point.0));
        }
        for (row, division) in rows() {
            signed(&mut columns, apart(row.point.1, division.point.1));
        }
        let zone = |(row, division): (&Row, &&Division)| {
            let own = row.zone != division.zone;
            let at = zones
                .binary_search(&row.zone.as_str())
                .expect("all zones are listed");
            if own { at + 1 } else { 0 }
        };
        numbers(&mut columns, rows().map(zone));
        numbers(&mut columns, self.rows.iter().map(|row| row.size));
        columns
    }

    /// The columns of the section of other names: for each row that has some, how many rows it is after the
    /// last that had, and how many names; then the names.
    pub fn alternates(&self) -> Vec<u8> {
        let mut columns = Vec::new();
        let count = self.others.values().map(BTreeSet::len).sum();
        numbers(&mut columns, [self.others.len(), count]);
        let mut before = 0;
        for &row in self.others.keys() {
            numbers(&mut columns, [row - before]);
            before = row;
        }
        numbers(&mut columns, self.others.values().map(BTreeSet::len));
        texts(&mut columns, self.others.values().flatten().map(String::as_str));
        columns
    }
}

impl Row {
    fn division<'a>(&self, divisions: &'a Divisions) -> &'a Division {
        let country = &divisions.0[self.country];
        self.state
            .checked_sub(1)
            .map_or(&country.own, |at| &country.states[at])
    }
}

/// How far a coordinate is from that of its division as the program knows it, in parts.
fn apart(here: f64, middle: f64) -> i64 {
    parts(here, TO_THE_DEGREE) - 2 * parts(middle, TO_THE_DEGREE / 2.0)
}

/// The cities under their own names, also in parts of them: `Biel/Bienne`, `Frankfurt (Oder)`.
fn first_names(sources: &Sources, divisions: &Divisions) -> Vec<Row> {
    let mut rows = Vec::new();
    let states = divisions.states(sources);
    for city in &sources.cities {
        let country = divisions.country(&city.country);
        for (at, key) in keys(city).into_iter().enumerate() {
            let size = size(city.population);
            rows.push(Row {
                key,
                id: Some(city.id),
                country,
                state: states
                    .get(&(city.country.as_str(), city.admin.as_str()))
                    .copied()
                    .unwrap_or(0),
                point: city.point,
                zone: city.zone.clone(),
                size: if at == 0 { size } else { size.saturating_sub(1) },
            });
        }
    }
    rows
}

fn keys(city: &City) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for name in &city.names {
        let before = name.split(['(', '[']).next().unwrap_or_default();
        for name in std::iter::once(name.as_str())
            .chain([before])
            .chain(before.split(['/', ';']))
        {
            let key = city_key(name);
            if key.len() > 1 && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "populations have 31 doublings"
)]
fn size(population: u64) -> usize {
    41 + (population.max(1) as f64).log2().mul_add(8.0, 0.5) as usize
}

/// The towns of the ZIPs, each at the middle of its ZIPs.
fn towns(sources: &Sources, divisions: &Divisions) -> Vec<Row> {
    let country = divisions.country("US");
    let mut towns: BTreeMap<(String, &str), Vec<(Point, &str)>> = BTreeMap::new();
    for zip in &sources.zips {
        let town = (city_key(&zip.city), zip.state.as_str());
        towns.entry(town).or_default().push((zip.point, &zip.zone));
    }
    towns
        .into_iter()
        .filter(|((key, _), _)| key.len() > 1)
        .map(|((key, state), zips)| Row {
            key,
            id: None,
            country,
            state: divisions.code(country, state),
            point: middle(zips.iter().map(|(point, _)| *point).collect()),
            zone: zips[zips.len() / 2].1.to_owned(),
            size: zips.len().min(40),
        })
        .collect()
}

fn sort(rows: &mut [Row]) {
    rows.sort_by(|one, other| {
        let of = |row: &Row| (std::cmp::Reverse(row.size), row.country, row.state, row.id);
        one.key.cmp(&other.key).then_with(|| of(one).cmp(&of(other)))
    });
}

/// Leaves out a place that lies beside a larger one of the same name and state.
fn distinct(rows: Vec<Row>) -> Vec<Row> {
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let same = |other: &&Row| {
            (other.country, other.state) == (row.country, row.state) && km(other.point, row.point) < ONE_PLACE
        };
        let mut before = kept.iter().rev().take_while(|other| other.key == row.key);
        if !before.any(|other| same(&other)) {
            kept.push(row);
        }
    }
    kept
}

/// Kilometres between points that are not far apart.
fn km(one: Point, other: Point) -> f64 {
    const TO_THE_DEGREE: f64 = 111.2;
    let up = (one.0 - other.0) * TO_THE_DEGREE;
    let right = (one.1 - other.1) * TO_THE_DEGREE * one.0.to_radians().cos();
    up.hypot(right)
}
