//! `dealt licenses`: whose work the program holds, and on what terms.

use super::{Ending, say};
use dealt::places;

/// The program's own licence.
const OWN: &str = include_str!("../../LICENSE");

/// Prints the notices of the embedded tables, then the program's own licence.
///
/// # Errors
/// Standard output cannot be written.
pub fn licenses() -> anyhow::Result<Ending> {
    say::data(
        format!(
            "{}\n\nThe program\n-----------\n\n{OWN}",
            places::LICENSES.trim_end()
        )
        .as_bytes(),
    )?;
    Ok(Ending::Done)
}
