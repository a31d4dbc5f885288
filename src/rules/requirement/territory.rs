//! Territory as a must: reps whose territories cell is filled take leads from there only.
//!
//! ```toml
//! [territory]
//! mode = "must"
//! unplaced = "nobody"   # leads without a place; default "anyone"
//! ```

use super::{Ground, Hard};
use crate::rules::Verdict;
use crate::rules::keys::Keys;
use crate::rules::load::TerritoryMode;
use crate::rules::territory::Holdings;
use std::sync::Arc;

/// The rule over who holds what; a key that holds nothing is that of leads without a place.
#[derive(Debug)]
pub struct TerritoryMust {
    holdings: Arc<Holdings>,
    keys: Vec<Option<u32>>,
}

impl TerritoryMust {
    /// Binds the rule where it can block anything.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let territories = &ground.written.territories;
        let holdings = &ground.holdings;
        let useful = holdings.any_rep_names_one() || !territories.unplaced_anyone;
        if territories.mode != TerritoryMode::Must || !useful {
            return None;
        }
        let (keys, of) = Keys::by(ground.leads.rows, |row| {
            match holdings.keys.of(crate::model::LeadIndex::new(row)) {
                None if territories.unplaced_anyone => None,
                placed => Some(placed),
            }
        });
        let holdings = Arc::clone(holdings);
        Some((keys, Self { holdings, keys: of }))
    }
}

impl Hard for TerritoryMust {
    fn verdict(&self, key: u32, rep: usize) -> Verdict {
        match self.keys[key as usize] {
            None => Verdict::Unknown("the lead has no place".to_owned()),
            Some(key) if self.holdings.holds(key, rep) => Verdict::Holds,
            Some(_) => Verdict::Fails,
        }
    }
}
