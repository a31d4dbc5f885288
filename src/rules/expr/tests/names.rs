//! Which names an expression reads, and the types that its comparisons fix.

use crate::mistake::Position;
use crate::model::Kind;
use crate::rules::expr::{Allowed, Variable, parse};

fn check(source: &str, expected: &[(&str, Option<Kind>)]) {
    let expression = parse(source, Allowed::ALL, Position::Nowhere, "when").expect("it parses");
    let found: Vec<(String, Option<Kind>)> = expression
        .columns()
        .map(|(variable, name, kind)| (format!("{}.{name}", variable.name()), kind))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(name, kind)| ((*name).into(), *kind))
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn a_comparison_fixes_the_type_of_a_column() {
    for (source, kind) in [
        ("lead.fit >= 3", Some(Kind::Number)),
        ("3 <= lead.fit", Some(Kind::Number)),
        ("lead.fit == 'x'", Some(Kind::Text)),
        ("lead.fit in ['x', 'y']", Some(Kind::Text)),
        ("lead.fit in [1, 2]", Some(Kind::Number)),
        ("lead.fit && true", Some(Kind::Boolean)),
        ("!lead.fit", Some(Kind::Boolean)),
        ("lead.fit == true", Some(Kind::Boolean)),
        ("lead.fit > date('2026-01-01')", Some(Kind::Date)),
        ("lead.fit * 2 > 1", Some(Kind::Number)),
        ("lead.fit.contains('x')", Some(Kind::Text)),
        ("lead.fit.exists(x, x == 'a')", Some(Kind::List)),
        ("(lead.fit ? 1 : 2) > 1", Some(Kind::Boolean)),
        ("(true ? lead.fit : 2) > 1", Some(Kind::Number)),
        ("lead.fit - date('2026-01-01') > 3", Some(Kind::Date)),
        ("has(lead.fit) && lead.fit == 'x'", Some(Kind::Text)),
        ("has(lead.fit)", None),
        ("'x' in lead.fit", None),
        ("size(lead.fit) > 0", None),
        ("lead.fit", None),
    ] {
        check(source, &[("lead.fit", kind)]);
    }
}

#[test]
fn every_name_is_told_once_in_order_of_the_alphabet() {
    check(
        "lead.industry in rep.preferences && lead.employees >= 3 && lead.industry != 'x'",
        &[
            ("lead.employees", Some(Kind::Number)),
            ("lead.industry", Some(Kind::Text)),
            ("rep.preferences", None),
        ],
    );
    check(
        "lead.employees <= rep.limit",
        &[("lead.employees", None), ("rep.limit", None)],
    );
}

#[test]
fn comparing_a_state_reads_the_country_beside_it() {
    check(
        "lead.state == 'CA'",
        &[("lead.country", None), ("lead.state", Some(Kind::Text))],
    );
    check("has(lead.state)", &[("lead.state", None)]);
}

#[test]
fn pair_fields_are_told_apart_from_columns() {
    let expression = parse(
        "pair.skill > 50 && pair.distance_km < 9",
        Allowed::ALL,
        Position::Nowhere,
        "that",
    );
    let expression = expression.expect("it parses");
    assert_eq!(
        expression.pair_fields().collect::<Vec<_>>(),
        ["distance_km", "skill"]
    );
    assert_eq!(expression.columns().count(), 0);
    assert!(expression.reads(Variable::Pair) && !expression.reads(Variable::Lead));
}
