//! Commands killed at any instant, on a full disk, without permission and two at a time: nothing is lost, and
//! nothing is done twice.

#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "its counts are to be seen with `--nocapture`")]

mod transcript;

use dealt::ledger::{LISTINGS, Ledger, Opening};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use transcript::{Scratch, copy, dealt, files};

type Files = BTreeMap<String, Vec<u8>>;

/// What `--verbose` says as each step of a run is done.
const STEPS: [&str; 7] = [
    "read and checked",
    "dealt",
    "files staged",
    "recorded in the ledger",
    "files in place",
    "noted in the ledger as in place",
    "written",
];
const FIRST: &str = "run night1.csv reps.csv --rules nightly.toml --ledger sales.dealt --by rep --verbose \
                     --as-of 2026-06-01T02:00";
const SECOND: &str = "run night2.csv reps.csv --rules nightly.toml --ledger sales.dealt --verbose \
                      --as-of 2026-06-02T02:00";

/// A folder of its own, in memory where the system has such a place: a killed program needs no disk.
fn scratch(name: &str) -> Scratch {
    let memory = Path::new("/dev/shm");
    let scratch = Scratch::new(name);
    if !memory.is_dir() {
        return scratch;
    }
    let folder = memory.join(format!(
        "dealt-{}",
        scratch.0.file_name().expect("a name").to_string_lossy()
    ));
    match fs::create_dir(&folder) {
        Ok(()) => Scratch(folder),
        Err(_) => scratch,
    }
}

fn command(folder: &Path, line: &str) -> Command {
    let mut command = dealt(folder, line.split_whitespace());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &Path, line: &str) -> Output {
    command(folder, line).output().expect("the program starts")
}

fn must(folder: &Path, line: &str) {
    let output = run(folder, line);
    assert!(
        output.status.success(),
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// What a ledger lists but for the runs' own paths; nothing where nothing is recorded.
fn listed(folder: &Path) -> Vec<String> {
    let path = folder.join("sales.dealt");
    let is_there = fs::metadata(&path).is_ok_and(|about| about.len() > 0);
    let mut rows = Vec::new();
    if is_there {
        let ledger = Ledger::open(&path, Opening::Existing).expect("the ledger opens");
        for listing in LISTINGS.iter().filter(|listing| listing.name != "runs") {
            let mut head = true;
            let mut add = |cells: &[String]| {
                if !std::mem::take(&mut head) {
                    rows.push(format!("{}: {}", listing.name, cells.join("|")));
                }
                Ok(())
            };
            ledger.list(listing, &mut add).expect("the ledger can be read");
        }
    }
    rows
}

/// The outputs and those of the nights before, without what waits to be put in place.
fn outputs(folder: &Path) -> Files {
    let all = files(folder).into_iter();
    all.filter(|(name, _)| name.starts_with("out") && name.contains('/') && !name.contains("/.dealt-"))
        .collect()
}

/// The folders and files directly in a folder.
fn entries(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("readable");
    let names = entries.map(|entry| {
        entry
            .expect("readable")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    names.filter(|name| name != "listing").collect()
}

/// A command with what is there before it and after it.
struct Scene {
    line: String,
    start: Scratch,
    /// How long the command takes, and how long of that from when it has dealt.
    whole: Duration,
    last_part: Duration,
    before: (Vec<String>, Files),
    after: (Vec<String>, Files),
    names: BTreeSet<String>,
}

impl Scene {
    /// Does some commands, and then the one that is to be disturbed.
    fn new(earlier: &[&str], line: &str) -> Self {
        let start = scratch("scene");
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        for name in ["night1.csv", "night2.csv", "reps.csv", "outcomes1.csv"] {
            fs::copy(project.join("samples/nightly").join(name), start.path(name)).expect("readable");
        }
        fs::copy(project.join("rules/nightly.toml"), start.path("nightly.toml")).expect("readable");
        fs::write(start.path("nothing.csv"), "lead_id,outcome,at\n").expect("writable");
        for line in earlier {
            must(&start.0, line);
        }
        let done = scratch("done");
        copy(&start.0, &done.0);
        let begun = Instant::now();
        let mut child = command(&done.0, line).spawn().expect("the program starts");
        let stderr = BufReader::new(child.stderr.take().expect("piped"));
        let mut dealt = Duration::ZERO;
        for line in stderr.lines() {
            if line.expect("text").starts_with("dealt after") {
                dealt = begun.elapsed();
            }
        }
        assert!(
            child.wait_with_output().expect("it ends").status.success(),
            "{line}"
        );
        let whole = begun.elapsed();
        let state = |folder: &Scratch| (listed(&folder.0), outputs(&folder.0));
        Self {
            line: line.to_owned(),
            before: state(&start),
            after: state(&done),
            names: entries(&done.0),
            start,
            whole,
            last_part: whole.saturating_sub(dealt),
        }
    }

    fn fresh(&self) -> Scratch {
        let work = scratch("work");
        copy(&self.start.0, &work.0);
        work
    }

    fn begin(&self, work: &Scratch) -> Child {
        command(&work.0, &self.line).spawn().expect("the program starts")
    }

    /// Tells whether the command is recorded; neither in part.
    fn is_recorded(&self, work: &Scratch, what: &str) -> bool {
        let found = listed(&work.0);
        assert!(
            found == self.before.0 || found == self.after.0,
            "{what}: the ledger is in between"
        );
        found == self.after.0
    }

    /// Ledger and outputs are all old or all new.
    fn is_whole(&self, work: &Scratch, what: &str) {
        let wanted = if self.is_recorded(work, what) {
            &self.after
        } else {
            &self.before
        };
        let found = outputs(&work.0);
        assert!(found == wanted.1, "{what}: {:?}", found.keys());
    }

    /// The same command again ends as if nothing had been.
    fn ends_the_same(&self, work: &Scratch, what: &str) {
        let output = run(&work.0, &self.line);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{what}: {told}");
        must(&work.0, "history sales.dealt --csv listing");
        assert!(listed(&work.0) == self.after.0, "{what}: another ledger");
        assert!(
            outputs(&work.0) == self.after.1,
            "{what}: {:?}",
            outputs(&work.0).keys()
        );
        assert_eq!(entries(&work.0), self.names, "{what}");
    }
}

/// Instants from a fixed seed, as shares of a command's time and a little more.
fn instants(count: u32, seed: u64) -> impl Iterator<Item = f64> {
    let mut state = seed;
    (0..count).map(move |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let share = f64::from(u32::try_from(state >> 32).expect("32 bits")) / f64::from(u32::MAX);
        share * 1.1
    })
}

/// Kills a process a while after it told of a step, or after its start; the last step that it told of.
fn kill_after(mut child: Child, from: Option<&str>, wait: Duration) -> String {
    let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
    let (mut told, mut line) = (String::new(), String::new());
    while from.is_some_and(|step| !line.starts_with(&format!("{step} after"))) {
        line.clear();
        if stderr.read_line(&mut line).expect("text") == 0 {
            break;
        }
        told.push_str(&line);
    }
    std::thread::sleep(wait);
    let _ = child.kill();
    stderr.read_to_string(&mut told).expect("text");
    child.wait_with_output().expect("it ends");
    let step = STEPS
        .iter()
        .rev()
        .find(|step| told.contains(&format!("{step} after")));
    step.map_or("start", |step| step).to_owned()
}

/// What may come after a kill; then the same run again.
fn go_on(scene: &Scene, work: &Scratch, turn: usize, what: &str) {
    let recorded = scene.is_recorded(work, what);
    let what = format!("{what}, recorded: {recorded}, turn {}", turn % 5);
    let may_lack = if listed(&work.0).is_empty() {
        Some(2)
    } else {
        Some(0)
    };
    let next = match turn % 5 {
        1 => "verify out",
        2 => "history sales.dealt",
        3 => "record sales.dealt nothing.csv",
        4 if recorded => "undo sales.dealt",
        _ => return scene.ends_the_same(work, &what),
    };
    let output = run(&work.0, next);
    let code = output.status.code();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        code == Some(0) || (!recorded && code == may_lack) || (!recorded && scene.before.0.is_empty()),
        "{what}: {told}"
    );
    if next.starts_with("undo") {
        // the run keeps its number, so that the next one has another
        let dealt = |rows: &[String]| -> Vec<String> {
            let rows = rows.iter().filter(|row| row.starts_with("assignments: "));
            // lead, rep, team, pass, tier, score, reason, state
            rows.map(|row| row.split('|').skip(1).take(8).collect::<Vec<_>>().join("|"))
                .collect()
        };
        assert_eq!(
            dealt(&listed(&work.0)),
            dealt(&scene.before.0),
            "{what}: not taken back"
        );
        assert!(outputs(&work.0) == scene.after.1, "{what}: the files stay");
        must(&work.0, &scene.line);
        assert_eq!(
            dealt(&listed(&work.0)),
            dealt(&scene.after.0),
            "{what}: another ledger"
        );
        let name = "out/assignments.csv";
        assert!(outputs(&work.0)[name] == scene.after.1[name], "{what}: {name}");
        must(&work.0, "verify out");
    } else {
        scene.is_whole(work, &what);
        scene.ends_the_same(work, &what);
    }
}

fn kill_at_random(scene: &Scene, count: u32, seed: u64, name: &str) {
    let mut hit: BTreeMap<String, u32> = BTreeMap::new();
    for (turn, share) in instants(count, seed).enumerate() {
        let work = scene.fresh();
        // the files are written in the last part
        let (from, time) = match turn % 3 {
            0 => (None, scene.whole),
            _ => (Some("dealt"), scene.last_part),
        };
        let step = kill_after(scene.begin(&work), from, time.mul_f64(share));
        let what = format!("{name}: killed at {share:.3}, after `{step}`");
        *hit.entry(step).or_default() += 1;
        go_on(scene, &work, turn, &what);
    }
    println!("{name}: {count} kills, findings: 0; the last step before the kill: {hit:?}");
}

#[test]
fn a_first_run_killed_at_any_instant_is_all_old_or_all_new() {
    kill_at_random(&Scene::new(&[], FIRST), 150, 1, "the first run");
}

#[test]
fn a_later_run_killed_at_any_instant_is_all_old_or_all_new() {
    let scene = Scene::new(&[FIRST, "record sales.dealt outcomes1.csv"], SECOND);
    nothing_is_lost_or_twice(&scene);
    kill_at_random(&scene, 150, 2, "a later run");
}

/// Every lead of the night is in one file, and stands with one rep; the proof holds, also of the night before.
fn nothing_is_lost_or_twice(scene: &Scene) {
    let work = scene.fresh();
    must(&work.0, &scene.line);
    must(&work.0, "verify out");
    let archive = scene
        .names
        .iter()
        .find(|name| name.starts_with("out."))
        .expect("it is kept");
    must(&work.0, &format!("verify {archive}"));
    must(&work.0, "history sales.dealt --csv listing");
    let text = |name: &str| fs::read_to_string(work.path(name)).expect("readable");
    let night = text("night2.csv");
    let outputs =
        ["assignments", "unassigned", "standing", "set_aside"].map(|name| text(&format!("out/{name}.csv")));
    for line in night.lines().skip(1) {
        let id = format!("{},", line.split(',').next().expect("an id"));
        let rows = outputs
            .iter()
            .flat_map(|text| text.lines())
            .filter(|row| row.starts_with(&id));
        assert_eq!(rows.count(), 1, "{id}");
    }
    let column = |text: &str, header: &str| {
        text.lines()
            .next()
            .and_then(|head| head.split(',').position(|own| own == header))
    };
    let (dealt, returns) = (text("listing/assignments.csv"), text("listing/returns.csv"));
    let at = column(&dealt, "lead_id").expect("a column");
    let ids = |text: &str, at: usize| -> Vec<String> {
        text.lines()
            .skip(1)
            .map(|line| line.split(',').nth(at).expect("a cell").to_owned())
            .collect()
    };
    let returned = ids(&returns, column(&returns, "lead_id").expect("a column"));
    let all = ids(&dealt, at);
    for id in &all {
        let times = |list: &[String]| list.iter().filter(|other| *other == id).count();
        assert!(times(&all) <= times(&returned) + 1, "lead {id} stands twice");
    }
}

#[test]
fn a_run_killed_at_every_named_step_is_all_old_or_all_new() {
    let scenes = [
        Scene::new(&[], FIRST),
        Scene::new(&[FIRST, "record sales.dealt outcomes1.csv"], SECOND),
    ];
    let mut turn = 0;
    for scene in &scenes {
        for step in STEPS {
            for _ in 0..3 {
                let work = scene.fresh();
                let last = kill_after(scene.begin(&work), Some(step), Duration::ZERO);
                assert!(last != "start", "`{step}` was never told");
                go_on(scene, &work, turn, &format!("killed at `{step}`"));
                turn += 1;
            }
        }
    }
    println!(
        "named steps: {turn} kills, findings: 0; {} a step: {}",
        turn / STEPS.len(),
        STEPS.join(", ")
    );
}

#[test]
fn outcomes_an_undo_a_plan_and_its_commit_killed_at_any_instant_are_all_old_or_all_new() {
    let plan = format!("{SECOND} --plan");
    let cases: [(&[&str], &str); 4] = [
        (&[FIRST], "record sales.dealt outcomes1.csv"),
        (&[FIRST, SECOND], "undo sales.dealt 2"),
        (&[FIRST], &plan),
        (&[FIRST, &plan], "commit out"),
    ];
    for (earlier, line) in cases {
        let scene = Scene::new(earlier, line);
        let (mut old, mut new) = (0, 0);
        for share in instants(25, 3) {
            let work = scene.fresh();
            let child = scene.begin(&work);
            kill_after(child, None, scene.whole.mul_f64(share));
            let what = format!("`{line}` killed at {share:.3}");
            // whatever was killed, this finishes what counts
            must(&work.0, "history sales.dealt");
            let again = run(&work.0, line);
            let told = String::from_utf8_lossy(&again.stderr);
            let is_done = told.contains("is not the latest")
                || told.contains("is run 2 of")
                || told.contains("no run 2");
            assert!(
                again.status.success() || (again.status.code() == Some(2) && is_done),
                "{what}: {told}"
            );
            *(if is_done { &mut new } else { &mut old }) += 1;
            must(&work.0, "verify out");
            assert!(listed(&work.0) == scene.after.0, "{what}: another ledger");
            let same = outputs(&work.0) == scene.after.1;
            assert!(same, "{what}: {:?}", outputs(&work.0).keys());
        }
        println!(
            "`{line}`: {} kills, {old} done again, {new} done before; findings: 0",
            old + new
        );
    }
}

#[test]
fn a_full_disk_is_said_and_changes_nothing() {
    let scenes = [
        Scene::new(&[], FIRST),
        Scene::new(&[FIRST, "record sales.dealt outcomes1.csv"], SECOND),
    ];
    let (mut refused, mut done) = (0, 0);
    for scene in &scenes {
        for blocks in [
            0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 192, 200, 240, 248, 256, 512,
        ] {
            let work = scene.fresh();
            // the signal of a file too large would kill it; ignored, writing fails as on a full disk
            let script = format!("trap '' 25; ulimit -f {blocks}; exec \"$0\" {}", scene.line);
            let output = Command::new("/bin/sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_dealt")])
                .current_dir(&work.0)
                .env_clear()
                .output()
                .expect("there is a shell");
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            let what = format!("{blocks} blocks: {told}");
            match output.status.code() {
                Some(0) => done += 1,
                Some(1) => {
                    refused += 1;
                    assert!(told.contains("error: ") && told.contains("write"), "{what}");
                    assert!(!told.contains("panicked"), "{what}");
                }
                other => panic!("exit {other:?} with {what}"),
            }
            scene.is_whole(&work, &what);
            scene.ends_the_same(&work, &what);
        }
    }
    assert!(refused > 10 && done > 0, "{refused} and {done}");
    println!("full disk: {refused} runs refused, {done} had room; findings: 0");
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

/// Gives everybody a folder with all in it.
fn give(folder: &Path) {
    allow(folder, 0o777);
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            give(&path);
        } else {
            allow(&path, 0o666);
        }
    }
}

#[test]
fn without_permission_a_run_says_so_and_changes_nothing() {
    let scene = Scene::new(&[FIRST, "record sales.dealt outcomes1.csv"], SECOND);
    // permissions mean nothing to root, so that it runs as nobody
    let is_root = fs::read_to_string("/proc/self/status").is_ok_and(|text| text.contains("\nUid:\t0\t"));
    let start = |work: &Path| -> std::io::Result<Output> {
        let mut command = command(work, &scene.line);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        command.output()
    };
    let probe = scene.fresh();
    give(&probe.0);
    if !start(&probe.0).is_ok_and(|output| output.status.success()) {
        println!(
            "without permission: not tried, for root may everything and the program cannot run as nobody"
        );
        return;
    }
    for closed in ["out", "sales.dealt", "."] {
        let work = scene.fresh();
        give(&work.0);
        let path: PathBuf = work.path(closed);
        allow(&path, if path.is_dir() { 0o555 } else { 0o444 });
        let output = start(&work.0).expect("the program starts");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        assert!(
            matches!(code, Some(1 | 2)) && told.contains("error: "),
            "{closed}: {code:?} {told}"
        );
        assert!(!told.contains("panicked"), "{closed}: {told}");
        println!(
            "without permission for `{closed}`: exit {code:?}: {}",
            told.lines().last().unwrap_or_default()
        );
        give(&work.0);
        let found = outputs(&work.0);
        assert!(
            !scene.is_recorded(&work, closed) && found == scene.before.1,
            "{closed}: {:?}",
            found.keys()
        );
        scene.ends_the_same(&work, closed);
    }
}

#[test]
fn of_two_runs_at_the_same_instant_one_does_the_work() {
    let scene = Scene::new(&[], FIRST);
    let (mut held, mut found_done) = (0, 0);
    for turn in 0..100 {
        let work = scene.fresh();
        let (one, two) = (scene.begin(&work), scene.begin(&work));
        let outputs = [one, two].map(|child| child.wait_with_output().expect("it ends"));
        let mut workers = 0;
        for output in &outputs {
            let told = String::from_utf8_lossy(&output.stderr);
            let said = String::from_utf8_lossy(&output.stdout);
            match output.status.code() {
                Some(0) if said.starts_with("nothing to do") => found_done += 1,
                Some(0) => workers += 1,
                Some(4) => {
                    held += 1;
                    assert!(
                        told.contains("another run holds the ledger: process ") && told.contains(", since "),
                        "{told}"
                    );
                }
                other => panic!("turn {turn}: exit {other:?}: {told}"),
            }
        }
        assert_eq!(workers, 1, "turn {turn}");
        scene.is_whole(&work, "two at once");
    }
    println!(
        "two at once: 100 times; {held} were told who holds the ledger, {found_done} found it done; findings: 0"
    );
}
