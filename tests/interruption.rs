//! Whoever interrupts a command finds everything as it was, or everything done.

#![cfg(unix)]

mod transcript;

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use transcript::{Scratch, dealt, files};

/// Tells a process to end.
fn signal(name: &str, process: u32) {
    let sent = std::process::Command::new("sh")
        .args(["-c", &format!("kill -{name} {process}")])
        .output()
        .expect("there is a shell");
    // The process may be done already.
    let _ = sent;
}

/// Tells whether whoever started the tests has interruptions ignored: then so do the programs under test.
fn interruptions_are_ignored() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // SIGHUP, SIGINT, SIGTERM.
    ignored.unwrap_or(0) & (1 | 1 << 1 | 1 << 14) != 0
}

#[test]
fn an_interrupted_command_says_so_and_is_exit_130() {
    if interruptions_are_ignored() {
        return;
    }
    for name in ["INT", "TERM"] {
        let scratch = Scratch::new("interrupt");
        let reps = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/start/reps.csv");
        let mut child = dealt(&scratch.0, ["run", "-", &reps.to_string_lossy()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        // More than a pipe holds: once it is taken, the program is reading, and waits for more.
        let mut leads = child.stdin.take().expect("piped");
        leads.write_all(&vec![b'x'; 1 << 18]).expect("it reads");
        signal(name, child.id());
        let output = child.wait_with_output().expect("ends");
        drop(leads);
        assert_eq!(output.status.code(), Some(130), "{name}");
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "interrupted; nothing was written\n"
        );
        assert!(output.stdout.is_empty() && files(&scratch.0).is_empty(), "{name}");
    }
}

/// Leads and reps enough that a run takes a while.
fn many(scratch: &Scratch) -> (PathBuf, PathBuf) {
    let (leads, reps) = (scratch.path("leads.csv"), scratch.path("reps.csv"));
    let mut text = "id,company,skills,latitude,longitude\n".to_owned();
    for lead in 0..4000 {
        let (latitude, longitude) = (30 + lead % 17, -80 - lead % 31);
        let _ = writeln!(
            text,
            "L{lead},Company {lead},s{},{latitude},{longitude}",
            lead % 7
        );
    }
    fs::write(&leads, text).expect("writable");
    let mut text = "id,name,skills,latitude,longitude,max_open\n".to_owned();
    for rep in 0..30 {
        let _ = writeln!(
            text,
            "R{rep},Rep {rep},s{};s{},{},-90,120",
            rep % 7,
            rep % 3,
            30 + rep % 17
        );
    }
    fs::write(&reps, text).expect("writable");
    (leads, reps)
}

#[test]
fn a_run_interrupted_at_any_moment_leaves_all_old_or_all_new() {
    if interruptions_are_ignored() {
        return;
    }
    let scratch = Scratch::new("moments");
    let (leads, reps) = many(&scratch);
    let command = |out: &Path, as_of: &str| {
        let words = ["run", "--as-of", as_of, "--xlsx", "--by", "rep", "--out"].map(PathBuf::from);
        let mut command = dealt(
            &scratch.0,
            words.into_iter().chain([out.into(), leads.clone(), reps.clone()]),
        );
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let (old, new) = (scratch.path("old"), scratch.path("new"));
    assert!(command(&old, "2026-06-01").status().expect("starts").success());
    let begun = std::time::Instant::now();
    assert!(command(&new, "2026-07-01").status().expect("starts").success());
    let whole = begun.elapsed();
    let (all_old, all_new) = (files(&old), files(&new));
    assert!(all_old != all_new);
    for part in 1..=8 {
        let out = scratch.path(&format!("out{part}"));
        transcript::copy(&old, &out);
        let mut child = command(&out, "2026-07-01").spawn().expect("starts");
        // Most of the work on files is in the last half.
        std::thread::sleep(whole * (part + 4) / 13);
        signal(if part % 2 == 0 { "INT" } else { "TERM" }, child.id());
        let code = child.wait().expect("ends").code();
        // Before the program catches signals they kill it; then, too, all must be old.
        assert!(matches!(code, None | Some(130 | 0)), "part {part}: {code:?}");
        let expected = if code == Some(0) { &all_new } else { &all_old };
        assert!(
            files(&out) == *expected,
            "part {part}: exit {code:?} and other files"
        );
    }
}
