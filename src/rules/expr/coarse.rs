//! Makes no difference between lead values that no rep tells apart: a number counts only by its place
//! among the reps' numbers, and a text that no rep has is like any other that none has.

use super::code::{Code, Op, Side};
use super::datum::Datum;
use super::vector::Vector;
use std::collections::{HashMap, HashSet};

/// What a value of a lead is to the reps.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Class {
    /// Like no other.
    Itself(Datum),
    /// Like every value that no rep has.
    Absent,
    /// By how many of the reps' numbers are less, and whether one is equal.
    Place(usize, bool),
}

/// Coarsens the lead parts that are only compared with a rep part.
pub(super) fn coarsen(rest: &Code, lead: &mut [Vector], rep: &[Vector]) {
    if let [left, right] = rest.below.as_slice() {
        match (&rest.op, &left.op, &right.op) {
            (Op::Compare(operator), Op::Part(Side::Lead, own), Op::Part(Side::Rep, other))
            | (Op::Compare(operator), Op::Part(Side::Rep, other), Op::Part(Side::Lead, own)) => {
                let others = &rep[*other].values;
                if operator.orders() {
                    by_place(&mut lead[*own], others);
                } else {
                    by_presence(&mut lead[*own], others.iter());
                }
            }
            (Op::In, Op::Part(Side::Lead, own), Op::Part(Side::Rep, other)) => {
                by_presence(&mut lead[*own], rep[*other].values.iter().flat_map(items));
            }
            _ => {}
        }
    }
    for below in &rest.below {
        coarsen(below, lead, rep);
    }
}

fn items(list: &Datum) -> &[Datum] {
    match list {
        Datum::List(items) => items,
        _ => &[],
    }
}

fn by_presence<'v>(vector: &mut Vector, others: impl Iterator<Item = &'v Datum>) {
    let others: HashSet<&Datum> = others.collect();
    merge(vector, |value| match value {
        Datum::Number(_) | Datum::Date(_) | Datum::Text(_) if !others.contains(value) => Class::Absent,
        _ => Class::Itself(value.clone()),
    });
}

fn by_place(vector: &mut Vector, others: &[Datum]) {
    let mut numbers: Vec<f64> = others.iter().filter_map(number).collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    merge(vector, |value| match number(value) {
        Some(number) => {
            let less = numbers.partition_point(|other| *other < number);
            let equal = numbers.get(less).is_some_and(|other| *other <= number);
            Class::Place(less, equal)
        }
        None => Class::Itself(value.clone()),
    });
}

#[expect(
    clippy::cast_precision_loss,
    reason = "moments of some thousand years are exact, and far from 2^53"
)]
fn number(value: &Datum) -> Option<f64> {
    match value {
        Datum::Number(number) => Some(*number),
        Datum::Date(moment) => Some(moment.0 as f64),
        _ => None,
    }
}

/// Puts the first value of every class in the place of all.
fn merge(vector: &mut Vector, class: impl Fn(&Datum) -> Class) {
    let mut numbers = HashMap::new();
    let mut kept = Vec::new();
    let renumbered: Vec<u32> = vector
        .values
        .iter()
        .map(|value| {
            let next = u32::try_from(kept.len()).expect("there are no more values than rows");
            *numbers.entry(class(value)).or_insert_with(|| {
                kept.push(value.clone());
                next
            })
        })
        .collect();
    for code in &mut vector.codes {
        *code = renumbered[*code as usize];
    }
    vector.values = kept;
}
