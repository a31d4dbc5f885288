//! What the check of a pass comes to in findings.

use super::finding::Finding;
use super::findings::Findings;
use super::instance::Up;
use super::optimal::{Checked, Envy};
use super::oracle;
use super::price::Sum;
use super::stage::Numbers;
use crate::explain::points_exact;
use crate::model::Points;

/// Reports what a look at all pairs of a pass found; tells whether the pass is proven.
pub(crate) fn report(numbers: &Numbers, ups: &[Up], checked: &Checked, findings: &mut Findings) -> bool {
    let pass = &numbers.pass.name;
    if checked.objective != checked.bound {
        findings.push(Finding::Gap {
            pass: pass.clone(),
            amount: amount(
                &checked.bound.less(&checked.objective),
                &numbers.setting.rules.tiers,
            ),
            example: example(numbers, ups, checked),
        });
        return false;
    }
    let not_least = checked.not_least.iter().chain(&checked.misfits);
    for &leaf in not_least.clone() {
        findings.push(Finding::NotLeast {
            pass: pass.clone(),
            rep: id(numbers, leaf),
        });
    }
    for &leaf in &checked.not_greatest {
        findings.push(Finding::NotGreatest {
            pass: pass.clone(),
            rep: id(numbers, leaf),
        });
    }
    not_least.count() == 0 && checked.not_greatest.is_empty()
}

/// Reports what a look at some leads of a pass found: a sample cannot tell how much may be missing.
pub(crate) fn report_sample(
    numbers: &Numbers,
    ups: &[Up],
    checked: &Checked,
    findings: &mut Findings,
) -> bool {
    let example = example(numbers, ups, checked);
    if example.is_some() {
        findings.push(Finding::Gap {
            pass: numbers.pass.name.clone(),
            amount: "something".to_owned(),
            example,
        });
        return false;
    }
    true
}

/// Lets a second solver deal a small pass.
pub(crate) fn second_opinion(numbers: &Numbers, ups: &[Up], checked: &Checked, findings: &mut Findings) {
    let best = numbers.with(ups.to_vec(), oracle::best);
    if let Some(best) = best.filter(|best| *best > checked.objective) {
        findings.push(Finding::Bettered {
            pass: numbers.pass.name.clone(),
            amount: amount(&best.less(&checked.objective), &numbers.setting.rules.tiers),
        });
    }
}

fn example(numbers: &Numbers, ups: &[Up], checked: &Checked) -> Option<String> {
    let lead = |envy: &Envy| &numbers.setting.batch.leads.ids[ups[envy.up].lead.at()];
    match (checked.envies.first(), checked.misfits.first()) {
        (Some(envy), _) => Some(match envy.leaf {
            Some(leaf) => format!(
                "lead `{}` would bring more with `{}`",
                lead(envy),
                id(numbers, leaf)
            ),
            None => format!("lead `{}` had better be left out", lead(envy)),
        }),
        (None, Some(&leaf)) => Some(format!(
            "the potential of `{}` does not fit the cost of its places",
            id(numbers, leaf)
        )),
        (None, None) => None,
    }
}

/// The name of a leaf: the id of the rep, or of the team's first member.
fn id(numbers: &Numbers, leaf: usize) -> String {
    numbers.setting.batch.reps.list[numbers.firsts[leaf].at()]
        .id
        .clone()
}

/// The first level of a sum that is not nothing: `2 hot leads`, `3.2 points`.
fn amount(sum: &Sum, tiers: &[String]) -> String {
    if let Some(tier) = sum.leads.iter().position(|&leads| leads != 0) {
        let noun = if sum.leads[tier].abs() == 1 {
            "lead"
        } else {
            "leads"
        };
        return format!("{} {} {noun}", sum.leads[tier], tiers[tier]);
    }
    if sum.minimums != 0 {
        return format!("{} leads towards a minimum", sum.minimums);
    }
    if sum.points != 0 {
        return points_exact(Points(i64::try_from(sum.points).unwrap_or(i64::MAX)));
    }
    format!("{} units of fairness", sum.fairness)
}
