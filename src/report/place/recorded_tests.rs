//! Runs that a ledger records, killed at every step.

use super::tests::{Folder, expected, never, tree, two_runs};
use super::*;
use crate::record::LedgerRecord;
use crate::report::fixture::Sample;
use crate::report::{Run, write};
use std::cell::RefCell;

/// A ledger of the texts of manifests.
#[derive(Default)]
struct Book(RefCell<Vec<String>>);

impl Book {
    fn place(&self, disk: &Disk, out: &Path, sample: &Sample, run: u64) -> anyhow::Result<Placed> {
        let mut record = |manifest: &str| {
            self.0.borrow_mut().push(manifest.to_owned());
            Ok(())
        };
        let recording = Recording {
            recorded: Recorded {
                file: "ledger".to_owned(),
                run,
            },
            record: &mut record,
        };
        let run = Run {
            ledger: Some(ledger(run)),
            ..sample.run()
        };
        place_with(
            disk,
            out,
            &run,
            &never,
            &|_, text| self.has(text),
            Some(recording),
        )
    }

    #[expect(clippy::unnecessary_wraps, reason = "a real ledger may fail to tell")]
    fn has(&self, manifest: &str) -> anyhow::Result<bool> {
        Ok(self.0.borrow().iter().any(|known| known == manifest))
    }
}

fn ledger(run: u64) -> LedgerRecord {
    LedgerRecord {
        file: "ledger".to_owned(),
        run,
        is_plan: false,
        released: Vec::new(),
        edits: Vec::new(),
    }
}

fn all(sample: &Sample, run: u64) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut memory = crate::report::Memory::default();
    let run = Run {
        ledger: Some(ledger(run)),
        ..sample.run()
    };
    write(&run, &mut memory).expect("memory takes everything");
    memory.0.into_iter().collect()
}

#[test]
fn a_recorded_run_counts_from_the_moment_the_ledger_has_it_and_the_one_before_is_kept() {
    let (old, new) = two_runs();
    let (mut without, mut with) = (0, 0);
    for steps in 0.. {
        let (folder, book) = (Folder::new(), Book::default());
        let whole = Disk::default();
        book.place(&whole, &folder.out(), &old, 1)
            .expect("the folder can be written");
        let disk = Disk::default();
        disk.fuse.set(Some(steps));
        let done = book.place(&disk, &folder.out(), &new, 2);
        recover(&folder.out(), &|_, text| book.has(text)).expect("what is left is whole");
        let left = tree(&folder.out());
        if book.0.borrow().len() == 1 {
            assert!(left == all(&old, 1), "after {steps} steps: {:?}", left.keys());
            without += 1;
        } else {
            assert!(left == all(&new, 2), "after {steps} steps: {:?}", left.keys());
            let archive = folder
                .0
                .join(format!("out.{}", old.run().batch.as_of.text().replace(':', "-")));
            assert!(
                tree(&archive) == all(&old, 1),
                "after {steps} steps: {:?}",
                tree(&archive).keys()
            );
            with += 1;
        }
        if done.is_ok() {
            break;
        }
    }
    assert!(without > 10 && with > 10, "{without} and {with}");
}

#[test]
fn a_ledger_that_refuses_a_run_leaves_the_folder_as_it_was() {
    let (folder, (old, new)) = (Folder::new(), two_runs());
    place(&folder.out(), &old.run(), &never, &|_, _| Ok(false), None).expect("the folder can be written");
    let recording = Recording {
        recorded: Recorded {
            file: "ledger".to_owned(),
            run: 1,
        },
        record: &mut |_| bail!("the disk is full"),
    };
    let failed = place(
        &folder.out(),
        &new.run(),
        &never,
        &|_, _| Ok(false),
        Some(recording),
    );
    assert_eq!(
        failed.expect_err("the ledger refuses").to_string(),
        "the disk is full"
    );
    assert_eq!(tree(&folder.out()), expected(&old));
}
