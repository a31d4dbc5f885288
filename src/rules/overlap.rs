//! How much of leads' office hours reps share in their next working days.

use super::keys::Keys;
use crate::model::{Batch, LeadIndex, OfficeIndex, Overlap, Schedule, Span, WorkingDay};
use std::collections::BTreeMap;

/// Up to so many overlaps are worked out once and kept; beyond, each is worked out when it is asked for.
const MOST_KEPT: usize = 4 << 20;

/// The overlap of every lead's office hours with every rep's next working day.
///
/// Reps of one zone and the same hours share a working day.
#[derive(Debug, Default)]
pub struct Overlaps {
    /// For each lead its office hours; empty where no rep has hours.
    office_of: Vec<Option<OfficeIndex>>,
    /// When each office is open, as far as some working day goes.
    open: Vec<Vec<Span>>,
    /// For each rep its working day, if it has hours.
    day_of: Vec<Option<usize>>,
    /// The next working days; none for hours that hold no time.
    days: Vec<Option<WorkingDay>>,
    kept: Vec<Overlap>,
}

impl Overlaps {
    /// Looks at the next working day of every rep that has hours. A rep without a zone is in that of the run.
    pub fn new(batch: &Batch) -> Self {
        let mut known = BTreeMap::new();
        let mut overlaps = Self::default();
        for rep in &batch.reps.list {
            let schedule = rep.hours.as_ref().map(|hours| Schedule {
                zone: rep.zone.as_ref().unwrap_or(&batch.as_of.zone).clone(),
                hours: hours.clone(),
            });
            let day = schedule.map(|schedule| {
                let (zone, hours) = schedule.key();
                *known.entry((zone, hours.clone())).or_insert_with(|| {
                    let next = schedule.working_days(batch.as_of.moment, 1).pop();
                    overlaps.days.push(next);
                    overlaps.days.len() - 1
                })
            });
            overlaps.day_of.push(day);
        }
        if overlaps.days.is_empty() {
            return overlaps;
        }
        overlaps.office_of.clone_from(&batch.leads.office_of);
        if let Some(span) = overlaps.span() {
            let offices = batch.leads.offices.iter();
            overlaps.open = offices.map(|office| office.working(span)).collect();
        } else {
            overlaps.open = vec![Vec::new(); batch.leads.offices.len()];
        }
        overlaps.keep();
        overlaps
    }

    /// From the beginning of the first working day to the end of the last.
    fn span(&self) -> Option<Span> {
        let wholes = self.days.iter().flatten().map(|day| day.whole);
        wholes.reduce(|one, other| Span {
            from: one.from.min(other.from),
            to: one.to.max(other.to),
        })
    }

    fn keep(&mut self) {
        if self.open.len().saturating_mul(self.days.len()) <= MOST_KEPT {
            let offices = 0..self.open.len();
            let pairs = offices.flat_map(|office| (0..self.days.len()).map(move |day| (office, day)));
            self.kept = pairs.map(|(office, day)| self.work_out(office, day)).collect();
        }
    }

    fn work_out(&self, office: usize, day: usize) -> Overlap {
        let day = self.days[day].as_ref();
        day.map_or(Overlap::default(), |day| day.overlap(&self.open[office]))
    }

    /// The lead's office hours, where they are known and some rep has hours to compare them with.
    pub fn office(&self, lead: LeadIndex) -> Option<OfficeIndex> {
        self.office_of.get(lead.at()).copied().flatten()
    }

    /// A key for each lead with office hours; the office hours of each key.
    pub fn keys(&self, leads: usize) -> (Keys, Vec<OfficeIndex>) {
        Keys::by(leads, |row| self.office(LeadIndex::new(row)))
    }

    /// Tells whether every rep has hours.
    pub fn are_complete(&self) -> bool {
        self.day_of.iter().all(Option::is_some)
    }

    /// The overlap of office hours with the next working day of a rep by its place in the roster; `None` for
    /// a rep without hours.
    pub fn of(&self, office: OfficeIndex, rep: usize) -> Option<Overlap> {
        let day = self.day_of[rep]?;
        Some(match self.kept.get(office.at() * self.days.len() + day) {
            Some(overlap) => *overlap,
            None => self.work_out(office.at(), day),
        })
    }

    /// The same as a share from 0 to 1; 0 where the office is closed all day.
    pub fn share(&self, office: OfficeIndex, rep: usize) -> Option<f64> {
        let overlap = self.of(office, rep)?;
        #[expect(clippy::cast_precision_loss, reason = "days are short")]
        let share = |overlap: Overlap| overlap.both as f64 / overlap.lead.max(1) as f64;
        Some(share(overlap))
    }
}
