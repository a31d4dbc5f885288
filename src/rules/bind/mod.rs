//! Rules and a batch to [`Rules`]: every name and type is checked against the columns, and all that words
//! decide is decided.

#[cfg(test)]
pub mod fixture;
mod ground;
mod known;
mod leads;
mod passes;

use super::expr::{Compiled, Expression, Scope, Want, compile};
use super::load::{Prefer as PreferRule, Preference};
use super::location::Home;
use super::overlap::Overlaps;
use super::pairs::{self, PairFields, Statement};
use super::requirement::{
    MaxKm, NotRefused, Require, Requirement, SkillsMust, TerritoryMust, WithinFranchise,
};
use super::score::{Affinity, BuiltIn, Part, Prefer};
use super::skills::Skills;
use super::territory::{self, Holdings, Names};
use super::{RuleFile, Rules, fields, limit};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{Batch, Frame, Note, RepIndex, Table, Weight};
use crate::model::{Found, RepDirectory};
pub use ground::{Ground, Places};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The key under which a table of territories (`--territories`) stands among the tables.
pub const TERRITORIES: &str = "territories";

/// Binds rules to a batch: checks every name and type against its columns and decides all that words
/// decide. `tables` holds the tables that [`RuleFile::tables_needed`] names, by those names, and a table
/// of territories under [`TERRITORIES`] if there is one.
///
/// # Errors
/// Every mistake that the batch's columns and the tables show.
pub fn bind(rules: &RuleFile, batch: &Batch, tables: &BTreeMap<String, Table>) -> Result<Rules, Mistakes> {
    let written = &rules.written;
    let mut notes = Vec::new();
    let mut mistakes = Mistakes::default();
    let home = Home::of(batch);
    let must = written.territories.mode == super::load::TerritoryMode::Must;
    let names = Names::read(
        &written.territories,
        tables.get(TERRITORIES),
        home,
        must,
        &mut notes,
        &mut mistakes,
    );
    let mut frame = batch.leads.frame.clone();
    territory::fill_column(&mut frame, &names, home.only);
    leads::derive(written, batch, &mut frame, &mut mistakes);

    let skills = Skills::bind(&frame, batch, &written.skill_from, &mut notes);
    let holdings = Holdings::bind(&frame, batch, &names, home, must, &mut notes);
    let (Some(skills), Some(holdings)) = (mistakes.keep(skills), mistakes.keep(holdings)) else {
        return Err(mistakes);
    };
    let ground = Ground {
        written,
        ledger: &rules.settings.ledger,
        existing: rules.settings.existing,
        batch,
        leads: &frame,
        lead_fields: lead_fields(),
        rep_fields: fields::of_reps().to_vec(),
        home,
        places: Places::new(batch),
        overlaps: Arc::new(Overlaps::new(batch)),
        skills: Arc::new(skills),
        holdings: Arc::new(holdings),
    };
    let rules = bound(&ground, tables, notes, &mut mistakes);
    match rules {
        Some(rules) if mistakes.0.is_empty() => Ok(rules),
        _ => Err(mistakes),
    }
}

/// Standard lead fields, those that are worked out included.
fn lead_fields() -> Vec<&'static str> {
    [fields::LEAD, fields::DERIVED].concat()
}

/// Binds what stands on the ground; `None` only with mistakes.
fn bound(
    ground: &Ground<'_>,
    tables: &BTreeMap<String, Table>,
    mut notes: Vec<Note>,
    mistakes: &mut Mistakes,
) -> Option<Rules> {
    let fields = Arc::new(pair_fields(ground));
    let tiers = leads::tiers(ground, mistakes);
    let barred = leads::barred(ground, mistakes);
    let requirements = requirements(ground, &fields, mistakes);
    let owners = known::owners(ground.batch, ground.existing, &barred, &requirements);
    let parts = parts(ground, &fields, tables, mistakes);
    let fallback = fallback(ground, mistakes);
    let limits = limit::bind(ground, mistakes);
    let mut passes = passes::passes(ground, &requirements, mistakes);
    let (tiers, lead_tiers) = tiers?;
    if ground.written.passes_are_built_in {
        passes::give_way(&mut passes, &parts, ground, &mut notes);
    }
    Some(Rules {
        tiers,
        lead_tiers,
        barred,
        owners,
        former: known::former(ground.batch),
        parts,
        requirements,
        balance: ground.written.balance,
        limits,
        passes,
        fallback,
        notes,
        checks: super::findings::of_ground(ground),
    })
}

impl Ground<'_> {
    /// Checks an expression against the columns.
    pub(super) fn compile(
        &self,
        expression: &Expression,
        want: Want,
        mistakes: &mut Mistakes,
    ) -> Option<Compiled<'_>> {
        mistakes.keep(compile(expression, &self.scope(), want))
    }

    fn scope(&self) -> Scope<'_> {
        scope(self.leads, self.batch, &self.lead_fields)
    }

    /// Binds an expression about a pair.
    fn statement(
        &self,
        expression: &Expression,
        want: Want,
        fields: &Arc<PairFields>,
        mistakes: &mut Mistakes,
    ) -> Option<Statement> {
        let compiled = self.compile(expression, want, mistakes)?;
        Some(Statement::new(
            &compiled,
            fields,
            self.leads.rows,
            self.batch.reps.list.len(),
        ))
    }
}

/// What expressions are checked against.
fn scope<'a>(leads: &'a Frame, batch: &'a Batch, lead_fields: &'a [&'static str]) -> Scope<'a> {
    Scope {
        lead: leads,
        rep: &batch.reps.frame,
        pair: pairs::NAMES,
        lead_fields,
        rep_fields: fields::of_reps(),
        country: batch.country,
        as_of: &batch.as_of,
    }
}

/// The fields of `pair.…`: only parts that an expression reads are bound.
fn pair_fields(ground: &Ground<'_>) -> PairFields {
    let read: Vec<&str> = ground
        .written
        .expressions()
        .flat_map(Expression::pair_fields)
        .collect();
    let parts = pairs::NAMES.iter().map(|name| {
        let part = BuiltIn::ALL.iter().find(|part| part.name() == *name)?;
        read.contains(name)
            .then(|| part.bind(ground, Weight::ONE))
            .flatten()
    });
    let overlaps = Arc::clone(&ground.overlaps);
    PairFields::new(
        ground.places.clone(),
        overlaps,
        parts.collect(),
        ground.leads.rows,
    )
}

fn requirements(ground: &Ground<'_>, fields: &Arc<PairFields>, mistakes: &mut Mistakes) -> Vec<Requirement> {
    let built_in = [
        Requirement::of("territory", TerritoryMust::bind(ground), ground),
        Requirement::of("skills", SkillsMust::bind(ground), ground),
        Requirement::of("max_km", MaxKm::bind(ground), ground),
        Requirement::of("refused", NotRefused::bind(ground), ground),
        Requirement::of("franchise", WithinFranchise::bind(ground), ground),
    ];
    let mut all: Vec<Requirement> = built_in.into_iter().flatten().collect();
    for rule in &ground.written.requires {
        let mut statement = |expression| ground.statement(expression, Want::Boolean, fields, mistakes);
        let when = rule.when.as_ref().map(&mut statement);
        let that = statement(&rule.that);
        if let (None | Some(Some(_)), Some(that)) = (&when, that) {
            let bound = Require::bind(when.flatten(), that, rule.apply_if_empty, ground.leads.rows);
            all.extend(Requirement::of(&rule.name, Some(bound), ground));
        }
    }
    all
}

fn parts(
    ground: &Ground<'_>,
    fields: &Arc<PairFields>,
    tables: &BTreeMap<String, Table>,
    mistakes: &mut Mistakes,
) -> Vec<Part> {
    let rows = ground.leads.rows;
    let built_in = ground.written.score.iter().map(|&(part, weight)| {
        let bound = part.bind(ground, weight);
        bound.unwrap_or_else(|| Part::absent(part.name(), weight, rows))
    });
    let mut parts: Vec<Part> = built_in.collect();
    for prefer in &ground.written.prefers {
        parts.extend(preference(prefer, ground, fields, tables, mistakes));
    }
    parts
}

fn preference(
    prefer: &PreferRule,
    ground: &Ground<'_>,
    fields: &Arc<PairFields>,
    tables: &BTreeMap<String, Table>,
    mistakes: &mut Mistakes,
) -> Option<Part> {
    let reps = ground.batch.reps.list.len();
    match &prefer.by {
        Preference::Value(value) => {
            let value = ground.statement(value, Want::NumberOrBoolean, fields, mistakes)?;
            let (keys, prefers) = Prefer::bind(value);
            Some(Part::new(
                &prefer.name,
                prefer.weight,
                keys,
                Box::new(prefers),
                reps,
            ))
        }
        Preference::Table(file, position) => {
            let Some(table) = tables.get(file) else {
                let found = format!("the table `{file}` was not read");
                mistakes.push(Mistake::new(Kind::NoSuchFile, position.clone(), found).column("table"));
                return None;
            };
            let (keys, affinity) = mistakes.keep(Affinity::bind(ground, table))?;
            Some(Part::new(
                &prefer.name,
                prefer.weight,
                keys,
                Box::new(affinity),
                reps,
            ))
        }
    }
}

fn fallback(ground: &Ground<'_>, mistakes: &mut Mistakes) -> Option<RepIndex> {
    let (text, position) = ground.written.fallback.as_ref()?;
    let directory = RepDirectory::new(&ground.batch.reps.list);
    let (kind, found) = match directory.find(text) {
        Found::One(rep) if ground.batch.reps.list[rep.at()].active => return Some(rep),
        Found::One(_) => (Kind::BadValue, format!("`{text}` is not active")),
        Found::Several(_) => (Kind::AmbiguousRep, format!("`{text}` names several reps")),
        Found::Nobody => (Kind::UnknownRep, format!("`{text}` is not on the roster")),
    };
    let mistake = Mistake::new(kind, position.clone(), found)
        .column("fallback.rep")
        .expected("the id, e-mail or name of an active rep");
    let suggestion = directory.suggestion(text).filter(|_| kind == Kind::UnknownRep);
    mistakes.push(match suggestion {
        Some(rep) => mistake.hint(format!("did you mean `{rep}`?")),
        None => mistake,
    });
    None
}

#[cfg(test)]
mod tests;
