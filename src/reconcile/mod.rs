//! An import against what exists: which leads are new, which are there already, whose account they are of.

mod email;
mod handover;
mod taken;

use crate::model::{
    Counterpart, Country, ImportVerdict, KeySet, LeadIndex, Listing, Match, MatchKey, Parties, PartyField,
    ReconcileSettings, Reconciled, ReconciledLead, Rep,
};
pub use handover::{Handing, handover};
use std::collections::BTreeMap;
pub use taken::prefer_taken;

/// What is held against what.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The leads.
    pub imported: &'a Parties,
    /// Lists of known records.
    pub listings: &'a [Listing],
    /// The roster, which tells who an owner cell means and who has left; empty where nobody knows.
    pub reps: &'a [Rep],
    /// `[reconcile]`.
    pub settings: &'a ReconcileSettings,
    /// The country of rows without one.
    pub country: Option<Country>,
    /// How many threads may work; never changes a result.
    pub threads: usize,
    /// Told how much is done, from 0 to 1.
    pub progress: &'a (dyn Fn(f64) + Sync),
}

/// Holds leads against each other and against known records.
pub fn reconcile(question: &Question<'_>) -> Reconciled {
    same_email(question.imported)
}

/// Holds leads against each other by e-mail alone: the first of those with one e-mail stays new, the others are
/// duplicates of it.
pub fn same_email(imported: &Parties) -> Reconciled {
    let mut first: BTreeMap<String, LeadIndex> = BTreeMap::new();
    let mut leads = vec![None; imported.len()];
    for (at, of_lead) in leads.iter_mut().enumerate() {
        for email in email::addresses(imported.get(at, PartyField::Email)) {
            let lead = LeadIndex::new(at);
            let known = *first.entry(email).or_insert(lead);
            if known == lead {
                continue;
            }
            let mut agrees = KeySet::default();
            agrees.add(MatchKey::Email);
            *of_lead = Some(Box::new(ReconciledLead {
                verdict: ImportVerdict::Duplicate,
                owner: String::new(),
                matches: vec![Match {
                    with: Counterpart::Lead(known),
                    confidence: 100,
                    agrees,
                    similar: KeySet::default(),
                    disagrees: KeySet::default(),
                }],
                group: None,
            }));
            break;
        }
    }
    Reconciled {
        leads,
        ..Reconciled::default()
    }
}
