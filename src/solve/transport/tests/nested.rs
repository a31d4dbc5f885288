//! Nested bounds: on the reps' side, on the leads' side, with minimums, against brute force.

use super::*;
use std::collections::BTreeMap;

/// A problem whose leads come in categories, with any tree.
#[derive(Clone, Debug)]
struct Nested {
    problem: Problem,
    category: Vec<usize>,
    leaves: usize,
}

impl Rows for Nested {
    fn classes(&self) -> usize {
        self.problem.classes()
    }
    fn leaves(&self) -> usize {
        self.leaves
    }
    fn supply(&self, class: Class) -> u32 {
        self.problem.supply[class]
    }
    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.problem.tier(class)
    }
    fn category(&self, class: Class) -> usize {
        self.category[class]
    }
    fn row(&self, class: Class, out: &mut [i32]) {
        out.copy_from_slice(&self.problem.scores[class]);
    }
}

impl Nested {
    fn tree(&self) -> &Tree {
        &self.problem.tree
    }

    /// The node and all above it.
    fn chain(&self, node: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(node, |&node| self.tree().nodes[node].parent)
    }

    /// The loads of all nodes with one lead more that enters at a node.
    fn entered(&self, load: &[u32], node: Option<usize>) -> Vec<u32> {
        let mut load = load.to_vec();
        self.chain(node).for_each(|node| load[node] += 1);
        load
    }

    fn is_possible(&self, load: &[u32]) -> bool {
        (self.tree().nodes.iter().zip(load)).all(|(node, &load)| load >= node.floor && load <= node.room)
    }

    /// Tiers, minimums, points less balance, less fairness.
    fn value(&self, gains: &Levels, load: &[u32]) -> Levels {
        let tiers = self.problem.tiers();
        let mut levels = gains.clone();
        let mut towards = 0;
        for (at, node) in self.tree().nodes.iter().enumerate() {
            towards += i128::from(load[at].min(node.minimum));
            for k in 1..=load[at] {
                levels = plus(&levels, &self.problem.cost(at, k.into()));
            }
        }
        levels.insert(tiers, towards);
        levels
    }

    fn brute_force(&self) -> Levels {
        let mut ways = BTreeMap::from([(vec![0u32; self.tree().nodes.len()], self.problem.nothing())]);
        for class in 0..self.classes() {
            let category = self.category[class];
            for _ in 0..self.supply(class) {
                let mut more: BTreeMap<Vec<u32>, Levels> = BTreeMap::new();
                for (load, value) in &ways {
                    let mut try_at = |node: Option<usize>, gain: Option<Levels>| {
                        let Some(gain) = gain else { return };
                        let load = self.entered(load, node);
                        if (self.tree().nodes.iter().zip(&load)).all(|(node, &load)| load <= node.room) {
                            let value = plus(value, &gain);
                            let best = more.entry(load).or_insert_with(|| value.clone());
                            *best = value.max(best.clone());
                        }
                    };
                    for (leaf, &node) in self.tree().entry[category].iter().enumerate() {
                        try_at(Some(node), self.problem.gain(class, leaf));
                    }
                    try_at(self.tree().out[category], Some(self.problem.nothing()));
                }
                ways = more;
            }
        }
        let possible = ways.iter().filter(|(load, _)| self.is_possible(load));
        possible
            .map(|(load, value)| self.value(value, load))
            .max()
            .expect("dealing nothing is a way")
    }

    fn check(&self) {
        let options = Options {
            threads: 1,
            progress: &|_| (),
        };
        let solution = solve(self, self.tree(), &options).expect("small");
        let mut left: Vec<u32> = self.problem.supply.clone();
        let (mut gains, mut load) = (self.problem.nothing(), vec![0; self.tree().nodes.len()]);
        for &(class, leaf, count) in &solution.flow {
            left[class] -= count;
            for _ in 0..count {
                gains = plus(&gains, &self.problem.gain(class, leaf).expect("eligible"));
                load = self.entered(&load, Some(self.tree().entry[self.category[class]][leaf]));
            }
        }
        for (class, left) in left.into_iter().enumerate() {
            for _ in 0..left {
                load = self.entered(&load, self.tree().out[self.category[class]]);
            }
        }
        assert!(self.is_possible(&load), "a bound is broken: {load:?}");
        assert_eq!(
            solution.loads,
            load.iter().map(|&load| u64::from(load)).collect::<Vec<_>>()
        );
        assert_eq!(self.value(&gains, &load), self.brute_force());
        assert_eq!(solution.objective, solution.bound);
        self.check_prices(&solution, &load);
    }

    /// The prices of nodes bound the value from above, by plain arithmetic on packed numbers.
    fn check_prices(&self, solution: &Solution, load: &[u32]) {
        let weights = &solution.weights;
        let price = |node: Option<usize>| self.chain(node).map(|node| solution.nodes[node]).sum::<i128>();
        let (mut bound, mut value) = (0, 0);
        for class in 0..self.classes() {
            let category = self.category[class];
            let tier = weights.tiers[usize::from(self.problem.tier[class])];
            let gain = |leaf: usize| tier + weights.unit * i128::from(self.problem.scores[class][leaf]);
            let worth = (0..self.leaves)
                .filter(|&leaf| self.problem.scores[class][leaf] != FORBIDDEN)
                .map(|leaf| gain(leaf) - price(Some(self.tree().entry[category][leaf])))
                .chain([-price(self.tree().out[category])]);
            bound += worth.max().expect("one at least") * i128::from(self.supply(class));
            for &(_, leaf, count) in solution.flow.iter().filter(|flow| flow.0 == class) {
                value += gain(leaf) * i128::from(count);
            }
        }
        for (at, node) in self.tree().nodes.iter().enumerate() {
            let costs = |k: u32| {
                let units = |slope: &Slope| i128::from(slope.cost(k.into()).expect("small"));
                let wanted = if k <= node.minimum { weights.minimum } else { 0 };
                weights.unit * units(&node.balance) + units(&node.fairness) - wanted
            };
            value -= (1..=load[at]).map(costs).sum::<i128>();
            let worth = |k: u32| solution.nodes[at] - costs(k);
            bound += (1..=node.floor).map(worth).sum::<i128>();
            let most = node.room.min(self.problem.supply.iter().sum());
            bound += (node.floor + 1..=most).map(|k| worth(k).max(0)).sum::<i128>();
        }
        assert_eq!(bound, value, "the prices of nodes prove the flow optimal");
    }
}

/// Random trees: reps with a node for some of the categories each, teams, and leads left out.
fn nested(classes: usize, outs: bool) -> impl Strategy<Value = Nested> {
    let rows = problems(1..=classes, 1..=3, 2, 3);
    let limits = prop::collection::vec(prop::option::weighted(0.5, (0..3u32, 0..3u32)), 9);
    let teams = prop::collection::vec((prop::option::weighted(0.7, 0..2usize), 0..4u32, 0..3u32), 3);
    let floors = prop::collection::vec((0..4u32, any::<bool>()), 4);
    let categories = prop::collection::vec(0..3usize, classes);
    (rows, limits, teams, floors, categories).prop_map(move |(problem, limits, teams, floors, category)| {
        let leaves = problem.leaves();
        let mut nodes = Vec::new();
        let own: Vec<Option<(u32, u32)>> = (0..3 * leaves).map(|at| limits[at]).collect();
        let first_rep = own.iter().flatten().count();
        let first_team = first_rep + leaves;
        let mut entry = vec![Vec::new(); 3];
        for (at, limit) in own.iter().enumerate() {
            let (category, leaf) = (at / leaves, at % leaves);
            entry[category].push(limit.map_or(first_rep + leaf, |(room, minimum)| {
                nodes.push(Node {
                    parent: Some(first_rep + leaf),
                    minimum,
                    ..Node::with_room(room)
                });
                nodes.len() - 1
            }));
        }
        for (leaf, node) in problem.tree.nodes.iter().enumerate() {
            nodes.push(Node {
                parent: teams[leaf].0.map(|team| first_team + team),
                ..*node
            });
        }
        nodes.extend((0..2).map(|team| Node {
            minimum: teams[team].2,
            ..Node::with_room(teams[team].1)
        }));
        let mut nested = Nested {
            category: category[..problem.classes()].to_vec(),
            leaves,
            problem: Problem {
                tree: Tree {
                    nodes,
                    entry,
                    out: vec![None; 3],
                },
                ..problem
            },
        };
        if outs {
            leave_out(&mut nested, &floors);
        }
        nested
    })
}

/// Bounds how many leads of some categories, and of all of these together, are assigned.
fn leave_out(nested: &mut Nested, floors: &[(u32, bool)]) {
    let leads = |nested: &Nested, which: &dyn Fn(usize) -> bool| {
        let classes = (0..nested.classes()).filter(|&class| which(nested.category[class]));
        classes.map(|class| nested.supply(class)).sum::<u32>()
    };
    let bounded: Vec<usize> = (0..3).filter(|&category| floors[category].1).collect();
    let all = nested.problem.tree.nodes.len() + bounded.len();
    for &category in &bounded {
        let most = leads(nested, &|other| other == category);
        let node = Node {
            floor: floors[category].0.min(most),
            parent: Some(all),
            ..Node::with_room(u32::MAX)
        };
        nested.problem.tree.out[category] = Some(nested.problem.tree.nodes.len());
        nested.problem.tree.nodes.push(node);
    }
    let most = leads(nested, &|category| bounded.contains(&category));
    nested.problem.tree.nodes.push(Node {
        floor: floors[3].0.min(most),
        ..Node::with_room(u32::MAX)
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn bounds_nested_on_the_side_of_the_reps_are_kept_exactly(nested in nested(3, false)) {
        nested.check();
    }

    #[test]
    fn bounds_nested_on_both_sides_are_kept_exactly(nested in nested(3, true)) {
        nested.check();
    }
}
