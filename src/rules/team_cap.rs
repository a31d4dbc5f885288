//! The cap that a file of teams sets on a team: a limit that nobody has to write.

use super::limit::{Limit, LimitGroup};
use crate::model::{Batch, Period, Rep, RepIndex};

/// The limit that `max_new` in a file of teams is.
pub const NAME: &str = "team.max_new";

/// What a file of teams lets each team have: in a run, with a ledger in a calendar day. What members got
/// before on that day counts.
pub fn bind(batch: &Batch) -> Option<Limit> {
    let reps = &batch.reps.list;
    let mut group = vec![None; reps.len()];
    let mut groups = Vec::new();
    for team in &batch.teams {
        let Some(max) = team.max_new else { continue };
        let of_team = |rep: &&Rep| rep.team == team.name;
        let today: u32 = reps.iter().filter(of_team).map(|rep| rep.new_today).sum();
        let members = (0..reps.len()).filter(|&at| reps[at].team == team.name && reps[at].active);
        let members: Vec<RepIndex> = members.map(RepIndex::new).collect();
        if members.is_empty() {
            continue;
        }
        for rep in &members {
            group[rep.at()] = u32::try_from(groups.len()).ok();
        }
        groups.push(LimitGroup {
            name: team.name.clone(),
            reps: members,
            max: Some(max.saturating_sub(today)),
            min: 0,
        });
    }
    (!groups.is_empty()).then(|| Limit {
        name: NAME.to_owned(),
        per: "team".to_owned(),
        period: Period::Run,
        leads: None,
        group,
        groups,
    })
}
