//! What `run.json` tells of the run, against what its files come to.

use super::fences::fences;
use super::finding::{Finding, RECORD};
use super::findings::Findings;
use super::limits::Used;
use super::optimal::Checked;
use super::said::{Fate, Said};
use super::stage::{Numbers, Setting};
use crate::mistake::Position;
use crate::model::{Potential, Totals, restore};
use crate::record::{Counts, LimitProofRecord, PassRecord, ProofRecord, RunRecord};
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

/// Reports a value of the record that is not what it should be.
#[expect(
    clippy::needless_pass_by_value,
    reason = "most values are numbers made for the comparison"
)]
fn same<T: PartialEq + Display>(key: &str, found: T, expected: T, findings: &mut Findings) {
    if found != expected {
        findings.push(Finding::StrayCell {
            position: Position::File(RECORD.to_owned()),
            column: key.to_owned(),
            found: found.to_string(),
            expected: expected.to_string(),
        });
    }
}

/// The same for values that are shown as code.
fn same_code<T: PartialEq + Debug>(key: &str, found: &T, expected: &T, findings: &mut Findings) {
    if found != expected {
        same(key, format!("{found:?}"), format!("{expected:?}"), findings);
    }
}

/// Checks names and counts.
pub(crate) fn check(record: &RunRecord, setting: Setting, findings: &mut Findings) {
    let rules = setting.rules;
    let parts: Vec<String> = rules.parts.iter().map(|part| part.name.clone()).collect();
    same_code("tiers", &record.tiers, &rules.tiers, findings);
    same_code("parts", &record.parts, &parts, findings);
    let (found, expected) = (&record.counts, counts(setting));
    same("counts.leads", found.leads, expected.leads, findings);
    same("counts.assigned", found.assigned, expected.assigned, findings);
    same(
        "counts.unassigned",
        found.unassigned,
        expected.unassigned,
        findings,
    );
    same("counts.standing", found.standing, expected.standing, findings);
    same("counts.set_aside", found.set_aside, expected.set_aside, findings);
    same("counts.reps", found.reps, expected.reps, findings);
    same_code(
        "counts.by_reason",
        &found.by_reason,
        &expected.by_reason,
        findings,
    );
    same("passes", record.passes.len(), rules.passes.len(), findings);
}

/// Checks what the record says that the groups of limits got.
pub(crate) fn limits(record: &RunRecord, after: Option<&Used>, findings: &mut Findings) {
    let expected = after.map(Used::records).unwrap_or_default();
    same("limits", record.limits.len(), expected.len(), findings);
    for (at, (found, expected)) in record.limits.iter().zip(&expected).enumerate() {
        same_code(&format!("limits[{at}]"), found, expected, findings);
    }
}

fn counts(setting: Setting) -> Counts {
    let (batch, said) = (setting.batch, setting.said);
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let of = |wanted: &dyn Fn(&Fate) -> bool| number(said.fates.iter().filter(|fate| wanted(fate)).count());
    Counts {
        leads: number(batch.leads.len()),
        assigned: of(&|fate| matches!(fate, Fate::Dealt(_))),
        unassigned: of(&|fate| matches!(fate, Fate::Undealt(_))),
        standing: of(&|fate| matches!(fate, Fate::Standing(_))),
        set_aside: number(batch.leads.set_aside.len()),
        by_reason: reasons(said),
        reps: number(batch.reps.list.len()),
    }
}

fn reasons(said: &Said) -> BTreeMap<String, u64> {
    const REASON: usize = 2;
    let mut reasons = BTreeMap::new();
    if said.unassigned.headers.len() > REASON {
        for row in 0..said.unassigned.cells.rows() {
            let reason = restore(said.unassigned.cells.get(row, REASON)).to_owned();
            *reasons.entry(reason).or_default() += 1;
        }
    }
    reasons
}

/// Checks what the record says of a pass, its proof apart.
pub(crate) fn pass(numbers: &Numbers, record: &PassRecord, findings: &mut Findings) {
    let at = numbers.stage.pass.at();
    let key = |name: &str| format!("passes[{at}].{name}");
    let ups = u64::try_from(numbers.stage.ups.len()).unwrap_or(u64::MAX);
    same(&key("name"), &record.name, &numbers.pass.name, findings);
    same(
        &key("method"),
        record.method.as_str(),
        numbers.pass.method.name(),
        findings,
    );
    same(&key("leads"), record.leads, ups, findings);
    same(&key("dealt"), record.dealt, numbers.stage.dealt, findings);
    let word = |proven: bool| if proven { "a proof" } else { "none" };
    same(
        &key("proof"),
        word(record.proof.is_some()),
        word(numbers.is_whole()),
        findings,
    );
}

/// Checks how many leads the record says a pass overtook.
pub(crate) fn overtaken(numbers: &Numbers, record: &PassRecord, findings: &mut Findings) {
    let key = format!("passes[{}].overtaken", numbers.stage.pass.at());
    same(&key, record.overtaken, super::overtaken::count(numbers), findings);
}

/// Checks what the record says of the proof of a pass: whose potentials it has, and the prices.
pub(crate) fn prices(numbers: &Numbers, proof: &ProofRecord, findings: &mut Findings) {
    let key = |name: &str| format!("passes[{}].proof.{name}", numbers.stage.pass.at());
    let (reps, tiers) = (
        &numbers.setting.batch.reps.list,
        numbers.setting.rules.tiers.len(),
    );
    let unit = i64::try_from(numbers.unit).unwrap_or(i64::MAX);
    same(&key("fairness_unit"), proof.fairness_unit, unit, findings);
    let mut expected: BTreeMap<&str, Potential> = BTreeMap::new();
    for (leaf, rep) in numbers.firsts.iter().enumerate() {
        expected.insert(&reps[rep.at()].id, numbers.price(leaf).potential(tiers));
    }
    let ids =
        |potentials: &BTreeMap<String, Potential>| potentials.keys().cloned().collect::<Vec<_>>().join(" ");
    let whose: Vec<&str> = expected.keys().copied().collect();
    let limited = !numbers.setting.rules.limits.is_empty();
    // the potentials of a flow that parts units are not those of the deal
    let parts = !numbers.stage.units.is_empty() && proof.gap.is_some();
    let mut roomy: Vec<&str> = (numbers.firsts.iter().zip(&numbers.leaves))
        .filter(|(_, leaf)| leaf.room > 0 && !limited && !parts)
        .map(|(rep, _)| reps[rep.at()].id.as_str())
        .collect();
    roomy.sort_unstable();
    same(&key("greatest"), ids(&proof.greatest), roomy.join(" "), findings);
    same(
        &key("potentials"),
        ids(&proof.potentials),
        whose.join(" "),
        findings,
    );
    if let Some(limits) = &proof.limits {
        // a rep's potential is then what a place of its own is worth
        for own in &limits.own {
            let (found, worth) = (proof.potentials.get(&own.rep), own.price.as_potential());
            same_code(
                &key(&format!("potentials.{}", own.rep)),
                &found,
                &Some(&worth),
                findings,
            );
        }
    }
    for (id, price) in &expected {
        let recorded = proof.prices.get(*id);
        same_code(&key(&format!("prices.{id}")), &recorded, &Some(price), findings);
    }
    same(&key("prices"), proof.prices.len(), expected.len(), findings);
}

/// Checks whose prices the record has of the limits of a pass, and how much it was asked for.
pub(crate) fn limit_prices(numbers: &Numbers, proof: &LimitProofRecord, findings: &mut Findings) {
    let key = |name: &str| format!("passes[{}].proof.limits.{name}", numbers.stage.pass.at());
    let reps = &numbers.setting.batch.reps.list;
    let own: Vec<&str> = proof.own.iter().map(|own| own.rep.as_str()).collect();
    let whose: Vec<&str> = numbers
        .firsts
        .iter()
        .map(|rep| reps[rep.at()].id.as_str())
        .collect();
    same(&key("own"), own.join(" "), whose.join(" "), findings);
    let fences = fences(numbers);
    same(&key("prices"), proof.prices.len(), fences.len(), findings);
    for (at, (fence, price)) in fences.iter().zip(&proof.prices).enumerate() {
        let asked = u64::from(price.asked);
        let fits = fence.is_of(numbers, price) && (asked == 0 || asked == fence.minimum);
        let word = |fits: bool| if fits { "a limit of the pass" } else { "another" };
        same(&key(&format!("prices[{at}]")), word(fits), word(true), findings);
    }
}

/// Checks the recorded leads towards minimums against what was added up again.
pub(crate) fn minimums(
    numbers: &Numbers,
    proof: &LimitProofRecord,
    checked: &Checked,
    findings: &mut Findings,
) {
    let key = |name: &str| format!("passes[{}].proof.limits.{name}", numbers.stage.pass.at());
    let (found, bound) = (i128::from(proof.minimums), i128::from(proof.minimums_bound));
    same(&key("minimums"), found, checked.objective.minimums, findings);
    same(&key("minimums_bound"), bound, checked.bound.minimums, findings);
}

/// Checks the recorded value of a pass and its bound against what was added up again.
pub(crate) fn totals(numbers: &Numbers, proof: &ProofRecord, checked: &Checked, findings: &mut Findings) {
    let key = |name: &str| format!("passes[{}].proof.{name}", numbers.stage.pass.at());
    let (found, sum) = (&proof.objective, &checked.objective);
    let leads = |totals: &Totals| {
        totals
            .assigned
            .iter()
            .map(|&leads| i128::from(leads))
            .collect::<Vec<_>>()
    };
    same_code(&key("objective.assigned"), &leads(found), &sum.leads, findings);
    same(&key("objective.points"), found.points, checked.scores, findings);
    same(
        &key("objective.balance"),
        found.balance,
        checked.scores - sum.points,
        findings,
    );
    same(
        &key("objective.fairness"),
        found.fairness,
        -sum.fairness,
        findings,
    );
    let (found, sum) = (&proof.bound, &checked.bound);
    same_code(&key("bound.assigned"), &leads(found), &sum.leads, findings);
    same(
        &key("bound.points"),
        found.points - found.balance,
        sum.points,
        findings,
    );
    same(&key("bound.fairness"), found.fairness, -sum.fairness, findings);
    let gap = if checked.objective == checked.bound {
        "null"
    } else {
        "a level"
    };
    same(
        &key("gap"),
        if proof.gap.is_some() { "a level" } else { "null" },
        gap,
        findings,
    );
}
