//! Lines that fit a width, counted as terminals count.

/// The narrowest page.
const NARROWEST: usize = 40;
/// How deep a continued line is indented.
const INDENT: usize = 4;

/// Collects lines of at most so many columns.
pub struct Page {
    width: usize,
    text: String,
}

impl Page {
    /// Starts an empty page.
    pub fn new(width: usize) -> Self {
        Self {
            width: width.max(NARROWEST),
            text: String::new(),
        }
    }

    /// The columns of a line.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Adds a text, broken at blanks; continued lines are indented.
    pub fn line(&mut self, text: &str) {
        self.item("", text);
    }

    /// Adds a text behind a mark; continued lines are indented by it.
    pub fn item(&mut self, mark: &str, text: &str) {
        let indent = if mark.is_empty() {
            INDENT
        } else {
            columns(mark).min(self.width / 2)
        };
        let mut line = mark.to_owned();
        let mut blank = true;
        let longest = self.width - indent;
        for word in text.split(' ').flat_map(|word| pieces(word, longest)) {
            let gap = usize::from(!blank);
            if !blank && columns(&line) + gap + columns(word) > self.width {
                self.put(&line);
                line = " ".repeat(indent);
            } else if !blank {
                line.push(' ');
            }
            line.push_str(word);
            blank = false;
        }
        self.put(&line);
    }

    /// Adds a table as it is.
    pub fn table(&mut self, table: &str) {
        table.lines().for_each(|line| self.put(line));
    }

    /// Adds an empty line, unless one is there or nothing is.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The page, ending with one line end.
    pub fn finish(self) -> String {
        let mut text = self.text;
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    fn put(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

/// Cuts a word that is longer than a line.
fn pieces(word: &str, longest: usize) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), word);
    while columns(rest) > longest {
        let mut taken = 0;
        let fits = |c: &char| {
            taken += wide(*c);
            taken <= longest
        };
        let bytes: usize = rest.chars().take_while(fits).map(char::len_utf8).sum();
        let (piece, after) = rest.split_at(bytes);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// The columns that a text takes on a terminal.
pub fn columns(text: &str) -> usize {
    text.chars().map(wide).sum()
}

/// The columns that a character takes: two for those of East Asia and pictures, never less than one, so
/// that a line is rather too short than too long.
fn wide(c: char) -> usize {
    let two = matches!(u32::from(c),
        0x1100..=0x115f | 0x2329..=0x232a | 0x2600..=0x27bf | 0x2e80..=0xa4cf | 0xac00..=0xd7a3
        | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6
        | 0x1f000..=0x1faff | 0x20000..=0x3fffd);
    if two { 2 } else { 1 }
}

/// A text cut to so many columns, with an ellipsis that shows it.
pub fn cut(text: &str, longest: usize) -> String {
    if columns(text) <= longest {
        return text.to_owned();
    }
    let mut taken = 0;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            taken += wide(*c);
            taken < longest
        })
        .collect();
    kept.push('…');
    kept
}

/// A text of the user's on one line, without what a terminal would obey.
pub fn clean(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let obeyed = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    line.replace(obeyed, "\u{fffd}")
}

/// A count with its noun: `1 row`, `3 rows`.
pub fn count(number: u64, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}
