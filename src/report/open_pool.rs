//! `open_pool.csv`: the leads that are left to claim in the next run, for the reps to see; of those that are
//! dealt unseen nothing but how long they wait.

use super::columns::{Row, before_own, headers};
use super::csv::{Csv, Formulas};
use super::view::View;
use crate::model::Open;
use std::io::{self, Write};

/// Writes the file; the leads' own columns only where some pass by claims shows leads.
pub fn write(view: &View, pool: &[Open], to: &mut dyn Write) -> io::Result<()> {
    let batch = view.run.batch;
    let passes = &view.run.allocation.passes;
    let has_details = passes
        .iter()
        .any(|pass| matches!(pass.method, "cherry_pick" | "shark_tank"));
    let ours = headers(&["lead_id", "tier", "waiting_since"]);
    let headers = if has_details { before_own(ours, view) } else { ours };
    let mut out = Csv::like(&batch.leads, Formulas::Disarmed, to)?;
    out.texts(headers.iter().map(String::as_str))?;
    for open in pool {
        let at = open.lead.at();
        out.text(&batch.leads.ids[at])?;
        out.text(view.tier(open.lead))?;
        let since = batch.leads.frame.value("created_at", at).date();
        out.maybe(since.map(|since| batch.as_of.write(since)))?;
        if has_details {
            for (column, cell) in batch.leads.cells.row(at).enumerate() {
                out.own(column, if open.is_unseen { "" } else { cell })?;
            }
        }
        out.end()?;
    }
    out.finish()
}
