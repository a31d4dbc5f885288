//! What is done to the disk, each step with its path in the error.

use anyhow::{Context, bail};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The lock of a folder; empty, gone when nobody writes.
const LOCK: &str = ".dealt-lock";

/// Does the steps. In tests it can be made to fail after so many of them and ever after, as if the power
/// were cut.
#[derive(Debug, Default)]
pub struct Disk {
    #[cfg(test)]
    pub fuse: std::cell::Cell<Option<u32>>,
}

impl Disk {
    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        match self.fuse.get() {
            Some(0) => Err(io::Error::other("the power is cut")),
            Some(left) => {
                self.fuse.set(Some(left - 1));
                Ok(())
            }
            None => Ok(()),
        }
    }

    #[cfg(not(test))]
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "tests cut the power here"
    )]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    /// Creates a folder and those above it, unless it is there.
    pub fn create_folder(&self, folder: &Path) -> anyhow::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        if folder.exists() {
            bail!(
                "`{}` is a file, so it cannot be a folder of outputs",
                folder.display()
            );
        }
        self.step()
            .and_then(|()| fs::create_dir_all(folder))
            .with_context(|| format!("cannot create the folder `{}`", folder.display()))
    }

    /// Writes a file and waits until it is on the disk.
    pub fn write_file(
        &self,
        path: &Path,
        content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let write = || {
            self.step()?;
            let mut file = BufWriter::with_capacity(1 << 16, File::create(path)?);
            self.step()?;
            content(&mut file)?;
            file.into_inner()
                .map_err(io::IntoInnerError::into_error)?
                .sync_all()
        };
        write_error(write, path)
    }

    /// Renames a file in place of another.
    pub fn rename(&self, from: &Path, to: &Path) -> anyhow::Result<()> {
        self.step()
            .and_then(|()| fs::rename(from, to))
            .with_context(|| format!("cannot put `{}` in place; is it open elsewhere?", to.display()))
    }

    /// Removes a file; one that is not there is no error.
    pub fn remove_file(&self, path: &Path) -> anyhow::Result<()> {
        match self.step().and_then(|()| fs::remove_file(path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove `{}`", path.display()))
            }
            _ => Ok(()),
        }
    }

    /// Removes a folder with all that is in it.
    pub fn remove_folder(&self, folder: &Path) -> anyhow::Result<()> {
        match self.step().and_then(|()| fs::remove_dir_all(folder)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove the folder `{}`", folder.display()))
            }
            _ => Ok(()),
        }
    }

    /// Removes a folder if nothing is in it.
    pub fn remove_empty_folder(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        fs::remove_dir(folder)
    }

    /// Tells whether a path can be replaced by a file: it is no folder and nobody holds it open in a way
    /// that forbids it.
    pub fn check_replaceable(&self, path: &Path) -> anyhow::Result<()> {
        self.step()
            .with_context(|| format!("cannot look at `{}`", path.display()))?;
        if path.is_dir() {
            bail!(
                "`{}` is a folder where a file of the run has to stand",
                path.display()
            );
        }
        if cfg!(windows) && path.exists() {
            OpenOptions::new()
                .append(true)
                .open(path)
                .with_context(|| format!("cannot replace `{}`; is it open elsewhere?", path.display()))?;
        }
        Ok(())
    }

    /// Waits until the entries of a folder and of those in it are on the disk, where the system can do that.
    pub fn sync_folders(&self, folder: &Path) -> anyhow::Result<()> {
        if cfg!(unix) {
            let sync = || -> io::Result<()> {
                self.step()?;
                for entry in fs::read_dir(folder)? {
                    let entry = entry?;
                    if entry.file_type()?.is_dir() && entry.file_name() != super::STAGING {
                        sync_folder(&entry.path())?;
                    }
                }
                sync_folder(folder)
            };
            sync().with_context(|| format!("cannot sync the folder `{}`", folder.display()))?;
        }
        Ok(())
    }
}

/// Syncs a folder; file systems that cannot are left to themselves.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if !matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Err(error),
        _ => Ok(()),
    }
}

fn write_error(write: impl FnOnce() -> io::Result<()>, path: &Path) -> anyhow::Result<()> {
    write().with_context(|| format!("cannot write `{}`", path.display()))
}

/// Holds a folder for one run; other runs fail meanwhile. The system lets go of it when the run is killed.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    /// Takes the lock of a folder.
    pub fn take(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(LOCK);
        for _ in 0..8 {
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .with_context(|| format!("cannot write in the folder `{}`", folder.display()))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    return Ok(Self {
                        path,
                        file: Some(file),
                    });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(Self {
                        path,
                        file: Some(file),
                    });
                }
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock `{}`", path.display()));
                }
            }
        }
        bail!(
            "another run is writing in `{}`; try again when it is done",
            folder.display()
        )
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
            self.file = None;
        } else {
            self.file = None;
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Tells whether an open file is still the one at a path: another run may have removed it meanwhile.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &fs::Metadata, b: &fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

/// A file that is open cannot be removed here.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}
