//! Passes, bound: which leads and reps each is for, and the rotation group of each lead.

use super::Ground;
use crate::mistake::Mistakes;
use crate::model::Note;
use crate::rules::expr::{Answer, Want};
use crate::rules::keys::Keys;
use crate::rules::load::PassRule;
use crate::rules::requirement::Requirement;
use crate::rules::score::Part;
use crate::rules::words;
use crate::rules::{Method, Pass};

/// Binds every pass.
pub fn passes(ground: &Ground<'_>, requirements: &[Requirement], mistakes: &mut Mistakes) -> Vec<Pass> {
    let rules = ground.written.passes.iter();
    rules
        .map(|rule| pass(rule, ground, requirements, mistakes))
        .collect()
}

fn pass(rule: &PassRule, ground: &Ground<'_>, requirements: &[Requirement], mistakes: &mut Mistakes) -> Pass {
    let mut leads = vec![true; ground.leads.rows];
    if let Some(when) = &rule.when
        && let Some(compiled) = ground.compile(when, Want::Boolean, mistakes)
    {
        let answers = compiled.per_lead();
        for (row, lead) in leads.iter_mut().enumerate() {
            *lead = answers.answer(row).holds();
        }
    }
    let mut reps = vec![true; ground.batch.reps.list.len()];
    if let Some(which) = &rule.reps
        && let Some(compiled) = ground.compile(which, Want::Boolean, mistakes)
    {
        let answers = compiled.per_rep();
        for (row, rep) in reps.iter_mut().enumerate() {
            *rep = answers.answer(row).holds();
        }
    }
    let (groups, group_names) = groups(rule, ground, mistakes);
    let relaxed = requirements
        .iter()
        .map(|requirement| rule.relax.contains(&requirement.name));
    Pass {
        name: rule.name.clone(),
        method: rule.method,
        leads,
        reps,
        min_score: rule.min_score,
        relaxed: relaxed.collect(),
        groups,
        group_names,
        catch_up: rule.catch_up,
        floor: rule.floor,
        offer: rule.offer,
        cap: rule.cap,
    }
}

/// The rotation group of each lead by the value of `within`, and the values; without regard to case.
fn groups(rule: &PassRule, ground: &Ground<'_>, mistakes: &mut Mistakes) -> (Vec<u32>, Vec<String>) {
    let one = || (vec![0; ground.leads.rows], vec![String::new()]);
    let Some(within) = &rule.within else { return one() };
    let Some(compiled) = ground.compile(within, Want::Any, mistakes) else {
        return one();
    };
    let answers = compiled.per_lead();
    let texts: Vec<String> = answers
        .answers
        .iter()
        .map(|answer: &Answer| words::folded(&words::text(&answer.value())))
        .collect();
    let (keys, names) = Keys::by(ground.leads.rows, |row| {
        Some(texts[answers.codes[row] as usize].clone())
    });
    let leads = (0..ground.leads.rows).map(crate::model::LeadIndex::new);
    (leads.map(|lead| keys.of(lead).unwrap_or(0)).collect(), names)
}

/// Turns the built-in pass into a rotation where no part of the score applies to any lead.
pub fn give_way(passes: &mut [Pass], parts: &[Part], ground: &Ground<'_>, notes: &mut Vec<Note>) {
    if ground.leads.rows == 0 || parts.iter().any(|part| part.leads() > 0) {
        return;
    }
    for pass in passes.iter_mut().filter(|pass| pass.method == Method::Optimal) {
        pass.method = Method::RoundRobin;
        notes.push(Note::warning(format!(
            "nothing of the score applies to any lead, so the pass `{}` deals in turn",
            pass.name
        )));
    }
}
