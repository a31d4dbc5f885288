//! A pass that grants ranked wishes as numbers: its leaves, and rows of what wishes are worth.

use crate::model::RepIndex;
use crate::proof::instance::{Growth, Leaf, NEVER, RowReader};
use crate::proof::stage::Numbers;

impl Numbers<'_> {
    /// Wishes know of rooms and the pass's cap alone.
    pub fn by_wishes(&mut self) {
        let most = self.pass.cap.unwrap_or(u32::MAX);
        let before = &self.stage.before;
        let leaf = |rep: &RepIndex| Leaf {
            room: before[rep.at()].room().min(most),
            balance: Growth::NONE,
            fairness: Growth::NONE,
        };
        self.leaves = self.reps.iter().map(leaf).collect();
    }

    /// Rows of what wishes are worth; who wishes for nothing may take nothing.
    pub fn wishes<'r>(&'r self, mut reader: RowReader<'r>) -> RowReader<'r> {
        Box::new(move |lead, out| {
            reader(lead, out);
            for (score, &rep) in out.iter_mut().zip(&self.reps) {
                *score = match self.setting.asked.wish(lead, rep) {
                    Some(place) if *score != NEVER => self.setting.asked.worth(place, *score),
                    _ => NEVER,
                };
            }
        })
    }
}
