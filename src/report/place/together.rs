//! Puts some files into a folder, all or none: for files that no run owns.

use super::disk::Disk;
use super::missing;
use anyhow::Context;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes files under temporary names and then renames them; `write` is called with the position of each.
///
/// # Errors
/// What `write` says; a folder or file that cannot be written. Nothing is changed then, unless a rename fails
/// after others have been done.
pub fn together(
    folder: &Path,
    names: &[String],
    write: &mut dyn FnMut(usize, &mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let created = missing(folder);
    let disk = Disk::default();
    let waiting: Vec<PathBuf> = names
        .iter()
        .map(|name| folder.join(format!(".{name}.new")))
        .collect();
    let written = disk.create_folder(folder).and_then(|()| {
        for name in names {
            disk.check_replaceable(&folder.join(name))?;
        }
        for (at, path) in waiting.iter().enumerate() {
            write_one(&disk, path, &mut |to| write(at, to))?;
        }
        Ok(())
    });
    if let Err(error) = written {
        for path in &waiting {
            let _ = disk.remove_file(path);
        }
        for folder in created {
            let _ = disk.remove_empty_folder(&folder);
        }
        return Err(error);
    }
    for (path, name) in waiting.iter().zip(names) {
        disk.rename(path, &folder.join(name))?;
    }
    disk.sync_folders(folder)
}

/// Writes one file; what its content failed with is told rather than that the file did.
fn write_one(
    disk: &Disk,
    path: &Path,
    content: &mut dyn FnMut(&mut dyn Write) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut failed = None;
    let written = disk.write_file(path, &mut |to| {
        content(to).map_err(|error| {
            let cause = error
                .downcast_ref::<io::Error>()
                .map_or(io::ErrorKind::Other, io::Error::kind);
            failed = Some(error);
            io::Error::from(cause)
        })
    });
    match failed {
        Some(error) => Err(error).with_context(|| format!("cannot write `{}`", path.display())),
        None => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;
    use std::fs;

    #[test]
    fn a_file_that_fails_leaves_all_as_it_was() {
        let top = std::env::temp_dir().join(format!("dealt-together-{}", std::process::id()));
        let folder = top.join("inside");
        let names = ["a.csv", "b.csv"].map(str::to_owned);
        let mut fail = |at: usize, to: &mut dyn Write| {
            to.write_all(b"new")?;
            if at == 1 {
                bail!("the ledger is damaged");
            }
            Ok(())
        };
        let error = together(&folder, &names, &mut fail).expect_err("the second fails");
        assert!(
            format!("{error:#}").ends_with("the ledger is damaged"),
            "{error:#}"
        );
        assert!(!top.exists());
        let mut write = |at: usize, to: &mut dyn Write| Ok(write!(to, "old {at}")?);
        together(&folder, &names, &mut write).expect("both are written");
        together(&folder, &names, &mut fail).expect_err("the second fails");
        let texts: Vec<String> = names
            .iter()
            .map(|name| fs::read_to_string(folder.join(name)).expect("it is there"))
            .collect();
        assert_eq!(texts, ["old 0", "old 1"]);
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 2);
        fs::remove_dir_all(top).expect("it can go");
    }
}
