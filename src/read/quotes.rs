//! Quotes of a CSV record: a quote that is never closed, or text after a closing quote.

use super::lines::is_line_end;

/// What is wrong with the quotes of a record; the numbers are bytes from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote opens here and is never closed.
    Unclosed(usize),
    /// A quote opens at the first place, closes at the second, and text follows.
    TextAfter(usize, usize),
}

/// Checks the quotes of one record, given as it stands in the file.
pub(super) fn fault(record: &str, delimiter: u8) -> Option<Fault> {
    let bytes = record.as_bytes();
    let ends_cell = |byte: u8| byte == delimiter || is_line_end(byte);
    let mut at = 0;
    loop {
        let opened = next_quote(record, at)?;
        let begins_cell = opened
            .checked_sub(1)
            .is_none_or(|before| ends_cell(bytes[before]));
        if !begins_cell {
            at = opened + 1;
            continue;
        }
        let Some(closed) = closing(record, opened) else {
            return Some(Fault::Unclosed(opened));
        };
        let rest = bytes[closed + 1..].iter().take_while(|byte| !ends_cell(**byte));
        if rest.clone().any(|byte| !matches!(byte, b' ' | b'\t')) {
            return Some(Fault::TextAfter(opened, closed));
        }
        at = closed + 1 + rest.count();
    }
}

fn closing(record: &str, opened: usize) -> Option<usize> {
    let mut at = opened + 1;
    loop {
        at = next_quote(record, at)?;
        if record.as_bytes().get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Finds a quote; searching text, unlike bytes, looks at many letters at a time.
fn next_quote(record: &str, from: usize) -> Option<usize> {
    Some(from + record.get(from..)?.find('"')?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_quotes_pass() {
        for record in [
            "a,b\n",
            "\"a\"\"b\",\"c\nd\"\n",
            "\"\",\"\"",
            "5\" pipe,x",
            "\"a\" ,b",
            "=\"08014\",x",
            "",
            "\"\"\"\"",
        ] {
            assert_eq!(fault(record, b','), None, "{record}");
        }
    }

    #[test]
    fn a_quote_that_stays_open_is_found_where_it_opens() {
        assert_eq!(fault("\"a\",\"b\nc,d\n", b','), Some(Fault::Unclosed(4)));
        assert_eq!(fault("\"a\"\"", b','), Some(Fault::Unclosed(0)));
    }

    #[test]
    fn text_after_a_closing_quote_is_found() {
        assert_eq!(fault("1;\"a\"b;c\n", b';'), Some(Fault::TextAfter(2, 4)));
    }
}
