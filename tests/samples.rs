//! Every sample is run as its `command` file says; what it prints and writes is in its `expected` folder.

mod transcript;

use std::fs;
use std::path::{Path, PathBuf};
use transcript::{Scratch, compare, copy, dealt, files, folders, transcript, words};

#[test]
fn every_sample_gives_what_is_expected_and_passes_verify() {
    let mut wrong = Vec::new();
    let samples = folders("samples");
    assert!(samples.len() >= 5, "the samples are there");
    for (name, folder) in samples {
        let scratch = Scratch::new(&name);
        copy(&folder, &scratch.0);
        copy(&shipped_rules(), &scratch.path("rules"));
        let out = scratch.path("out");
        let commands = fs::read_to_string(folder.join("command")).expect("every sample has a command");
        let mut told = String::new();
        for command in commands.lines() {
            let arguments = words(command);
            let output = dealt(&scratch.0, &arguments)
                .output()
                .expect("the program starts");
            told.push_str(&transcript(&arguments, &output));
        }
        let expected = folder.join("expected");
        compare(&expected.join("transcript.txt"), told.as_bytes(), &mut wrong);
        let mut written = files(&out);
        // where the out folder is depends on the machine, and the record of runs says it
        for folder in ["ledger", "reconciled", "handover"] {
            let of_folder = files(&scratch.path(folder)).into_iter();
            let of_folder = of_folder.map(|(file, bytes)| (format!("{folder}/{file}"), bytes));
            written.extend(of_folder.filter(|(file, _)| file != "ledger/runs.csv"));
        }
        for (file, bytes) in &written {
            if !file.split('/').any(|part| part == "inputs") {
                compare(&expected.join(file), bytes, &mut wrong);
            }
        }
        for file in files(&expected).keys().filter(|file| *file != "transcript.txt") {
            if !written.contains_key(file) {
                wrong.push(format!("{name}: {file} was not written"));
            }
        }
        let verified = dealt(&scratch.0, ["verify"])
            .output()
            .expect("the program starts");
        if verified.status.code() != Some(0) {
            wrong.push(format!(
                "{name}: {}",
                transcript(&["verify".to_owned()], &verified)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn shipped_rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

#[test]
fn every_shipped_rule_file_runs_on_the_start_sample() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for entry in fs::read_dir(root.join("rules")).expect("the rules are there") {
        let rules = entry.expect("readable").path();
        if rules.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        count += 1;
        let scratch = Scratch::new("rules");
        let out = scratch.path("out").to_string_lossy().into_owned();
        let rules = rules.to_string_lossy().into_owned();
        let mut run = vec![
            "run",
            "leads.csv",
            "reps.csv",
            "--as-of",
            "2026-06-01",
            "--rules",
            &rules,
            "--out",
            &out,
        ];
        let ledger = scratch.path("ledger.dealt").to_string_lossy().into_owned();
        if rules.ends_with("nightly.toml") {
            run.extend(["--ledger", &ledger]);
        }
        let output = dealt(&root.join("samples/start"), run)
            .output()
            .expect("the program starts");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{rules}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let output = dealt(root, ["verify", &out])
            .output()
            .expect("the program starts");
        assert_eq!(
            output.status.code(),
            Some(0),
            "{rules}: {}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
    assert!(count >= 8, "eight rule files are shipped, {count} found");
}
