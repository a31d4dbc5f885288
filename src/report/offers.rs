//! `offers.csv`: leads offered to several reps, in lead order, then rank.

use super::columns::Row;
use super::csv::{Csv, Formulas};
use super::view::View;
use std::io::{self, Write};

/// Writes the file.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let batch = view.run.batch;
    let mut out = Csv::like(&batch.leads, Formulas::Disarmed, to)?;
    out.texts(["lead_id", "rank", "rep_id", "score"])?;
    for offer in &view.run.allocation.offers {
        out.text(&batch.leads.ids[offer.lead.at()])?;
        out.number(format_args!("{}", offer.rank))?;
        out.text(&batch.reps.list[offer.rep.at()].id)?;
        out.number(format_args!("{}", offer.score))?;
        out.end()?;
    }
    out.finish()
}
