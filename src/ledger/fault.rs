//! What SQLite says when something fails, told as a mistake where the file is at fault.

use crate::mistake::{Kind, Mistake, Mistakes, Position};
use anyhow::Context;
use rusqlite::ErrorCode;
use std::path::Path;

/// Names the ledger in an error of SQLite.
pub(super) trait Fault<T> {
    /// The value, or the error: a mistake where the file is damaged, else a fault of the machine.
    fn at(self, path: &Path) -> anyhow::Result<T>;
}

impl<T> Fault<T> for rusqlite::Result<T> {
    fn at(self, path: &Path) -> anyhow::Result<T> {
        self.map_err(|error| of(error, path))
    }
}

/// An error of SQLite: a mistake where the file is damaged, else a fault of the machine.
pub(super) fn of(error: rusqlite::Error, path: &Path) -> anyhow::Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => damaged(path, format!("the ledger is damaged ({error})")).into(),
        Some(ErrorCode::NotADatabase) => no_ledger(path, "this is no ledger").into(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => anyhow::anyhow!(
            "another program is writing in `{}`; close it and run the command again",
            path.display()
        ),
        _ => {
            anyhow::Error::new(error).context(format!("cannot read or write the ledger `{}`", path.display()))
        }
    }
}

/// The mistake of a file that is damaged.
pub(super) fn damaged(path: &Path, found: impl Into<String>) -> Mistakes {
    let mistake = Mistake::new(Kind::BadLedger, position(path), found);
    mistake
        .hint("it was left as it is; put back a copy of it from before the damage")
        .into()
}

/// The mistake of a file that is something else.
pub(super) fn no_ledger(path: &Path, found: impl Into<String>) -> Mistakes {
    let mistake = Mistake::new(Kind::BadLedger, position(path), found);
    mistake
        .expected("a ledger that `dealt run --ledger` made, or a name that is free")
        .into()
}

/// The ledger as a position.
pub(super) fn position(path: &Path) -> Position {
    Position::File(path.display().to_string())
}

/// Reads JSON that the ledger wrote.
pub(super) fn from_json<'a, T: serde::Deserialize<'a>>(text: &'a str, path: &Path) -> anyhow::Result<T> {
    serde_json::from_str(text)
        .map_err(|error| damaged(path, format!("the ledger is damaged (a text in it: {error})")).into())
}

/// Writes plain data as JSON.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> anyhow::Result<String> {
    serde_json::to_string(value).context("cannot write as JSON")
}
