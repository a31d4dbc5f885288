//! `[[pass]]`: from its table to what it says.

use super::section::Section;
use super::written::PassRule;
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::Points;
use crate::rules::Method;
use crate::rules::catalogue::METHODS;
use crate::rules::expr::Allowed;
use crate::rules::file::Table;

/// The name of the pass in the built-in rules.
const DEFAULT_PASS: &str = "best match";

/// Tells whether the file's passes are no others than the built-in one.
pub fn is_default_pass(tree: &Table) -> bool {
    let says = |section: &Section<'_>, key: &str| section.text(key).unwrap_or_default();
    match Section::all(tree, "pass").as_slice() {
        [] => true,
        [pass] => pass.len() == 2 && says(pass, "name") == DEFAULT_PASS && says(pass, "method") == "optimal",
        _ => false,
    }
}

/// Reads a pass; what its method does not read is a mistake.
pub fn pass(section: &Section<'_>, mistakes: &mut Mistakes) -> Option<PassRule> {
    let when_expression = section.when("when", Allowed::LEAD, mistakes);
    let reps = section.when("reps", Allowed::REP, mistakes);
    let within = section.expression("within", Allowed::LEAD, mistakes);
    let word = section.text("method")?;
    let method = METHOD_ORDER[METHODS.iter().position(|method| *method == word)?];
    misplaced(section, method, mistakes);
    Some(PassRule {
        name: section.text("name")?,
        method,
        when: when_expression,
        reps,
        min_score: section.number("min_score").map(Points::from_number),
        relax: section
            .texts("relax")
            .unwrap_or_default()
            .into_iter()
            .map(|(name, _)| name)
            .collect(),
        within,
        catch_up: section.yes("catch_up"),
        floor: section.number("floor").unwrap_or(0.25),
        offer: section.number("offer").map(small),
        cap: section.number("cap").map(small),
    })
}

const METHOD_ORDER: [Method; 8] = [
    Method::Optimal,
    Method::RoundRobin,
    Method::LeastLoaded,
    Method::TopProducer,
    Method::Shotgun,
    Method::CherryPick,
    Method::SharkTank,
    Method::BlindPull,
];

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the catalogue bounds it"
)]
fn small(number: f64) -> u32 {
    number as u32
}

/// Names keys of a pass that its method does not read.
fn misplaced(section: &Section<'_>, method: Method, mistakes: &mut Mistakes) {
    let rotation: &[Method] = &[Method::RoundRobin, Method::TopProducer];
    let by_claims: &[Method] = &[Method::CherryPick, Method::SharkTank, Method::BlindPull];
    for (key, methods) in [
        ("within", rotation),
        ("catch_up", rotation),
        ("floor", &[Method::TopProducer]),
        ("offer", &[Method::Shotgun]),
        ("cap", by_claims),
    ] {
        if section.node(key).is_some() && !methods.contains(&method) {
            let words: Vec<_> = methods
                .iter()
                .map(|method| format!("`{}`", method.name()))
                .collect();
            mistakes.push(
                Mistake::new(
                    Kind::BadValue,
                    section.position(key),
                    format!("a key that the method `{}` does not read", method.name()),
                )
                .column(key)
                .expected(format!("it in a pass with the method {}", words.join(" or "))),
            );
        }
    }
}
