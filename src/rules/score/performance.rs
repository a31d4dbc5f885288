//! Performance: the rep's own as a share of the best.
//!
//! ```toml
//! [score]
//! performance = 1
//! ```
//!
//! A rep without one counts as the median. Left out where no rep has a performance above 0.

use super::{Ground, Units, share};
use crate::rules::keys::Keys;

/// The units of each rep, the same for every lead.
#[derive(Debug)]
pub struct Performance(Vec<i32>);

impl Performance {
    /// Binds the part to all leads.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let numbers = ground.rep_numbers("performance");
        let best = numbers.iter().flatten().copied().fold(0.0, f64::max);
        if best <= 0.0 {
            return None;
        }
        let median = super::median(&numbers)?;
        let units = numbers
            .iter()
            .map(|number| share(number.unwrap_or(median) / best));
        Some((ground.all_leads(), Self(units.collect())))
    }
}

impl Units for Performance {
    fn units(&self, _key: u32, rep: usize) -> i32 {
        self.0[rep]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn performance_is_the_share_of_the_best_and_the_median_where_it_lacks() {
        let reps = "id|performance\na|80\nb|40\nc|\nd|20\ne|-5";
        check("performance", "id\n1", reps, &[&[100.0, 50.0, 37.5, 25.0, 0.0]]);
    }
}
