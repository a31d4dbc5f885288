//! What limits leave for a pass: caps on what some leaves get of some categories.

use super::{Categories, Reached, Tally};
use crate::model::{RepIndex, TeamIndex};
use crate::solve::transport::Leaf;

/// Where a limit holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitPlace {
    /// For a group, by its position in the limit.
    Group(usize),
    /// For a team, in a pass to teams: what its members may still get together.
    Team(TeamIndex),
}

/// A cap on what some leaves get of some categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The limit by its position in the rules.
    pub limit: usize,
    /// Where it holds.
    pub place: LimitPlace,
    /// By category, whether it counts.
    pub cells: Vec<bool>,
    /// By leaf, whether it is held.
    pub leaves: Vec<bool>,
    /// At most so many leads in this pass; absent without a cap.
    pub room: Option<u32>,
    /// At least so many leads in this pass, if that can be.
    pub minimum: u32,
}

/// The caps of a pass whose leaves are reps.
pub fn of_reps(tally: &Tally<'_>, categories: &Categories, reps: &[RepIndex]) -> Vec<Cap> {
    let mut caps = Vec::new();
    for (limit, bounds) in tally.limits().iter().enumerate() {
        let groups: Vec<Option<usize>> = reps.iter().map(|&rep| bounds.group_of(rep)).collect();
        of_limit(tally, categories, limit, &groups, &mut caps);
    }
    caps
}

/// A member of a team with its room in a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The rep.
    pub rep: RepIndex,
    /// The team's leaf.
    pub leaf: Leaf,
    /// Places left.
    pub room: u32,
}

/// The caps of a pass whose leaves are teams. A team that a group holds whole counts in that group; any other
/// gets no more than its members may still get, each group within its own cap. `waiting` tells, by limit and
/// team, the leads that a team has and that no member has yet.
pub fn of_teams(
    tally: &Tally<'_>,
    categories: &Categories,
    teams: &[TeamIndex],
    members: &[Member],
    waiting: impl Fn(usize, TeamIndex) -> u64,
) -> Vec<Cap> {
    let mut caps = Vec::new();
    for limit in 0..tally.limits().len() {
        let whole = |&team: &TeamIndex| tally.group_of_team(limit, Some(team));
        let groups: Vec<Option<usize>> = teams.iter().map(whole).collect();
        of_limit(tally, categories, limit, &groups, &mut caps);
        for (leaf, &team) in teams
            .iter()
            .enumerate()
            .filter(|(leaf, _)| groups[*leaf].is_none())
        {
            let of_team = members.iter().filter(|member| member.leaf == leaf);
            let room = together(tally, limit, of_team).map(|room| room.saturating_sub(waiting(limit, team)));
            let mut leaves = vec![false; teams.len()];
            leaves[leaf] = true;
            caps.push(Cap {
                limit,
                place: LimitPlace::Team(team),
                cells: categories.cells(limit),
                leaves,
                room: room.map(|room| u32::try_from(room).unwrap_or(u32::MAX)),
                minimum: 0,
            });
        }
    }
    caps
}

/// What members may get together of a limit's leads; absent where nothing bounds it but their room.
fn together<'m>(tally: &Tally<'_>, limit: usize, members: impl Iterator<Item = &'m Member>) -> Option<u64> {
    let bounds = &tally.limits()[limit];
    let mut rooms = vec![0u64; bounds.groups.len()];
    let mut free = 0u64;
    for member in members {
        match bounds.group_of(member.rep) {
            Some(group) => rooms[group] += u64::from(member.room),
            None => free += u64::from(member.room),
        }
    }
    let whole = free + rooms.iter().sum::<u64>();
    let capped = |(group, &room): (usize, &u64)| {
        tally
            .left(limit, group)
            .map_or(room, |left| room.min(u64::from(left)))
    };
    let within = free + rooms.iter().enumerate().map(capped).sum::<u64>();
    (within < whole).then_some(within)
}

/// The caps of a limit, given each leaf's group.
fn of_limit(
    tally: &Tally<'_>,
    categories: &Categories,
    limit: usize,
    groups: &[Option<usize>],
    caps: &mut Vec<Cap>,
) {
    let cells = categories.cells(limit);
    for (group, bounds) in tally.limits()[limit].groups.iter().enumerate() {
        let cap = Cap {
            limit,
            place: LimitPlace::Group(group),
            cells: cells.clone(),
            leaves: groups.iter().map(|&of| of == Some(group)).collect(),
            room: tally.left(limit, group),
            minimum: bounds.min.saturating_sub(tally.taken(limit, group)),
        };
        if cap.leaves.contains(&true) && (cap.room.is_some() || cap.minimum > 0) {
            caps.push(cap);
        }
    }
}

impl Cap {
    /// The limit and group in which a cap counts; absent for a team's own.
    pub fn reached(&self) -> Option<Reached> {
        match self.place {
            LimitPlace::Group(group) => Some(Reached {
                limit: self.limit,
                group,
            }),
            LimitPlace::Team(_) => None,
        }
    }
}
