//! The names that an expression reads, and the types that its comparisons fix.

use super::Variable;
use super::tree::{Function, Node, Operator, What};
use crate::model::Kind;
use std::collections::BTreeMap;

/// Fields read, with the type that a comparison fixes.
pub(super) type Columns = BTreeMap<(Variable, String), Option<Kind>>;

/// Collects the fields that a tree reads.
pub(super) fn read(root: &Node) -> Columns {
    let mut columns = Columns::new();
    let wanted = if matches!(root.what, What::Field(Variable::Lead | Variable::Rep, _)) {
        None
    } else {
        type_of(root)
    };
    visit(root, wanted, &mut columns);
    columns
}

fn visit(node: &Node, wanted: Option<Kind>, columns: &mut Columns) {
    match &node.what {
        What::Field(variable, name) => note(*variable, name, wanted, columns),
        What::Has(variable, name) => note(*variable, name, None, columns),
        What::Not(inner) => visit(inner, Some(Kind::Boolean), columns),
        What::Negate(inner) => visit(inner, Some(Kind::Number), columns),
        What::Binary(operator, left, right) => binary(*operator, left, right, columns),
        What::Choice(condition, then, otherwise) => {
            visit(condition, Some(Kind::Boolean), columns);
            let kind = wanted.or_else(|| type_of(then)).or_else(|| type_of(otherwise));
            visit(then, kind, columns);
            visit(otherwise, kind, columns);
        }
        What::Call(function, arguments) => {
            for argument in arguments {
                visit(argument, argument_type(*function), columns);
            }
        }
        What::Quantified { list, condition, .. } => {
            visit(list, Some(Kind::List), columns);
            visit(condition, Some(Kind::Boolean), columns);
        }
        What::List(items) => {
            for item in items {
                visit(item, None, columns);
            }
        }
        What::Number(_) | What::Text(_) | What::Boolean(_) | What::Item(_) => {}
    }
}

fn binary(operator: Operator, left: &Node, right: &Node, columns: &mut Columns) {
    match operator {
        Operator::And | Operator::Or => {
            visit(left, Some(Kind::Boolean), columns);
            visit(right, Some(Kind::Boolean), columns);
        }
        Operator::In => {
            note_country(left, columns);
            note_country(right, columns);
            let item = match &right.what {
                What::List(items) => items.iter().find_map(type_of),
                _ => Some(Kind::Text),
            };
            visit(left, item, columns);
            visit(right, None, columns);
        }
        Operator::Add | Operator::Subtract => {
            let kind = type_of(left).or_else(|| type_of(right));
            visit(left, kind, columns);
            visit(right, kind, columns);
        }
        Operator::Multiply | Operator::Divide | Operator::Remainder => {
            visit(left, Some(Kind::Number), columns);
            visit(right, Some(Kind::Number), columns);
        }
        _ => {
            note_country(left, columns);
            note_country(right, columns);
            visit(left, type_of(right), columns);
            visit(right, type_of(left), columns);
        }
    }
}

/// A state is compared within the country of its own row.
fn note_country(node: &Node, columns: &mut Columns) {
    if let What::Field(variable @ (Variable::Lead | Variable::Rep), name) = &node.what
        && name == "state"
    {
        note(*variable, "country", None, columns);
    }
}

/// Remembers a field; where two comparisons disagree, the first holds and the check tells of the other.
fn note(variable: Variable, name: &str, kind: Option<Kind>, columns: &mut Columns) {
    let known = columns.entry((variable, name.to_owned())).or_default();
    *known = known.or(kind);
}

/// The type that a node shows by itself.
fn type_of(node: &Node) -> Option<Kind> {
    match &node.what {
        What::Number(_) | What::Negate(_) | What::Field(Variable::Pair, _) => Some(Kind::Number),
        What::Text(_) => Some(Kind::Text),
        What::Boolean(_) | What::Has(..) | What::Not(_) | What::Quantified { .. } => Some(Kind::Boolean),
        What::List(_) => Some(Kind::List),
        What::Field(..) | What::Item(_) => None,
        What::Choice(_, then, otherwise) => type_of(then).or_else(|| type_of(otherwise)),
        What::Binary(operator, left, right) => match operator {
            Operator::Add => type_of(left).or_else(|| type_of(right)),
            Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Remainder => {
                Some(Kind::Number)
            }
            _ => Some(Kind::Boolean),
        },
        What::Call(function, arguments) => match function {
            Function::Size | Function::Double | Function::Int => Some(Kind::Number),
            Function::Contains | Function::StartsWith | Function::EndsWith | Function::Matches => {
                Some(Kind::Boolean)
            }
            Function::Date => Some(Kind::Date),
            Function::Text | Function::Lower | Function::Upper => Some(Kind::Text),
            Function::Least | Function::Greatest => arguments.iter().find_map(type_of),
        },
    }
}

/// The type that a function fixes for a field that it is called with.
fn argument_type(function: Function) -> Option<Kind> {
    match function {
        Function::Contains
        | Function::StartsWith
        | Function::EndsWith
        | Function::Matches
        | Function::Lower
        | Function::Upper => Some(Kind::Text),
        Function::Least | Function::Greatest => Some(Kind::Number),
        Function::Date => Some(Kind::Date),
        Function::Size | Function::Double | Function::Int | Function::Text => None,
    }
}
