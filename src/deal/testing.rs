//! Small batches with rules made of plain tables.

use crate::deal::deal_with_threads;
use crate::model::{
    Absence, Allocation, AsOf, Batch, Ceiling, Cells, Claim, Claimant, FileColumns, Frame, History, Leads,
    Moment, Origin, Outcome, Ownership, Period, Pin, Place, Placing, Rep, RepIndex, Reps, Shape, Source,
    TierIndex, Weight,
};
use crate::rules::{Limit, LimitGroup, Method, Pass, Rules, testing};
use crate::solve::rotation::TURN;

/// A lead: id, tier and points by rep; `None` where a hard rule named `territory` forbids it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) tier: u8,
    pub(crate) points: Vec<Option<i32>>,
}

/// A batch and its rules, to be changed by a test before it is dealt.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) batch: Batch,
    pub(crate) rules: Rules,
    pub(crate) history: History,
}

fn source(file: &str) -> Source {
    Source {
        file: file.to_owned(),
        shape: Shape::Lines,
    }
}

fn rep(id: &str, room: Option<u32>) -> Rep {
    Rep {
        max_open: room.map_or(Ceiling::Unlimited, Ceiling::At),
        row: 2,
        ..Rep::named(id, id)
    }
}

pub(crate) fn pass(name: &str, method: Method, leads: usize, reps: usize) -> Pass {
    Pass {
        name: name.to_owned(),
        method,
        leads: vec![true; leads],
        reps: vec![true; reps],
        min_score: None,
        relaxed: vec![false],
        groups: vec![0; leads],
        group_names: vec![String::new()],
        catch_up: false,
        floor: 0.25,
        offer: None,
        cap: None,
    }
}

impl World {
    /// Makes a world of a table such as
    ///
    /// ```text
    ///          ann/2  bob/1  cat
    /// l1 0     90     80     -
    /// ```
    ///
    /// with the reps and their room in the first line (none = no ceiling), then for each lead its id, its
    /// tier and its points with each rep, `-` where a hard rule forbids the pair.
    pub(crate) fn new(table: &str) -> Self {
        let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
        let reps = lines.next().expect("a line of reps").split_whitespace();
        let reps = reps.map(|word| match word.split_once('/') {
            Some((id, room)) => rep(id, Some(room.parse().expect("a number"))),
            None => rep(word, None),
        });
        let rows = lines.map(|line| {
            let mut words = line.split_whitespace();
            Row {
                id: words.next().expect("an id").to_owned(),
                tier: words.next().expect("a tier").parse().expect("a number"),
                points: words.map(|word| word.parse().ok()).collect(),
            }
        });
        Self::of(&rows.collect::<Vec<_>>(), reps.collect())
    }

    pub(crate) fn of(rows: &[Row], reps: Vec<Rep>) -> Self {
        let count = reps.len();
        let batch = Batch {
            leads: leads(rows),
            reps: Reps {
                source: source("reps.csv"),
                frame: Frame::new(count, Vec::new()),
                columns: FileColumns::default(),
                list: reps,
            },
            pins: Vec::new(),
            claims: Vec::new(),
            teams: Vec::new(),
            past: crate::model::Past::default(),
            listings: Vec::new(),
            reconciled: None,
            as_of: AsOf {
                moment: Moment(0),
                zone: jiff::tz::TimeZone::UTC,
            },
            country: None,
            time_off: Vec::new(),
            notes: Vec::new(),
        };
        let units = |row: &Row| {
            row.points
                .iter()
                .map(|points| points.unwrap_or(0) * 10_000)
                .collect()
        };
        let units: Vec<Option<Vec<i32>>> = rows.iter().map(|row| Some(units(row))).collect();
        let may = |row: &Row| row.points.iter().map(Option::is_some).collect();
        let may: Vec<Option<Vec<bool>>> = rows.iter().map(|row| Some(may(row))).collect();
        let mut rules = testing::rules(
            rows.iter().map(|row| TierIndex(row.tier)).collect(),
            vec![testing::part("skill", Weight::ONE, count, &units)],
            vec![testing::requirement("territory", count, &may)],
        );
        rules.passes = vec![pass("best match", Method::Optimal, rows.len(), count)];
        Self {
            batch,
            rules,
            history: History::default(),
        }
    }

    /// Changes the world before it is dealt.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Adds a pass for all leads and reps.
    pub(crate) fn and_pass(&mut self, name: &str, method: Method) -> &mut Pass {
        let (leads, reps) = (self.batch.leads.len(), self.batch.reps.list.len());
        self.rules.passes.push(pass(name, method, leads, reps));
        self.rules.passes.last_mut().expect("just added")
    }

    pub(crate) fn pin(&mut self, lead: &str, rep: &str) {
        let rep = self.rep(rep);
        self.batch.pins.push(Pin {
            lead_id: lead.to_owned(),
            rep,
            reason: String::new(),
        });
    }

    /// Adds a claim to a lead, or a pull where the lead is empty, in the next row; a rep whom the table does not
    /// have is unknown.
    pub(crate) fn claim(&mut self, lead: &str, rep: &str, rank: Option<u32>, at: Option<i64>) {
        let found = self.batch.reps.list.iter().position(|known| known.id == rep);
        let row = u32::try_from(self.batch.claims.len()).expect("few claims") + 2;
        self.batch.claims.push(Claim {
            lead_id: lead.to_owned(),
            by: found.map_or_else(
                || Claimant::Unknown(rep.to_owned()),
                |rep| Claimant::Rep(RepIndex::new(rep)),
            ),
            rank,
            at: at.map(Moment),
            row,
        });
    }

    /// Adds a limit: `max` and `min` for every group, reps by group, of leads that `holds` says.
    pub(crate) fn limit(
        &mut self,
        name: &str,
        groups: &[&[&str]],
        (max, min): (Option<u32>, u32),
        holds: Option<&[bool]>,
    ) {
        let mut limit = Limit {
            name: name.to_owned(),
            per: "region".to_owned(),
            period: Period::Run,
            leads: holds.map(<[bool]>::to_vec),
            group: vec![None; self.batch.reps.list.len()],
            groups: Vec::new(),
        };
        for (at, group) in (0..).zip(groups) {
            let reps: Vec<RepIndex> = group.iter().map(|rep| self.rep(rep)).collect();
            for rep in &reps {
                limit.group[rep.at()] = Some(at);
            }
            limit.groups.push(LimitGroup {
                name: group.join("+"),
                reps,
                max,
                min,
            });
        }
        self.rules.limits.push(limit);
    }

    /// Sends a rep away for the whole run, back on the 5th.
    pub(crate) fn away(&mut self, rep: &str, reason: Option<&str>) {
        let rep = self.rep(rep);
        self.batch.reps.list[rep.at()].absence = Some(Absence {
            away: 28_800,
            working: 28_800,
            back: Some(jiff::civil::date(1970, 1, 5)),
            reason: reason.unwrap_or_default().to_owned(),
        });
    }

    /// Tells that earlier runs dealt a rep of weight 1 so many leads, and none of the others any.
    pub(crate) fn served(&mut self, rep: &str, leads: i128) {
        let clock = &mut self.history.served;
        let all = self.batch.reps.list.iter().map(|rep| rep.id.clone());
        clock.turns = all.map(|id| (id, 0)).collect();
        clock.turns.insert(rep.to_owned(), leads * TURN / 1000);
    }

    pub(crate) fn rep(&self, id: &str) -> RepIndex {
        let found = self.batch.reps.list.iter().position(|rep| rep.id == id);
        RepIndex::new(found.expect("a rep of the table"))
    }

    pub(crate) fn deal(&self) -> Allocation {
        deal_with_threads(&self.batch, &self.rules, &self.history, 1, &|_| {})
    }

    /// What became of every lead: `l1 ann, l2 team East, l3 no_room`.
    pub(crate) fn told(&self, allocation: &Allocation) -> String {
        let told: Vec<String> = self
            .batch
            .leads
            .ids
            .iter()
            .zip(&allocation.outcomes)
            .map(|(id, outcome)| match outcome {
                Outcome::Unassigned { reason, .. } => format!("{id} {}", reason.name()),
                Outcome::Assigned(deal) => match (deal.rep, deal.team) {
                    (Some(rep), _) => format!("{id} {}", self.batch.reps.list[rep.at()].id),
                    (None, team) => format!("{id} team {}", allocation.teams[team.expect("a team").at()]),
                },
            })
            .collect();
        told.join(", ")
    }
}

/// The leads by which a history has moved the turn of a rep of weight 1.
pub(crate) fn turn(history: &History, rep: &str) -> i128 {
    history.served.turns.get(rep).map_or(0, |turn| turn * 1000 / TURN)
}

fn leads(rows: &[Row]) -> Leads {
    let count = rows.len();
    Leads {
        sources: vec![source("leads.csv")],
        ids: rows.iter().map(|row| row.id.clone()).collect(),
        origins: (2..).take(count).map(|row| Origin { source: 0, row }).collect(),
        headers: Vec::new(),
        cells: Cells::new(0),
        frame: Frame::new(count, Vec::new()),
        columns: vec![FileColumns::default()],
        places: vec![Place::NOWHERE; count],
        placing: Placing::default(),
        offices: Vec::new(),
        office_of: Vec::new(),
        ownership: vec![Ownership::Free; count],
        account_owners: vec![None; count],
        set_aside: Vec::new(),
        delimiter: b',',
        bom: false,
        ids_are_rows: false,
        ..Leads::default()
    }
}

/// Deals a world and compares what became of every lead.
pub(crate) fn check(world: &World, expected: &str) -> Allocation {
    let allocation = world.deal();
    assert_eq!(world.told(&allocation), expected);
    allocation
}
