//! Tests of expressions as a whole: from the text to the answer or the mistake.

mod distinct;
mod meaning;
mod mistakes;
mod names;
mod oracle;
mod random;
mod soup;

use super::{Allowed, Answer, Compiled, Scope, Want, compile, parse};
use crate::mistake::{Mistakes, Position};
use crate::model::{AsOf, Column, Country, Frame, Kind, Moment, Value};
use jiff::tz::TimeZone;

/// The pair fields of all tests.
const PAIR: [&str; 2] = ["distance_km", "skill"];

/// A frame of columns, each with its type and cells; all of one length.
fn frame(columns: &[(&str, Kind, Vec<Value>)]) -> Frame {
    let rows = columns.first().map_or(0, |(_, _, cells)| cells.len());
    let mut frame = Frame::new(rows, Vec::new());
    for (name, kind, cells) in columns {
        frame.set(column(name, *kind, cells));
    }
    frame
}

fn column(name: &str, kind: Kind, cells: &[Value]) -> Column {
    let mut values = vec![Value::Empty];
    let codes = cells.iter().map(|cell| {
        let known = values.iter().position(|value| value == cell);
        let at = known.unwrap_or_else(|| {
            values.push(cell.clone());
            values.len() - 1
        });
        u32::try_from(at).expect("few values")
    });
    Column {
        name: name.into(),
        header: name.into(),
        kind,
        codes: codes.collect(),
        values,
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| (*item).into()).collect())
}

/// One lead with something in it of every type.
fn lead() -> Frame {
    frame(&[
        ("id", Kind::Text, vec![text("0014000000rMPzFAAW")]),
        ("state", Kind::Text, vec![text("CA")]),
        ("industry", Kind::Text, vec![text("Software ")]),
        ("email", Kind::Text, vec![text("ann@Example.com")]),
        ("rating", Kind::Text, vec![Value::Empty]),
        ("products", Kind::Text, vec![text("CRM; Billing | Support")]),
        ("time_zone", Kind::Text, vec![text("America/New_York")]),
        ("skills", Kind::List, vec![list(&["German", "Cloud"])]),
        ("tags", Kind::List, vec![Value::Empty]),
        ("employees", Kind::Number, vec![Value::Number(120.0)]),
        ("revenue", Kind::Number, vec![Value::Empty]),
        ("zero", Kind::Number, vec![Value::Number(0.0)]),
        ("hot", Kind::Boolean, vec![Value::Boolean(true)]),
        ("cold", Kind::Boolean, vec![Value::Boolean(false)]),
        ("maybe", Kind::Boolean, vec![Value::Empty]),
        ("created_at", Kind::Date, vec![Value::Date(Moment(1_777_593_600))]),
    ])
}

/// One rep.
fn rep() -> Frame {
    frame(&[
        ("id", Kind::Text, vec![text("R1")]),
        ("state", Kind::Text, vec![text("California")]),
        ("country", Kind::Text, vec![text("USA")]),
        ("time_zone", Kind::Text, vec![text("EST")]),
        ("languages", Kind::List, vec![list(&["german", "English"])]),
        ("preferences", Kind::List, vec![list(&["SOFTWARE", "Retail"])]),
        ("territories", Kind::List, vec![Value::Empty]),
        ("experience_years", Kind::Number, vec![Value::Number(7.0)]),
        ("limit", Kind::Number, vec![Value::Number(120.0)]),
    ])
}

fn as_of() -> AsOf {
    AsOf {
        moment: Moment(1_782_900_000),
        zone: TimeZone::UTC,
    }
}

/// Parses and compiles over two frames, and hands the result on.
fn with<T>(
    source: &str,
    want: Want,
    frames: (&Frame, &Frame),
    then: impl FnOnce(&Compiled<'_>) -> T,
) -> Result<T, Mistakes> {
    let expression = parse(source, Allowed::ALL, Position::File("rules.toml".into()), "that")?;
    let as_of = as_of();
    let scope = Scope {
        lead: frames.0,
        rep: frames.1,
        pair: &PAIR,
        lead_fields: &["score", "city"],
        rep_fields: &["performance", "city"],
        country: Some(Country(*b"US")),
        as_of: &as_of,
    };
    Ok(then(&compile(&expression, &scope, want)?))
}

/// What a source comes to for the one lead and the one rep, 12 km apart.
fn answer(source: &str) -> Answer {
    let pair = |field: usize| (field == 0).then_some(12.0);
    with(source, Want::Any, (&lead(), &rep()), |compiled| {
        compiled.evaluate(Some(0), Some(0), &pair)
    })
    .unwrap_or_else(|mistakes| panic!("{source}\n{mistakes}"))
}
