//! A transport instance as the solver wants it, and the line of JSON about what came of it.

use crate::measure::{Read, peak_mb, seconds, whole};
use dealt::model::TierIndex;
use dealt::solve::transport::{
    self, Class, FORBIDDEN, Leaf, MOST_WORTH, Node, Options, Rows, Solution, Tree,
};
use serde_json::{Value, json};
use std::time::Instant;

/// The cost of a lead at a rep that may not take it.
pub const INELIGIBLE: i32 = 1 << 29;
/// A cost is this less the score.
pub const WORST: i32 = 1_000_000;

/// Leaving a lead out costs no more than this.
pub const MOST_LEFT_OUT: i32 = WORST + MOST_WORTH;

/// An instance in the form of costs: a file that was read, or a family that is made on demand.
pub trait Source: Sync {
    /// How many leads.
    fn leads(&self) -> usize;
    /// The room of each rep.
    fn rooms(&self) -> &[u32];
    /// What it costs to leave a lead out, [`WORST`] to [`MOST_LEFT_OUT`].
    fn left_out(&self, lead: usize) -> i32;
    /// Writes the cost of a lead at each rep, 0 to [`WORST`], or [`INELIGIBLE`].
    fn costs(&self, lead: usize, out: &mut [i32]);
}

/// An instance solved.
pub struct Solved {
    /// What the solver says.
    pub solution: Solution,
    /// Σ cost of assigned leads + Σ cost of leads left out, added up from the flow.
    pub objective: i128,
    /// Leads left out.
    pub unassigned: u64,
    /// Seconds in the solver.
    pub solve_s: f64,
    /// Tiers, if there are any.
    pub tiers: Option<u8>,
}

/// The instance with every lead in a class of its own.
struct Batch<'a> {
    source: &'a dyn Source,
    tiers: Option<u8>,
}

impl Rows for Batch<'_> {
    fn classes(&self) -> usize {
        self.source.leads()
    }

    fn leaves(&self) -> usize {
        self.source.rooms().len()
    }

    fn supply(&self, _class: Class) -> u32 {
        1
    }

    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.tiers.map(|tiers| tier(class, tiers))
    }

    fn worth(&self, class: Class) -> i32 {
        self.source.left_out(class) - WORST
    }

    fn row(&self, class: Class, out: &mut [i32]) {
        self.source.costs(class, out);
        for cell in out {
            *cell = if *cell == INELIGIBLE {
                FORBIDDEN
            } else {
                WORST - *cell
            };
        }
    }
}

/// The tier of a lead among so many: looks random, depends on its number alone.
fn tier(lead: usize, tiers: u8) -> TierIndex {
    let mixed = (lead as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    TierIndex::new((mixed % u64::from(tiers)) as usize)
}

/// Solves an instance.
///
/// # Errors
/// What the solver refuses.
pub fn solve(source: &dyn Source, tiers: Option<u8>, threads: usize) -> anyhow::Result<Solved> {
    let tree = Tree::flat(source.rooms().iter().map(|&room| Node::with_room(room)).collect());
    let options = Options {
        threads,
        progress: &|_| (),
    };
    let start = Instant::now();
    let solution = transport::solve(&Batch { source, tiers }, &tree, &options)?;
    let solve_s = start.elapsed().as_secs_f64();
    let (objective, unassigned) = objective(source, &solution.flow);
    Ok(Solved {
        solution,
        objective,
        unassigned,
        solve_s,
        tiers,
    })
}

/// The costs of a flow, and how many leads it leaves out.
fn objective(source: &dyn Source, flow: &[(Class, Leaf, u32)]) -> (i128, u64) {
    let mut costs = vec![0; source.rooms().len()];
    let (mut sum, mut unassigned) = (0, 0);
    let mut rest = flow;
    for lead in 0..source.leads() {
        let (own, after) = rest.split_at(rest.partition_point(|&(class, _, _)| class <= lead));
        rest = after;
        if own.is_empty() {
            sum += i128::from(source.left_out(lead));
            unassigned += 1;
        } else {
            source.costs(lead, &mut costs);
        }
        for &(_, leaf, count) in own {
            sum += i128::from(costs[leaf]) * i128::from(count);
        }
    }
    (sum, unassigned)
}

/// Describes an instance that was solved in one line.
pub fn line(name: &str, source: &dyn Source, solved: &Solved, read: &Read, threads: u16) -> Value {
    let (objective, bound) = (&solved.solution.objective, &solved.solution.bound);
    let net = |totals: &dealt::model::Totals| totals.points - totals.balance;
    json!({
        "inst": name,
        "leads": source.leads(),
        "reps": source.rooms().len(),
        "tiers": solved.tiers,
        "threads": threads,
        "obj": whole(solved.objective),
        "unassigned": solved.unassigned,
        "read_s": seconds(read.seconds),
        "solve_s": seconds(solved.solve_s),
        "base_mb": read.peak_mb,
        "rss_mb": peak_mb(),
        "gap": whole(net(bound) - net(objective)),
        "proven": bound == objective,
    })
}
