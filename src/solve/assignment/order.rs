//! The order of the parts: bids, paths, and scaling for instances that make paths crawl.

use super::NoMatching;
use super::pairing::Pairing;
use super::paths::Paths;

/// What brought a matching about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Bids and paths alone.
    Paths,
    /// Scaling before the last paths.
    Scaling,
}

impl Pairing<'_> {
    /// Matches all rows or leaves them out.
    pub fn match_all(&mut self) -> Result<(), NoMatching> {
        self.bid();
        let mut paths = Paths::new(self.matrix.rows, self.matrix.columns);
        self.finish(&mut paths)
    }

    /// Matches all rows of a problem that has as many columns.
    ///
    /// Paths may read `patience` whole rows; then scaling makes better prices first.
    pub fn complete(&mut self, patience: usize) -> Result<Way, NoMatching> {
        let mut way = Way::Paths;
        self.bid();
        let mut paths = Paths::new(self.matrix.rows, self.matrix.columns);
        for row in self.waiting() {
            if paths.whole_rows >= patience {
                self.scale();
                self.bid();
                way = Way::Scaling;
                break;
            }
            paths.augment(self, row)?;
        }
        self.finish(&mut paths)?;
        Ok(way)
    }

    fn finish(&mut self, paths: &mut Paths) -> Result<(), NoMatching> {
        for row in self.waiting() {
            paths.augment(self, row)?;
        }
        Ok(())
    }
}
