//! `[[limit]]`: from its table to what it says.

use super::section::Section;
use super::written::{LimitRule, Most};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::Period;
use crate::rules::expr::Allowed;
use crate::rules::file::{Datum, Table};

/// Reads every limit; one that bounds nothing is a mistake.
pub fn limits(tree: &Table, mistakes: &mut Mistakes) -> Vec<LimitRule> {
    let sections = Section::all(tree, "limit");
    sections
        .iter()
        .filter_map(|section| limit(section, mistakes))
        .collect()
}

fn limit(section: &Section<'_>, mistakes: &mut Mistakes) -> Option<LimitRule> {
    let when = section.when("when", Allowed::LEAD, mistakes);
    let (max, min) = (most(section), section.number("min").map(count));
    bounds(section, max.as_ref(), min, mistakes);
    let per = section.text("per")?;
    Some(LimitRule {
        name: section.text("name")?,
        when,
        per: (
            per.strip_prefix("rep.").unwrap_or(&per).to_owned(),
            section.position("per"),
        ),
        period: (
            section
                .text("period")
                .and_then(|word| Period::of(&word))
                .unwrap_or_default(),
            section.position("period"),
        ),
        max,
        min: min.unwrap_or(0),
    })
}

fn most(section: &Section<'_>) -> Option<Most> {
    match &section.node("max")?.datum {
        Datum::Number(number) => Some(Most::Whole(count(*number))),
        Datum::Text(text) => {
            let column = text.text.trim().strip_prefix("rep.")?;
            Some(Most::Column(column.to_owned(), section.position("max")))
        }
        _ => None,
    }
}

fn bounds(section: &Section<'_>, max: Option<&Most>, min: Option<u32>, mistakes: &mut Mistakes) {
    if !section.has("max") && !section.has("min") {
        let found = "a limit with neither `max` nor `min`";
        mistakes.push(
            Mistake::new(Kind::BadValue, section.position("name"), found)
                .column("limit")
                .expected("one of them, or both"),
        );
    }
    if let (Some(Most::Whole(max)), Some(min)) = (max, min)
        && min > *max
    {
        mistakes.push(
            Mistake::new(Kind::BadValue, section.position("min"), format!("`{min}`"))
                .column("min")
                .expected(format!("no more than `max`, which is {max}")),
        );
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the catalogue bounds it"
)]
fn count(number: f64) -> u32 {
    number as u32
}
