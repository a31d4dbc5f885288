//! Columns coded by their distinct cells, so that each distinct text is read once.

use super::cells::Emptiness;
use crate::model::QuickMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// A column as codes of its distinct texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coded<'a> {
    /// A code for every row; 0 is empty.
    pub codes: Vec<u32>,
    /// What each code stands for, without surrounding blanks, each text once; the first is the empty text.
    pub texts: Vec<&'a str>,
}

impl<'a> Coded<'a> {
    /// The text of a row.
    pub fn text(&self, row: usize) -> &'a str {
        self.texts[self.codes[row] as usize]
    }
}

/// Codes cells by their distinct texts, in order of first appearance.
pub(super) fn code<'a>(cells: impl Iterator<Item = &'a str>, empty: &Emptiness) -> Coded<'a> {
    let mut known: QuickMap<&str, u32> = QuickMap::default();
    let (mut codes, mut texts) = (Vec::with_capacity(cells.size_hint().0), vec![""]);
    known.insert("", 0);
    let mut last = ("", 0);
    for raw in cells {
        // Not left to the comparison below: memory is not to be looked at behind texts without any.
        if raw.is_empty() {
            codes.push(0);
            continue;
        }
        if raw != last.0 {
            let code = match known.entry(raw) {
                Entry::Occupied(entry) => *entry.get(),
                Entry::Vacant(entry) => {
                    let text = empty.content(raw);
                    let next = code_of(texts.len());
                    if text == raw {
                        texts.push(text);
                        *entry.insert(next)
                    } else {
                        let code = *known.entry(text).or_insert(next);
                        if code == next {
                            texts.push(text);
                        }
                        *known.entry(raw).or_insert(code)
                    }
                }
            };
            last = (raw, code);
        }
        codes.push(last.1);
    }
    Coded { codes, texts }
}

/// Several columns as codes of their distinct combinations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Combined<'a> {
    /// A code for every row; 0 where all are empty.
    pub codes: Vec<u32>,
    /// The texts of each combination, in the order of the columns.
    pub texts: Vec<Vec<&'a str>>,
}

/// Codes the combinations of columns of equal length, in order of first appearance.
pub(super) fn combine<'a>(columns: &[Coded<'a>], rows: usize) -> Combined<'a> {
    let empty = vec![0; columns.len()];
    let mut known: QuickMap<Vec<u32>, u32> = QuickMap::default();
    known.insert(empty.clone(), 0);
    let (mut codes, mut texts) = (Vec::with_capacity(rows), vec![vec![""; columns.len()]]);
    let mut at = empty;
    for row in 0..rows {
        for (part, column) in at.iter_mut().zip(columns) {
            *part = column.codes[row];
        }
        if let Some(&code) = known.get(&at) {
            codes.push(code);
            continue;
        }
        let code = code_of(texts.len());
        let parts = at.iter().zip(columns);
        texts.push(parts.map(|(&part, column)| column.texts[part as usize]).collect());
        known.insert(at.clone(), code);
        codes.push(code);
    }
    Combined { codes, texts }
}

/// Numbers the distinct among values, 0 and up, in order of first appearance; the number of each.
pub(super) fn number<T: Hash + Eq>(values: impl Iterator<Item = T>) -> Vec<u32> {
    let mut known: QuickMap<T, u32> = QuickMap::default();
    values
        .map(|value| {
            let next = code_of(known.len());
            *known.entry(value).or_insert(next)
        })
        .collect()
}

fn code_of(position: usize) -> u32 {
    u32::try_from(position).expect("files have fewer rows than there are codes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_cells_share_a_code_and_empty_ones_are_zero() {
        let coded = code(
            ["b", "a", " ", "b", "N/A", "a"].into_iter(),
            &Emptiness::default(),
        );
        assert_eq!(coded.codes, [1, 2, 0, 1, 0, 2]);
        assert_eq!(coded.texts, ["", "b", "a"]);
    }

    #[test]
    fn combinations_share_a_code() {
        let empty = Emptiness::default();
        let first = code(["a", "", "a", "a"].into_iter(), &empty);
        let second = code(["x", "", "y", "x"].into_iter(), &empty);
        let both = combine(&[first, second], 4);
        assert_eq!(both.codes, [1, 0, 2, 1]);
        assert_eq!(both.texts[2], ["a", "y"]);
    }

    proptest! {
        #[test]
        fn every_code_stands_for_its_cell(cells in proptest::collection::vec("[ab ]{0,3}|\\PC{0,12}", 0..40)) {
            let empty = Emptiness::default();
            let coded = code(cells.iter().map(String::as_str), &empty);
            for (cell, &at) in cells.iter().zip(&coded.codes) {
                prop_assert_eq!(empty.content(cell), coded.texts[at as usize]);
            }
        }
    }
}
