//! From the tables of a rule file to what it says of dealing, defaults filled in.

use super::limits::limits;
use super::passes::{is_default_pass, pass};
use super::reconcile;
use super::section::{Section, texts};
use super::written::{Bands, Must, Named, Prefer, Preference, Require, Territories, TerritoryMode, Written};
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{KnownAccounts, Points, Weight};
use crate::rules::catalogue::MOST_WEIGHT;
use crate::rules::expr::Allowed;
use crate::rules::file::{self, Table};
use crate::rules::score::BuiltIn;
use crate::rules::{Balance, DEFAULT};

/// The name of the built-in rules in positions.
const BUILT_IN: &str = "built-in rules";

/// Reads what a rule file says of dealing. What it leaves out of `[score]`, `[[tier]]` and `[[pass]]` as a
/// whole is taken from the built-in rules.
pub fn written(tree: &Table, mistakes: &mut Mistakes) -> Written {
    let built_in = file::read(BUILT_IN, DEFAULT).expect("a test reads the built-in rules");
    let pick = |name| {
        if tree.entry(name).is_some() {
            tree
        } else {
            &built_in
        }
    };
    let territories = territories(tree);
    let passes = pick("pass");
    Written {
        score: score(pick("score"), tree, &territories, mistakes),
        skill_from: skill_from(tree),
        must: must(tree),
        half_km: Section::find(tree, "proximity").number("half_km").unwrap_or(50.0),
        max_km: Section::find(tree, "proximity").number("max_km"),
        bands: bands(tree, mistakes),
        balance: balance(tree),
        derives: named(tree, "derive", "value", mistakes),
        tiers: named(pick("tier"), "tier", "when", mistakes),
        qualifies: named(tree, "qualify", "that", mistakes),
        requires: requires(tree, mistakes),
        prefers: prefers(tree, mistakes),
        limits: limits(tree, mistakes),
        passes: Section::all(passes, "pass")
            .iter()
            .filter_map(|section| pass(section, mistakes))
            .collect(),
        passes_are_built_in: is_default_pass(tree),
        fallback: fallback(tree),
        territories,
    }
}

fn score(
    tree: &Table,
    own: &Table,
    territories: &Territories,
    mistakes: &mut Mistakes,
) -> Vec<(BuiltIn, Weight)> {
    let section = Section::find(tree, "score");
    let prefer = territories.mode == TerritoryMode::Prefer;
    let prefers_owners = reconcile::existing(own).known == KnownAccounts::Prefer;
    if !prefer
        && Section::find(own, "score")
            .number("territory")
            .is_some_and(|weight| weight > 0.0)
    {
        let position = section.position("territory");
        mistakes.push(
            Mistake::new(Kind::BadValue, position, "a weight for a part that there is not")
                .column("territory")
                .hint("territories are a part of the score with `[territory] mode = \"prefer\"`"),
        );
    }
    let weights = BuiltIn::ALL.iter().filter_map(|&part| {
        let default = match part {
            BuiltIn::Territory if prefer => 1.0,
            BuiltIn::Continuity if prefers_owners => 5.0,
            _ => 0.0,
        };
        let number = section.number(part.name()).unwrap_or(default);
        let counts = part != BuiltIn::Territory || prefer;
        weight(number).filter(|_| counts).map(|weight| (part, weight))
    });
    weights.collect()
}

/// A weight in thousandths, at least one of them; none for 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weights are bounded"
)]
fn weight(number: f64) -> Option<Weight> {
    let thousandths = (number.clamp(0.0, MOST_WEIGHT) * 1000.0).round() as u32;
    (number > 0.0).then_some(Weight(thousandths.max(1)))
}

fn skill_from(tree: &Table) -> Vec<String> {
    match Section::find(tree, "skill").texts("from") {
        Some(columns) => columns.into_iter().map(|(column, _)| column).collect(),
        None => vec!["skills".to_owned(), "product".to_owned()],
    }
}

fn must(tree: &Table) -> Must {
    match Section::find(tree, "skill").text("must").as_deref() {
        Some("any") => Must::Any,
        Some("all") => Must::All,
        _ => Must::None,
    }
}

fn bands(tree: &Table, mistakes: &mut Mistakes) -> Bands {
    let section = Section::find(tree, "experience");
    let numbers = |key: &str, default: [f64; 5]| section.numbers(key).unwrap_or(default.to_vec());
    let bands = Bands {
        employees: numbers("bands", [10.0, 50.0, 250.0, 1000.0, 3000.0]),
        revenue: numbers("revenue_bands", [1e6, 1e7, 5e7, 2.5e8, 1e9]),
        value: numbers("value_bands", [1e3, 5e3, 2.5e4, 1e5, 5e5]),
        years: numbers("years", [0.0, 1.0, 2.0, 4.0, 7.0]),
    };
    for (key, of_leads) in [
        ("bands", &bands.employees),
        ("revenue_bands", &bands.revenue),
        ("value_bands", &bands.value),
    ] {
        let says = section.node(key).is_some() || section.node("years").is_some();
        if says && of_leads.len() != bands.years.len() {
            let found = format!(
                "{} bands for {} bands of years",
                of_leads.len(),
                bands.years.len()
            );
            mistakes.push(
                Mistake::new(Kind::BadValue, section.position(key), found)
                    .column(key)
                    .expected("as many numbers as `years` has"),
            );
        }
    }
    bands
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the share is clamped"
)]
fn balance(tree: &Table) -> Balance {
    let section = Section::find(tree, "balance");
    Balance {
        strength: Points::from_number(section.number("strength").unwrap_or(10.0)),
        max_share: section
            .number("max_share")
            .map(|share| Weight((share.min(MOST_WEIGHT) * 1000.0).round() as u32)),
    }
}

fn territories(tree: &Table) -> Territories {
    let section = Section::find(tree, "territory");
    let names = Section::find(tree, "territory.names");
    Territories {
        mode: match section.text("mode").as_deref() {
            Some("prefer") => TerritoryMode::Prefer,
            Some("ignore") => TerritoryMode::Ignore,
            _ => TerritoryMode::Must,
        },
        unplaced_anyone: section.text("unplaced").as_deref() != Some("nobody"),
        names: names
            .entries()
            .map(|(name, _, node)| (name.trim().to_owned(), texts(node)))
            .collect(),
    }
}

fn named(tree: &Table, table: &'static str, says: &str, mistakes: &mut Mistakes) -> Vec<Named> {
    let mut all = Vec::new();
    for section in Section::all(tree, table) {
        let expression = section.expression(says, Allowed::LEAD, mistakes);
        if let (Some(name), Some(says)) = (section.text("name"), expression) {
            all.push(Named {
                name,
                position: section.position("name"),
                says,
            });
        }
    }
    all
}

fn requires(tree: &Table, mistakes: &mut Mistakes) -> Vec<Require> {
    let mut all = Vec::new();
    for section in Section::all(tree, "require") {
        let when = section.when("when", Allowed::ALL, mistakes);
        let that = section.expression("that", Allowed::ALL, mistakes);
        if let (Some(name), Some(that)) = (section.text("name"), that) {
            all.push(Require {
                name,
                when,
                that,
                apply_if_empty: section.text("if_empty").as_deref() == Some("apply"),
            });
        }
    }
    all
}

fn prefers(tree: &Table, mistakes: &mut Mistakes) -> Vec<Prefer> {
    let mut all = Vec::new();
    for section in Section::all(tree, "prefer") {
        let value = section.expression("value", Allowed::ALL, mistakes);
        let table = section.text("table");
        if section.node("value").is_some() == section.node("table").is_some() {
            mistakes.push(
                Mistake::new(
                    Kind::BadValue,
                    section.position("name"),
                    "a preference with both or neither of `value` and `table`",
                )
                .column("prefer")
                .expected("one of them"),
            );
        }
        let by = match (value, table) {
            (Some(value), _) => Preference::Value(value),
            (None, Some(table)) => Preference::Table(table, section.position("table")),
            (None, None) => continue,
        };
        let weight = weight(section.number("weight").unwrap_or(1.0));
        if let (Some(name), Some(weight)) = (section.text("name"), weight) {
            all.push(Prefer { name, weight, by });
        }
    }
    all
}

fn fallback(tree: &Table) -> Option<(String, Position)> {
    let section = Section::find(tree, "fallback");
    section.text("rep").map(|rep| (rep, section.position("rep")))
}
