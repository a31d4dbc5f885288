//! The tree of an expression as it was written: names not yet looked up, types not yet known.

use super::Variable;

/// A node with the place in the source, in bytes, that a caret should point at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub at: usize,
    pub what: What,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Number(f64),
    Text(String),
    Boolean(bool),
    /// `lead.state`, `pair.distance_km`.
    Field(Variable, String),
    /// `has(lead.state)`.
    Has(Variable, String),
    /// The item that an enclosing `exists` or `all` is at, by the name it gives it.
    Item(String),
    List(Vec<Node>),
    Not(Box<Node>),
    Negate(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Choice(Box<Node>, Box<Node>, Box<Node>),
    /// A function with its arguments; `x.f(y)` has `x` first.
    Call(Function, Vec<Node>),
    /// `list.exists(item, condition)` or `list.all(item, condition)`.
    Quantified {
        all: bool,
        item: String,
        list: Box<Node>,
        condition: Box<Node>,
    },
}

/// An operator with two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Operator {
    /// The operator as it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Self::And => "&&",
            Self::Or => "||",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }

    /// Tells whether it compares two values of one type.
    pub fn compares(self) -> bool {
        self.tests_equality() || self.orders()
    }

    /// Tells whether it is `==` or `!=`.
    pub fn tests_equality(self) -> bool {
        matches!(self, Self::Equal | Self::NotEqual)
    }

    /// Tells whether it is one of `<`, `<=`, `>`, `>=`.
    pub fn orders(self) -> bool {
        matches!(
            self,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual
        )
    }
}

/// A function that expressions may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Size,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
    Date,
    Double,
    Int,
    Text,
    Least,
    Greatest,
    Lower,
    Upper,
}

impl Function {
    /// Every function with its name; those of `math` bear that before a dot.
    pub const ALL: [(&'static str, Self); 13] = [
        ("size", Self::Size),
        ("contains", Self::Contains),
        ("startsWith", Self::StartsWith),
        ("endsWith", Self::EndsWith),
        ("matches", Self::Matches),
        ("date", Self::Date),
        ("double", Self::Double),
        ("int", Self::Int),
        ("string", Self::Text),
        ("math.least", Self::Least),
        ("math.greatest", Self::Greatest),
        ("lowerAscii", Self::Lower),
        ("upperAscii", Self::Upper),
    ];

    /// The function of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|&(_, function)| function)
    }

    /// The name as it is written.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, function)| *function == self)
            .map_or("", |(name, _)| name)
    }

    /// The fewest and the most arguments, what stands before the dot included.
    pub fn arguments(self) -> (usize, usize) {
        match self {
            Self::Size | Self::Date | Self::Double | Self::Int | Self::Text | Self::Lower | Self::Upper => {
                (1, 1)
            }
            Self::Contains | Self::StartsWith | Self::EndsWith | Self::Matches => (2, 2),
            Self::Least | Self::Greatest => (1, usize::MAX),
        }
    }
}

impl Node {
    /// A phrase that names the node in messages.
    pub fn describe(&self) -> String {
        match &self.what {
            What::Number(number) => format!("`{number}`"),
            What::Text(text) => format!("`'{text}'`"),
            What::Boolean(yes) => format!("`{yes}`"),
            What::Field(variable, name) => format!("`{}.{name}`", variable.name()),
            What::Has(variable, name) => format!("`has({}.{name})`", variable.name()),
            What::Item(name) => format!("`{name}`"),
            What::List(_) => "the list".into(),
            What::Not(_) => "the result of `!`".into(),
            What::Negate(_) => "the result of `-`".into(),
            What::Binary(operator, ..) => format!("the result of `{}`", operator.sign()),
            What::Choice(..) => "the result of `? :`".into(),
            What::Call(function, _) => format!("the result of `{}`", function.name()),
            What::Quantified { all, .. } => {
                format!("the result of `{}`", if *all { "all" } else { "exists" })
            }
        }
    }
}
