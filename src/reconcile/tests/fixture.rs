//! Small imports and listings.

use crate::model::{
    Clash, Counterpart, ImportVerdict, LeadIndex, Listing, ListingSort, Parties, PartyField,
    ReconcileSettings, Reconciled, Rep, Shape, Source,
};
use crate::places::country;
use crate::reconcile::{Question, reconcile};

/// Rows as lines of cells between `|`, the first line naming the fields.
pub(super) fn parties(text: &str) -> Parties {
    let mut lines = text
        .lines()
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let fields = lines.next().unwrap_or_default();
    let rows: Vec<Vec<&str>> = lines.collect();
    let mut parties = Parties::new(rows.len());
    for (at, name) in fields.into_iter().enumerate() {
        parties.set(
            field(name),
            rows.iter().map(|row| row.get(at).copied().unwrap_or_default()),
        );
    }
    parties
}

fn field(name: &str) -> PartyField {
    let known = PartyField::ALL
        .into_iter()
        .find(|field| format!("{field:?}").eq_ignore_ascii_case(name));
    known.unwrap_or_else(|| panic!("no field `{name}`"))
}

/// A listing of such rows.
pub(super) fn listing(sort: ListingSort, text: &str) -> Listing {
    let parties = parties(text);
    Listing {
        source: Source {
            file: format!("{sort:?}.csv").to_lowercase(),
            shape: Shape::Lines,
        },
        sort,
        rows: (2..).take(parties.len()).collect(),
        parties,
    }
}

/// Holds an import against listings, rows without a country being American.
pub(super) fn ask(imported: &Parties, listings: &[Listing], reps: &[Rep]) -> Reconciled {
    ask_with(2, imported, listings, reps)
}

/// The same with so many threads.
pub(super) fn ask_with(threads: usize, imported: &Parties, listings: &[Listing], reps: &[Rep]) -> Reconciled {
    let settings = ReconcileSettings::default();
    reconcile(&Question {
        imported,
        listings,
        are_records: false,
        reps,
        settings: &settings,
        country: country("US"),
        threads,
        progress: &|_| {},
    })
}

/// A verdict in short: `new`, `duplicate of lead 0`, `duplicate of existing.csv:2 (Ann)`,
/// `conflict two_owners`, with the owner where there is one.
pub(super) fn told(found: &Reconciled, lead: usize) -> String {
    let Some(of_lead) = found.of(LeadIndex::new(lead)) else {
        return "new".to_owned();
    };
    let verdict = match of_lead.verdict {
        ImportVerdict::New => return "new".to_owned(),
        ImportVerdict::Conflict(Clash::TwoOwners) => return "conflict two_owners".to_owned(),
        ImportVerdict::Conflict(Clash::KeysDisagree) => return "conflict keys_disagree".to_owned(),
        ImportVerdict::Conflict(Clash::OwnerLeft) => return "conflict owner_left".to_owned(),
        other => other.name(),
    };
    let with = match of_lead.matches[0].with {
        Counterpart::Lead(lead) => format!("lead {}", lead.0),
        Counterpart::Record(record) => found.records[record as usize].position.to_string(),
    };
    let owner = match of_lead.owner.as_str() {
        "" => String::new(),
        owner => format!(" ({owner})"),
    };
    format!("{verdict} of {with}{owner}")
}

/// Holds one lead against existing records and accounts.
pub(super) fn check(lead: &str, existing: &str, accounts: &str, expected: &str) {
    let found = ask(
        &parties(lead),
        &[
            listing(ListingSort::Existing, existing),
            listing(ListingSort::Accounts, accounts),
        ],
        &[],
    );
    assert_eq!(
        told(&found, 0),
        expected,
        "{lead}\n{:#?}",
        found.of(LeadIndex::new(0))
    );
}
