//! Areas by the first thing that they say, so that a location meets only those that it may lie in.

use super::area::{Area, Postal};
use crate::model::{Country, State};
use crate::rules::location::Location;
use std::collections::{BTreeSet, HashMap};

/// Finds which of many numbered groups of areas hold a location.
#[derive(Clone, Debug, Default)]
pub struct Index {
    areas: Vec<(u32, Area)>,
    codes: HashMap<String, Vec<usize>>,
    states: HashMap<State, Vec<usize>>,
    countries: HashMap<Country, Vec<usize>>,
    ranges: Vec<usize>,
    longest: usize,
}

impl Index {
    /// Lists groups of areas, numbered from 0.
    pub fn new<'a>(groups: impl Iterator<Item = &'a [Area]>) -> Self {
        let mut index = Self::default();
        for (number, areas) in (0..).zip(groups) {
            for area in areas {
                index.add(number, area);
            }
        }
        index
    }

    fn add(&mut self, group: u32, area: &Area) {
        let at = self.areas.len();
        match (&area.postal, &area.state, area.country) {
            (Some(Postal::Prefix(code) | Postal::Exact(code)), _, _) => {
                self.longest = self.longest.max(code.len());
                self.codes.entry(code.clone()).or_default().push(at);
            }
            (Some(Postal::Range(..)), _, _) => self.ranges.push(at),
            (None, Some(state), _) => self.states.entry(state.clone()).or_default().push(at),
            (None, None, Some(country)) => self.countries.entry(country).or_default().push(at),
            (None, None, None) => return,
        }
        self.areas.push((group, area.clone()));
    }

    /// The numbers of the groups with an area that holds a location.
    pub fn holding(&self, location: &Location) -> BTreeSet<u32> {
        let mut found: Vec<usize> = Vec::new();
        if let Some(code) = &location.postal {
            for length in 0..=self.longest.min(code.len()) {
                let areas = code.get(..length).and_then(|start| self.codes.get(start));
                found.extend(areas.into_iter().flatten());
            }
            found.extend(&self.ranges);
        }
        let state = location.state.as_ref().and_then(|state| self.states.get(state));
        let country = location.country.and_then(|country| self.countries.get(&country));
        found.extend(state.into_iter().chain(country).flatten());
        let held = found.into_iter().map(|at| &self.areas[at]);
        held.filter(|(_, area)| area.holds(location))
            .map(|(group, _)| *group)
            .collect()
    }
}
