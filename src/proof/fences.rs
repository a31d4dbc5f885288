//! The limits of a pass that is solved as a whole: what each leaves for whom, worked out again.

use super::stage::Numbers;
use crate::model::TeamIndex;
use crate::record::LimitPriceRecord;
use crate::rules::Method;

/// What a limit leaves for some leaves in a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The limit by its position in the rules.
    pub limit: usize,
    /// The name of its group; absent for a team.
    pub group: Option<String>,
    /// The team whose members are counted together; absent for a group.
    pub team: Option<TeamIndex>,
    /// For each leaf whether it is held.
    pub leaves: Vec<bool>,
    /// At most so many leads; absent without a cap.
    pub room: Option<u64>,
    /// At least so many, if that can be.
    pub minimum: u64,
}

impl Fence {
    /// Tells whether a record is about this fence.
    pub fn is_of(&self, numbers: &Numbers, record: &LimitPriceRecord) -> bool {
        let setting = numbers.setting;
        let team = self.team.map(|team| &setting.said.teams[team.at()]);
        record.limit == setting.rules.limits[self.limit].name
            && record.group == self.group
            && record.team.as_ref() == team
    }
}

/// The fences of a pass, limit by limit. In a pass to teams a team counts in the group that holds all of it;
/// any other gets what its members may still get together.
pub(crate) fn fences(numbers: &Numbers) -> Vec<Fence> {
    let mut fences = Vec::new();
    let used = &numbers.stage.used_before;
    // of wishes the sum alone counts
    let asks = numbers.pass.method != Method::CherryPick;
    for (limit, bounds) in numbers.setting.rules.limits.iter().enumerate() {
        let of_leaf: Vec<Option<usize>> = if numbers.teams.is_empty() {
            numbers.reps.iter().map(|&rep| bounds.group_of(rep)).collect()
        } else {
            let whole = |&team: &TeamIndex| used.of_team(limit, Some(team));
            numbers.teams.iter().map(whole).collect()
        };
        for (group, of) in bounds.groups.iter().enumerate() {
            let count = used.count((limit, group));
            let fence = Fence {
                limit,
                group: Some(of.name.clone()),
                team: None,
                leaves: of_leaf.iter().map(|&own| own == Some(group)).collect(),
                room: of.max.map(|max| u64::from(max).saturating_sub(count)),
                minimum: if asks {
                    u64::from(of.min).saturating_sub(count)
                } else {
                    0
                },
            };
            if fence.leaves.contains(&true) && (fence.room.is_some() || fence.minimum > 0) {
                fences.push(fence);
            }
        }
        for (leaf, &team) in numbers.teams.iter().enumerate() {
            if of_leaf[leaf].is_none() {
                fences.push(Fence {
                    limit,
                    group: None,
                    team: Some(team),
                    leaves: (0..numbers.teams.len()).map(|other| other == leaf).collect(),
                    room: together(numbers, limit, leaf, team),
                    minimum: 0,
                });
            }
        }
    }
    fences
}

/// What the members of a team may still get together of a limit's leads; absent where their room alone
/// bounds it.
fn together(numbers: &Numbers, limit: usize, leaf: usize, team: TeamIndex) -> Option<u64> {
    let bounds = &numbers.setting.rules.limits[limit];
    let mut of_groups = vec![0u64; bounds.groups.len()];
    let mut free = 0;
    for (&rep, own) in numbers.reps.iter().zip(&numbers.leaf_of) {
        if *own == Some(leaf) {
            let room = u64::from(numbers.stage.before[rep.at()].room());
            match bounds.group_of(rep) {
                Some(group) => of_groups[group] += room,
                None => free += room,
            }
        }
    }
    let all: u64 = free + of_groups.iter().sum::<u64>();
    let mut within = free;
    for (group, room) in of_groups.into_iter().enumerate() {
        let count = numbers.stage.used_before.count((limit, group));
        let max = bounds.groups[group].max;
        within += max.map_or(room, |max| room.min(u64::from(max).saturating_sub(count)));
    }
    let waiting = numbers.stage.waiting_held[limit][team.at()];
    (within < all).then(|| within.saturating_sub(waiting))
}
