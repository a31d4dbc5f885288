//! What is told of a text that does not parse.

use super::fault::Faults;
use super::scan;
use crate::mistake::Kind;

/// Tells of a syntax error, which the parser found at a line and a character in it, both from 1.
pub(super) fn tell(source: &str, bare: &[u8], position: (isize, isize), message: &str, faults: &mut Faults) {
    let foreign = scan::foreign_operator(bare);
    let at = foreign.map_or_else(|| offset(source, position), |(at, _)| at);
    faults.add(Kind::BadExpression, at, plain(message), |mistake| {
        match foreign.map(|(_, hint)| hint).or_else(|| unclosed(bare)) {
            Some(hint) => mistake.hint(hint),
            None => mistake,
        }
    });
}

fn unclosed(bare: &[u8]) -> Option<&'static str> {
    let open = bare.iter().fold(0i32, |open, byte| match byte {
        b'(' => open + 1,
        b')' => open - 1,
        _ => open,
    });
    (open != 0).then_some("every `(` needs its `)`")
}

/// The parser's message in our manner: without its list of everything that might have come instead.
fn plain(message: &str) -> String {
    let message = message.strip_prefix("Syntax error: ").unwrap_or(message);
    let message = message.split(" expecting ").next().unwrap_or(message);
    if message.contains("<EOF>") {
        return "an expression that ends too early".into();
    }
    match (message.find('\''), message.rfind('\'')) {
        (Some(first), Some(last)) if first < last => {
            let text = &message[first + 1..last];
            if message.starts_with("token recognition") && text.starts_with(['\'', '"']) {
                return "a text that is never closed".into();
            }
            format!("`{text}` that does not belong there")
        }
        _ => format!("not an expression: {}", message.to_lowercase()),
    }
}

/// The byte offset of a line (from 1) and a character in it (from 1).
fn offset(source: &str, (line, column): (isize, isize)) -> usize {
    let from_zero = |number: isize| usize::try_from(number - 1).unwrap_or(0);
    let start: usize = source
        .split_inclusive('\n')
        .take(from_zero(line))
        .map(str::len)
        .sum();
    source[start..]
        .char_indices()
        .nth(from_zero(column))
        .map_or(source.len(), |(at, _)| start + at)
}
