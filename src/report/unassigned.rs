//! `unassigned.csv`: every valid lead that was not dealt, in input order, with the reason and a remedy.

use super::assignments::own_cells;
use super::blocks;
use super::columns::{Row, before_own, headers};
use super::csv::{Csv, Formulas};
use super::view::View;
use crate::model::{LeadIndex, NotDealt, RepIndex};
use std::io::{self, Write};

/// The headers: ours, the leads' own.
pub fn header(view: &View) -> Vec<String> {
    before_own(
        headers(&["lead_id", "tier", "reason", "detail", "remedy", "nearest_rep"]),
        view,
    )
}

/// Writes the row of a lead that was not dealt.
pub fn row(
    view: &View,
    (lead, reason, nearest): (LeadIndex, &NotDealt, Option<RepIndex>),
    out: &mut impl Row,
) -> io::Result<()> {
    out.text(&view.run.batch.leads.ids[lead.at()])?;
    out.text(view.tier(lead))?;
    out.text(reason.name())?;
    out.text(&view.detail(reason))?;
    out.text(&view.remedy(reason))?;
    out.text(nearest.map_or("", |rep| view.rep(rep)))?;
    own_cells(view, lead, out)?;
    out.end()
}

/// Writes the file.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut out = Csv::like(&view.run.batch.leads, Formulas::Disarmed, to)?;
    out.texts(header(view).iter().map(String::as_str))?;
    out.finish()?;
    blocks::write(view.run.allocation.outcomes.len(), to, |leads, block| {
        let mut out = Csv::more(&view.run.batch.leads, Formulas::Disarmed, block);
        for undealt in view.undealt_of(leads) {
            row(view, undealt, &mut out)?;
        }
        out.finish()
    })
}
