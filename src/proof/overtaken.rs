//! Leads that a pass left out while a worse tier took room that they could have had, counted again.

use super::instance::NEVER;
use super::said::{Dealer, Fate};
use super::stage::Numbers;
use crate::model::{LeadIndex, TierIndex};

/// How many leads that nobody has at the end the pass overtook: its `when`, `reps` or `min_score` kept the
/// lead from a rep whom its hard rules allow it, and whom it filled while it gave that rep a worse tier.
pub(crate) fn count(numbers: &Numbers) -> u64 {
    if numbers.pass.method.is_by_claims() {
        return 0;
    }
    let worst = worst(numbers);
    let Some(worst_of_all) = worst.iter().copied().max().flatten() else {
        return 0;
    };
    let (rules, said) = (numbers.setting.rules, numbers.setting.said);
    let mut reader = numbers.pairs().reader(false);
    let mut row = vec![NEVER; numbers.reps.len()];
    let mut overtaken = 0;
    for (at, fate) in said.fates.iter().enumerate() {
        let tier = rules.lead_tiers[at];
        let left = matches!(fate, Fate::Undealt(_)) && rules.barred[at].is_none() && !said.offered[at];
        if !left || tier >= worst_of_all {
            continue;
        }
        reader(LeadIndex::new(at), &mut row);
        let least = numbers.pass.min_score.map_or(i64::MIN, |least| least.0);
        let lead = LeadIndex::new(at);
        let is_overtaken = row.iter().zip(&worst).enumerate().any(|(leaf, (&score, worst))| {
            let compared = numbers.pass.leads[at] && i64::from(score) >= least;
            score != NEVER
                && !compared
                && worst.is_some_and(|worst| worst > tier)
                && numbers
                    .stage
                    .used_after
                    .stop(lead, numbers.reps[leaf], None)
                    .is_none()
        });
        overtaken += u64::from(is_overtaken);
    }
    overtaken
}

/// For each rep of the pass whom it filled the worst tier that it gave.
fn worst(numbers: &Numbers) -> Vec<Option<TierIndex>> {
    let (rules, said) = (numbers.setting.rules, numbers.setting.said);
    let mut worst: Vec<Option<TierIndex>> = vec![None; numbers.reps.len()];
    for &lead in &numbers.stage.ups {
        let dealt = said
            .deal(lead)
            .filter(|dealt| dealt.by == Dealer::Pass(numbers.stage.pass));
        let place = dealt
            .and_then(|dealt| dealt.rep)
            .and_then(|rep| numbers.place(rep));
        if let Some(place) = place {
            worst[place] = worst[place].max(Some(rules.lead_tiers[lead.at()]));
        }
    }
    for (worst, rep) in worst.iter_mut().zip(&numbers.reps) {
        if numbers.stage.after[rep.at()].room() > 0 {
            *worst = None;
        }
    }
    worst
}
