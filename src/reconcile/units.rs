//! Leads that belong together: of one account, or of one company.

use super::company::CompanyName;
use crate::model::{
    Counterpart, Country, ImportVerdict, LeadIndex, ListingSort, Parties, PartyField, QuickMap, Reconciled,
    Together, UnitIndex, widened,
};
use crate::places;

/// For each lead its unit, of those with two leads at least, and what each unit is called; both empty where there is
/// none. A unit's name is the text of its first lead.
///
/// Of one account are leads whose account cells are equal, or whose account is one and the same known record. Of one
/// company are leads in one country whose companies bear one name, but for legal form, punctuation and accents.
/// `home` is the country of rows without one.
pub fn units(
    parties: &Parties,
    reconciled: Option<&Reconciled>,
    by: Together,
    home: Option<Country>,
) -> (Vec<Option<UnitIndex>>, Vec<String>) {
    let key = |lead: LeadIndex| match by {
        Together::None => None,
        Together::Account => account(parties, reconciled, lead),
        Together::Company => company(parties, lead, home),
    };
    let mut numbers: QuickMap<String, u32> = QuickMap::default();
    let mut firsts: Vec<(LeadIndex, u32)> = Vec::new();
    let mut of_lead: Vec<Option<u32>> = Vec::with_capacity(parties.len());
    for at in 0..parties.len() {
        let lead = LeadIndex::new(at);
        let number = key(lead).map(|key| {
            let next = UnitIndex::new(firsts.len()).0;
            let number = *numbers.entry(key).or_insert(next);
            if number == next {
                firsts.push((lead, 0));
            }
            firsts[number as usize].1 += 1;
            number
        });
        of_lead.push(number);
    }
    let mut kept: Vec<Option<UnitIndex>> = vec![None; firsts.len()];
    let mut names = Vec::new();
    for (unit, &(first, leads)) in kept.iter_mut().zip(&firsts) {
        if leads > 1 {
            *unit = Some(UnitIndex::new(names.len()));
            names.push(name(parties, first, by));
        }
    }
    if names.is_empty() {
        return (Vec::new(), names);
    }
    let of = |number: Option<u32>| kept[number? as usize];
    (of_lead.into_iter().map(of).collect(), names)
}

fn account(parties: &Parties, reconciled: Option<&Reconciled>, lead: LeadIndex) -> Option<String> {
    let record = reconciled.and_then(|reconciled| {
        let of = reconciled.of(lead)?;
        let is_known = of.verdict == ImportVerdict::KnownAccount;
        let first = of.matches.first().filter(|_| is_known)?;
        match first.with {
            Counterpart::Record(record) => {
                let known = &reconciled.records[record as usize];
                (known.sort == ListingSort::Accounts).then_some(record)
            }
            Counterpart::Lead(_) => None,
        }
    });
    if let Some(record) = record {
        return Some(format!("record {record}"));
    }
    let cell = widened(parties.get(lead.at(), PartyField::Account).trim()).to_lowercase();
    (!cell.is_empty()).then(|| format!("cell {cell}"))
}

fn company(parties: &Parties, lead: LeadIndex, home: Option<Country>) -> Option<String> {
    let says = |field| parties.get(lead.at(), field);
    let name = CompanyName::read(says(PartyField::Company))?;
    let country = places::country(says(PartyField::Country)).or(home);
    Some(format!("{} {country:?}", name.core))
}

fn name(parties: &Parties, first: LeadIndex, by: Together) -> String {
    let says = |field| parties.get(first.at(), field).trim();
    let texts = match by {
        Together::Account => [says(PartyField::Company), says(PartyField::Account)],
        Together::Company | Together::None => [says(PartyField::Company), ""],
    };
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leads as `company, country, account`; each lead's unit by its name.
    fn check(by: Together, leads: &[[&str; 3]], expected: &[&str]) {
        let mut parties = Parties::new(leads.len());
        let fields = [PartyField::Company, PartyField::Country, PartyField::Account];
        for (at, field) in fields.into_iter().enumerate() {
            parties.set(field, leads.iter().map(|lead| lead[at]));
        }
        let (of_lead, names) = units(&parties, None, by, None);
        let found: Vec<&str> = (of_lead.iter())
            .map(|unit| unit.map_or("", |unit| names[unit.at()].as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_company_is_one_whatever_its_legal_form_and_is_another_abroad() {
        let leads = [
            ["Acme Corp.", "US", ""],
            ["Bolt", "US", ""],
            ["ACME", "United States", ""],
            ["Acme GmbH", "Germany", ""],
            ["", "US", ""],
            ["", "US", ""],
        ];
        check(
            Together::Company,
            &leads,
            &["Acme Corp.", "", "Acme Corp.", "", "", ""],
        );
    }

    #[test]
    fn an_account_is_one_by_its_cell() {
        let leads = [
            ["Acme", "", "A-1"],
            ["Acme North", "", "a-1 "],
            ["Acme", "", "A-2"],
            ["Acme", "", ""],
        ];
        check(Together::Account, &leads, &["Acme", "Acme", "", ""]);
        check(Together::None, &leads, &[]);
    }
}
