//! Typed reading of one table of a rule file that the catalogue has passed.

use crate::mistake::{Mistakes, Position};
use crate::rules::catalogue::{self, Keys};
use crate::rules::expr::{Allowed, Expression, parse};
use crate::rules::file::{self, Datum, Node, Table};

/// One table of a rule file; values that do not fit their shape are as if they were not there, because
/// they are mistakes already.
#[derive(Clone, Copy, Debug)]
pub struct Section<'a> {
    name: &'static str,
    position: &'a Position,
    table: Option<&'a Table>,
}

impl<'a> Section<'a> {
    /// The table of a dotted name in a file; one without entries where the file has none.
    pub fn find(tree: &'a Table, name: &'static str) -> Self {
        let mut table = Some(tree);
        let mut position = &Position::Nowhere;
        for step in name.split('.') {
            let entry = table.and_then(|table| table.entry(step));
            table = entry.and_then(|entry| match &entry.node.datum {
                Datum::Table(table) => Some(table),
                _ => None,
            });
            position = entry.map_or(position, |entry| &entry.position);
        }
        Self {
            name,
            position,
            table,
        }
    }

    /// The tables of a repeated name in a file, in order.
    pub fn all(tree: &'a Table, name: &'static str) -> Vec<Self> {
        let Some(Datum::List(items)) = tree.entry(name).map(|entry| &entry.node.datum) else {
            return Vec::new();
        };
        let tables = items.iter().filter_map(|item| match &item.datum {
            Datum::Table(table) => Some(Self {
                name,
                position: &item.position,
                table: Some(table),
            }),
            _ => None,
        });
        tables.collect()
    }

    /// How many keys the table has.
    pub fn len(&self) -> usize {
        self.table.map_or(0, |table| table.0.len())
    }

    /// The entries whose values fit, for tables whose keys the user names.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Position, &'a Node)> {
        let shape = match catalogue::table(self.name).map(|table| table.keys) {
            Some(Keys::Free(shape) | Keys::Fields(_, shape)) => Some(shape),
            _ => None,
        };
        let entries = self.table.into_iter().flat_map(|table| &table.0);
        entries
            .filter(move |entry| shape.is_some_and(|shape| file::fits(shape, &entry.node.datum)))
            .map(|entry| (entry.key.as_str(), &entry.position, &entry.node))
    }

    /// The value of a key, if it is there and fits.
    pub fn node(&self, key: &str) -> Option<&'a Node> {
        let Some(Keys::Fixed(keys)) = catalogue::table(self.name).map(|table| table.keys) else {
            return None;
        };
        let shape = keys.iter().find(|known| known.name == key)?.shape;
        let entry = self.table?.entry(key)?;
        file::fits(shape, &entry.node.datum).then_some(&entry.node)
    }

    /// Tells whether a key is there, whether or not its value fits.
    pub fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.entry(key).is_some())
    }

    /// Where a key's value stands; where the table stands if it has no such key.
    pub fn position(&self, key: &str) -> Position {
        let entry = self.table.and_then(|table| table.entry(key));
        entry.map_or(self.position, |entry| &entry.node.position).clone()
    }

    /// The text of a key, without surrounding blanks.
    pub fn text(&self, key: &str) -> Option<String> {
        match &self.node(key)?.datum {
            Datum::Text(text) => Some(text.text.trim().to_owned()),
            _ => None,
        }
    }

    /// The number of a key.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.node(key)?.datum {
            Datum::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Tells whether a key says `true`.
    pub fn yes(&self, key: &str) -> bool {
        matches!(self.node(key).map(|node| &node.datum), Some(Datum::Boolean(true)))
    }

    /// The share of a key, from 0 to 1.
    pub fn share(&self, key: &str) -> Option<f64> {
        file::share(&self.node(key)?.datum)
    }

    /// The texts of a key with where they stand.
    pub fn texts(&self, key: &str) -> Option<Vec<(String, Position)>> {
        self.node(key).map(texts)
    }

    /// The numbers of a key.
    pub fn numbers(&self, key: &str) -> Option<Vec<f64>> {
        let Datum::List(items) = &self.node(key)?.datum else {
            return None;
        };
        let numbers = items.iter().filter_map(|item| match item.datum {
            Datum::Number(number) => Some(number),
            _ => None,
        });
        Some(numbers.collect())
    }

    /// The expression of a key, if it is there; one that does not parse is a mistake.
    pub fn expression(&self, key: &str, allowed: Allowed, mistakes: &mut Mistakes) -> Option<Expression> {
        match &self.node(key)?.datum {
            Datum::Text(text) => mistakes.keep(parse(&text.text, allowed, text.start.clone(), key)),
            _ => None,
        }
    }

    /// The expression of a key that selects; the bare word `true` is the same as none.
    pub fn when(&self, key: &str, allowed: Allowed, mistakes: &mut Mistakes) -> Option<Expression> {
        if self.text(key).as_deref() == Some("true") {
            return None;
        }
        self.expression(key, allowed, mistakes)
    }
}

/// The texts of a list, or the one text, with where they stand; empty ones are left out.
pub fn texts(node: &Node) -> Vec<(String, Position)> {
    let items = match &node.datum {
        Datum::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let texts = items.iter().filter_map(|item| match &item.datum {
        Datum::Text(text) => Some((text.text.trim().to_owned(), item.position.clone())),
        _ => None,
    });
    texts.filter(|(text, _)| !text.is_empty()).collect()
}
