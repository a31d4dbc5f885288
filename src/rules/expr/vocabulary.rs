//! The words that expressions may use, whoever parses them.

use super::expression::{Allowed, Variable};
use super::fault::Faults;
use super::tree::{Function, Node, What};
use crate::mistake::{Kind, did_you_mean};

/// Knows which words may occur, and tells of those that may not.
pub(super) struct Vocabulary<'a> {
    pub allowed: Allowed,
    pub faults: &'a mut Faults,
    /// The names that enclosing `exists` and `all` give their items, innermost last.
    pub items: Vec<String>,
}

impl Vocabulary<'_> {
    /// Notes something that expressions do not have.
    pub fn refuse(&mut self, at: usize, found: impl Into<String>, hint: &str) -> Option<Node> {
        self.faults
            .add(Kind::BadExpression, at, found, |mistake| mistake.hint(hint));
        None
    }

    /// A name by itself.
    pub fn name(&mut self, at: usize, name: &str) -> Option<Node> {
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
        let known = ["lead", "rep", "team", "pair", "true", "false"];
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

    /// A field of a variable; `test` where `has` asks for it.
    pub fn field(&mut self, at: usize, name: &str, field: &str, test: bool) -> Option<Node> {
        let Some(variable) = Variable::named(name) else {
            let meant = did_you_mean(name, ["lead", "rep", "team", "pair"]);
            self.faults
                .add(Kind::UnknownName, at, format!("`{name}`"), |mistake| {
                    let mistake = mistake.expected("`lead`, `rep`, `team` or `pair`");
                    match meant {
                        Some(meant) => mistake.hint(format!("did you mean `{meant}`?")),
                        None => mistake,
                    }
                });
            return None;
        };
        self.permit(at, variable)?;
        // what is known of a rep's team are columns of the rep
        let (variable, field) = match variable {
            Variable::Team => (Variable::Rep, format!("team.{field}")),
            _ => (variable, field.to_owned()),
        };
        let what = if test {
            What::Has(variable, field)
        } else {
            What::Field(variable, field)
        };
        Some(Node { at, what })
    }

    fn permit(&mut self, at: usize, variable: Variable) -> Option<()> {
        let allowed = match variable {
            Variable::Lead => self.allowed.lead,
            Variable::Rep | Variable::Team => self.allowed.rep,
            Variable::Pair => self.allowed.pair,
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

    /// A function with as many values as it takes.
    pub fn function(&mut self, at: usize, function: Function, arguments: Vec<Node>) -> Option<Node> {
        let (fewest, most) = function.arguments();
        if (fewest..=most).contains(&arguments.len()) {
            let what = What::Call(function, arguments);
            return Some(Node { at, what });
        }
        self.refuse(
            at,
            format!("`{}` with {} values", function.name(), arguments.len()),
            if fewest == 2 {
                "it is written `lead.email.contains('@')`"
            } else {
                "it takes one value"
            },
        )
    }

    /// Notes a function that there is not.
    pub fn unknown_function(&mut self, at: usize, name: &str) -> Option<Node> {
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
}
