//! `dealt` deals a whole batch of sales leads to sales reps at once, under a team's own rules, and proves
//! that no better deal existed.
//!
//! # The map
//!
//! ```text
//!  existing records, accounts ─► read ─► reconcile: a verdict for each lead of the Batch (alone: of an import)
//!
//!  rules.toml ─ settings ─► read ──► Batch ─┐
//!  leads, reps, time off, pins, territories ┴─ bind rules ─► problem ─► solve ─► Solution ─┐
//!                                                words → numbers   numbers only            │
//!  csv, xlsx, terminal, run.json ◄── report ◄── Allocation ◄── deal: passes and reasons ◄──┘
//!        │      └──► ledger: one transaction a night; what it holds goes into the next night's Batch
//!        └──► record ──► proof: is it legal, proven best, why (the plain scorer of `rules`)
//! ```
//!
//! Each arrow is one type. Before [`Batch`](model::Batch) and [`Rules`](rules::Rules) exist things may fail,
//! always with a [`Mistake`](mistake::Mistake) that has a position, and all mistakes are collected before any
//! is told. After them nothing can fail until files are written.
//!
//! In reading order, with what each may know (a test holds the table):
//!
//! | part | what it does | knows |
//! | --- | --- | --- |
//! | [`mistake`] | position, found, expected, hint: all that a user can get wrong | nothing |
//! | [`model`] | leads, reps, points, places, time, allocations: plain data, valid by type | `mistake` |
//! | [`places`] | where an address is and in which time zone, countries and states in every spelling: embedded tables behind look-ups | `model` |
//! | [`read`] | files → tables that remember where they came from → a typed batch; alone knows formats and column names | `model`, `places` |
//! | [`reconcile`] | leads held against each other and against known records: new, duplicate, known account, conflict | `model`, `places` |
//! | [`rules`] | a rule file → settings, who may, what is worth more, which passes; owns the plain scorer of one pair | `model`, `places` |
//! | [`problem`] | batch + rules → classes of equal leads, rows of points on demand, costs of places, limits as trees | `model`, `rules`, the interface of `solve` |
//! | [`solve`] | transport, limits that cross, rotation, least loaded: indexes and numbers only | `model`'s numbers |
//! | [`mod@deal`] | pins, passes, fallback; every lead's outcome with its reason | the above but `read` |
//! | [`explain`] | sentences for every reason | `model` |
//! | [`record`] | `run.json` | `model` |
//! | [`ledger`] | one SQLite file: what was dealt, what became of it, whose turn it is | `model` |
//! | [`report`] | an allocation → files and tables, all or none | `model`, `explain`, `record` |
//! | [`proof`] | a finished run checked and explained through the plain scorer, by code of its own | `model`, `rules`, `explain`, `record` |
//! | `cli`, `main` | one file a command: gather, bind, deal, write; alone prints and reads the clock | everything |
//!
//! # What is deliberately absent
//!
//! - No part but `cli`, [`read`]'s one file for opening files, [`report::place`] and [`ledger`] touches the disk; none
//!   touches the network. The only clock is `--as-of`.
//! - No floating point in a comparison of scores: points are whole units, 10,000 a point.
//! - The matrix of leads × reps never exists; rows are made when they are asked for.
//! - `proof` shares no code with `problem` or `solve`: that is what makes it a proof.
//! - No iteration over a hash map reaches a result, and threads never change a byte.

pub mod deal;
pub mod explain;
pub mod ledger;
pub mod mistake;
pub mod model;
pub mod places;
pub mod problem;
pub mod proof;
pub mod read;
pub mod reconcile;
pub mod record;
pub mod report;
pub mod rules;
pub mod solve;
