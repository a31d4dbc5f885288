//! The evaluation of a compiled expression, with three-valued logic.

use super::code::{Code, Items, Op, Sources};
use super::datum::Datum;
use super::tree::Operator;
use crate::model::Value;

impl Code {
    /// The value for what `sources` gives.
    pub fn evaluate(&self, sources: &Sources<'_>, items: Option<&Items<'_>>) -> Datum {
        let value = |at: usize| self.below[at].evaluate(sources, items);
        match &self.op {
            Op::Constant(datum) => datum.clone(),
            Op::Column { slot, empty } => {
                (sources.cell)(*slot).map_or_else(|| empty.clone(), |cell| Datum::of_cell(cell, empty))
            }
            Op::Filled(slot) => Datum::Boolean((sources.cell)(*slot).is_some_and(|cell| !cell.is_empty())),
            Op::Pair { field, missing } => match (sources.pair)(*field) {
                Some(number) => Datum::number(number, *missing),
                None => Datum::Unknown(*missing),
            },
            Op::PairKnown(field) => Datum::Boolean((sources.pair)(*field).is_some()),
            Op::Item(level) => item(items, *level),
            Op::Part(side, part) => (sources.part)(*side, *part),
            Op::And => together(value(0), || value(1), false),
            Op::Or => together(value(0), || value(1), true),
            Op::Choice => match value(0) {
                Datum::Boolean(true) => value(1),
                Datum::Boolean(false) => value(2),
                unknown => unknown,
            },
            Op::In => holds(value(0), &value(1)),
            Op::List => Datum::List((0..self.below.len()).map(value).collect()),
            Op::Quantified { all } => self.quantified(*all, sources, items),
            Op::Canonical(manner) => {
                if let Op::Column { slot, .. } = self.below[0].op
                    && let Some(Value::Text(text)) = (sources.cell)(slot)
                    && self.below.len() == 1
                {
                    return sources.setting.canonical_text(*manner, text, None);
                }
                let country = self.below.get(1).map(|node| node.evaluate(sources, items));
                sources.setting.canonical(*manner, &value(0), country.as_ref())
            }
            Op::Least | Op::Greatest => self.extreme(sources, items),
            _ => match self.below.len() {
                1 => known(value(0), |inner| self.one(inner)),
                _ => known(value(0), |left| known(value(1), |right| self.two(&left, &right))),
            },
        }
    }

    /// The value of a node above one known value.
    fn one(&self, inner: Datum) -> Datum {
        match (&self.op, inner) {
            (Op::Not, Datum::Boolean(yes)) => Datum::Boolean(!yes),
            (Op::Negate, Datum::Number(number)) => Datum::Number(0.0 - number),
            (Op::Truncate, Datum::Number(number)) => Datum::Number(number.trunc() + 0.0),
            (Op::Size, Datum::Text(text)) => count(text.chars().count()),
            (Op::Size, Datum::List(items)) => count(items.len()),
            (Op::Split, Datum::Text(text)) => Datum::List(split(&text).map(Datum::text).collect()),
            (Op::Matches(pattern), Datum::Text(text)) => Datum::Boolean(pattern.is_match(text.trim())),
            (Op::ReadNumber { not_a_number }, Datum::Text(text)) => match text.trim().parse() {
                Ok(number) => Datum::number(number, *not_a_number),
                Err(_) => Datum::Unknown(*not_a_number),
            },
            (Op::Write, Datum::Number(number)) => Datum::text(&number.to_string()),
            (Op::Write, Datum::Boolean(yes)) => Datum::text(if yes { "true" } else { "false" }),
            (Op::Lower, Datum::Text(text)) => Datum::text(&text.to_lowercase()),
            (Op::Upper, Datum::Text(text)) => Datum::text(&text.to_uppercase()),
            (_, inner) => inner,
        }
    }

    /// The value of a node above two known values.
    fn two(&self, left: &Datum, right: &Datum) -> Datum {
        match (&self.op, left, right) {
            (Op::Compare(operator), ..) => Datum::Boolean(compare(*operator, left, right)),
            (
                Op::Arithmetic {
                    operator,
                    by_zero,
                    too_large,
                },
                Datum::Number(left),
                Datum::Number(right),
            ) => match calculate(*operator, *left, *right) {
                Some(number) => Datum::number(number, *too_large),
                None => Datum::Unknown(*by_zero),
            },
            (Op::Concatenate, Datum::Text(left), Datum::Text(right)) => {
                Datum::text(&format!("{left}{right}"))
            }
            (Op::Days, Datum::Date(left), Datum::Date(right)) => {
                Datum::Number(days(left.0.saturating_sub(right.0)))
            }
            (Op::Contains, Datum::Text(left), Datum::Text(right)) => Datum::Boolean(left.contains(&**right)),
            (Op::StartsWith, Datum::Text(left), Datum::Text(right)) => {
                Datum::Boolean(left.starts_with(&**right))
            }
            (Op::EndsWith, Datum::Text(left), Datum::Text(right)) => Datum::Boolean(left.ends_with(&**right)),
            _ => left.clone(),
        }
    }

    fn extreme(&self, sources: &Sources<'_>, items: Option<&Items<'_>>) -> Datum {
        let mut values = self.below.iter().map(|node| node.evaluate(sources, items));
        let mut best = f64::NAN;
        for value in &mut values {
            match value {
                Datum::Number(number) if matches!(self.op, Op::Least) => best = best.min(number),
                Datum::Number(number) => best = best.max(number),
                unknown => return unknown,
            }
        }
        Datum::Number(best)
    }

    fn quantified(&self, all: bool, sources: &Sources<'_>, items: Option<&Items<'_>>) -> Datum {
        let list = match self.below[0].evaluate(sources, items) {
            Datum::List(list) => list,
            unknown => return unknown,
        };
        let decided = !all;
        let mut so_far = Datum::Boolean(all);
        for item in list.iter() {
            let inner = Items { item, outer: items };
            so_far = together(so_far, || self.below[1].evaluate(sources, Some(&inner)), decided);
            if so_far == Datum::Boolean(decided) {
                break;
            }
        }
        so_far
    }
}

/// Passes an unknown value on, and a known one to the next step.
fn known(value: Datum, next: impl FnOnce(Datum) -> Datum) -> Datum {
    match value {
        Datum::Unknown(_) => value,
        _ => next(value),
    }
}

/// `&&` (decided by `false`) and `||` (decided by `true`) with three values; of two unknown sides the
/// first gives the reason.
fn together(left: Datum, right: impl FnOnce() -> Datum, decided: bool) -> Datum {
    if left == Datum::Boolean(decided) {
        return left;
    }
    match (left, right()) {
        (Datum::Boolean(_), right) => right,
        (_, Datum::Boolean(right)) if right == decided => Datum::Boolean(decided),
        (unknown, _) => unknown,
    }
}

/// Whether a list holds an item: never in an empty one, whatever the item is.
fn holds(item: Datum, list: &Datum) -> Datum {
    let Datum::List(list) = list else {
        return list.clone();
    };
    if list.is_empty() {
        return Datum::Boolean(false);
    }
    known(item, |item| {
        let mut unknown = None;
        for candidate in list.iter() {
            match candidate {
                Datum::Unknown(_) => unknown = unknown.or_else(|| Some(candidate.clone())),
                _ if item.same(candidate) => return Datum::Boolean(true),
                _ => {}
            }
        }
        unknown.unwrap_or(Datum::Boolean(false))
    })
}

pub(super) fn compare(operator: Operator, left: &Datum, right: &Datum) -> bool {
    match operator {
        Operator::Equal => left.same(right),
        Operator::NotEqual => !left.same(right),
        Operator::Less => left.order(right).is_some_and(std::cmp::Ordering::is_lt),
        Operator::LessOrEqual => left.order(right).is_some_and(std::cmp::Ordering::is_le),
        Operator::Greater => left.order(right).is_some_and(std::cmp::Ordering::is_gt),
        _ => left.order(right).is_some_and(std::cmp::Ordering::is_ge),
    }
}

/// The result, or nothing where it would be a division by zero.
pub(super) fn calculate(operator: Operator, left: f64, right: f64) -> Option<f64> {
    match operator {
        Operator::Add => Some(left + right),
        Operator::Subtract => Some(left - right),
        Operator::Multiply => Some(left * right),
        _ if right == 0.0 => None,
        Operator::Divide => Some(left / right),
        _ => Some(left % right),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "moments are within some thousand years"
)]
fn days(seconds: i64) -> f64 {
    seconds as f64 / 86_400.0
}

#[expect(clippy::cast_precision_loss, reason = "cells are far smaller than 2^53")]
fn count(size: usize) -> Datum {
    Datum::Number(size as f64)
}

fn item(items: Option<&Items<'_>>, level: usize) -> Datum {
    let mut at = items;
    for _ in 0..level {
        at = at.and_then(|items| items.outer);
    }
    at.map_or_else(Datum::empty_list, |items| items.item.clone())
}

/// The items of a text that stands for a list.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
}
