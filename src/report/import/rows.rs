//! `reconciled.csv`: every row of the import once, in its order, with its verdict and what that rests on.

use super::super::blocks;
use super::super::columns::{Row, before_headers, headers};
use super::super::csv::{Csv, Formulas};
use super::{ImportReport, named, own};
use crate::explain::Verdicts;
use crate::model::{ImportVerdict, LeadIndex, Match, RECONCILED_HEADERS};
use std::io::{self, Write};

/// As many further records are named.
const ALSO: usize = 5;

/// Writes the file.
pub fn write(report: &ImportReport, to: &mut dyn Write) -> io::Result<()> {
    let leads = &report.import.leads;
    let mut out = Csv::like(leads, Formulas::Disarmed, to)?;
    let header = before_headers(headers(&RECONCILED_HEADERS), &leads.headers);
    out.texts(header.iter().map(String::as_str))?;
    out.finish()?;
    let verdicts = report.verdicts();
    blocks::write(leads.len(), to, |range, block| {
        let mut out = Csv::more(leads, Formulas::Disarmed, block);
        for lead in range.map(LeadIndex::new) {
            out.text(&leads.ids[lead.at()])?;
            ours(&verdicts, lead, &mut out)?;
            own(leads, lead, &mut out)?;
            out.end()?;
        }
        out.finish()
    })
}

/// Our cells behind the id. The nearest records of new leads are named in the reason alone, since they are not the
/// same.
fn ours(verdicts: &Verdicts, lead: LeadIndex, out: &mut impl Row) -> io::Result<()> {
    let of = verdicts.reconciled().of(lead);
    let verdict = verdicts.reconciled().verdict(lead);
    out.text(verdict.name())?;
    out.text(of.map_or("", |of| &of.owner))?;
    let matches: &[Match] = match of {
        Some(of) if verdict != ImportVerdict::New => &of.matches,
        _ => &[],
    };
    match matches.split_first() {
        Some((first, rest)) => {
            named(&verdicts.other(first.with), out)?;
            out.number(format_args!("{}", first.confidence))?;
            let keys = verdicts.keys(lead, first);
            out.text(&keys.agrees)?;
            out.text(&keys.disagrees)?;
            out.text(&also(verdicts, rest))?;
        }
        None => (0..8).try_for_each(|_| out.empty())?,
    }
    out.maybe(of.and_then(|of| of.group))?;
    out.text(&verdicts.why(lead))
}

/// `contacts.csv:7 0031; leads.csv:12; and 3 more`.
fn also(verdicts: &Verdicts, rest: &[Match]) -> String {
    let mut texts: Vec<String> = rest
        .iter()
        .take(ALSO)
        .map(|found| {
            let other = verdicts.other(found.with);
            format!("{} {}", other.place(), other.id).trim_end().to_owned()
        })
        .collect();
    if rest.len() > ALSO {
        texts.push(format!("and {} more", rest.len() - ALSO));
    }
    texts.join("; ")
}
