//! Runs in which something was changed.

use super::*;
use crate::model::{POINT, Potential};
use std::collections::BTreeMap;

/// Two hot leads too many for Ana, balance, own columns, a lead that nobody may take.
fn evidence() -> Evidence {
    let world = World::new(
        "ann/2  bob/2  cat/1
         l1 0   90  80  -
         l2 0   85  60  10
         l3 1   80  70  30
         l4 1   75  -   20
         l5 2   70  10  5
         l6 2   -   -   -",
    );
    run(world.with(|world| {
        world.rules.balance.strength = Points(100_000);
        dress(world);
    }))
}

/// Replaces a file's text, as an editor would: the record keeps the old hash.
fn edit(evidence: &mut Evidence, file: &str, change: impl FnOnce(&str) -> String) {
    let old = text(evidence, file);
    let new = change(&old);
    assert_ne!(old, new, "the edit changes something");
    evidence.files.insert(file.to_owned(), new.into_bytes());
}

fn check(evidence: &Evidence, expected: &[&str]) -> Verdict {
    let verdict = look(evidence);
    let said = said(&verdict);
    for part in expected {
        assert!(said.contains(part), "{part}\nis not in\n{said}");
    }
    verdict
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

#[test]
fn the_run_is_sound_before_anything_is_changed() {
    let verdict = check(&evidence(), &[]);
    assert_eq!(said(&verdict), "");
    assert_eq!(verdict.proven, ["best match"]);
    assert_eq!(verdict.rows_checked, 6);
    assert!(verdict.pairs_checked >= 18);
}

#[test]
fn a_changed_score_is_found_at_its_line() {
    let mut evidence = evidence();
    edit(&mut evidence, "assignments.csv", |text| {
        text.replacen(",80,", ",81,", 1)
    });
    let verdict = check(
        &evidence,
        &[
            "assignments.csv: it is not as the run wrote it",
            "assignments.csv:2: `score` is `81`; it comes to `80`",
        ],
    );
    assert!(verdict.as_good);
}

#[test]
fn leads_that_changed_hands_for_the_worse_leave_a_gap() {
    let mut evidence = evidence();
    edit(&mut evidence, "assignments.csv", |text| {
        let swapped = text.replace(",ann,", ",?,").replace(",bob,", ",ann,");
        swapped.replace(",?,", ",bob,")
    });
    let verdict = look(&evidence);
    let worse = |finding: &Finding| {
        matches!(
            finding,
            Finding::Gap { .. } | Finding::Illegal { .. } | Finding::OverRoom { .. }
        )
    };
    assert!(has(&verdict, worse), "{}", said(&verdict));
    assert!(!verdict.as_good && verdict.proven.is_empty());
}

#[test]
fn a_lead_with_a_rep_who_may_not_take_it_is_illegal() {
    let mut evidence = evidence();
    edit(&mut evidence, "assignments.csv", |text| {
        let line = lines(text)
            .into_iter()
            .find(|line| line.starts_with("l1,"))
            .expect("it is dealt");
        let holder = line.split(',').nth(1).expect("a rep").to_owned();
        text.replacen(&format!("l1,{holder},"), "l1,cat,", 1)
    });
    check(
        &evidence,
        &["lead `l1` may not be with `cat`: it fails `territory`"],
    );
}

#[test]
fn a_lead_with_a_rep_who_is_away_is_illegal() {
    let table = "ann bob\n l1 0 90 80\n l2 0 70 60";
    let mut evidence = run(World::new(table).with(|world| {
        world.away("ann", Some("holiday"));
        dress(world);
    }));
    assert_eq!(said(&look(&evidence)), "");
    edit(&mut evidence, "assignments.csv", |text| {
        text.replacen("l1,bob,", "l1,ann,", 1)
    });
    check(
        &evidence,
        &["lead `l1` may not be with `ann`: the rep is away until 1970-01-05 (holiday)"],
    );
}

#[test]
fn a_row_that_is_gone_is_a_lost_lead_and_one_twice_a_stray() {
    let mut evidence = evidence();
    let row = lines(&text(&evidence, "assignments.csv"))[1].clone();
    let id = row.split(',').next().expect("an id").to_owned();
    edit(&mut evidence, "assignments.csv", |text| {
        text.replacen(&format!("{row}\n"), "", 1)
    });
    check(
        &evidence,
        &[&format!("lead `{id}` is in none of the files"), "counts.assigned"],
    );
    edit(&mut evidence, "assignments.csv", |text| {
        format!("{text}{row}\n{row}\n")
    });
    check(
        &evidence,
        &[
            &format!("lead `{id}` is there a second time"),
            &format!("lead `{id}` does not stand in the order of the input"),
        ],
    );
}

#[test]
fn one_byte_of_an_own_column_is_found() {
    let mut evidence = evidence();
    edit(&mut evidence, "assignments.csv", |text| {
        text.replacen(",mine,", ",mime,", 1)
    });
    let verdict = check(&evidence, &["`lead_tier` is `mime`; it comes to `mine`"]);
    assert!(verdict.as_good);
}

#[test]
fn a_formula_that_was_armed_again_is_found() {
    let mut evidence = evidence();
    edit(&mut evidence, "assignments.csv", |text| {
        text.replacen("'=1+1", "=1+1", 1)
    });
    check(&evidence, &["`note` is `=1+1`; it comes to `'=1+1`"]);
}

#[test]
fn an_unassigned_lead_whose_reason_changed_is_found() {
    let mut evidence = evidence();
    edit(&mut evidence, "unassigned.csv", |text| {
        text.replacen("no_eligible_rep", "no_pass", 1)
    });
    check(
        &evidence,
        &[
            "`reason` is `no_pass`; it comes to `no_eligible_rep`",
            "counts.by_reason",
        ],
    );
}

#[test]
fn the_workload_and_set_aside_rows_are_made_again() {
    let mut evidence = evidence();
    edit(&mut evidence, "workload.csv", |text| {
        text.replacen("ann,ann,", "ann,Ann,", 1)
    });
    edit(&mut evidence, "set_aside.csv", |text| {
        text.replacen("it has 4 cells", "it had 4 cells", 1)
    });
    check(
        &evidence,
        &[
            "workload.csv:2: `rep_name` is `Ann`; it comes to `ann`",
            "set_aside.csv:2: `reason` is `it had 4 cells`; it comes to `it has 4 cells`",
        ],
    );
}

#[test]
fn a_file_that_is_gone_or_broken_is_named() {
    let mut evidence = evidence();
    evidence.files.remove("workload.csv");
    edit(&mut evidence, "unassigned.csv", |text| format!("{text}\"open\n"));
    check(
        &evidence,
        &[
            "workload.csv: the run wrote it, but it is not there",
            "unassigned.csv:3: a quote is never closed",
        ],
    );
}

#[test]
fn a_raised_potential_is_not_proven() {
    for by in [1, -1, POINT] {
        let mut evidence = evidence();
        let proof = evidence.record.passes[0].proof.as_mut().expect("it has one");
        let potential = proof.potentials.get_mut("ann").expect("she is in it");
        potential.points.0 += by;
        let verdict = look(&evidence);
        let found = |finding: &Finding| matches!(finding, Finding::Gap { .. } | Finding::NotLeast { .. });
        assert!(has(&verdict, found), "{by}: {}", said(&verdict));
        assert!(verdict.proven.is_empty());
    }
}

#[test]
fn a_greatest_potential_that_was_changed_or_taken_away_is_found() {
    let check_with = |change: &dyn Fn(&mut BTreeMap<String, Potential>)| {
        let mut evidence = evidence();
        let proof = evidence.record.passes[0].proof.as_mut().expect("it has one");
        change(&mut proof.greatest);
        let expected = "run.json: pass `best match`: the greatest potential of `ann` is not the greatest";
        assert!(check(&evidence, &[expected]).proven.is_empty());
    };
    for by in [1, -1, POINT] {
        check_with(&|greatest| greatest.get_mut("ann").expect("she is in it").points.0 += by);
    }
    check_with(&|greatest| {
        greatest.remove("ann").expect("she is in it");
    });
}

#[test]
fn numbers_of_the_record_are_added_up_again() {
    let mut evidence = evidence();
    evidence.record.counts.assigned += 1;
    let pass = &mut evidence.record.passes[0];
    pass.dealt += 1;
    pass.overtaken += 1;
    let proof = pass.proof.as_mut().expect("it has one");
    proof.objective.points += 1;
    proof.bound.fairness += 1;
    proof.prices.insert(
        "bob".to_owned(),
        Potential {
            points: Points(7),
            ..Potential::default()
        },
    );
    check(
        &evidence,
        &[
            "run.json: `counts.assigned`",
            "run.json: `passes[0].dealt`",
            "run.json: `passes[0].overtaken`",
            "run.json: `passes[0].proof.objective.points`",
            "run.json: `passes[0].proof.bound.fairness`",
            "run.json: `passes[0].proof.prices.bob`",
        ],
    );
}

#[test]
fn leads_that_tie_may_change_hands_and_the_deal_is_as_good() {
    let mut evidence = run(World::new("ann/1 bob/1\n l1 0 80 80\n l2 0 80 80").with(dress));
    edit(&mut evidence, "assignments.csv", |text| {
        let swapped = text.replace(",ann,ann,", ",?,").replace(",bob,bob,", ",ann,ann,");
        swapped.replace(",?,", ",bob,bob,")
    });
    let verdict = look(&evidence);
    assert!(verdict.as_good, "{}", said(&verdict));
    assert_eq!(verdict.proven, ["best match"]);
}

#[test]
fn a_turn_that_was_skipped_is_found() {
    let mut evidence = run(World::new("ann bob\n l1 0 80 80\n l2 0 80 80").with(|world| {
        world.rules.passes[0].method = Method::RoundRobin;
        dress(world);
    }));
    edit(&mut evidence, "assignments.csv", |text| {
        text.replace(",ann,ann,", ",bob,bob,")
    });
    check(
        &evidence,
        &["lead `l1` went to `bob` in pass `best match`, but it was the turn of `ann`"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_cell_can_be_changed_unseen(recipe in recipes(), row in 1usize..20, column in 0usize..30, which in 0usize..4) {
        let mut evidence = run(recipe.world());
        let file = ["assignments.csv", "unassigned.csv", "workload.csv", "set_aside.csv"][which];
        let old = super::super::files::OutTable::read(&evidence.files[file], b',').expect("it is whole");
        prop_assume!(old.cells.rows() > 0);
        let (row, column) = (row % old.cells.rows(), column % old.headers.len());
        let mut text = old.headers.join(",") + "\n";
        for at in 0..old.cells.rows() {
            let cells: Vec<String> = old
                .cells
                .row(at)
                .enumerate()
                .map(|(place, cell)| if (at, place) == (row, column) { format!("{cell}x") } else { cell.to_owned() })
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect();
            text += &(cells.join(",") + "\n");
        }
        evidence.files.insert(file.to_owned(), text.into_bytes());
        let verdict = look(&evidence);
        let cell = |finding: &Finding| !matches!(finding, Finding::AlteredFile { .. });
        prop_assert!(has(&verdict, cell), "{} {} {}\n{}", file, row, column, said(&verdict));
    }

    #[test]
    fn no_potential_can_be_changed_unseen(recipe in recipes(), at in 0usize..8, by in -3i64..=3, fair in -3i64..=3) {
        let recipe = super::Recipe { limits: Vec::new(), units: Vec::new(), ..recipe };
        prop_assume!(by != 0 || fair != 0);
        let mut evidence = run(recipe.world());
        let proofs: Vec<_> = evidence.record.passes.iter_mut().filter_map(|pass| pass.proof.as_mut()).collect();
        let potentials: Vec<_> = proofs
            .into_iter()
            .flat_map(|proof| proof.potentials.values_mut().chain(proof.greatest.values_mut()))
            .collect();
        prop_assume!(!potentials.is_empty());
        let place = at % potentials.len();
        let potential = potentials.into_iter().nth(place).expect("it is within");
        potential.points.0 += by;
        potential.fairness += fair;
        let verdict = look(&evidence);
        let found = |finding: &Finding| {
            matches!(finding, Finding::Gap { .. } | Finding::NotLeast { .. } | Finding::NotGreatest { .. })
        };
        prop_assert!(has(&verdict, found), "{}", said(&verdict));
    }

    #[test]
    fn no_bytes_of_the_files_break_the_check(recipe in recipes(), at in 0usize..2000, byte in any::<u8>()) {
        let mut evidence = run(recipe.world());
        for bytes in evidence.files.values_mut() {
            let length = bytes.len();
            if length > 0 {
                bytes[at % length] = byte;
            }
        }
        let _ = look(&evidence);
        let _ = crate::proof::explain(&evidence, "l0", Some("r0"), &|_| ());
    }
}

#[test]
fn leads_beyond_a_limit_are_found_and_pinned_ones_are_not() {
    let world = || {
        World::new(
            "ann/9 bob/9
             l1 0  90  80
             l2 0  85  60
             l3 0  80  70",
        )
        .with(|world| {
            world.rules.passes[0].method = Method::RoundRobin;
            world.limit("one", &[&["ann"], &["bob"]], (Some(1), 0), None);
            dress(world);
        })
    };
    assert!(look(&run(world())).is_sound());
    let pinned = run(world().with(|world| {
        world.pin("l2", "ann");
        world.pin("l3", "ann");
    }));
    assert_eq!(said(&look(&pinned)), "");
    let mut evidence = run(world());
    evidence.rules.limits[0].groups[0].max = Some(0);
    check(&evidence, &["limit `one`: `ann` got 1, which is more than 0"]);
    let mut evidence = run(world());
    evidence.record.limits[1].dealt = 2;
    check(&evidence, &["`limits[1]` is"]);
}
