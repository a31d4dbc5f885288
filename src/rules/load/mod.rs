//! A rule file's text to [`RuleFile`]: every mistake that shows without leads and reps, all at once.

mod limits;
mod names;
mod passes;
mod reconcile;
mod section;
mod sections;
mod settings;
mod written;

use super::RuleFile;
use super::file;
use crate::mistake::Mistakes;
pub use names::OTHER;
pub use written::{LimitRule, Most, Must, PassRule, Prefer, Preference, Territories, TerritoryMode, Written};

/// Reads a rule file's text; `file` is its name in positions.
///
/// # Errors
/// Every mistake in it that shows without leads and reps.
pub fn load(file: &str, text: &str) -> Result<RuleFile, Mistakes> {
    let tree = file::read(file, text)?;
    let mut mistakes = file::check(&tree);
    let written = sections::written(&tree, &mut mistakes);
    names::check(&tree, &written, &mut mistakes);
    let settings = settings::settings(&tree, &written, &mut mistakes);
    mistakes.0.sort_by(|a, b| a.position.cmp(&b.position));
    mistakes.or(RuleFile { settings, written })
}

#[cfg(test)]
mod tests;
