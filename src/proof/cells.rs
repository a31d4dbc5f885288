//! The cells of a run's tables against what they come to when they are made again.

use super::files::OutTable;
use super::finding::{Finding, line_of};
use super::findings::Findings;
use crate::model::disarm;
use std::fmt::{Display, Write};

/// Compares the header of a table; tells whether its rows can be compared by position.
pub(crate) fn header(file: &str, table: &OutTable, expected: &[String], findings: &mut Findings) -> bool {
    if table.headers.is_empty() {
        return false;
    }
    if table.headers.len() != expected.len() {
        findings.push(Finding::StrayCell {
            position: line_of(file, 1),
            column: "header".to_owned(),
            found: format!("{} columns", table.headers.len()),
            expected: format!("{} columns", expected.len()),
        });
        return false;
    }
    for (found, expected) in table.headers.iter().zip(expected) {
        if *found != disarm(expected) {
            findings.push(Finding::StrayCell {
                position: line_of(file, 1),
                column: expected.clone(),
                found: found.clone(),
                expected: disarm(expected).into_owned(),
            });
        }
    }
    true
}

/// A row that is compared from left to right.
pub(crate) struct Row<'a> {
    file: &'a str,
    table: &'a OutTable,
    headers: &'a [String],
    at: usize,
    column: usize,
    findings: &'a mut Findings,
    text: String,
}

impl<'a> Row<'a> {
    /// Starts a row of a table whose header is as wide as `headers`.
    pub fn of(
        file: &'a str,
        table: &'a OutTable,
        headers: &'a [String],
        at: usize,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            file,
            table,
            headers,
            at,
            column: 0,
            findings,
            text: String::new(),
        }
    }

    /// Compares the next cell with a text, written harmless.
    pub fn text(&mut self, expected: &str) {
        self.same(&disarm(expected));
    }

    /// Compares the next cell with a number as it is printed.
    pub fn number(&mut self, expected: impl Display) {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let _ = write!(text, "{expected}");
        self.same(&text);
        self.text = text;
    }

    /// Compares the next cell with a number, or with nothing.
    pub fn maybe(&mut self, expected: Option<impl Display>) {
        match expected {
            Some(number) => self.number(number),
            None => self.same(""),
        }
    }

    fn same(&mut self, expected: &str) {
        let column = self.column;
        self.column += 1;
        let found = self.table.cells.get(self.at, column);
        if found != expected {
            self.findings.push(Finding::StrayCell {
                position: line_of(self.file, self.table.lines[self.at]),
                column: self.headers[column].clone(),
                found: found.to_owned(),
                expected: expected.to_owned(),
            });
        }
    }
}
