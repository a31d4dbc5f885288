//! Where the files of the run before go that a ledger recorded: a folder beside the out folder.

use super::disk::Disk;
use super::manifest::{Archive, Manifest};
use super::{STAGING, within};
use anyhow::Context;
use std::path::{Path, PathBuf};

/// The folder of an archive.
pub fn beside(out: &Path, archive: &Archive) -> anyhow::Result<PathBuf> {
    let whole = out
        .canonicalize()
        .with_context(|| format!("cannot look at `{}`", out.display()))?;
    Ok(whole.with_file_name(&archive.folder))
}

/// The folder of an archive as the user would name it.
pub fn as_named(out: &Path, archive: &Archive) -> PathBuf {
    match out.file_name() {
        Some(_) => out.with_file_name(&archive.folder),
        None => out.join("..").join(&archive.folder),
    }
}

/// Tells early whether files can be moved from the out folder to the one of an archive. Killed in between, it
/// leaves nothing but an empty folder.
pub fn probe_archive(disk: &Disk, out: &Path, archive: &Path) -> anyhow::Result<()> {
    let from = out.join(STAGING).join("probe");
    let _ = disk.remove_empty_folder(archive);
    let moved = disk
        .create_folder(&from)
        .and_then(|()| disk.rename(&from, archive));
    let _ = disk.remove_empty_folder(&from);
    let _ = disk.remove_empty_folder(archive);
    moved.with_context(|| {
        format!(
            "the files of the run before cannot be kept in `{}`",
            archive.display()
        )
    })
}

/// Moves the files of the earlier run out of the way that are still there.
pub fn put_away(disk: &Disk, out: &Path, archive: &Archive, manifest: &Manifest) -> anyhow::Result<()> {
    let folder = beside(out, archive)?;
    for name in &archive.files {
        let from = within(out, name);
        let waits = within(&out.join(STAGING), name).exists();
        if from.exists() && (waits || manifest.stale.contains(name)) {
            let to = within(&folder, name);
            if let Some(above) = to.parent() {
                disk.create_folder(above)?;
            }
            disk.rename(&from, &to)?;
        }
    }
    if folder.exists() {
        disk.sync_folders(&folder)?;
    }
    Ok(())
}
