//! The rest of an expression as plain numbers, evaluated for a lead and a whole row of reps at once.
//!
//! Yes is 1, no is 0, unknown is NaN, and a text is the number it has among the texts met.

use super::evaluate::calculate;
use super::grid::Grid;
use super::strip::Strip;
use super::tree::Operator;

/// An expression's rest that needs nothing but numbers.
#[derive(Clone, Debug)]
pub(super) struct Native {
    pub root: Node,
    /// Per part that reads the lead: a number for every lead key; none where nothing needs them.
    pub lead: Vec<Vec<f64>>,
    /// Per part that reads the rep: a number for every rep key; none where nothing needs them.
    pub rep: Vec<Vec<f64>>,
}

/// A node of it.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Constant(f64),
    Lead(usize),
    Rep(usize),
    Pair(usize),
    PairKnown(usize),
    Not(Box<Node>),
    Negate(Box<Node>),
    Truncate(Box<Node>),
    Days(Box<Node>, Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Choice(Box<Node>, Box<Node>, Box<Node>),
    Compare(Operator, Box<Node>, Box<Node>),
    Arithmetic(Operator, Box<Node>, Box<Node>),
    Extreme {
        least: bool,
        below: Vec<Node>,
    },
    /// What plain numbers cannot say, evaluated before.
    Grid(Box<Grid>),
}

impl Native {
    /// The numbers for a lead key and every rep of a list of rep keys.
    pub fn row(&self, lead_key: u32, reps: &[u32], pair: &dyn Fn(usize, usize) -> Option<f64>) -> Strip {
        Row {
            native: self,
            lead_key: lead_key as usize,
            reps,
            pair,
        }
        .strip(&self.root)
    }
}

/// One row being evaluated.
struct Row<'r> {
    native: &'r Native,
    lead_key: usize,
    reps: &'r [u32],
    pair: &'r dyn Fn(usize, usize) -> Option<f64>,
}

impl Row<'_> {
    fn strip(&self, node: &Node) -> Strip {
        match node {
            Node::Constant(number) => Strip::Same(*number),
            Node::Lead(part) => Strip::Same(self.native.lead[*part][self.lead_key]),
            Node::Rep(part) => {
                let numbers = &self.native.rep[*part];
                Strip::Each(self.reps.iter().map(|&key| numbers[key as usize]).collect())
            }
            Node::Pair(field) => self.each_rep(|rep| {
                let number = (self.pair)(*field, rep).unwrap_or(f64::NAN);
                finite(number)
            }),
            Node::PairKnown(field) => self.each_rep(|rep| truth((self.pair)(*field, rep).is_some())),
            Node::Not(inner) => self.strip(inner).map(|yes| 1.0 - yes),
            Node::Negate(inner) => self.strip(inner).map(|number| 0.0 - number),
            Node::Truncate(inner) => self.strip(inner).map(|number| number.trunc() + 0.0),
            Node::Days(left, right) => self.two(left, right, |left, right| (left - right) / 86_400.0),
            Node::And(left, right) => self.two(left, right, |left, right| {
                if left == 0.0 || right == 0.0 {
                    0.0
                } else {
                    left * right
                }
            }),
            Node::Or(left, right) => self.two(left, right, |left, right| {
                if is_yes(left) || is_yes(right) {
                    1.0
                } else {
                    left + right
                }
            }),
            Node::Choice(condition, then, otherwise) => self.choice(condition, then, otherwise),
            Node::Compare(operator, left, right) => self.compare(*operator, left, right),
            Node::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right),
            Node::Extreme { least, below } => self.extreme(*least, below),
            Node::Grid(grid) => Strip::Each(grid.row(self.lead_key, self.reps)),
        }
    }

    fn each_rep(&self, number: impl Fn(usize) -> f64) -> Strip {
        Strip::Each((0..self.reps.len()).map(number).collect())
    }

    fn two(&self, left: &Node, right: &Node, number: impl Fn(f64, f64) -> f64) -> Strip {
        self.strip(left).with(self.strip(right), number)
    }

    #[expect(clippy::float_cmp, reason = "numbers of cells are equal or not")]
    fn compare(&self, operator: Operator, left: &Node, right: &Node) -> Strip {
        match operator {
            Operator::Equal => self.test(left, right, |left, right| left == right),
            Operator::NotEqual => self.test(left, right, |left, right| left != right),
            Operator::Less => self.test(left, right, |left, right| left < right),
            Operator::LessOrEqual => self.test(left, right, |left, right| left <= right),
            Operator::Greater => self.test(left, right, |left, right| left > right),
            _ => self.test(left, right, |left, right| left >= right),
        }
    }

    fn test(&self, left: &Node, right: &Node, holds: impl Fn(f64, f64) -> bool) -> Strip {
        self.two(left, right, |left, right| {
            if left.is_nan() || right.is_nan() {
                f64::NAN
            } else {
                truth(holds(left, right))
            }
        })
    }

    fn arithmetic(&self, operator: Operator, left: &Node, right: &Node) -> Strip {
        self.two(left, right, |left, right| {
            calculate(operator, left, right).map_or(f64::NAN, finite)
        })
    }

    fn extreme(&self, least: bool, below: &[Node]) -> Strip {
        let best = |one: f64, other: f64| {
            if one.is_nan() || other.is_nan() {
                f64::NAN
            } else if least {
                one.min(other)
            } else {
                one.max(other)
            }
        };
        let strips = below.iter().map(|node| self.strip(node));
        strips
            .reduce(|so_far, strip| so_far.with(strip, best))
            .unwrap_or(Strip::Same(f64::NAN))
    }

    fn choice(&self, condition: &Node, then: &Node, otherwise: &Node) -> Strip {
        let condition = match self.strip(condition) {
            Strip::Same(1.0) => return self.strip(then),
            Strip::Same(0.0) => return self.strip(otherwise),
            Strip::Same(_) => return Strip::Same(f64::NAN),
            Strip::Each(condition) => condition,
        };
        let (then, otherwise) = (self.strip(then), self.strip(otherwise));
        let chosen = condition.iter().enumerate().map(|(rep, &yes)| {
            if yes.is_nan() {
                yes
            } else if is_yes(yes) {
                then.at(rep)
            } else {
                otherwise.at(rep)
            }
        });
        Strip::Each(chosen.collect())
    }
}

/// The number itself, in the form that evaluation keeps numbers in; NaN where it is not finite.
fn finite(number: f64) -> f64 {
    if number.is_finite() {
        number + 0.0
    } else {
        f64::NAN
    }
}

/// Tells whether a truth is yes; unknown is not.
fn is_yes(truth: f64) -> bool {
    truth > 0.5
}

fn truth(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}
