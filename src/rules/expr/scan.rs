//! A first look at the text of an expression, before it is parsed: is it small enough, and does it
//! use the operators of another language?

/// The most bytes that an expression may have.
pub(super) const LONGEST: usize = 20_000;

/// The most levels that an expression may nest; the parser's stack holds a multiple of it.
pub(super) const DEEPEST: usize = 250;

/// The text with every byte of a quoted text as `"` and of a comment as a blank, so that what is left
/// are names, numbers and signs at their own offsets.
pub(super) fn bare(source: &str) -> Vec<u8> {
    let bytes = source.as_bytes();
    let mut bare = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let (end, cover) = match bytes[at] {
            b'\'' | b'"' => (end_of_text(bytes, at), b'"'),
            b'/' if bytes.get(at + 1) == Some(&b'/') => (end_of_line(bytes, at), b' '),
            _ => (at + 1, bytes[at]),
        };
        bare[at..end].fill(cover);
        at = end;
    }
    bare
}

fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let raw = start > 0 && matches!(bytes[start - 1], b'r' | b'R');
    let long = bytes[start..].starts_with(&[quote; 3]);
    let closing: &[u8] = if long { &[quote; 3] } else { &[quote] };
    let mut at = start + closing.len();
    while at < bytes.len() {
        if bytes[at] == b'\\' && !raw {
            at += 2;
        } else if bytes[at..].starts_with(closing) {
            return at + closing.len();
        } else {
            at += 1;
        }
    }
    bytes.len()
}

fn end_of_line(bytes: &[u8], start: usize) -> usize {
    bytes[start..]
        .iter()
        .position(|&byte| byte == b'\n')
        .map_or(bytes.len(), |length| start + length)
}

/// How deep the tree of the expression can be at most: brackets nest, `a + b + c` leans to the left and
/// `a ? b : c ? d : e` to the right.
pub(super) fn depth(bare: &[u8]) -> usize {
    let mut open = vec![Level::default()];
    let mut deepest = 0;
    for (at, &byte) in bare.iter().enumerate() {
        let top = open.len() - 1;
        match byte {
            b'(' | b'[' | b'{' => open.push(Level::default()),
            b')' | b']' | b'}' if top > 0 => {
                let inner = open[top].depth() + 1;
                open.truncate(top);
                let outer = &mut open[top - 1];
                outer.current = inner.max(outer.current + 1);
            }
            b',' | b'&' | b'|' | b':' => open[top].close(),
            b'?' => {
                open[top].close();
                open[top].choices += 1;
            }
            b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=' | b'.' => open[top].current += 1,
            b'n' if is_word(bare, at.saturating_sub(1), b"in") => open[top].current += 1,
            _ => {}
        }
        deepest = deepest.max(open.len() + open[open.len() - 1].depth());
    }
    deepest
}

/// One pair of brackets: the depth of the part at hand, of the parts before it, and the choices open.
#[derive(Default)]
struct Level {
    current: usize,
    closed: usize,
    choices: usize,
}

impl Level {
    fn depth(&self) -> usize {
        self.current.max(self.closed) + self.choices
    }

    fn close(&mut self) {
        self.closed = self.closed.max(self.current);
        self.current = 0;
    }
}

/// Tells whether the word stands at an offset, with no letter or digit before or behind it.
fn is_word(bare: &[u8], at: usize, word: &[u8]) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    bare[at..].len() >= word.len()
        && bare[at..at + word.len()].eq_ignore_ascii_case(word)
        && !inside(at.checked_sub(1).and_then(|before| bare.get(before)))
        && !inside(bare.get(at + word.len()))
}

/// What to write instead of the first operator of another language.
pub(super) fn foreign_operator(bare: &[u8]) -> Option<(usize, &'static str)> {
    let sign = |at: usize| bare.get(at).copied().unwrap_or_default();
    (0..bare.len()).find_map(|at| {
        let before = if at == 0 { 0 } else { sign(at - 1) };
        let hint = match bare[at] {
            b'=' if sign(at + 1) != b'=' && !matches!(before, b'=' | b'!' | b'<' | b'>') => {
                "two values are compared with `==`"
            }
            b'<' if sign(at + 1) == b'>' => "two values differ: `!=`",
            b'&' if sign(at + 1) != b'&' && before != b'&' => "both must hold: `&&`",
            b'|' if sign(at + 1) != b'|' && before != b'|' => "one must hold: `||`",
            b'a' | b'A' if is_word(bare, at, b"and") => "both must hold: `&&`",
            b'o' | b'O' if is_word(bare, at, b"or") => "one must hold: `||`",
            b'n' | b'N' if is_word(bare, at, b"not") => "the opposite is `!(…)`",
            0xE2 if matches!(sign(at + 1), 0x80) && matches!(sign(at + 2), 0x98..=0x9F) => {
                "texts stand in straight quotes: `'Hot'`"
            }
            _ => return None,
        };
        Some((at, hint))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_and_leaning_operators_but_not_what_stands_in_texts() {
        for (source, expected) in [
            ("true", 1),
            ("((true))", 3),
            ("'((((' == \"))))\"", 3),
            ("1 + 1 + 1 + 1", 4),
            ("f(1, 2, 3, 4, 5)", 2),
            ("a || b || c || d || e", 1),
            ("1 ? 2 : 3 ? 4 : 5 ? 6 : 7", 4),
            ("'''(\\'(((''' // ((((\n + (1)", 3),
        ] {
            assert_eq!(depth(&bare(source)), expected, "{source}");
        }
        assert!(depth(&bare(&"(".repeat(10_000))) > DEEPEST);
        assert!(depth(&bare(&"1+".repeat(5_000))) > DEEPEST);
        assert!(depth(&bare(&"a.".repeat(5_000))) > DEEPEST);
        assert!(depth(&bare(&"a in ".repeat(500))) > DEEPEST);
    }

    #[test]
    fn operators_of_other_languages_are_recognised_outside_of_texts() {
        for (source, expected) in [
            ("a = 1", Some(2)),
            ("a == 1 && b <= 2 || c != 3 && d >= 4", None),
            ("a == 'x' and b", Some(9)),
            ("'and = or' == android", None),
            ("NOT a", Some(0)),
            ("a <> b", Some(2)),
            ("a == ‘Hot’", Some(5)),
            ("a | b", Some(2)),
        ] {
            assert_eq!(
                foreign_operator(&bare(source)).map(|(at, _)| at),
                expected,
                "{source}"
            );
        }
    }
}
