//! The second part: each row that still waits gets its column over a cheapest path (Dijkstra's search on
//! reduced costs), and prices rise such that every row keeps its best.
//!
//! A search reads the lists of rows. What bounds the columns beyond a list waits its turn like a column: only
//! when no path can be shorter is the list made anew, and if that does not do, the whole row read. At equal
//! distance a path ends at a free column rather than going on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::NoMatching;
use super::pairing::{NONE, OUT, Pairing};

/// Marks, among what waits in a search, the columns of a row beyond its list, and a column that is passed.
pub(super) const MARK: u32 = 1 << 31;

/// How a path ends.
#[derive(Clone, Copy)]
enum End {
    /// No end is reached yet.
    Nowhere,
    /// With a free column, reached from a row.
    Free { column: u32, from: u32 },
    /// With a row that is left out.
    Out { row: u32 },
}

/// Searches for cheapest paths, one after the other.
pub(super) struct Paths {
    /// The distance to each column, where the search numbered in `reached` is this one.
    distance: Vec<i64>,
    reached: Vec<u32>,
    /// The row from which each column is reached, with [`MARK`] once the search has passed the column.
    from: Vec<u32>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// What waits at the distance that the search has come to.
    ready: Vec<u32>,
    passed: Vec<u32>,
    /// The search in which the list of each row was made last.
    renewed: Vec<u32>,
    search: u32,
    /// Where the search has come to.
    now: i64,
    end: End,
    end_distance: i64,
    /// How many times a whole row was read.
    pub whole_rows: usize,
}

impl Paths {
    pub fn new(rows: usize, columns: usize) -> Self {
        Self {
            distance: vec![0; columns],
            reached: vec![0; columns],
            from: vec![0; columns],
            heap: BinaryHeap::new(),
            ready: Vec::new(),
            passed: Vec::new(),
            renewed: vec![0; rows],
            search: 0,
            now: 0,
            end: End::Nowhere,
            end_distance: 0,
            whole_rows: 0,
        }
    }

    /// Gives a column to one more row, or leaves a row out.
    ///
    /// # Errors
    /// No path leads from the row to a free column, and no row on the way may be left out.
    pub fn augment(&mut self, pairing: &mut Pairing<'_>, row: u32) -> Result<(), NoMatching> {
        self.search += 1;
        self.heap.clear();
        self.ready.clear();
        self.passed.clear();
        self.now = i64::MIN;
        self.end = End::Nowhere;
        self.end_distance = i64::MAX;
        self.reach_from(pairing, row, 0);
        while let Some((distance, node)) = self.next() {
            self.now = distance;
            if node & MARK == 0 {
                self.pass(pairing, node);
            } else {
                self.read_on(pairing, node & !MARK);
            }
        }
        if matches!(self.end, End::Nowhere) {
            return Err(NoMatching::Impossible);
        }
        for &column in &self.passed {
            let column = column as usize;
            let rise = self.end_distance - self.distance[column];
            pairing.prices.raise(column, pairing.prices.of(column) + rise);
        }
        self.turn(pairing, row);
        Ok(())
    }

    /// What waits at the least distance, unless an end is as near.
    fn next(&mut self) -> Option<(i64, u32)> {
        if self.now >= self.end_distance {
            return None;
        }
        if let Some(node) = self.ready.pop() {
            return Some((self.now, node));
        }
        let Reverse(next) = self.heap.pop()?;
        (next.0 < self.end_distance).then_some(next)
    }

    fn wait(&mut self, distance: i64, node: u32) {
        if distance <= self.now {
            self.ready.push(node);
        } else {
            self.heap.push(Reverse((distance, node)));
        }
    }

    /// Passes a taken column: its row would need another.
    fn pass(&mut self, pairing: &Pairing<'_>, column: u32) {
        let at = column as usize;
        // A column reached again at a lesser distance waits twice.
        if self.from[at] & MARK != 0 {
            return;
        }
        self.from[at] |= MARK;
        self.passed.push(column);
        let row = pairing.row_of[at];
        self.reach_from(pairing, row, self.now - pairing.value(row, column));
    }

    /// Reaches what is near a row; `offset` is the distance of the row less its value.
    fn reach_from(&mut self, pairing: &Pairing<'_>, row: u32, offset: i64) {
        if let Some(leave) = pairing.leave.of(row as usize)
            && leave + offset < self.end_distance
        {
            self.end_distance = leave + offset;
            self.end = End::Out { row };
        }
        self.reach_listed(pairing, row, offset);
    }

    fn reach_listed(&mut self, pairing: &Pairing<'_>, row: u32, offset: i64) {
        for near in pairing.nearest.of(row as usize) {
            let value = i64::from(near.cost) + pairing.prices.of(near.column as usize);
            self.reach(&pairing.row_of, row, near.column, value + offset);
        }
        let rest = pairing.nearest.rest(row as usize);
        if rest < i64::MAX && rest + offset < self.end_distance {
            self.wait(rest + offset, row | MARK);
        }
    }

    fn reach(&mut self, row_of: &[u32], row: u32, column: u32, distance: i64) {
        if distance >= self.end_distance {
            return;
        }
        let at = column as usize;
        if row_of[at] == NONE {
            self.end_distance = distance;
            self.end = End::Free { column, from: row };
        } else if self.reached[at] != self.search || distance < self.distance[at] {
            self.reached[at] = self.search;
            self.distance[at] = distance;
            self.from[at] = row;
            self.wait(distance, column);
        }
    }

    /// Reads on where the list of a row ends: makes the list anew, or else reads the whole row.
    fn read_on(&mut self, pairing: &mut Pairing<'_>, row: u32) {
        self.whole_rows += 1;
        let column = pairing.column_of[row as usize];
        let offset = if column == NONE {
            0
        } else {
            self.distance[column as usize] - pairing.value(row, column)
        };
        if self.renewed[row as usize] != self.search {
            self.renewed[row as usize] = self.search;
            pairing.renew(row);
            self.reach_listed(pairing, row, offset);
            return;
        }
        let Pairing {
            matrix,
            prices,
            nearest,
            row_of,
            ..
        } = pairing;
        let bar = self.end_distance.saturating_sub(offset);
        nearest
            .reader()
            .below(matrix.row(row as usize), prices, bar, |column, value| {
                self.reach(row_of, row, column, value + offset);
            });
    }

    /// Gives to every row on the path the column that it reaches next.
    fn turn(&mut self, pairing: &mut Pairing<'_>, start: u32) {
        let (mut row, mut column) = match self.end {
            End::Nowhere => return,
            End::Free { column, from } => (from, column),
            End::Out { row } => (row, OUT),
        };
        loop {
            let before = std::mem::replace(&mut pairing.column_of[row as usize], column);
            if column != OUT {
                pairing.row_of[column as usize] = row;
            }
            if row == start {
                return;
            }
            column = before;
            row = self.from[column as usize] & !MARK;
        }
    }
}
