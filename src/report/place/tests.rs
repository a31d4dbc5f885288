use super::*;
use crate::report::fixture::{Sample, sample};
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own for a test, removed when the test is done.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("dealt-place-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("the system has room for temporary files");
        Self(path)
    }

    pub(super) fn out(&self) -> PathBuf {
        self.0.join("out")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Every file below a folder with its bytes.
pub(super) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return files;
    };
    for entry in entries {
        let entry = entry.expect("the folder is ours");
        let name = entry.file_name().into_string().expect("our names are text");
        if entry.path().is_dir() {
            let inside = tree(&entry.path()).into_iter();
            files.extend(inside.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).expect("the file is ours"));
        }
    }
    files
}

pub(super) fn expected(sample: &Sample) -> BTreeMap<String, Vec<u8>> {
    sample.files().into_iter().collect()
}

/// Nobody asks to stop.
pub(super) fn never() -> bool {
    false
}

/// No ledger is asked for.
fn unasked(_: &Recorded, _: &str) -> anyhow::Result<bool> {
    unreachable!("no run here stands in a ledger")
}

/// An earlier run with files by rep, and a later one without them.
pub(super) fn two_runs() -> (Sample, Sample) {
    let mut old = sample();
    old.options.by = Some(crate::report::By::Rep);
    let mut new = sample();
    new.options.crm = Some(crate::report::Crm::Hubspot);
    new.batch.reps.list[0].name = "Zoe".to_owned();
    (old, new)
}

#[test]
fn a_run_is_placed_whole_and_nothing_else_is_left() {
    let (folder, sample) = (Folder::new(), sample().with_everything());
    let placed =
        place(&folder.out(), &sample.run(), &never, &unasked, None).expect("the folder can be written");
    assert_eq!(tree(&folder.out()), expected(&sample));
    assert_eq!(placed.files.last().map(String::as_str), Some("run.json"));
    assert_eq!(placed.recovered, None);
}

#[test]
fn a_later_run_takes_the_place_of_the_earlier_one_and_leaves_foreign_files() {
    let (folder, (old, new)) = (Folder::new(), two_runs());
    place(&folder.out(), &old.run(), &never, &unasked, None).expect("the folder can be written");
    fs::write(folder.out().join("mine.txt"), "mine").expect("the folder can be written");
    fs::write(folder.out().join("by/mine.txt"), "mine").expect("the folder can be written");
    place(&folder.out(), &new.run(), &never, &unasked, None).expect("the folder can be written");
    let mut wanted = expected(&new);
    wanted.insert("mine.txt".to_owned(), b"mine".to_vec());
    wanted.insert("by/mine.txt".to_owned(), b"mine".to_vec());
    assert_eq!(tree(&folder.out()), wanted);
}

#[test]
fn a_run_asked_to_stop_at_any_moment_leaves_all_old_or_all_new() {
    let (old, new) = two_runs();
    let new = new.with_everything();
    let (all_old, all_new) = (expected(&old), expected(&new));
    for checks in 0usize.. {
        let folder = Folder::new();
        place(&folder.out(), &old.run(), &never, &unasked, None).expect("the folder can be written");
        let left = std::cell::Cell::new(checks);
        let stop = || left.replace(left.get().saturating_sub(1)) == 0;
        let placed = place(&folder.out(), &new.run(), &stop, &unasked, None);
        if placed.is_ok() {
            assert_eq!(tree(&folder.out()), all_new);
            assert!(checks > new.files().len(), "it is asked at every file at least");
            break;
        }
        assert_eq!(placed.err().map(|error| error.is::<Stopped>()), Some(true));
        assert_eq!(tree(&folder.out()), all_old);
    }
    let folder = Folder::new();
    place(&folder.out(), &old.run(), &|| true, &unasked, None).expect_err("asked to stop");
    assert!(
        !folder.out().exists(),
        "a folder that was created is removed again"
    );
}

#[test]
fn a_run_killed_at_any_step_leaves_all_old_or_all_new() {
    let (old, new) = two_runs();
    let (all_old, all_new) = (expected(&old), expected(&new));
    let (mut stayed_old, mut became_new) = (0, 0);
    for steps in 0.. {
        let folder = Folder::new();
        place(&folder.out(), &old.run(), &never, &unasked, None).expect("the folder can be written");
        let disk = Disk::default();
        disk.fuse.set(Some(steps));
        let done = place_with(&disk, &folder.out(), &new.run(), &never, &unasked, None);
        recover(&folder.out(), &unasked).expect("what is left is whole");
        let left = tree(&folder.out());
        if left == all_old {
            assert_eq!(became_new, 0, "after {steps} steps the run was taken back");
            stayed_old += 1;
        } else {
            assert!(left == all_new, "after {steps} steps: {:?}", left.keys());
            became_new += 1;
        }
        if done.is_ok() {
            break;
        }
    }
    assert!(
        stayed_old > 10 && became_new > 10,
        "{stayed_old} and {became_new}"
    );
}

#[test]
fn a_run_killed_in_a_new_folder_leaves_nothing_or_all() {
    let sample = sample();
    for steps in 0.. {
        let folder = Folder::new();
        let disk = Disk::default();
        disk.fuse.set(Some(steps));
        let done = place_with(&disk, &folder.out(), &sample.run(), &never, &unasked, None);
        recover(&folder.out(), &unasked).expect("what is left is whole");
        let left = tree(&folder.out());
        assert!(
            left.is_empty() || left == expected(&sample),
            "after {steps} steps: {:?}",
            left.keys()
        );
        if done.is_ok() {
            break;
        }
    }
}

#[test]
fn a_later_run_says_what_became_of_the_one_that_was_killed() {
    let (old, new) = two_runs();
    let mut said = Vec::new();
    for steps in 0.. {
        let folder = Folder::new();
        let disk = Disk::default();
        disk.fuse.set(Some(steps));
        let done = place_with(&disk, &folder.out(), &old.run(), &never, &unasked, None);
        let placed =
            place(&folder.out(), &new.run(), &never, &unasked, None).expect("the folder can be written");
        assert_eq!(tree(&folder.out()), expected(&new), "after {steps} steps");
        if said.last() != Some(&placed.recovered) {
            said.push(placed.recovered);
        }
        if done.is_ok() {
            break;
        }
    }
    assert_eq!(
        said,
        [
            None,
            Some(Recovered::Tidied),
            Some(Recovered::Finished),
            Some(Recovered::Tidied),
            None
        ]
    );
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let (folder, sample) = (Folder::new(), sample());
    fs::create_dir(folder.out()).expect("the folder can be written");
    let lock = Lock::take(&folder.out()).expect("nobody else is there");
    let error = place(&folder.out(), &sample.run(), &never, &unasked, None).expect_err("somebody writes");
    assert!(error.to_string().contains("another run is writing"), "{error:#}");
    drop(lock);
    place(&folder.out(), &sample.run(), &never, &unasked, None).expect("nobody else is there any more");
}

#[test]
fn a_lock_that_a_dead_run_left_does_not_hold() {
    let (folder, sample) = (Folder::new(), sample());
    fs::create_dir(folder.out()).expect("the folder can be written");
    fs::write(folder.out().join(".dealt-lock"), "").expect("the folder can be written");
    place(&folder.out(), &sample.run(), &never, &unasked, None).expect("nobody holds it");
    assert_eq!(tree(&folder.out()), expected(&sample));
}

#[test]
fn probing_leaves_no_trace() {
    let folder = Folder::new();
    probe(&folder.0.join("a/b/out"), FolderKind::Run).expect("it can be created");
    assert!(!folder.0.join("a").exists());
    fs::create_dir(folder.out()).expect("the folder can be written");
    probe(&folder.out(), FolderKind::Run).expect("it can be written");
    assert!(tree(&folder.out()).is_empty());
}

#[test]
fn a_file_where_the_folder_should_be_is_said_early() {
    let folder = Folder::new();
    fs::write(folder.out(), "mine").expect("the folder can be written");
    for error in [
        probe(&folder.out(), FolderKind::Run).err(),
        place(&folder.out(), &sample().run(), &never, &unasked, None).err(),
    ] {
        let error = error.expect("a file is no folder").to_string();
        assert!(
            error.ends_with("is a file, so it cannot be a folder of outputs"),
            "{error}"
        );
    }
    let below = folder.out().join("below");
    assert!(probe(&below, FolderKind::Run).is_err());
    assert_eq!(fs::read(folder.out()).expect("it is there"), b"mine");
}

#[test]
fn a_folder_where_a_file_should_be_stops_the_run_before_anything_changes() {
    let (folder, (old, new)) = (Folder::new(), two_runs());
    place(&folder.out(), &old.run(), &never, &unasked, None).expect("the folder can be written");
    fs::create_dir(folder.out().join("import.csv")).expect("the folder can be written");
    let error = place(&folder.out(), &new.run(), &never, &unasked, None).expect_err("a folder is in the way");
    assert!(
        error
            .to_string()
            .contains("is a folder where a file of the run has to stand"),
        "{error:#}"
    );
    assert_eq!(tree(&folder.out()), expected(&old));
}

#[test]
fn only_names_of_ours_are_ever_removed() {
    for name in [
        "by/../x.csv",
        "../x.csv",
        "/etc/passwd",
        "by/.csv",
        "inputs/a/b.gz",
        "mine.txt",
        "by/a\\b.csv",
    ] {
        assert!(!manifest::is_ours(name), "{name}");
    }
    for name in ["run.json", "by/anna.csv", "inputs/01-leads.csv.gz"] {
        assert!(manifest::is_ours(name), "{name}");
    }
}

#[test]
fn a_record_that_names_foreign_files_removes_none_of_them() {
    let (folder, sample) = (Folder::new(), sample());
    place(&folder.out(), &sample.run(), &never, &unasked, None).expect("the folder can be written");
    fs::write(folder.0.join("mine.csv"), "mine").expect("the folder can be written");
    let path = folder.out().join("run.json");
    let text = fs::read_to_string(&path).expect("it is there");
    let text = text.replace("\"workload.csv\":", "\"by/../../mine.csv\":");
    fs::write(&path, text).expect("the folder can be written");
    place(&folder.out(), &sample.run(), &never, &unasked, None).expect("the folder can be written");
    assert!(folder.0.join("mine.csv").exists());
}

#[test]
fn a_staged_file_that_is_damaged_is_never_put_in_place() {
    let folder = Folder::new();
    let (old, new) = two_runs();
    place(&folder.out(), &old.run(), &never, &unasked, None).expect("the folder can be written");
    let staging = folder.out().join(STAGING);
    for steps in 0.. {
        let disk = Disk::default();
        disk.fuse.set(Some(steps));
        let _ = place_with(&disk, &folder.out(), &new.run(), &never, &unasked, None);
        if Manifest::read(&staging).is_ok_and(|manifest| manifest.is_some()) {
            break;
        }
    }
    fs::write(staging.join("workload.csv"), "cut").expect("the folder can be written");
    let error = recover(&folder.out(), &unasked).expect_err("one file is damaged");
    assert!(
        error.to_string().contains("left `workload.csv` damaged"),
        "{error:#}"
    );
    assert_eq!(
        fs::read(folder.out().join("workload.csv")).expect("it is there"),
        old.bytes("workload.csv")
    );
}

#[test]
fn a_folder_of_another_kind_is_refused_and_stays_as_it_is() {
    let (folder, sample) = (Folder::new(), sample());
    fs::create_dir(folder.out()).expect("the folder can be written");
    let record = r#"{"kind":"reconcile","as_of":"2026-06-01T00:00:00Z","outputs":{}}"#;
    fs::write(folder.out().join("run.json"), record).expect("the folder can be written");
    let before = tree(&folder.out());
    let probed = probe(&folder.out(), FolderKind::Run).expect_err("it holds an import");
    let placed = place(&folder.out(), &sample.run(), &never, &unasked, None).expect_err("it holds an import");
    assert_eq!(probed.to_string(), placed.to_string());
    assert!(
        placed.to_string().contains("holds a reconciled import"),
        "{placed:#}"
    );
    assert!(placed.is::<Mistakes>());
    assert_eq!(tree(&folder.out()), before);
}

#[test]
fn an_import_killed_at_any_step_leaves_all_old_or_all_new() {
    let mut sample = sample();
    sample.batch.leads.parties = None;
    let import = crate::model::Import {
        leads: sample.batch.leads.clone(),
        listings: Vec::new(),
        reps: Vec::new(),
        rep_keys: Vec::new(),
        country: None,
        as_of: sample.batch.as_of.clone(),
        notes: Vec::new(),
    };
    let nothing = crate::model::Reconciled::default();
    let report = |threshold| crate::report::ImportReport {
        import: &import,
        reconciled: &nothing,
        threshold,
        command: Vec::new(),
        inputs: Vec::new(),
        keep_inputs: false,
    };
    let (old, new) = (report(70), report(80));
    let files = |report: &crate::report::ImportReport| {
        let mut memory = crate::report::Memory::default();
        report.write(&mut memory).expect("memory takes everything");
        memory.0.into_iter().collect::<BTreeMap<_, _>>()
    };
    let (all_old, all_new) = (files(&old), files(&new));
    let (mut stayed_old, mut became_new) = (0, 0);
    for steps in 0.. {
        let folder = Folder::new();
        place(&folder.out(), &old, &never, &unasked, None).expect("the folder can be written");
        let disk = Disk::default();
        disk.fuse.set(Some(steps));
        let done = place_with(&disk, &folder.out(), &new, &never, &unasked, None);
        recover(&folder.out(), &unasked).expect("what is left is whole");
        let left = tree(&folder.out());
        assert!(left == all_old || left == all_new, "after {steps} steps");
        *(if left == all_old {
            &mut stayed_old
        } else {
            &mut became_new
        }) += 1;
        if done.is_ok() {
            break;
        }
    }
    assert!(stayed_old > 5 && became_new > 5, "{stayed_old} and {became_new}");
}
