//! A lead that comes back stays within the team that let it go, where a file of teams names that team.
//!
//! Built in, and asked for unless `[recycle] within_team = false`: a franchisee's leads are the franchisee's.

use super::{Ground, Hard};
use crate::rules::Verdict;
use crate::rules::keys::Keys;

/// The members of the team of each key, by place in the roster.
#[derive(Debug)]
pub struct WithinFranchise {
    members: Vec<Vec<bool>>,
}

impl WithinFranchise {
    /// Binds the rule where a lead of a team in the teams file is back in the pool.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let (batch, returned) = (ground.batch, &ground.batch.past.returned);
        if returned.is_empty() || batch.teams.is_empty() || !ground.ledger.within_team {
            return None;
        }
        let is_named = |team: &&String| batch.teams.iter().any(|of_file| of_file.name == **team);
        let ids = &batch.leads.ids;
        let (keys, teams) = Keys::by(ids.len(), |row| {
            let team = &returned.get(&ids[row])?.team;
            Some(team).filter(is_named).cloned()
        });
        let member = |team: &String| batch.reps.list.iter().map(|rep| rep.team == *team).collect();
        let members = teams.iter().map(member).collect();
        (keys.count() > 0).then_some((keys, Self { members }))
    }
}

impl Hard for WithinFranchise {
    fn verdict(&self, key: u32, rep: usize) -> Verdict {
        if self.members[key as usize][rep] {
            Verdict::Holds
        } else {
            Verdict::Fails
        }
    }
}
