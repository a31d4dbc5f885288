//! Puts the files of a run, or of another command, into its folder, all or none: the only part of the reports that touches the disk.
//!
//! Files are written and synced into `.dealt-staging` first. Its manifest, renamed into being, is the single
//! commit point (with a ledger, the ledger's record of that manifest is): before it the folder is as it was,
//! after it every file will be in place, `run.json` last, if not now then at the next command on that folder
//! ([`recover`]). Only names of ours are ever touched.

mod archive;
mod disk;
mod manifest;
mod together;

use super::{Outputs, Sink};
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::record::{FILE, FolderKind, FolderRecord};
use anyhow::{Context, bail};
use archive::{as_named, beside, probe_archive, put_away};
use disk::{Disk, Lock};
use manifest::Manifest;
pub use manifest::Recorded;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
pub use together::together;

/// The folder inside of OUT where files wait.
const STAGING: &str = ".dealt-staging";

/// What an earlier run left that was killed while it wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// Its outputs were complete and are in place now.
    Finished,
    /// They were not complete and are gone; the folder is as before that run.
    Tidied,
}

impl Recovered {
    /// What to say of it, as one sentence without a full stop.
    pub fn text(self) -> &'static str {
        match self {
            Self::Finished => {
                "an earlier run was stopped while it put its files in place; that is finished now"
            }
            Self::Tidied => {
                "an earlier run was stopped before its files were complete; its leavings are removed"
            }
        }
    }
}

/// Somebody asked to stop before the files of a run were complete; the folder is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped before the files were complete; nothing was written")
    }
}

impl std::error::Error for Stopped {}

/// What was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The names of all files, as paths within the folder.
    pub files: Vec<String>,
    /// What an earlier run had left.
    pub recovered: Option<Recovered>,
    /// Where the files of the run before went, if a ledger recorded that.
    pub archived: Option<PathBuf>,
}

/// Tells whether a ledger recorded a run with this manifest: the answer to what a killed run left.
pub type IsRecorded<'a> = &'a dyn Fn(&Recorded, &str) -> anyhow::Result<bool>;

/// How a run with a ledger is recorded.
pub struct Recording<'a> {
    /// The ledger, and the number that the run will have there.
    pub recorded: Recorded,
    /// Records the run with the text of its manifest, whole or not at all.
    pub record: &'a mut dyn FnMut(&str) -> anyhow::Result<()>,
}

/// Tells early whether a folder can be created and written and may get outputs of a kind, and leaves it as it was.
///
/// # Errors
/// The folder is a file, cannot be created, or cannot be written; it holds outputs of another kind.
pub fn probe(out: &Path, kind: FolderKind) -> anyhow::Result<()> {
    check_kind(out, kind)?;
    let created = missing(out);
    let disk = Disk::default();
    let lock = disk.create_folder(out).and_then(|()| Lock::take(out));
    let probed = lock.map(drop);
    for folder in created {
        let _ = disk.remove_empty_folder(&folder);
    }
    probed
}

/// Tells whether a folder may get outputs of a kind: nobody's run is written over by an import, or the other way
/// round.
///
/// # Errors
/// One mistake, if it holds outputs of another kind.
fn check_kind(out: &Path, kind: FolderKind) -> Result<(), Mistakes> {
    let record = fs::read_to_string(out.join(FILE)).ok();
    let held = record.and_then(|text| FolderRecord::from_json(&text));
    let Some(other) = held.map(|record| record.kind).filter(|&held| held != kind) else {
        return Ok(());
    };
    let position = Position::File(out.display().to_string());
    Err(
        Mistake::new(Kind::BadOption, position, format!("holds {}", other.text()))
            .expected(format!("an empty folder, or {}", kind.text()))
            .hint("name another folder: `--out DIR`")
            .into(),
    )
}

/// The folders that are to be created for one, innermost first.
fn missing(folder: &Path) -> Vec<PathBuf> {
    let above = folder.ancestors();
    let missing = above.take_while(|path| !path.as_os_str().is_empty() && !path.exists());
    missing.map(Path::to_owned).collect()
}

/// Tells whether every file of a manifest is in a folder as it says.
pub fn is_in_place(out: &Path, manifest: &str) -> bool {
    Manifest::parse(manifest).is_some_and(|manifest| manifest.is_whole(out))
}

/// Finishes or tidies what a run left in a folder that was killed while it wrote; nothing if there is nothing.
///
/// # Errors
/// Another run is writing there; the disk fails; what is left fits neither the old run nor the new one.
pub fn recover(out: &Path, is_recorded: IsRecorded<'_>) -> anyhow::Result<Option<Recovered>> {
    if !out.join(STAGING).exists() {
        return Ok(None);
    }
    let lock = Lock::take(out)?;
    let recovered = recover_locked(&Disk::default(), out, is_recorded);
    drop(lock);
    recovered
}

/// Writes a run into a folder in place of the run that it may hold. `stop` is asked again and again
/// whether to give up, until all files are complete; from then on they are put in place whatever it says.
///
/// # Errors
/// [`Stopped`], if `stop` said so in time.
/// Another run is writing there; the folder is a file or cannot be written; a file of ours is open elsewhere;
/// the disk is full. The folder is as it was then, or the next command on it finishes the work.
pub fn place(
    out: &Path,
    outputs: &dyn Outputs,
    stop: &dyn Fn() -> bool,
    is_recorded: IsRecorded<'_>,
    recording: Option<Recording<'_>>,
) -> anyhow::Result<Placed> {
    place_with(&Disk::default(), out, outputs, stop, is_recorded, recording)
}

fn place_with(
    disk: &Disk,
    out: &Path,
    outputs: &dyn Outputs,
    stop: &dyn Fn() -> bool,
    is_recorded: IsRecorded<'_>,
    recording: Option<Recording<'_>>,
) -> anyhow::Result<Placed> {
    let created = missing(out);
    disk.create_folder(out)?;
    let lock = Lock::take(out)?;
    let recovered = recover_locked(disk, out, is_recorded)?;
    let staged = check_kind(out, outputs.kind())
        .map_err(Into::into)
        .and_then(|()| stage(disk, out, outputs, stop, recording));
    let manifest = match staged {
        Ok(manifest) => manifest,
        Err(error) => {
            let _ = disk.remove_folder(&out.join(STAGING));
            drop(lock);
            for folder in created {
                let _ = disk.remove_empty_folder(&folder);
            }
            return Err(error);
        }
    };
    finish(disk, out, &manifest).with_context(|| {
        format!(
            "the run is complete but not all of its files are in place; the next command on `{}` finishes that",
            out.display()
        )
    })?;
    drop(lock);
    let archived = manifest.archive.as_ref().map(|archive| as_named(out, archive));
    let files = manifest.files.into_iter().map(|(name, _)| name).collect();
    Ok(Placed {
        files,
        recovered,
        archived,
    })
}

fn recover_locked(disk: &Disk, out: &Path, is_recorded: IsRecorded<'_>) -> anyhow::Result<Option<Recovered>> {
    let staging = out.join(STAGING);
    if !staging.exists() {
        return Ok(None);
    }
    let Some(manifest) = Manifest::read(&staging)? else {
        if let Some(archive) = Manifest::replacing(out, Vec::new(), None).archive {
            let _ = disk.remove_empty_folder(&beside(out, &archive)?);
        }
        disk.remove_folder(&staging)?;
        return Ok(Some(Recovered::Tidied));
    };
    if let Some(recorded) = &manifest.ledger
        && !has_begun(out, &manifest)?
        && !is_recorded(recorded, &manifest.text()?)?
    {
        manifest::remove(disk, &staging)?;
        disk.remove_folder(&staging)?;
        return Ok(Some(Recovered::Tidied));
    }
    manifest.check(&staging, out)?;
    finish(disk, out, &manifest)?;
    Ok(Some(Recovered::Finished))
}

/// Tells whether files were put in place already: then the run was recorded, whatever became of the ledger.
fn has_begun(out: &Path, manifest: &Manifest) -> anyhow::Result<bool> {
    let staging = out.join(STAGING);
    let mut files = manifest.files.iter();
    let placed = files.any(|(name, _)| !within(&staging, name).exists());
    let mut stale = manifest.stale.iter();
    let removed = stale.any(|name| !within(out, name).exists());
    let put_away = match &manifest.archive {
        None => false,
        Some(archive) => {
            let folder = beside(out, archive)?;
            let mut files = archive.files.iter();
            files.any(|name| within(&folder, name).exists())
        }
    };
    Ok(placed || removed || put_away)
}

/// Writes all files of a run into the staging folder and commits them.
fn stage(
    disk: &Disk,
    out: &Path,
    outputs: &dyn Outputs,
    stop: &dyn Fn() -> bool,
    recording: Option<Recording<'_>>,
) -> anyhow::Result<Manifest> {
    let folder = out.join(STAGING);
    disk.create_folder(&folder)?;
    let mut staging = Staging { disk, folder, stop };
    let files = outputs.write(&mut staging)?;
    let recorded = recording.as_ref().map(|recording| recording.recorded.clone());
    let manifest = Manifest::replacing(out, files, recorded);
    if let Some(archive) = &manifest.archive {
        probe_archive(disk, out, &beside(out, archive)?)?;
    }
    for (name, _) in &manifest.files {
        disk.check_replaceable(&within(out, name))?;
    }
    disk.sync_folders(&staging.folder)?;
    if stop() {
        return Err(Stopped.into());
    }
    manifest.write(disk, &staging.folder)?;
    if let Some(recording) = recording
        && let Err(error) = (recording.record)(&manifest.text()?)
    {
        let _ = manifest::remove(disk, &staging.folder);
        return Err(error);
    }
    Ok(manifest)
}

/// Moves every staged file into place, `run.json` last, and removes what only the earlier run had.
fn finish(disk: &Disk, out: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let staging = out.join(STAGING);
    if let Some(archive) = &manifest.archive {
        put_away(disk, out, archive, manifest)?;
    }
    for name in &manifest.stale {
        disk.remove_file(&within(out, name))?;
    }
    for (name, _) in &manifest.files {
        let (from, to) = (within(&staging, name), within(out, name));
        if from.exists() {
            if let Some(folder) = to.parent() {
                disk.create_folder(folder)?;
            }
            disk.rename(&from, &to)?;
        }
    }
    for folder in ["by", "inputs"] {
        let _ = disk.remove_empty_folder(&out.join(folder));
    }
    disk.sync_folders(out)?;
    manifest::remove(disk, &staging)?;
    disk.remove_folder(&staging)
}

/// The path of a file of ours in a folder; names have `/` on every system.
fn within(folder: &Path, name: &str) -> PathBuf {
    name.split('/')
        .fold(folder.to_owned(), |path, part| path.join(part))
}

/// Takes files into the staging folder.
struct Staging<'a> {
    disk: &'a Disk,
    folder: PathBuf,
    stop: &'a dyn Fn() -> bool,
}

impl Sink for Staging<'_> {
    fn file(
        &mut self,
        name: &str,
        content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        if !manifest::is_ours(name) {
            bail!("`{name}` is not a name of an output");
        }
        if (self.stop)() {
            return Err(Stopped.into());
        }
        let path = within(&self.folder, name);
        if let Some(folder) = path.parent() {
            self.disk.create_folder(folder)?;
        }
        let mut stopped = false;
        let written = self.disk.write_file(&path, &mut |file| {
            let mut to = Stoppable {
                to: file,
                stop: self.stop,
                stopped: &mut stopped,
            };
            content(&mut to)
        });
        if stopped {
            return Err(Stopped.into());
        }
        written
    }
}

/// Writes until somebody asks to stop.
struct Stoppable<'a> {
    to: &'a mut dyn Write,
    stop: &'a dyn Fn() -> bool,
    stopped: &'a mut bool,
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.stop)() {
            *self.stopped = true;
            return Err(io::Error::other(Stopped));
        }
        self.to.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod recorded_tests;
#[cfg(test)]
mod tests;
