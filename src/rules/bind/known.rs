//! What rules say of leads that are known already: duplicates and conflicts are not up for dealing, leads of
//! known accounts go to the account's owner.

use crate::model::{
    Batch, Clash, Counterpart, ExistingSettings, Holder, ImportVerdict, KnownAccounts, LeadIndex, Match,
    NotDealt, Original, Reconciled, ReconciledLead, RepIndex, Side,
};
use crate::rules::Verdict;
use crate::rules::requirement::Requirement;
use std::collections::BTreeMap;

/// Why a lead is not up for dealing because of what is known of it, if so.
pub fn barred(batch: &Batch, existing: ExistingSettings, lead: LeadIndex) -> Option<NotDealt> {
    let reconciled = batch.reconciled.as_ref()?;
    let of = reconciled.of(lead)?;
    let told = reconciled.told.get(&lead).cloned();
    match of.verdict {
        ImportVerdict::New | ImportVerdict::Conflict(Clash::OwnerLeft) => None,
        ImportVerdict::Duplicate => Some(NotDealt::Duplicate {
            of: match told {
                Some(told) => Original::Told(told),
                None => original(batch, reconciled, of),
            },
        }),
        ImportVerdict::Conflict(clash) => Some(NotDealt::Conflict {
            clash,
            sides: of.matches.iter().filter_map(|of| side(reconciled, of)).collect(),
            told,
        }),
        ImportVerdict::KnownAccount => {
            let is_strange = reconciled.holders.get(&lead) == Some(&Holder::Stranger);
            (is_strange && existing.known == KnownAccounts::Owner).then(|| NotDealt::AlreadyOwned {
                owner: of.owner.clone(),
                of_account: true,
            })
        }
    }
}

fn original(batch: &Batch, reconciled: &Reconciled, of: &ReconciledLead) -> Original {
    let of_lead = of.matches.iter().find_map(|of| match of.with {
        Counterpart::Lead(lead) => Some(Original::Lead(batch.leads.ids[lead.at()].clone())),
        Counterpart::Record(_) => None,
    });
    let of_record = of.matches.iter().find_map(|of| side(reconciled, of));
    match (of.matches.first().map(|of| of.with), of_lead, of_record) {
        (Some(Counterpart::Record(_)), _, Some(record)) | (_, None, Some(record)) => Original::Record(record),
        (_, Some(lead), _) => lead,
        (_, None, None) => Original::Told(String::new()),
    }
}

fn side(reconciled: &Reconciled, of: &Match) -> Option<Side> {
    let Counterpart::Record(record) = of.with else {
        return None;
    };
    let record = reconciled.records.get(record as usize)?;
    Some(Side {
        position: record.position.clone(),
        id: record.id.clone(),
        name: record.name.clone(),
        owner: record.owner.clone(),
        agrees: of.agrees,
        disagrees: of.disagrees,
    })
}

/// The rep who gets each lead of a known account that goes to its owner: one who is active, away for no longer
/// than the rules say, and whom every hard rule lets have it.
pub fn owners(
    batch: &Batch,
    existing: ExistingSettings,
    barred: &[Option<NotDealt>],
    requirements: &[Requirement],
) -> BTreeMap<LeadIndex, RepIndex> {
    let (Some(reconciled), KnownAccounts::Owner) = (&batch.reconciled, existing.known) else {
        return BTreeMap::new();
    };
    let mut works: BTreeMap<RepIndex, bool> = BTreeMap::new();
    let mut is_there = |rep: RepIndex| {
        *works.entry(rep).or_insert_with(|| {
            let person = &batch.reps.list[rep.at()];
            !person.is_away() || person.works_within(&batch.as_of, existing.away_days + 1)
        })
    };
    let may = |lead: LeadIndex, rep: RepIndex| {
        requirements.iter().all(|rule| {
            let key = rule.key(lead);
            key.is_none_or(|key| rule.verdict(key, rep) == Verdict::Holds)
        })
    };
    let mut owners = BTreeMap::new();
    for (&lead, &holder) in &reconciled.holders {
        if let Holder::Rep(rep) = holder
            && reconciled.verdict(lead) == ImportVerdict::KnownAccount
            && barred[lead.at()].is_none()
            && is_there(rep)
            && may(lead, rep)
        {
            owners.insert(lead, rep);
        }
    }
    owners
}

/// Who had the account of each lead of a known one, and has left.
pub fn former(batch: &Batch) -> BTreeMap<LeadIndex, RepIndex> {
    let holders = batch.reconciled.iter().flat_map(|reconciled| &reconciled.holders);
    holders
        .filter_map(|(&lead, &holder)| match holder {
            Holder::Left(rep) => Some((lead, rep)),
            Holder::Rep(_) | Holder::Stranger => None,
        })
        .collect()
}
