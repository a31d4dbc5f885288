//! `standing.csv`: leads that an earlier run dealt and that stay where they are, in input order.

use super::assignments::own_cells;
use super::columns::{Row, before_own, headers};
use super::csv::{Csv, Formulas};
use super::view::View;
use crate::model::{Found, LeadIndex, Ownership, Rep, RepDirectory, Standing, widened};
use std::io::{self, Write};

/// Whether the leads' own rows show that a lead was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandedOver {
    /// Its owner is the rep who has it, or the CRM has converted it.
    Yes,
    /// It has no owner.
    No,
    /// Its owner is somebody else.
    Other,
}

impl HandedOver {
    /// Looks at a lead's owner.
    pub fn of(reps: &[Rep], directory: &RepDirectory, ownership: &Ownership, standing: &Standing) -> Self {
        let owner = match ownership {
            Ownership::Free => return Self::No,
            Ownership::Converted => return Self::Yes,
            Ownership::Owned(owner) | Ownership::FormerOwner(owner) => owner,
        };
        let same = match directory.find(owner) {
            Found::One(rep) => reps[rep.at()].id == standing.rep_id,
            Found::Several(several) => several.iter().any(|rep| reps[rep.at()].id == standing.rep_id),
            Found::Nobody => widened(owner.trim()) == standing.rep_id,
        };
        if same { Self::Yes } else { Self::Other }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Other => "other",
        }
    }
}

/// The standing leads that their rows do not show as handed over and whose rep is on the roster.
pub fn to_hand_over<'a>(view: &View<'a>) -> Vec<(LeadIndex, &'a Rep)> {
    let batch = view.run.batch;
    let reps = &batch.reps.list;
    let directory = RepDirectory::new(reps);
    let leads = view.standing();
    let due = leads.filter_map(|(lead, standing)| {
        let ownership = &batch.leads.ownership[lead.at()];
        let handed = HandedOver::of(reps, &directory, ownership, standing);
        let rep = directory.of_id(&standing.rep_id)?;
        (handed == HandedOver::No).then_some((lead, &reps[rep.at()]))
    });
    due.collect()
}

/// Writes the file.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let batch = view.run.batch;
    let directory = RepDirectory::new(&batch.reps.list);
    let mut out = Csv::like(&batch.leads, Formulas::Disarmed, to)?;
    let ours = headers(&["lead_id", "rep_id", "dealt_as_of", "run", "state", "handed_over"]);
    out.texts(before_own(ours, view).iter().map(String::as_str))?;
    for (lead, standing) in view.standing() {
        let ownership = &batch.leads.ownership[lead.at()];
        out.text(&batch.leads.ids[lead.at()])?;
        out.text(&standing.rep_id)?;
        out.text(&batch.as_of.write(standing.dealt_at))?;
        out.number(format_args!("{}", standing.run))?;
        out.text(&standing.state)?;
        out.text(HandedOver::of(&batch.reps.list, &directory, ownership, standing).name())?;
        own_cells(view, lead, &mut out)?;
        out.end()?;
    }
    out.finish()
}
