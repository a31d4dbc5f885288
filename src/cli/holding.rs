//! Opens a ledger, and holds it while a command writes in it.

use super::say;
use dealt::ledger::{Ledger, Opening, RunLock};
use jiff::Timestamp;
use std::path::Path;

/// Takes the lock of a ledger in the name of this process.
///
/// # Errors
/// Another command holds it; the folder cannot be written.
pub fn hold(path: &Path) -> anyhow::Result<RunLock> {
    let now = Timestamp::from_second(Timestamp::now().as_second()).unwrap_or_default();
    let process = std::process::id();
    RunLock::take(path, &format!("process {process} on {}, since {now}", host()))
}

/// The same for a ledger that must be there, so that no lock is left beside a name that was mistyped.
///
/// # Errors
/// There is nothing; the same as those of [`hold`].
pub fn hold_existing(path: &Path) -> anyhow::Result<Option<RunLock>> {
    // what it is is said by opening it
    if path.is_file() {
        hold(path).map(Some)
    } else {
        Ok(None)
    }
}

/// Opens a ledger and says if it was brought to a newer version.
///
/// # Errors
/// The same as those of [`Ledger::open`].
pub fn open(path: &Path, opening: Opening) -> anyhow::Result<Ledger> {
    let ledger = Ledger::open(path, opening)?;
    if let Some(backup) = ledger.backup() {
        let backup = backup.display();
        say::talk(&format!(
            "note: the ledger was of an earlier version and is brought to the newest; a copy is `{backup}`"
        ));
    }
    Ok(ledger)
}

/// The name of this machine, as far as it is known.
fn host() -> String {
    let file = || std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = ["HOSTNAME", "COMPUTERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok());
    let name = named.or_else(file).unwrap_or_default();
    match name.trim() {
        "" => "this machine".to_owned(),
        name => name.to_owned(),
    }
}
