//! Findings as they come in from all checks, gathered so that a flood of one sort hides no other.

use super::finding::Finding;
use crate::mistake::Position;
use std::collections::BTreeMap;

/// How many findings of a sort are listed for a file.
const LISTED: usize = 10;

/// Findings as they come in, the flood of one sort kept short.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    listed: BTreeMap<Sort, Vec<Finding>>,
    counts: BTreeMap<Sort, u64>,
}

/// The sort of a finding as a phrase, and where it is.
type Sort = (&'static str, String);

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        let sort = sort(&finding);
        *self.counts.entry(sort.clone()).or_default() += 1;
        let listed = self.listed.entry(sort).or_default();
        if listed.len() < LISTED {
            listed.push(finding);
        }
    }

    /// Adds all that came in elsewhere; of each sort the first in order stay listed.
    pub fn join(&mut self, other: Self) {
        for (sort, count) in other.counts {
            *self.counts.entry(sort).or_default() += count;
        }
        for (sort, mut more) in other.listed {
            let listed = self.listed.entry(sort).or_default();
            listed.append(&mut more);
            listed.sort();
            listed.truncate(LISTED);
        }
    }

    /// Tells whether any has come in of which `of` holds.
    pub fn any(&self, of: impl Fn(&Finding) -> bool) -> bool {
        self.listed.values().flatten().any(of)
    }

    /// All findings in order, and how many more there are.
    pub fn close(self) -> Vec<Finding> {
        let mut all: Vec<Finding> = self.listed.into_values().flatten().collect();
        all.sort();
        for ((what, place), count) in self.counts {
            let more = count.saturating_sub(LISTED as u64);
            if more > 0 {
                let within = if place.is_empty() {
                    String::new()
                } else {
                    format!(" in {place}")
                };
                all.push(Finding::More {
                    count: more,
                    what: format!("{what}{within}"),
                });
            }
        }
        all
    }
}

/// The sort of a finding and where it is, for counting.
fn sort(finding: &Finding) -> Sort {
    let file = |position: &Position| match position {
        Position::File(file) | Position::Line { file, .. } => file.clone(),
        other => other.to_string(),
    };
    match finding {
        Finding::MissingFile { .. } => ("missing files", String::new()),
        Finding::AlteredFile { .. } => ("altered files", String::new()),
        Finding::Unreadable { position, .. } => ("rows that cannot be read", file(position)),
        Finding::LostLead { .. } => ("lost leads", String::new()),
        Finding::StrayLead { position, .. } => ("stray leads", file(position)),
        Finding::Illegal { .. } => ("leads dealt against the rules", String::new()),
        Finding::OutOfTurn { pass, .. } => ("leads dealt out of turn", pass.clone()),
        Finding::OverRoom { .. } => ("reps without room", String::new()),
        Finding::Parted { pass, .. } => ("units that are parted", pass.clone()),
        Finding::OverLimit { limit, .. } => ("groups beyond a limit", limit.clone()),
        Finding::Gap { .. } => ("passes not proven", String::new()),
        Finding::NotLeast { pass, .. } => ("potentials that are not the least", pass.clone()),
        Finding::NotGreatest { pass, .. } => ("potentials that are not the greatest", pass.clone()),
        Finding::Bettered { .. } => ("passes with a better deal", String::new()),
        Finding::StrayCell { position, column, .. } => (
            "cells that come to something else",
            format!("`{column}` of {}", file(position)),
        ),
        Finding::More { .. } => ("findings", String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::{WORKLOAD, line_of};
    use super::*;

    fn stray(line: u32, column: &str) -> Finding {
        Finding::StrayCell {
            position: line_of(WORKLOAD, line),
            column: column.into(),
            found: "7".into(),
            expected: "8".into(),
        }
    }

    #[test]
    fn a_flood_in_one_column_does_not_hide_another() {
        let mut findings = Findings::default();
        for line in 2..40 {
            findings.push(stray(line, "assigned"));
        }
        findings.push(stray(3, "team"));
        let all = findings.close();
        assert_eq!(all.len(), 12);
        assert_eq!(
            all[2].to_string(),
            "workload.csv:3: `team` is `7`; it comes to `8`"
        );
        assert_eq!(
            all[11].to_string(),
            "and 28 more cells that come to something else in `assigned` of workload.csv"
        );
    }
}
