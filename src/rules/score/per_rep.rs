//! Availability and performance: parts that depend on the rep alone.
//!
//! ```toml
//! [score]
//! availability = 2   # 100 with nothing open, 0 at the ceiling
//! performance = 1    # the share of the best rep's performance
//! ```

use super::{Ground, Units, share, units_of_ratio};
use crate::model::Ceiling;
use crate::rules::keys::Keys;

/// The units of each rep, the same for every lead.
#[derive(Debug)]
pub struct PerRep(Vec<i32>);

impl PerRep {
    /// The share of each rep's ceiling that is free; a rep without a ceiling is wholly free. Left out
    /// where no rep has a ceiling.
    pub fn availability(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let reps = &ground.batch.reps.list;
        if reps.iter().all(|rep| rep.max_open == Ceiling::Unlimited) {
            return None;
        }
        let units = reps.iter().map(|rep| match rep.max_open {
            Ceiling::Unlimited => super::FULL,
            Ceiling::At(0) => 0,
            Ceiling::At(most) => units_of_ratio(u64::from(most.saturating_sub(rep.open)), u64::from(most)),
        });
        Some((ground.all_leads(), Self(units.collect())))
    }

    /// The performance of each rep as a share of the best one's; who has none counts as the median.
    /// Left out where no rep has a performance above 0.
    pub fn performance(ground: &Ground<'_>) -> Option<(Keys, Self)> {
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

impl Units for PerRep {
    fn units(&self, _key: u32, rep: usize) -> i32 {
        self.0[rep]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn availability_is_the_free_share_of_the_ceiling() {
        let reps = "id|max_open|open\na|10|4\nb|3|3\nc|3|5\nd||2\ne|0|0";
        check("availability", "id\n1", reps, &[&[60.0, 0.0, 0.0, 100.0, 0.0]]);
    }

    #[test]
    fn availability_is_left_out_where_nobody_has_a_ceiling() {
        check("availability", "id\n1", "id|open\na|4", &[&[]]);
    }

    #[test]
    fn performance_is_the_share_of_the_best_and_the_median_where_it_lacks() {
        let reps = "id|performance\na|80\nb|40\nc|\nd|20\ne|-5";
        check("performance", "id\n1", reps, &[&[100.0, 50.0, 37.5, 25.0, 0.0]]);
    }
}
