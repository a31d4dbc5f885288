//! Experience: big leads for reps with years behind them.
//!
//! ```toml
//! [score]
//! experience = 2
//! [experience]
//! bands = [10, 50, 250, 1000, 3000]   # employees from which the next band begins
//! years = [0, 1, 2, 4, 7]             # years from which a rep is up to that band
//! ```
//!
//! 100 points where the rep's band is at least the lead's, 20 less for each band below.

use super::{Ground, Units, median};
use crate::model::POINT;
use crate::rules::keys::Keys;

/// What a band below the lead's costs, in units.
#[expect(clippy::cast_possible_truncation, reason = "20 points are 200,000 units")]
const A_BAND: i32 = 20 * POINT as i32;

/// The band of each lead key and of each rep.
#[derive(Debug)]
pub struct Experience {
    leads: Vec<usize>,
    reps: Vec<usize>,
}

impl Experience {
    /// Puts leads into bands by employees, else revenue, else value, and reps by their years; who names
    /// no years counts as the median.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let bands = &ground.written.bands;
        let years = ground.rep_numbers("experience_years");
        let usual = median(&years)?;
        let columns = [
            ("employees", &bands.employees),
            ("annual_revenue", &bands.revenue),
            ("value", &bands.value),
        ];
        let (keys, rows) = Keys::of_columns(ground.leads, columns.map(|(name, _)| name));
        let (keys, leads) = keys.refine(|key| {
            columns.iter().find_map(|(name, bands)| {
                let number = ground.leads.value(name, rows[key as usize]).number()?;
                Some(band(number, bands))
            })
        });
        let reps = years
            .iter()
            .map(|years| band(years.unwrap_or(usual), &bands.years));
        let reps = reps.collect();
        Some((keys, Self { leads, reps }))
    }
}

fn band(number: f64, bands: &[f64]) -> usize {
    bands.partition_point(|&least| least <= number)
}

impl Units for Experience {
    fn units(&self, key: u32, rep: usize) -> i32 {
        let below = self.leads[key as usize].saturating_sub(self.reps[rep]);
        let cost = i32::try_from(below).unwrap_or(i32::MAX).saturating_mul(A_BAND);
        (super::FULL - cost.min(super::FULL)).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn a_rep_below_the_leads_band_loses_twenty_points_a_band() {
        let leads = "id|employees|annual_revenue\n1|5|\n2|300|\n3|9000|\n4||2000000\n5||";
        let reps = "id|experience_years\na|0\nb|3\nc|20\nd|";
        check(
            "experience",
            leads,
            reps,
            &[
                &[100.0, 100.0, 100.0, 100.0],
                &[60.0, 100.0, 100.0, 100.0],
                &[20.0, 60.0, 100.0, 60.0],
                &[100.0, 100.0, 100.0, 100.0],
                &[],
            ],
        );
    }
}
