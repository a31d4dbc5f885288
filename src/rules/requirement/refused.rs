//! Nobody gets a lead again that they declined or let lie.
//!
//! Built in, without a key of its own: the ledger says who refused what, and no pass relaxes it. A pin may
//! still give the lead back.

use super::{Ground, Hard};
use crate::model::RepDirectory;
use crate::rules::Verdict;
use crate::rules::keys::Keys;
use std::collections::BTreeSet;

/// Who refused the leads of each key, by place in the roster.
#[derive(Debug)]
pub struct NotRefused {
    refused: Vec<BTreeSet<usize>>,
}

impl NotRefused {
    /// Binds the rule where a rep of the roster refused a lead that is back in the pool.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let (ids, returned) = (&ground.batch.leads.ids, &ground.batch.past.returned);
        if returned.is_empty() {
            return None;
        }
        let directory = RepDirectory::new(&ground.batch.reps.list);
        let place = |id: &String| directory.of_id(id).map(crate::model::RepIndex::at);
        let (keys, refused) = Keys::by(ids.len(), |row| {
            let refused: BTreeSet<usize> = returned
                .get(&ids[row])?
                .refused
                .iter()
                .filter_map(place)
                .collect();
            (!refused.is_empty()).then_some(refused)
        });
        (keys.count() > 0).then_some((keys, Self { refused }))
    }
}

impl Hard for NotRefused {
    fn verdict(&self, key: u32, rep: usize) -> Verdict {
        if self.refused[key as usize].contains(&rep) {
            Verdict::Fails
        } else {
            Verdict::Holds
        }
    }
}
