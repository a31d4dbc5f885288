//! Checks of functions.

use super::Variable;
use super::check::{Checked, Checker};
use super::code::{Code, Op};
use super::datum::Datum;
use super::kinds::Type;
use super::tree::{Function, Node, What};
use crate::mistake::Kind as MistakeKind;
use crate::model::{AsOf, Moment};
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, Zoned};
use regex::RegexBuilder;
use std::sync::Arc;

/// The most bytes that a compiled pattern may take.
const LARGEST_PATTERN: usize = 1 << 20;

impl Checker<'_, '_> {
    pub fn call(&mut self, at: usize, function: Function, arguments: &[Node]) -> Checked {
        match function {
            Function::Size => self.size(&arguments[0]),
            Function::Contains => self.search(Op::Contains, function, arguments),
            Function::StartsWith => self.search(Op::StartsWith, function, arguments),
            Function::EndsWith => self.search(Op::EndsWith, function, arguments),
            Function::Matches => self.matches(&arguments[0], &arguments[1]),
            Function::Date => self.date(at, &arguments[0]),
            Function::Double => self.read_number(&arguments[0], function),
            Function::Int => {
                let (code, kind) = self.read_number(&arguments[0], function)?;
                Some((self.make(Op::Truncate, vec![code]), kind))
            }
            Function::Text => self.written(&arguments[0]),
            Function::Lower => self.text(Op::Lower, &arguments[0], function),
            Function::Upper => self.text(Op::Upper, &arguments[0], function),
            Function::Least => self.extreme(Op::Least, function, arguments),
            Function::Greatest => self.extreme(Op::Greatest, function, arguments),
        }
    }

    fn size(&mut self, argument: &Node) -> Checked {
        let (code, kind) = match &argument.what {
            What::Field(variable @ (Variable::Lead | Variable::Rep), name) => {
                self.field(argument.at, *variable, name, Some(Datum::empty_list()))?
            }
            _ => self.node(argument)?,
        };
        match kind {
            Type::Many(_) | Type::Nothing | Type::TEXT => {
                Some((self.make(Op::Size, vec![code]), Type::NUMBER))
            }
            Type::One(_) => {
                let found = format!("{} is {}", argument.describe(), kind.phrase());
                self.clash(argument.at, found, "a list or text with `size`", None)
            }
        }
    }

    fn search(&mut self, op: Op, function: Function, arguments: &[Node]) -> Checked {
        let (text, part) = (&arguments[0], &arguments[1]);
        let (code, kind) = self.node(text)?;
        if kind.is_list() {
            let name = |node: &Node| node.describe().trim_matches('`').to_owned();
            let hint = format!(
                "`{} in {}` tells whether a list holds an item",
                name(part),
                name(text)
            );
            let found = format!("{} is {}", text.describe(), kind.phrase());
            return self.clash(
                text.at,
                found,
                &format!("text with `{}`", function.name()),
                Some(hint),
            );
        }
        if !kind.fits(Type::TEXT) {
            return self.clash(
                text.at,
                format!("{} is {}", text.describe(), kind.phrase()),
                &format!("text with `{}`", function.name()),
                super::check::type_hint(text, Type::TEXT),
            );
        }
        let part = self.wanted(part, Type::TEXT, function.name())?;
        let below = vec![self.folded(code), self.folded(part)];
        Some((self.make(op, below), Type::BOOLEAN))
    }

    fn matches(&mut self, text: &Node, pattern: &Node) -> Checked {
        let code = self.wanted(text, Type::TEXT, "matches");
        let What::Text(source) = &pattern.what else {
            self.faults.add(
                MistakeKind::BadExpression,
                pattern.at,
                format!("{} as a pattern", pattern.describe()),
                |mistake| mistake.expected("a pattern in quotes, such as `'^vp '`"),
            );
            return None;
        };
        let built = RegexBuilder::new(source)
            .case_insensitive(true)
            .size_limit(LARGEST_PATTERN)
            .dfa_size_limit(LARGEST_PATTERN)
            .build();
        match built {
            Ok(built) => Some((
                self.make(Op::Matches(Arc::new(built)), vec![code?]),
                Type::BOOLEAN,
            )),
            Err(error) => {
                let why = pattern_fault(&error);
                self.faults.add(
                    MistakeKind::BadExpression,
                    pattern.at,
                    format!("a pattern that does not work: {why}"),
                    |mistake| mistake.hint("`contains('…')` looks for plain text"),
                );
                None
            }
        }
    }

    fn date(&mut self, at: usize, argument: &Node) -> Checked {
        if let What::Text(text) = &argument.what {
            if let Some(moment) = moment(text.trim(), self.scope.as_of) {
                return Some((Code::leaf(Op::Constant(Datum::Date(moment))), Type::DATE));
            }
            self.faults.add(
                MistakeKind::BadDate,
                argument.at,
                format!("`'{text}'`"),
                |mistake| mistake.expected("a date such as `'2026-05-01'` or `'2026-05-01T09:00'`"),
            );
            return None;
        }
        let (code, kind) = self.node(argument)?;
        if kind.fits(Type::DATE) {
            return Some((code, Type::DATE));
        }
        let found = format!("{} is {}", argument.describe(), kind.phrase());
        let hint = super::check::type_hint(argument, Type::DATE);
        self.clash(at, found, "a date in quotes, such as `date('2026-05-01')`", hint)
    }

    fn read_number(&mut self, argument: &Node, function: Function) -> Checked {
        let (code, kind) = self.node(argument)?;
        match kind {
            Type::NUMBER | Type::Nothing => Some((code, Type::NUMBER)),
            Type::TEXT => {
                let name = argument.describe().trim_matches('`').to_owned();
                let not_a_number = self.reason(format!("{name} is not a number"));
                Some((
                    self.make(Op::ReadNumber { not_a_number }, vec![code]),
                    Type::NUMBER,
                ))
            }
            _ => {
                let found = format!("{} is {}", argument.describe(), kind.phrase());
                self.clash(
                    argument.at,
                    found,
                    &format!("a number or text with `{}`", function.name()),
                    None,
                )
            }
        }
    }

    fn written(&mut self, argument: &Node) -> Checked {
        let (code, kind) = self.node(argument)?;
        match kind {
            Type::TEXT | Type::NUMBER | Type::BOOLEAN | Type::Nothing => {
                Some((self.make(Op::Write, vec![code]), Type::TEXT))
            }
            _ => {
                let found = format!("{} is {}", argument.describe(), kind.phrase());
                self.clash(
                    argument.at,
                    found,
                    "a number, text, or yes or no with `string`",
                    None,
                )
            }
        }
    }

    fn text(&mut self, op: Op, argument: &Node, function: Function) -> Checked {
        let code = self.wanted(argument, Type::TEXT, function.name())?;
        Some((self.make(op, vec![code]), Type::TEXT))
    }

    fn extreme(&mut self, op: Op, function: Function, arguments: &[Node]) -> Checked {
        let below: Vec<_> = arguments
            .iter()
            .map(|argument| self.wanted(argument, Type::NUMBER, function.name()))
            .collect();
        let below = below.into_iter().collect::<Option<Vec<_>>>()?;
        Some((self.make(op, below), Type::NUMBER))
    }
}

/// The moment that a text in `date('…')` names; a date without time is its first moment in the run's zone.
fn moment(text: &str, as_of: &AsOf) -> Option<Moment> {
    let here = |local: DateTime| local.to_zoned(as_of.zone.clone()).ok();
    let plain = || text.parse::<Date>().ok().filter(|_| text.len() == 10);
    let first = |date: Date| here(date.at(0, 0, 0, 0));
    let zoned: Option<Zoned> = match text.parse::<Timestamp>() {
        Ok(stamp) => return Some(Moment(stamp.as_second())),
        Err(_) => plain().map_or_else(|| text.parse::<DateTime>().ok().and_then(here), first),
    };
    zoned.map(|zoned| Moment(zoned.timestamp().as_second()))
}

/// The last line of the pattern compiler's message, which says what is wrong.
fn pattern_fault(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "it is too large".into(),
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default();
            last.strip_prefix("error: ").unwrap_or(last).to_owned()
        }
    }
}
