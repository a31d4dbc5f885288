//! `conflicts.csv`: for each conflict a row for every record that it rests on.

use super::super::columns::{Row, before_headers, headers};
use super::super::csv::{Csv, Formulas};
use super::{ImportReport, named, own};
use crate::model::{CONFLICT_HEADERS, Clash, ImportVerdict, LeadIndex};
use std::io::{self, Write};

/// Writes the file.
pub fn write(report: &ImportReport, to: &mut dyn Write) -> io::Result<()> {
    let leads = &report.import.leads;
    let mut out = Csv::like(leads, Formulas::Disarmed, to)?;
    let header = before_headers(headers(&CONFLICT_HEADERS), &leads.headers);
    out.texts(header.iter().map(String::as_str))?;
    for lead in (0..leads.len()).map(LeadIndex::new) {
        if let ImportVerdict::Conflict(clash) = report.reconciled.verdict(lead) {
            sides(report, lead, clash, &mut out)?;
        }
    }
    out.finish()
}

/// A row for each record; where owners clash, records of one owner are one side. A conflict that names no record has
/// one row all the same.
fn sides(report: &ImportReport, lead: LeadIndex, clash: Clash, out: &mut impl Row) -> io::Result<()> {
    let (verdicts, leads) = (report.verdicts(), &report.import.leads);
    let why = verdicts.why(lead);
    let matches = report.reconciled.of(lead).map_or(&[][..], |of| &of.matches);
    if matches.is_empty() {
        out.text(&leads.ids[lead.at()])?;
        out.text(clash.name())?;
        (0..9).try_for_each(|_| out.empty())?;
        out.text(&why)?;
        own(leads, lead, out)?;
        out.end()?;
    }
    let mut owners: Vec<&str> = Vec::new();
    for (at, found) in matches.iter().enumerate() {
        let other = verdicts.other(found.with);
        let owner = other.owner.trim();
        let known = owners.iter().position(|known| *known == owner);
        let of_owner = known.unwrap_or_else(|| {
            owners.push(owner);
            owners.len() - 1
        });
        let side = if clash == Clash::TwoOwners { of_owner } else { at };
        let keys = verdicts.keys(lead, found);
        out.text(&leads.ids[lead.at()])?;
        out.text(clash.name())?;
        out.number(format_args!("{}", side + 1))?;
        named(&other, out)?;
        out.text(other.owner)?;
        out.number(format_args!("{}", found.confidence))?;
        out.text(&keys.agrees)?;
        out.text(&keys.disagrees)?;
        out.text(&why)?;
        own(leads, lead, out)?;
        out.end()?;
    }
    Ok(())
}
