//! Headers of the files, ours before the leads' own, and the cells of a row whatever the format.

use super::view::View;
use crate::model::Points;
use std::collections::BTreeSet;
use std::fmt;
use std::io;

/// Takes the cells of a row from left to right.
pub trait Row {
    /// A text of ours.
    fn text(&mut self, text: &str) -> io::Result<()>;
    /// A number of ours, in the form in which it is printed.
    fn number(&mut self, number: fmt::Arguments) -> io::Result<()>;
    /// A cell of the leads' own, by the position of its column among theirs.
    fn own(&mut self, column: usize, text: &str) -> io::Result<()>;
    /// The end of the row.
    fn end(&mut self) -> io::Result<()>;

    /// A cell without content.
    fn empty(&mut self) -> io::Result<()> {
        self.text("")
    }

    /// Points.
    fn points(&mut self, points: Points) -> io::Result<()> {
        self.number(format_args!("{points}"))
    }

    /// Points, or a cell without content.
    fn maybe_points(&mut self, points: Option<Points>) -> io::Result<()> {
        match points {
            Some(points) => self.points(points),
            None => self.empty(),
        }
    }

    /// A number to one decimal.
    fn tenths(&mut self, number: f64) -> io::Result<()> {
        self.number(format_args!("{number:.1}"))
    }

    /// A number of ours, or a cell without content.
    fn maybe<T: fmt::Display>(&mut self, number: Option<T>) -> io::Result<()>
    where
        Self: Sized,
    {
        match number {
            Some(number) => self.number(format_args!("{number}")),
            None => self.empty(),
        }
    }
}

/// Our headers and then the leads' own, exactly as they are; an own header that equals one of ours is
/// `lead_<header>`, made unique.
pub fn before_own(ours: Vec<String>, view: &View) -> Vec<String> {
    before_headers(ours, &view.run.batch.leads.headers)
}

/// The same for any headers of leads.
pub fn before_headers(ours: Vec<String>, own: &[String]) -> Vec<String> {
    let mut taken: BTreeSet<String> = ours.iter().chain(own).cloned().collect();
    let renamed: Vec<String> = own
        .iter()
        .map(|header| {
            if ours.contains(header) {
                unique(&format!("lead_{header}"), &mut taken)
            } else {
                header.clone()
            }
        })
        .collect();
    ours.into_iter().chain(renamed).collect()
}

/// Adds headers of ours that the user has named: each in its own words, with the prefix where that word is
/// taken.
pub fn add_named(ours: &mut Vec<String>, prefix: &str, names: &[String]) {
    let mut taken: BTreeSet<String> = ours.iter().cloned().collect();
    for name in names {
        let header = if taken.insert(name.clone()) {
            name.clone()
        } else {
            unique(&format!("{prefix}{name}"), &mut taken)
        };
        ours.push(header);
    }
}

/// The headers given as words.
pub fn headers(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// A header without regard to case and punctuation.
pub fn folded(header: &str) -> String {
    let letters = header.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn unique(header: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = header.to_owned();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{header}_{number}");
        number += 1;
    }
    candidate
}
