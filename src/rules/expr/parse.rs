//! The one door of the `cel` crate: its syntax tree becomes ours, with only what rules can say.

use super::expression::Allowed;
use super::fault::Faults;
use super::tree::{Function, Node, Operator, What};
use super::vocabulary::Vocabulary;
use super::{scan, syntax};
use crate::mistake::Kind;
use cel::Program;
use cel::common::ast::{
    CallExpr, ComprehensionExpr, Expr, IdedExpr, ListExpr, LiteralValue, SelectExpr, SourceInfo, operators,
};

/// Parses an expression into our tree; `None` where there is a fault.
pub(super) fn tree(source: &str, allowed: Allowed, faults: &mut Faults) -> Option<Node> {
    let bare = scan::bare(source);
    if source.trim().is_empty() {
        faults.add(Kind::BadExpression, 0, "an empty expression", |mistake| {
            mistake.hint("write `true` for what always holds")
        });
        return None;
    }
    if source.len() > scan::LONGEST || scan::depth(&bare) > scan::DEEPEST {
        faults.add(
            Kind::BadExpression,
            0,
            "an expression that is too large",
            |mistake| {
                mistake
                    .expected(format!(
                        "at most {} characters and {} levels of brackets and operators",
                        scan::LONGEST,
                        scan::DEEPEST
                    ))
                    .hint("several rules, or a field of `[[derive]]`, say the same in smaller pieces")
            },
        );
        return None;
    }
    match Program::compile(source) {
        Ok(program) => Reader {
            source,
            info: program.source_info(),
            words: Vocabulary {
                allowed,
                faults,
                items: Vec::new(),
            },
        }
        .node(program.expression()),
        Err(errors) => {
            // The parser's later errors mostly follow from its first.
            let (position, message) = errors
                .errors
                .first()
                .map_or(((1, 1), ""), |error| (error.pos, error.msg.as_str()));
            syntax::tell(source, &bare, position, message, faults);
            None
        }
    }
}

struct Reader<'a> {
    source: &'a str,
    info: &'a SourceInfo,
    words: Vocabulary<'a>,
}

impl Reader<'_> {
    fn at(&self, id: u64) -> usize {
        self.info.offset_for(id).map_or(0, |(start, _)| start as usize)
    }

    /// The first letter of the name before the bracket at which the parser places a call.
    fn name_at(&self, id: u64, name: &str) -> usize {
        let bracket = self.at(id);
        let before = self.source.get(..bracket).unwrap_or_default();
        before.rfind(name).unwrap_or(bracket)
    }

    fn node(&mut self, expression: &IdedExpr) -> Option<Node> {
        let at = self.at(expression.id);
        match &expression.expr {
            Expr::Literal(literal) => self.literal(at, literal),
            Expr::Ident(name) => self.words.name(at, name),
            Expr::Select(select) => self.select(at, select),
            Expr::Call(call) => self.call(expression.id, call),
            Expr::List(ListExpr { elements, .. }) => {
                let what = What::List(self.nodes(elements)?);
                Some(Node { at, what })
            }
            Expr::Comprehension(comprehension) => self.comprehension(at, comprehension),
            Expr::Map(_) | Expr::Struct(_) => self.words.refuse(
                at,
                "a map, which expressions do not have",
                "lists are written `['a', 'b']`",
            ),
            Expr::Unspecified => {
                self.words
                    .refuse(at, "an incomplete expression", "something is missing here")
            }
        }
    }

    /// All nodes, or none after every fault in them was found.
    fn nodes(&mut self, expressions: &[IdedExpr]) -> Option<Vec<Node>> {
        let read: Vec<_> = expressions
            .iter()
            .map(|expression| self.node(expression))
            .collect();
        read.into_iter().collect()
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "all numbers of expressions are of one type"
    )]
    fn literal(&mut self, at: usize, literal: &LiteralValue) -> Option<Node> {
        let what = match literal {
            LiteralValue::Boolean(yes) => What::Boolean(*yes.inner()),
            LiteralValue::Double(number) => What::Number(*number.inner()),
            LiteralValue::Int(number) => What::Number(*number.inner() as f64),
            LiteralValue::UInt(number) => What::Number(*number.inner() as f64),
            LiteralValue::String(text) => What::Text(text.inner().to_owned()),
            LiteralValue::Null => {
                return self.words.refuse(
                    at,
                    "`null`, which no cell is",
                    "`has(lead.state)` tells whether a cell is filled",
                );
            }
            LiteralValue::Bytes(_) => {
                return self.words.refuse(
                    at,
                    "bytes, which expressions do not have",
                    "a text is written `'…'`",
                );
            }
        };
        Some(Node { at, what })
    }

    fn select(&mut self, at: usize, select: &SelectExpr) -> Option<Node> {
        let Expr::Ident(name) = &select.operand.expr else {
            if let Expr::Select(_) = &select.operand.expr {
                self.node(&select.operand)?;
            }
            return self.words.refuse(
                at,
                format!("`.{}` behind something that has no fields", select.field),
                "only `lead`, `rep` and `pair` have fields",
            );
        };
        let at = self.at(select.operand.id);
        self.words.field(at, name, &select.field, select.test)
    }

    fn call(&mut self, id: u64, call: &CallExpr) -> Option<Node> {
        let at = self.at(id);
        if call.target.is_none() {
            let boxed = |node: Option<Node>| node.map(Box::new);
            match (call.func_name.as_str(), call.args.as_slice()) {
                (operators::LOGICAL_NOT, [inner]) => {
                    let what = What::Not(boxed(self.node(inner))?);
                    return Some(Node { at, what });
                }
                (operators::NEGATE, [inner]) => {
                    let what = What::Negate(boxed(self.node(inner))?);
                    return Some(Node { at, what });
                }
                (operators::CONDITIONAL, [condition, then, otherwise]) => {
                    let (condition, then, otherwise) =
                        (self.node(condition), self.node(then), self.node(otherwise));
                    let what = What::Choice(boxed(condition)?, boxed(then)?, boxed(otherwise)?);
                    return Some(Node { at, what });
                }
                (name, [left, right]) if operator(name).is_some() => {
                    let (left, right) = (self.node(left), self.node(right));
                    let what = What::Binary(operator(name)?, boxed(left)?, boxed(right)?);
                    return Some(Node { at, what });
                }
                (operators::INDEX | operators::OPT_INDEX, _) => {
                    return self.words.refuse(
                        at,
                        "an index, which expressions do not have",
                        "`'x' in lead.skills` tells whether a list holds an item",
                    );
                }
                _ => {}
            }
        }
        self.function(id, call)
    }

    fn function(&mut self, id: u64, call: &CallExpr) -> Option<Node> {
        let short = call.func_name.as_str();
        let at = self.name_at(id, short);
        let in_math = matches!(call.target.as_deref(), Some(IdedExpr { expr: Expr::Ident(name), .. }) if name == "math");
        let name = if in_math {
            format!("math.{short}")
        } else {
            short.to_owned()
        };
        let before = call.target.as_deref().filter(|_| !in_math);
        let Some(function) = Function::named(&name) else {
            return self.words.unknown_function(at, &name);
        };
        let mut arguments = Vec::new();
        if let Some(target) = before {
            arguments.push(self.node(target));
        }
        arguments.extend(call.args.iter().map(|argument| self.node(argument)));
        let arguments: Vec<Node> = arguments.into_iter().collect::<Option<_>>()?;
        self.words.function(at, function, arguments)
    }

    /// Takes `exists` and `all` back out of what the parser made of them.
    fn comprehension(&mut self, at: usize, comprehension: &ComprehensionExpr) -> Option<Node> {
        let step = match &comprehension.loop_step.expr {
            Expr::Call(step) if step.args.len() == 2 => step,
            _ => return self.other_comprehension(at),
        };
        let all = match step.func_name.as_str() {
            operators::LOGICAL_AND => true,
            operators::LOGICAL_OR => false,
            _ => return self.other_comprehension(at),
        };
        let list = self.node(&comprehension.iter_range);
        self.words.items.push(comprehension.iter_var.clone());
        let condition = self.node(&step.args[1]);
        self.words.items.pop();
        let what = What::Quantified {
            all,
            item: comprehension.iter_var.clone(),
            list: Box::new(list?),
            condition: Box::new(condition?),
        };
        Some(Node { at, what })
    }

    fn other_comprehension(&mut self, at: usize) -> Option<Node> {
        self.words.refuse(
            at,
            "`map`, `filter` or `exists_one`, which expressions do not have",
            "`exists` and `all` tell what holds for the items of a list",
        )
    }
}

fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        operators::LOGICAL_AND => Operator::And,
        operators::LOGICAL_OR => Operator::Or,
        operators::EQUALS => Operator::Equal,
        operators::NOT_EQUALS => Operator::NotEqual,
        operators::LESS => Operator::Less,
        operators::LESS_EQUALS => Operator::LessOrEqual,
        operators::GREATER => Operator::Greater,
        operators::GREATER_EQUALS => Operator::GreaterOrEqual,
        operators::IN => Operator::In,
        operators::ADD => Operator::Add,
        operators::SUBSTRACT => Operator::Subtract,
        operators::MULTIPLY => Operator::Multiply,
        operators::DIVIDE => Operator::Divide,
        operators::MODULO => Operator::Remainder,
        _ => return None,
    })
}
