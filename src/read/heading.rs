//! Finds the header among the first rows of a file that may begin with title lines.

use super::assembly::{SampleRow, is_blank};

/// Finds the header: the first row that looks like one, most of the table's columns being named in
/// it, in words. A row of another width than the table's gives way to a later row that looks exactly like one.
pub(super) fn find(sample: &[SampleRow]) -> usize {
    let Some(shape) = Shape::of(sample) else {
        return 0;
    };
    let Some(first) = sample.iter().position(|row| shape.may_be_header(&row.cells)) else {
        return fullest(sample);
    };
    if shape.fits(&sample[first].cells) {
        return first;
    }
    sample
        .iter()
        .position(|row| shape.fits(&row.cells) && shape.may_be_header(&row.cells) && is_all_words(&row.cells))
        .unwrap_or(first)
}

/// The commonest number of cells in a row, how many of those columns are used, and the most words in a row.
struct Shape {
    width: usize,
    used: usize,
    words: usize,
}

impl Shape {
    fn of(sample: &[SampleRow]) -> Option<Self> {
        let alone = !is_of_several_columns(sample);
        let mut widths: Vec<usize> = sample.iter().map(|row| row.cells.len()).collect();
        widths.retain(|width| alone || *width > 1);
        widths.sort_unstable();
        let width = widths
            .chunk_by(|a, b| a == b)
            .max_by_key(|equal| (equal.len(), equal[0]))
            .map(|equal| equal[0])?;
        let rows = || sample.iter().filter(|row| row.cells.len() == width);
        Some(Self {
            width,
            used: rows().map(|row| used_width(&row.cells)).max()?,
            words: rows().map(|row| words(&row.cells)).max()?,
        })
    }

    fn fits(&self, cells: &[String]) -> bool {
        cells.len() == self.width || used_width(cells) == self.used
    }

    fn may_be_header(&self, cells: &[String]) -> bool {
        let filled = cells.iter().filter(|cell| !is_blank(cell)).count();
        let words = words(cells);
        words > 0 && words * 5 >= self.words * 3 && words * 2 >= filled
    }
}

/// Whether a file has several columns, although most of its first rows may be titles or a footer.
fn is_of_several_columns(sample: &[SampleRow]) -> bool {
    let several: Vec<&SampleRow> = sample.iter().filter(|row| row.cells.len() > 1).collect();
    several.len() * 4 >= sample.len()
        || several
            .iter()
            .any(|row| words(&row.cells) > 2 && is_all_words(&row.cells))
}

fn words(cells: &[String]) -> usize {
    cells.iter().filter(|cell| is_word(cell)).count()
}

/// The number of cells up to the last filled one.
pub(super) fn used_width(cells: &[String]) -> usize {
    cells
        .iter()
        .rposition(|cell| !is_blank(cell))
        .map_or(0, |last| last + 1)
}

fn is_word(cell: &str) -> bool {
    !is_blank(cell) && cell.chars().any(char::is_alphabetic) && !cell.contains('@')
}

fn is_all_words(cells: &[String]) -> bool {
    cells.iter().filter(|cell| !is_blank(cell)).all(|cell| {
        is_word(cell)
            && !cell
                .trim_start()
                .starts_with(|first: char| first.is_ascii_digit())
    })
}

fn fullest(sample: &[SampleRow]) -> usize {
    let filled = |row: &SampleRow| row.cells.iter().filter(|cell| !is_blank(cell)).count();
    let most = sample.iter().take(10).map(filled).max().unwrap_or_default();
    sample
        .iter()
        .position(|row| filled(row) == most)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: usize) {
        let sample: Vec<SampleRow> = lines
            .iter()
            .zip(1..)
            .map(|(line, number)| SampleRow {
                number,
                cells: line.split(',').map(str::to_owned).collect(),
                after_blank: false,
            })
            .collect();
        assert_eq!(find(&sample), expected, "{lines:?}");
    }

    #[test]
    fn the_first_row_is_the_header_of_a_plain_file() {
        check(&["id,name,city", "1,Acme,Bonn", "2,Bolt,"], 0);
        check(&["id", "1", "2"], 0);
        check(&["id,name,city"], 0);
        check(&["id,name,,,", "1,Acme,,,", "2,Bolt,,,"], 0);
    }

    #[test]
    fn title_lines_come_before_the_header() {
        check(
            &["Open leads", "Printed 2026-06-02", "id,name,city", "1,Acme,Bonn"],
            2,
        );
        check(&["Open leads,,", "by,Ann,", "id,name,city", "1,Acme,Bonn"], 1);
        check(
            &[
                "Open leads,,,,",
                "by,Ann,,,",
                "id,name,city,zip,mail",
                "1,Acme,Bonn,5,a@b",
            ],
            2,
        );
        check(
            &[
                "Report,by,Ann",
                "id,name,city,zip",
                "1,Acme,Bonn,5",
                "2,Bolt,Ulm,6",
            ],
            1,
        );
    }

    #[test]
    fn a_header_with_a_cell_too_few_is_no_title() {
        check(
            &[
                "id,name,city",
                "1,Acme,Bonn,a@b",
                "2,Bolt,Ulm,c@d",
                "3,Cog,Kiel,e@f",
            ],
            0,
        );
    }

    #[test]
    fn a_report_of_hardly_any_rows_has_its_header_above_the_footer() {
        check(
            &[
                "id,name,city",
                "1,Acme,Bonn",
                "Leads",
                "Copyright",
                "Secret",
                "By Ann",
            ],
            0,
        );
        check(&["id,name,city", "Leads", "Copyright", "Secret", "By Ann"], 0);
        check(&["Leads", "By Ann", "Today", "id,name,city"], 3);
    }

    #[test]
    fn a_note_beside_the_table_does_not_hide_the_header() {
        check(&["id,name,,", "1,Acme,,call first", "2,Bolt,,"], 0);
    }

    #[test]
    fn numbers_are_no_header() {
        check(&["17,18,19", "id,name,city", "1,Acme,Bonn"], 1);
        check(&["17,18,19", "20,21,22"], 0);
    }
}
