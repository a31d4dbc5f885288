//! The leads that are left for the claims of the next run.

use crate::deal::dealing::Dealing;
use crate::model::{LeadIndex, Open};
use crate::rules::Pass;

/// The leads that nothing dealt and that a pass by claims is for, in input order; absent without such a pass.
pub(in crate::deal) fn pool(dealing: &Dealing<'_>) -> Option<Vec<Open>> {
    let passes: Vec<&Pass> = (dealing.rules.passes.iter())
        .filter(|pass| pass.method.is_by_claims())
        .collect();
    if passes.is_empty() {
        return None;
    }
    let mut left = dealing.left();
    left.sort_unstable();
    let open = left.into_iter().filter_map(|lead: LeadIndex| {
        let mut own = passes.iter().filter(|pass| pass.leads[lead.at()]).peekable();
        own.peek()?;
        let is_unseen = own.any(|pass| pass.method.is_unseen());
        Some(Open { lead, is_unseen })
    });
    Some(open.collect())
}
