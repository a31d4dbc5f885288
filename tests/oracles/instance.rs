//! Small random instances of the transport problem with nested bounds, the same for the same number.

use dealt::model::TierIndex;
use dealt::solve::transport::{Class, FORBIDDEN, Leaf, Node, Rows, Slope, Tree};

/// Tiers that leads of an instance have at most.
pub const TIERS: usize = 3;
/// Levels of a value: floors met, leads of each tier, minimums met, points, fairness.
pub const LEVELS: usize = TIERS + 4;
/// Where the levels besides tiers stand.
pub const FLOOR: usize = 0;
pub const MINIMUM: usize = TIERS + 1;
pub const POINTS: usize = TIERS + 2;
pub const FAIRNESS: usize = TIERS + 3;

/// What a flow is worth, the first level that differs deciding.
pub type Value = [i64; LEVELS];

/// Adds a value so many times.
pub fn plus(one: Value, other: &Value, times: i64) -> Value {
    std::array::from_fn(|level| one[level] + times * other[level])
}

/// What a node's k-th lead is worth, `k` from 1.
pub fn place(node: &Node, k: u32) -> Value {
    let cost = |slope: &Slope| {
        let odd = 2 * (slope.start + u64::from(k)) - 1;
        let grown = slope.numerator * i64::try_from(odd).expect("small");
        slope.offset + grown.div_euclid(slope.denominator)
    };
    let mut value = [0; LEVELS];
    value[FLOOR] = i64::from(k <= node.floor);
    value[MINIMUM] = i64::from(k <= node.minimum);
    value[POINTS] = -cost(&node.balance);
    value[FAIRNESS] = -cost(&node.fairness);
    value
}

/// Classes of leads, what they bring where, and nested bounds on both sides.
#[derive(Clone, Debug)]
pub struct Instance {
    pub supply: Vec<u32>,
    pub tier: Vec<Option<TierIndex>>,
    pub worth: Vec<i32>,
    pub category: Vec<usize>,
    pub scores: Vec<Vec<i32>>,
    pub tree: Tree,
}

impl Instance {
    /// What a lead of a class is worth at a leaf, bounds apart.
    pub fn gain(&self, class: Class, leaf: Leaf) -> Option<Value> {
        let score = self.scores[class][leaf];
        (score != FORBIDDEN).then(|| {
            let mut value = [0; LEVELS];
            if let Some(tier) = self.tier[class] {
                value[1 + tier.at()] = 1;
            }
            value[POINTS] = i64::from(score) + i64::from(self.worth[class]);
            value
        })
    }

    pub fn leads(&self) -> u32 {
        self.supply.iter().sum()
    }

    /// The value of a flow (class, leaf, leads), or why there is no such flow.
    pub fn value(&self, flow: &[(Class, Leaf, u32)]) -> Result<Value, String> {
        let mut value = [0; LEVELS];
        let mut left = self.supply.clone();
        let mut loads = vec![0; self.tree.nodes.len()];
        for &(class, leaf, count) in flow {
            let gain = self.gain(class, leaf).ok_or("a forbidden pair is used")?;
            value = plus(value, &gain, count.into());
            left[class] = left[class]
                .checked_sub(count)
                .ok_or("more leads than there are")?;
            loads[self.tree.entry[self.category[class]][leaf]] += count;
        }
        for (&left, &category) in left.iter().zip(&self.category) {
            if let Some(node) = self.tree.out[category] {
                loads[node] += left;
            }
        }
        for (at, node) in self.tree.nodes.iter().enumerate() {
            if loads[at] > node.room {
                return Err(format!("node {at} holds {} of {}", loads[at], node.room));
            }
            for k in 1..=loads[at] {
                value = plus(value, &place(node, k), 1);
            }
            if let Some(parent) = node.parent {
                loads[parent] += loads[at];
            }
        }
        Ok(value)
    }
}

impl Rows for Instance {
    fn classes(&self) -> usize {
        self.supply.len()
    }

    fn leaves(&self) -> usize {
        self.tree.entry[0].len()
    }

    fn supply(&self, class: Class) -> u32 {
        self.supply[class]
    }

    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.tier[class]
    }

    fn worth(&self, class: Class) -> i32 {
        self.worth[class]
    }

    fn category(&self, class: Class) -> usize {
        self.category[class]
    }

    fn row(&self, class: Class, out: &mut [i32]) {
        out.copy_from_slice(&self.scores[class]);
    }
}

/// What instances are made to try.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    General,
    /// Few distinct scores.
    Ties,
    /// Most reps full.
    Closed,
    /// Few pairs that may be.
    Rare,
    /// Steep costs of places.
    Convex,
    /// Fewer places than leads.
    Scarce,
}

pub const KINDS: [Kind; 6] = [
    Kind::General,
    Kind::Ties,
    Kind::Closed,
    Kind::Rare,
    Kind::Convex,
    Kind::Scarce,
];

/// Numbers that look random (`SplitMix64`).
struct Draw(u64);

impl Draw {
    /// A number from 0 to less than `most`.
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bits = u32::try_from((bits ^ bits >> 31) >> 32).expect("32 bits");
        u32::try_from((u64::from(bits) * u64::from(most)) >> 32).expect("less than `most`")
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn slope(&mut self, steep: u32, percent: u32) -> Slope {
        let numerator = if self.chance(percent) {
            self.below(steep)
        } else {
            0
        };
        Slope {
            numerator: numerator.into(),
            denominator: i64::from(1 + self.below(6)),
            start: self.below(4).into(),
            offset: self.below(steep).into(),
        }
    }

    fn node(&mut self, kind: Kind) -> Node {
        let room = match kind {
            Kind::Closed if self.chance(70) => 0,
            Kind::Scarce => self.below(3),
            _ => self.below(5),
        };
        let convex = if matches!(kind, Kind::Convex) { 90 } else { 30 };
        Node {
            balance: self.slope(900_000, convex),
            fairness: self.slope(5000, convex),
            ..Node::with_room(room)
        }
    }

    fn score(&mut self, kind: Kind) -> i32 {
        let forbidden = if matches!(kind, Kind::Rare) { 75 } else { 20 };
        if self.chance(forbidden) {
            return FORBIDDEN;
        }
        let score = match kind {
            Kind::Ties => 500_000 * self.below(3),
            _ if self.chance(30) => 200_000 * self.below(6),
            _ => self.below(1_000_001),
        };
        i32::try_from(score).expect("small")
    }
}

/// An instance whose every leaf is one node right above the ground.
pub fn flat(number: usize, kind: Kind) -> Instance {
    let mut draw = Draw(number as u64);
    let (classes, leaves) = (draw.below(6) as usize, draw.below(5) as usize);
    leads(&mut draw, kind, classes, leaves, 1)
}

fn leads(draw: &mut Draw, kind: Kind, classes: usize, leaves: usize, categories: u32) -> Instance {
    let tiers = draw.chance(80);
    let tier = |draw: &mut Draw| {
        let tier = TierIndex::new(draw.below(3) as usize);
        (tiers && !draw.chance(10)).then_some(tier)
    };
    let worth = |draw: &mut Draw| match draw.below(4) {
        0 => 1_000_000 * i32::try_from(draw.below(16)).expect("small"),
        1 => i32::try_from(draw.below(3_000_000)).expect("small"),
        _ => 0,
    };
    Instance {
        supply: (0..classes).map(|_| draw.below(4)).collect(),
        tier: (0..classes).map(|_| tier(draw)).collect(),
        worth: (0..classes).map(|_| worth(draw)).collect(),
        category: (0..classes).map(|_| draw.below(categories) as usize).collect(),
        scores: (0..classes)
            .map(|_| (0..leaves).map(|_| draw.score(kind)).collect())
            .collect(),
        tree: Tree {
            nodes: (0..leaves).map(|_| draw.node(kind)).collect(),
            entry: vec![(0..leaves).collect(); categories as usize],
            out: vec![None; categories as usize],
        },
    }
}

/// An instance with reps' categories inside of reps inside of teams, minimums, and floors under what is
/// left out.
pub fn nested(number: usize, kind: Kind) -> Instance {
    let mut draw = Draw(number as u64 ^ 0xDEA1_7000_0000_0000);
    let classes = draw.below(5) as usize;
    let leaves = 1 + draw.below(3) as usize;
    let categories = 1 + draw.below(3);
    let mut instance = leads(&mut draw, kind, classes, leaves, categories);
    let mut reps = std::mem::take(&mut instance.tree.nodes);
    let nodes = &mut instance.tree.nodes;
    for leaf in 0..leaves {
        for entry in &mut instance.tree.entry {
            // Past all nodes: the rep itself, whose node is known when all before it are.
            entry[leaf] = usize::MAX;
            if draw.chance(50) {
                entry[leaf] = nodes.len();
                nodes.push(Node {
                    parent: Some(leaf),
                    ..draw.node(Kind::General)
                });
            }
        }
    }
    let first_rep = nodes.len();
    for node in nodes.iter_mut() {
        node.parent = node.parent.map(|leaf| first_rep + leaf);
    }
    for entry in &mut instance.tree.entry {
        for (leaf, node) in entry.iter_mut().enumerate() {
            *node = (*node).min(first_rep + leaf);
        }
    }
    for rep in &mut reps {
        rep.parent = draw
            .chance(60)
            .then(|| first_rep + leaves + draw.below(2) as usize);
        rep.room += 1;
    }
    nodes.extend(reps);
    for _ in 0..2 {
        let team = draw.node(kind);
        nodes.push(Node {
            room: 2 * team.room + 1,
            ..team
        });
    }
    for node in nodes {
        node.minimum = if draw.chance(25) { 1 + draw.below(2) } else { 0 };
    }
    leave_out(&mut draw, &mut instance);
    instance
}

/// Adds nodes that count what is left out: one for each of some categories, inside of one for all of them.
fn leave_out(draw: &mut Draw, instance: &mut Instance) {
    let tree = &mut instance.tree;
    let counted: Vec<usize> = (0..tree.out.len()).filter(|_| draw.chance(40)).collect();
    let whole = tree.nodes.len() + counted.len();
    let mut all = 0;
    for &category in &counted {
        let of = instance.category.iter().zip(&instance.supply);
        let own = of.filter(|&(at, _)| *at == category);
        let leads: u32 = own.map(|(_, &supply)| supply).sum();
        all += leads;
        tree.out[category] = Some(tree.nodes.len());
        tree.nodes.push(counting(draw, leads, Some(whole)));
    }
    if !counted.is_empty() {
        tree.nodes.push(counting(draw, all, None));
    }
}

fn counting(draw: &mut Draw, leads: u32, parent: Option<usize>) -> Node {
    Node {
        parent,
        floor: draw.below(leads + 1),
        ..Node::with_room(u32::MAX)
    }
}
