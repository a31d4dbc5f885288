//! What parts and hard rules are bound on: the batch, its leads with derived columns, and what several of
//! them share.

use crate::model::{Batch, ExistingSettings, Frame, LedgerSettings};
use crate::rules::distance::{Spot, Spots};
use crate::rules::keys::Keys;
use crate::rules::load::Written;
use crate::rules::location::Home;
use crate::rules::overlap::Overlaps;
use crate::rules::skills::Skills;
use crate::rules::territory::Holdings;
use std::sync::Arc;

/// The places of a batch.
#[derive(Clone, Debug)]
pub struct Places {
    /// A key for each lead whose place is known to the city.
    pub keys: Keys,
    /// The place of each key.
    pub leads: Arc<Vec<Spot>>,
    /// The place of each rep.
    pub reps: Arc<Spots>,
}

impl Places {
    /// Lines up the places that are known well enough to measure from.
    pub fn new(batch: &Batch) -> Self {
        let places = &batch.leads.places;
        let (keys, degrees) = Keys::by(places.len(), |row| {
            let (latitude, longitude) = places[row].measurable()?;
            Some((latitude.to_bits(), longitude.to_bits()))
        });
        let spot = |(latitude, longitude)| Spot::new((f64::from_bits(latitude), f64::from_bits(longitude)));
        let reps = batch.reps.list.iter().map(|rep| rep.place.measurable());
        Self {
            keys,
            leads: Arc::new(degrees.into_iter().map(spot).collect()),
            reps: Arc::new(Spots::new(reps)),
        }
    }
}

/// What parts and hard rules are bound on.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The rules as written.
    pub written: &'a Written,
    /// What they say of the ledger.
    pub ledger: &'a LedgerSettings,
    /// What they say of leads of known accounts.
    pub existing: ExistingSettings,
    /// The batch.
    pub batch: &'a Batch,
    /// The leads' columns, derived ones included.
    pub leads: &'a Frame,
    /// Lead fields that may be spoken of though the file lacks them.
    pub lead_fields: Vec<&'static str>,
    /// Rep fields that may be spoken of though the file lacks them.
    pub rep_fields: Vec<&'static str>,
    /// The countries of places that name none.
    pub home: Home,
    /// Who is where.
    pub places: Places,
    /// Who works when whose office is open.
    pub overlaps: Arc<Overlaps>,
    /// Who needs and holds what.
    pub skills: Arc<Skills>,
    /// Which reps hold the place of which lead.
    pub holdings: Arc<Holdings>,
}

impl Ground<'_> {
    /// One key for all leads.
    pub fn all_leads(&self) -> Keys {
        Keys::one(self.leads.rows, |_| true)
    }

    /// The rows of the roster.
    pub fn rep_rows(&self) -> std::ops::Range<usize> {
        0..self.batch.reps.list.len()
    }

    /// The numbers of a rep column; none where a cell is empty.
    pub fn rep_numbers(&self, column: &str) -> Vec<Option<f64>> {
        let frame = &self.batch.reps.frame;
        self.rep_rows()
            .map(|row| frame.value(column, row).number())
            .collect()
    }
}
