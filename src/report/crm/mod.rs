//! `import.csv` and `import_new.csv`: what a CRM takes to set the owners, with commas and in UTF-8 whatever
//! the leads came in, cells untouched.
//!
//! A new CRM is one file here with its shape, and its line in each `match` below.

mod dynamics;
mod hubspot;
mod pipedrive;
mod salesforce;
mod shape;
mod zoho;

use super::columns::Row;
use super::csv::{Csv, Formulas};
use super::sink::Hashing;
use super::standing::to_hand_over;
use super::view::View;
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{Batch, Holder, LeadIndex, Leads, Note, Rep, RepIndex};
use shape::{OwnerKey, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// A CRM that assignments are written back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crm {
    /// Salesforce: `Id,OwnerId`, owners by user id.
    Salesforce,
    /// `HubSpot`: `Record ID,Contact owner`, owners by e-mail.
    Hubspot,
    /// Dynamics 365: the three `(Do Not Modify)` columns and `Owner`, owners by name.
    Dynamics,
    /// Zoho CRM: `Record Id,Lead Owner`, owners by e-mail or id.
    Zoho,
    /// Pipedrive: `… - ID,… - Owner`, owners by name.
    Pipedrive,
}

impl Crm {
    /// All of them, for the command line.
    pub const ALL: [Self; 5] = [
        Self::Salesforce,
        Self::Hubspot,
        Self::Dynamics,
        Self::Zoho,
        Self::Pipedrive,
    ];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Salesforce => "salesforce",
            Self::Hubspot => "hubspot",
            Self::Dynamics => "dynamics",
            Self::Zoho => "zoho",
            Self::Pipedrive => "pipedrive",
        }
    }

    /// How the CRM writes itself.
    fn title(self) -> &'static str {
        match self {
            Self::Salesforce => "Salesforce",
            Self::Hubspot => "HubSpot",
            Self::Dynamics => "Dynamics 365",
            Self::Zoho => "Zoho CRM",
            Self::Pipedrive => "Pipedrive",
        }
    }

    fn shape(self, leads: &Leads) -> Shape {
        match self {
            Self::Salesforce => salesforce::shape(leads),
            Self::Hubspot => hubspot::shape(leads),
            Self::Dynamics => dynamics::shape(leads),
            Self::Zoho => zoho::shape(leads),
            Self::Pipedrive => pipedrive::shape(leads),
        }
    }

    /// What the CRM knows a rep by.
    fn owner_key(self) -> OwnerKey {
        match self {
            Self::Salesforce => salesforce::OWNER_KEY,
            Self::Hubspot => hubspot::OWNER_KEY,
            Self::Dynamics => dynamics::OWNER_KEY,
            Self::Zoho => zoho::OWNER_KEY,
            Self::Pipedrive => pipedrive::OWNER_KEY,
        }
    }
}

/// Checks that the CRM can know every rep as an owner who can get leads: who is present, or has pins or accounts.
///
/// # Errors
/// One mistake for each of them without the key that the CRM takes, or with one that another of them has too.
pub fn check(crm: Crm, batch: &Batch) -> Result<(), Mistakes> {
    let key = crm.owner_key();
    let mut bearers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut besides: BTreeSet<RepIndex> = batch.pins.iter().map(|pin| pin.rep).collect();
    let holders = batch.reconciled.iter().flat_map(|known| known.holders.values());
    besides.extend(holders.filter_map(|holder| match holder {
        Holder::Rep(rep) => Some(*rep),
        Holder::Left(_) | Holder::Stranger => None,
    }));
    let takes = |(at, rep): &(usize, &Rep)| rep.is_present() || besides.contains(&RepIndex::new(*at));
    let owners = || {
        batch
            .reps
            .list
            .iter()
            .enumerate()
            .filter(takes)
            .map(|(_, rep)| rep)
    };
    for owner in owners().filter_map(key.of) {
        *bearers.entry(owner).or_default() += 1;
    }
    let mut mistakes = Mistakes::default();
    for rep in owners() {
        let found = match (key.of)(rep) {
            None => format!("rep `{}` has none that {} takes", rep.id, crm.title()),
            Some(owner) if bearers[owner] > 1 => {
                format!("`{owner}` is the key of {} active reps", bearers[owner])
            }
            Some(_) => continue,
        };
        let position = batch.reps.source.row(rep.row);
        mistakes.push(
            Mistake::new(Kind::NoOwnerKey, position, found)
                .column(key.column)
                .expected(key.expected)
                .hint(format!(
                    "fill it for every active rep, or leave out `--for {}`",
                    crm.name()
                )),
        );
    }
    mistakes.or(())
}

/// The files that a CRM imports: what it updates, and what it inserts.
pub const FILES: [&str; 2] = ["import.csv", "import_new.csv"];

/// Writes both files.
pub(super) fn write(view: &View, crm: Crm, out: &mut Hashing) -> anyhow::Result<()> {
    let owned: Vec<(LeadIndex, &Rep)> = owned(view).collect();
    let leads = &view.run.batch.leads;
    for name in FILES {
        out.file(name, |to| write_one(name, leads, &owned, crm, to))?;
    }
    Ok(())
}

/// Writes one of them for leads with their owners.
pub(super) fn write_one(
    name: &str,
    leads: &Leads,
    owned: &[(LeadIndex, &Rep)],
    crm: Crm,
    to: &mut dyn Write,
) -> io::Result<()> {
    let shape = crm.shape(leads);
    if name == FILES[0] {
        updates(leads, owned, crm, &shape, to)
    } else {
        inserts(leads, owned, crm, &shape, to)
    }
}

/// The leads that have an owner to import: those that a rep got, and those that a rep got before and that
/// were not handed over since, in input order.
fn owned<'a>(view: &View<'a>) -> impl Iterator<Item = (LeadIndex, &'a Rep)> + use<'a> {
    let reps = &view.run.batch.reps.list;
    let dealt = view.deals();
    let dealt = dealt.filter_map(|(lead, deal)| deal.rep.map(|rep| (lead, &reps[rep.at()])));
    let mut owned: Vec<(LeadIndex, &Rep)> = dealt.chain(to_hand_over(view)).collect();
    owned.sort_by_key(|(lead, _)| *lead);
    owned.into_iter()
}

/// The column of the roster that has to tell the CRM who a rep is, and what it has to hold, where it does not.
pub(super) fn lacks_key(crm: Crm, rep: &Rep) -> Option<(&'static str, &'static str)> {
    let key = crm.owner_key();
    (key.of)(rep).is_none().then_some((key.column, key.expected))
}

fn owner(crm: Crm, rep: &Rep) -> &str {
    (crm.owner_key().of)(rep).unwrap_or_default()
}

fn updates(
    leads: &Leads,
    owned: &[(LeadIndex, &Rep)],
    crm: Crm,
    shape: &Shape,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut out = Csv::with_commas(Formulas::AsTheyAre, to);
    let carried = shape.carried.iter().map(|(header, _)| header.as_str());
    out.texts(carried.chain([shape.owner.as_str()]))?;
    for &(lead, rep) in owned {
        if !shape.is_known(leads, lead) {
            continue;
        }
        for (_, source) in &shape.carried {
            out.text(source.cell(leads, lead))?;
        }
        out.text(owner(crm, rep))?;
        out.end()?;
    }
    out.finish()
}

fn inserts(
    leads: &Leads,
    owned: &[(LeadIndex, &Rep)],
    crm: Crm,
    shape: &Shape,
    to: &mut dyn Write,
) -> io::Result<()> {
    let own = shape.other_columns(leads);
    let mut out = Csv::with_commas(Formulas::AsTheyAre, to);
    let required = shape.required.iter().map(|field| field.header);
    let others = own.iter().map(|&column| leads.headers[column].as_str());
    out.texts(required.chain([shape.owner.as_str()]).chain(others))?;
    for &(lead, rep) in owned {
        if shape.is_known(leads, lead) {
            continue;
        }
        for field in &shape.required {
            out.text(field.cell(leads, lead))?;
        }
        out.text(owner(crm, rep))?;
        for &column in &own {
            out.text(leads.cells.get(lead.at(), column))?;
        }
        out.end()?;
    }
    out.finish()
}

/// What should be said of the import files.
pub(super) fn notes(view: &View, crm: Crm) -> Vec<Note> {
    let leads = &view.run.batch.leads;
    let shape = crm.shape(leads);
    let (mut notes, mut known, mut new) = (Vec::new(), 0_u64, 0_u64);
    let mut missing = vec![(0_u64, None); shape.required.len()];
    for (lead, _) in owned(view) {
        if shape.is_known(leads, lead) {
            known += 1;
            continue;
        }
        new += 1;
        for (field, (count, first)) in shape.required.iter().zip(&mut missing) {
            if field.cell(leads, lead).is_empty() {
                *count += 1;
                first.get_or_insert(lead);
            }
        }
    }
    if new > 0 && known == 0 {
        notes.push(Note::warning(format!(
            "no lead has a record id of {} ({}), so all {new} are in import_new.csv",
            crm.title(),
            shape.record_hint
        )));
    } else if new > 0 {
        notes.push(Note::fact(format!(
            "import.csv updates {known} leads, import_new.csv inserts {new} without a record id"
        )));
    }
    for (field, (count, first)) in shape.required.iter().zip(missing) {
        if let Some(lead) = first {
            notes.push(Note::warning(format!(
                "{count} of the leads in import_new.csv lack `{}`, which {} asks for; the first is `{}`",
                field.header,
                crm.title(),
                leads.ids[lead.at()]
            )));
        }
    }
    if known > 0 {
        notes.extend(shape.warning.map(Note::warning));
    }
    notes
}

#[cfg(test)]
mod tests;
