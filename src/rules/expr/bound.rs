//! An expression decided once per distinct value, so that its cost does not grow with leads times reps.

use super::answer::{Answer, Truth};
use super::coarse::coarsen;
use super::code::{Code, Side, Sources};
use super::compiled::Compiled;
use super::datum::Datum;
use super::divide::{Keyed, Parts, keyed, vectors};
use super::maker::native;
use super::manner::Setting;
use super::native::Native;
use super::strip::Strip;
use super::table::Table;
use crate::model::Kind;

/// The most pairs of keys that are decided at once and kept; beyond, each is decided when asked for.
const TABLED: usize = 1 << 23;

/// An expression bound to the leads and reps of a batch; it owns all that it needs.
///
/// Leads that it cannot tell apart share a key, and so do reps.
#[derive(Clone, Debug)]
pub struct Bound {
    lead_keys: Vec<u32>,
    rep_keys: Vec<u32>,
    lead_count: usize,
    rep_count: usize,
    pair: Vec<usize>,
    reasons: Vec<String>,
    /// Whether it comes to yes or no, not to a number.
    is_boolean: bool,
    decided: Decided,
}

#[derive(Clone, Debug)]
enum Decided {
    Table(Table),
    Live(Box<Live>),
}

/// What is left of an expression when all parts that read one side are evaluated.
#[derive(Clone, Debug)]
pub(super) struct Live {
    rest: Code,
    setting: Setting,
    lead: Keyed,
    rep: Keyed,
    native: Option<Native>,
}

impl Live {
    /// The value for a pair of keys.
    pub fn value(&self, lead_key: u32, rep_key: u32, pair: &dyn Fn(usize) -> Option<f64>) -> Datum {
        let part = |side: Side, part: usize| match side {
            Side::Lead => self.lead.parts[part][lead_key as usize].clone(),
            Side::Rep => self.rep.parts[part][rep_key as usize].clone(),
        };
        let sources = Sources {
            setting: &self.setting,
            cell: &|_| None,
            pair,
            part: &part,
        };
        self.rest.evaluate(&sources, None)
    }

    /// Tells whether it is evaluated as plain numbers, a row at a time.
    pub fn is_native(&self) -> bool {
        self.native.is_some()
    }

    /// The numbers (yes 1, no 0, unknown NaN) for a lead key and every rep of a list of rep keys.
    pub fn numbers(
        &self,
        lead_key: u32,
        reps: &[u32],
        pair: &dyn Fn(usize, usize) -> Option<f64>,
        out: &mut [f64],
    ) {
        if let Some(native) = &self.native {
            match native.row(lead_key, reps, pair) {
                Strip::Same(number) => out.fill(number),
                Strip::Each(numbers) => out.copy_from_slice(&numbers),
            }
            return;
        }
        for (rep, (number, &key)) in out.iter_mut().zip(reps).enumerate() {
            *number = number_of(&self.value(lead_key, key, &|field| pair(field, rep)));
        }
    }
}

/// The value as a number: yes 1, no 0, anything else NaN.
pub(super) fn number_of(value: &Datum) -> f64 {
    match value {
        Datum::Number(number) => *number,
        Datum::Boolean(yes) => f64::from(u8::from(*yes)),
        _ => f64::NAN,
    }
}

impl Bound {
    /// Evaluates every largest part that reads only the lead, or only the rep, once per distinct
    /// tuple of values, and the rest once per distinct pair of those where that is few enough and
    /// does not read the pair.
    pub fn new(compiled: &Compiled<'_>) -> Self {
        let mut parts = Parts::default();
        let rest = parts.divide(compiled, &compiled.code);
        let mut lead = vectors(compiled, Side::Lead, &parts.lead);
        let rep = vectors(compiled, Side::Rep, &parts.rep);
        coarsen(&rest, &mut lead, &rep);
        let (lead_keys, lead) = keyed(compiled.lead_rows, &lead);
        let (rep_keys, rep) = keyed(compiled.rep_rows, &rep);
        let mut bound = Self {
            lead_keys,
            rep_keys,
            lead_count: lead.count,
            rep_count: rep.count,
            pair: compiled.pair.clone(),
            reasons: compiled.reasons.clone(),
            is_boolean: compiled.kind() == Some(Kind::Boolean),
            decided: Decided::Live(Box::new(Live {
                native: native(&rest, &compiled.setting, &lead, &rep),
                rest,
                setting: compiled.setting.clone(),
                lead,
                rep,
            })),
        };
        bound.tabulate();
        bound
    }

    /// Decides every pair of keys, and gives those that make no difference one key.
    fn tabulate(&mut self) {
        let Decided::Live(live) = &self.decided else {
            return;
        };
        if !self.pair.is_empty() || self.lead_count.saturating_mul(self.rep_count) > TABLED {
            return;
        }
        let Some(mut table) = Table::new(live, self.lead_count, self.rep_count) else {
            return;
        };
        self.lead_count = table.merge_leads(&mut self.lead_keys);
        self.rep_count = table.merge_reps(&mut self.rep_keys);
        self.decided = Decided::Table(table);
    }

    /// The key of a lead.
    pub fn lead_key(&self, lead: usize) -> u32 {
        self.lead_keys[lead]
    }

    /// How many keys the leads have; keys are below it.
    pub fn lead_keys(&self) -> usize {
        self.lead_count
    }

    /// The key of a rep.
    pub fn rep_key(&self, rep: usize) -> u32 {
        self.rep_keys[rep]
    }

    /// How many keys the reps have; keys are below it.
    pub fn rep_keys(&self) -> usize {
        self.rep_count
    }

    /// The numbers, in [`Scope::pair`](super::Scope::pair), of the pair fields that it reads.
    pub fn reads_pair(&self) -> &[usize] {
        &self.pair
    }

    fn value(&self, lead_key: u32, rep: usize, pair: &dyn Fn(usize) -> Option<f64>) -> Datum {
        let rep_key = self.rep_keys[rep];
        match &self.decided {
            Decided::Table(table) => table.value(lead_key, rep_key).clone(),
            Decided::Live(live) => live.value(lead_key, rep_key, pair),
        }
    }

    /// What it comes to for a lead's key and a rep. `pair` gives pair fields by number; it is not
    /// called where none is read.
    pub fn answer(&self, lead_key: u32, rep: usize, pair: &dyn Fn(usize) -> Option<f64>) -> Answer {
        self.value(lead_key, rep, pair).answer(&self.reasons)
    }

    /// Whether it holds for a lead's key and a rep; `pair` as in [`Bound::answer`].
    pub fn boolean(&self, lead_key: u32, rep: usize, pair: &dyn Fn(usize) -> Option<f64>) -> Truth {
        match self.value(lead_key, rep, pair) {
            Datum::Boolean(true) => Truth::True,
            Datum::Boolean(false) => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// Why it is unknown for a lead's key and a rep, as a phrase; absent where it is known. `pair` as
    /// in [`Bound::answer`].
    pub fn reason(&self, lead_key: u32, rep: usize, pair: &dyn Fn(usize) -> Option<f64>) -> Option<String> {
        match self.answer(lead_key, rep, pair) {
            Answer::Unknown(reason) => Some(reason),
            _ => None,
        }
    }

    /// The number (yes 1, no 0) that it comes to for a lead's key and a rep; absent where unknown.
    /// `pair` as in [`Bound::answer`].
    pub fn number(&self, lead_key: u32, rep: usize, pair: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
        let number = number_of(&self.value(lead_key, rep, pair));
        (!number.is_nan()).then_some(number)
    }

    /// Writes the number of every rep in roster order, NaN where unknown: the same as [`Bound::number`]
    /// one by one. `pair` gives pair fields by number and rep.
    pub fn numbers(&self, lead_key: u32, pair: &dyn Fn(usize, usize) -> Option<f64>, out: &mut [f64]) {
        match &self.decided {
            Decided::Table(table) => table.numbers(lead_key, &self.rep_keys, out),
            Decided::Live(live) => live.numbers(lead_key, &self.rep_keys, pair, out),
        }
    }

    /// Clears `out[rep]` for every rep for whom it does not hold: the same as [`Bound::boolean`] one by
    /// one. `pair` gives pair fields by number and rep.
    pub fn clear_false(&self, lead_key: u32, pair: &dyn Fn(usize, usize) -> Option<f64>, out: &mut [bool]) {
        match &self.decided {
            Decided::Table(table) => table.clear_false(lead_key, &self.rep_keys, out),
            Decided::Live(live) => {
                let mut numbers = vec![0.0; self.rep_keys.len()];
                live.numbers(lead_key, &self.rep_keys, pair, &mut numbers);
                for (keep, number) in out.iter_mut().zip(&numbers) {
                    *keep &= self.is_boolean && *number > 0.5;
                }
            }
        }
    }
}
