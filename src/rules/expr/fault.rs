//! Mistakes in an expression, each with the line in question and a caret below it.

use crate::mistake::{Kind, Mistake, Mistakes, Position};

/// Collects the mistakes of one expression.
#[derive(Debug)]
pub(super) struct Faults {
    source: String,
    position: Position,
    key: String,
    mistakes: Mistakes,
}

impl Faults {
    /// Starts without any, for an expression that stands at `position` under `key`.
    pub fn new(source: &str, position: &Position, key: &str) -> Self {
        Self {
            source: source.to_owned(),
            position: position.clone(),
            key: key.to_owned(),
            mistakes: Mistakes::default(),
        }
    }

    /// Adds a mistake at a byte offset of the source; `more` says what else there is to say.
    pub fn add(
        &mut self,
        kind: Kind,
        at: usize,
        found: impl Into<String>,
        more: impl FnOnce(Mistake) -> Mistake,
    ) {
        let mistake = Mistake::new(kind, self.position.clone(), found)
            .column(self.key.clone())
            .excerpt(excerpt(&self.source, at));
        self.mistakes.push(more(mistake));
    }

    /// The value, or the mistakes if there are any.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Mistakes> {
        match value {
            Some(value) => self.mistakes.or(value),
            None => Err(self.mistakes),
        }
    }
}

/// The line of an offset with a caret below; a long line is cut around it.
fn excerpt(source: &str, at: usize) -> String {
    const AROUND: usize = 60;
    let at = source.floor_char_boundary(at.min(source.len()));
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = source[at..].find('\n').map_or(source.len(), |length| at + length);
    let before: Vec<char> = source[start..at].chars().map(printable).collect();
    let after: Vec<char> = source[at..end].trim_end().chars().map(printable).collect();
    let (cut, from) = if before.len() > AROUND {
        ("…", before.len() - AROUND)
    } else {
        ("", 0)
    };
    let (until, rest) = if after.len() > AROUND {
        (AROUND, "…")
    } else {
        (after.len(), "")
    };
    let line: String = before[from..].iter().chain(&after[..until]).collect();
    let indent = " ".repeat(before.len() - from + cut.chars().count());
    format!("{cut}{line}{rest}\n{indent}^")
}

fn printable(letter: char) -> char {
    if letter.is_control() { ' ' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn the_caret_stands_below_the_letter_in_question() {
        for (source, at, expected) in [
            ("a == b", 2, "a == b\n  ^"),
            ("ä == b", 3, "ä == b\n  ^"),
            ("a ==\n b\t", 6, " b\n ^"),
            ("ab", 99, "ab\n  ^"),
            ("", 0, "\n^"),
        ] {
            assert_eq!(excerpt(source, at), expected, "{source}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let source = "x".repeat(100) + "!" + &"y".repeat(100);
        let expected = format!("…{}!{}…\n{}^", "x".repeat(60), "y".repeat(59), " ".repeat(61));
        assert_eq!(excerpt(&source, 100), expected);
    }
}
