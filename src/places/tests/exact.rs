use crate::places::exact;

fn check(latitude: Option<f64>, longitude: Option<f64>, expected: Option<(f64, f64)>) {
    assert_eq!(
        exact(latitude, longitude).degrees,
        expected,
        "{latitude:?}, {longitude:?}"
    );
}

#[test]
fn a_place_needs_both_numbers_on_earth() {
    check(Some(48.1), Some(11.6), Some((48.1, 11.6)));
    check(Some(48.1), None, None);
    check(Some(98.1), Some(11.6), None);
    check(Some(48.1), Some(-180.5), None);
}

#[test]
fn zero_and_zero_is_not_a_place_but_the_equator_is() {
    check(Some(0.0), Some(0.0), None);
    check(Some(0.0), Some(32.5), Some((0.0, 32.5)));
}
