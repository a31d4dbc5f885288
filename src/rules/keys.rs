//! Keys of leads: leads that a rule or a part of the score cannot tell apart share one, so that words are
//! looked at once a key and not once a lead.

use crate::model::{Column, Frame, LeadIndex, QuickMap};
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// The key of a lead that has none.
const NONE: u32 = u32::MAX;

/// A key for every lead, or none; keys count from 0 in the order in which leads first show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    of: Vec<u32>,
    count: u32,
}

impl Keys {
    /// Gives the same key, 0, to every lead for which `applies` holds.
    pub fn one(leads: usize, applies: impl Fn(usize) -> bool) -> Self {
        Self::by(leads, |row| applies(row).then_some(())).0
    }

    /// Gives leads of one value one key; says the value of each key.
    pub fn by<K: Hash + Eq + Clone>(leads: usize, value: impl Fn(usize) -> Option<K>) -> (Self, Vec<K>) {
        let mut numbers = Numbers::default();
        let of = (0..leads)
            .map(|row| value(row).map_or(NONE, |value| numbers.number(value)))
            .collect();
        (numbers.keys(of), numbers.values)
    }

    /// Gives leads with the same values in some columns one key; says a row of each key.
    pub fn of_columns<'a>(frame: &Frame, names: impl IntoIterator<Item = &'a str>) -> (Self, Vec<usize>) {
        let mut keys = Self {
            of: vec![0; frame.rows],
            count: u32::from(frame.rows > 0),
        };
        for column in names.into_iter().filter_map(|name| frame.column(name)) {
            keys = keys.split(column);
        }
        let mut rows = vec![0; keys.count()];
        for (row, &key) in keys.of.iter().enumerate().rev() {
            rows[key as usize] = row;
        }
        (keys, rows)
    }

    /// Takes codes that count from 0 as keys; each occurs.
    pub fn of_codes(of: Vec<u32>, count: usize) -> Self {
        let count = u32::try_from(count).expect("there are no more keys than leads");
        Self { of, count }
    }

    /// Splits keys by the values of a column; all leads have a key.
    fn split(self, column: &Column) -> Self {
        /// A table of so many pairs of key and code is faster than hashing them.
        const MOST_IN_TABLE: usize = 1 << 22;
        let width = column.values.len();
        let pairs = self.of.iter().zip(&column.codes);
        if self.count().saturating_mul(width) > MOST_IN_TABLE {
            let mut numbers = Numbers::default();
            let of = pairs.map(|(&key, &code)| numbers.number((key, code))).collect();
            return numbers.keys(of);
        }
        let mut table = vec![NONE; self.count() * width];
        let mut count = 0;
        let of = pairs.map(|(&key, &code)| {
            let number = &mut table[key as usize * width + code as usize];
            if *number == NONE {
                *number = count;
                count += 1;
            }
            *number
        });
        let of = of.collect();
        Self { of, count }
    }

    /// Joins keys that come to one value, and takes the key from leads whose key comes to none; `value`
    /// is asked once a key, in order.
    pub fn refine<K: Hash + Eq + Clone>(self, value: impl FnMut(u32) -> Option<K>) -> (Self, Vec<K>) {
        let mut numbers = Numbers::default();
        let mut value = value;
        let new: Vec<u32> = (0..self.count)
            .map(|key| value(key).map_or(NONE, |value| numbers.number(value)))
            .collect();
        let of = self
            .of
            .iter()
            .map(|&key| new.get(key as usize).copied().unwrap_or(NONE))
            .collect();
        (numbers.keys(of), numbers.values)
    }

    /// The key of a lead, if it has one.
    pub fn of(&self, lead: LeadIndex) -> Option<u32> {
        let key = self.of[lead.at()];
        (key != NONE).then_some(key)
    }

    /// How many keys there are.
    pub fn count(&self) -> usize {
        self.count as usize
    }

    /// How many leads each key has.
    pub fn sizes(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.count()];
        for &key in self.of.iter().filter(|&&key| key != NONE) {
            sizes[key as usize] += 1;
        }
        sizes
    }
}

/// Numbers for distinct values, in the order in which they first appear.
struct Numbers<K> {
    of: QuickMap<K, u32>,
    values: Vec<K>,
}

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self {
            of: QuickMap::default(),
            values: Vec::new(),
        }
    }
}

impl<K: Hash + Eq + Clone> Numbers<K> {
    fn number(&mut self, value: K) -> u32 {
        match self.of.entry(value) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let number = u32::try_from(self.values.len()).expect("there are no more values than leads");
                self.values.push(new.key().clone());
                *new.insert(number)
            }
        }
    }

    fn keys(&self, of: Vec<u32>) -> Keys {
        Keys {
            of,
            count: u32::try_from(self.values.len()).expect("there are no more values than leads"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Value};

    fn frame() -> Frame {
        let mut frame = Frame::new(4, Vec::new());
        for (name, codes) in [("a", vec![1, 1, 2, 0]), ("b", vec![1, 1, 1, 1])] {
            frame.set(Column {
                name: name.to_owned(),
                header: name.to_owned(),
                kind: Kind::Text,
                codes,
                values: vec![Value::Empty, Value::Text("x".into()), Value::Text("y".into())],
            });
        }
        frame
    }

    #[test]
    fn leads_with_equal_cells_share_a_key_whatever_columns_are_missing() {
        let (keys, rows) = Keys::of_columns(&frame(), ["a", "b", "absent"]);
        assert_eq!(keys.of, [0, 0, 1, 2]);
        assert_eq!(rows, [0, 2, 3]);
        assert_eq!(keys.sizes(), [2, 1, 1]);
    }

    #[test]
    fn keys_of_one_value_become_one_and_those_of_none_vanish() {
        let (keys, _) = Keys::of_columns(&frame(), ["a"]);
        let (keys, values) = keys.refine(|key| (key != 1).then_some("same"));
        assert_eq!(values, ["same"]);
        assert_eq!(keys.of(LeadIndex(0)), Some(0));
        assert_eq!(keys.of(LeadIndex(2)), None);
        assert_eq!(keys.count(), 1);
    }
}
