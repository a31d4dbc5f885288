//! Runs the program as a user would, in an emptied environment, and compares what it wrote with a file.

#![allow(dead_code, reason = "each test program uses some of it")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own under the build folder, removed when the test is over.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("the build folder can be written");
        Self(folder)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program with arguments, in a folder, with nothing of the environment.
pub fn dealt(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealt"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null());
    command
}

/// Copies the files of a folder into a new one.
pub fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a file in a folder"))
            .expect("the build folder can be written");
        fs::write(path, bytes).expect("the build folder can be written");
    }
}

/// What a program said, in one text.
pub fn transcript(arguments: &[String], output: &Output) -> String {
    let mut text = format!("$ dealt {}\n", arguments.join(" "));
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        if !bytes.is_empty() {
            let _ = write!(text, "--- {name}\n{}", String::from_utf8_lossy(bytes));
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
    }
    let code = output
        .status
        .code()
        .map_or("by a signal".to_owned(), |code| code.to_string());
    let _ = writeln!(text, "--- exit {code}");
    text
}

/// The words of a command file; double quotes hold words together.
pub fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut any) = (Vec::new(), String::new(), false, false);
    for character in line.trim().chars() {
        match character {
            '"' => (quoted, any) = (!quoted, true),
            ' ' if !quoted => {
                if any || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            other => word.push(other),
        }
    }
    if any || !word.is_empty() {
        words.push(word);
    }
    words
}

/// Compares a text with a file; with `UPDATE_EXPECTED` set it writes the file instead.
pub fn compare(expected: &Path, found: &[u8], wrong: &mut Vec<String>) {
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(expected.parent().expect("a file in a folder"))
            .expect("the sources can be written");
        fs::write(expected, found).expect("the sources can be written");
        return;
    }
    match fs::read(expected) {
        Ok(bytes) if bytes == found => {}
        Ok(bytes) => wrong.push(format!(
            "{}\n--- expected\n{}\n--- found\n{}",
            expected.display(),
            String::from_utf8_lossy(&bytes),
            String::from_utf8_lossy(found)
        )),
        Err(error) => wrong.push(format!(
            "{}: {error}; found\n{}",
            expected.display(),
            String::from_utf8_lossy(found)
        )),
    }
}

/// The subfolders of a folder of the project, by name.
pub fn folders(of: &str) -> BTreeMap<String, PathBuf> {
    fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(of))
        .expect("a folder of the project")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .map(|path| {
            (
                path.file_name().expect("a name").to_string_lossy().into_owned(),
                path,
            )
        })
        .collect()
}

/// Every file below a folder, by its path relative to it.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path
                    .strip_prefix(root)
                    .expect("below the root")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}
