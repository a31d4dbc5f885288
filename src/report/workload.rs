//! `workload.csv`: everyone on the roster, in its order: load, ceiling, what came, what one more place is worth.

use super::columns::{Row, add_named, headers};
use super::csv::{Csv, Formulas};
use super::loads::{open_after, used_permille, why_none};
use super::view::View;
use crate::model::{Ceiling, RepIndex};
use std::io::{self, Write};

/// The headers.
pub fn header(view: &View) -> Vec<String> {
    let mut ours = headers(&[
        "rep_id",
        "rep_name",
        "team",
        "max_open",
        "open_before",
        "assigned",
        "open_after",
        "used_pct",
    ]);
    let tiers = view.run.allocation.tier_names.iter();
    let tiers: Vec<String> = tiers.map(|tier| format!("tier_{tier}")).collect();
    add_named(&mut ours, "of_", &tiers);
    ours.extend(headers(&[
        "mean_score",
        "value",
        "mean_km",
        "price_leads",
        "price_points",
        "why_none",
    ]));
    ours
}

/// Writes the row of a rep.
pub fn row(view: &View, rep: RepIndex, out: &mut impl Row) -> io::Result<()> {
    let (person, load) = (&view.run.batch.reps.list[rep.at()], &view.loads[rep.at()]);
    out.text(&person.id)?;
    out.text(&person.name)?;
    out.text(&person.team)?;
    out.maybe(match person.max_open {
        Ceiling::At(most) => Some(most),
        Ceiling::Unlimited => None,
    })?;
    out.number(format_args!("{}", person.open))?;
    out.number(format_args!("{}", load.assigned))?;
    out.number(format_args!("{}", open_after(person, load)))?;
    match used_permille(person, load) {
        Some(used) if used % 10 == 0 => out.number(format_args!("{}", used / 10))?,
        Some(used) => out.number(format_args!("{}.{}", used / 10, used % 10))?,
        None => out.empty()?,
    }
    for count in &load.by_tier {
        out.number(format_args!("{count}"))?;
    }
    out.maybe(load.mean_score())?;
    out.maybe(load.value())?;
    out.maybe(load.mean_km())?;
    price(view, rep, out)?;
    out.text(&why_none(view.run, rep, load))?;
    out.end()
}

/// Writes what one more place of a rep would bring; nothing where no pass has prices.
fn price(view: &View, rep: RepIndex, out: &mut impl Row) -> io::Result<()> {
    let allocation = view.run.allocation;
    let proven = allocation.passes.iter().any(|pass| pass.proof.is_some());
    let Some(price) = allocation.prices.get(rep.at()).filter(|_| proven) else {
        out.empty()?;
        return out.empty();
    };
    match price.tier {
        Some(tier) => out.text(&format!("1 {}", allocation.tier_names[tier.at()]))?,
        None => out.empty()?,
    }
    out.number(format_args!("{}", price.points))
}

/// Writes the file.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut out = Csv::like(&view.run.batch.leads, Formulas::Disarmed, to)?;
    out.texts(header(view).iter().map(String::as_str))?;
    for at in 0..view.loads.len() {
        row(view, RepIndex::new(at), &mut out)?;
    }
    out.finish()
}
