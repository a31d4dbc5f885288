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
        world.history.served.insert("ann".to_owned(), u64::from(u32::MAX));
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
