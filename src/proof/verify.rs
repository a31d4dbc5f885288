//! All checks of a finished run in order.

use super::claims::{self, Asked};
use super::course::{self, Stage};
use super::finding::{Finding, SET_ASIDE, Verdict, WORKLOAD};
use super::findings::Findings;
use super::outcome::Maker;
use super::rows::{self, Rows};
use super::said::{self, Said};
use super::shares::Shares;
use super::stage::{Numbers, Setting};
use super::{
    gaps, hashes, legal, levels, limited, offers, optimal, set_aside, standing, told, turns, workload,
};
use crate::explain::Words;
use crate::model::{Batch, LeadIndex, PassReport};
use crate::record::{PassRecord, RunRecord};
use crate::rules::Rules;
use std::collections::BTreeMap;

/// A finished run as it lies on the disk.
#[derive(Debug)]
pub struct Evidence {
    /// The inputs, read again.
    pub batch: Batch,
    /// The rules, bound to them.
    pub rules: Rules,
    /// The record of the run.
    pub record: RunRecord,
    /// The bytes of its files, by their path in the run's folder.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Checks a finished run; with `sample` only so many leads, drawn by a fixed rule, pair by pair and cell by
/// cell. `progress` is told the share that is done, from 0 to 1.
///
/// Looks at every pair of a lead and a rep about twice: `O(leads · reps)`.
pub fn verify(evidence: &Evidence, sample: Option<usize>, progress: &(dyn Fn(f64) + Sync)) -> Verdict {
    let mut findings = Findings::default();
    hashes::check(&evidence.record.outputs, &evidence.files, &mut findings);
    let chosen = sample.and_then(|wanted| chosen(evidence.batch.leads.len(), wanted));
    let judged = chosen.is_none();
    with_course(evidence, judged, &mut findings, |maker, findings| {
        let mut check = Check {
            evidence,
            chosen,
            maker,
            verdict: Verdict::default(),
            findings: std::mem::take(findings),
            progress,
        };
        check.passes();
        check.tables();
        check.close()
    })
}

/// Reads the files of a run, tells its course and hands both to `body`. With `judged` the turns of passes
/// that deal one lead after another are judged as well.
pub(crate) fn with_course<T>(
    evidence: &Evidence,
    judged: bool,
    findings: &mut Findings,
    body: impl FnOnce(&Maker, &mut Findings) -> T,
) -> T {
    let said = Said::read(&evidence.batch, &evidence.rules, &evidence.files, findings);
    let shares = Shares::of(&evidence.batch, &evidence.rules);
    let asked = Asked::of(&evidence.batch, &evidence.rules);
    let setting = Setting {
        asked: &asked,
        batch: &evidence.batch,
        rules: &evidence.rules,
        said: &said,
        shares: &shares,
    };
    let history = evidence.record.history();
    let stages = course::tell(&evidence.batch, &evidence.rules, &history, &said);
    let numbers = numbers(setting, &stages, &evidence.record);
    let turns = turns::replay(&numbers, &history, judged, findings);
    let claims = claims::replay(setting, &numbers, findings);
    body(&Maker::new(setting, &numbers, &turns, &claims), findings)
}

/// The passes as numbers, each with its record.
fn numbers<'a>(setting: Setting<'a>, stages: &'a [Stage<'a>], record: &RunRecord) -> Vec<Numbers<'a>> {
    stages
        .iter()
        .map(|stage| Numbers::of(setting, stage, record))
        .collect()
}

/// Draws so many leads of a number by a linear congruential generator (Knuth's MMIX constants); for each
/// lead whether it is drawn. `None` where all would be.
fn chosen(leads: usize, wanted: usize) -> Option<Vec<bool>> {
    if wanted >= leads {
        return None;
    }
    let mut order: Vec<usize> = (0..leads).collect();
    let mut state = 0x5DEE_CE66_D1CE_4E5Bu64;
    let mut chosen = vec![false; leads];
    for at in 0..wanted {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let left = u64::try_from(leads - at).unwrap_or(u64::MAX);
        let jump = usize::try_from((state >> 33) % left).unwrap_or(0);
        order.swap(at, at + jump);
        chosen[order[at]] = true;
    }
    Some(chosen)
}

/// A check under way.
struct Check<'a> {
    evidence: &'a Evidence,
    /// For each lead whether it is in the sample; absent where all are.
    chosen: Option<Vec<bool>>,
    maker: &'a Maker<'a>,
    verdict: Verdict,
    findings: Findings,
    progress: &'a (dyn Fn(f64) + Sync),
}

impl Check<'_> {
    fn passes(&mut self) {
        let record = &self.evidence.record;
        told::check(record, self.maker.setting, &mut self.findings);
        let after = self.maker.passes.last().map(|last| &last.stage.used_after);
        told::limits(record, after, &mut self.findings);
        legal::check(self.maker, &mut self.findings);
        for (at, numbers) in self.maker.passes.iter().enumerate() {
            let Some(record) = record.passes.get(at) else {
                continue;
            };
            told::pass(numbers, record, &mut self.findings);
            if self.chosen.is_none() {
                told::overtaken(numbers, record, &mut self.findings);
            }
            if numbers.is_whole() {
                self.whole(at, numbers, record);
            }
        }
    }

    /// A pass that was solved as a whole.
    fn whole(&mut self, at: usize, numbers: &Numbers, record: &PassRecord) {
        let mut ups = numbers.ups();
        if let Some(chosen) = &self.chosen {
            ups.retain(|up| chosen[up.lead.at()]);
        }
        let share = 0.5 / amount(self.maker.passes.len());
        let begun = |leads: usize| {
            (self.progress)(share * (amount(at) + self::share(leads, ups.len())));
        };
        let limited = !self.evidence.rules.limits.is_empty();
        let limits = record.proof.as_ref().and_then(|proof| proof.limits.clone());
        let limits = limits.unwrap_or_default();
        let gap = record.proof.as_ref().is_some_and(|proof| proof.gap.is_some());
        let parts = !numbers.stage.units.is_empty() && gap;
        let crossed = (limited && (gap || !limits.levels.is_empty())) || parts;
        let checked = numbers.with(ups.clone(), |instance| {
            if limited {
                let mut checked = limited::check(numbers, instance, &limits, &begun);
                if crossed && self.chosen.is_none() {
                    checked.bound = levels::bound(numbers, instance, &limits, &checked);
                }
                checked
            } else {
                let mut checked = optimal::check(instance, numbers.prices(), &begun);
                if parts && self.chosen.is_none() {
                    checked.bound = levels::bound_of_parts(&checked);
                }
                checked
            }
        });
        self.verdict.pairs_checked += checked.pairs;
        if let Some(proof) = &record.proof {
            told::prices(numbers, proof, &mut self.findings);
            if self.chosen.is_none() {
                told::totals(numbers, proof, &checked, &mut self.findings);
            }
        }
        if limited {
            told::limit_prices(numbers, &limits, &mut self.findings);
            if self.chosen.is_none() {
                told::minimums(numbers, &limits, &checked, &mut self.findings);
            }
        }
        // where limits cross, a pass is proven up to a bound only, which was added up again
        let proven = if crossed && (gap || self.chosen.is_some()) {
            false
        } else if self.chosen.is_some() {
            gaps::report_sample(numbers, &ups, &checked, &mut self.findings)
        } else {
            if !limited && numbers.stage.units.is_empty() {
                gaps::second_opinion(numbers, &ups, &checked, &mut self.findings);
            }
            gaps::report(numbers, &ups, &checked, &mut self.findings)
        };
        if crossed && gap && self.chosen.is_none() {
            self.verdict.bounded.push(numbers.pass.name.clone());
        }
        if proven && self.chosen.is_none() {
            self.verdict.proven.push(numbers.pass.name.clone());
        }
    }

    fn tables(&mut self) {
        let batch = &self.evidence.batch;
        rows::order(self.maker, &mut self.findings);
        let passes: Vec<PassReport> = self.maker.passes.iter().map(report).collect();
        let words = Words::new(
            batch,
            &self.evidence.rules.tiers,
            &self.maker.setting.said.teams,
            &passes,
        );
        let rows = Rows::new(self.maker, &words, &mut self.findings);
        let leads: Vec<LeadIndex> = (0..batch.leads.len())
            .filter(|&at| self.chosen.as_ref().is_none_or(|chosen| chosen[at]))
            .map(LeadIndex::new)
            .collect();
        let begun = |done: usize| (self.progress)(0.5 + 0.5 * share(done, leads.len()));
        let looked = rows.check(&leads, &begun, &mut self.findings);
        self.verdict.rows_checked = looked.rows;
        let runners_up = self.chosen.is_none().then_some(looked.runners_up.as_slice());
        let files = &self.evidence.files;
        let table = said::table(batch, files, WORKLOAD, &mut self.findings);
        workload::check(self.maker, &table, runners_up, &mut self.findings);
        let table = said::table(batch, files, SET_ASIDE, &mut self.findings);
        set_aside::check(&batch.leads, &table, &mut self.findings);
        standing::check(self.maker.setting, &mut self.findings);
        offers::check(self.maker, files, &mut self.findings);
        claims::check_table(
            self.maker.setting,
            self.maker.claims,
            &words,
            files,
            &mut self.findings,
        );
        claims::check_pool(self.maker.setting, files, &mut self.findings);
    }

    fn close(mut self) -> Verdict {
        (self.progress)(1.0);
        let altered = self
            .findings
            .any(|finding| matches!(finding, Finding::AlteredFile { .. }));
        let worse = self
            .findings
            .any(|finding| !matches!(finding, Finding::AlteredFile { .. } | Finding::StrayCell { .. }));
        self.verdict.as_good = altered && !worse;
        self.verdict.sample = self
            .chosen
            .map(|chosen| chosen.iter().filter(|&&chosen| chosen).count());
        self.verdict.findings = self.findings.close();
        self.verdict
    }
}

/// The share of leads that are done.
pub(crate) fn share(done: usize, leads: usize) -> f64 {
    amount(done) / amount(leads.max(1))
}

/// A count as a number to show progress with.
#[expect(clippy::cast_precision_loss, reason = "progress is shown in percent")]
fn amount(count: usize) -> f64 {
    count as f64
}

/// What sentences want to know of a pass.
pub(crate) fn report(numbers: &Numbers) -> PassReport {
    PassReport {
        name: numbers.pass.name.clone(),
        method: numbers.pass.method.name(),
        leads: 0,
        dealt: 0,
        proof: None,
        overtaken: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_as_many_leads_as_asked_and_is_always_the_same() {
        let drawn = chosen(1000, 30).expect("not all");
        assert_eq!(drawn.iter().filter(|&&chosen| chosen).count(), 30);
        assert_eq!(Some(drawn), chosen(1000, 30));
        assert_eq!(chosen(5, 5), None);
    }
}
