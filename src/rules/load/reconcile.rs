//! What a rule file says of leads that are known already and of leads that belong together.

use super::section::Section;
use crate::model::{ExistingSettings, KnownAccounts, ReconcileSettings, Together, Within};
use crate::rules::file::Table;

/// `[reconcile]`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the catalogue lets no other number through than 50 to 100"
)]
pub fn reconcile(tree: &Table) -> ReconcileSettings {
    let (section, defaults) = (Section::find(tree, "reconcile"), ReconcileSettings::default());
    ReconcileSettings {
        threshold: section
            .number("threshold")
            .map_or(defaults.threshold, |threshold| threshold as u8),
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
