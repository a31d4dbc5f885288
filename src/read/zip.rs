//! The little of zip archives that calamine does not tell: names, sizes, and one member's bytes.

use std::io::Read;

use flate2::read::DeflateDecoder;

/// A zip archive in memory.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    members: Vec<Member<'a>>,
}

struct Member<'a> {
    name: &'a [u8],
    method: u16,
    packed: usize,
    unpacked: u64,
    header: usize,
}

impl<'a> Archive<'a> {
    /// Reads the list of members; nothing where the bytes are no whole archive or one of over 4 GiB.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        const END: usize = 22;
        let from = bytes.len().saturating_sub(END + usize::from(u16::MAX));
        let end = from
            + bytes[from..]
                .windows(4)
                .rposition(|window| window == b"PK\x05\x06")?;
        let count = usize::from(half(bytes, end + 10)?);
        let mut at = word(bytes, end + 16)? as usize;
        let mut members = Vec::new();
        for _ in 0..count {
            if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
                return None;
            }
            let name = usize::from(half(bytes, at + 28)?);
            let rest = usize::from(half(bytes, at + 30)?) + usize::from(half(bytes, at + 32)?);
            members.push(Member {
                name: bytes.get(at + 46..at + 46 + name)?,
                method: half(bytes, at + 10)?,
                packed: word(bytes, at + 20)? as usize,
                unpacked: u64::from(word(bytes, at + 24)?),
                header: word(bytes, at + 42)? as usize,
            });
            at += 46 + name + rest;
        }
        Some(Self { bytes, members })
    }

    /// Whether there is a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The size of all members unpacked, in bytes, as the archive declares it.
    pub(super) fn unpacked(&self) -> u64 {
        self.members.iter().map(|member| member.unpacked).sum()
    }

    /// Reads a member, unpacked.
    pub(super) fn read(&self, name: &str) -> Option<Box<dyn Read + 'a>> {
        let member = self.find(name)?;
        let header = self.bytes.get(member.header..)?;
        let start = 30 + usize::from(half(header, 26)?) + usize::from(half(header, 28)?);
        let packed = header.get(start..start.checked_add(member.packed)?)?;
        match member.method {
            0 => Some(Box::new(packed)),
            8 => Some(Box::new(DeflateDecoder::new(packed))),
            _ => None,
        }
    }

    fn find(&self, name: &str) -> Option<&Member<'a>> {
        self.members
            .iter()
            .find(|member| member.name.eq_ignore_ascii_case(name.as_bytes()))
    }
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_a_workbook_are_found_and_unpacked() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write(0, 0, "id").unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let archive = Archive::open(&bytes).unwrap();
        assert!(archive.has("xl/workbook.xml") && !archive.has("content.xml"));
        assert!(archive.unpacked() > 1000);
        let mut text = String::new();
        archive
            .read("xl/workbook.xml")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        assert!(text.contains("<sheet name=\"Sheet1\""));
    }

    #[test]
    fn bytes_that_are_no_archive_open_as_nothing() {
        assert!(Archive::open(b"").is_none());
        assert!(Archive::open(b"PK\x05\x06").is_none());
        assert!(Archive::open(&[b"PK\x05\x06".as_slice(), &[0xFF; 40]].concat()).is_none());
    }
}
