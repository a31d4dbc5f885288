//! Caps that nest as trees, against the caps themselves.

use super::*;
use proptest::prelude::*;

/// A pass of a few categories and leaves.
#[derive(Clone, Debug)]
struct Tiny {
    supply: Vec<u32>,
    reach: Vec<Vec<bool>>,
    rooms: Vec<u32>,
    caps: Vec<Cap>,
}

fn cap(cells: Vec<bool>, leaves: Vec<bool>, room: Option<u32>, minimum: u32) -> Cap {
    Cap {
        limit: 0,
        place: LimitPlace::Group(0),
        cells,
        leaves,
        room,
        minimum,
    }
}

impl Tiny {
    fn plan(&self) -> Plan {
        let key = |category: usize| (0..self.supply.len()).map(|other| other == category).collect();
        let keys = (0..self.supply.len()).map(|category| (key(category), self.supply[category]));
        let reach = Reach {
            leaves: self.rooms.len(),
            cells: self.reach.clone(),
        };
        Plan::new(Categories::new(keys), &reach, self.caps.clone(), &self.rooms)
    }

    /// Every way to deal: leads by category, then leaf.
    fn flows(&self) -> Vec<Vec<Vec<u32>>> {
        let mut flows = vec![Vec::new()];
        for (category, &supply) in self.supply.iter().enumerate() {
            let mut rows: Vec<Vec<u32>> = vec![Vec::new()];
            for leaf in 0..self.rooms.len() {
                let most = if self.reach[category][leaf] { supply } else { 0 };
                let more = |row: &Vec<u32>| -> Vec<Vec<u32>> {
                    let left = most.min(supply - row.iter().sum::<u32>());
                    (0..=left)
                        .map(|count| [row.as_slice(), &[count]].concat())
                        .collect()
                };
                rows = rows.iter().flat_map(more).collect();
            }
            let with = |flow: &Vec<Vec<u32>>| -> Vec<Vec<Vec<u32>>> {
                rows.iter()
                    .map(|row| [flow.as_slice(), std::slice::from_ref(row)].concat())
                    .collect()
            };
            flows = flows.iter().flat_map(with).collect();
        }
        flows
    }

    fn keeps_rooms(&self, flow: &[Vec<u32>]) -> bool {
        let load = |leaf: usize| flow.iter().map(|row| row[leaf]).sum::<u32>();
        (0..self.rooms.len()).all(|leaf| load(leaf) <= self.rooms[leaf])
    }

    fn fits(&self, plan: &Plan, flow: &[Vec<u32>]) -> bool {
        let mut counts = vec![0u32; plan.nodes.len()];
        let mut enter = |mut node: Option<usize>, count: u32| {
            while let Some(at) = node {
                counts[at] += count;
                node = plan.nodes[at].parent;
                assert!(
                    node.is_none_or(|parent| parent > at),
                    "children stand before parents"
                );
            }
        };
        for (category, row) in flow.iter().enumerate() {
            for (leaf, &count) in row.iter().enumerate() {
                enter(Some(plan.entry[category][leaf]), count);
            }
            enter(
                plan.out[category],
                self.supply[category] - row.iter().sum::<u32>(),
            );
        }
        let within = |(node, count): (&PlanNode, &u32)| node.floor <= *count && *count <= node.room;
        plan.nodes.iter().zip(&counts).all(within)
    }
}

fn keeps(cap: &Cap, flow: &[Vec<u32>]) -> bool {
    let counted = |(category, row): (usize, &Vec<u32>)| -> u32 {
        let leaves = row.iter().zip(&cap.leaves).filter(|(_, held)| **held);
        leaves
            .map(|(count, _)| if cap.cells[category] { *count } else { 0 })
            .sum()
    };
    cap.room
        .is_none_or(|room| flow.iter().enumerate().map(counted).sum::<u32>() <= room)
}

fn tiny() -> impl Strategy<Value = Tiny> {
    let marks = |count: usize| prop::collection::vec(any::<bool>(), count);
    (1usize..4, 1usize..4).prop_flat_map(move |(categories, leaves)| {
        let all_or_some = |count: usize| prop_oneof![Just(vec![true; count]), marks(count)];
        let room = prop::option::weighted(0.9, 0u32..4);
        let caps = (all_or_some(categories), all_or_some(leaves), room, 0u32..2);
        (
            prop::collection::vec(1u32..3, categories),
            prop::collection::vec(
                prop::collection::vec(prop::bool::weighted(0.7), leaves),
                categories,
            ),
            prop::collection::vec(0u32..4, leaves),
            prop::collection::vec(
                caps.prop_map(|(cells, leaves, room, least)| cap(cells, leaves, room, least)),
                0..5,
            ),
        )
            .prop_map(|(supply, reach, rooms, caps)| Tiny {
                supply,
                reach,
                rooms,
                caps,
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_deal_fits_the_trees_exactly_when_it_keeps_rooms_and_the_caps_in_them(tiny in tiny()) {
        let plan = tiny.plan();
        let kept: Vec<&Cap> = (0..tiny.caps.len())
            .filter(|&at| plan.stands[at] != Stand::Crossing)
            .map(|at| &tiny.caps[at])
            .collect();
        for flow in tiny.flows() {
            let expected = tiny.keeps_rooms(&flow) && kept.iter().all(|cap| keeps(cap, &flow));
            prop_assert_eq!(tiny.fits(&plan, &flow), expected, "{:?}\n{:?}", plan, flow);
        }
    }
}

/// Two categories and three leaves, everything in reach but what `out` says.
fn stands_of(caps: Vec<Cap>, out: &[(usize, usize)]) -> Vec<Stand> {
    let mut tiny = Tiny {
        supply: vec![9, 9],
        reach: vec![vec![true; 3]; 2],
        rooms: vec![5; 3],
        caps,
    };
    for &(category, leaf) in out {
        tiny.reach[category][leaf] = false;
    }
    tiny.plan().stands
}

fn marks(text: &str) -> Vec<bool> {
    text.chars().map(|mark| mark == 'x').collect()
}

fn most(cells: &str, leaves: &str) -> Cap {
    cap(marks(cells), marks(leaves), Some(3), 0)
}

#[test]
fn caps_of_a_category_within_a_rep_and_of_all_within_teams_nest() {
    let caps = vec![
        most("x-", "x--"),
        most("xx", "x--"),
        most("xx", "xx-"),
        most("xx", "xxx"),
    ];
    assert_eq!(stands_of(caps, &[]), [Stand::Leaves; 4]);
}

#[test]
fn a_cap_of_a_category_for_a_team_crosses_the_rooms_of_its_reps() {
    assert_eq!(stands_of(vec![most("x-", "xx-")], &[]), [Stand::Crossing]);
}

#[test]
fn the_same_cap_is_exact_where_the_leads_can_go_to_nobody_else() {
    assert_eq!(stands_of(vec![most("x-", "xx-")], &[(0, 2)]), [Stand::Leads]);
}

#[test]
fn the_same_cap_is_exact_where_the_reps_can_get_nothing_else() {
    let caps = vec![most("x-", "xx-")];
    assert_eq!(stands_of(caps, &[(1, 0), (1, 1)]), [Stand::Leaves]);
}

#[test]
fn caps_on_leads_nest_by_category_or_cross() {
    let caps = vec![most("x-", "xxx"), most("-x", "xxx"), most("xx", "xxx")];
    assert_eq!(stands_of(caps, &[]), [Stand::Leads, Stand::Leads, Stand::Leaves]);
}

#[test]
fn a_cap_that_no_deal_exceeds_is_idle_and_a_minimum_alone_is_a_wish() {
    let caps = vec![
        cap(marks("x-"), marks("xx-"), Some(9), 0),
        cap(marks("x-"), marks("xx-"), None, 2),
        cap(marks("x-"), marks("--x"), None, 2),
    ];
    assert_eq!(stands_of(caps, &[]), [Stand::Idle, Stand::Wish, Stand::Leaves]);
}
