//! Runs as they were made.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_run_is_sound(recipe in recipes()) {
        let evidence = run(recipe.world());
        let verdict = look(&evidence);
        prop_assert!(
            verdict.is_sound(),
            "{}\n{}\n{}",
            said(&verdict),
            text(&evidence, "assignments.csv"),
            text(&evidence, "unassigned.csv")
        );
        prop_assert_eq!(verdict.rows_checked, recipe.rows.len() as u64);
    }

    #[test]
    fn a_sample_of_a_sound_run_is_sound(recipe in recipes(), wanted in 0usize..14) {
        let verdict = verify(&run(recipe.world()), Some(wanted), &|_| ());
        prop_assert!(verdict.is_sound(), "{}", said(&verdict));
        prop_assert_eq!(verdict.rows_checked, wanted.min(recipe.rows.len()) as u64);
    }
}

#[test]
fn costs_that_the_run_left_out_as_too_large_are_left_out_again() {
    let rows: Vec<String> = (0..40)
        .map(|lead| format!("l{lead} {} 90 80", lead % 3))
        .collect();
    let table = rows.join("\n");
    let evidence = run(World::new(&format!("ann/9 bob/9\n{table}")).with(|world| {
        world.rules.balance.strength = Points(i64::MAX);
        for (rep, weight) in world.batch.reps.list.iter_mut().zip([1, 1_000_000_000]) {
            rep.weight = Weight(weight);
            rep.open = 8;
        }
        world.served("ann", u32::MAX.into());
        dress(world);
    }));
    let notes = &evidence.record.notes;
    assert!(
        notes.iter().any(|note| note.text.contains("too large together")),
        "{notes:?}"
    );
    let verdict = look(&evidence);
    assert!(verdict.is_sound(), "{}", said(&verdict));
}

#[test]
fn a_limit_on_leads_whoever_gets_them_is_proven_with_a_single_tier() {
    let table = "ann/0 bob/0\n l0 0 - -\n l1 0 - -\n l2 0 0 0\n l3 0 - 0";
    let evidence = run(World::new(table).with(|world| {
        let only = [false, false, true, false];
        world.limit("none", &[&["ann", "bob"]], (Some(0), 0), Some(&only));
        dress(world);
    }));
    assert_eq!(said(&look(&evidence)), "");
}

/// Two teams of two reps, each team with room for four leads in two of its categories.
fn crossing() -> World {
    let score = |lead: usize, rep: usize| 10 + (lead * 37 + rep * 53 + lead * rep * 11) % 89;
    let row = |lead: usize| {
        let scores: Vec<String> = (0..4).map(|rep| score(lead, rep).to_string()).collect();
        format!("l{lead} {} {}", lead % 2, scores.join(" "))
    };
    let rows: Vec<String> = (0..32).map(row).collect();
    World::new(&format!("ann/7 bob/7 cat/7 dee/7\n{}", rows.join("\n"))).with(|world| {
        let held = |share: usize| (0..32).map(|lead| lead % share == 0).collect::<Vec<bool>>();
        let teams: [&[&str]; 2] = [&["ann", "bob"], &["cat", "dee"]];
        world.limit("every other", &teams, (Some(6), 0), Some(&held(2)));
        world.limit("every third", &teams, (Some(4), 0), Some(&held(3)));
        dress(world);
    })
}

#[test]
fn where_limits_cross_the_bound_is_added_up_again_and_the_gap_is_small() {
    let evidence = run(crossing());
    let proof = evidence.record.passes[0]
        .proof
        .as_ref()
        .expect("it is solved as a whole");
    let levels = &proof.limits.as_ref().expect("there are limits").levels;
    assert!(!levels.is_empty(), "the limits that nest do not prove it alone");
    assert_eq!(proof.objective.assigned, proof.bound.assigned);
    let more = proof.bound.points - proof.objective.points;
    assert!((0..=proof.objective.points / 50).contains(&more), "{more}");
    let verdict = look(&evidence);
    assert_eq!(said(&verdict), "");
    let passes = verdict.proven.len() + verdict.bounded.len();
    assert_eq!(
        (passes, verdict.bounded.len()),
        (1, usize::from(proof.gap.is_some()))
    );
}

#[test]
fn where_limits_cross_a_changed_price_of_the_bound_is_found() {
    let mut evidence = run(crossing());
    let proof = evidence.record.passes[0].proof.as_mut();
    let limits = proof
        .and_then(|proof| proof.limits.as_mut())
        .expect("there are limits");
    let level = limits
        .levels
        .last_mut()
        .expect("the limits that nest do not prove it alone");
    level.own[0] += 1000 * level.unit.max(1);
    assert!(said(&look(&evidence)).contains("bound"));
}
