//! File arguments to bytes: `FILE`, `FILE#Sheet` and `-`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::{InputFile, encoding};
use crate::mistake::{Kind, Mistake, Mistakes, Position, did_you_mean};

/// The most bytes that are read of one file: 2 GiB.
const MAX_BYTES: u64 = 2 << 30;
/// As many bytes as are read before it is decided whether the rest is worth reading.
pub(super) const BEGINNING: u64 = 64 << 10;

/// Reads a file argument, `FILE` or `FILE#Sheet`, into bytes; `-` is standard input.
///
/// # Errors
/// No such file, a folder, no permission, bytes that are no text from the beginning, too big.
pub fn input_file(argument: &str) -> Result<InputFile, Mistakes> {
    let (name, _) = split_sheet(argument);
    let bytes = if name == "-" {
        read_bounded(&name, io::stdin().lock(), 0, MAX_BYTES)
    } else {
        read_path(&name)
    };
    Ok(InputFile { bytes: bytes?, name })
}

/// Splits a file argument into the file and the sheet after `#`; a file whose own name holds the `#` wins.
pub fn split_sheet(argument: &str) -> (String, Option<String>) {
    if Path::new(argument).exists() {
        return (argument.to_owned(), None);
    }
    let splits = || argument.rmatch_indices('#').map(|(at, _)| argument.split_at(at));
    let existing = splits().find(|(file, _)| *file == "-" || Path::new(file).exists());
    match existing.or_else(|| splits().next()) {
        Some((file, sheet)) if !file.is_empty() => (file.to_owned(), Some(sheet[1..].to_owned())),
        _ => (argument.to_owned(), None),
    }
}

fn read_path(name: &str) -> Result<Vec<u8>, Mistakes> {
    let file = File::open(name).map_err(|error| unreadable(name, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(name, &error))?;
    if metadata.is_dir() {
        let position = Position::File(name.to_owned());
        return Err(Mistake::new(Kind::NotReadable, position, "a folder")
            .expected("a file")
            .into());
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_big(name, MAX_BYTES).into());
    }
    read_bounded(name, file, metadata.len(), MAX_BYTES)
}

fn read_bounded(name: &str, mut reader: impl Read, size: u64, limit: u64) -> Result<Vec<u8>, Mistakes> {
    let mut bytes = Vec::new();
    let mut read_up_to = |bytes: &mut Vec<u8>, count: u64| {
        reader
            .by_ref()
            .take(count)
            .read_to_end(bytes)
            .map_err(|error| Mistakes::from(unreadable(name, &error)))
    };
    read_up_to(&mut bytes, BEGINNING)?;
    if bytes.len() as u64 == BEGINNING {
        encoding::refuse_early(name, &bytes)?;
        bytes.reserve_exact(usize::try_from(size.saturating_sub(BEGINNING) + 1).unwrap_or_default());
        read_up_to(&mut bytes, limit + 1 - BEGINNING.min(limit))?;
    }
    if bytes.len() as u64 > limit {
        return Err(too_big(name, limit).into());
    }
    Ok(bytes)
}

fn too_big(name: &str, limit: u64) -> Mistake {
    Mistake::new(
        Kind::TooBig,
        Position::File(name.to_owned()),
        format!("more than {} MiB", limit >> 20),
    )
    .expected(format!("at most {} MiB in one file", limit >> 20))
    .hint("split it into several lead files")
}

fn unreadable(name: &str, error: &io::Error) -> Mistake {
    let position = Position::File(name.to_owned());
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            let mistake = Mistake::new(Kind::NoSuchFile, position, "no such file");
            match hint(name) {
                Some(hint) => mistake.hint(hint),
                None => mistake,
            }
        }
        io::ErrorKind::PermissionDenied => Mistake::new(Kind::NotReadable, position, "no permission to read"),
        io::ErrorKind::IsADirectory => {
            Mistake::new(Kind::NotReadable, position, "a folder").expected("a file")
        }
        _ => Mistake::new(Kind::NotReadable, position, format!("cannot be read: {error}")),
    }
}

fn hint(name: &str) -> Option<String> {
    let path = Path::new(name);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Some(format!("there is no folder `{}`", folder.display()));
    }
    let mut files: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    files.sort();
    let wanted = path.file_name()?.to_str()?;
    let meant = did_you_mean(wanted, files.iter().map(String::as_str))?;
    let whole = path.with_file_name(meant);
    Some(format!("did you mean `{}`", whole.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(test: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("dealt-file-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn mistake(argument: &str) -> Mistake {
        input_file(argument).unwrap_err().0.remove(0)
    }

    #[test]
    fn a_file_is_read_and_named_without_its_sheet() {
        let path = folder("plain").join("leads.csv");
        fs::write(&path, "id\n1\n").unwrap();
        let name = path.to_str().unwrap();
        let file = input_file(&format!("{name}#Leads")).unwrap();
        assert_eq!(
            (file.name.as_str(), file.bytes.as_slice()),
            (name, &b"id\n1\n"[..])
        );
    }

    #[test]
    fn a_file_whose_name_holds_the_sign_wins_over_a_sheet() {
        let path = folder("sign").join("wave #2.csv");
        fs::write(&path, "id\n").unwrap();
        let name = path.to_str().unwrap();
        assert_eq!(split_sheet(name), (name.to_owned(), None));
        assert_eq!(
            split_sheet(&format!("{name}#A")),
            (name.to_owned(), Some("A".to_owned()))
        );
        assert_eq!(
            split_sheet("no.xlsx#Reps"),
            ("no.xlsx".to_owned(), Some("Reps".to_owned()))
        );
        assert_eq!(split_sheet("-#Reps"), ("-".to_owned(), Some("Reps".to_owned())));
        assert_eq!(split_sheet("#Reps"), ("#Reps".to_owned(), None));
    }

    #[test]
    fn a_missing_file_is_told_with_the_one_that_was_meant() {
        let folder = folder("missing");
        fs::write(folder.join("leads.csv"), "id\n").unwrap();
        let mistake_of_name = mistake(folder.join("leed.csv").to_str().unwrap());
        assert_eq!(mistake_of_name.kind, Kind::NoSuchFile);
        let meant = folder.join("leads.csv");
        assert_eq!(
            mistake_of_name.hint,
            Some(format!("did you mean `{}`", meant.display()))
        );
        let mistake_of_folder = mistake(folder.join("no/leads.csv").to_str().unwrap());
        assert_eq!(
            mistake_of_folder.hint,
            Some(format!("there is no folder `{}`", folder.join("no").display()))
        );
    }

    #[test]
    fn a_folder_is_no_file() {
        let mistake = mistake(folder("folder").to_str().unwrap());
        assert_eq!(
            (mistake.kind, mistake.found.as_str()),
            (Kind::NotReadable, "a folder")
        );
    }

    #[test]
    fn what_goes_on_and_on_is_refused() {
        let endless = io::repeat(b'x');
        assert_eq!(
            read_bounded("a", endless, 0, 1 << 20).unwrap_err().0[0].kind,
            Kind::TooBig
        );
        let zeroes = io::repeat(0);
        assert_eq!(
            read_bounded("a", zeroes, 0, MAX_BYTES).unwrap_err().0[0].kind,
            Kind::BadEncoding
        );
        assert_eq!(read_bounded("a", io::empty(), 0, 10).unwrap(), b"");
    }
}
