//! The manifest of a staging folder: what will be in place, and what of the earlier run goes.

use super::disk::Disk;
use super::within;
use crate::record::{FILE, FolderRecord};
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
const FILES: [&str; 17] = [
    "assignments.csv",
    "unassigned.csv",
    "standing.csv",
    "set_aside.csv",
    "workload.csv",
    "offers.csv",
    "claims.csv",
    "open_pool.csv",
    "notify.csv",
    "import.csv",
    "import_new.csv",
    "assignments.xlsx",
    "reconciled.csv",
    "conflicts.csv",
    "new.csv",
    "handover.csv",
    FILE,
];

/// What a committed staging folder holds and does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Names with their SHA-256, in the order in which they are put in place.
    pub files: Vec<(String, String)>,
    /// Names of the earlier run that the new one does not have.
    pub stale: Vec<String>,
    /// The folder beside the out folder where the files of the earlier run go, if a ledger recorded that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Archive>,
    /// The ledger whose record of the run is the commit; without one, this file is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<Recorded>,
}

/// Where the files of an earlier run go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The folder's name, beside the out folder.
    pub folder: String,
    /// The names of the files.
    pub files: Vec<String>,
}

/// The ledger that a run is recorded in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The file, absolute.
    pub file: String,
    /// The run's number there.
    pub run: u64,
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
    pub fn replacing(out: &Path, files: Vec<(String, String)>, ledger: Option<Recorded>) -> Self {
        let new: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let earlier = fs::read_to_string(out.join(FILE)).ok();
        let earlier = earlier.and_then(|text| FolderRecord::from_json(&text));
        let archive = earlier.as_ref().and_then(|earlier| archive(out, earlier));
        let stale = earlier.into_iter().flat_map(|record| record.outputs.into_keys());
        let stale = stale
            .filter(|name| is_ours(name) && !new.contains(name.as_str()) && within(out, name).exists())
            .collect();
        Self {
            files,
            stale,
            archive,
            ledger,
        }
    }

    /// Reads a manifest's text.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Tells whether every file stands whole in a folder.
    pub fn is_whole(&self, out: &Path) -> bool {
        let is_whole = |(name, hash): &(String, String)| {
            is_ours(name) && sha256(&within(out, name)).is_ok_and(|found| found == *hash)
        };
        self.files.iter().all(is_whole)
    }

    /// The text of the file.
    pub fn text(&self) -> anyhow::Result<String> {
        serde_json::to_string_pretty(self).context("cannot write the manifest")
    }

    /// Commits a staging folder, unless a ledger does.
    pub fn write(&self, disk: &Disk, staging: &Path) -> anyhow::Result<()> {
        let text = self.text()?;
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
        let Some(manifest) = Self::parse(&text) else {
            return Ok(None);
        };
        let archived = manifest.archive.iter().flat_map(|archive| &archive.files);
        let mut names = manifest.files.iter().map(|(name, _)| name);
        let all_ours = names
            .by_ref()
            .chain(&manifest.stale)
            .chain(archived)
            .all(|name| is_ours(name));
        let folder = manifest.archive.as_ref().map_or("", |archive| &archive.folder);
        if !all_ours || folder.contains(['/', '\\']) || folder == ".." {
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

/// Where the files of an earlier run go that a ledger recorded: `OUT.<its as-of>`, with a number if there is
/// such a folder already.
fn archive(out: &Path, earlier: &FolderRecord) -> Option<Archive> {
    earlier.ledger.as_ref().filter(|ledger| !ledger.is_plan)?;
    let whole = fs::canonicalize(out).ok()?;
    let moment: String = earlier.as_of.replace(':', "-");
    let moment = moment.replace(
        |letter: char| !(letter.is_ascii_alphanumeric() || "+-.".contains(letter)),
        "",
    );
    let base = format!("{}.{moment}", whole.file_name()?.to_str()?);
    let beside = whole.parent()?;
    let is_free = |name: &String| match fs::read_dir(beside.join(name)) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let folder = std::iter::once(base.clone()).chain(numbered).find(is_free)?;
    let files = earlier.outputs.keys().map(String::as_str).chain([FILE]);
    Some(Archive {
        folder,
        files: files.filter(|name| is_ours(name)).map(str::to_owned).collect(),
    })
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
