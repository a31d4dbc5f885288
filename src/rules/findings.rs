//! What `check` says of rules against a batch: needs that nobody meets, rules that never apply.

use super::Rules;
use crate::model::{Batch, Note};

/// Finds what should be looked at before dealing.
pub fn report_of_rules(_rules: &Rules, _batch: &Batch) -> Vec<Note> {
    Vec::new()
}
