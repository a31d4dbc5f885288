//! A rule file: settings for the readers, who may take which lead, what is worth more, which passes.
//!
//! Owns the plain scorer of one pair, [`Rules::points`] and [`Rules::may`].

pub mod expr;
pub mod score;

use crate::mistake::Mistakes;
use crate::model::{
    Batch, LeadIndex, NotDealt, Note, PartIndex, Points, RepIndex, Settings, TierIndex, Weight,
};
pub use score::Part;

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
        }
    }
}

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

/// A hard rule, bound to a batch: which reps may take which lead.
///
/// Leads that the rule cannot tell apart share a key, so that it is evaluated once a key and rep.
#[derive(Debug)]
pub struct Requirement {
    /// The name in rules; `territory`, `max_km`, `skills` for the built-in ones.
    pub name: String,
    // private fields are the implementor's
}

impl Requirement {
    /// The lead's key; `None` where the rule does not apply to it.
    pub fn key(&self, _lead: LeadIndex) -> Option<u32> {
        todo!()
    }
    /// How many keys there are.
    pub fn keys(&self) -> usize {
        todo!()
    }
    /// What the rule says of a key and a rep.
    pub fn verdict(&self, _key: u32, _rep: RepIndex) -> Verdict {
        todo!()
    }
    /// Clears `out[rep]` for every rep (roster order) for whom the rule does not hold.
    pub fn clear_blocked(&self, _key: u32, _out: &mut [bool]) {
        todo!()
    }
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
    /// The parts of the score.
    pub parts: Vec<Part>,
    /// The hard rules: built-in ones first, then `[[require]]` in their order.
    pub requirements: Vec<Requirement>,
    /// Balance.
    pub balance: Balance,
    /// The passes.
    pub passes: Vec<Pass>,
    /// Takes what no pass dealt.
    pub fallback: Option<RepIndex>,
    /// Leads, by index, whose former owner has left (said in the reason).
    pub notes: Vec<Note>,
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
    pub fn distance_km(&self, _batch: &Batch, _lead: LeadIndex, _rep: RepIndex) -> Option<f64> {
        todo!()
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
    // private fields are the implementor's
}

/// The built-in rules, `rules/default.toml`.
pub const DEFAULT: &str = "";

/// Reads a rule file's text; `file` is its name in positions.
///
/// # Errors
/// Every mistake in it that shows without leads and reps.
pub fn load(_file: &str, _text: &str) -> Result<RuleFile, Mistakes> {
    todo!()
}

/// Binds rules to a batch: checks every name and type against its columns and decides all that words decide.
///
/// # Errors
/// Every mistake that the batch's columns show.
pub fn bind(_rules: &RuleFile, _batch: &Batch) -> Result<Rules, Mistakes> {
    todo!()
}
