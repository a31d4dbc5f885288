//! Gzip unpacked, within bounds.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::encoding;
use crate::mistake::{Kind, Mistake, Mistakes, Position};

/// The most bytes that a compressed file may unpack to: 4 GiB.
pub(super) const MAX_UNPACKED: u64 = 4 << 30;
/// Up to this many bytes a file may unpack to however small it is: 256 MiB.
const ALWAYS_ALLOWED: u64 = 256 << 20;
/// Beyond that, this many bytes for each compressed one; tables reach 5 to 50, bombs 1,000.
const MAX_RATIO: u64 = 200;

/// The most bytes that a number of compressed bytes may unpack to.
pub(super) fn limit(compressed: usize) -> u64 {
    (compressed as u64)
        .saturating_mul(MAX_RATIO)
        .clamp(ALWAYS_ALLOWED, MAX_UNPACKED)
}

/// Whether bytes are gzip.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B])
}

/// Unpacks gzip, and gives other bytes back as they are.
///
/// # Errors
/// A file that is cut off or damaged, or that unpacks to too much.
pub fn unpack<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, [u8]>, Mistakes> {
    if is_gzip(bytes) {
        unpack_within(name, bytes, limit(bytes.len())).map(Cow::Owned)
    } else {
        Ok(Cow::Borrowed(bytes))
    }
}

fn unpack_within(name: &str, bytes: &[u8], limit: u64) -> Result<Vec<u8>, Mistakes> {
    let damaged = |error: std::io::Error| {
        let position = Position::File(name.to_owned());
        Mistake::new(
            Kind::NotReadable,
            position,
            format!("gzip that does not unpack: {error}"),
        )
        .hint("the file is damaged or was not copied whole")
    };
    let mut decoder = MultiGzDecoder::new(bytes);
    let mut unpacked = Vec::new();
    decoder
        .by_ref()
        .take(super::file::BEGINNING)
        .read_to_end(&mut unpacked)
        .map_err(damaged)?;
    encoding::refuse_early(name, &unpacked)?;
    decoder
        .take((limit + 1).saturating_sub(unpacked.len() as u64))
        .read_to_end(&mut unpacked)
        .map_err(damaged)?;
    if unpacked.len() as u64 > limit {
        return Err(too_big(name, limit).into());
    }
    Ok(unpacked)
}

/// The mistake of a file that unpacks to more than a limit in bytes.
pub(super) fn too_big(name: &str, limit: u64) -> Mistake {
    Mistake::new(
        Kind::TooBig,
        Position::File(name.to_owned()),
        format!("unpacks to more than {} MiB", limit >> 20),
    )
    .expected(format!(
        "at most {} GiB, and at most {MAX_RATIO} times the file's size where that is over {} MiB",
        MAX_UNPACKED >> 30,
        ALWAYS_ALLOWED >> 20
    ))
    .hint("unpack it yourself if it is truly a table")
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_and_several_gzips_in_a_row_are_unpacked() {
        let both = [packed(b"id\n"), packed(b"1\n")].concat();
        assert_eq!(&*unpack("a.csv.gz", &both).unwrap(), b"id\n1\n");
        assert_eq!(&*unpack("a.csv", b"id\n").unwrap(), b"id\n");
    }

    #[test]
    fn gzip_that_is_cut_off_is_a_mistake() {
        let whole = packed(&[b'x'; 1000]);
        let mistakes = unpack("a.csv.gz", &whole[..whole.len() - 9]).unwrap_err();
        assert_eq!(mistakes.0[0].kind, Kind::NotReadable);
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let bomb = packed(&vec![b'x'; 200_000]);
        let mistakes = unpack_within("a.csv.gz", &bomb, 100_000).unwrap_err();
        assert_eq!(mistakes.0[0].kind, Kind::TooBig);
        assert!(unpack_within("a.csv.gz", &bomb, 200_000).is_ok());
    }

    #[test]
    fn the_limit_grows_with_the_file_between_its_bounds() {
        assert_eq!(limit(10), 256 << 20);
        assert_eq!(limit(10 << 20), 2000 << 20);
        assert_eq!(limit(1 << 30), 4 << 30);
    }

    #[test]
    fn packed_zero_bytes_are_refused_at_their_beginning() {
        let mistakes = unpack("a.csv.gz", &packed(&vec![0; 300_000])).unwrap_err();
        assert_eq!(mistakes.0[0].kind, Kind::BadEncoding);
    }
}
