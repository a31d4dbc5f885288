//! Names in a rule file: unique where they are defined, defined where they are used.

use super::section::Section;
use super::written::Written;
use crate::mistake::{Kind, Mistake, Mistakes, did_you_mean};
use crate::rules::fields;
use crate::rules::file::Table;
use crate::rules::limit::MAX_SHARE;
use crate::rules::requirement::{BUILT_IN, STRICT};
use crate::rules::score::BuiltIn;
use std::collections::BTreeSet;

/// The last tier: leads for which none holds.
pub const OTHER: &str = "other";

/// Tiers are told apart by a byte, and the last one may be `other`.
const MOST_TIERS: usize = 250;

/// Finds names that are used twice, that clash with built-in ones, or that nothing bears; and tiers that
/// no lead can reach.
pub fn check(tree: &Table, written: &Written, mistakes: &mut Mistakes) {
    for table in ["derive", "tier", "qualify", "require", "prefer", "limit", "pass"] {
        unique(tree, table, mistakes);
    }
    let parts: Vec<&str> = BuiltIn::ALL.iter().map(|part| part.name()).collect();
    clash(tree, "prefer", &parts, "a built-in part of the score", mistakes);
    clash(tree, "require", BUILT_IN, "a built-in rule", mistakes);
    clash(tree, "require", STRICT, "a built-in rule", mistakes);
    clash(tree, "limit", &[MAX_SHARE], "a built-in limit", mistakes);
    let lead_fields = [fields::LEAD, fields::DERIVED].concat();
    clash(
        tree,
        "derive",
        &lead_fields,
        "a standard field of leads",
        mistakes,
    );
    derived_names(tree, mistakes);
    tiers(tree, mistakes);
    relaxed(tree, written, mistakes);
}

fn unique(tree: &Table, table: &'static str, mistakes: &mut Mistakes) {
    let mut seen = BTreeSet::new();
    for section in Section::all(tree, table) {
        let Some(name) = section.text("name") else {
            continue;
        };
        if !seen.insert(name.to_lowercase()) {
            let found = format!("`{name}` names two of `[[{table}]]`");
            mistakes.push(Mistake::new(Kind::BadName, section.position("name"), found).column("name"));
        }
    }
}

fn clash(tree: &Table, table: &'static str, taken: &[&str], as_what: &str, mistakes: &mut Mistakes) {
    for section in Section::all(tree, table) {
        let Some(name) = section.text("name") else {
            continue;
        };
        if taken.contains(&name.as_str()) {
            mistakes.push(
                Mistake::new(
                    Kind::BadName,
                    section.position("name"),
                    format!("`{name}` is the name of {as_what}"),
                )
                .column("name")
                .expected("a name of its own"),
            );
        }
    }
}

fn derived_names(tree: &Table, mistakes: &mut Mistakes) {
    for section in Section::all(tree, "derive") {
        let Some(name) = section.text("name") else {
            continue;
        };
        let mut letters = name.chars();
        let good = letters.next().is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
        if !good {
            mistakes.push(
                Mistake::new(
                    Kind::BadName,
                    section.position("name"),
                    format!("`{name}` cannot follow `lead.`"),
                )
                .column("name")
                .expected("small letters, digits and `_`, a letter first"),
            );
        }
    }
}

fn tiers(tree: &Table, mistakes: &mut Mistakes) {
    let sections = Section::all(tree, "tier");
    let mut catch_all: Option<String> = None;
    for (at, section) in sections.iter().enumerate() {
        let name = section.text("name").unwrap_or_default();
        let position = section.position("name");
        if let Some(before) = &catch_all {
            let found = format!("no lead reaches `{name}`: `{before}` above it holds every lead");
            mistakes.push(Mistake::new(Kind::UnreachableTier, position, found).column("tier"));
        } else if name == OTHER && at + 1 < sections.len() {
            mistakes.push(
                Mistake::new(
                    Kind::BadName,
                    position,
                    format!("`{OTHER}` stands above other tiers"),
                )
                .column("name")
                .expected("it last: it holds the leads that no tier holds"),
            );
        }
        if catch_all.is_none() && section.text("when").as_deref() == Some("true") {
            catch_all = Some(name);
        }
    }
    if sections.len() > MOST_TIERS {
        let found = format!("{} tiers", sections.len());
        mistakes.push(
            Mistake::new(Kind::BadValue, sections[MOST_TIERS].position("name"), found)
                .column("tier")
                .expected(format!("{MOST_TIERS} at most")),
        );
    }
}

fn relaxed(tree: &Table, written: &Written, mistakes: &mut Mistakes) {
    let own = written.requires.iter().map(|rule| rule.name.as_str());
    let known: Vec<&str> = own.chain(BUILT_IN.iter().copied()).collect();
    for section in Section::all(tree, "pass") {
        for (name, position) in section.texts("relax").unwrap_or_default() {
            if known.contains(&name.as_str()) {
                continue;
            }
            let mistake = Mistake::new(Kind::BadName, position, format!("no rule is called `{name}`"))
                .column("relax")
                .expected("the name of a `[[require]]` rule, or `territory`, `skills` or `max_km`");
            mistakes.push(match did_you_mean(&name, known.iter().copied()) {
                Some(word) => mistake.hint(format!("did you mean `{word}`?")),
                None => mistake,
            });
        }
    }
}
