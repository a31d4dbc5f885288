//! Random expressions over random columns.

use super::{column, text};
use crate::model::{Frame, Kind, Value};
use proptest::prelude::*;

/// Which expressions to make.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Those that mean the same to the `cel` crate, over filled cells.
    Common,
    /// All that rules can say.
    Rules,
}

/// The columns of both frames: their types and a few cells that come again and again.
const COLUMNS: [(&str, Kind); 6] = [
    ("n", Kind::Number),
    ("m", Kind::Number),
    ("t", Kind::Text),
    ("u", Kind::Text),
    ("b", Kind::Boolean),
    ("l", Kind::List),
];

fn cell(kind: Kind, dialect: Dialect) -> BoxedStrategy<Value> {
    let word = || prop::sample::select(vec!["a", "b", "ab", "c d"]);
    let filled = match kind {
        Kind::Number => (-3..4i8)
            .prop_map(|number| Value::Number(f64::from(number) / 2.0))
            .boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Kind::List => prop::collection::vec(word().prop_map(String::from), 1..3)
            .prop_map(Value::List)
            .boxed(),
        _ if dialect == Dialect::Rules => prop::sample::select(vec!["a", " A ", "B", "ab", "a;b"])
            .prop_map(text)
            .boxed(),
        _ => word().prop_map(text).boxed(),
    };
    if dialect == Dialect::Common {
        filled
    } else {
        prop_oneof![3 => filled, 1 => Just(Value::Empty)].boxed()
    }
}

/// A frame with a few rows.
pub(super) fn frame(dialect: Dialect) -> impl Strategy<Value = Frame> {
    (1..7usize).prop_flat_map(move |rows| {
        let columns = COLUMNS.map(|(_, kind)| prop::collection::vec(cell(kind, dialect), rows));
        columns.prop_map(move |columns| {
            let mut frame = Frame::new(rows, Vec::new());
            for ((name, kind), cells) in COLUMNS.iter().zip(columns) {
                frame.set(column(name, *kind, &cells));
            }
            frame
        })
    })
}

fn field(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    (
        prop::sample::select(vec!["lead", "rep"]),
        prop::sample::select(names),
    )
        .prop_map(|(variable, name)| format!("{variable}.{name}"))
}

fn texts(dialect: Dialect) -> BoxedStrategy<String> {
    let literal = prop::sample::select(vec!["'a'", "'b'", "'ab'", "'c d'"]).prop_map(String::from);
    let other = prop::sample::select(vec!["'A'", "' ab '"]).prop_map(String::from);
    let leaf = if dialect == Dialect::Common {
        prop_oneof![literal, field(&["t", "u"])].boxed()
    } else {
        prop_oneof![literal, field(&["t", "u"]), other].boxed()
    };
    (leaf.clone(), leaf)
        .prop_flat_map(
            |(one, other)| prop_oneof![3 => Just(one.clone()), 1 => Just(format!("({one} + {other})"))],
        )
        .boxed()
}

fn numbers(dialect: Dialect) -> BoxedStrategy<String> {
    let literal = prop::sample::select(vec!["0.0", "0.5", "1.0", "-1.0", "2.0"]).prop_map(String::from);
    let field = field(&["n", "m"]);
    let leaf = if dialect == Dialect::Common {
        prop_oneof![literal, field].boxed()
    } else {
        let pair = prop::sample::select(vec!["pair.skill", "pair.distance_km"]).prop_map(String::from);
        prop_oneof![2 => literal, 4 => field, 1 => pair, 1 => Just("1".to_string())].boxed()
    };
    leaf.prop_recursive(2, 6, 2, move |inner| {
        let signs = if dialect == Dialect::Common {
            vec!["+", "-", "*"]
        } else {
            vec!["+", "-", "*", "/", "%"]
        };
        let two = (inner.clone(), prop::sample::select(signs), inner.clone());
        let two = two.prop_map(|(left, sign, right)| format!("({left} {sign} {right})"));
        let negated = inner.clone().prop_map(|inner| format!("-({inner})"));
        if dialect == Dialect::Common {
            prop_oneof![4 => two, 1 => negated].boxed()
        } else {
            let least = (inner.clone(), inner).prop_map(|(one, other)| format!("math.least({one}, {other})"));
            let whole = two.clone().prop_map(|inner| format!("int({inner})"));
            prop_oneof![4 => two, 1 => negated, 1 => least, 1 => whole].boxed()
        }
    })
    .boxed()
}

/// An expression that is yes or no.
pub(super) fn boolean(dialect: Dialect) -> BoxedStrategy<String> {
    let sign = || prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    let compared = |side: BoxedStrategy<String>| {
        (side.clone(), sign(), side).prop_map(|(left, sign, right)| format!("{left} {sign} {right}"))
    };
    let search = prop::sample::select(vec!["contains", "startsWith", "endsWith"]);
    let searched = (texts(dialect), search, texts(dialect))
        .prop_map(|(text, function, part)| format!("{text}.{function}({part})"));
    let member = (texts(dialect), field(&["l"])).prop_map(|(text, list)| format!("{text} in {list}"));
    let chosen = texts(dialect).prop_map(|text| format!("{text} in ['a', 'ab']"));
    let size = (field(&["l", "t"]), 0..3u8).prop_map(|(field, size)| format!("size({field}) > {size}"));
    let some =
        (field(&["l"]), texts(dialect)).prop_map(|(list, text)| format!("{list}.exists(i, i == {text})"));
    let every = (field(&["l"]), field(&["l"])).prop_map(|(one, other)| format!("{one}.all(i, i in {other})"));
    let common = prop_oneof![
        3 => compared(numbers(dialect)),
        3 => compared(texts(dialect)),
        1 => searched,
        2 => member,
        1 => chosen,
        1 => size,
        1 => some,
        1 => every,
        2 => field(&["b"]),
    ];
    let leaf = if dialect == Dialect::Common {
        common.boxed()
    } else {
        let has = field(&["n", "t", "b", "l"]).prop_map(|field| format!("has({field})"));
        let split = (texts(dialect), field(&["t"])).prop_map(|(item, text)| format!("{item} in {text}"));
        prop_oneof![8 => common, 1 => has, 1 => split].boxed()
    };
    leaf.prop_recursive(3, 12, 3, |inner| {
        let two = (
            inner.clone(),
            prop::sample::select(vec!["&&", "||"]),
            inner.clone(),
        );
        let three = (inner.clone(), inner.clone(), inner.clone());
        prop_oneof![
            3 => two.prop_map(|(left, sign, right)| format!("({left} {sign} {right})")),
            1 => inner.prop_map(|inner| format!("!({inner})")),
            1 => three.prop_map(|(yes, one, other)| format!("({yes} ? {one} : {other})")),
        ]
    })
    .boxed()
}

/// An expression that is a number.
pub(super) fn number(dialect: Dialect) -> BoxedStrategy<String> {
    (boolean(dialect), numbers(dialect), numbers(dialect))
        .prop_flat_map(|(yes, one, other)| {
            prop_oneof![
                Just(format!("{yes} ? {one} : {other}")),
                Just(format!("{one} + ({yes} ? 1.0 : {other})")),
            ]
        })
        .boxed()
}
