//! Looks up the names of an expression in the columns and pair fields.

use super::Variable;
use super::check::{Checked, Checker, Slot};
use super::code::{Code, Op, Side};
use super::datum::Datum;
use super::kinds::Type;
use super::manner::Manner;
use super::tree::{Node, What};
use crate::mistake::{Kind as MistakeKind, did_you_mean};
use crate::model::{Frame, Kind};

/// What a name stands for.
enum Found {
    /// The column of that slot.
    Column(usize),
    /// A standard field that the file lacks.
    Lacking,
}

impl<'f> Checker<'_, 'f> {
    /// A field; `empty` stands for an empty cell, which is unknown without it.
    pub fn field(&mut self, at: usize, variable: Variable, name: &str, empty: Option<Datum>) -> Checked {
        if variable == Variable::Pair {
            let field = self.pair_field(at, name)?;
            let missing = self.reason(format!("pair.{name} is not known"));
            return Some((Code::leaf(Op::Pair { field, missing }), Type::NUMBER));
        }
        let empty = empty
            .unwrap_or_else(|| Datum::Unknown(self.reason(format!("{}.{name} is empty", variable.name()))));
        Some(match self.slot(at, variable, name)? {
            Found::Column(slot) => {
                let kind = Type::of_column(self.slots[slot].column.kind);
                (Code::leaf(Op::Column { slot, empty }), kind)
            }
            Found::Lacking => (Code::leaf(Op::Constant(empty)), Type::Nothing),
        })
    }

    pub fn has(&mut self, at: usize, variable: Variable, name: &str) -> Checked {
        let op = if variable == Variable::Pair {
            Op::PairKnown(self.pair_field(at, name)?)
        } else {
            match self.slot(at, variable, name)? {
                Found::Column(slot) => Op::Filled(slot),
                Found::Lacking => Op::Constant(Datum::Boolean(false)),
            }
        };
        Some((Code::leaf(op), Type::BOOLEAN))
    }

    fn pair_field(&mut self, at: usize, name: &str) -> Option<usize> {
        let field = self.scope.pair.iter().position(|known| *known == name);
        if let Some(field) = field {
            self.pair.insert(field);
        } else {
            let known = self.scope.pair.iter().copied();
            let meant = did_you_mean(name, known).map(str::to_owned);
            let expected = format!("one of {}", self.scope.pair.join(", "));
            self.unknown(at, Variable::Pair, name, expected, meant);
        }
        field
    }

    /// The column of a name; nothing after the fault was noted that there is none.
    fn slot(&mut self, at: usize, variable: Variable, name: &str) -> Option<Found> {
        let (frame, fields, side): (&'f Frame, &[&str], Side) = if variable == Variable::Rep {
            (self.scope.rep, self.scope.rep_fields, Side::Rep)
        } else {
            (self.scope.lead, self.scope.lead_fields, Side::Lead)
        };
        if let Some(column) = frame.column(name) {
            let known = |slot: &Slot<'_>| slot.side == side && slot.column.name == name;
            let at = self.slots.iter().position(known).unwrap_or_else(|| {
                self.slots.push(Slot { side, column });
                self.slots.len() - 1
            });
            return Some(Found::Column(at));
        }
        if fields.contains(&name) {
            return Some(Found::Lacking);
        }
        let columns = frame.columns.iter().map(|column| column.name.as_str());
        let known = frame.known.iter().map(String::as_str).chain(columns);
        let meant = did_you_mean(name, known.chain(fields.iter().copied())).map(str::to_owned);
        let expected = match side {
            Side::Lead => "a column of the leads or a field that they may have",
            Side::Rep if name.starts_with("team.") => "a column of the teams file: `--teams FILE`",
            Side::Rep => "a column of the reps or a field that they may have",
        };
        let expected = expected.to_owned();
        self.unknown(at, variable, name, expected, meant);
        None
    }

    fn unknown(
        &mut self,
        at: usize,
        variable: Variable,
        name: &str,
        expected: String,
        meant: Option<String>,
    ) {
        let whole = |name: &str| {
            if name.starts_with("team.") {
                name.to_owned()
            } else {
                format!("{}.{name}", variable.name())
            }
        };
        let found = format!("`{}`, which there is not", whole(name));
        self.faults.add(MistakeKind::UnknownName, at, found, |mistake| {
            let mistake = mistake.expected(expected);
            match meant {
                Some(meant) => mistake.hint(format!("did you mean `{}`?", whole(&meant))),
                None => mistake,
            }
        });
    }

    /// A text or list in the form in which it compares.
    pub fn canonical(&mut self, manner: Manner, node: &Node, code: Code) -> Code {
        let mut below = vec![code];
        if let (Manner::State, What::Field(variable @ (Variable::Lead | Variable::Rep), name)) =
            (manner, &node.what)
            && name == "state"
        {
            below.extend(self.country_beside(node.at, *variable));
        }
        self.make(Op::Canonical(manner), below)
    }

    /// The country cell in the row of a state; none where the file has no such column.
    fn country_beside(&mut self, at: usize, variable: Variable) -> Option<Code> {
        let frame = if variable == Variable::Rep {
            self.scope.rep
        } else {
            self.scope.lead
        };
        let column = frame.column("country")?;
        (column.kind == Kind::Text)
            .then(|| self.field(at, variable, "country", Some(Datum::text(""))))
            .flatten()
            .map(|(code, _)| code)
    }
}
