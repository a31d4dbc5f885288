//! An expression checked against the columns of a batch and ready to be evaluated.

use super::answer::Answer;
use super::check::{Checker, Slot};
use super::code::{Code, Side, Sources};
use super::datum::Datum;
use super::fault::Faults;
use super::kinds::Type;
use super::manner::Setting;
use super::vector::Vectors;
use super::{Expression, Scope, Want};
use crate::mistake::Mistakes;
use crate::model::{Column, Kind};

/// An expression checked against the columns of a batch, which it borrows.
#[derive(Clone, Debug)]
pub struct Compiled<'f> {
    pub(super) code: Code,
    pub(super) slots: Vec<Slot<'f>>,
    pub(super) reasons: Vec<String>,
    pub(super) setting: Setting,
    pub(super) pair: Vec<usize>,
    pub(super) lead_rows: usize,
    pub(super) rep_rows: usize,
    kind: Type,
    columns: [Vec<&'f Column>; 2],
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
/// Unknown names, types that do not fit, patterns and dates that do not work: all at once, each with a caret.
pub fn compile<'f>(expression: &Expression, scope: &Scope<'f>, want: Want) -> Result<Compiled<'f>, Mistakes> {
    let setting = Setting {
        country: scope.country,
        as_of: scope.as_of.clone(),
    };
    let mut faults = Faults::new(expression.source(), expression.position(), expression.key());
    let mut checker = Checker::new(scope, &setting, &mut faults);
    let root = checker.root(expression.root(), want);
    let (slots, reasons, pair) = (checker.slots, checker.reasons, checker.pair);
    let (code, kind) = faults.or(root)?;
    let of = |side: Side| {
        let slots = slots.iter().filter(|slot| slot.side == side);
        slots.map(|slot| slot.column).collect()
    };
    Ok(Compiled {
        columns: [of(Side::Lead), of(Side::Rep)],
        code,
        slots,
        reasons,
        setting,
        pair: pair.into_iter().collect(),
        lead_rows: scope.lead.rows,
        rep_rows: scope.rep.rows,
        kind,
    })
}

impl<'f> Compiled<'f> {
    /// The type of what it comes to; absent where it reads nothing but fields that the file lacks.
    pub fn kind(&self) -> Option<Kind> {
        self.kind.kind()
    }

    /// What it comes to for a row of the leads and a row of the reps; `pair` gives the value of a
    /// pair field by its number in [`Scope::pair`]. The cells of a row that it needs and does not get
    /// count as empty.
    pub fn evaluate(
        &self,
        lead: Option<usize>,
        rep: Option<usize>,
        pair: &dyn Fn(usize) -> Option<f64>,
    ) -> Answer {
        let cell = |slot: usize| {
            let Slot { side, column } = self.slots[slot];
            let row = match side {
                Side::Lead => lead,
                Side::Rep => rep,
            };
            row.map(|row| column.value(row))
        };
        let sources = Sources {
            setting: &self.setting,
            cell: &cell,
            pair,
            part: &|_, _| Datum::empty_list(),
        };
        self.code.evaluate(&sources, None).answer(&self.reasons)
    }

    /// Tells whether it reads a column of the leads.
    pub fn reads_lead(&self) -> bool {
        !self.columns[0].is_empty()
    }

    /// Tells whether it reads a column of the reps.
    pub fn reads_rep(&self) -> bool {
        !self.columns[1].is_empty()
    }

    /// The numbers, in [`Scope::pair`], of the pair fields that it reads.
    pub fn reads_pair(&self) -> &[usize] {
        &self.pair
    }

    /// The lead columns that it reads.
    pub fn lead_columns(&self) -> &[&'f Column] {
        &self.columns[0]
    }

    /// The rep columns that it reads.
    pub fn rep_columns(&self) -> &[&'f Column] {
        &self.columns[1]
    }

    /// The answer of every lead, each largest part evaluated once per distinct tuple of values; rep and
    /// pair fields count as empty.
    pub fn per_lead(&self) -> Distinct {
        self.per_row(Side::Lead, self.lead_rows)
    }

    /// The answer of every rep, in the same manner; lead and pair fields count as empty.
    pub fn per_rep(&self) -> Distinct {
        self.per_row(Side::Rep, self.rep_rows)
    }

    fn per_row(&self, side: Side, rows: usize) -> Distinct {
        let vector = Vectors::new(self, side, rows).vector(&self.code);
        let answers = vector.values.iter().map(|value| value.answer(&self.reasons));
        Distinct {
            answers: answers.collect(),
            codes: vector.codes,
        }
    }
}
