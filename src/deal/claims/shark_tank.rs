//! The earliest valid claim wins.

use super::grant::Granting;
use crate::deal::dealing::Dealing;
use crate::model::{Granted, LeadIndex, PassIndex, Ruling};

/// Grants claims one after another, by `at`, then as in the file, with rooms, limits and the cap as they are
/// then; returns how many leads it dealt.
pub(in crate::deal) fn deal(dealing: &mut Dealing<'_>, at: PassIndex, leads: &[LeadIndex]) -> u64 {
    let mut granting = Granting::new(dealing, at, leads);
    for entered in dealing.claims.of_pass(granting.pass, &granting.is_up) {
        let (claim, rep) = (entered.claim, entered.rep);
        let Some(lead) = entered.lead else { continue };
        granting.count(lead);
        let refused = granting.taker[lead.at()]
            .map(Ruling::Lost)
            .or_else(|| granting.forbids(dealing, lead, rep))
            .or_else(|| granting.is_full(dealing, rep))
            .or_else(|| Granting::limits(dealing, lead, rep));
        let ruling = refused.unwrap_or_else(|| {
            let why = Granted::First(dealing.batch.claims[claim].at);
            granting.grant(dealing, lead, rep, why);
            Ruling::Granted(why)
        });
        dealing.claims.settle(claim, at, Some(lead), ruling);
    }
    granting.leave(dealing)
}
