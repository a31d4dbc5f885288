//! What each rep holds while the dealing goes on.

use crate::model::{Batch, RepIndex};
use crate::problem::Shares;

/// Room, open and served leads of every rep, in the order of the roster.
#[derive(Clone, Debug)]
pub(super) struct Loads {
    rooms: Vec<u32>,
    open: Vec<u32>,
    served: Vec<u64>,
    /// How many more leads of this run the balance grants.
    granted: Vec<u32>,
}

impl Loads {
    pub(super) fn new(batch: &Batch, shares: &Shares) -> Self {
        let reps = &batch.reps.list;
        Self {
            rooms: reps.iter().map(crate::model::Rep::room).collect(),
            open: reps.iter().map(|rep| rep.open).collect(),
            served: vec![0; reps.len()],
            granted: reps.iter().map(|rep| shares.most(rep)).collect(),
        }
    }

    /// Places that are left, within the rep's own room and what the balance grants.
    pub(super) fn room(&self, rep: RepIndex) -> u32 {
        self.rooms[rep.at()].min(self.granted[rep.at()])
    }

    /// Places that are left in the rep's own room.
    pub(super) fn own_room(&self, rep: RepIndex) -> u32 {
        self.rooms[rep.at()]
    }

    /// Open leads, those dealt so far included.
    pub(super) fn open(&self, rep: RepIndex) -> u32 {
        self.open[rep.at()]
    }

    /// Leads served by pins and passes of this run.
    pub(super) fn served(&self, rep: RepIndex) -> u64 {
        self.served[rep.at()]
    }

    /// Counts leads that a rep gets; a rep who is full (pins do that) stays full.
    pub(super) fn take(&mut self, rep: RepIndex, leads: u32) {
        let at = rep.at();
        self.rooms[at] = self.rooms[at].saturating_sub(leads);
        self.granted[at] = self.granted[at].saturating_sub(leads);
        self.open[at] = self.open[at].saturating_add(leads);
        self.served[at] = self.served[at].saturating_add(u64::from(leads));
    }
}
