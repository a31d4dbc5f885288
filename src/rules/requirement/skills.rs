//! Skills as a must: `must_skills` always, the needed skills as `[skill] must` says.
//!
//! ```toml
//! [skill]
//! must = "any"   # none | any | all of the needed skills, at the needed level
//! ```

use super::{Ground, Hard};
use crate::rules::Verdict;
use crate::rules::keys::Keys;
use crate::rules::load::Must;
use crate::rules::skills::{Need, Skills};
use std::sync::Arc;

/// The rule over the skills of a batch.
#[derive(Debug)]
pub struct SkillsMust {
    skills: Arc<Skills>,
    /// For each key the skills that are all a must, and those of which one is.
    needs: Vec<(Vec<Need>, Vec<Need>)>,
}

impl SkillsMust {
    /// Binds the rule where any lead has a skill that is a must.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let skills = &ground.skills;
        let must = ground.written.must;
        let (keys, needs) = skills.keys.clone().refine(|key| {
            let needs = &skills.needs[key as usize];
            let all: Vec<Need> = needs
                .iter()
                .filter(|need| need.must || must == Must::All)
                .copied()
                .collect();
            let any: Vec<Need> = needs.iter().filter(|_| must == Must::Any).copied().collect();
            (!all.is_empty() || !any.is_empty()).then_some((all, any))
        });
        let skills = Arc::clone(skills);
        (keys.count() > 0).then_some((keys, Self { skills, needs }))
    }

    fn holds(&self, rep: usize, need: Need) -> bool {
        self.skills.held[rep][need.skill as usize] >= need.level
    }
}

impl Hard for SkillsMust {
    fn verdict(&self, key: u32, rep: usize) -> Verdict {
        let (all, any) = &self.needs[key as usize];
        let holds = all.iter().all(|&need| self.holds(rep, need))
            && (any.is_empty() || any.iter().any(|&need| self.holds(rep, need)));
        if holds { Verdict::Holds } else { Verdict::Fails }
    }
}
