//! How numbers and texts are written, and how sections become one blob.

use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

/// Named sections in the order of their making.
#[derive(Default)]
pub struct Sections(Vec<([u8; 4], usize, Vec<u8>)>);

impl Sections {
    /// Adds a section under a name of four letters.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory takes all");
        let packed = encoder.finish().expect("memory takes all");
        let name = name.as_bytes().try_into().expect("four letters");
        self.0.push((name, bytes.len(), packed));
    }

    /// The directory (name, offset, packed and unpacked length of each section), then all sections.
    pub fn pack(&self) -> Vec<u8> {
        let number = |count: usize| u32::try_from(count).expect("a few megabytes").to_le_bytes();
        let mut blob = number(self.0.len()).to_vec();
        let mut offset = blob.len() + self.0.len() * 16;
        for (name, length, packed) in &self.0 {
            blob.extend(name);
            blob.extend(number(offset));
            blob.extend(number(packed.len()));
            blob.extend(number(*length));
            offset += packed.len();
        }
        for (_, _, packed) in &self.0 {
            blob.extend(packed);
        }
        blob
    }
}

/// Writes a number in groups of seven bits, the lowest first.
pub fn number(column: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        column.push(u8::try_from(value & 0x7F).expect("seven bits") | 0x80);
        value >>= 7;
    }
    column.push(u8::try_from(value).expect("seven bits"));
}

/// Writes a number that may be negative: 0, -1, 1, -2, … as 0, 1, 2, 3, …
pub fn signed(column: &mut Vec<u8>, value: i64) {
    number(column, ((value << 1) ^ (value >> 63)).cast_unsigned());
}

/// Writes a column of counts or indexes.
pub fn numbers(column: &mut Vec<u8>, values: impl IntoIterator<Item = usize>) {
    for value in values {
        number(column, value as u64);
    }
}

/// Writes texts, each as the length that it shares with the one before it, its own rest and a line's end.
pub fn texts<'a>(column: &mut Vec<u8>, texts: impl IntoIterator<Item = &'a str>) {
    let mut before = "";
    for text in texts {
        let shared = before
            .bytes()
            .zip(text.bytes())
            .take_while(|(one, other)| one == other)
            .count();
        // The line's end is 10: lengths begin after it.
        column.push(u8::try_from(shared.min(200) + 11).expect("at most 211"));
        column.extend(&text.as_bytes()[shared.min(200)..]);
        column.push(b'\n');
        before = text;
    }
}

/// Degrees as a whole number of parts, so many to the degree.
#[expect(clippy::cast_possible_truncation, reason = "at most 180,000 parts")]
pub fn parts(degrees: f64, to_the_degree: f64) -> i64 {
    (degrees * to_the_degree).round() as i64
}
