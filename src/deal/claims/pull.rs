//! A queue: each pull takes the next lead that its rep may take.

use super::grant::Granting;
use crate::deal::dealing::Dealing;
use crate::deal::turns::in_order;
use crate::model::{Granted, LeadIndex, PassIndex, RepIndex, Ruling};

/// Deals a pull at a time, by `at`, then as in the file; returns how many leads it dealt.
///
/// `O(reps × leads)` pairs at most: what a rep may not take once, it may not take later in the pass.
pub(in crate::deal) fn deal(dealing: &mut Dealing<'_>, at: PassIndex, leads: &[LeadIndex]) -> u64 {
    let mut granting = Granting::new(dealing, at, leads);
    let queue = in_order(dealing, leads);
    let mut next = vec![0; dealing.batch.reps.list.len()];
    let mut place = 0;
    for entered in dealing.claims.pulls(granting.pass) {
        let (claim, rep) = (entered.claim, entered.rep);
        place += 1;
        let found = match granting.is_full(dealing, rep) {
            Some(full) => Err(full),
            None => pull(&granting, dealing, rep, &queue, &mut next[rep.at()]),
        };
        let (lead, ruling) = match found {
            Err(ruling) => (None, ruling),
            Ok(lead) => {
                let why = Granted::Pull(place);
                granting.grant(dealing, lead, rep, why);
                (Some(lead), Ruling::Granted(why))
            }
        };
        dealing.claims.settle(claim, at, lead, ruling);
    }
    granting.leave(dealing)
}

/// The first lead of the queue that is left for a rep, from `next` on.
fn pull(
    granting: &Granting<'_>,
    dealing: &Dealing<'_>,
    rep: RepIndex,
    queue: &[LeadIndex],
    next: &mut usize,
) -> Result<LeadIndex, Ruling> {
    while let Some(&lead) = queue.get(*next) {
        *next += 1;
        let is_left = granting.taker[lead.at()].is_none()
            && granting.forbids(dealing, lead, rep).is_none()
            && Granting::limits(dealing, lead, rep).is_none();
        if is_left {
            return Ok(lead);
        }
    }
    Err(Ruling::NothingLeft)
}
