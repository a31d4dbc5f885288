//! `dealt verify`: is a finished run what it says, and was no better deal possible?

use super::args::VerifyOptions;
use super::progress::Bar;
use super::{Ending, finished, reconciled, say};
use dealt::proof;
use dealt::record::FolderKind;
use std::fmt::Write;

/// What was changed by hand after the plan, in one line.
fn edits(changed: &proof::Changed) -> String {
    let edits = changed.record.ledger.iter().flat_map(|ledger| &ledger.edits);
    let (all, bent) = edits.fold((0, 0), |(all, bent), edit| {
        (all + 1, bent + u32::from(!edit.breaks.is_empty()))
    });
    format!(
        "checked as planned; changed by hand after the plan: {all}, of these against a hard rule: {bent}\n"
    )
}

/// Checks a finished run.
///
/// # Errors
/// A folder that holds no finished run, or a run without the copy of its inputs.
pub fn verify(options: &VerifyOptions) -> anyhow::Result<Ending> {
    if reconciled::kind(&options.out)? == FolderKind::Reconcile {
        return reconciled::verify(&options.out, options.quiet);
    }
    let evidence = finished::open(&options.out)?;
    let (evidence, changed) = finished::as_planned(&options.out, evidence)?;
    let bar = Bar::new(options.quiet);
    let mut verdict = proof::verify(&evidence, options.sample, &|done| {
        bar.share(done, "checking");
    });
    bar.clear();
    let mut text = String::new();
    if let Some(changed) = &changed {
        verdict.findings.extend(proof::check_edits(&evidence, changed));
        text.push_str(&edits(changed));
    }
    for finding in &verdict.findings {
        let _ = writeln!(text, "fault: {finding}");
    }
    if verdict.as_good {
        text.push_str("the deal as it stands is legal all the same, and as good as the best\n");
    }
    if !options.quiet {
        let leads = verdict
            .sample
            .map_or(String::new(), |sample| format!(" (a sample of {sample})"));
        let _ = writeln!(
            text,
            "{} rows{leads} and {} pairs of lead and rep computed again",
            verdict.rows_checked, verdict.pairs_checked
        );
        if verdict.is_sound() {
            for pass in &verdict.proven {
                let _ = writeln!(text, "pass `{pass}`: the best possible, proven");
            }
            let bounded = match (
                evidence.batch.leads.units.is_empty(),
                evidence.rules.limits.is_empty(),
            ) {
                (true, _) => "limits cross",
                (false, true) => "units stay whole",
                (false, false) => "units stay whole and limits are kept",
            };
            for pass in &verdict.bounded {
                let _ = writeln!(
                    text,
                    "pass `{pass}`: {bounded}; proven up to the gap in run.json, whose bound was computed again"
                );
            }
            let scope = if verdict.sample.is_some() {
                "no fault found in the sample"
            } else {
                "all is as it says"
            };
            let _ = writeln!(text, "{scope}");
        }
    }
    say::text(&text)?;
    Ok(if verdict.is_sound() {
        Ending::Done
    } else {
        Ending::Fault
    })
}
