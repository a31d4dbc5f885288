//! A rule file: settings for the readers, who may take which lead, what is worth more, which passes.
//!
//! Owns the plain scorer of one pair, [`Rules::points`] and [`Rules::may`].

mod bind;
pub mod catalogue;
mod distance;
pub mod expr;
mod fields;
mod file;
mod findings;
mod keys;
pub mod limit;
mod load;
mod location;
mod overlap;
mod pairs;
pub mod requirement;
pub mod score;
mod skills;
mod team_cap;
mod territory;
#[cfg(test)]
pub(crate) mod testing;
mod words;

use crate::model::{
    Batch, LeadIndex, NotDealt, Note, PartIndex, Period, Points, RepIndex, Settings, Table, TierIndex, Weight,
};
pub use bind::{TERRITORIES, bind};
pub use findings::report_of_rules;
pub use limit::{Limit, LimitGroup};
pub use load::load;
pub use requirement::Requirement;
pub use score::Part;
use std::collections::{BTreeMap, BTreeSet};

/// A method of dealing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every lead and every rep of the pass at once.
    Optimal,
    /// Rotation with shares.
    RoundRobin,
    /// Each lead to the rep with the lowest load.
    LeastLoaded,
    /// Rotation whose shares are performance.
    TopProducer,
    /// To a team, not yet a person.
    Shotgun,
    /// Reps' ranked wishes, so that the whole is worth most.
    CherryPick,
    /// The first to claim.
    SharkTank,
    /// Each pull takes the next lead of a queue.
    BlindPull,
}

impl Method {
    /// The word in rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::RoundRobin => "round_robin",
            Self::LeastLoaded => "least_loaded",
            Self::TopProducer => "top_producer",
            Self::Shotgun => "shotgun",
            Self::CherryPick => "cherry_pick",
            Self::SharkTank => "shark_tank",
            Self::BlindPull => "blind_pull",
        }
    }

    /// Tells whether it deals only what reps ask for.
    pub fn is_by_claims(self) -> bool {
        matches!(self, Self::CherryPick | Self::SharkTank | Self::BlindPull)
    }

    /// Tells whether reps get what they have not seen.
    pub fn is_unseen(self) -> bool {
        self == Self::BlindPull
    }
}

/// The most leads that one rep may wish for: each rank counts 10 points, and all of them together stay within the
/// scale of scores.
pub const MOST_WISHES: usize = 99;

/// A pass, bound to a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    /// Its name.
    pub name: String,
    /// Its method.
    pub method: Method,
    /// For each lead whether `when` holds.
    pub leads: Vec<bool>,
    /// For each rep whether `reps` holds.
    pub reps: Vec<bool>,
    /// No pair below this score.
    pub min_score: Option<Points>,
    /// For each requirement of [`Rules::requirements`] whether this pass does not ask for it.
    pub relaxed: Vec<bool>,
    /// Rotation: for each lead its group by the value of `within`; all 0 without.
    pub groups: Vec<u32>,
    /// The group values as text; one empty text without `within`.
    pub group_names: Vec<String>,
    /// Rotation: newcomers and returners catch up.
    pub catch_up: bool,
    /// Top producer: no share below this fraction of the mean.
    pub floor: f64,
    /// Shotgun: offer each lead to so many reps instead.
    pub offer: Option<u32>,
    /// By claims: at most so many leads a rep in this pass.
    pub cap: Option<u32>,
}

/// What one hard rule says of one pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The pair is allowed.
    Holds,
    /// It is not.
    Fails,
    /// It is not, because something is unknown: "lead.state is empty".
    Unknown(String),
}

/// The `[balance]` table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Points that a rep's last free place costs.
    pub strength: Points,
    /// At most so many times a fair share of this run.
    pub max_share: Option<Weight>,
}

/// The score of a pair with its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairScore {
    /// The weighted mean.
    pub total: Points,
    /// Each part in the order of the rules; absent where left out.
    pub parts: Vec<Option<Points>>,
}

/// Rules, bound to a batch: everything about its leads and reps that words decide is decided.
#[derive(Debug)]
pub struct Rules {
    /// Names of the tiers, best first.
    pub tiers: Vec<String>,
    /// Each lead's tier.
    pub lead_tiers: Vec<TierIndex>,
    /// For each lead why it is not up for dealing: converted, already owned, not qualified.
    pub barred: Vec<Option<NotDealt>>,
    /// The rep who gets a lead as the owner of its account, before any pass and whatever its room.
    pub owners: BTreeMap<LeadIndex, RepIndex>,
    /// Who had the account of a lead and has left.
    pub former: BTreeMap<LeadIndex, RepIndex>,
    /// The parts of the score.
    pub parts: Vec<Part>,
    /// The hard rules: built-in ones first, then `[[require]]` in their order.
    pub requirements: Vec<Requirement>,
    /// Balance.
    pub balance: Balance,
    /// Caps beyond a rep's own, over all passes together.
    pub limits: Vec<Limit>,
    /// The passes.
    pub passes: Vec<Pass>,
    /// Takes what no pass dealt.
    pub fallback: Option<RepIndex>,
    /// What should be said of binding.
    pub notes: Vec<Note>,
    /// What `check` says besides.
    checks: Vec<Note>,
}

impl Rules {
    /// The score of a pair: Σ(weight · part) / Σ weight over the parts not left out for the lead, in
    /// integers, rounded half up; 0 where every part is left out.
    pub fn points(&self, lead: LeadIndex, rep: RepIndex) -> PairScore {
        let mut parts = Vec::with_capacity(self.parts.len());
        let (mut sum, mut weights) = (0i64, 0i64);
        for part in &self.parts {
            let units = part.key(lead).map(|key| part.units(key, rep));
            if let Some(units) = units {
                sum += i64::from(part.weight.0) * i64::from(units);
                weights += i64::from(part.weight.0);
            }
            parts.push(units.map(|units| Points(i64::from(units))));
        }
        PairScore {
            total: Points(mean(sum, weights)),
            parts,
        }
    }

    /// Tells whether every hard rule that the pass asks for lets this rep take this lead
    /// (activity, room, `min_score` and the pass's `when` and `reps` apart).
    pub fn may(&self, pass: Option<&Pass>, lead: LeadIndex, rep: RepIndex) -> bool {
        self.requirements.iter().enumerate().all(|(at, requirement)| {
            pass.is_some_and(|pass| pass.relaxed[at])
                || requirement
                    .key(lead)
                    .is_none_or(|key| requirement.verdict(key, rep) == Verdict::Holds)
        })
    }

    /// The position of a part by name.
    pub fn part(&self, name: &str) -> Option<PartIndex> {
        self.parts
            .iter()
            .position(|part| part.name == name)
            .map(PartIndex::new)
    }

    /// The distance of a pair in kilometres, where both places are known well enough.
    pub fn distance_km(&self, batch: &Batch, lead: LeadIndex, rep: RepIndex) -> Option<f64> {
        let lead = batch.leads.places[lead.at()].measurable()?;
        let rep = batch.reps.list[rep.at()].place.measurable()?;
        Some(distance::km(lead, rep))
    }
}

/// The weighted mean of a score in units, half up; the problem's rows use the same.
pub fn mean(sum: i64, weights: i64) -> i64 {
    if weights == 0 {
        0
    } else {
        (2 * sum + weights) / (2 * weights)
    }
}

/// A rule file, read and checked as far as that goes without the leads and reps.
#[derive(Debug)]
pub struct RuleFile {
    /// What it says to the readers.
    pub settings: Settings,
    written: load::Written,
}

impl RuleFile {
    /// The tables that its `[[prefer]]` rules name, as the user wrote them, each once.
    pub fn tables_needed(&self) -> Vec<String> {
        let tables = self.written.prefers.iter().filter_map(|prefer| match &prefer.by {
            load::Preference::Table(file, _) => Some(file.clone()),
            load::Preference::Value(_) => None,
        });
        tables.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The limits that count beyond a run, by name, with the period over which they do: what a ledger is to be
    /// asked for.
    pub fn periods(&self) -> Vec<(String, Period)> {
        let limits = self.written.limits.iter();
        let lasting = limits.filter(|limit| limit.period.0 != Period::Run);
        lasting
            .map(|limit| (limit.name.clone(), limit.period.0))
            .collect()
    }

    /// Adds the columns that the headers of those tables name to what the readers read; to be called
    /// before the leads are read.
    pub fn read_columns_of(&mut self, tables: &BTreeMap<String, Table>) {
        for table in self.tables_needed().iter().filter_map(|name| tables.get(name)) {
            let headers = score::Headers::read(table);
            for (field, _) in headers.lead {
                let kind = fields::kind(&field);
                let derived = self.written.derives.iter().any(|derived| derived.name == field);
                if !derived {
                    self.settings.lead_columns.entry(field).or_insert(kind);
                }
            }
            for (field, _) in headers.rep {
                let kind = fields::kind(&field);
                self.settings.rep_columns.entry(field).or_insert(kind);
            }
        }
    }
}

/// The built-in rules, `rules/default.toml`.
pub const DEFAULT: &str = include_str!("../../rules/default.toml");
