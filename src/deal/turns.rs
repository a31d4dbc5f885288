//! Passes that deal one lead after another.

use super::dealing::Dealing;
use crate::model::{LeadIndex, PassIndex};

pub(super) fn deal(_dealing: &mut Dealing<'_>, _at: PassIndex, _leads: &[LeadIndex]) -> u64 {
    0
}
