//! E-mail addresses.

/// The addresses in a cell, in lower case: `"X" <a@b>`, several with `,`, `;` or blanks between.
pub(super) fn addresses(cell: &str) -> impl Iterator<Item = String> {
    let parts = cell.split(|letter: char| letter.is_whitespace() || ",;|<>()\"".contains(letter));
    parts.filter(|part| part.contains('@')).map(|part| {
        part.trim_start_matches("mailto:")
            .trim_matches('.')
            .to_lowercase()
    })
}
