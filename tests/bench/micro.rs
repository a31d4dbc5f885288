//! Small benchmarks of what takes the time in a run: `cargo bench`, or `cargo bench -- NAME`.

#[allow(dead_code, reason = "the benchmarks print no line of JSON")]
mod families;
#[allow(dead_code, reason = "the benchmarks print no line of JSON")]
mod measure;
#[allow(dead_code, reason = "the benchmarks print no line of JSON")]
mod transport;

use dealt::model::{AsOf, Batch, LeadIndex, Moment, Weight};
use dealt::places::{self, Address, Gazetteer};
use dealt::problem::{Problem, Scorer};
use dealt::read::{self, InputFile, InputTable, Inputs, Reading};
use dealt::rules::{self, Rules};
use dealt::solve::assignment::{self, Matrix};
use dealt::solve::rotation::{Rotation, Seat};
use dealt::solve::transport::Rows;
use divan::{Bencher, black_box};
use families::{Family, Made, Room};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::fmt::Write;
use transport::Source;

fn main() {
    divan::main();
}

/// Leads and reps of the rows of scores.
const LEADS: usize = 2000;
const REPS: usize = 500;

/// The rows of scores of the built-in rules: skills, distance, free room.
#[divan::bench(sample_count = 20)]
fn rows_of_scores(bencher: Bencher) {
    let batch = batch();
    let rules = bound(&batch);
    let scorer = Scorer::new(&batch, &rules);
    let leads: Vec<LeadIndex> = (0..LEADS).map(LeadIndex::new).collect();
    let problem = Problem::of_rules(&batch, &scorer, &leads);
    let mut row = vec![0; problem.leaves()];
    bencher.counter(LEADS * REPS).bench_local(|| {
        for class in 0..problem.classes().len() {
            problem.row(class, black_box(&mut row));
        }
    });
}

/// 10,000 leads to 100 reps of each family that is not trivial.
#[divan::bench(
    sample_count = 5,
    sample_size = 1,
    args = [Family::Real, Family::Sparse, Family::Random, Family::Dup, Family::RankOne, Family::Equal, Family::Wanted],
)]
fn transport_of_10k_x_100(bencher: Bencher, family: Family) {
    let made = Made::new(family, 10_000, 100, Room::Scarce);
    bencher.bench_local(|| transport::solve(&made, None, 2).map(|solved| solved.unassigned));
}

/// A square of 1000 with even costs, and one of i·j.
#[divan::bench(sample_count = 5, sample_size = 1, args = ["even", "product"])]
fn assignment_of_1000(bencher: Bencher, costs: &str) {
    let size = 1000;
    let made = Made::new(Family::Random, size, size, Room::Ample);
    let mut matrix = vec![0; size * size];
    for (row, cells) in matrix.chunks_mut(size).enumerate() {
        if costs == "even" {
            made.costs(row, cells);
        } else {
            let row = i32::try_from(row + 1).expect("small");
            cells
                .iter_mut()
                .zip(1..)
                .for_each(|(cell, column)| *cell = row * column);
        }
    }
    let matrix = Matrix {
        rows: size,
        columns: size,
        costs: &matrix,
    };
    bencher.bench_local(|| assignment::solve(black_box(&matrix), None));
}

/// 10,000 leads in turn to 500 reps of three weights, every third of whom may take the lead.
#[divan::bench(sample_count = 10)]
fn rotation_of_10k_among_500(bencher: Bencher) {
    let seat = |at: u32| Seat {
        weight: Weight(1000 + at % 3 * 500),
        turn: 0,
    };
    let seats: Vec<Seat> = (0..500).map(seat).collect();
    bencher.bench_local(|| {
        let mut rotation = Rotation::new(0, seats.clone());
        for lead in 0..10_000 {
            if let Some(seat) = rotation.next(|seat| (seat + lead) % 3 == 0) {
                rotation.serve(seat);
            }
        }
        rotation
    });
}

/// Addresses as people write them, all tables unpacked.
const ADDRESSES: [Address<'static>; 6] = [
    address("San Francisco", "CA", "94105", "USA"),
    address("San Francisco", "CA", "", "USA"),
    address("München", "", "", "Germany"),
    address("", "", "SW1A 1AA", "United Kingdom"),
    address("Portland, OR 97201", "", "", ""),
    address("Springfeld", "IL", "", "US"),
];

const fn address<'a>(city: &'a str, state: &'a str, postal_code: &'a str, country: &'a str) -> Address<'a> {
    Address {
        street: "",
        city,
        state,
        postal_code,
        country,
    }
}

/// One address found.
#[divan::bench(args = 0..ADDRESSES.len())]
fn address_found(bencher: Bencher, which: usize) {
    let gazetteer = Gazetteer::embedded();
    let home = places::country("US");
    bencher.bench_local(|| gazetteer.find(black_box(&ADDRESSES[which]), home));
}

/// The tables unpacked for the first American postal code, and for the first city with a foreign name.
#[divan::bench(sample_count = 20, sample_size = 1, args = [0, 2])]
fn places_unpacked(bencher: Bencher, which: usize) {
    bencher.bench_local(|| Gazetteer::embedded().find(black_box(&ADDRESSES[which]), None));
}

/// The time zone of a point in the Atlantic and of one in Europe.
#[divan::bench(args = [(40.0, -40.0), (48.1, 11.6)])]
fn zone_of_a_point(bencher: Bencher, point: (f64, f64)) {
    let gazetteer = Gazetteer::embedded();
    bencher.bench_local(|| gazetteer.zone_at(black_box(point), None));
}

/// Leads and reps on a grid of places, each with one of twelve skills.
fn batch() -> Batch {
    let mut leads = "id,skills,latitude,longitude\n".to_owned();
    for lead in 0..LEADS {
        let _ = writeln!(
            leads,
            "L{lead:04},s{},{}.{lead},-{}.{lead}",
            lead % 12,
            30 + lead % 17,
            80 + lead % 31
        );
    }
    let mut reps = "id,name,skills,latitude,longitude,max_open,open\n".to_owned();
    for rep in 0..REPS {
        let _ = writeln!(
            reps,
            "R{rep:03},Rep {rep},s{};s{},{}.{rep},-{}.{rep},10,{}",
            rep % 12,
            rep % 7,
            30 + rep % 17,
            80 + rep % 31,
            rep % 8
        );
    }
    let table = |name: &str, text: String| InputTable {
        file: InputFile {
            name: name.to_owned(),
            bytes: text.into_bytes(),
        },
        sheet: None,
    };
    let inputs = Inputs {
        leads: vec![table("leads.csv", leads)],
        reps: table("reps.csv", reps),
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        existing: Vec::new(),
        accounts: Vec::new(),
        time_off: Vec::new(),
        past: dealt::model::Past::default(),
        reading: Reading::default(),
    };
    let as_of = AsOf {
        moment: Moment(0),
        zone: TimeZone::UTC,
    };
    let rules = rules::load("rules/default.toml", rules::DEFAULT).expect("the built-in rules are good");
    read::batch(&inputs, &rules.settings, as_of).expect("the tables are good")
}

fn bound(batch: &Batch) -> Rules {
    let rules = rules::load("rules/default.toml", rules::DEFAULT).expect("the built-in rules are good");
    rules::bind(&rules, batch, &BTreeMap::new()).expect("the tables are good")
}
