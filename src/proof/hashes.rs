//! Whether files are, byte for byte, those that the run wrote.

use super::finding::Finding;
use super::findings::Findings;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Compares every file that the record names with its hash.
pub(crate) fn check(
    recorded: &BTreeMap<String, String>,
    files: &BTreeMap<String, Vec<u8>>,
    findings: &mut Findings,
) {
    for (file, hash) in recorded {
        match files.get(file) {
            None => findings.push(Finding::MissingFile { file: file.clone() }),
            Some(bytes) if !hash.eq_ignore_ascii_case(&sha256(bytes)) => {
                findings.push(Finding::AlteredFile { file: file.clone() });
            }
            Some(_) => {}
        }
    }
}

/// The SHA-256 of bytes in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_is_enough_to_be_found() {
        let recorded = ["a.csv", "b.csv", "c.csv"].map(|file| (file.to_owned(), sha256(b"x\n")));
        let files = [("a.csv", "x\n"), ("b.csv", "y\n")]
            .map(|(file, text)| (file.to_owned(), text.as_bytes().to_vec()));
        let mut findings = Findings::default();
        check(&recorded.into(), &files.into(), &mut findings);
        let said: Vec<String> = findings.close().iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "c.csv: the run wrote it, but it is not there",
                "b.csv: it is not as the run wrote it"
            ]
        );
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
