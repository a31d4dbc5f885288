//! The one door of the `cel` crate: its syntax tree becomes ours, with only what rules can say.

use super::expression::{Allowed, Variable};
use super::fault::Faults;
use super::scan;
use super::tree::{Function, Node, Operator, What};
use crate::mistake::{Kind, did_you_mean};
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
            allowed,
            faults,
            items: Vec::new(),
        }
        .node(program.expression()),
        Err(errors) => {
            syntax(source, &bare, &errors, faults);
            None
        }
    }
}

/// Tells the first syntax error; the parser's later ones mostly follow from it.
fn syntax(source: &str, bare: &[u8], errors: &cel::ParseErrors, faults: &mut Faults) {
    let (at, message) = errors.errors.first().map_or((0, String::new()), |error| {
        (offset(source, error.pos), plain(&error.msg))
    });
    let foreign = scan::foreign_operator(bare);
    let at = foreign.map_or(at, |(at, _)| at);
    faults.add(Kind::BadExpression, at, message, |mistake| {
        match foreign.map(|(_, hint)| hint).or_else(|| unclosed(bare)) {
            Some(hint) => mistake.hint(hint),
            None => mistake,
        }
    });
}

fn unclosed(bare: &[u8]) -> Option<&'static str> {
    let count = |sign: u8| bare.iter().filter(|&&byte| byte == sign).count();
    if count(b'(') == count(b')') {
        None
    } else {
        Some("every `(` needs its `)`")
    }
}

/// The parser's message in our manner: without its list of everything that might have come instead.
fn plain(message: &str) -> String {
    let message = message.strip_prefix("Syntax error: ").unwrap_or(message);
    let message = message.split(" expecting ").next().unwrap_or(message);
    if message.contains("<EOF>") {
        return "an expression that ends too early".into();
    }
    match (message.find('\''), message.rfind('\'')) {
        (Some(first), Some(last)) if first < last => {
            let text = &message[first + 1..last];
            if message.starts_with("token recognition") && text.starts_with(['\'', '"']) {
                return "a text that is never closed".into();
            }
            format!("`{text}` that does not belong there")
        }
        _ => format!("not an expression: {}", message.to_lowercase()),
    }
}

/// The byte offset of a line (from 1) and a character in it (from 1).
fn offset(source: &str, (line, column): (isize, isize)) -> usize {
    let from_zero = |number: isize| usize::try_from(number - 1).unwrap_or(0);
    let start: usize = source
        .split_inclusive('\n')
        .take(from_zero(line))
        .map(str::len)
        .sum();
    source[start..]
        .char_indices()
        .nth(from_zero(column))
        .map_or(source.len(), |(at, _)| start + at)
}

struct Reader<'a> {
    source: &'a str,
    info: &'a SourceInfo,
    allowed: Allowed,
    faults: &'a mut Faults,
    items: Vec<String>,
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

    fn refuse(&mut self, at: usize, found: impl Into<String>, hint: &str) -> Option<Node> {
        self.faults
            .add(Kind::BadExpression, at, found, |mistake| mistake.hint(hint));
        None
    }

    fn node(&mut self, expression: &IdedExpr) -> Option<Node> {
        let at = self.at(expression.id);
        match &expression.expr {
            Expr::Literal(literal) => self.literal(at, literal),
            Expr::Ident(name) => self.name(at, name),
            Expr::Select(select) => self.select(at, select),
            Expr::Call(call) => self.call(expression.id, call),
            Expr::List(ListExpr { elements, .. }) => {
                let what = What::List(self.nodes(elements)?);
                Some(Node { at, what })
            }
            Expr::Comprehension(comprehension) => self.comprehension(at, comprehension),
            Expr::Map(_) | Expr::Struct(_) => self.refuse(
                at,
                "a map, which expressions do not have",
                "lists are written `['a', 'b']`",
            ),
            Expr::Unspecified => self.refuse(at, "an incomplete expression", "something is missing here"),
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
                return self.refuse(
                    at,
                    "`null`, which no cell is",
                    "`has(lead.state)` tells whether a cell is filled",
                );
            }
            LiteralValue::Bytes(_) => {
                return self.refuse(
                    at,
                    "bytes, which expressions do not have",
                    "a text is written `'…'`",
                );
            }
        };
        Some(Node { at, what })
    }

    fn name(&mut self, at: usize, name: &str) -> Option<Node> {
        if self.items.iter().any(|item| item == name) {
            let what = What::Item(name.to_owned());
            return Some(Node { at, what });
        }
        if Variable::named(name).is_some() {
            return self.refuse(
                at,
                format!("`{name}` by itself"),
                &format!("name one of its fields: `{name}.…`"),
            );
        }
        let known = ["lead", "rep", "pair", "true", "false"];
        let meant = did_you_mean(name, known);
        self.faults
            .add(Kind::UnknownName, at, format!("`{name}`"), |mistake| {
                let mistake = mistake.expected("a field of `lead` or `rep`, or a text in quotes");
                match meant {
                    Some(meant) => mistake.hint(format!("did you mean `{meant}`?")),
                    None => mistake.hint(format!("a text is written `'{name}'`, a field `lead.{name}`")),
                }
            });
        None
    }

    fn select(&mut self, at: usize, select: &SelectExpr) -> Option<Node> {
        let Expr::Ident(name) = &select.operand.expr else {
            if let Expr::Select(_) = &select.operand.expr {
                self.node(&select.operand)?;
            }
            return self.refuse(
                at,
                format!("`.{}` behind something that has no fields", select.field),
                "only `lead`, `rep` and `pair` have fields",
            );
        };
        let at = self.at(select.operand.id);
        let Some(variable) = Variable::named(name) else {
            let meant = did_you_mean(name, ["lead", "rep", "pair"]);
            self.faults
                .add(Kind::UnknownName, at, format!("`{name}`"), |mistake| {
                    let mistake = mistake.expected("`lead`, `rep` or `pair`");
                    match meant {
                        Some(meant) => mistake.hint(format!("did you mean `{meant}`?")),
                        None => mistake,
                    }
                });
            return None;
        };
        self.permit(at, variable)?;
        let field = select.field.clone();
        let what = if select.test {
            What::Has(variable, field)
        } else {
            What::Field(variable, field)
        };
        Some(Node { at, what })
    }

    fn permit(&mut self, at: usize, variable: Variable) -> Option<()> {
        let allowed = match variable {
            Variable::Lead => self.allowed.lead,
            Variable::Rep => self.allowed.rep,
            Variable::Pair => self.allowed.pair,
            Variable::Team => {
                self.refuse(
                    at,
                    "`team`, whose attributes need a teams file, which this version does not read",
                    "`rep.team` is the name of a rep's team",
                );
                return None;
            }
        };
        if allowed {
            return Some(());
        }
        let here: Vec<&str> = [
            (self.allowed.lead, "`lead`"),
            (self.allowed.rep, "`rep`"),
            (self.allowed.pair, "`pair`"),
        ]
        .into_iter()
        .filter_map(|(may, name)| may.then_some(name))
        .collect();
        let found = format!("`{}`, which this key cannot read", variable.name());
        self.faults.add(Kind::BadExpression, at, found, |mistake| {
            mistake.expected(format!("a statement about {} only", here.join(" and ")))
        });
        None
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
                    return self.refuse(
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
            return self.unknown_function(at, &name);
        };
        let mut arguments = Vec::new();
        if let Some(target) = before {
            arguments.push(self.node(target));
        }
        arguments.extend(call.args.iter().map(|argument| self.node(argument)));
        let arguments: Vec<Node> = arguments.into_iter().collect::<Option<_>>()?;
        let (fewest, most) = function.arguments();
        if (fewest..=most).contains(&arguments.len()) {
            let what = What::Call(function, arguments);
            return Some(Node { at, what });
        }
        self.refuse(
            at,
            format!("`{name}` with {} values", arguments.len()),
            if fewest == 2 {
                "it is written `lead.email.contains('@')`"
            } else {
                "it takes one value"
            },
        )
    }

    fn unknown_function(&mut self, at: usize, name: &str) -> Option<Node> {
        const QUANTIFIERS: [&str; 6] = ["has", "exists", "all", "exists_one", "map", "filter"];
        let names = || Function::ALL.iter().map(|(name, _)| *name);
        if QUANTIFIERS.contains(&name) {
            return self.refuse(
                at,
                format!("`{name}` in a form that it does not have"),
                "it is written `has(lead.state)` or `lead.skills.exists(item, item in rep.skills)`",
            );
        }
        let meant = did_you_mean(name, names().chain(QUANTIFIERS));
        self.faults.add(
            Kind::UnknownName,
            at,
            format!("the function `{name}`"),
            |mistake| {
                let all: Vec<&str> = ["has", "exists", "all"].into_iter().chain(names()).collect();
                let mistake = mistake.expected(format!("one of {}", all.join(", ")));
                match meant {
                    Some(meant) => mistake.hint(format!("did you mean `{meant}`?")),
                    None => mistake,
                }
            },
        );
        None
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
        self.items.push(comprehension.iter_var.clone());
        let condition = self.node(&step.args[1]);
        self.items.pop();
        let what = What::Quantified {
            all,
            item: comprehension.iter_var.clone(),
            list: Box::new(list?),
            condition: Box::new(condition?),
        };
        Some(Node { at, what })
    }

    fn other_comprehension(&mut self, at: usize) -> Option<Node> {
        self.refuse(
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
