//! Every bound kept, every certificate true and the best deal found as often as it should be, by brute force.

use super::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

impl Problem {
    pub(super) fn brute_force(&self) -> Worth {
        let state = (vec![0u64; self.tree.nodes.len()], vec![0u64; self.limits.len()]);
        let mut ways = BTreeMap::from([(state, vec![0; self.tiers + 3])]);
        let single = |class: &Class| !self.units.iter().flatten().any(|known| known == class);
        for class in (0..self.classes()).filter(single) {
            for _ in 0..self.supply[class] {
                ways = self.more(&[class], &ways);
            }
        }
        for unit in &self.units {
            ways = self.more(unit, &ways);
        }
        let possible = ways
            .into_iter()
            .filter(|((loads, _), _)| self.is_within(loads, true));
        possible
            .map(|((loads, _), worth)| plus(&worth, &self.costs(&loads)))
            .max()
            .expect("dealing nothing is a way")
    }

    /// All ways to deal one lead more of each of some classes: to one leaf, or to none.
    fn more(
        &self,
        classes: &[Class],
        ways: &BTreeMap<(Vec<u64>, Vec<u64>), Worth>,
    ) -> BTreeMap<(Vec<u64>, Vec<u64>), Worth> {
        let mut more: BTreeMap<(Vec<u64>, Vec<u64>), Worth> = BTreeMap::new();
        for ((loads, held), worth) in ways {
            let mut go = |leaf: Option<Leaf>| {
                let (mut loads, mut held, mut worth) = (loads.clone(), held.clone(), worth.clone());
                for &class in classes {
                    let category = self.category[class];
                    let Some(leaf) = leaf else {
                        self.chain(self.tree.out[category])
                            .for_each(|node| loads[node] += 1);
                        continue;
                    };
                    self.chain(Some(self.tree.entry[category][leaf]))
                        .for_each(|node| loads[node] += 1);
                    let Some(gain) = self.gain(class, leaf) else {
                        return;
                    };
                    worth = plus(&worth, &gain);
                    for (held, limit) in held.iter_mut().zip(&self.limits) {
                        *held += u64::from(limit.holds(category, leaf));
                    }
                }
                let kept = held
                    .iter()
                    .zip(&self.limits)
                    .all(|(&held, limit)| held <= limit.room.into());
                if kept && self.is_within(&loads, false) {
                    let best = more.entry((loads, held)).or_insert_with(|| worth.clone());
                    *best = worth.max(best.clone());
                }
            };
            (0..self.leaves).map(Some).chain([None]).for_each(&mut go);
        }
        more
    }

    /// Checks a deal against the best there is; tells whether it is that, and whether it is proven.
    pub(super) fn check_against(&self, best: &Worth) -> (bool, bool) {
        let crossed = self.crossed(1);
        let value = self.value(&crossed);
        assert!(value <= *best);
        crossed
            .certificates
            .iter()
            .for_each(|certificate| self.check(certificate));
        let first = value.iter().zip(best).position(|(own, best)| own < best);
        let Some(gap) = crossed.gap else {
            assert_eq!(first, None, "what is proven is best");
            return (true, true);
        };
        let at = match gap.level {
            Level::Tier(tier) => tier.at(),
            Level::Minimums => self.tiers,
            Level::Points => self.tiers + 1,
            Level::Fairness => self.tiers + 2,
        };
        assert!(gap.at_most > 0 && value[..at] == best[..at]);
        assert!(best[at] <= value[at] + gap.at_most, "the bound holds");
        (first.is_none(), gap.level == Level::Fairness)
    }
}

/// Random problems: leads of categories, reps in teams, and limits that cross.
pub(super) fn problems(odd: bool) -> impl Strategy<Value = Problem> {
    let score = prop_oneof![
        2 => (0..6i32).prop_map(|score| score * 200_000),
        4 => 0..=1_000_000i32,
        1 => Just(FORBIDDEN),
    ];
    let tier = prop_oneof![3 => (0..3u8).prop_map(Some), 1 => Just(None)];
    let class = (
        1..=2u32,
        tier,
        prop_oneof![3 => Just(0), 1 => 0..2_000_000i32],
        0..3usize,
    );
    let node = (
        0..4u32,
        prop_oneof![2 => Just(0), 1 => 0..900_000i64],
        0..2000i64,
        0..3u32,
    );
    let limit = (
        prop::collection::vec(any::<bool>(), 3),
        prop::collection::vec(any::<bool>(), 3),
        0..4u32,
    );
    (2..=3usize, 2..=if odd { 7usize } else { 5 }, any::<bool>()).prop_flat_map(
        move |(leaves, classes, floored)| {
            (
                prop::collection::vec(class.clone(), classes),
                prop::collection::vec(prop::collection::vec(score.clone(), leaves), classes),
                prop::collection::vec(node.clone(), leaves + 1),
                prop::collection::vec(limit.clone(), if odd { 3..=3 } else { 1..=3 }),
                0..3u32,
            )
                .prop_map(move |(classes, scores, nodes, limits, floor)| {
                    let node = |at: usize| Node {
                        parent: (at < 2).then_some(leaves),
                        minimum: if at == leaves { nodes[at].3 } else { 0 },
                        balance: slope(nodes[at].1),
                        fairness: slope(nodes[at].2),
                        ..Node::with_room(nodes[at].0 + u32::from(at == leaves))
                    };
                    let mut tree_nodes: Vec<Node> = (0..=leaves).map(node).collect();
                    let mut out = vec![None; 3];
                    if floored {
                        let leads = (classes.iter().filter(|class| class.3 == 0))
                            .map(|class| class.0)
                            .sum();
                        tree_nodes.push(Node {
                            floor: floor.min(leads),
                            ..Node::with_room(u32::MAX)
                        });
                        out[0] = Some(leaves + 1);
                    }
                    let tiers = classes.iter().filter_map(|class| class.1).max();
                    Problem {
                        supply: classes.iter().map(|class| class.0).collect(),
                        tier: classes.iter().map(|class| class.1).collect(),
                        worth: classes.iter().map(|class| class.2).collect(),
                        category: classes.iter().map(|class| class.3).collect(),
                        scores,
                        leaves,
                        tiers: tiers.map_or(0, |tier| usize::from(tier) + 1),
                        tree: Tree {
                            nodes: tree_nodes,
                            entry: vec![(0..leaves).collect(); 3],
                            out,
                        },
                        limits: (limits.into_iter().enumerate())
                            .map(|(at, (mut categories, mut reps, room))| {
                                if odd {
                                    categories = (0..3).map(|category| category != at).collect();
                                    reps.fill(true);
                                }
                                reps.truncate(leaves);
                                Crossing {
                                    categories,
                                    leaves: reps,
                                    room,
                                }
                            })
                            .collect(),
                        units: Vec::new(),
                    }
                })
        },
    )
}

fn slope(numerator: i64) -> Slope {
    Slope {
        numerator,
        denominator: 2,
        start: 0,
        offset: 0,
    }
}

/// How many of so many problems whose deal a limit changes are dealt in the best way, and are proven to be.
fn shares(count: usize, odd: bool) -> (usize, usize, usize) {
    let mut runner = TestRunner::deterministic();
    let (mut crossed, mut best, mut proven) = (0, 0, 0);
    for _ in 0..count {
        let problem = problems(odd).new_tree(&mut runner).expect("a problem").current();
        let (is_best, is_proven) = problem.check_against(&problem.brute_force());
        let free = Problem {
            limits: Vec::new(),
            ..problem.clone()
        };
        let alone = free.crossed(1);
        if alone.solution.objective != problem.crossed(1).solution.objective {
            crossed += 1;
            best += usize::from(is_best);
            proven += usize::from(is_proven);
        }
    }
    (crossed, best, proven)
}

/// Checks that at least so many in a hundred deals that a limit changes are the best, and as many are proven.
fn check_shares(count: usize, odd: bool, least: usize) {
    let (crossed, best, proven) = shares(count, odd);
    assert!(crossed * 4 > count, "limits change many deals");
    assert!(best * 100 >= crossed * least, "{best} of {crossed} are best");
    assert!(
        proven * 100 >= crossed * least,
        "{proven} of {crossed} are proven"
    );
}

#[test]
fn the_best_deal_is_found_and_proven_almost_always() {
    check_shares(1500, false, 98);
}

#[test]
fn where_limits_overlap_in_a_circle_the_best_deal_is_found_almost_always() {
    check_shares(400, true, 96);
}
