//! Availability: whether the rep has the time for the lead.
//!
//! ```toml
//! [score]
//! availability = 2
//! [availability]
//! rep_hours = "Mon-Fri 09:00-17:00"   # of reps whose row names none
//! ```
//!
//! The product of what is known of
//! - the share of the rep's ceiling that is free; a rep without a ceiling is wholly free;
//! - the share of the lead's office hours within the rep's next working day that the rep works; a rep without
//!   hours counts as the median of those with hours;
//! - the share of the rep's working time that is not time off.
//!
//! The first is left out where no rep has a ceiling, the second for a lead whose office hours are not known
//! and where no rep has hours, the third where no rep has time off; the part where nothing is left.

use super::{FULL, Ground, Units};
use crate::model::{Absence, Ceiling, LeadIndex, OfficeIndex, Overlap, Rep};
use crate::rules::keys::Keys;
use crate::rules::overlap::Overlaps;
use std::sync::Arc;

/// A share from 0 to 1, exactly. Seconds of a day, places of a ceiling and their products stay far within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Share {
    of: u128,
    whole: u128,
}

impl Share {
    const FULL: Self = Self { of: 1, whole: 1 };
    const NOTHING: Self = Self { of: 0, whole: 1 };

    fn new(of: u128, whole: u128) -> Self {
        if whole == 0 {
            Self::NOTHING
        } else {
            Self { of, whole }
        }
    }

    fn of_seconds(of: i64, whole: i64) -> Self {
        let seconds = |number: i64| u128::from(number.max(0).unsigned_abs());
        Self::new(seconds(of).min(seconds(whole)), seconds(whole))
    }

    fn times(self, other: Self) -> Self {
        Self::new(self.of * other.of, self.whole * other.whole)
    }

    /// In units, rounded half up.
    fn units(self) -> i32 {
        let full = u128::from(FULL.unsigned_abs());
        let units = (2 * self.of * full + self.whole) / (2 * self.whole);
        i32::try_from(units).unwrap_or(FULL).min(FULL)
    }

    fn middle(self, other: Self) -> Self {
        Self {
            of: self.of * other.whole + other.of * self.whole,
            whole: 2 * self.whole * other.whole,
        }
    }
}

/// Free hands and shared hours.
#[derive(Debug)]
pub struct Availability {
    /// Each rep's free share, of its ceiling and of its working time.
    free: Vec<Share>,
    overlaps: Arc<Overlaps>,
    /// For each key its office hours, if they are known.
    offices: Vec<Option<OfficeIndex>>,
    /// For each key what a rep without hours shares; empty where there is none.
    medians: Vec<Share>,
}

impl Availability {
    /// Binds the part to the leads for which some factor is known.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let reps = &ground.batch.reps.list;
        let has_ceiling = |rep: &Rep| rep.max_open != Ceiling::Unlimited;
        let for_all = reps.iter().any(|rep| has_ceiling(rep) || rep.absence.is_some());
        let overlaps = Arc::clone(&ground.overlaps);
        let (keys, offices) = Keys::by(ground.leads.rows, |row| {
            let office = overlaps.office(LeadIndex::new(row));
            (for_all || office.is_some()).then_some(office)
        });
        if !for_all && offices.is_empty() {
            return None;
        }
        let median = |office: &Option<OfficeIndex>| {
            let office = (*office)?;
            let shares = (0..reps.len()).filter_map(|rep| overlaps.of(office, rep));
            median(shares.map(of_overlap).collect())
        };
        let medians = if overlaps.are_complete() {
            Vec::new()
        } else {
            let medians = offices.iter().map(median);
            medians.map(|median| median.unwrap_or(Share::FULL)).collect()
        };
        let free = reps.iter().map(|rep| of_ceiling(rep).times(of_time(rep)));
        let availability = Self {
            free: free.collect(),
            overlaps,
            offices,
            medians,
        };
        Some((keys, availability))
    }

    fn overlap(&self, key: u32, rep: usize) -> Share {
        let Some(office) = self.offices[key as usize] else {
            return Share::FULL;
        };
        match self.overlaps.of(office, rep) {
            Some(overlap) => of_overlap(overlap),
            None => self.medians[key as usize],
        }
    }
}

impl Units for Availability {
    fn units(&self, key: u32, rep: usize) -> i32 {
        self.free[rep].times(self.overlap(key, rep)).units()
    }
}

fn of_overlap(overlap: Overlap) -> Share {
    Share::of_seconds(overlap.both, overlap.lead)
}

fn of_ceiling(rep: &Rep) -> Share {
    match rep.max_open {
        Ceiling::Unlimited => Share::FULL,
        Ceiling::At(most) => Share::new(u128::from(most.saturating_sub(rep.open)), u128::from(most)),
    }
}

fn of_time(rep: &Rep) -> Share {
    let present = |absence: &Absence| Share::of_seconds(absence.working - absence.away, absence.working);
    rep.absence.as_ref().map_or(Share::FULL, present)
}

/// The median of shares: of an even count, the mean of the middle two.
fn median(mut shares: Vec<Share>) -> Option<Share> {
    shares.sort_by(|one, other| (one.of * other.whole).cmp(&(other.of * one.whole)));
    let upper = *shares.get(shares.len() / 2)?;
    Some(if shares.len() % 2 == 1 {
        upper
    } else {
        shares[shares.len() / 2 - 1].middle(upper)
    })
}

#[cfg(test)]
mod tests;
