use super::text::columns;
use super::*;
use crate::model::{
    Ceiling, Held, LeadIndex, LevelGap, LimitProof, LimitReport, Note, Outcome, Period, RepIndex, TierIndex,
};
use crate::report::fixture::{Sample, deal, rep, sample};

fn lines(sample: &Sample, width: usize, verbose: bool) -> Vec<String> {
    let text = summary(&sample.run(), width, verbose);
    text.lines().map(str::to_owned).collect()
}

fn says(sample: &Sample, line: &str) {
    let lines = lines(sample, 80, false);
    assert!(
        lines.iter().any(|found| found == line),
        "no `{line}` in\n{}",
        lines.join("\n")
    );
}

#[test]
fn a_small_run_is_summed_up() {
    let expected = "\
3 leads as of 2026-06-01T09:00:00+02:00: 2 assigned, 1 unassigned; 1 row set
    aside
assigned by tier: hot 1 of 1, other 1 of 2

 rep      before  new  after   ceiling  used        score
 Anna          3    1      4         8  █████░░░░░   87.5
 Bo, Jr.       0    1      1         1  ██████████   40.0
 Cleo          2    0      2  inactive  ██░░░░░░░░

why leads are unassigned, and what would change that:
1  no_room: REMEDY

best possible in each optimal pass: proven
dealt in other ways: 1 lead: 1 by round_robin (the rest)

warning: 3 leads have no place
";
    let sample = sample();
    let run = sample.run();
    let remedy = View::of(&run);
    let (_, reason, _) = remedy.undealt().next().expect("one lead was not dealt");
    let mut page = Page::new(80);
    page.item("1  ", &format!("no_room: {}", remedy.remedy(reason)));
    let expected = expected.replace("1  no_room: REMEDY\n", &page.finish());
    assert_eq!(summary(&run, 80, false), expected);
}

#[test]
fn facts_are_said_only_when_asked_for() {
    let fact = "note: `Id` is the id".to_owned();
    assert!(!lines(&sample(), 80, false).contains(&fact));
    assert!(lines(&sample(), 80, true).contains(&fact));
}

#[test]
fn no_line_is_longer_than_the_terminal() {
    let mut sample = sample();
    sample.batch.reps.list[0].name = "李".repeat(60);
    sample.batch.reps.list[1].name = "a name without an end ".repeat(9);
    sample.batch.reps.list[1].team = "x".repeat(90);
    sample.batch.reps.list[1].max_open = Ceiling::At(u32::MAX);
    sample.batch.reps.list[1].open = u32::MAX - 1;
    sample.batch.notes.push(Note::warning("w".repeat(300)));
    sample.allocation.passes[0].name = "p".repeat(200);
    sample.allocation.passes[0].overtaken = 3;
    sample
        .allocation
        .bent
        .push((LeadIndex(0), RepIndex(0), vec!["territory".to_owned(); 20]));
    for width in [40, 80, 120] {
        for line in lines(&sample, width, true) {
            assert!(columns(&line) <= width, "{width}: {line}");
        }
    }
}

#[test]
fn a_long_roster_shows_those_with_most_and_counts_the_rest() {
    let mut sample = sample();
    let names = (0..30).map(|at| rep(&format!("X{at}"), &format!("Rep {at}"), 0, 9));
    sample.batch.reps.list = names.collect();
    sample.allocation.outcomes = [29, 29, 3].map(|rep| Outcome::Assigned(deal(rep, 1))).to_vec();
    let lines = lines(&sample, 80, false);
    let at = |start: &str| lines.iter().position(|line| line.trim_start().starts_with(start));
    assert!(at("Rep 29") < at("Rep 3 "), "{}", lines.join("\n"));
    assert!(at("Rep 3 ") < at("Rep 0"));
    assert_eq!(at("Rep 25"), None);
    assert!(
        at("and 10 more reps with 0 new leads, see workload.csv").is_some(),
        "{}",
        lines.join("\n")
    );
}

#[test]
fn what_is_not_proven_is_said_level_by_level() {
    let mut sample = sample();
    let proof = sample.allocation.passes[0]
        .proof
        .as_mut()
        .expect("the pass is optimal");
    proof.gap = Some(LevelGap::Points);
    proof.bound.points += 25_000;
    says(&sample, "best possible in each optimal pass: NOT proven");
    says(
        &sample,
        "  best match: at most 2.5 more points in all might be had",
    );
    let proof = sample.allocation.passes[0]
        .proof
        .as_mut()
        .expect("the pass is optimal");
    proof.gap = Some(LevelGap::Tier(crate::model::TierIndex(0)));
    proof.bound.assigned[0] += 2;
    says(
        &sample,
        "  best match: at most 2 more `hot` leads might be assigned",
    );
}

#[test]
fn bent_pins_and_overtaken_leads_are_named() {
    let mut sample = sample();
    sample.allocation.passes[0].overtaken = 1;
    sample.allocation.bent = vec![
        (
            LeadIndex(0),
            RepIndex(1),
            vec!["territory".to_owned(), "ceiling".to_owned()]
        );
        7
    ];
    says(
        &sample,
        "pin kept though it breaks territory, ceiling: lead L1 to Bo, Jr.",
    );
    says(&sample, "and 2 more such pins");
    says(
        &sample,
        "overtaken: 1 lead of a better tier was left undealt by the `when`, `reps` or",
    );
}

#[test]
fn names_cannot_command_the_terminal() {
    let mut sample = sample();
    sample.batch.reps.list[0].name = "An\u{1b}[31mna\u{202e}".to_owned();
    sample.batch.notes.push(Note::warning("\u{7}bell\nbreak"));
    let text = summary(&sample.run(), 80, true);
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()) && !text.contains('\u{202e}'),
        "{text}"
    );
}

#[test]
fn the_files_are_listed_with_folders_counted() {
    let names = [
        "assignments.csv",
        "by/a.csv",
        "by/b.csv",
        "inputs/01-x.gz",
        "run.json",
    ]
    .map(str::to_owned);
    assert_eq!(
        files("out", &names, 80),
        "in out: assignments.csv, run.json, by/ (2 files), inputs/ (1 file)\n"
    );
}

#[test]
fn limits_that_are_reached_and_minimums_that_are_missed_are_named() {
    let mut sample = sample();
    let report = |rep: u32, dealt: u64, max: Option<u32>, min: u32| LimitReport {
        before: 0,
        period: Period::Run,
        limit: "one each".to_owned(),
        held: Held::Rep(RepIndex(rep)),
        dealt,
        max,
        min,
    };
    sample.allocation.limits = vec![report(0, 2, Some(2), 1), report(1, 0, Some(2), 1)];
    says(&sample, "limit `one each`: reached by 1 of 2");
    says(&sample, "limit `one each`: too few for Bo, Jr. (0 of 1)");
    let before = LimitReport {
        before: 2,
        period: Period::Week,
        ..report(1, 0, Some(2), 1)
    };
    sample.allocation.limits = vec![before];
    says(&sample, "limit `one each`: reached by 1 of 1");
    sample.allocation.limits = vec![report(0, 2, None, 1)];
    assert!(!summary(&sample.run(), 80, false).contains("one each"));
}

#[test]
fn a_pass_with_limits_that_cross_says_how_far_it_is_proven() {
    let mut sample = sample();
    let proof = sample.allocation.passes[0].proof.as_mut().expect("it has one");
    proof.limits = Some(LimitProof::default());
    proof.gap = Some(LevelGap::Points);
    proof.bound.points += 200;
    says(
        &sample,
        "best possible in each optimal pass, with limits that cross:",
    );
    says(&sample, "  best match: leads proven; points within 0.03%");
    let proof = sample.allocation.passes[0].proof.as_mut().expect("it has one");
    proof.gap = Some(LevelGap::Tier(TierIndex(1)));
    proof.bound.assigned[1] = 2;
    says(&sample, "  best match: hot leads proven; other leads within 2");
    sample.batch.leads.units = vec!["Acme".to_owned()];
    says(
        &sample,
        "best possible in each optimal pass, with units that stay whole and limits:",
    );
    let proof = sample.allocation.passes[0].proof.as_mut().expect("it has one");
    proof.limits = None;
    says(
        &sample,
        "best possible in each optimal pass, with units that stay whole:",
    );
}
