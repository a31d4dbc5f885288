//! `claims.csv`: what became of each claim, in the order of the claims.

use super::columns::Row;
use super::csv::{Csv, Formulas};
use super::view::View;
use crate::model::Claimant;
use std::io::{self, Write};

/// The headers.
const HEADERS: [&str; 9] = [
    "row", "lead_id", "rep_id", "rank", "at", "verdict", "reason", "detail", "pass",
];

/// Writes the file. A pull has the lead that it got; a rep whom the roster does not have stands as written.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let (batch, allocation) = (view.run.batch, view.run.allocation);
    let mut out = Csv::like(&batch.leads, Formulas::Disarmed, to)?;
    out.texts(HEADERS)?;
    for (claim, settled) in batch.claims.iter().zip(&allocation.claims) {
        out.number(format_args!("{}", claim.row))?;
        out.text(
            settled
                .lead
                .map_or(&claim.lead_id, |lead| &batch.leads.ids[lead.at()]),
        )?;
        out.text(match &claim.by {
            Claimant::Rep(rep) => &batch.reps.list[rep.at()].id,
            Claimant::Unknown(text) | Claimant::Ambiguous(text) => text,
        })?;
        out.maybe(claim.rank)?;
        out.maybe(claim.at.map(|at| batch.as_of.write(at)))?;
        out.text(settled.ruling.verdict().name())?;
        out.text(settled.ruling.name())?;
        out.text(&view.settled(settled))?;
        out.text(settled.pass.map_or("", |pass| &allocation.passes[pass.at()].name))?;
        out.end()?;
    }
    out.finish()
}
