//! Quotes of a CSV record: a quote that is never closed, or text after a closing quote.

/// What is wrong with the quotes of a record; the numbers are bytes from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote opens here and is never closed.
    Unclosed(usize),
    /// A quote opens at the first place, closes at the second, and text follows.
    TextAfter(usize, usize),
}

/// Checks the quotes of one record, given as it stands in the file.
pub(super) fn fault(record: &[u8], delimiter: u8) -> Option<Fault> {
    let ends_cell = |byte: u8| byte == delimiter || super::lines::is_line_end(byte);
    let mut at = 0;
    while at < record.len() {
        if record[at] != b'"' {
            at += record[at..].iter().position(|byte| ends_cell(*byte))? + 1;
            continue;
        }
        let opened = at;
        let Some(closed) = closing(record, opened) else {
            return Some(Fault::Unclosed(opened));
        };
        let rest = &record[closed + 1..];
        let end = rest
            .iter()
            .position(|byte| ends_cell(*byte))
            .unwrap_or(rest.len());
        if rest[..end].iter().any(|byte| !matches!(byte, b' ' | b'\t')) {
            return Some(Fault::TextAfter(opened, closed));
        }
        at = closed + 1 + end + 1;
    }
    None
}

fn closing(record: &[u8], opened: usize) -> Option<usize> {
    let mut at = opened + 1;
    loop {
        at += record.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if record.get(at + 1) == Some(&b'"') {
            at += 2;
        } else {
            return Some(at);
        }
    }
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
            assert_eq!(fault(record.as_bytes(), b','), None, "{record}");
        }
    }

    #[test]
    fn a_quote_that_stays_open_is_found_where_it_opens() {
        assert_eq!(fault(b"\"a\",\"b\nc,d\n", b','), Some(Fault::Unclosed(4)));
        assert_eq!(fault(b"\"a\"\"", b','), Some(Fault::Unclosed(0)));
    }

    #[test]
    fn text_after_a_closing_quote_is_found() {
        assert_eq!(fault(b"1;\"a\"b;c\n", b';'), Some(Fault::TextAfter(2, 4)));
    }
}
