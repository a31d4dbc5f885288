//! Rows against the plain scorer, and classes against leads one by one.

use super::{Problem, Scorer, Teams, by_id};
use crate::deal::testing::{Row, World};
use crate::model::{LeadIndex, Points, RepIndex, Weight};
use crate::rules::testing::{batch, bound, part, requirement};
use crate::solve::transport::{FORBIDDEN, Node, Options, Rows, Slope, Tree, solve};
use proptest::prelude::*;

type Part = (u32, Vec<Option<Vec<i32>>>);

/// Some parts with a weight, and units by lead and rep; a lead without units is left out.
fn parts(leads: usize, reps: usize) -> impl Strategy<Value = Vec<Part>> {
    let units = prop_oneof![Just(0), Just(1_000_000), 0..=1_000_000i32];
    let row = prop::option::weighted(0.8, prop::collection::vec(units, reps));
    let weight = prop_oneof![
        Just(0),
        (1..9u32).prop_map(|weight| weight * 1000),
        1..=1_000_000_000u32
    ];
    prop::collection::vec((weight, prop::collection::vec(row, leads)), 0..4)
}

fn world(leads: usize, names: &[&str], parts: &[Part], may: &[Option<Vec<bool>>]) -> World {
    let rows: Vec<Row> = (0..leads)
        .map(|lead| Row {
            id: format!("lead-{lead}"),
            tier: 0,
            points: vec![Some(0); names.len()],
        })
        .collect();
    let mut world = World::of(&rows, World::new(&names.join(" ")).batch.reps.list);
    world.rules.parts = parts
        .iter()
        .map(|(weight, rows)| part("part", Weight(*weight), names.len(), rows))
        .collect();
    world.rules.requirements = vec![requirement("rule", names.len(), may)];
    world
}

const NAMES: [&str; 4] = ["b", "a", "d", "c"];
const LEADS: usize = 6;
const ZONES: [&str; 5] = [
    "",
    "UTC",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
];
const HOURS: [&str; 5] = ["", "9-17", "Mon-Sat 22:00-06:00", "24/7", "Sat 10-14"];

proptest! {
    #[test]
    fn rows_are_the_plain_scorers(
        parts in parts(LEADS, NAMES.len()),
        may in prop::collection::vec(prop::option::of(prop::collection::vec(any::<bool>(), NAMES.len())), LEADS),
        min_score in prop::option::of(0..=1_000_000i64),
        active in prop::collection::vec(any::<bool>(), NAMES.len()),
        relaxed in any::<bool>(),
    ) {
        let mut world = world(LEADS, &NAMES, &parts, &may);
        world.rules.passes[0].min_score = min_score.map(Points);
        world.rules.passes[0].relaxed[0] = relaxed;
        for (rep, active) in world.batch.reps.list.iter_mut().zip(active) {
            rep.active = active;
        }
        let (batch, rules) = (&world.batch, &world.rules);
        let scorer = Scorer::new(batch, rules);
        let leads: Vec<LeadIndex> = (0..LEADS).map(LeadIndex::new).collect();
        let teams = Teams::new(&batch.reps);
        let pass = &rules.passes[0];
        let problem = Problem::new(batch, &scorer, pass, &leads, &[None; LEADS], &teams.of);
        let by_id = by_id(NAMES.len(), |rep| NAMES[rep]).into_iter().map(RepIndex);
        let reps: Vec<RepIndex> = by_id.filter(|rep| batch.reps.list[rep.at()].active).collect();
        prop_assert_eq!(problem.reps(), reps.as_slice());
        let mut row = vec![0; reps.len()];
        for class in 0..problem.classes().len() {
            problem.row(class, &mut row);
            for &lead in problem.classes().leads(class) {
                for (&score, &rep) in row.iter().zip(&reps) {
                    let points = rules.points(lead, rep).total;
                    let eligible = rules.may(Some(pass), lead, rep) && pass.min_score.is_none_or(|least| points >= least);
                    prop_assert_eq!((score != FORBIDDEN).then_some(i64::from(score)), eligible.then_some(points.0));
                }
            }
        }
    }

    #[test]
    fn rows_are_the_plain_scorers_of_hours_and_zones(
        leads in prop::collection::vec((0..ZONES.len(), 0..HOURS.len()), 1..10),
        reps in prop::collection::vec((0..ZONES.len(), 0..HOURS.len(), 0..4_u32, 0..3_usize), 1..8),
        least in 0..5_u32,
    ) {
        let lead = |(at, (zone, hours)): (usize, &(usize, usize))| {
            format!("\n{at}|{}|{}", ZONES[*zone], HOURS[*hours])
        };
        let rep = |(at, (zone, hours, open, away)): (usize, &(usize, usize, u32, usize))| {
            let away = ["", "0.5", "0.9"][*away];
            format!("\nr{at}|{}|{}|3|{open}|{away}", ZONES[*zone], HOURS[*hours])
        };
        let batch = batch(
            &("id|time_zone|hours".to_owned() + &leads.iter().enumerate().map(lead).collect::<String>()),
            &("id|time_zone|hours|max_open|open|away".to_owned() + &reps.iter().enumerate().map(rep).collect::<String>()),
        );
        let text = format!(
            "[score]\navailability = 3\n[[prefer]]\nname = 'awake'\nvalue = 'pair.overlap * pair.availability / 100'\n\
             [[require]]\nname = 'reach'\nwhen = 'has(pair.overlap)'\nthat = 'pair.overlap >= {least} / 8'"
        );
        let rules = bound(&text, &batch);
        let scorer = Scorer::new(&batch, &rules);
        let leads: Vec<LeadIndex> = (0..batch.leads.len()).map(LeadIndex::new).collect();
        let teams = Teams::new(&batch.reps);
        let pass = &rules.passes[0];
        let free = vec![None; leads.len()];
        let problem = Problem::new(&batch, &scorer, pass, &leads, &free, &teams.of);
        let mut row = vec![0; problem.reps().len()];
        for class in 0..problem.classes().len() {
            problem.row(class, &mut row);
            for &lead in problem.classes().leads(class) {
                for (&score, &rep) in row.iter().zip(problem.reps()) {
                    let points = rules.may(Some(pass), lead, rep).then(|| rules.points(lead, rep).total);
                    prop_assert_eq!((score != FORBIDDEN).then_some(i64::from(score)), points.map(|points| points.0));
                }
            }
        }
    }

    #[test]
    fn classes_change_no_total(
        rows in prop::collection::vec(prop::collection::vec(0..3i32, 3), 1..12),
        rooms in prop::collection::vec(0..4u32, 3),
    ) {
        let units: Vec<Option<Vec<i32>>> = rows
            .iter()
            .map(|row| Some(row.iter().map(|step| step * 300_000).collect()))
            .collect();
        let may = rows.iter().map(|row| Some(row.iter().map(|&step| step > 0).collect())).collect::<Vec<_>>();
        let world = world(rows.len(), &NAMES[..3], &[(1000, units)], &may);
        let scorer = Scorer::new(&world.batch, &world.rules);
        let leads: Vec<LeadIndex> = (0..rows.len()).map(LeadIndex::new).collect();
        let teams = vec![None; 3];
        let free = vec![None; rows.len()];
        let problem = || Problem::new(&world.batch, &scorer, &world.rules.passes[0], &leads, &free, &teams);
        let slope = |numerator| Slope { numerator, denominator: 1, start: 0, offset: 0 };
        let nodes = rooms.iter().map(|&room| Node { balance: slope(1000), fairness: slope(1), ..Node::with_room(room) });
        let tree = Tree::flat(nodes.collect());
        let options = Options { threads: 1, progress: &|_| {} };
        let merged = solve(&problem(), &tree, &options).unwrap();
        let apart = solve(&problem().apart(&leads), &tree, &options).unwrap();
        prop_assert_eq!(merged.objective, apart.objective);
        prop_assert_eq!(merged.potentials, apart.potentials);
        prop_assert_eq!(merged.greatest, apart.greatest);
    }
}
