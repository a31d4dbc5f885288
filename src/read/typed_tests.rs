//! Texts and the types they come to.

use super::*;

static ZONE: TimeZone = TimeZone::UTC;

fn customs() -> Customs<'static> {
    Customs {
        decimal: None,
        date_order: None,
        zone: &ZONE,
    }
}

/// Checks the type found for texts, and how many of them do not fit it.
fn check(texts: &[&str], how: How, kind: Kind, misfits: usize) {
    let parsed = parse(texts, how, customs());
    assert_eq!(parsed.kind, kind, "{texts:?}");
    assert_eq!(
        parsed.values.iter().filter(|value| value.is_err()).count(),
        misfits,
        "{texts:?}"
    );
}

#[test]
fn a_column_is_what_every_filled_cell_is() {
    check(&["", "1", "2.5", "$3"], How::Found, Kind::Number, 0);
    check(&["", "yes", "No"], How::Found, Kind::Boolean, 0);
    check(&["", "2026-06-01", "2 Jun 2026"], How::Found, Kind::Date, 0);
    check(&["", "a;b", "c"], How::Found, Kind::List, 0);
    check(&["", "a", "2"], How::Found, Kind::Text, 0);
    check(&[""], How::Found, Kind::Text, 0);
}

#[test]
fn leading_zeros_make_text() {
    check(&["08014", "90210"], How::Found, Kind::Text, 0);
    check(&["0", "1"], How::Found, Kind::Number, 0);
}

#[test]
fn a_fixed_type_makes_misfits() {
    check(&["", "1", "abc"], How::Fixed(Kind::Number), Kind::Number, 1);
    check(&["maybe", "yes"], How::Fixed(Kind::Boolean), Kind::Boolean, 1);
    check(&["soon", "2026-06-01"], How::Fixed(Kind::Date), Kind::Date, 1);
    check(&["91", "90", "-90"], How::Latitude, Kind::Number, 1);
    check(&["180.5", "-180", "48,137"], How::Longitude, Kind::Number, 1);
}

#[test]
fn dates_that_nothing_settles_are_ambiguous() {
    let parsed = parse(&["", "2026-06-01", "6/4/2026"], How::Found, customs());
    assert_eq!(parsed.ambiguous_date, Some(2));
    let parsed = parse(&["", "6/4/2026", "13/4/2026"], How::Found, customs());
    assert_eq!(parsed.ambiguous_date, None);
}

#[test]
fn equal_values_share_a_code() {
    let parsed = parse(
        &["", "1,000", "1000", "x", "7"],
        How::Fixed(Kind::Number),
        customs(),
    );
    let found = code_values(parsed.values);
    assert_eq!(found.of_text, [0, 1, 1, 0, 2]);
    assert_eq!(
        found.values,
        [Value::Empty, Value::Number(1000.0), Value::Number(7.0)]
    );
}
