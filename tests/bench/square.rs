//! A square assignment instance solved, and the line of JSON about what came of it.

use crate::files::Square;
use crate::measure::{Read, peak_mb, seconds, whole};
use anyhow::{anyhow, ensure};
use dealt::solve::assignment::{self, Matrix};
use serde_json::{Value, json};
use std::time::Instant;

/// Solves an instance and describes what came of it in one line.
///
/// # Errors
/// What the solver refuses, and a matching that is none.
pub fn line(name: &str, square: &Square, read: &Read) -> anyhow::Result<Value> {
    let size = square.size;
    let matrix = Matrix {
        rows: size,
        columns: size,
        costs: &square.costs,
    };
    let start = Instant::now();
    let matching =
        assignment::solve(&matrix, None).map_err(|error| anyhow!("there is no matching: {error:?}"))?;
    let solve_s = start.elapsed().as_secs_f64();
    let rss_mb = peak_mb();
    let mut taken = vec![false; size];
    let mut sum = 0;
    for (row, column) in square.costs.chunks(size.max(1)).zip(&matching.columns) {
        let column = column
            .map(|column| column as usize)
            .filter(|&column| !taken[column]);
        let column = column.ok_or_else(|| anyhow!("a row has no column of its own"))?;
        taken[column] = true;
        sum += i128::from(row[column]);
    }
    ensure!(
        sum == matching.cost,
        "the matching costs {sum}, not {}",
        matching.cost
    );
    Ok(json!({
        "inst": name,
        "rows": size,
        "obj": whole(sum),
        "unassigned": 0,
        "read_s": seconds(read.seconds),
        "solve_s": seconds(solve_s),
        "base_mb": read.peak_mb,
        "rss_mb": rss_mb,
        "gap": whole(matching.cost - matching.bound),
        "proven": matching.cost == matching.bound,
    }))
}
