//! The addresses of the samples are found.

use super::GAZETTEER;
use crate::model::Confidence;
use crate::places::Address;

#[test]
fn the_stores_are_nearly_all_found_at_city_or_better() {
    let text = include_str!("../../../samples/stores/stores.csv");
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let headers = table.headers().unwrap().clone();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let columns = [
        "AddressLine1",
        "City",
        "StateProvinceName",
        "PostalCode",
        "CountryRegionName",
    ]
    .map(at);
    let (mut all, mut good) = (0, 0);
    for row in table.records().map(Result::unwrap) {
        let [street, city, state, postal_code, country] = columns.map(|at| &row[at]);
        let address = Address {
            street,
            city,
            state,
            postal_code,
            country,
        };
        all += 1;
        good += usize::from(GAZETTEER.find(&address, None).place.confidence <= Confidence::City);
    }
    assert!(all > 20 && good * 100 >= all * 99, "{good} of {all}");
}

#[test]
fn the_salesforce_leads_with_a_city_are_all_found_at_city_or_better_and_the_others_by_state_or_country() {
    let leads: serde_json::Value =
        serde_json::from_str(include_str!("../../../samples/salesforce/leads.json")).unwrap();
    let records = leads["records"].as_array().or(leads.as_array()).unwrap();
    for lead in records {
        let cell = |name: &str| lead[name].as_str().unwrap_or_default();
        let address = Address {
            street: cell("Street"),
            city: cell("City"),
            state: cell("State"),
            postal_code: cell("PostalCode"),
            country: cell("Country"),
        };
        let found = GAZETTEER.find(&address, None);
        let least = if address.city.is_empty() && address.postal_code.is_empty() {
            Confidence::Country
        } else {
            Confidence::City
        };
        assert!(found.place.confidence <= least, "{address:?}: {found:?}");
    }
}
