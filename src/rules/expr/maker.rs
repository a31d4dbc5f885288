//! Makes the plain-number form of an expression's rest.

use super::code::{Code, Op, Side};
use super::datum::Datum;
use super::divide::Keyed;
use super::grid::Grid;
use super::manner::Setting;
use super::native::{Native, Node};
use super::vector::Pool;

/// Makes the plain-number form from the parts' values; nothing where
/// the rest needs more than numbers and there are too many pairs of what it reads.
pub(super) fn native(rest: &Code, setting: &Setting, lead: &Keyed, rep: &Keyed) -> Option<Native> {
    let mut texts = Pool::default();
    let mut numbered = |parts: &[Vec<Datum>]| -> Vec<Option<Vec<f64>>> {
        let numbers = |values: &Vec<Datum>| values.iter().map(|value| number(value, &mut texts)).collect();
        parts.iter().map(numbers).collect()
    };
    let (lead_numbers, rep_numbers) = (numbered(&lead.parts), numbered(&rep.parts));
    let mut maker = Maker {
        setting,
        lead,
        rep,
        lead_numbers: &lead_numbers,
        rep_numbers: &rep_numbers,
        texts,
    };
    let root = maker.node(rest, false)?;
    let filled = |parts: Vec<Option<Vec<f64>>>| parts.into_iter().map(Option::unwrap_or_default).collect();
    Some(Native {
        root,
        lead: filled(lead_numbers),
        rep: filled(rep_numbers),
    })
}

/// The number that stands for a value; nothing for lists and states, which are not compared as numbers.
#[expect(
    clippy::cast_precision_loss,
    reason = "moments of some thousand years are exact, and far from 2^53"
)]
fn number(value: &Datum, texts: &mut Pool) -> Option<f64> {
    match value {
        Datum::Unknown(_) => Some(f64::NAN),
        Datum::Boolean(yes) => Some(f64::from(u8::from(*yes))),
        Datum::Number(number) => Some(*number),
        Datum::Date(moment) => Some(moment.0 as f64),
        Datum::Text(_) => Some(f64::from(texts.number(value.clone()))),
        Datum::Spot(_) | Datum::List(_) => None,
    }
}

fn holds_text(values: &[Datum]) -> bool {
    values.iter().any(|value| matches!(value, Datum::Text(_)))
}

struct Maker<'m> {
    setting: &'m Setting,
    lead: &'m Keyed,
    rep: &'m Keyed,
    lead_numbers: &'m [Option<Vec<f64>>],
    rep_numbers: &'m [Option<Vec<f64>>],
    /// Texts have a number only among those met.
    texts: Pool,
}

impl Maker<'_> {
    /// Makes a node; `same` tells whether it is only asked whether it equals another, as texts must be.
    fn node(&mut self, code: &Code, same: bool) -> Option<Node> {
        self.plain(code, same).or_else(|| {
            let grid = Grid::new(code, self.setting, self.lead, self.rep)?;
            Some(Node::Grid(Box::new(grid)))
        })
    }

    fn plain(&mut self, code: &Code, same: bool) -> Option<Node> {
        let mut below = |at: usize, same: bool| self.node(&code.below[at], same).map(Box::new);
        Some(match &code.op {
            Op::Constant(Datum::Text(_)) if !same => return None,
            Op::Constant(value) => Node::Constant(number(value, &mut self.texts)?),
            Op::Part(Side::Lead, part) => {
                let fits =
                    self.lead_numbers[*part].is_some() && (same || !holds_text(&self.lead.parts[*part]));
                return fits.then_some(Node::Lead(*part));
            }
            Op::Part(Side::Rep, part) => {
                let fits = self.rep_numbers[*part].is_some() && (same || !holds_text(&self.rep.parts[*part]));
                return fits.then_some(Node::Rep(*part));
            }
            Op::Pair { field, .. } => Node::Pair(*field),
            Op::PairKnown(field) => Node::PairKnown(*field),
            Op::Not => Node::Not(below(0, false)?),
            Op::Negate => Node::Negate(below(0, false)?),
            Op::Truncate => Node::Truncate(below(0, false)?),
            Op::Days => Node::Days(below(0, false)?, below(1, false)?),
            Op::And => Node::And(below(0, false)?, below(1, false)?),
            Op::Or => Node::Or(below(0, false)?, below(1, false)?),
            Op::Choice => Node::Choice(below(0, false)?, below(1, same)?, below(2, same)?),
            Op::Compare(operator) => {
                let same = operator.tests_equality();
                Node::Compare(*operator, below(0, same)?, below(1, same)?)
            }
            Op::Arithmetic { operator, .. } => {
                Node::Arithmetic(*operator, below(0, false)?, below(1, false)?)
            }
            Op::Least | Op::Greatest => {
                let below = code.below.iter().map(|below| self.node(below, false));
                Node::Extreme {
                    least: matches!(code.op, Op::Least),
                    below: below.collect::<Option<_>>()?,
                }
            }
            _ => return None,
        })
    }
}
