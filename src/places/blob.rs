//! The embedded tables: named sections, each packed on its own, and the columns within.
//!
//! `tables/make` writes what this reads, and a test makes it again and compares; so a section is whole, and
//! a column that ended early would read as zeros.

use flate2::read::DeflateDecoder;
use std::io::Read;

static BLOB: &[u8] = include_bytes!("tables/places.bin");

/// Bytes of a section's line in the directory: name, offset, packed and unpacked length.
const ENTRY: usize = 16;

/// Unpacks the section of a name, if there is one.
pub(super) fn section(name: [u8; 4]) -> Option<Columns> {
    let (count, directory) = BLOB.split_first_chunk()?;
    let count = u32::from_le_bytes(*count) as usize;
    let entry = directory
        .chunks_exact(ENTRY)
        .take(count)
        .find(|entry| entry.starts_with(&name))?;
    let field = |at: usize| {
        entry[at..]
            .first_chunk()
            .map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
    };
    let (offset, packed) = (field(4), field(8));
    let mut bytes = Vec::with_capacity(field(12));
    let read = DeflateDecoder::new(BLOB.get(offset..offset + packed)?).read_to_end(&mut bytes);
    read.ok().map(|_| Columns { bytes, at: 0 })
}

/// The columns of a section, read one after the other.
#[derive(Debug)]
pub(super) struct Columns {
    bytes: Vec<u8>,
    at: usize,
}

impl Columns {
    /// The next number: groups of seven bits, the lowest first, the last with its highest bit off.
    pub fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        while let Some(byte) = self.bytes.get(self.at) {
            self.at += 1;
            number |= u64::from(byte & 0x7F) << shift;
            if *byte < 0x80 || shift >= 56 {
                break;
            }
            shift += 7;
        }
        number
    }

    /// The next number as a count or index.
    pub fn count(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or(0)
    }

    /// So many counts.
    pub fn counts(&mut self, count: usize) -> Vec<usize> {
        (0..count).map(|_| self.count()).collect()
    }

    /// So many numbers that may be negative, written as 0, -1, 1, -2, … → 0, 1, 2, 3, …
    pub fn signed(&mut self, count: usize) -> Vec<i32> {
        let one = |number: u64| {
            let half = i32::try_from(number >> 1).unwrap_or(0);
            if number & 1 == 1 { -half - 1 } else { half }
        };
        (0..count).map(|_| one(self.number())).collect()
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> &[u8] {
        let start = self.at.min(self.bytes.len());
        self.at = self.at.saturating_add(count).min(self.bytes.len());
        &self.bytes[start..self.at]
    }

    /// The bytes up to the next line's end, which is passed.
    pub fn line(&mut self) -> &str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
        self.at += length + 1;
        std::str::from_utf8(&rest[..length]).unwrap_or_default()
    }

    /// So many texts, each written as the length that it shares with the one before it (plus 11, as one
    /// byte), its own rest and a line's end.
    pub fn texts(&mut self, count: usize) -> Texts {
        let mut texts = Texts::default();
        let mut before = 0..0;
        for _ in 0..count {
            let shared = usize::from(self.bytes(1).first().map_or(0, |byte| byte.saturating_sub(11)));
            let start = texts.text.len();
            let shared = before.start..(before.start + shared).min(before.end);
            texts.text.extend_from_within(shared);
            let line = self.line().as_bytes();
            texts.text.extend(line);
            before = start..texts.text.len();
            texts.end();
        }
        texts
    }
}

/// Many texts in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: Vec<u8>,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.text.extend(text.as_bytes());
        self.end();
    }

    fn end(&mut self) {
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text at a position, as bytes.
    pub fn get(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[at] as usize]
    }
}
