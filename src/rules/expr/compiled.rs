//! An expression checked against the columns of a batch and ready to be evaluated.

use super::{Answer, Expression, Scope, Want};
use crate::mistake::Mistakes;
use crate::model::{Column, Kind};

/// An expression checked against the columns of a batch, which it borrows.
#[derive(Debug)]
pub struct Compiled<'f> {
    lead: Vec<&'f Column>,
}

/// One answer per distinct value: leads (or reps) that the expression cannot tell apart share a code.
#[derive(Clone, Debug, PartialEq)]
pub struct Distinct {
    /// For every row the place of its answer in `answers`.
    pub codes: Vec<u32>,
    /// The different answers, in the order in which rows first have them.
    pub answers: Vec<Answer>,
}

impl Distinct {
    /// The answer of a row.
    pub fn answer(&self, row: usize) -> &Answer {
        &self.answers[self.codes[row] as usize]
    }
}

/// Checks an expression against the columns.
///
/// # Errors
/// Unknown names, types that do not fit, functions that there are not: all at once, each with a caret.
pub fn compile<'f>(
    _expression: &Expression,
    _scope: &Scope<'f>,
    _want: Want,
) -> Result<Compiled<'f>, Mistakes> {
    todo!()
}

impl<'f> Compiled<'f> {
    /// The type of what it comes to; absent where it reads nothing but empty fields.
    pub fn kind(&self) -> Option<Kind> {
        todo!()
    }

    /// What it comes to for a row of the leads and a row of the reps; `pair` gives the value of a
    /// pair field by its number in [`Scope::pair`]. A row that it needs and does not get is unknown.
    pub fn evaluate(
        &self,
        _lead: Option<usize>,
        _rep: Option<usize>,
        _pair: &dyn Fn(usize) -> Option<f64>,
    ) -> Answer {
        todo!()
    }

    /// Tells whether it reads the lead.
    pub fn reads_lead(&self) -> bool {
        todo!()
    }

    /// Tells whether it reads the rep.
    pub fn reads_rep(&self) -> bool {
        todo!()
    }

    /// The numbers, in [`Scope::pair`], of the pair fields that it reads.
    pub fn reads_pair(&self) -> &[usize] {
        todo!()
    }

    /// The lead columns that it reads.
    pub fn lead_columns(&self) -> &[&'f Column] {
        &self.lead
    }

    /// The rep columns that it reads.
    pub fn rep_columns(&self) -> &[&'f Column] {
        todo!()
    }

    /// The answer of every lead, for an expression that reads nothing but the lead.
    pub fn per_lead(&self) -> Distinct {
        todo!()
    }

    /// The answer of every rep, for an expression that reads nothing but the rep.
    pub fn per_rep(&self) -> Distinct {
        todo!()
    }
}
