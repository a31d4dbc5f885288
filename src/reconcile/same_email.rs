//! Leads held against each other by e-mail alone, as every run does.

use super::email::emails;
use crate::model::{
    Counterpart, ImportVerdict, KeySet, LeadIndex, Match, MatchKey, Parties, PartyField, QuickMap,
    Reconciled, ReconciledLead,
};
use std::borrow::Cow;

/// Holds leads against each other by e-mail alone: the first of those with one address stays new, the others
/// are duplicates of it. A lead whose addresses are those of several leads is a duplicate of the first of them.
/// Addresses that name nobody (`noreply@`) make no duplicates.
///
/// Takes one look-up an address; texts are copied only where they are not in lower case.
pub fn same_email(imported: &Parties) -> Reconciled {
    let mut first: QuickMap<Cow<'_, str>, LeadIndex> = QuickMap::default();
    first.reserve(imported.len());
    let mut leads = vec![None; imported.len()];
    let mut of_row: Vec<Cow<'_, str>> = Vec::new();
    for (at, of_lead) in leads.iter_mut().enumerate() {
        let found = emails(imported.get(at, PartyField::Email));
        of_row.extend(
            found
                .filter(|email| !email.is_nobody())
                .map(|email| email.address),
        );
        let known = of_row.iter().filter_map(|email| first.get(email).copied()).min();
        let one = known.unwrap_or(LeadIndex::new(at));
        for email in of_row.drain(..) {
            first.entry(email).or_insert(one);
        }
        *of_lead = known.map(|known| Box::new(duplicate(known)));
    }
    Reconciled {
        leads,
        ..Reconciled::default()
    }
}

fn duplicate(known: LeadIndex) -> ReconciledLead {
    let mut agrees = KeySet::default();
    agrees.add(MatchKey::Email);
    ReconciledLead {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` holds for each row the row that it is a duplicate of.
    fn check(cells: &[&str], expected: &[Option<u32>]) {
        let mut parties = Parties::new(cells.len());
        parties.set(PartyField::Email, cells.iter().copied());
        let found = same_email(&parties);
        let of = |lead: &Option<Box<ReconciledLead>>| {
            lead.as_ref().map(|lead| match lead.matches[0].with {
                Counterpart::Lead(lead) => lead.0,
                Counterpart::Record(_) => unreachable!("there are no records"),
            })
        };
        assert_eq!(
            found.leads.iter().map(of).collect::<Vec<_>>(),
            expected,
            "{cells:?}"
        );
    }

    #[test]
    fn the_first_of_one_address_stays() {
        check(
            &["a@b.com", "c@d.org", "\"A\" <A@B.com>", "", ""],
            &[None, None, Some(0), None, None],
        );
        check(&["a.b@gmail.com", "ab+fair@googlemail.com"], &[None, Some(0)]);
    }

    #[test]
    fn all_addresses_of_a_duplicate_lead_to_the_first() {
        check(
            &["a@b.com", "a@b.com; c@d.org", "c@d.org"],
            &[None, Some(0), Some(0)],
        );
        check(
            &["a@b.com", "c@d.org", "c@d.org; a@b.com"],
            &[None, None, Some(0)],
        );
    }

    #[test]
    fn addresses_of_nobody_make_no_duplicates() {
        check(&["noreply@b.com", "noreply@b.com"], &[None, None]);
    }
}
