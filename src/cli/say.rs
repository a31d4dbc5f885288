//! Printing: data and summaries to standard output, talk to standard error.

use std::borrow::Cow;
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

/// Writes a text for people to standard output: a terminal obeys nothing in it.
///
/// # Errors
/// The same as those of [`data`].
pub fn text(text: &str) -> anyhow::Result<()> {
    data(harmless(text).as_bytes())
}

/// Writes a line to standard error; nobody can be told if that fails.
pub fn talk(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(line));
}

/// A text without the characters that control a terminal, which cells of files may hold.
fn harmless(text: &str) -> Cow<'_, str> {
    let controls = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    if text.contains(controls) {
        Cow::Owned(text.replace(controls, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_controls_a_terminal_is_shown_and_not_obeyed() {
        assert_eq!(
            harmless("Ann \u{1b}[31mLee\r\n\tok"),
            "Ann \u{fffd}[31mLee\u{fffd}\n\tok"
        );
        assert_eq!(harmless("Zoë\n"), "Zoë\n");
    }
}
