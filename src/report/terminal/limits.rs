//! The limits of a run: who reached one, and whose minimum was missed.

use super::text::{Page, clean};
use crate::model::LimitReport;
use crate::report::view::View;

/// How many groups whose minimum was missed are named.
const SHOWN: usize = 5;

/// Writes what limits came to: a line for each that somebody reached, and for each minimum that was missed.
pub fn lines(view: &View, page: &mut Page) {
    let reports = &view.run.allocation.limits;
    for of_limit in reports.chunk_by(|a, b| a.limit == b.limit) {
        let name = clean(&of_limit[0].limit);
        let is_reached = |report: &&LimitReport| report.max.is_some_and(|max| report.dealt >= max.into());
        let reached = of_limit.iter().filter(is_reached).count();
        if reached > 0 {
            page.line(&format!(
                "limit `{name}`: reached by {reached} of {}",
                of_limit.len()
            ));
        }
        let short: Vec<String> = of_limit
            .iter()
            .filter(|report| report.dealt < report.min.into())
            .map(|report| {
                format!(
                    "{} ({} of {})",
                    clean(&view.held(&report.held)),
                    report.dealt,
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
