//! Checks an expression's names and types against the columns and makes its compiled form.

use super::code::{Code, Op, Side};
use super::datum::{Datum, Reason};
use super::fault::Faults;
use super::kinds::Type;
use super::manner::Setting;
use super::tree::{Node, Operator, What};
use super::{Scope, Variable, Want};
use crate::mistake::Kind as MistakeKind;
use crate::model::{Column, Kind};
use std::collections::BTreeSet;

/// A column that an expression reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'f> {
    pub side: Side,
    pub column: &'f Column,
}

/// Makes the compiled form of one expression.
pub(super) struct Checker<'s, 'f> {
    pub scope: &'s Scope<'f>,
    pub setting: &'s Setting,
    pub faults: &'s mut Faults,
    pub slots: Vec<Slot<'f>>,
    pub reasons: Vec<String>,
    pub pair: BTreeSet<usize>,
    items: Vec<(String, Type)>,
}

/// What checking a node gives; nothing where a fault in it was noted.
pub(super) type Checked = Option<(Code, Type)>;

impl<'s, 'f> Checker<'s, 'f> {
    pub fn new(scope: &'s Scope<'f>, setting: &'s Setting, faults: &'s mut Faults) -> Self {
        Self {
            scope,
            setting,
            faults,
            slots: Vec::new(),
            reasons: Vec::new(),
            pair: BTreeSet::new(),
            items: Vec::new(),
        }
    }

    /// Checks the whole expression.
    pub fn root(&mut self, node: &Node, want: Want) -> Checked {
        let (code, kind) = self.node(node)?;
        let fits = match want {
            Want::Boolean => kind.fits(Type::BOOLEAN),
            Want::NumberOrBoolean => kind.fits(Type::BOOLEAN) || kind.fits(Type::NUMBER),
            Want::Any => !kind.is_list() || kind.fits(Type::TEXTS),
        };
        if fits {
            return Some((code, kind));
        }
        let expected = match want {
            Want::Boolean => "yes or no",
            Want::NumberOrBoolean => "yes or no, or a number from 0 to 1",
            Want::Any => "a value or a list of texts",
        };
        let hint = match (&node.what, kind) {
            (What::Field(variable, name), Type::One(Kind::Text)) => {
                Some(format!("compare it: `{}.{name} == '…'`", variable.name()))
            }
            (What::Field(variable, name), Type::One(Kind::Number)) => {
                Some(format!("compare it: `{}.{name} > 0`", variable.name()))
            }
            (What::Field(variable, name), Type::Many(_)) => {
                Some(format!("ask for an item: `'…' in {}.{name}`", variable.name()))
            }
            _ => None,
        };
        self.clash(
            node.at,
            format!("{} is {}", node.describe(), kind.phrase()),
            expected,
            hint,
        )
    }

    /// Notes a clash of types.
    pub fn clash(&mut self, at: usize, found: String, expected: &str, hint: Option<String>) -> Checked {
        self.faults
            .add(MistakeKind::WrongType, at, found, |mistake| match hint {
                Some(hint) => mistake.expected(expected).hint(hint),
                None => mistake.expected(expected),
            });
        None
    }

    /// The reason of a phrase.
    pub fn reason(&mut self, phrase: impl Into<String>) -> Reason {
        let phrase = phrase.into();
        let at = self
            .reasons
            .iter()
            .position(|known| *known == phrase)
            .unwrap_or_else(|| {
                self.reasons.push(phrase);
                self.reasons.len() - 1
            });
        Reason(u16::try_from(at).expect("the length of expressions is bounded"))
    }

    /// Makes a node, or its value where no row changes it.
    pub fn make(&self, op: Op, below: Vec<Code>) -> Code {
        Code::new(op, below).settled(self.setting)
    }

    pub fn node(&mut self, node: &Node) -> Checked {
        let constant = |datum, kind| Some((Code::leaf(Op::Constant(datum)), kind));
        match &node.what {
            What::Number(number) => constant(Datum::Number(*number + 0.0), Type::NUMBER),
            What::Text(text) => constant(Datum::text(text), Type::TEXT),
            What::Boolean(yes) => constant(Datum::Boolean(*yes), Type::BOOLEAN),
            What::Field(variable, name) => self.field(node.at, *variable, name, None),
            What::Has(variable, name) => self.has(node.at, *variable, name),
            What::Item(name) => {
                let inner = self.items.iter().rev().position(|(item, _)| item == name)?;
                let kind = self.items[self.items.len() - 1 - inner].1;
                Some((Code::leaf(Op::Item(inner)), kind))
            }
            What::List(items) => self.list(node.at, items),
            What::Not(inner) => self.unary(inner, Op::Not, Type::BOOLEAN, "!"),
            What::Negate(inner) => self.unary(inner, Op::Negate, Type::NUMBER, "-"),
            What::Choice(condition, then, otherwise) => self.choice(node.at, condition, then, otherwise),
            What::Binary(Operator::And, left, right) => self.logic(Op::And, "&&", left, right),
            What::Binary(Operator::Or, left, right) => self.logic(Op::Or, "||", left, right),
            What::Binary(Operator::In, left, right) => self.membership(node.at, left, right),
            What::Binary(operator, left, right) if operator.compares() => {
                self.comparison(node.at, *operator, left, right)
            }
            What::Binary(operator, left, right) => self.arithmetic(node.at, *operator, left, right),
            What::Call(function, arguments) => self.call(node.at, *function, arguments),
            What::Quantified {
                all,
                item,
                list,
                condition,
            } => self.quantified(*all, item, list, condition),
        }
    }

    fn list(&mut self, at: usize, items: &[Node]) -> Checked {
        let checked: Vec<_> = items.iter().map(|item| self.node(item)).collect();
        let checked: Vec<_> = checked.into_iter().collect::<Option<_>>()?;
        let mut kind = Type::Nothing;
        for ((_, other), node) in checked.iter().zip(items) {
            if other.is_list() || !other.fits(kind) {
                let found = format!("{} is {}", node.describe(), other.phrase());
                return self.clash(node.at.max(at), found, "a list of values of one type", None);
            }
            kind = kind.or(*other);
        }
        let code = if items.is_empty() {
            Code::leaf(Op::Constant(Datum::empty_list()))
        } else {
            self.make(Op::List, checked.into_iter().map(|(code, _)| code).collect())
        };
        Some((code, Type::Many(kind.kind())))
    }

    /// A node that must be of a type, as part of something that is named in the message.
    pub fn wanted(&mut self, node: &Node, kind: Type, by: &str) -> Option<Code> {
        let (code, found) = self.node(node)?;
        if found.fits(kind) {
            return Some(code);
        }
        let hint = match (&node.what, kind) {
            (What::Text(_), Type::DATE) => Some("a date is written `date('2026-05-01')`".into()),
            _ => type_hint(node, kind),
        };
        let found = format!("{} is {}", node.describe(), found.phrase());
        self.clash(node.at, found, &format!("{} with `{by}`", kind.phrase()), hint);
        None
    }

    fn unary(&mut self, inner: &Node, op: Op, kind: Type, sign: &str) -> Checked {
        let inner = self.wanted(inner, kind, sign)?;
        Some((self.make(op, vec![inner]), kind))
    }

    fn logic(&mut self, op: Op, sign: &str, left: &Node, right: &Node) -> Checked {
        let left = self.wanted(left, Type::BOOLEAN, sign);
        let right = self.wanted(right, Type::BOOLEAN, sign);
        Some((self.make(op, vec![left?, right?]), Type::BOOLEAN))
    }

    fn choice(&mut self, at: usize, condition: &Node, then: &Node, otherwise: &Node) -> Checked {
        let condition = self.wanted(condition, Type::BOOLEAN, "?");
        let (then_checked, otherwise_checked) = (self.node(then), self.node(otherwise));
        let ((then_code, one), (otherwise_code, other)) = (then_checked?, otherwise_checked?);
        if !one.fits(other) {
            let found = both(then, one, otherwise, other);
            return self.clash(at, found, "two values of one type with `? :`", None);
        }
        let below = vec![condition?, then_code, otherwise_code];
        Some((self.make(Op::Choice, below), one.or(other)))
    }

    fn quantified(&mut self, all: bool, item: &str, list: &Node, condition: &Node) -> Checked {
        let by = if all { "all" } else { "exists" };
        let (list_code, kind) = self.node(list)?;
        let inner = match kind {
            Type::Many(kind) => kind.map_or(Type::Nothing, Type::of_column),
            Type::Nothing => Type::Nothing,
            Type::One(_) => {
                let found = format!("{} is {}", list.describe(), kind.phrase());
                let hint = type_hint(list, Type::TEXTS);
                return self.clash(list.at, found, &format!("a list with `{by}`"), hint);
            }
        };
        self.items.push((item.to_owned(), inner));
        let condition = self.wanted(condition, Type::BOOLEAN, by);
        self.items.pop();
        let code = Code::new(Op::Quantified { all }, vec![list_code, condition?]);
        Some((code, Type::BOOLEAN))
    }
}

/// Both sides with their types.
pub(super) fn both(left: &Node, one: Type, right: &Node, other: Type) -> String {
    format!(
        "{} is {} and {} is {}",
        left.describe(),
        one.phrase(),
        right.describe(),
        other.phrase()
    )
}

/// The line that would make a column of another type.
pub(super) fn type_hint(node: &Node, kind: Type) -> Option<String> {
    match (&node.what, kind.kind()) {
        (What::Field(Variable::Lead, name), Some(kind)) => Some(format!(
            "`[types.leads] {name} = \"{}\"` says how to read the column",
            kind.name()
        )),
        _ => None,
    }
}
