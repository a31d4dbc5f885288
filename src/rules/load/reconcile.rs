//! What a rule file says of leads that are known already and of leads that belong together.

use super::section::Section;
use crate::model::{ExistingSettings, KnownAccounts, MatchKey, ReconcileSettings, Together, Within};
use crate::rules::file::Table;

/// `[reconcile]`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the catalogue lets no other number through than whole ones from 0 to a million"
)]
pub fn reconcile(tree: &Table) -> ReconcileSettings {
    let (section, defaults) = (Section::find(tree, "reconcile"), ReconcileSettings::default());
    let small = |key: &str, default: u8| section.number(key).map_or(default, |number| number as u8);
    let count = |key: &str, default: u32| section.number(key).map_or(default, |number| number as u32);
    let mut weights = defaults.weights;
    for key in MatchKey::ALL {
        if let Some(points) = section.number(key.name()) {
            weights.set_agrees(key, points as u16);
        }
        if let Some(points) = section.number(&format!("different_{}", key.name())) {
            weights.set_differs(key, points as u16);
        }
    }
    ReconcileSettings {
        threshold: small("threshold", defaults.threshold),
        similar: small("similar", defaults.similar),
        free_mail: section.texts("free_mail").map_or_else(Vec::new, |domains| {
            domains.into_iter().map(|(domain, _)| domain).collect()
        }),
        shared_domain: count("shared_domain", defaults.shared_domain),
        shared_contact: count("shared_contact", defaults.shared_contact),
        largest_block: count("largest_block", defaults.largest_block),
        weights,
    }
}

/// `[existing]`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the catalogue lets no other number through than 0 to 30"
)]
pub fn existing(tree: &Table) -> ExistingSettings {
    let (section, defaults) = (Section::find(tree, "existing"), ExistingSettings::default());
    ExistingSettings {
        known: match section.text("accounts").as_deref() {
            Some("prefer") => KnownAccounts::Prefer,
            Some("ignore") => KnownAccounts::Ignore,
            _ => KnownAccounts::Owner,
        },
        away_days: section
            .number("away_days")
            .map_or(defaults.away_days, |days| days as u32),
    }
}

/// `[duplicates] within`.
pub fn within(tree: &Table) -> Within {
    match Section::find(tree, "duplicates").text("within").as_deref() {
        Some("none") => Within::Nothing,
        _ => Within::Email,
    }
}

/// `[together] by`.
pub fn together(tree: &Table) -> Together {
    match Section::find(tree, "together").text("by").as_deref() {
        Some("account") => Together::Account,
        Some("company") => Together::Company,
        _ => Together::None,
    }
}
