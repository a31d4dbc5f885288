//! What a run took, and numbers for the line of JSON about it.

use serde_json::{Value, json};
use std::time::Instant;

/// What reading or making an instance took.
pub struct Read {
    /// Seconds.
    pub seconds: f64,
    /// The peak of resident memory so far in MiB.
    pub peak_mb: Option<f64>,
}

impl Read {
    /// What was taken since a moment.
    pub fn since(start: Instant) -> Self {
        Self {
            seconds: start.elapsed().as_secs_f64(),
            peak_mb: peak_mb(),
        }
    }
}

/// A sum as a JSON number; beyond 64 bits, which no instance reaches, as text.
pub fn whole(sum: i128) -> Value {
    i64::try_from(sum).map_or_else(|_| json!(sum.to_string()), |sum| json!(sum))
}

/// Seconds to a tenth of a millisecond.
pub fn seconds(seconds: f64) -> f64 {
    (seconds * 1e4).round() / 1e4
}

/// The peak of this process's resident memory in MiB, where the system tells.
pub fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some((kib / 1024.0 * 10.0).round() / 10.0)
}
