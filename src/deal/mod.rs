//! Deals a batch: pins, owners of accounts, passes in order, fallback; every lead ends with one outcome and its reason.

mod claims;
mod dealing;
mod edits;
mod fallback;
mod idle;
mod levels;
mod limits;
mod loads;
mod nearest;
mod offers;
mod optimal;
mod overtaken;
mod owners;
mod pins;
mod proof;
mod ranges;
mod rivals;
mod rotations;
mod served;
mod shotgun;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod turns;
mod undealt;
mod units;

use crate::model::{Allocation, Batch, History, PassIndex, PassReport};
use crate::problem::Scorer;
use crate::rules::{Method, Rules};
use dealing::{Dealing, Means};
pub use edits::{Edit, Edited, edit};
use std::num::NonZero;

/// How far the dealing is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// From 0 to 1.
    pub done: f64,
    /// What is being done, as a phrase.
    pub phase: &'static str,
}

/// Deals a batch on all processors. A pure function: the same batch, rules and history give the same
/// allocation.
pub fn deal(
    batch: &Batch,
    rules: &Rules,
    history: &History,
    progress: &(dyn Fn(Progress) + Sync),
) -> Allocation {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    deal_with_threads(batch, rules, history, threads, progress)
}

/// Deals a batch with at most so many threads, whose number never changes the result; 0 counts as 1.
pub fn deal_with_threads(
    batch: &Batch,
    rules: &Rules,
    history: &History,
    threads: usize,
    progress: &(dyn Fn(Progress) + Sync),
) -> Allocation {
    let means = Means { threads, progress };
    let scorer = Scorer::new(batch, rules);
    let mut dealing = Dealing::new(batch, rules, &scorer, history, means);
    pins::deal(&mut dealing);
    owners::deal(&mut dealing);
    for at in 0..rules.passes.len() {
        means.say(at, rules.passes.len(), 0.0);
        run(&mut dealing, PassIndex::new(at));
    }
    fallback::deal(&mut dealing);
    let left = dealing.left();
    overtaken::count(&mut dealing, &left);
    let allocation = finish(dealing);
    progress(Progress {
        done: 1.0,
        phase: "dealt",
    });
    allocation
}

/// Runs a pass and reports on it.
fn run(dealing: &mut Dealing<'_>, at: PassIndex) {
    let pass = &dealing.rules.passes[at.at()];
    let leads = dealing.leads_for(pass);
    dealing.begin_pass();
    let (dealt, proof) = match (pass.method, pass.offer) {
        (Method::Optimal, _) => {
            let (dealt, proof) = optimal::deal(dealing, at, &leads);
            (dealt, Some(proof))
        }
        (Method::Shotgun, None) => {
            let (dealt, proof) = shotgun::deal(dealing, at, &leads);
            (dealt, Some(proof))
        }
        (Method::Shotgun, Some(most)) => {
            offers::offer(dealing, at, &leads, most);
            (0, None)
        }
        (Method::RoundRobin | Method::TopProducer | Method::LeastLoaded, _) => {
            (turns::deal(dealing, at, &leads), None)
        }
        (Method::CherryPick, _) => {
            let (dealt, proof) = claims::cherry_pick(dealing, at, &leads);
            (dealt, Some(proof))
        }
        (Method::SharkTank, _) => (claims::shark_tank(dealing, at, &leads), None),
        (Method::BlindPull, _) => (claims::blind_pull(dealing, at, &leads), None),
    };
    dealing.end_pass(PassReport {
        name: pass.name.clone(),
        method: pass.method.name(),
        leads: leads.len() as u64,
        dealt,
        proof,
        overtaken: 0,
    });
}

/// Turns what was dealt into the allocation.
fn finish(mut dealing: Dealing<'_>) -> Allocation {
    let undealt = dealing.undealt();
    let nearest = nearest::nearest(&dealing, &undealt);
    let rules = dealing.rules;
    dealing.offers.sort_by_key(|offer| (offer.lead, offer.rank));
    let pool = claims::pool(&dealing);
    let claims = claims::settled(&mut dealing);
    let outcomes = dealing.outcomes(&nearest);
    let eligible = idle::eligible(&dealing, &outcomes);
    let moved = dealing.moved(&outcomes);
    Allocation {
        outcomes,
        tiers: rules.lead_tiers.clone(),
        tier_names: rules.tiers.clone(),
        part_names: rules.parts.iter().map(|part| part.name.clone()).collect(),
        history_after: dealing.history_after(),
        moved,
        limits: dealing.limits.reports(),
        passes: dealing.passes,
        claims,
        pool,
        offers: dealing.offers,
        teams: dealing.teams.names,
        prices: dealing.prices,
        bent: dealing.bent,
        eligible,
        notes: dealing.notes,
    }
}
