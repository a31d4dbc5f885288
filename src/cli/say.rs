//! Printing: data and summaries to standard output, talk to standard error.

use std::fmt;
use std::io::{self, ErrorKind, Write};

/// The reader of standard output has gone; that ends the program without fault.
#[derive(Debug)]
pub struct ClosedPipe;

impl fmt::Display for ClosedPipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("standard output was closed")
    }
}

impl std::error::Error for ClosedPipe {}

/// Writes to standard output.
///
/// # Errors
/// [`ClosedPipe`], or what the system says (a full disk behind a redirection).
pub fn data(bytes: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(ClosedPipe.into()),
        Err(error) => Err(anyhow::Error::new(error).context("cannot write to standard output")),
    }
}

/// Writes a line to standard error; nobody can be told if that fails.
pub fn talk(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
