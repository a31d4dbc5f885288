//! The manifest of a staging folder: what will be in place, and what of the earlier run goes.

use super::disk::Disk;
use super::within;
use crate::record::{FILE, RunRecord};
use crate::report::sink::hex;
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Its name, and the name that it has before it counts.
const NAME: &str = "manifest.json";
const DRAFT: &str = "manifest.json.tmp";

/// The files of ours that stand beside each other; `by/*.csv` and `inputs/*.gz` come to them.
const FILES: [&str; 11] = [
    "assignments.csv",
    "unassigned.csv",
    "standing.csv",
    "set_aside.csv",
    "workload.csv",
    "offers.csv",
    "notify.csv",
    "import.csv",
    "import_new.csv",
    "assignments.xlsx",
    FILE,
];

/// What a committed staging folder holds and does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Names with their SHA-256, in the order in which they are put in place.
    pub files: Vec<(String, String)>,
    /// Names of the earlier run that the new one does not have.
    pub stale: Vec<String>,
}

/// Tells whether a name is one that a run writes; only these are ever replaced or removed.
pub fn is_ours(name: &str) -> bool {
    let in_folder = |folder: &str, extension: &str| {
        name.strip_prefix(folder)
            .and_then(|rest| rest.strip_suffix(extension))
            .is_some_and(|stem| {
                !stem.is_empty() && !stem.starts_with('.') && !stem.contains(['/', '\\', ':', '\0'])
            })
    };
    FILES.contains(&name) || in_folder("by/", ".csv") || in_folder("inputs/", ".gz")
}

impl Manifest {
    /// The manifest of new files in a folder that may hold an earlier run.
    pub fn replacing(out: &Path, files: Vec<(String, String)>) -> Self {
        let new: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let earlier = fs::read_to_string(out.join(FILE)).ok();
        let earlier = earlier.and_then(|text| RunRecord::from_json(&text).ok());
        let stale = earlier.into_iter().flat_map(|record| record.outputs.into_keys());
        let stale = stale
            .filter(|name| is_ours(name) && !new.contains(name.as_str()))
            .collect();
        Self { files, stale }
    }

    /// Commits a staging folder.
    pub fn write(&self, disk: &Disk, staging: &Path) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(self).context("cannot write the manifest")?;
        disk.write_file(&staging.join(DRAFT), &mut |to| to.write_all(text.as_bytes()))?;
        disk.rename(&staging.join(DRAFT), &staging.join(NAME))?;
        // From here on the run counts; a folder that cannot be synced only delays that.
        let _ = disk.sync_folders(staging);
        Ok(())
    }

    /// Reads the manifest of a staging folder; nothing if it was not committed.
    pub fn read(staging: &Path) -> anyhow::Result<Option<Self>> {
        let path = staging.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", path.display())),
        };
        let Ok(manifest) = serde_json::from_str::<Self>(&text) else {
            return Ok(None);
        };
        let mut names = manifest.files.iter().map(|(name, _)| name).chain(&manifest.stale);
        if !names.all(|name| is_ours(name)) {
            bail!(
                "`{}` names files that no run writes; remove it and run again",
                path.display()
            );
        }
        Ok(Some(manifest))
    }

    /// Checks that every file is whole, where it waits or where it belongs.
    pub fn check(&self, staging: &Path, out: &Path) -> anyhow::Result<()> {
        for (name, hash) in &self.files {
            let whole = |folder: &Path| sha256(&within(folder, name)).is_ok_and(|found| found == *hash);
            if !(whole(staging) || whole(out)) {
                bail!(
                    "an earlier run left `{name}` damaged in `{}`; remove that folder and run again",
                    staging.display()
                );
            }
        }
        Ok(())
    }
}

/// Takes the commit back once everything is in place.
pub fn remove(disk: &Disk, staging: &Path) -> anyhow::Result<()> {
    disk.remove_file(&staging.join(NAME))
}

fn sha256(path: &Path) -> io::Result<String> {
    let (mut file, mut hash) = (File::open(path)?, Sha256::new());
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            taken => hash.update(&buffer[..taken]),
        }
    }
}
