//! Wrong files of every sort end in a sentence and exit code 2; broken surroundings in 1; nothing hangs,
//! panics or is left half-written.

mod transcript;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use transcript::{Scratch, dealt, files};

fn start(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples/start")
        .join(name)
}

/// Runs `dealt run LEADS REPS --out OUT` in a folder and returns what it said; it must not panic.
fn run(scratch: &Scratch, leads: &Path, reps: &Path) -> Output {
    let out = scratch.path("out");
    let arguments = [
        Path::new("run"),
        leads,
        reps,
        Path::new("--as-of"),
        Path::new("2026-06-01"),
        Path::new("--out"),
        &out,
    ];
    let output = dealt(&scratch.0, arguments).output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!told.contains("panicked"), "{told}");
    output
}

/// The run must end with exit code 2, say `expected` and write nothing.
fn refused(scratch: &Scratch, leads: &Path, reps: &Path, expected: &str) {
    let output = run(scratch, leads, reps);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains(expected), "{told}");
    assert!(told.len() < 20_000, "the message is {} bytes long", told.len());
    assert!(files(&scratch.path("out")).is_empty(), "something was written");
}

#[test]
fn a_gibibyte_of_zero_bytes_is_refused() {
    let scratch = Scratch::new("zeros");
    let leads = scratch.path("leads.csv");
    File::create(&leads)
        .and_then(|file| file.set_len(1 << 30))
        .expect("a sparse file");
    refused(&scratch, &leads, &start("reps.csv"), "[bad-encoding]");
}

#[test]
fn a_cell_of_fifty_megabytes_is_refused() {
    let scratch = Scratch::new("cell");
    let leads = scratch.path("leads.csv");
    let mut text = b"id,company\nL1,".to_vec();
    text.resize(text.len() + 50_000_000, b'x');
    fs::write(&leads, text).expect("writable");
    refused(&scratch, &leads, &start("reps.csv"), "[too-big]");
}

#[test]
fn ten_thousand_columns_are_dealt_or_refused_in_a_sentence() {
    let scratch = Scratch::new("columns");
    let leads = scratch.path("leads.csv");
    let mut file = BufWriter::new(File::create(&leads).expect("writable"));
    let headers: Vec<String> = (0..10_000).map(|column| format!("c{column}")).collect();
    writeln!(
        file,
        "id,{}\nL1,{}",
        headers.join(","),
        vec!["1"; 10_000].join(",")
    )
    .expect("writable");
    drop(file);
    let output = run(&scratch, &leads, &start("reps.csv"));
    let told = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0) => assert!(scratch.path("out/assignments.csv").exists()),
        Some(2) => assert!(told.contains("columns"), "{told}"),
        other => panic!("exit {other:?}: {told}"),
    }
}

#[test]
fn a_roster_of_a_million_rows_is_refused() {
    let scratch = Scratch::new("roster");
    let reps = scratch.path("reps.csv");
    let mut file = BufWriter::new(File::create(&reps).expect("writable"));
    writeln!(file, "rep_id,name,max_open").expect("writable");
    for rep in 0..1_000_000 {
        writeln!(file, "R{rep},Rep {rep},5").expect("writable");
    }
    drop(file);
    refused(&scratch, &start("leads.csv"), &reps, "[too-many-reps]");
}

#[test]
fn nul_bytes_in_a_text_file_are_refused() {
    let scratch = Scratch::new("nul");
    let leads = scratch.path("leads.csv");
    fs::write(&leads, b"id,company\nL1,Ac\0me\nL2,Bolt\n").expect("writable");
    refused(&scratch, &leads, &start("reps.csv"), "leads.csv:2");
}

#[test]
fn a_folder_in_place_of_a_file_is_refused() {
    let scratch = Scratch::new("folder");
    refused(&scratch, &scratch.0, &start("reps.csv"), "[not-readable]");
}

#[cfg(unix)]
#[test]
fn a_device_without_data_is_an_empty_file() {
    let scratch = Scratch::new("null");
    refused(
        &scratch,
        Path::new("/dev/null"),
        &start("reps.csv"),
        "[empty-file]",
    );
}

#[cfg(unix)]
#[test]
fn a_device_without_end_is_refused() {
    let scratch = Scratch::new("zero");
    let output = run(&scratch, Path::new("/dev/zero"), &start("reps.csv"));
    assert_eq!(
        output.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_closed_pipe_behind_standard_output_is_no_fault() {
    let scratch = Scratch::new("pipe");
    let arguments: [std::ffi::OsString; 5] = [
        "run".into(),
        start("leads.csv").into_os_string(),
        start("reps.csv").into_os_string(),
        "--out".into(),
        "-".into(),
    ];
    let mut child = dealt(&scratch.0, arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let mut told = String::new();
    child
        .stderr
        .take()
        .expect("piped")
        .read_to_string(&mut told)
        .expect("text");
    assert_eq!(child.wait().expect("ends").code(), Some(0), "{told}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_behind_standard_output_is_exit_1() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let scratch = Scratch::new("full");
    let arguments: [std::ffi::OsString; 5] = [
        "run".into(),
        start("leads.csv").into_os_string(),
        start("reps.csv").into_os_string(),
        "--out".into(),
        "-".into(),
    ];
    let file = File::options().write(true).open(full).expect("a device");
    let output = dealt(&scratch.0, arguments)
        .stdout(file)
        .output()
        .expect("starts");
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn an_out_folder_that_is_a_file_is_exit_1_and_the_file_stays() {
    let scratch = Scratch::new("out");
    fs::write(scratch.path("out"), "mine").expect("writable");
    let output = run(&scratch, &start("leads.csv"), &start("reps.csv"));
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        fs::read_to_string(scratch.path("out")).expect("still there"),
        "mine"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_out_folder_that_nobody_may_write_is_exit_1() {
    let scratch = Scratch::new("readonly");
    let reps = start("reps.csv").into_os_string();
    let arguments: [std::ffi::OsString; 5] = [
        "run".into(),
        start("leads.csv").into_os_string(),
        reps,
        "--out".into(),
        "/proc/dealt-out".into(),
    ];
    let output = dealt(&scratch.0, arguments).output().expect("the program starts");
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn headers_without_rows_are_a_quiet_sunday() {
    for (name, text) in [
        ("leads.csv", "id,company\n"),
        ("leads.json", "[]"),
        ("leads.jsonl", ""),
    ] {
        let scratch = Scratch::new("sunday");
        fs::write(scratch.path(name), text).expect("writable");
        let output = run(&scratch, &scratch.path(name), &start("reps.csv"));
        assert_eq!(
            output.status.code(),
            Some(0),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let assignments = fs::read_to_string(scratch.path("out/assignments.csv")).expect("written");
        assert_eq!(assignments.lines().count(), 1, "{name}: only the header");
        let verified = dealt(&scratch.0, ["verify", "out"])
            .output()
            .expect("the program starts");
        assert_eq!(
            verified.status.code(),
            Some(0),
            "{name}: {}",
            String::from_utf8_lossy(&verified.stdout)
        );
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes_whatever_the_threads() {
    let scratch = Scratch::new("bytes");
    let mut outs = Vec::new();
    for threads in ["1", "2", "7"] {
        let out = scratch.path(threads);
        let arguments: Vec<String> = [
            "run",
            &start("leads.csv").to_string_lossy(),
            &start("reps.csv").to_string_lossy(),
            "--as-of",
            "2026-06-01",
            "--xlsx",
            "--by",
            "rep",
            "--threads",
            threads,
            "--out",
            &out.to_string_lossy(),
        ]
        .map(str::to_owned)
        .to_vec();
        let output = dealt(&scratch.0, &arguments)
            .output()
            .expect("the program starts");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        outs.push(files(&out));
    }
    assert!(outs[0].len() > 10, "all files are there: {:?}", outs[0].keys());
    assert!(outs[0] == outs[1] && outs[0] == outs[2], "a byte differs");
}

/// The header of a text, then its rows in reverse, and every second one before the others.
fn reordered(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let header = lines.remove(0);
    lines.reverse();
    let (even, odd): (Vec<_>, Vec<_>) = lines.iter().enumerate().partition(|(at, _)| at % 2 == 0);
    let rows = even.iter().chain(&odd).map(|(_, line)| **line);
    std::iter::once(header).chain(rows).collect::<Vec<_>>().join("\n") + "\n"
}

/// Every assigned lead with its rep, by lead.
fn dealt_to(scratch: &Scratch) -> BTreeMap<String, String> {
    let text = fs::read_to_string(scratch.path("out/assignments.csv")).expect("written");
    let pair = |line: &str| {
        let mut cells = line.split(',').map(str::to_owned);
        cells.next().zip(cells.next())
    };
    text.lines().skip(1).filter_map(pair).collect()
}

#[test]
fn the_order_of_rows_changes_no_assignment() {
    let scratch = Scratch::new("order");
    let output = run(&scratch, &start("leads.csv"), &start("reps.csv"));
    assert_eq!(output.status.code(), Some(0));
    let expected = dealt_to(&scratch);
    assert_eq!(expected.len(), 34);
    for name in ["leads.csv", "reps.csv"] {
        let text = fs::read_to_string(start(name)).expect("readable");
        assert_ne!(text, reordered(&text));
        fs::write(scratch.path(name), reordered(&text)).expect("writable");
    }
    let output = run(&scratch, &scratch.path("leads.csv"), &scratch.path("reps.csv"));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(dealt_to(&scratch), expected);
}
