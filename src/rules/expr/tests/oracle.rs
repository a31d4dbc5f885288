//! Where the `cel` crate's own execution means the same, it says the same.

use super::random::{self, Dialect};
use super::with;
use crate::model::{Frame, Value};
use crate::rules::expr::{Answer, Want};
use cel::{Context, Program};
use proptest::prelude::*;
use std::collections::HashMap;

/// A row as a variable of the `cel` crate.
fn variable(frame: &Frame, row: usize) -> HashMap<String, cel::Value> {
    let cell = |value: &Value| match value {
        Value::Number(number) => cel::Value::Float(*number),
        Value::Boolean(yes) => cel::Value::Bool(*yes),
        Value::Text(text) => cel::Value::from(text.clone()),
        Value::List(items) => cel::Value::from(items.clone()),
        other => panic!("{other:?} is not of the common subset"),
    };
    let columns = frame.columns.iter();
    columns
        .map(|column| (column.name.clone(), cell(column.value(row))))
        .collect()
}

fn executed(source: &str, lead: &Frame, rep: &Frame) -> Answer {
    let mut context = Context::default();
    context.add_variable_from_value("lead", variable(lead, 0));
    context.add_variable_from_value("rep", variable(rep, 0));
    let program = Program::compile(source).expect("it parses");
    match program.execute(&context) {
        Ok(cel::Value::Bool(yes)) => Answer::Boolean(yes),
        Ok(cel::Value::Float(number)) => Answer::Number(number + 0.0),
        other => panic!("{source}: {other:?}"),
    }
}

fn check(source: &str, lead: &Frame, rep: &Frame) -> Result<(), TestCaseError> {
    let ours = with(source, Want::NumberOrBoolean, (lead, rep), |compiled| {
        compiled.evaluate(Some(0), Some(0), &|_| None)
    });
    let ours = ours.map_err(|mistakes| TestCaseError::fail(format!("{source}\n{mistakes}")))?;
    prop_assert_eq!(ours, executed(source, lead, rep), "{}", source);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn yes_and_no_are_those_of_the_cel_crate(
        source in random::boolean(Dialect::Common),
        lead in random::frame(Dialect::Common),
        rep in random::frame(Dialect::Common),
    ) {
        check(&source, &lead, &rep)?;
    }

    #[test]
    fn numbers_are_those_of_the_cel_crate(
        source in random::number(Dialect::Common),
        lead in random::frame(Dialect::Common),
        rep in random::frame(Dialect::Common),
    ) {
        check(&source, &lead, &rep)?;
    }
}
