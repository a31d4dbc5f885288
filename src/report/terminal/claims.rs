//! What became of claims, in a line, and the commonest reasons why some were not granted.

use super::text::{Page, count};
use crate::model::Verdict;
use crate::report::Run;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many reasons are shown.
const REASONS_SHOWN: usize = 4;

/// `claims: 12 granted, 5 refused (3 other_claim, 2 full), 1 not used (1 late)`.
pub(super) fn lines(run: &Run, page: &mut Page) {
    let claims = &run.allocation.claims;
    if claims.is_empty() {
        return;
    }
    let mut counts: BTreeMap<Verdict, BTreeMap<&str, u64>> = BTreeMap::new();
    for settled in claims {
        let of_verdict = counts.entry(settled.ruling.verdict()).or_default();
        *of_verdict.entry(settled.ruling.name()).or_default() += 1;
    }
    let part = |(verdict, reasons): (&Verdict, &BTreeMap<&str, u64>)| {
        let all: u64 = reasons.values().sum();
        let mut reasons: Vec<_> = reasons.iter().collect();
        reasons.sort_by_key(|(name, count)| (Reverse(**count), **name));
        let named: Vec<String> = (reasons.iter().take(REASONS_SHOWN))
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        let more = if reasons.len() > REASONS_SHOWN {
            ", …"
        } else {
            ""
        };
        match verdict {
            Verdict::Granted => format!("{all} granted"),
            _ => format!("{all} {} ({}{more})", verdict.name(), named.join(", ")),
        }
    };
    let parts: Vec<String> = counts.iter().map(part).collect();
    page.line(&format!(
        "{}: {}; see claims.csv",
        count(claims.len() as u64, "claim"),
        parts.join(", ")
    ));
}
