use super::{GAZETTEER, find};
use crate::model::{Confidence, Country};
use crate::places::{Address, country};
use proptest::prelude::*;

/// Texts of which addresses are made, whole and in pieces.
const PIECES: &[&str] = &[
    "Springfield",
    "IL",
    "Georgia",
    "94105",
    "SW1A 2AA",
    "K1A",
    "München",
    "80331",
    "Paris 8e",
    "CEDEX 08",
    ",",
    "\n",
    "USA",
    "St.",
    "a.M.",
    "D-",
    "(",
    "/",
    " - ",
    "〒100-0001",
    "東京",
    "0",
    "-",
    "\u{a0}",
    "99999-9999",
    "S-958 22",
    "New York",
    "UK",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..6);
    prop_oneof![any::<String>(), pieces.prop_map(|pieces| pieces.concat())]
}

fn home() -> impl Strategy<Value = Option<Country>> {
    prop::sample::select(vec!["", "US", "DE", "GB", "BR", "PR", "AQ"]).prop_map(country)
}

proptest! {
    #[test]
    fn any_text_at_all_has_an_answer_on_earth_and_always_the_same(
        cells in prop::array::uniform5(text()),
        home in home(),
    ) {
        let [street, city, state, postal_code, country] = &cells;
        let address = Address { street, city, state, postal_code, country };
        let found = GAZETTEER.find(&address, home);
        prop_assert_eq!(&found, &GAZETTEER.find(&address, home));
        prop_assert_eq!(found.place.degrees.is_none(), found.place.confidence == Confidence::None);
        prop_assert_ne!(found.place.confidence, Confidence::Exact);
        if let Some((latitude, longitude)) = found.place.degrees {
            prop_assert!(crate::places::on_earth(latitude, longitude));
            prop_assert!(found.zone.is_some());
        }
    }

    #[test]
    fn every_point_has_the_zone_of_some_city(latitude in -90.0..=90.0, longitude in -180.0..=180.0, home in home()) {
        let zone = GAZETTEER.zone_at((latitude, longitude), home);
        prop_assert!(zone.is_some());
    }

    #[test]
    fn case_and_blanks_do_not_matter(
        cells in prop::sample::select(vec![
            "|München||80331|Germany", "|São Paulo|||Brazil", "|London|||UK", "|||SW1A 2AA|GB", "|Austin|TX||USA",
            "|Winston-Salem|North Carolina||US", "|||K1A 0B1|Canada", "|||1012 AB|NL", "|Den Haag|||Netherlands",
        ]),
        blank in prop::sample::select(vec!["  ", "\u{a0}", "\t"]),
        upper in any::<bool>(),
    ) {
        let expected = find(cells, "");
        let cased = if upper { cells.to_uppercase() } else { cells.to_lowercase() };
        let spaced = cased.replace(' ', blank).replace('|', &format!("{blank}|{blank}"));
        prop_assert_eq!(find(&spaced, ""), expected.clone());
        prop_assert_eq!(find(&crate::places::ascii(cells), ""), expected);
    }
}
