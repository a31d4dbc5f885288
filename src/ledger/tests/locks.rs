//! The lock.

use super::*;
use crate::ledger::{Held, RunLock};

fn held(path: &Path) -> Option<String> {
    let error = RunLock::take(path, "me").err()?;
    let held = error.downcast_ref::<Held>().expect("it is held");
    Some(held.by.clone())
}

#[test]
fn a_second_one_is_told_who_holds_it_until_it_is_let_go() {
    let folder = Folder::new();
    let lock = RunLock::take(&folder.ledger(), "process 7 on host a").expect("it is free");
    assert_eq!(held(&folder.ledger()).as_deref(), Some("process 7 on host a"));
    drop(lock);
    assert_eq!(held(&folder.ledger()), None);
    let file = std::fs::read(folder.0.join("team.ledger.lock")).expect("the file stays");
    assert_eq!(file, b"");
}

#[cfg(unix)]
#[test]
fn a_ledger_has_one_lock_by_whatever_link_it_is_named() {
    let folder = Folder::new();
    std::fs::write(folder.ledger(), b"").expect("a file");
    let link = folder.0.join("link");
    std::os::unix::fs::symlink(folder.ledger(), &link).expect("a link");
    let _lock = RunLock::take(&link, "one").expect("it is free");
    assert_eq!(held(&folder.ledger()).as_deref(), Some("one"));
}
