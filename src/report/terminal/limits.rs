//! The limits of a run: who reached one, and whose minimum was missed.

use super::text::{Page, clean};
use crate::model::{LevelGap, LimitReport, Proof, TierIndex, Totals};
use crate::report::view::View;

/// How many groups whose minimum was missed are named.
const SHOWN: usize = 5;

/// What a group has in the period of its limit.
fn held(report: &LimitReport) -> u64 {
    report.before + report.dealt
}

/// Writes what limits came to: a line for each that somebody reached, and for each minimum that was missed.
pub fn lines(view: &View, page: &mut Page) {
    let reports = &view.run.allocation.limits;
    for of_limit in reports.chunk_by(|a, b| a.limit == b.limit) {
        let name = clean(&of_limit[0].limit);
        let is_reached = |report: &&LimitReport| report.max.is_some_and(|max| held(report) >= max.into());
        let reached = of_limit.iter().filter(is_reached).count();
        if reached > 0 {
            page.line(&format!(
                "limit `{name}`: reached by {reached} of {}",
                of_limit.len()
            ));
        }
        let short: Vec<String> = of_limit
            .iter()
            .filter(|report| held(report) < report.min.into())
            .map(|report| {
                format!(
                    "{} ({} of {})",
                    clean(&view.held(&report.held)),
                    held(report),
                    report.min
                )
            })
            .collect();
        if !short.is_empty() {
            let more = match short.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let shown = &short[..short.len().min(SHOWN)];
            page.line(&format!("limit `{name}`: too few for {}{more}", shown.join(", ")));
        }
    }
}

/// How far a pass with limits is proven, level by level: `hot leads proven; points within 0.03%`.
pub fn gap(tiers: &[String], proof: &Proof) -> String {
    let net = |totals: &Totals| totals.points.saturating_sub(totals.balance);
    let leads = |totals: &Totals, tier: TierIndex| totals.assigned.get(tier.at()).copied().unwrap_or(0);
    let within = |more: i128, of: i128| {
        // rounded up, in hundredths of a percent
        let share = (more.saturating_mul(10_000) + of - 1).div_euclid(of.max(1));
        format!("within {}.{:02}%", share / 100, share % 100)
    };
    match proof.gap {
        None => "proven".to_owned(),
        Some(LevelGap::Tier(tier)) => {
            let more = leads(&proof.bound, tier).saturating_sub(leads(&proof.objective, tier));
            let name = |tier: usize| tiers.get(tier).map_or_else(String::new, |name| clean(name));
            let within = format!("{} leads within {more}", name(tier.at()));
            match tier.at() {
                0 => within,
                before => {
                    let better: Vec<String> = (0..before).map(name).collect();
                    format!("{} leads proven; {within}", better.join(" and "))
                }
            }
        }
        Some(LevelGap::Minimums) => "leads proven; minimums within a gap".to_owned(),
        Some(LevelGap::Points) => {
            let more = net(&proof.bound).saturating_sub(net(&proof.objective));
            format!("leads proven; points {}", within(more, net(&proof.objective)))
        }
        Some(LevelGap::Fairness) => "leads and points proven; fairness within a gap".to_owned(),
    }
}
