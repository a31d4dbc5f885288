//! Checks of comparisons, membership and arithmetic.

use super::Variable;
use super::check::{Checked, Checker, both, type_hint};
use super::code::{Code, Op};
use super::datum::Datum;
use super::kinds::Type;
use super::manner::Manner;
use super::tree::{Node, Operator, What};
use crate::model::Kind;

impl Checker<'_, '_> {
    pub fn comparison(&mut self, at: usize, operator: Operator, left: &Node, right: &Node) -> Checked {
        let (one, other) = (self.node(left), self.node(right));
        let ((one, kind), (other, other_kind)) = (one?, other?);
        if !kind.fits(other_kind) {
            let hint = comparison_hint(left, kind, right, other_kind);
            let expected = format!("two values of one type with `{}`", operator.sign());
            return self.clash(at, both(left, kind, right, other_kind), &expected, hint);
        }
        if kind == Type::Many(None) || other_kind == Type::Many(None) {
            let hint = "`size(lead.skills) == 0` tells whether a list is empty".to_owned();
            return self.clash(
                at,
                "an empty list, which compares with nothing".into(),
                "a filled list",
                Some(hint),
            );
        }
        let common = kind.or(other_kind);
        let orderly = matches!(common, Type::Nothing | Type::NUMBER | Type::TEXT | Type::DATE);
        if operator.orders() && !orderly {
            let found = both(left, kind, right, other_kind);
            let expected = format!("numbers, dates or texts with `{}`", operator.sign());
            return self.clash(at, found, &expected, None);
        }
        let below = if matches!(common.kind(), Some(Kind::Text | Kind::List)) {
            let manner = if operator.tests_equality() {
                manner(left).or_else(|| manner(right)).unwrap_or(Manner::Folded)
            } else {
                Manner::Folded
            };
            vec![
                self.canonical(manner, left, one),
                self.canonical(manner, right, other),
            ]
        } else {
            vec![one, other]
        };
        Some((self.make(Op::Compare(operator), below), Type::BOOLEAN))
    }

    pub fn membership(&mut self, at: usize, left: &Node, right: &Node) -> Checked {
        let (item, list) = (self.node(left), self.container(right));
        let ((item, kind), (list, items)) = (item?, list?);
        if kind.is_list() {
            let hint = format!(
                "does any item do? `{}.exists(item, item in …)`; must every one? `all`",
                left.describe().trim_matches('`')
            );
            let found = format!("{} is {}", left.describe(), kind.phrase());
            return self.clash(left.at, found, "one value before `in`", Some(hint));
        }
        let inner = match items {
            Type::Many(inner) => inner.map_or(Type::Nothing, Type::of_column),
            other => other,
        };
        if !kind.fits(inner) {
            let found = format!(
                "{} is {} and the items of {} are {}",
                left.describe(),
                kind.phrase(),
                right.describe(),
                inner.phrase()
            );
            return self.clash(
                at,
                found,
                "an item of the list's type with `in`",
                type_hint(left, inner),
            );
        }
        let below = if kind.or(inner) == Type::TEXT {
            let manner = manner(left).or_else(|| manner(right)).unwrap_or(Manner::Folded);
            vec![
                self.canonical(manner, left, item),
                self.canonical(manner, right, list),
            ]
        } else {
            vec![item, list]
        };
        Some((self.make(Op::In, below), Type::BOOLEAN))
    }

    /// What stands on the right of `in`: an empty cell is an empty list there, and a text a list.
    fn container(&mut self, node: &Node) -> Checked {
        let (code, kind) = match &node.what {
            What::Field(variable @ (Variable::Lead | Variable::Rep), name) => {
                self.field(node.at, *variable, name, Some(Datum::empty_list()))?
            }
            _ => self.node(node)?,
        };
        match kind {
            Type::Many(_) | Type::Nothing => Some((code, kind)),
            Type::TEXT => Some((self.make(Op::Split, vec![code]), Type::TEXTS)),
            Type::One(_) => {
                let found = format!("{} is {}", node.describe(), kind.phrase());
                self.clash(node.at, found, "a list behind `in`", type_hint(node, Type::TEXTS))
            }
        }
    }

    pub fn arithmetic(&mut self, at: usize, operator: Operator, left: &Node, right: &Node) -> Checked {
        let (one, other) = (self.node(left), self.node(right));
        let ((one, kind), (other, other_kind)) = (one?, other?);
        let common = kind.or(other_kind);
        let (op, result) = match (operator, common) {
            (Operator::Add, Type::TEXT) => (Op::Concatenate, Type::TEXT),
            (Operator::Subtract, Type::DATE) => (Op::Days, Type::NUMBER),
            _ => (self.calculation(operator), Type::NUMBER),
        };
        let wanted = match op {
            Op::Concatenate => Type::TEXT,
            Op::Days => Type::DATE,
            _ => Type::NUMBER,
        };
        if kind.fits(wanted) && other_kind.fits(wanted) {
            return Some((self.make(op, vec![one, other]), result));
        }
        let expected = match operator {
            Operator::Add => "two numbers or two texts with `+`".to_owned(),
            Operator::Subtract => "two numbers or two dates with `-`".to_owned(),
            _ => format!("two numbers with `{}`", operator.sign()),
        };
        let hint = if kind.fits(wanted) {
            type_hint(right, wanted)
        } else {
            type_hint(left, wanted)
        };
        self.clash(at, both(left, kind, right, other_kind), &expected, hint)
    }

    fn calculation(&mut self, operator: Operator) -> Op {
        Op::Arithmetic {
            operator,
            by_zero: self.reason("division by zero"),
            too_large: self.reason("a number is too large"),
        }
    }

    /// Makes nodes that compare texts without regard to case.
    pub fn folded(&self, code: Code) -> Code {
        self.make(Op::Canonical(Manner::Folded), vec![code])
    }
}

/// How the texts of a node compare, if its fields say so.
fn manner(node: &Node) -> Option<Manner> {
    match &node.what {
        What::Field(_, name) => Manner::of_field(name),
        What::Choice(_, then, otherwise) => manner(then).or_else(|| manner(otherwise)),
        What::List(items) => items.iter().find_map(manner),
        _ => None,
    }
}

fn comparison_hint(left: &Node, kind: Type, right: &Node, other: Type) -> Option<String> {
    let date = || Some("a date is written `date('2026-05-01')`".to_owned());
    match (kind, other) {
        (Type::Many(_), Type::TEXT) => Some(contains(right, left)),
        (Type::TEXT, Type::Many(_)) => Some(contains(left, right)),
        (Type::DATE, _) if matches!(right.what, What::Text(_)) => date(),
        (_, Type::DATE) if matches!(left.what, What::Text(_)) => date(),
        (Type::TEXT, Type::NUMBER) => quoted(right).or_else(|| type_hint(left, other)),
        (Type::NUMBER, Type::TEXT) => quoted(left).or_else(|| type_hint(right, kind)),
        (Type::BOOLEAN, _) if matches!(right.what, What::Text(_)) => {
            Some("yes and no are written `true` and `false`".into())
        }
        _ => None,
    }
}

fn contains(item: &Node, list: &Node) -> String {
    let bare = |node: &Node| node.describe().trim_matches('`').to_owned();
    format!(
        "`{} in {}` tells whether a list holds an item",
        bare(item),
        bare(list)
    )
}

fn quoted(node: &Node) -> Option<String> {
    match node.what {
        What::Number(number) => Some(format!("as text it is written `'{number}'`")),
        _ => None,
    }
}
