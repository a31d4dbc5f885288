//! The lock of a ledger: one run at a time, on one machine or, where the file system has locks, on several.

use anyhow::Context;
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError, canonicalize};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The lock is beside the ledger under its name with this at the end.
const ENDING: &str = ".lock";
/// A holder may be about to write its name over that of one who was killed, or about to let go: who holds the
/// ledger is believed when it says the same twice.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(10);

/// Somebody else holds the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What that one wrote of itself; empty where it cannot be read.
    pub by: String,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by.as_str() {
            "" => f.write_str("another run holds the ledger"),
            by => write!(f, "another run holds the ledger: {by}"),
        }
    }
}

impl std::error::Error for Held {}

/// Holds a ledger until it is dropped; the system lets go of it when the program is killed.
#[derive(Debug)]
pub struct RunLock {
    file: File,
}

impl RunLock {
    /// Takes the lock of a ledger, which need not exist yet, and says who holds it from now on. File systems
    /// that know no locks are left to themselves.
    ///
    /// The file of the lock stays when it is let go of: whoever removes it may remove another one's.
    ///
    /// # Errors
    /// [`Held`] where somebody else has it; anything else is a fault of the machine.
    pub fn take(ledger: &Path, holder: &str) -> anyhow::Result<Self> {
        let path = lock_path(ledger);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        let mut by = String::new();
        for tries_left in (0..TRIES).rev() {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) => {
                    let said = said(&mut file);
                    if tries_left == 0 || (!said.is_empty() && said == by) {
                        return Err(Held { by: said }.into());
                    }
                    by = said;
                }
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => break,
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock `{}`", path.display()));
                }
            }
            std::thread::sleep(PAUSE);
        }
        file.set_len(0)
            .and_then(|()| file.write_all(holder.as_bytes()))
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        Ok(Self { file })
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
    }
}

/// What the holder wrote.
fn said(file: &mut File) -> String {
    let mut by = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut by));
    read.map_or(String::new(), |_| by.trim().to_owned())
}

/// The lock's path: that of the file itself, by whichever link it was named.
fn lock_path(ledger: &Path) -> PathBuf {
    let mut name = canonicalize(ledger)
        .unwrap_or_else(|_| ledger.to_owned())
        .into_os_string();
    name.push(ENDING);
    PathBuf::from(name)
}
