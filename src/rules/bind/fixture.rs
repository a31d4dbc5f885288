//! Small batches for the tests of rules.

use crate::model::{
    Absence, AsOf, Batch, Ceiling, Cells, Column, Confidence, Country, FileColumns, Frame, Kind, Leads,
    Moment, OfficeIndex, Origin, Ownership, Place, Placing, Rep, RepIndex, Reps, Schedule, Shape, Source,
    Value, WeeklyHours, zone,
};
use crate::rules::{RuleFile, Rules, bind, fields, load};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// A batch made of two small tables of text: the first row names the columns, cells are split at `|`.
///
/// Cells of fields that are numbers or lists (`;`) are typed as such; `at` is `latitude,longitude`, `away` the
/// share of a rep's working time that is time off.
pub fn batch(leads: &str, reps: &str) -> Batch {
    let (leads, lead_places) = frame(leads);
    let (reps, rep_places) = frame(reps);
    let source = |file: &str| Source {
        file: file.into(),
        shape: Shape::Lines,
    };
    let count = leads.rows;
    let list = (0..reps.rows)
        .map(|row| rep(&reps, row, rep_places[row]))
        .collect();
    let (offices, office_of) = offices(&leads);
    Batch {
        leads: Leads {
            sources: vec![source("leads.csv")],
            ids: (0..count).map(|row| format!("L{row}")).collect(),
            origins: (0..count).map(origin).collect(),
            headers: Vec::new(),
            cells: Cells::new(0),
            ownership: (0..count).map(|row| ownership(&leads, row)).collect(),
            account_owners: (0..count)
                .map(|row| {
                    leads.value("account_owner", row).number().map(|at| {
                        #[expect(
                            clippy::cast_possible_truncation,
                            clippy::cast_sign_loss,
                            reason = "a small test number"
                        )]
                        RepIndex(at as u32)
                    })
                })
                .collect(),
            places: lead_places,
            placing: Placing::default(),
            offices,
            office_of,
            columns: Vec::new(),
            frame: leads,
            set_aside: Vec::new(),
            delimiter: b',',
            bom: false,
            ids_are_rows: false,
            ..Leads::default()
        },
        reps: Reps {
            source: source("reps.csv"),
            list,
            columns: FileColumns::default(),
            frame: reps,
        },
        pins: Vec::new(),
        claims: Vec::new(),
        teams: Vec::new(),
        past: crate::model::Past::default(),
        listings: Vec::new(),
        reconciled: None,
        as_of: AsOf {
            moment: Moment(1_780_000_000),
            zone: TimeZone::UTC,
        },
        country: Some(Country(*b"US")),
        time_off: Vec::new(),
        notes: Vec::new(),
    }
}

/// Binds rules without tables; shows the mistakes where there are any.
pub fn bound(rules: &str, batch: &Batch) -> Rules {
    bind(&loaded(rules), batch, &BTreeMap::new()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Loads rules; shows the mistakes where there are any.
pub fn loaded(rules: &str) -> RuleFile {
    load("r.toml", rules).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Office hours of the leads with a time zone.
fn offices(leads: &Frame) -> (Vec<Schedule>, Vec<Option<OfficeIndex>>) {
    let mut offices = Vec::new();
    let office_of = (0..leads.rows).map(|row| {
        let text = |name: &str| leads.value(name, row).text().unwrap_or_default();
        let hours = WeeklyHours::parse(text("hours"));
        let office = Schedule {
            zone: zone(text("time_zone"))?,
            hours: hours.unwrap_or_else(|_| WeeklyHours::office()),
        };
        let known = offices.iter().position(|known| *known == office);
        Some(OfficeIndex::new(known.unwrap_or_else(|| {
            offices.push(office);
            offices.len() - 1
        })))
    });
    let office_of = office_of.collect();
    (offices, office_of)
}

fn origin(row: usize) -> Origin {
    Origin {
        source: 0,
        row: u32::try_from(row).unwrap() + 2,
    }
}

fn ownership(leads: &Frame, row: usize) -> Ownership {
    match leads.value("owner", row).text() {
        Some(owner) => Ownership::Owned(owner.into()),
        None if leads.value("status", row).text() == Some("Converted") => Ownership::Converted,
        None => Ownership::Free,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small test numbers"
)]
fn rep(reps: &Frame, row: usize, place: Place) -> Rep {
    let text = |name: &str| reps.value(name, row).text().unwrap_or_default().to_owned();
    let number = |name: &str| reps.value(name, row).number();
    Rep {
        email: text("email"),
        active: text("active") != "no",
        team: text("team"),
        max_open: number("max_open").map_or(Ceiling::Unlimited, |most| Ceiling::At(most as u32)),
        open: number("open").unwrap_or(0.0) as u32,
        territories: reps.value("territories", row).items().to_vec(),
        max_km: number("max_km"),
        place,
        zone: zone(&text("time_zone")),
        hours: WeeklyHours::parse(&text("hours")).ok(),
        absence: number("away").map(|share| Absence {
            away: (share * 28_800.0) as i64,
            working: 28_800,
            back: None,
            reason: String::new(),
        }),
        row: u32::try_from(row).unwrap() + 2,
        ..Rep::named(text("id"), text("name"))
    }
}

fn frame(table: &str) -> (Frame, Vec<Place>) {
    let mut lines = table
        .lines()
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let headers = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    let known = headers.iter().map(|&name| name.to_owned()).collect();
    let mut frame = Frame::new(rows.len(), known);
    for (at, &name) in headers.iter().enumerate() {
        let cells: Vec<&str> = rows
            .iter()
            .map(|row| row.get(at).copied().unwrap_or_default())
            .collect();
        let kind = kind(name, &cells);
        let mut values = vec![Value::Empty];
        let codes = cells.iter().map(|cell| {
            let value = value(kind, cell);
            let code = values
                .iter()
                .position(|known| *known == value)
                .unwrap_or(values.len());
            if code == values.len() {
                values.push(value);
            }
            u32::try_from(code).unwrap()
        });
        let codes = codes.collect();
        frame.set(Column {
            name: name.into(),
            header: name.into(),
            kind,
            codes,
            values,
        });
    }
    let at = headers.iter().position(|&name| name == "at");
    let places = rows
        .iter()
        .map(|row| place(at.and_then(|at| row.get(at)).copied().unwrap_or_default()));
    (frame, places.collect())
}

fn place(text: &str) -> Place {
    text.split_once(',')
        .map_or(Place::NOWHERE, |(latitude, longitude)| Place {
            degrees: Some((latitude.parse().unwrap(), longitude.parse().unwrap())),
            confidence: Confidence::Exact,
        })
}

fn kind(name: &str, cells: &[&str]) -> Kind {
    match fields::kind(name) {
        Some(Kind::Boolean) => Kind::Text,
        Some(kind) => kind,
        None if cells.iter().any(|cell| !cell.is_empty())
            && name != "postal_code"
            && cells
                .iter()
                .all(|cell| cell.is_empty() || cell.parse::<f64>().is_ok()) =>
        {
            Kind::Number
        }
        None => Kind::Text,
    }
}

fn value(kind: Kind, cell: &str) -> Value {
    match (kind, cell) {
        (_, "") => Value::Empty,
        (Kind::Number, cell) => Value::Number(cell.parse().unwrap()),
        (Kind::List, cell) => Value::List(cell.split(';').map(|item| item.trim().to_owned()).collect()),
        (_, cell) => Value::Text(cell.to_owned()),
    }
}
