//! What a rule file says of dealing, as written: expressions parse, names are unique, nothing is bound.

use crate::mistake::Position;
use crate::model::{Period, Points, Weight};
use crate::rules::expr::Expression;
use crate::rules::pairs::OVERLAP;
use crate::rules::score::BuiltIn;
use crate::rules::{Balance, Method};

/// How strongly needed skills bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// Not at all.
    None,
    /// One of the needed skills is needed.
    Any,
    /// Every one.
    All,
}

/// How strongly territories bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerritoryMode {
    /// A hard rule.
    Must,
    /// A part of the score.
    Prefer,
    /// Not at all.
    Ignore,
}

/// `[experience]`: the least values of the second band and of those above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// By the lead's employees.
    pub employees: Vec<f64>,
    /// By its annual revenue, where employees are empty.
    pub revenue: Vec<f64>,
    /// By its value, where both are empty.
    pub value: Vec<f64>,
    /// By the rep's years.
    pub years: Vec<f64>,
}

/// `[territory]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Territories {
    /// How strongly they bind.
    pub mode: TerritoryMode,
    /// Whether leads without a place are for anyone (else for nobody).
    pub unplaced_anyone: bool,
    /// `[territory.names]`: each name with its items and where those stand.
    pub names: Vec<(String, Vec<(String, Position)>)>,
}

/// A named statement or value: `[[derive]]`, `[[tier]]`, `[[qualify]]`.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub position: Position,
    /// What it says.
    pub says: Expression,
}

/// `[[require]]`.
#[derive(Clone, Debug)]
pub struct Require {
    /// Its name.
    pub name: String,
    /// For which pairs; absent = all.
    pub when: Option<Expression>,
    /// What must hold.
    pub that: Expression,
    /// Whether an unknown `when` applies.
    pub apply_if_empty: bool,
}

/// What a `[[prefer]]` reads.
#[derive(Clone, Debug)]
pub enum Preference {
    /// An expression.
    Value(Expression),
    /// A table, by its file, and where that is named.
    Table(String, Position),
}

/// `[[prefer]]`.
#[derive(Clone, Debug)]
pub struct Prefer {
    /// Its name.
    pub name: String,
    /// Its weight, above 0.
    pub weight: Weight,
    /// What it reads.
    pub by: Preference,
}

/// What the `max` of a limit reads.
#[derive(Clone, Debug, PartialEq)]
pub enum Most {
    /// The same for every group.
    Whole(u32),
    /// A column of the reps, and where it is named.
    Column(String, Position),
}

/// `[[limit]]`.
#[derive(Clone, Debug)]
pub struct LimitRule {
    /// Its name.
    pub name: String,
    /// Which leads; absent = all.
    pub when: Option<Expression>,
    /// What its groups are: `rep`, `team` or a column of the reps; and where that is named.
    pub per: (String, Position),
    /// Over which time leads are counted, and where that is said.
    pub period: (Period, Position),
    /// At most so many leads in a group.
    pub max: Option<Most>,
    /// At least so many leads in a group, if it can be; 0 = no wish.
    pub min: u32,
}

impl LimitRule {
    /// The column of the reps that makes the groups, where one does.
    pub fn column(&self) -> Option<&str> {
        Some(self.per.0.as_str()).filter(|per| !matches!(*per, "rep" | "team"))
    }
}

/// `[[pass]]`.
#[derive(Clone, Debug)]
pub struct PassRule {
    /// Its name.
    pub name: String,
    /// Its method.
    pub method: Method,
    /// Which leads; absent = all.
    pub when: Option<Expression>,
    /// Which reps; absent = all.
    pub reps: Option<Expression>,
    /// No pair below this score.
    pub min_score: Option<Points>,
    /// Names of hard rules that it does not ask for.
    pub relax: Vec<String>,
    /// What splits the rotation.
    pub within: Option<Expression>,
    /// Newcomers and returners catch up.
    pub catch_up: bool,
    /// No share below this fraction of the mean.
    pub floor: f64,
    /// Offer each lead to so many reps.
    pub offer: Option<u32>,
    pub cap: Option<u32>,
}

/// All that a rule file says of dealing.
#[derive(Debug)]
pub struct Written {
    /// The built-in parts with a weight above 0, in the order of the catalogue.
    pub score: Vec<(BuiltIn, Weight)>,
    /// `[skill] from`.
    pub skill_from: Vec<String>,
    /// `[skill] must`.
    pub must: Must,
    /// `[proximity] half_km`.
    pub half_km: f64,
    /// `[proximity] max_km`.
    pub max_km: Option<f64>,
    /// `[experience]`.
    pub bands: Bands,
    /// `[balance]`.
    pub balance: Balance,
    /// `[territory]`.
    pub territories: Territories,
    /// `[[derive]]`.
    pub derives: Vec<Named>,
    /// `[[tier]]`, and the built-in ones where there is none.
    pub tiers: Vec<Named>,
    /// `[[qualify]]`.
    pub qualifies: Vec<Named>,
    /// `[[require]]`.
    pub requires: Vec<Require>,
    /// `[[prefer]]` with a weight above 0.
    pub prefers: Vec<Prefer>,
    /// `[[limit]]`.
    pub limits: Vec<LimitRule>,
    /// `[[pass]]`, and the built-in one where there is none.
    pub passes: Vec<PassRule>,
    /// Whether the passes are the built-in ones, which give way where nothing can be scored.
    pub passes_are_built_in: bool,
    /// `[fallback] rep` and where it stands.
    pub fallback: Option<(String, Position)>,
}

impl Written {
    /// Every expression.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let named = self.derives.iter().chain(&self.tiers).chain(&self.qualifies);
        let named = named.map(|named| &named.says);
        let requires = self
            .requires
            .iter()
            .flat_map(|rule| rule.when.iter().chain([&rule.that]));
        let prefers = self.prefers.iter().filter_map(|prefer| match &prefer.by {
            Preference::Value(value) => Some(value),
            Preference::Table(..) => None,
        });
        let passes = self.passes.iter();
        let passes = passes.flat_map(|pass| pass.when.iter().chain(&pass.reps).chain(&pass.within));
        let limits = self.limits.iter().filter_map(|limit| limit.when.as_ref());
        named.chain(requires).chain(prefers).chain(limits).chain(passes)
    }

    /// Tells whether the overlap of working hours is scored or read by an expression.
    pub fn reads_hours(&self) -> bool {
        let mut read = self.expressions().flat_map(Expression::pair_fields);
        read.any(|field| field == OVERLAP) || self.parts_in_use().contains(&BuiltIn::Availability)
    }

    /// The built-in parts that are scored or that an expression reads as `pair.…`.
    pub fn parts_in_use(&self) -> Vec<BuiltIn> {
        let read: Vec<&str> = self.expressions().flat_map(Expression::pair_fields).collect();
        let scored = |part: &BuiltIn| self.score.iter().any(|(scored, _)| scored == part);
        let all = BuiltIn::ALL.iter().copied();
        all.filter(|part| scored(part) || read.contains(&part.name()))
            .collect()
    }
}
