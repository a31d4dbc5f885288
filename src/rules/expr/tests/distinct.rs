//! Deciding once per distinct value says what deciding every pair says.

use super::random::{self, Dialect};
use super::{column, frame, text, with};
use crate::model::{Frame, Kind, Value};
use crate::rules::expr::{Answer, Bound, Compiled, Want};
use proptest::prelude::*;

/// Pair fields that depend on both; some are not known.
fn pair(lead: usize, rep: usize, field: usize) -> Option<f64> {
    let numbers = [None, Some(0.0), Some(0.5), Some(2.0)];
    numbers[(lead * 3 + rep * 5 + field * 7) % numbers.len()]
}

/// Every way to ask a bound expression says what plain evaluation says.
fn agree(compiled: &Compiled<'_>, leads: usize, reps: usize) -> Result<(), TestCaseError> {
    let bound = Bound::new(compiled);
    for lead in 0..leads {
        let key = bound.lead_key(lead);
        prop_assert!((key as usize) < bound.lead_keys());
        let mut numbers = vec![-7.0; reps];
        bound.numbers(key, &|field, rep| pair(lead, rep, field), &mut numbers);
        let mut kept = vec![true; reps];
        bound.clear_false(key, &|field, rep| pair(lead, rep, field), &mut kept);
        for rep in 0..reps {
            prop_assert!((bound.rep_key(rep) as usize) < bound.rep_keys());
            let fields = |field| pair(lead, rep, field);
            let plain = compiled.evaluate(Some(lead), Some(rep), &fields);
            prop_assert_eq!(&bound.answer(key, rep, &fields), &plain);
            prop_assert_eq!(bound.boolean(key, rep, &fields), plain.truth());
            prop_assert_eq!(bound.number(key, rep, &fields), plain.number());
            let reason = bound.reason(key, rep, &fields);
            prop_assert_eq!(reason.as_deref(), plain.reason());
            prop_assert_eq!((!numbers[rep].is_nan()).then_some(numbers[rep]), plain.number());
            prop_assert_eq!(kept[rep], plain.holds());
        }
    }
    Ok(())
}

fn check(source: &str, lead: &Frame, rep: &Frame) -> Result<(), TestCaseError> {
    let result = with(source, Want::NumberOrBoolean, (lead, rep), |compiled| {
        let (leads, reps) = (compiled.per_lead(), compiled.per_rep());
        for row in 0..lead.rows {
            let plain = compiled.evaluate(Some(row), None, &|_| None);
            prop_assert_eq!(leads.answer(row), &plain);
        }
        for row in 0..rep.rows {
            let plain = compiled.evaluate(None, Some(row), &|_| None);
            prop_assert_eq!(reps.answer(row), &plain);
        }
        agree(compiled, lead.rows, rep.rows)
    });
    result.map_err(|mistakes| TestCaseError::fail(mistakes.to_string()))?
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn conditions_are_decided_as_if_pair_by_pair(
        source in random::boolean(Dialect::Rules),
        lead in random::frame(Dialect::Rules),
        rep in random::frame(Dialect::Rules),
    ) {
        check(&source, &lead, &rep)?;
    }

    #[test]
    fn values_are_decided_as_if_pair_by_pair(
        source in random::number(Dialect::Rules),
        lead in random::frame(Dialect::Rules),
        rep in random::frame(Dialect::Rules),
    ) {
        check(&source, &lead, &rep)?;
    }
}

/// The numbers of keys of leads and reps that an expression tells apart.
fn keys(source: &str, lead: &Frame, rep: &Frame) -> (usize, usize) {
    let keys = |compiled: &Compiled<'_>| {
        let bound = Bound::new(compiled);
        (bound.lead_keys(), bound.rep_keys())
    };
    with(source, Want::NumberOrBoolean, (lead, rep), keys).expect(source)
}

fn cycle(texts: &[&str], rows: usize) -> Vec<Value> {
    texts.iter().cycle().take(rows).map(|one| text(one)).collect()
}

#[test]
fn rows_that_make_no_difference_share_a_key() {
    let number = |number: u8| Value::Number(f64::from(number));
    let lead = frame(&[
        ("size", Kind::Number, (0..100).map(number).collect()),
        (
            "industry",
            Kind::Text,
            cycle(&["Retail", "retail ", "Banks", "Arms"], 100),
        ),
    ]);
    let rep = frame(&[
        ("years", Kind::Number, (0..10).map(number).collect()),
        ("likes", Kind::Text, cycle(&["retail", "Banks"], 10)),
    ]);
    for (source, expected) in [
        ("lead.size >= 50", (2, 1)),
        ("lead.size >= 50 && lead.industry == 'retail'", (2, 1)),
        ("rep.years >= 5", (1, 2)),
        ("lead.size >= 50 && rep.years >= 5", (2, 2)),
        ("lead.industry == rep.likes", (3, 2)),
        ("lead.size / 10 >= rep.years", (10, 10)),
        ("lead.size < 200 || rep.years > 3", (1, 1)),
        ("pair.skill > 50", (1, 1)),
        ("pair.skill > lead.size", (100, 1)),
        ("true", (1, 1)),
    ] {
        assert_eq!(keys(source, &lead, &rep), expected, "{source}");
    }
}

#[test]
fn no_rows_have_no_keys() {
    let none = Frame::new(0, Vec::new());
    assert_eq!(keys("true", &none, &none), (0, 0));
    let rep = frame(&[("years", Kind::Number, vec![Value::Number(1.0)])]);
    assert_eq!(keys("rep.years > 0 && has(lead.score)", &none, &rep), (0, 1));
}

#[test]
fn pairs_too_many_for_a_table_are_decided_one_by_one() {
    let numbers = |count: u32| {
        (0..count)
            .map(|number| Value::Number(f64::from(number)))
            .collect::<Vec<_>>()
    };
    let coded = |name: &str, count: u32| {
        let mut column = column(name, Kind::Number, &[]);
        column.codes = (1..=count).collect();
        column.values.extend(numbers(count));
        let mut frame = Frame::new(count as usize, Vec::new());
        frame.set(column);
        frame
    };
    let (lead, rep) = (coded("size", 5_000), coded("limit", 2_000));
    let decided = with(
        "lead.size - rep.limit <= -1000",
        Want::Boolean,
        (&lead, &rep),
        |compiled| {
            let bound = Bound::new(compiled);
            assert_eq!((bound.lead_keys(), bound.rep_keys()), (5_000, 2_000));
            [(0, 1_000), (1, 1_000), (999, 1_999), (4_999, 0)]
                .map(|(lead, rep)| bound.answer(bound.lead_key(lead), rep, &|_| None))
        },
    );
    let expected = [true, false, true, false].map(Answer::Boolean);
    assert_eq!(decided.expect("it compiles"), expected);
}
