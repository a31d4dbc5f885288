//! The one door to TOML: a text becomes a tree in which every key and value knows where it stands.

mod check;

use crate::mistake::{Kind, Mistake, Mistakes, Position};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use check::{check, fits, share};

/// A table: its entries in the order in which they stand in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table(pub Vec<Entry>);

impl Table {
    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub position: Position,
    /// The value.
    pub node: Node,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it begins.
    pub position: Position,
    /// What it is.
    pub datum: Datum,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// A string.
    Text(Text),
    /// A number of either kind.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
    /// A date or time, or a number too large.
    Other(String),
}

impl Datum {
    /// What it is, in words for messages.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => format!("`\"{}\"`", text.text),
            Self::Number(number) => format!("`{number}`"),
            Self::Boolean(boolean) => format!("`{boolean}`"),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
            Self::Other(text) => format!("`{text}`"),
        }
    }
}

/// A string, and where its first character stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The string.
    pub text: String,
    /// Where its first character stands, behind the quote.
    pub start: Position,
}

/// Reads a TOML text; `file` is its name in positions.
///
/// # Errors
/// Every place where the text is not TOML, each with its line and a caret.
pub fn read(file: &str, text: &str) -> Result<Table, Mistakes> {
    let lines = Lines::new(file, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut mistakes = Mistakes::default();
    for error in errors {
        let at = error.span().map_or(text.len(), |span| span.start);
        let message = error.message().replace('\n', ", ");
        mistakes.push(
            Mistake::new(Kind::BadToml, lines.position(at), in_lower_case(&message)).excerpt(lines.caret(at)),
        );
    }
    mistakes.or(())?;
    Ok(lines.table(table.get_ref()))
}

fn in_lower_case(message: &str) -> String {
    let mut letters = message.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Where the lines of a text begin.
struct Lines<'a> {
    file: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(file: &'a str, text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            file,
            text,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The line of a byte, from 0, and the text of that line up to the byte.
    fn before(&self, at: usize) -> (usize, &'a str) {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|&start| start <= at) - 1;
        (line, &self.text[self.starts[line]..at])
    }

    fn position(&self, at: usize) -> Position {
        let (line, before) = self.before(at);
        Position::Line {
            file: self.file.to_owned(),
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).ok(),
        }
    }

    /// The line of a byte with a caret below it.
    fn caret(&self, at: usize) -> String {
        let (line, before) = self.before(at);
        let whole = self.text[self.starts[line]..].lines().next().unwrap_or_default();
        let blanks: String = before
            .chars()
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        format!("{whole}\n{blanks}^")
    }

    fn table(&self, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<(usize, Entry)> = table
            .iter()
            .map(|(key, value)| {
                let at = key.span().start;
                let entry = Entry {
                    key: key.get_ref().to_string(),
                    position: self.position(at),
                    node: self.node(value),
                };
                (at, entry)
            })
            .collect();
        entries.sort_by_key(|(at, _)| *at);
        Table(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let span = value.span();
        let datum = match value.get_ref() {
            DeValue::String(text) => Datum::Text(Text {
                text: text.to_string(),
                start: self.position(span.start + self.quote(span.start)),
            }),
            DeValue::Integer(integer) => {
                i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).map_or_else(
                    |_| Datum::Other(integer.to_string()),
                    |whole| Datum::Number(float(whole)),
                )
            }
            DeValue::Float(float) => float
                .as_str()
                .replace('_', "")
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .map_or_else(|| Datum::Other(float.to_string()), Datum::Number),
            DeValue::Boolean(boolean) => Datum::Boolean(*boolean),
            DeValue::Datetime(moment) => Datum::Other(moment.to_string()),
            DeValue::Array(items) => Datum::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Datum::Table(self.table(table)),
        };
        Node {
            position: self.position(span.start),
            datum,
        }
    }

    /// How many bytes the opening quote of a string has, a newline right behind it included.
    fn quote(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        if !rest.starts_with("\"\"\"") && !rest.starts_with("'''") {
            return 1;
        }
        let rest = &rest[3..];
        3 + if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with('\n'))
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no rule needs a whole number beyond 2^53"
)]
fn float(whole: i64) -> f64 {
    whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position::Line {
            file: "rules.toml".into(),
            line,
            column: Some(column),
        }
    }

    #[test]
    fn entries_keep_their_order_and_know_where_they_stand() {
        let table = read(
            "rules.toml",
            "[territory.names]\nWest = 1\n\"Ä\" = 'x'\n\"East\" = \"\"\"\ny\"\"\"",
        )
        .unwrap();
        let Datum::Table(territory) = &table.0[0].node.datum else {
            panic!()
        };
        let Datum::Table(names) = &territory.0[0].node.datum else {
            panic!()
        };
        let keys: Vec<_> = names.0.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(keys, ["West", "Ä", "East"]);
        assert_eq!(names.0[1].node.position, at(3, 7));
        let Datum::Text(text) = &names.0[1].node.datum else {
            panic!()
        };
        assert_eq!(text.start, at(3, 8));
        let Datum::Text(text) = &names.0[2].node.datum else {
            panic!()
        };
        assert_eq!((&text.start, text.text.as_str()), (&at(5, 1), "y"));
    }

    #[test]
    fn every_place_that_is_not_toml_is_named_with_a_caret() {
        let mistakes = read("rules.toml", "a = \nb = 1\nc = ]\n").unwrap_err();
        assert!(mistakes.0.len() >= 2, "{mistakes}");
        assert!(mistakes.0.iter().all(|mistake| mistake.kind == Kind::BadToml));
        assert!(mistakes.to_string().contains("rules.toml:1:"), "{mistakes}");
        assert!(mistakes.to_string().contains('^'), "{mistakes}");
    }
}
