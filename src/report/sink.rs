//! Where outputs go: a name and a stream of bytes each.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Takes the files of a run one after another.
pub trait Sink {
    /// Takes one file: a relative path with `/`, and what writes its content.
    ///
    /// # Errors
    /// Whatever keeps the file from being kept, or what `content` fails with.
    fn file(
        &mut self,
        name: &str,
        content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()>;
}

/// Keeps files in memory, in the order in which they come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory(pub Vec<(String, Vec<u8>)>);

impl Sink for Memory {
    fn file(
        &mut self,
        name: &str,
        content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        content(&mut bytes)?;
        self.0.push((name.to_owned(), bytes));
        Ok(())
    }
}

/// Hashes what goes into a sink.
pub(super) struct Hashing<'a> {
    sink: &'a mut dyn Sink,
    hashes: Vec<(String, String)>,
}

impl<'a> Hashing<'a> {
    /// Starts with no file.
    pub fn new(sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            hashes: Vec::new(),
        }
    }

    /// Hands a file on and remembers its hash.
    pub fn file(
        &mut self,
        name: &str,
        content: impl Fn(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let mut hash = String::new();
        self.sink.file(name, &mut |to| {
            let mut tee = Tee {
                to,
                hash: Sha256::new(),
            };
            content(&mut tee)?;
            hash = hex(&tee.hash.finalize());
            Ok(())
        })?;
        self.hashes.push((name.to_owned(), hash));
        Ok(())
    }

    /// The hashes so far.
    pub fn hashes(&self) -> &[(String, String)] {
        &self.hashes
    }

    /// All hashes.
    pub fn into_hashes(self) -> Vec<(String, String)> {
        self.hashes
    }
}

struct Tee<'a> {
    to: &'a mut dyn Write,
    hash: Sha256,
}

impl Write for Tee<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The SHA-256 of bytes in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
