//! A team's own hard rule.
//!
//! ```toml
//! [[require]]
//! name = "big companies go to veterans"
//! when = "lead.employees >= 3000"
//! that = "rep.experience_years >= 5"
//! if_empty = "apply"   # what an unknown `when` does: skip (default) | apply
//! ```

use super::Hard;
use crate::model::LeadIndex;
use crate::rules::Verdict;
use crate::rules::expr::Truth;
use crate::rules::keys::Keys;
use crate::rules::pairs::Statement;

/// The rule over its two statements.
#[derive(Debug)]
pub struct Require {
    when: Option<Statement>,
    that: Statement,
    apply_if_empty: bool,
    /// For each key those of `when` and of `that`.
    keys: Vec<(u32, u32)>,
}

impl Require {
    /// Binds the rule to the leads to which it may apply.
    pub fn bind(
        when: Option<Statement>,
        that: Statement,
        apply_if_empty: bool,
        leads: usize,
    ) -> (Keys, Self) {
        let mut require = Self {
            when,
            that,
            apply_if_empty,
            keys: Vec::new(),
        };
        let (keys, of) = Keys::by(leads, |row| require.key(LeadIndex::new(row)));
        require.keys = of;
        (keys, require)
    }

    /// The keys of a lead; `None` where `when` says by the lead alone that the rule does not apply.
    fn key(&self, lead: LeadIndex) -> Option<(u32, u32)> {
        let that = self.that.keys.of(lead)?;
        let Some(when) = &self.when else {
            return Some((0, that));
        };
        let key = when.keys.of(lead)?;
        if when.reads_rep || when.reps == 0 {
            return Some((key, that));
        }
        self.applies(when.truth(key, 0)).then_some((0, that))
    }

    fn applies(&self, when: Truth) -> bool {
        when == Truth::True || when == Truth::Unknown && self.apply_if_empty
    }

    /// The part of the rule that asks the rep whether it applies.
    fn pairwise(&self) -> Option<&Statement> {
        self.when.as_ref().filter(|when| when.reads_rep)
    }
}

impl Hard for Require {
    fn verdict(&self, key: u32, rep: usize) -> Verdict {
        let (when, that) = self.keys[key as usize];
        if self
            .pairwise()
            .is_some_and(|statement| !self.applies(statement.truth(when, rep)))
        {
            return Verdict::Holds;
        }
        match self.that.truth(that, rep) {
            Truth::True => Verdict::Holds,
            Truth::False => Verdict::Fails,
            Truth::Unknown => {
                let reason = self.that.reason(that, rep);
                Verdict::Unknown(reason.unwrap_or_else(|| "something is empty".to_owned()))
            }
        }
    }

    fn clear_blocked(&self, key: u32, out: &mut [bool]) {
        let (when, that) = self.keys[key as usize];
        match self.pairwise() {
            None => self.that.clear_false(that, out),
            Some(statement) => {
                for (rep, out) in out.iter_mut().enumerate() {
                    *out &= !self.applies(statement.truth(when, rep))
                        || self.that.truth(that, rep) == Truth::True;
                }
            }
        }
    }
}
