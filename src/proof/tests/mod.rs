//! Whole runs, dealt and written by the real thing, then checked: sound as they are, found out when
//! anything in them is changed.

mod asked;
mod claims;
mod honest;
mod tampered;
mod together;

use super::{Evidence, Finding, Verdict, verify};
use crate::deal::testing::{Row, World};
use crate::model::{Ceiling, Cells, Clock, Period, Points, SetAside, Team, UnitIndex, Weight};
use crate::record::RunRecord;
use crate::report::{Memory, Options, Run, write};
use crate::rules::Method;
use crate::solve::rotation::TURN;
use proptest::prelude::*;

/// What a random run is made of.
#[derive(Clone, Debug)]
pub(super) struct Recipe {
    rows: Vec<Row>,
    rooms: Vec<u32>,
    weights: Vec<u32>,
    strength: i64,
    max_share: Option<u32>,
    min_score: Option<i64>,
    methods: Vec<Method>,
    offer: Option<u32>,
    pins: Vec<(usize, usize)>,
    fallback: bool,
    /// From which lead and rep on every third is kept out of a pass.
    skip: usize,
    /// Limits: most, least, the leads that count, and whether groups are reps, teams or all.
    limits: Vec<(Option<u32>, u32, Vec<bool>, usize)>,
    /// Who is away.
    away: Vec<bool>,
    /// Leads that limits of a week counted for each rep before, and that it got today; two a day are its most.
    counted: Vec<u32>,
    claims: Vec<Asked>,
    cap: Option<u32>,
    /// How far earlier runs left each rep ahead of every clock, in sixths of a lead; nothing for a newcomer.
    ahead: Vec<Option<i128>>,
    /// The unit of each lead.
    units: Vec<Option<u32>>,
}

/// A claim: lead, rep, rank, time.
type Asked = (usize, usize, Option<u32>, Option<i64>);

const METHODS: [Method; 8] = [
    Method::Optimal,
    Method::Shotgun,
    Method::RoundRobin,
    Method::LeastLoaded,
    Method::TopProducer,
    Method::CherryPick,
    Method::SharkTank,
    Method::BlindPull,
];

/// Few values of points, so that ties and classes are common; any methods, pins and a fallback.
pub(super) fn recipes() -> impl Strategy<Value = Recipe> {
    let table = (1usize..5).prop_flat_map(|reps| {
        let points = prop_oneof![1 => Just(None), 4 => (0i32..4).prop_map(|step| Some(step * 25))];
        let row = (0u8..3, prop::collection::vec(points, reps));
        let rows = prop::collection::vec(row, 0..14);
        let rooms = prop::collection::vec(0u32..6, reps);
        (rows, rooms, prop::collection::vec(0u32..4, reps))
    });
    let pass = prop_oneof![4 => Just(0usize), 1 => 1usize..5, 2 => 5usize..8];
    (
        table,
        0i64..3,
        prop::option::weighted(0.2, 300u32..2000),
        prop::option::weighted(0.2, 10i64..60),
        prop::collection::vec(pass, 1..3),
        prop::option::weighted(0.2, 1u32..3),
        prop::collection::vec((0usize..14, 0usize..4), 0..2),
        prop::bool::weighted(0.1),
        (
            0usize..20,
            limits(),
            away(),
            claims(),
            ahead(),
            prop::collection::vec(0u32..3, 4),
            units(),
        ),
    )
        .prop_map(
            |(
                (rows, rooms, weights),
                strength,
                max_share,
                min_score,
                methods,
                offer,
                pins,
                fallback,
                (skip, limits, away, (claims, cap), ahead, counted, units),
            )| {
                let row = |(at, (tier, points))| Row {
                    id: format!("l{at}"),
                    tier,
                    points,
                };
                Recipe {
                    rows: rows.into_iter().enumerate().map(row).collect(),
                    rooms,
                    weights,
                    strength,
                    max_share,
                    min_score,
                    methods: methods.into_iter().map(|method| METHODS[method]).collect(),
                    offer,
                    pins,
                    fallback,
                    skip,
                    limits,
                    away,
                    claims,
                    cap,
                    ahead,
                    counted,
                    units,
                }
            },
        )
}

/// Claims by lead (one that is not there, or none for a pull, among them), rep, rank and time; and a cap.
fn claims() -> impl Strategy<Value = (Vec<Asked>, Option<u32>)> {
    let rank = prop::option::of(1u32..5);
    let at = prop::option::of(-5i64..2);
    let claim = (0usize..17, 0usize..5, rank, at);
    let some = prop::collection::vec(claim, 0..30);
    let cap = prop::option::weighted(0.3, 1u32..3);
    (prop_oneof![1 => Just(Vec::new()), 3 => some], cap)
}

fn away() -> impl Strategy<Value = Vec<bool>> {
    let some = prop::collection::vec(prop::bool::weighted(0.4), 4);
    prop_oneof![2 => Just(vec![false; 4]), 1 => some]
}

fn ahead() -> impl Strategy<Value = Vec<Option<i128>>> {
    let some = prop::collection::vec(prop::option::weighted(0.8, -20i128..20), 4);
    prop_oneof![1 => Just(vec![None; 4]), 1 => some]
}

fn units() -> impl Strategy<Value = Vec<Option<u32>>> {
    let some = prop::collection::vec(prop::option::weighted(0.7, 0u32..4), 14);
    prop_oneof![1 => Just(Vec::new()), 1 => some]
}

fn limits() -> impl Strategy<Value = Vec<(Option<u32>, u32, Vec<bool>, usize)>> {
    let leads = prop::collection::vec(any::<bool>(), 14);
    let limit = (prop::option::weighted(0.8, 0u32..4), 0u32..3, leads, 0usize..3);
    prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(limit, 1..4)]
}

impl Recipe {
    /// Clocks that stand at seven leads of weight 1, for all methods and for every pass.
    fn remember(&self, world: &mut World) {
        let lead = TURN / 1000;
        let turns = self.ahead.iter().enumerate();
        let turns =
            turns.filter_map(|(rep, ahead)| Some((format!("r{rep}"), (*ahead)? * lead / 6 + 7 * lead)));
        let clock = Clock {
            now: 7 * lead,
            turns: turns.collect(),
        };
        if !clock.turns.is_empty() {
            for at in 0..self.methods.len() {
                let name = (format!("pass {at}"), String::new());
                world.history.clocks.insert(name, clock.clone());
            }
            world.history.served = clock;
        }
    }

    pub(super) fn world(&self) -> World {
        let names: Vec<String> = (0..self.rooms.len()).map(|rep| format!("r{rep}")).collect();
        let mut world = World::of(&self.rows, World::new(&names.join(" ")).batch.reps.list);
        for (at, rep) in world.batch.reps.list.iter_mut().enumerate() {
            rep.max_open = match self.rooms[at] {
                5 => Ceiling::Unlimited,
                room => Ceiling::At(room),
            };
            rep.weight = Weight(1000 * self.weights[at]);
            rep.new_today = self.counted[at];
            rep.max_new = (self.counted[at] > 0).then_some(2);
            rep.team = ["", "East", "West"][at % 3].to_owned();
            rep.name = ["Ana", "Ben", "Ana", "=Cleo"][at].to_owned();
        }
        if self.skip.is_multiple_of(2) {
            let team = |name: &str| Team {
                name: name.to_owned(),
                territories: Vec::new(),
                max_new: None,
                weight: (name == "East").then_some(Weight(2500)),
                row: 2,
            };
            world.batch.teams = vec![team("East"), team("West")];
        }
        world.rules.balance.strength = Points(self.strength * 100_000);
        world.rules.balance.max_share = self.max_share.map(Weight);
        world.rules.passes.clear();
        self.limit(&mut world);
        for (at, &method) in self.methods.iter().enumerate() {
            let pass = world.and_pass(&format!("pass {at}"), method);
            pass.min_score = self
                .min_score
                .map(|points| Points(points * 10_000))
                .filter(|_| at == 0);
            for lead in (self.skip..pass.leads.len()).step_by(3) {
                pass.leads[lead] = at > 0;
            }
            for rep in (self.skip..pass.reps.len()).step_by(3) {
                pass.reps[rep] = at == 0;
            }
            pass.cap = self.cap.filter(|_| method.is_by_claims());
            pass.offer = self.offer.filter(|_| method == Method::Shotgun);
        }
        for &(lead, rep, rank, at) in &self.claims {
            let lead = if lead < 15 {
                format!("l{lead}")
            } else {
                String::new()
            };
            world.claim(&lead, &format!("r{rep}"), rank, at);
        }
        self.remember(&mut world);
        for &(lead, rep) in &self.pins {
            if lead < self.rows.len() && rep < self.rooms.len() {
                world.pin(&format!("l{lead}"), &format!("r{rep}"));
            }
        }
        for (at, name) in names.iter().enumerate().filter(|(at, _)| self.away[*at]) {
            world.away(name, (at == 1).then_some("holiday"));
        }
        if !self.units.is_empty() {
            let leads = &mut world.batch.leads;
            let unit = |unit: &Option<u32>| unit.map(UnitIndex);
            leads.unit_of = self.units.iter().take(self.rows.len()).map(unit).collect();
            leads.units = (0..4).map(|unit| format!("Unit {unit}")).collect();
        }
        world.rules.fallback = self.fallback.then(|| world.rep("r0"));
        dress(&mut world);
        world
    }

    fn limit(&self, world: &mut World) {
        let names: Vec<String> = (0..self.rooms.len()).map(|rep| format!("r{rep}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let of_team = |team: usize| names.iter().copied().skip(team).step_by(3).collect::<Vec<_>>();
        for (at, (max, min, leads, kind)) in self.limits.iter().enumerate() {
            let groups: Vec<Vec<&str>> = match kind {
                0 => names.iter().map(|&name| vec![name]).collect(),
                1 => [1, 2]
                    .map(of_team)
                    .into_iter()
                    .filter(|team| !team.is_empty())
                    .collect(),
                _ => vec![names.clone()],
            };
            let groups: Vec<&[&str]> = groups.iter().map(Vec::as_slice).collect();
            let leads = &leads[..self.rows.len()];
            let name = format!("limit {at}");
            world.limit(&name, &groups, (*max, *min), Some(leads));
            // every other limit counts what it counted before in its week
            if at % 2 == 0 {
                world.rules.limits[at].period = Period::Week;
            }
            for (rep, &counted) in names.iter().zip(&self.counted) {
                let key = (name.clone(), (*rep).to_owned());
                world.history.counted.insert(key, counted);
            }
        }
    }
}

/// Gives the leads columns of their own, one with a header of ours and text that a spreadsheet would run,
/// and sets a row aside.
fn dress(world: &mut World) {
    let leads = &mut world.batch.leads;
    leads.headers = ["Id", "tier", "note"].map(str::to_owned).to_vec();
    leads.columns[0].headers.clone_from(&leads.headers);
    leads.cells = Cells::new(3);
    for (at, id) in leads.ids.iter().enumerate() {
        let note = ["", "=1+1", "a, \"b\"\nc", "'=x", "ü"][at % 5];
        leads.cells.push([id.as_str(), "mine", note]);
    }
    leads.set_aside.push(SetAside {
        position: leads.sources[0].row(99),
        source: 0,
        reason: "it has 4 cells".to_owned(),
        cells: ["x", "y", "@z", "more"].map(str::to_owned).to_vec(),
    });
}

/// Deals a world and writes its files.
pub(super) fn run(world: World) -> Evidence {
    let allocation = world.deal();
    let run = Run {
        ledger: None,
        batch: &world.batch,
        allocation: &allocation,
        history: &world.history,
        command: vec!["dealt".to_owned()],
        inputs: Vec::new(),
        options: Options {
            crm: None,
            by: None,
            xlsx: false,
            keep_inputs: false,
            strict: None,
        },
    };
    let mut files = Memory::default();
    write(&run, &mut files).expect("memory takes it");
    let text = |name: &str| {
        files
            .0
            .iter()
            .find(|(file, _)| file == name)
            .map(|(_, bytes)| bytes.clone())
    };
    let json = String::from_utf8(text("run.json").expect("it is written")).expect("it is text");
    Evidence {
        record: RunRecord::from_json(&json).expect("it reads back"),
        files: files.0.into_iter().collect(),
        batch: world.batch,
        rules: world.rules,
    }
}

pub(super) fn look(evidence: &Evidence) -> Verdict {
    verify(evidence, None, &|_| ())
}

/// All findings as text.
pub(super) fn said(verdict: &Verdict) -> String {
    let lines: Vec<String> = verdict.findings.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The text of a file, and its replacement with the hash made to fit or not.
pub(super) fn text(evidence: &Evidence, file: &str) -> String {
    String::from_utf8(evidence.files[file].clone()).expect("it is text")
}

/// Whether a finding of a sort is there.
pub(super) fn has(verdict: &Verdict, of: impl Fn(&Finding) -> bool) -> bool {
    verdict.findings.iter().any(of)
}
