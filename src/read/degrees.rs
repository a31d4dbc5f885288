//! Latitudes and longitudes of leads to places: nearly every lead has its own, so each cell is read as it
//! comes.

use super::columnwise::Sheets;
use super::set_aside::{Fault, Faults};
use super::typed::{Misfit, degrees};
use crate::model::{Note, Place};
use crate::places::exact;
use std::thread;

/// The latitude and longitude of every row, as far as they are there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Degrees {
    latitudes: Coordinates,
    longitudes: Coordinates,
}

/// One of the two; NaN where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
struct Coordinates {
    of: Vec<f64>,
    misfits: Vec<(usize, Misfit)>,
}

impl Degrees {
    /// Reads both columns, and sets the rows aside whose cells are no degrees.
    pub fn read(sheets: &Sheets<'_>, faults: &mut Faults) -> Self {
        let mut degrees = thread::scope(|scope| {
            let latitudes = scope.spawn(|| Coordinates::read(sheets, "latitude", 90.0));
            let longitudes = Coordinates::read(sheets, "longitude", 180.0);
            match latitudes.join() {
                Ok(latitudes) => Self {
                    latitudes,
                    longitudes,
                },
                Err(panic) => std::panic::resume_unwind(panic),
            }
        });
        degrees.latitudes.complain(sheets, "latitude", faults);
        degrees.longitudes.complain(sheets, "longitude", faults);
        degrees
    }

    /// The place of a row, if its cells tell one.
    pub fn place(&self, row: usize) -> Option<Place> {
        let place = exact(self.latitudes.get(row), self.longitudes.get(row));
        place.degrees.is_some().then_some(place)
    }

    /// Says how many of some rows have half a place, or none that can be meant.
    pub fn note(&self, rows: &[usize], notes: &mut Vec<Note>) {
        let (mut alone, mut zero) = (0, 0);
        for &row in rows {
            let (latitude, longitude) = (self.latitudes.get(row), self.longitudes.get(row));
            alone += usize::from(latitude.is_some() != longitude.is_some());
            zero += usize::from(latitude == Some(0.0) && longitude == Some(0.0));
        }
        if alone > 0 {
            notes.push(Note::fact(format!(
                "{alone} leads have a latitude or a longitude but not both, so neither is used"
            )));
        }
        if zero > 0 {
            notes.push(Note::fact(format!(
                "{zero} leads have latitude and longitude 0, which counts as not known"
            )));
        }
    }
}

impl Coordinates {
    fn read(sheets: &Sheets<'_>, field: &str, most: f64) -> Self {
        let places = sheets.field(field);
        if places.iter().all(Vec::is_empty) {
            return Self::default();
        }
        let mut coordinates = Self::default();
        coordinates.of.reserve_exact(sheets.rows());
        for (row, text) in sheets.texts(&places).enumerate() {
            let of_row = if text.is_empty() {
                f64::NAN
            } else {
                degrees(text, most).unwrap_or_else(|misfit| {
                    coordinates.misfits.push((row, misfit));
                    f64::NAN
                })
            };
            coordinates.of.push(of_row);
        }
        coordinates
    }

    fn complain(&mut self, sheets: &Sheets<'_>, field: &str, faults: &mut Faults) {
        if self.misfits.is_empty() {
            return;
        }
        let header = sheets.header(&sheets.field(field), field);
        for (row, misfit) in self.misfits.drain(..) {
            faults.add(row, || Fault {
                kind: misfit.kind,
                column: Some(header.clone()),
                found: misfit.found,
            });
        }
    }

    fn get(&self, row: usize) -> Option<f64> {
        self.of.get(row).copied().filter(|degrees| !degrees.is_nan())
    }
}
