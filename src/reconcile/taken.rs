//! Of leads that are one, which counts: the one that somebody has already.

use crate::model::{Counterpart, ImportVerdict, LeadIndex, Reconciled};
use std::collections::BTreeMap;

/// Makes all leads that are one with a lead that is taken duplicates of that one, the first of several.
pub fn prefer_taken(reconciled: &mut Reconciled, is_taken: &dyn Fn(LeadIndex) -> bool) {
    let mut taken: BTreeMap<LeadIndex, LeadIndex> = BTreeMap::new();
    for at in 0..reconciled.leads.len() {
        let lead = LeadIndex::new(at);
        if let Some(first) = original(reconciled, lead)
            && is_taken(lead)
            && !is_taken(first)
        {
            taken.entry(first).or_insert(lead);
        }
    }
    if taken.is_empty() {
        return;
    }
    for at in 0..reconciled.leads.len() {
        let lead = LeadIndex::new(at);
        let Some(first) = original(reconciled, lead) else {
            continue;
        };
        let Some(&other) = taken.get(&first) else { continue };
        if other == lead {
            // the lead that counted so far takes its place
            reconciled.leads.swap(first.at(), lead.at());
            name(reconciled, first, other);
        } else {
            name(reconciled, lead, other);
        }
    }
}

/// The lead that a lead is a duplicate of.
fn original(reconciled: &Reconciled, lead: LeadIndex) -> Option<LeadIndex> {
    let of = reconciled.of(lead)?;
    match of.matches.first()?.with {
        Counterpart::Lead(first) if of.verdict == ImportVerdict::Duplicate => Some(first),
        Counterpart::Lead(_) | Counterpart::Record(_) => None,
    }
}

fn name(reconciled: &mut Reconciled, lead: LeadIndex, original: LeadIndex) {
    let of = reconciled.leads[lead.at()].as_mut();
    if let Some(first) = of.and_then(|of| of.matches.first_mut()) {
        first.with = Counterpart::Lead(original);
    }
}

#[cfg(test)]
mod tests {
    use super::super::same_email;
    use super::*;
    use crate::model::{Parties, PartyField};

    /// Of leads with these addresses those that are taken, by place; each lead and what it is a duplicate of.
    fn check(emails: &[&str], taken: &[u32], expected: &[(u32, u32)]) {
        let mut parties = Parties::new(emails.len());
        parties.set(PartyField::Email, emails.iter().copied());
        let mut found = same_email(&parties);
        prefer_taken(&mut found, &|lead| taken.contains(&lead.0));
        let leads = (0..emails.len()).map(LeadIndex::new);
        let pairs: Vec<(u32, u32)> = leads
            .filter_map(|lead| original(&found, lead).map(|first| (lead.0, first.0)))
            .collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn the_first_counts_unless_another_is_taken() {
        check(&["a@x.com", "a@x.com", "a@x.com"], &[], &[(1, 0), (2, 0)]);
        check(&["a@x.com", "a@x.com", "a@x.com"], &[0], &[(1, 0), (2, 0)]);
        check(&["a@x.com", "a@x.com", "a@x.com"], &[1], &[(0, 1), (2, 1)]);
        check(&["a@x.com", "a@x.com", "a@x.com"], &[1, 2], &[(0, 1), (2, 1)]);
        check(&["b@x.com", "a@x.com", "b@x.com"], &[2], &[(0, 2)]);
    }
}
