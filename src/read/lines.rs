//! Counts the lines of a text by `\n`, `\r\n` and a lone `\r` alike.

/// A line counter that is fed a text piece by piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineCounter {
    line: u32,
    after_cr: bool,
}

impl LineCounter {
    /// Starts at a line, counted from 1.
    pub(super) fn at(line: u32) -> Self {
        Self {
            line,
            after_cr: false,
        }
    }

    /// The line of the byte that comes next.
    pub(super) fn line(self) -> u32 {
        self.line
    }

    /// Passes over bytes.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let starts_line = byte == b'\r' || (byte == b'\n' && !self.after_cr);
            self.line = self.line.saturating_add(u32::from(starts_line));
            self.after_cr = byte == b'\r';
        }
    }

    /// Passes over bytes that hold line ends at their end only, without looking at the others.
    pub(super) fn pass_one_line(&mut self, bytes: &[u8]) {
        let ends = bytes.iter().rev().take_while(|byte| is_line_end(**byte)).count();
        if ends < bytes.len() {
            self.after_cr = false;
        }
        self.pass(&bytes[bytes.len() - ends..]);
    }
}

/// Whether a byte ends a line.
pub(super) fn is_line_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// The line, from 1, on which a byte of a text stands.
pub(super) fn line_of(bytes: &[u8], position: usize) -> u32 {
    let mut counter = LineCounter::at(1);
    counter.pass(&bytes[..position.min(bytes.len())]);
    counter.line()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_line_ends_count_once() {
        assert_eq!(line_of(b"a\nb\r\nc\rd", 7), 4);
        assert_eq!(line_of(b"a\nb\r\nc\rd", 3), 2);
        assert_eq!(line_of(b"", 9), 1);
    }

    #[test]
    fn a_line_end_split_between_two_pieces_counts_once() {
        let mut counter = LineCounter::at(1);
        counter.pass_one_line(b"a\r");
        counter.pass_one_line(b"\nb\n");
        assert_eq!(counter.line(), 3);
    }
}
