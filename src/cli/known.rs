//! Leads held against each other and against known records, before anything is dealt.

use dealt::explain::known;
use dealt::model::{Batch, LeadIndex, Ownership, Reconciled, Settings, Within};
use dealt::read;
use dealt::reconcile::{Question, prefer_taken, reconcile, same_email, units};

/// Finds out which leads of a batch are new, duplicates, of known accounts, or in conflict. What a file of
/// verdicts tells of a lead counts before what is worked out.
pub fn hold(batch: &mut Batch, settings: &Settings) {
    let told = batch.reconciled.take();
    let listings = std::mem::take(&mut batch.listings);
    let parties = batch.leads.parties.take();
    let found = parties.as_ref().map(|parties| {
        if listings.is_empty() && settings.within != Within::AllKeys {
            return match settings.within {
                Within::Nothing => Reconciled::default(),
                Within::Email | Within::AllKeys => same_email(parties),
            };
        }
        reconcile(&Question {
            imported: parties,
            listings: &listings,
            are_records: true,
            reps: &batch.reps.list,
            settings: &settings.reconcile,
            country: batch.country,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            progress: &|_| (),
        })
    });
    let found = found.map(|mut found| {
        let past = &batch.past;
        let is_taken = |lead: LeadIndex| {
            let is_owned = !matches!(
                batch.leads.ownership[lead.at()],
                Ownership::Free | Ownership::FormerOwner(_)
            );
            is_owned || past.standing.contains_key(&batch.leads.ids[lead.at()])
        };
        prefer_taken(&mut found, &is_taken);
        found
    });
    batch
        .notes
        .extend(found.iter().flat_map(|found| known(found, &batch.leads.ids)));
    batch.reconciled = joined(found, told);
    read::hold_accounts(batch, settings);
    if let Some(parties) = &parties {
        let known = batch.reconciled.as_ref();
        (batch.leads.unit_of, batch.leads.units) = units(parties, known, settings.together, batch.country);
    }
}

/// What was worked out, with what a file told in place of it.
fn joined(found: Option<Reconciled>, told: Option<Reconciled>) -> Option<Reconciled> {
    let found = found.filter(|found| found.leads.iter().any(Option::is_some));
    let (mut found, told) = match (found, told) {
        (found, None) => return found,
        (None, told) => return told,
        (Some(found), Some(told)) => (found, told),
    };
    for (lead, own) in found.leads.iter_mut().zip(told.leads) {
        if own.is_some() {
            *lead = own;
        }
    }
    found.told = told.told;
    Some(found)
}
