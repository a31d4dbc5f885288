//! A small roster for the tests of sentences.

use super::words::Words;
use crate::model::{
    AsOf, Batch, Ceiling, Cells, FileColumns, Frame, Leads, Moment, PassReport, Placing, Rep, Reps, Shape,
    Source,
};
use jiff::tz::TimeZone;
use std::sync::LazyLock;

fn source(file: &str) -> Source {
    Source {
        file: file.into(),
        shape: Shape::Lines,
    }
}

fn rep(id: &str, name: &str, max_open: Ceiling, row: u32) -> Rep {
    Rep {
        team: "West".into(),
        max_open,
        row,
        ..Rep::named(id, name)
    }
}

/// Three reps, two of whom bear one name, and no lead.
pub(super) fn batch() -> Batch {
    Batch {
        leads: Leads {
            sources: vec![source("leads.csv")],
            columns: Vec::new(),
            ids: Vec::new(),
            origins: Vec::new(),
            headers: Vec::new(),
            cells: Cells::new(0),
            frame: Frame::new(0, Vec::new()),
            places: Vec::new(),
            placing: Placing::default(),
            offices: Vec::new(),
            office_of: Vec::new(),
            ownership: Vec::new(),
            account_owners: Vec::new(),
            set_aside: Vec::new(),
            delimiter: b',',
            bom: false,
            ids_are_rows: false,
            ..Leads::default()
        },
        reps: Reps {
            source: source("reps.csv"),
            columns: FileColumns::default(),
            list: vec![
                rep("r1", "Ana Ruiz", Ceiling::At(40), 2),
                rep("r2", "Ben Otis", Ceiling::Unlimited, 3),
                rep("r3", "Ana Ruiz", Ceiling::At(5), 4),
            ],
            frame: Frame::new(3, Vec::new()),
        },
        pins: Vec::new(),
        claims: Vec::new(),
        teams: Vec::new(),
        past: crate::model::Past::default(),
        listings: Vec::new(),
        reconciled: None,
        as_of: AsOf {
            moment: Moment(0),
            zone: TimeZone::UTC,
        },
        country: None,
        time_off: Vec::new(),
        notes: Vec::new(),
    }
}

fn pass(name: &str, method: &'static str) -> PassReport {
    PassReport {
        name: name.into(),
        method,
        leads: 0,
        dealt: 0,
        proof: None,
        overtaken: 0,
    }
}

/// The words of a run with an optimal pass and one by performance.
pub(super) fn words(batch: &Batch) -> Words<'_> {
    static TIERS: LazyLock<Vec<String>> = LazyLock::new(|| vec!["hot".into(), "other".into()]);
    static TEAMS: LazyLock<Vec<String>> = LazyLock::new(|| vec!["West".into()]);
    static PASSES: LazyLock<Vec<PassReport>> =
        LazyLock::new(|| vec![pass("best match", "optimal"), pass("the rest", "top_producer")]);
    Words::new(batch, &TIERS, &TEAMS, &PASSES)
}
