//! Finds the delimiter of a CSV file from its first rows.

use super::csv;
use super::heading;

/// The delimiters that are looked for, the likeliest first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// As many rows as are looked at.
const ROWS: usize = 200;
/// As many bytes as are looked at.
const BYTES: usize = 256 << 10;

/// Finds the delimiter; `,` where nothing tells.
pub(super) fn find(text: &str) -> u8 {
    let sample = &text[..text.floor_char_boundary(BYTES)];
    CANDIDATES
        .into_iter()
        .rev()
        .max_by_key(|delimiter| evidence(sample, *delimiter))
        .unwrap_or(b',')
}

/// Obeys a first line such as `sep=;`: the delimiter, and the text after that line.
pub(super) fn declared(text: &str) -> Option<(u8, &str)> {
    let end = text.find(['\n', '\r'])?;
    let line = text[..end].trim().trim_matches('"');
    let (key, value) = line.split_at_checked(4)?;
    let [delimiter] = value.as_bytes() else {
        return None;
    };
    let rest = &text[end..];
    let rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
    let usable = delimiter.is_ascii_punctuation() || *delimiter == b'\t';
    (key.eq_ignore_ascii_case("sep=") && usable && *delimiter != b'"').then_some((*delimiter, rest))
}

/// How much speaks for a delimiter: rows of the commonest width, a clean header, wide rows.
fn evidence(sample: &str, delimiter: u8) -> (usize, usize) {
    let rows = csv::sample(sample, delimiter, ROWS);
    let Some(width) = rows.iter().find(|row| row.cells.len() > 1).and_then(|_| {
        let mut widths: Vec<usize> = rows
            .iter()
            .map(|row| row.cells.len())
            .filter(|width| *width > 1)
            .collect();
        widths.sort_unstable();
        widths
            .chunk_by(|a, b| a == b)
            .max_by_key(|equal| (equal.len(), equal[0]))
            .map(|equal| equal[0])
    }) else {
        return (0, 0);
    };
    let hits = rows.iter().filter(|row| row.cells.len() == width).count();
    let header = &rows[heading::find(&rows)];
    // Names of columns hardly ever hold what separates columns elsewhere.
    let clean = header.cells.len() > 1
        && !header
            .cells
            .iter()
            .any(|cell| cell.bytes().any(|byte| CANDIDATES.contains(&byte)));
    let bonus = if clean { rows.len() } else { 0 };
    (hits * 2 + bonus, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: char) {
        assert_eq!(char::from(find(text)), expected, "{text}");
    }

    #[test]
    fn each_delimiter_is_found() {
        check("id,name\n1,Acme\n", ',');
        check("id;name\n1;Acme\n", ';');
        check("id\tname\n1\tAcme, Inc\n", '\t');
        check("id|name\n1|Acme, Inc\n", '|');
        check("id\n1\n", ',');
        check("", ',');
    }

    #[test]
    fn decimal_commas_do_not_mislead() {
        check("id;value\n1;5,20\n2;6,30\n3;7,50\n", ';');
        check(
            "Umsatz, Deutschland\nid;name;value\n1;Acme;5,2\n2;Bolt;6,3\n",
            ';',
        );
    }

    #[test]
    fn lists_in_cells_do_not_mislead() {
        let rows = "17,a;b;c\n".repeat(50);
        check(&format!("id,skills\n{rows}"), ',');
        check("id,skills\n1,crm|sales\n2,crm|excel\n", ',');
    }

    #[test]
    fn quoted_delimiters_do_not_count() {
        check("id,name\n1,\"a;b;c;d\"\n2,\"a;b;c;d\"\n", ',');
        check("\"id, or number\";\"name\"\n\"1\";\"Acme, Inc\"\n", ';');
    }

    #[test]
    fn title_lines_and_footers_do_not_mislead() {
        check(
            "Open leads, all teams\nPrinted by Ann, Bob\n\nid;name;city\n1;Acme;Bonn\n2;Bolt;Ulm\n\nPage 1, of 1\n",
            ';',
        );
    }

    #[test]
    fn a_declared_delimiter_is_taken() {
        assert_eq!(declared("sep=;\r\nid;name\n"), Some((b';', "id;name\n")));
        assert_eq!(declared("\"SEP=|\"\nid|x\n"), Some((b'|', "id|x\n")));
        assert_eq!(declared("sep=;;\nid\n"), None);
        assert_eq!(declared("separator\nid\n"), None);
        assert_eq!(declared("sép\n"), None);
    }
}
