//! All that a lead was held against, for `explain`.

use super::super::words::one_line;
use super::{Verdicts, sentence};
use crate::model::{Counterpart, ImportVerdict, LeadIndex, Match};
use std::fmt::Write;

/// The verdict, the sentence, and each record with its keys, in lines.
pub fn told(verdicts: &Verdicts, lead: LeadIndex) -> String {
    let me = verdicts.other(Counterpart::Lead(lead));
    let verdict = verdicts.reconciled.verdict(lead);
    let clash = match verdict {
        ImportVerdict::Conflict(clash) => format!(" ({})", clash.name()),
        _ => String::new(),
    };
    let mut text = String::new();
    let name = match one_line(me.name) {
        name if name.is_empty() => name,
        name => format!(" ({name})"),
    };
    let _ = writeln!(text, "{}{name}, {}: {}{clash}", me.id, me.place(), verdict.name());
    let _ = writeln!(text, "{}", sentence::why(verdicts, lead));
    let Some(of) = verdicts.reconciled.of(lead) else {
        return text;
    };
    if !of.owner.trim().is_empty() {
        let _ = writeln!(text, "owner: {}", one_line(&of.owner));
    }
    if let Some(group) = of.group {
        let _ = writeln!(
            text,
            "group: {group}, as other rows of the import that are one with it"
        );
    }
    let heading = if verdict == ImportVerdict::New {
        "nearest records, none of which is the same:"
    } else {
        "held against:"
    };
    if !of.matches.is_empty() {
        let _ = writeln!(text, "\n{heading}");
    }
    for found in &of.matches {
        one(verdicts, lead, found, &mut text);
    }
    text
}

fn one(verdicts: &Verdicts, lead: LeadIndex, found: &Match, text: &mut String) {
    let (other, keys) = (verdicts.other(found.with), verdicts.keys(lead, found));
    let _ = writeln!(
        text,
        "  {:>3} of 100  {} [{}]",
        found.confidence,
        other.with_owner(),
        other.place()
    );
    for (what, keys) in [("agrees", keys.agrees), ("differs", keys.disagrees)] {
        if !keys.is_empty() {
            let _ = writeln!(text, "              {what}: {keys}");
        }
    }
}
