//! The line of JSON about an instance solved.

use crate::transport::{Solved, Source};
use serde_json::{Value, json};

/// Describes an instance that was solved in one line.
pub fn line(name: &str, source: &dyn Source, solved: &Solved, read_s: f64, threads: u16) -> Value {
    let (objective, bound) = (&solved.solution.objective, &solved.solution.bound);
    let net = |totals: &dealt::model::Totals| totals.points - totals.balance;
    json!({
        "inst": name,
        "leads": source.leads(),
        "reps": source.rooms().len(),
        "tiers": solved.tiers,
        "threads": threads,
        "obj": whole(solved.objective),
        "unassigned": solved.unassigned,
        "read_s": seconds(read_s),
        "solve_s": seconds(solved.solve_s),
        "rss_mb": peak_mb(),
        "gap": whole(net(bound) - net(objective)),
        "proven": bound == objective,
    })
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
