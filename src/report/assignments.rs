//! `assignments.csv`: one row for each dealt lead, in input order.

use super::blocks;
use super::columns::{Row, add_named, before_own, headers};
use super::csv::{Csv, Formulas};
use super::view::View;
use crate::model::{Deal, LeadIndex};
use std::io::{self, Write};

/// The headers: ours, the parts of the score, the moment, the leads' own.
pub fn header(view: &View) -> Vec<String> {
    let mut ours = headers(&[
        "lead_id",
        "rep_id",
        "rep_name",
        "assigned_team",
        "tier",
        "pass",
        "score",
        "reason",
        "runner_up",
        "runner_up_score",
        "distance_km",
        "place",
        "assigned_at",
    ]);
    add_named(&mut ours, "part_", &view.run.allocation.part_names);
    ours[12..].rotate_left(1);
    before_own(ours, view)
}

/// Writes the row of a dealt lead.
pub fn row(view: &View, lead: LeadIndex, deal: &Deal, out: &mut impl Row) -> io::Result<()> {
    let batch = view.run.batch;
    out.text(&batch.leads.ids[lead.at()])?;
    let rep = deal.rep.map(|rep| &batch.reps.list[rep.at()]);
    out.text(rep.map_or("", |rep| &rep.id))?;
    out.text(rep.map_or("", |rep| &rep.name))?;
    let team = deal
        .team
        .map(|team| view.run.allocation.teams[team.at()].as_str());
    out.text(team.unwrap_or_default())?;
    out.text(view.tier(lead))?;
    out.text(view.dealer(deal))?;
    out.points(deal.score)?;
    out.text(&view.why(deal))?;
    out.text(deal.runner_up.map_or("", |(other, _)| view.rep(other)))?;
    out.maybe_points(deal.runner_up.map(|(_, score)| score))?;
    match deal.distance_km {
        Some(km) => out.tenths(km)?,
        None => out.empty()?,
    }
    out.text(batch.leads.places[lead.at()].confidence.name())?;
    for part in 0..view.run.allocation.part_names.len() {
        out.maybe_points(deal.parts.get(part).copied().flatten())?;
    }
    out.text(&view.assigned_at)?;
    own_cells(view, lead, out)?;
    out.end()
}

/// Writes a lead's own cells.
pub fn own_cells(view: &View, lead: LeadIndex, out: &mut impl Row) -> io::Result<()> {
    let leads = &view.run.batch.leads;
    (0..leads.headers.len()).try_for_each(|column| out.own(column, leads.cells.get(lead.at(), column)))
}

/// Writes the file.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    write_some(view, std::iter::empty(), to)?;
    blocks::write(view.run.allocation.outcomes.len(), to, |leads, block| {
        let mut out = Csv::more(&view.run.batch.leads, Formulas::Disarmed, block);
        for (lead, deal) in view.deals_of(leads) {
            row(view, lead, deal, &mut out)?;
        }
        out.finish()
    })
}

/// Writes a file of the same form with some of the dealt leads.
pub fn write_some<'a>(
    view: &View,
    deals: impl Iterator<Item = (LeadIndex, &'a Deal)>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut out = Csv::like(&view.run.batch.leads, Formulas::Disarmed, to)?;
    out.texts(header(view).iter().map(String::as_str))?;
    for (lead, deal) in deals {
        row(view, lead, deal, &mut out)?;
    }
    out.finish()
}
