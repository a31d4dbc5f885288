//! Skill: how much of what the lead needs the rep holds.
//!
//! ```toml
//! [score]
//! skill = 5
//! [skill]
//! from = ["skills", "product"]   # lead columns that name needed skills
//! ```
//!
//! The mean over the needed skills of held level by needed level, at most 1 each. Left out where a lead
//! needs nothing, or no rep names any skill.

use super::{Ground, Units, units_of_ratio};
use crate::rules::keys::Keys;
use crate::rules::skills::Skills;
use std::sync::Arc;

/// Every level from 1 to 5 divides it.
const PARTS: u64 = 60;

/// The part over the skills of a batch.
#[derive(Debug)]
pub struct Skill(Arc<Skills>);

impl Skill {
    /// Binds the part to the leads that need something.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let skills = &ground.skills;
        skills
            .names_any
            .contains(&true)
            .then(|| (skills.keys.clone(), Self(Arc::clone(skills))))
    }
}

impl Units for Skill {
    fn units(&self, key: u32, rep: usize) -> i32 {
        let (needs, held) = (&self.0.needs[key as usize], &self.0.held[rep]);
        let met = needs.iter().map(|need| {
            let held = held[need.skill as usize].min(need.level);
            u64::from(held) * PARTS / u64::from(need.level)
        });
        units_of_ratio(met.sum(), PARTS * needs.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn skill_is_the_mean_of_held_by_needed_levels() {
        let leads = "id|skills|product\n1|Excel:4;sql|\n2||CRM\n3||";
        let reps = "id|skills\na|excel:2\nb|Excel; SQL:1;CRM\nc|";
        check(
            "skill",
            leads,
            reps,
            &[&[25.0, 100.0, 0.0], &[0.0, 100.0, 0.0], &[]],
        );
    }

    #[test]
    fn skill_is_left_out_where_no_rep_names_any() {
        check("skill", "id|skills\n1|Excel", "id|skills\na|", &[&[]]);
    }
}
