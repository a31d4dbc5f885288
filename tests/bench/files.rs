//! Instances as files: `.tpb` (transport) and `.lap` (square assignment), little-endian throughout.
//!
//! `.tpb`: `TPB1`, u32 leads L, u32 reps R, u32 0; i32 room\[R\]; i32 `left_out`\[L\]; i32 cost\[L·R\], lead by lead.
//! `.lap`: `LAP1`, u32 n, u32 n, u32 0; i32 cost\[n·n\], row by row.

use crate::transport::{INELIGIBLE, MOST_LEFT_OUT, Source, WORST};
use anyhow::{Context, bail, ensure};
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

/// Bytes read at once.
const BLOCK: usize = 1 << 20;

/// A transport instance out of a file, its matrix resident.
pub struct Resident {
    rooms: Vec<u32>,
    left_out: Vec<i32>,
    costs: Vec<i32>,
}

impl Source for Resident {
    fn leads(&self) -> usize {
        self.left_out.len()
    }

    fn rooms(&self) -> &[u32] {
        &self.rooms
    }

    fn left_out(&self, lead: usize) -> i32 {
        self.left_out[lead]
    }

    fn costs(&self, lead: usize, out: &mut [i32]) {
        let reps = self.rooms.len();
        out.copy_from_slice(&self.costs[lead * reps..(lead + 1) * reps]);
    }
}

/// Reads a `.tpb` file.
///
/// # Errors
/// A file of another format, size or range.
pub fn read_transport(path: &Path) -> anyhow::Result<Resident> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let (leads, reps) = header(&mut file, *b"TPB1")?;
    let cells = leads.checked_mul(reps);
    check_length(length, cells.and_then(|cells| cells.checked_add(leads + reps)))?;
    let rooms = numbers(&mut file, reps)?;
    let rooms = (0u32..).zip(rooms).map(|(rep, room)| {
        u32::try_from(room).with_context(|| format!("rep {rep} has room {room}; expected 0 or more"))
    });
    let rooms = rooms.collect::<anyhow::Result<Vec<u32>>>()?;
    let left_out = numbers(&mut file, leads)?;
    let odd = |&cost: &i32| !(WORST..=MOST_LEFT_OUT).contains(&cost);
    if let Some(lead) = left_out.iter().position(odd) {
        bail!(
            "leaving lead {lead} out costs {}; expected {WORST} to {MOST_LEFT_OUT}",
            left_out[lead]
        );
    }
    let costs = numbers(&mut file, leads * reps)?;
    let odd = |&cost: &i32| !(0..=WORST).contains(&cost) && cost != INELIGIBLE;
    if let Some(at) = costs.iter().position(odd) {
        let (lead, rep) = (at / rooms.len(), at % rooms.len());
        bail!(
            "lead {lead} costs {} at rep {rep}; expected 0 to {WORST}, or {INELIGIBLE}",
            costs[at]
        );
    }
    Ok(Resident {
        rooms,
        left_out,
        costs,
    })
}

/// A square assignment instance out of a file.
pub struct Square {
    /// Rows, and columns.
    pub size: usize,
    /// The cost of each pair, row by row.
    pub costs: Vec<i32>,
}

/// Reads a `.lap` file.
///
/// # Errors
/// A file of another format or size.
pub fn read_square(path: &Path) -> anyhow::Result<Square> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let (rows, columns) = header(&mut file, *b"LAP1")?;
    ensure!(
        rows == columns,
        "has {rows} rows and {columns} columns; expected as many"
    );
    check_length(length, rows.checked_mul(columns))?;
    Ok(Square {
        size: usize::try_from(rows)?,
        costs: numbers(&mut file, rows * columns)?,
    })
}

/// The two sizes in a header of 16 bytes.
fn header(file: &mut File, magic: [u8; 4]) -> anyhow::Result<(u64, u64)> {
    let mut bytes = [0; 16];
    file.read_exact(&mut bytes).context("shorter than its header")?;
    ensure!(
        bytes.starts_with(&magic),
        "does not begin with `{}`",
        String::from_utf8_lossy(&magic)
    );
    let number = |at: usize| {
        let bytes: [u8; 4] = bytes[at..at + 4].try_into().expect("four bytes");
        u64::from(u32::from_le_bytes(bytes))
    };
    Ok((number(4), number(8)))
}

/// Checks that a file holds its header and so many numbers, nothing else.
fn check_length(length: u64, numbers: Option<u64>) -> anyhow::Result<()> {
    let expected = numbers
        .and_then(|numbers| numbers.checked_mul(4))
        .and_then(|bytes| bytes.checked_add(16));
    match expected {
        Some(expected) if expected == length => Ok(()),
        Some(expected) => bail!("is {length} bytes long; its header asks for {expected}"),
        None => bail!("is {length} bytes long; its header asks for more than any file has"),
    }
}

/// Reads so many numbers, block by block.
fn numbers(file: &mut File, count: u64) -> anyhow::Result<Vec<i32>> {
    let count = usize::try_from(count)?;
    let mut numbers = Vec::new();
    numbers
        .try_reserve_exact(count)
        .with_context(|| format!("{count} numbers do not fit in memory"))?;
    let mut block = vec![0; BLOCK];
    while numbers.len() < count {
        let bytes = &mut block[..BLOCK.min((count - numbers.len()) * 4)];
        file.read_exact(bytes).context("ended early")?;
        let of = |bytes: &[u8]| i32::from_le_bytes(bytes.try_into().expect("four bytes"));
        numbers.extend(bytes.chunks_exact(4).map(of));
    }
    Ok(numbers)
}

/// Writes an instance as a `.tpb` file, row by row.
///
/// # Errors
/// A disk that refuses; sizes beyond the format.
pub fn write(path: &Path, source: &dyn Source) -> anyhow::Result<()> {
    let mut file = BufWriter::with_capacity(BLOCK, File::create(path)?);
    let (leads, reps) = (source.leads(), source.rooms().len());
    file.write_all(b"TPB1")?;
    for size in [u32::try_from(leads)?, u32::try_from(reps)?, 0] {
        file.write_all(&size.to_le_bytes())?;
    }
    for &room in source.rooms() {
        file.write_all(&i32::try_from(room)?.to_le_bytes())?;
    }
    for lead in 0..leads {
        file.write_all(&source.left_out(lead).to_le_bytes())?;
    }
    let mut row = vec![0; reps];
    for lead in 0..leads {
        source.costs(lead, &mut row);
        for cost in &row {
            file.write_all(&cost.to_le_bytes())?;
        }
    }
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    Ok(())
}
