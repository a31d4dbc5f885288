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
