//! One row of a file as it is read: its cells in one piece of text.

use super::assembly::is_blank;

/// The cells of a row, one after another without a gap, and where each ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// Makes a row of its text and the ends of its cells, which rise and stand between letters.
    pub(super) fn new(text: &'a str, ends: &'a [usize]) -> Self {
        Self { text, ends }
    }

    /// The number of cells.
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    /// The text of all cells.
    pub(super) fn text(self) -> &'a str {
        self.text
    }

    /// Where each cell ends in the text, in bytes.
    pub(super) fn ends(self) -> &'a [usize] {
        self.ends
    }

    /// The cells.
    pub(super) fn cells(self) -> impl Iterator<Item = &'a str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            self.text
                .get(std::mem::replace(&mut start, *end)..*end)
                .unwrap_or_default()
        })
    }

    /// The cells as texts of their own.
    pub(super) fn owned(self) -> Vec<String> {
        self.cells().map(str::to_owned).collect()
    }

    /// What the row looks like at a glance.
    pub(super) fn look(self) -> Look {
        let (mut look, mut start) = (Look::default(), 0);
        for (column, end) in self.ends.iter().enumerate() {
            let length = end - start;
            if length > look.longest {
                (look.longest, look.longest_at) = (length, column);
            }
            let first = self.text.as_bytes().get(start).filter(|_| length > 0);
            let filled = match first {
                None => false,
                Some(byte) if byte.is_ascii_graphic() => true,
                Some(_) => self.text.get(start..*end).is_some_and(|cell| !is_blank(cell)),
            };
            if filled {
                look.filled += 1;
                look.used = column + 1;
                look.armed |= matches!(first, Some(b'=' | b'\''));
            }
            start = *end;
        }
        look
    }
}

/// What a row looks like at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// The number of cells up to the last filled one.
    pub(super) used: usize,
    /// The number of filled cells.
    pub(super) filled: usize,
    /// The bytes of the longest cell.
    pub(super) longest: usize,
    /// Which cell that is.
    pub(super) longest_at: usize,
    /// Whether a cell begins as text that was kept from being a formula does.
    pub(super) armed: bool,
}

/// A row that is put together cell by cell; its memory is used again.
#[derive(Debug, Default)]
pub(super) struct RowBuffer {
    text: String,
    ends: Vec<usize>,
}

impl RowBuffer {
    /// Puts a row together.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Row<'_> {
        self.text.clear();
        self.ends.clear();
        for cell in cells {
            self.text.push_str(cell);
            self.ends.push(self.text.len());
        }
        Row::new(&self.text, &self.ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were_put_together() {
        let mut buffer = RowBuffer::default();
        assert_eq!(buffer.row(["ä", "", "b c"]).owned(), ["ä", "", "b c"]);
        assert_eq!(buffer.row(["x"]).owned(), ["x"]);
        assert_eq!(buffer.row([]).len(), 0);
    }

    #[test]
    fn a_look_tells_what_is_filled_and_what_is_longest() {
        let mut buffer = RowBuffer::default();
        let expected = Look {
            used: 4,
            filled: 2,
            longest: 6,
            longest_at: 3,
            armed: true,
        };
        assert_eq!(
            buffer.row(["", "a", "\u{a0} ", "='1234", " ", ""]).look(),
            expected
        );
        assert_eq!(buffer.row(["", " "]).look().filled, 0);
    }
}
