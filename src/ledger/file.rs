//! The file: opened, recognised, brought to the newest version; never overwritten when it is something else.
//!
//! The journal is the rollback journal, not the write-ahead log. Committing a night of 2,000 leads into a ledger
//! of a million took 134 to 153 ms with it and 94 to 104 ms with the log (two cores under other load, synced):
//! the gain is nothing in a night. The log leaves two more files beside the ledger, which people forget when
//! they copy it, and works on no network share. What it would save is that a reader makes a commit wait; so
//! both wait for each other, a minute at most.

use super::fault::{Fault, damaged, no_ledger, position};
use super::schema;
use crate::mistake::{Kind, Mistake, Mistakes};
use anyhow::{Context, bail};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How SQLite files begin.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// So long the program waits for another that reads or writes the ledger.
const PATIENCE: Duration = Duration::from_mins(1);

/// Whether a ledger may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A file that is not there is made.
    Create,
    /// The file must be there.
    Existing,
}

/// A ledger, open.
#[derive(Debug)]
pub struct Ledger {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    backup: Option<PathBuf>,
}

impl Ledger {
    /// Opens a ledger; one of an earlier version is copied and brought to the newest, an empty file counts
    /// as a new one.
    ///
    /// # Errors
    /// Mistakes of the kinds `no-such-file`, `not-readable` and `bad-ledger` for a file that is not there or
    /// is something else; anything else is a fault of the machine.
    pub fn open(path: &Path, opening: Opening) -> anyhow::Result<Self> {
        let is_new = look_at(path, opening)?;
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if is_new {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let connection = Connection::open_with_flags(path, flags).at(path)?;
        let mut ledger = Self {
            connection,
            path: path.to_owned(),
            backup: None,
        };
        ledger.set_up().at(path)?;
        let version = ledger.version()?;
        if version < schema::newest() {
            if version > 0 {
                ledger.backup = Some(back_up(&ledger.connection, path, version)?);
            }
            schema::migrate(&mut ledger.connection, version, path)?;
        }
        Ok(ledger)
    }

    /// The copy that was made because this ledger was of an earlier version.
    pub fn backup(&self) -> Option<&Path> {
        self.backup.as_deref()
    }

    fn set_up(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        self.connection.set_prepared_statement_cache_capacity(64);
        self.connection.pragma_update(None, "foreign_keys", true)?;
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        // in KiB: all that a night reads of a year's ledger
        self.connection.pragma_update(None, "cache_size", -65_536)
    }

    /// The version of the file; 0 for one with nothing in it.
    fn version(&self) -> anyhow::Result<i64> {
        let path = &self.path;
        let number = |pragma: &str| {
            let found = self.connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
            found.at(path)
        };
        let (application, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
        if application == i64::from(schema::APPLICATION_ID) {
            if version > schema::newest() {
                let found = format!(
                    "the ledger is of version {version}, and this program knows those up to {}",
                    schema::newest()
                );
                return Err(Mistakes::from(
                    Mistake::new(Kind::BadLedger, position(path), found).hint("use the newer program"),
                )
                .into());
            }
            if version < 1 {
                return Err(damaged(path, "the ledger has no version").into());
            }
            return Ok(version);
        }
        if application == 0 && version == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0 {
            return Ok(0);
        }
        Err(no_ledger(path, "this is a SQLite file of another program").into())
    }
}

/// Looks at what is at a path without changing it: whether there is nothing yet.
fn look_at(path: &Path, opening: Opening) -> anyhow::Result<bool> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if opening == Opening::Create {
                return Ok(true);
            }
            let mistake = Mistake::new(Kind::NoSuchFile, position(path), "there is no such ledger");
            return Err(Mistakes::from(mistake).into());
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot open the ledger `{}`", path.display()));
        }
    };
    let about = file
        .metadata()
        .with_context(|| format!("cannot look at the ledger `{}`", path.display()))?;
    if !about.is_file() {
        let mistake = Mistake::new(Kind::NotReadable, position(path), "this is no file")
            .expected("a ledger, or a name that is free");
        return Err(Mistakes::from(mistake).into());
    }
    if about.len() == 0 {
        return Ok(true);
    }
    let mut head = Vec::with_capacity(100);
    file.by_ref()
        .take(100)
        .read_to_end(&mut head)
        .with_context(|| format!("cannot read the ledger `{}`", path.display()))?;
    if has_journal(path) {
        // a run was killed while it wrote: SQLite puts the file right, and says if it cannot
        return Ok(false);
    }
    if !head.starts_with(MAGIC) {
        return Err(no_ledger(path, "this is no ledger").into());
    }
    if about.len() < declared_size(&head) {
        return Err(damaged(path, "the ledger ends too early").into());
    }
    Ok(false)
}

/// The size of a SQLite file by its header, in bytes; 0 where the header does not say.
fn declared_size(head: &[u8]) -> u64 {
    // written by something that does not keep the count of pages
    if head.get(24..28) != head.get(92..96) {
        return 0;
    }
    let [.., page_high, page_low] = head.get(..18).unwrap_or_default() else {
        return 0;
    };
    let page = match u16::from_be_bytes([*page_high, *page_low]) {
        1 => 65_536,
        page => u64::from(page),
    };
    let pages = head.get(28..32).and_then(|bytes| bytes.try_into().ok());
    page * pages.map_or(0, |bytes| u64::from(u32::from_be_bytes(bytes)))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn has_journal(path: &Path) -> bool {
    let length = |path: PathBuf| fs::metadata(path).map_or(0, |about| about.len());
    length(beside(path, "-journal")) > 0 || length(beside(path, "-wal")) > 0
}

/// Copies a ledger beside itself under a name that is free, and waits until the copy is on the disk.
fn back_up(connection: &Connection, path: &Path, version: i64) -> anyhow::Result<PathBuf> {
    for number in 1..1000 {
        let ending = match number {
            1 => format!(".v{version}.bak"),
            _ => format!(".v{version}.{number}.bak"),
        };
        let copy = beside(path, &ending);
        let opened = OpenOptions::new().write(true).create_new(true).open(&copy);
        match opened {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            other => other.with_context(|| format!("cannot write the backup `{}`", copy.display()))?,
        };
        let name = copy.to_string_lossy();
        connection.execute("VACUUM INTO ?1", [&name]).at(path)?;
        let synced = OpenOptions::new()
            .write(true)
            .open(&copy)
            .and_then(|file| file.sync_all());
        synced.with_context(|| format!("cannot write the backup `{}`", copy.display()))?;
        return Ok(copy);
    }
    bail!("there are a thousand backups of `{}` already", path.display())
}
