//! Reads leads and reps, binds the built-in rules and solves their pass, rows scored on demand; prints one
//! line of JSON about the solving alone. Unlike `solve_file`, no matrix of leads × reps ever exists. With `--units`
//! the whole dealing is timed as well, of leads alone and in units.

mod measure;

use anyhow::{Context, ensure};
use clap::Parser;
use dealt::model::{AsOf, Batch, LeadIndex, Moment, UnitIndex};
use dealt::problem::{Fairness, Hold, Problem, Scorer, Shares, Teams, UnitOfPass, by_id};
use dealt::read::{self, InputTable, Inputs, Reading};
use dealt::rules::{self, Method, Rules};
use dealt::solve::crossing;
use dealt::solve::transport::{Node, Options, Rows, Tree};
use jiff::tz::TimeZone;
use measure::{Read, peak_mb, seconds, whole};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

/// The moment of the batch: 1 June 2026, UTC. Nothing in the built-in rules depends on it.
const AS_OF: Moment = Moment(1_780_272_000);

/// Solves the pass of the built-in rules and prints one line of JSON about it.
#[derive(Parser)]
struct Arguments {
    /// The leads, in any format that `dealt` reads.
    leads: String,
    /// The reps.
    reps: String,
    /// Threads to use.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    /// Puts leads into so many units of 2 to 8 that go to one rep.
    #[arg(long, default_value_t = 0)]
    units: u32,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(line) => {
            let _ = writeln!(std::io::stdout(), "{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    let start = Instant::now();
    let table = |name: &str| {
        read::input_file(name).map(|file| InputTable {
            file,
            sheet: read::split_sheet(name).1,
        })
    };
    let inputs = Inputs {
        leads: vec![table(&arguments.leads)?],
        reps: table(&arguments.reps)?,
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing: Vec::new(),
        accounts: Vec::new(),
        past: dealt::model::Past::default(),
        reading: Reading::default(),
    };
    let rule_file = rules::load("rules/default.toml", rules::DEFAULT)?;
    let as_of = AsOf {
        moment: AS_OF,
        zone: TimeZone::UTC,
    };
    let mut batch = read::batch(&inputs, &rule_file.settings, as_of)?;
    drop(inputs);
    let read = Read::since(start);
    let alone = arguments.units > 0;
    if alone {
        gather(&mut batch, arguments.units);
    }
    let start = Instant::now();
    let rules = rules::bind(&rule_file, &batch, &BTreeMap::new())?;
    let scorer = Scorer::new(&batch, &rules);
    let pass = rules.passes.first().context("no pass")?;
    ensure!(
        pass.method == Method::Optimal,
        "nothing can be scored, so the leads are dealt in turn"
    );
    let leads = leads(&batch, &rules);
    let teams = Teams::new(&batch.reps);
    let nobody = vec![None; batch.leads.len()];
    let problem = Problem::new(&batch, &scorer, pass, &leads, &nobody, &teams.of);
    let units = units(&batch, &leads);
    let problem = problem.together(&leads, units);
    let tree = tree(&batch, &rules, &problem);
    let bind_s = start.elapsed().as_secs_f64();
    let mut line = solve(&problem, &tree, arguments, &read, bind_s, leads.len())?;
    drop(problem);
    if alone {
        drop(scorer);
        line["deal_units_s"] = deal(&batch, &rules, arguments.threads);
        batch.leads.unit_of.clear();
        line["deal_alone_s"] = deal(&batch, &rules, arguments.threads);
    }
    Ok(line)
}

/// Solves and describes what came of it.
fn solve(
    problem: &Problem<'_>,
    tree: &Tree,
    arguments: &Arguments,
    read: &Read,
    bind_s: f64,
    leads: usize,
) -> anyhow::Result<Value> {
    let base_mb = peak_mb();
    let options = Options {
        threads: arguments.threads.into(),
        progress: &|_| (),
    };
    let start = Instant::now();
    let crossed = crossing::solve(problem, tree, &[], problem.units(), &options)?;
    let (solution, bound) = (&crossed.solution, &crossed.bound);
    let solve_s = start.elapsed().as_secs_f64();
    let rss_mb = peak_mb();
    let net = |totals: &dealt::model::Totals| totals.points - totals.balance;
    let assigned: u64 = solution.objective.assigned.iter().sum();
    Ok(json!({
        "inst": arguments.leads,
        "leads": leads,
        "classes": problem.classes().len(),
        "reps": problem.leaves(),
        "threads": arguments.threads,
        "obj": whole(net(&solution.objective)),
        "unassigned": leads as u64 - assigned,
        "read_s": seconds(read.seconds),
        "bind_s": seconds(bind_s),
        "solve_s": seconds(solve_s),
        "read_mb": read.peak_mb,
        "base_mb": base_mb,
        "rss_mb": rss_mb,
        "gap": whole(net(bound) - net(&solution.objective)),
        "gap_leads": bound.assigned.iter().sum::<u64>() - assigned,
        "proven": *bound == solution.objective,
    }))
}

/// Puts leads, in an order that looks random, into units of 2 to 8, as long as there are any.
fn gather(batch: &mut Batch, count: u32) {
    let leads = batch.leads.len();
    let noise = |number: usize| (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    let mut order: Vec<usize> = (0..leads).collect();
    order.sort_by_key(|&lead| noise(lead + 1));
    batch.leads.unit_of = vec![None; leads];
    let mut left = order.into_iter();
    for unit in 0..count {
        let size = 2 + usize::try_from(noise(unit as usize) % 7).unwrap_or(0);
        for lead in left.by_ref().take(size) {
            batch.leads.unit_of[lead] = Some(UnitIndex(unit));
        }
        batch.leads.units.push(format!("unit {unit}"));
    }
}

/// The units of leads.
fn units(batch: &Batch, leads: &[LeadIndex]) -> Vec<UnitOfPass> {
    let mut units: BTreeMap<UnitIndex, Vec<LeadIndex>> = BTreeMap::new();
    for &lead in leads {
        if let Some(Some(unit)) = batch.leads.unit_of.get(lead.at()) {
            units.entry(*unit).or_default().push(lead);
        }
    }
    let unit = |(unit, leads)| UnitOfPass {
        unit,
        leads,
        hold: Hold::Free,
        before: 0,
    };
    units
        .into_iter()
        .map(unit)
        .filter(|unit| unit.leads.len() > 1)
        .collect()
}

/// Seconds that the whole dealing takes.
fn deal(batch: &Batch, rules: &Rules, threads: u16) -> Value {
    let start = Instant::now();
    let history = dealt::model::History::default();
    let allocation = dealt::deal::deal_with_threads(batch, rules, &history, threads.into(), &|_| ());
    let dealt: u64 = allocation.passes.iter().map(|pass| pass.dealt).sum();
    json!([seconds(start.elapsed().as_secs_f64()), dealt])
}

/// The leads that the first pass is for, in id order.
fn leads(batch: &Batch, rules: &Rules) -> Vec<LeadIndex> {
    let up = |lead: &LeadIndex| rules.passes[0].leads[lead.at()] && rules.barred[lead.at()].is_none();
    by_id(batch.leads.len(), |at| &batch.leads.ids[at])
        .into_iter()
        .map(LeadIndex)
        .filter(up)
        .collect()
}

/// One leaf for each rep, as the dealing makes them.
fn tree(batch: &Batch, rules: &Rules, problem: &Problem<'_>) -> Tree {
    let rep = |at: &dealt::model::RepIndex| &batch.reps.list[at.at()];
    let weight = |at| u64::from(rep(at).weight.0);
    let weights: Vec<u64> = problem.reps().iter().map(weight).collect();
    let (shares, fairness) = (Shares::new(batch, rules), Fairness::new(&weights, &[]));
    let node = |at| Node {
        balance: shares.balance(shares.ceiling(rep(at)), u64::from(rep(at).open)),
        fairness: fairness.slope(weight(at), 0, 0),
        ..Node::with_room(rep(at).room().min(shares.most(rep(at))))
    };
    Tree::flat(problem.reps().iter().map(node).collect())
}
