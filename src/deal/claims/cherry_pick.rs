//! Ranked wishes, granted so that their sum is greatest.
//!
//! A wish of place `p` is worth 10·(M + 1 − p) points, M being the most wishes of one rep, and a hundredth of
//! the pair's score. In thousandths of a point, to which that hundredth is rounded, every wish is a whole
//! number up to the greatest score that the solver takes. Leads have no tier here, so that the solver gives
//! the greatest sum rather than the most leads.

use super::entered::Entered;
use super::grant::Granting;
use crate::deal::dealing::Dealing;
use crate::deal::{limits, proof};
use crate::model::{Granted, LeadIndex, PassIndex, Points, Proof, RepIndex, Ruling, TierIndex};
use crate::problem::Problem;
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Node, Rows};

/// Thousandths of a point that a wish gains for each rank.
const RANK: i64 = 10_000;
/// Units of a score that make a thousandth of a point of its hundredth.
const HUNDREDTH: i64 = 1_000;

/// Grants the wishes of a pass; returns how many leads it dealt, and the proof.
pub(in crate::deal) fn deal(dealing: &mut Dealing<'_>, at: PassIndex, leads: &[LeadIndex]) -> (u64, Proof) {
    let mut granting = Granting::new(dealing, at, leads);
    let mut wishes = Vec::new();
    for entered in dealing.claims.of_pass(granting.pass, &granting.is_up) {
        let Some(lead) = entered.lead else { continue };
        granting.count(lead);
        match granting.forbids(dealing, lead, entered.rep) {
            Some(ruling) => dealing.claims.settle(entered.claim, at, Some(lead), ruling),
            None => wishes.push((lead, entered)),
        }
    }
    let mut claimed: Vec<bool> = vec![false; dealing.batch.leads.len()];
    for (lead, _) in &wishes {
        claimed[lead.at()] = true;
    }
    let claimed: Vec<LeadIndex> = leads.iter().copied().filter(|lead| claimed[lead.at()]).collect();
    let problem = dealing.problem(granting.pass, &claimed).apart(&claimed);
    let rows = Wishes::new(dealing, &problem, &wishes);
    let room = |&rep: &RepIndex| {
        let room = dealing.loads.room(rep);
        granting.pass.cap.map_or(room, |cap| cap.min(room))
    };
    let rooms: Vec<u32> = problem.reps().iter().map(room).collect();
    let laid = limits::plan_of_wishes(dealing, &problem, &rows, &rooms);
    let nodes = rooms.into_iter().map(Node::with_room).collect();
    let (solution, limited) = limits::solve(dealing, at, (&rows, &[]), nodes, laid);
    for &(class, leaf, _) in &solution.flow {
        let (lead, rep) = (problem.classes().first(class), problem.reps()[leaf]);
        let place = rows.place(class, leaf);
        granting.grant(dealing, lead, rep, Granted::Wish(place));
    }
    let mut proof = proof::proof(&solution, 0, problem.reps(), dealing.rules.tiers.len());
    if let Some(limited) = limited {
        limited.complete(dealing, problem.reps(), &mut proof);
    }
    for (lead, entered) in wishes {
        let ruling = judge(&granting, dealing, lead, entered);
        dealing.claims.settle(entered.claim, at, Some(lead), ruling);
    }
    (granting.leave(dealing), proof)
}

/// What became of a wish that the rules allow.
fn judge(granting: &Granting<'_>, dealing: &Dealing<'_>, lead: LeadIndex, entered: Entered) -> Ruling {
    let rep = entered.rep;
    match granting.taker[lead.at()] {
        Some(taker) if taker == rep => Ruling::Granted(Granted::Wish(dealing.claims.place(entered.claim))),
        Some(taker) => Ruling::Lost(taker),
        None => granting
            .is_full(dealing, rep)
            .or_else(|| Granting::limits(dealing, lead, rep))
            // limits that cross, where what is granted is not proven to be the best
            .unwrap_or(Ruling::Full),
    }
}

/// The wishes of a pass as rows: every lead is a class of its own.
struct Wishes {
    leaves: usize,
    /// For each class its leaves, with the worth in thousandths of a point and the place among the rep's.
    of: Vec<Vec<(Leaf, i32, u32)>>,
}

impl Wishes {
    fn new(dealing: &Dealing<'_>, problem: &Problem<'_>, wishes: &[(LeadIndex, Entered)]) -> Self {
        let class_of = problem.classes().by_lead(dealing.batch.leads.len());
        let mut leaf_of = vec![usize::MAX; dealing.batch.reps.list.len()];
        for (leaf, rep) in problem.reps().iter().enumerate() {
            leaf_of[rep.at()] = leaf;
        }
        let mut of = vec![Vec::new(); problem.classes().len()];
        for (lead, entered) in wishes {
            let place = dealing.claims.place(entered.claim);
            let score = dealing.rules.points(*lead, entered.rep).total;
            let worth = worth(dealing.claims.most, place, score);
            of[class_of[lead.at()] as usize].push((leaf_of[entered.rep.at()], worth, place));
        }
        Self {
            leaves: problem.reps().len(),
            of,
        }
    }

    fn place(&self, class: Class, leaf: Leaf) -> u32 {
        let wish = self.of[class].iter().find(|(of, _, _)| *of == leaf);
        wish.map_or(0, |&(_, _, place)| place)
    }
}

/// What a wish is worth in thousandths of a point.
fn worth(most: u32, place: u32, score: Points) -> i32 {
    let ranks = i64::from(most) + 1 - i64::from(place);
    let worth = ranks * RANK + (score.0 + HUNDREDTH / 2) / HUNDREDTH;
    i32::try_from(worth.min(Points::BEST.0)).expect("the greatest score is below that")
}

impl Rows for Wishes {
    fn classes(&self) -> usize {
        self.of.len()
    }

    fn leaves(&self) -> usize {
        self.leaves
    }

    fn supply(&self, _class: Class) -> u32 {
        1
    }

    fn tier(&self, _class: Class) -> Option<TierIndex> {
        None
    }

    fn row(&self, class: Class, out: &mut [i32]) {
        out.fill(FORBIDDEN);
        for &(leaf, worth, _) in &self.of[class] {
            out[leaf] = worth;
        }
    }
}
