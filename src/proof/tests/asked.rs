//! Questions about single leads.

use super::*;
use crate::deal::testing::World;

fn check(evidence: &Evidence, lead: &str, rep: Option<&str>, expected: &str) {
    let said = match crate::proof::explain(evidence, lead, rep, &|_| ()) {
        Ok(text) => text,
        Err(mistakes) => format!("{mistakes}\n"),
    };
    assert_eq!(said, expected);
}

fn evidence() -> Evidence {
    run(World::new("ann/1 bob/1 cat\n l1 0 90 80 -\n l2 0 85 60 10\n l3 2 80 70 20").with(dress))
}

#[test]
fn the_cost_of_another_rep_is_exact() {
    // Best: l1 with bob, l2 with ann, l3 with cat: 80 + 85 + 20. With l3 at ann: 80 + 10 + 80.
    check(
        &evidence(),
        "l3",
        Some("ann"),
        "\
lead `l3` (tier other) went to cat in pass `best match`
why: ann scores higher but is full; one more place there would bring +60 points

who may take it in pass `best match`, best first:
  rep  score  skill  room  one more place
  ann     80     80     0      +60 points
  bob     70     70     0      +50 points
  cat     20     20   any               -

ann: forcing this pair costs 15 points
  part   ann  cat
  skill   80   20
  score   80   20
",
    );
}

#[test]
fn a_rule_that_blocks_is_named() {
    check(
        &evidence(),
        "l1",
        Some("cat"),
        "\
lead `l1` (tier hot) went to bob in pass `best match`
why: ann scores higher but is full; one more place there would bring +60 points

who may take it in pass `best match`, best first:
  rep  score  skill  room  one more place
  ann     90     90     0      +60 points
  bob     80     80     0      +50 points
1 active rep may not take it

cat: may not take it
  `territory`: the rule does not hold
  part   cat  bob
  skill    0   80
  score    0   80
",
    );
}

#[test]
fn a_rep_who_is_away_is_said_to_be_and_until_when() {
    let world = World::new("ann bob\n l1 0 90 80").with(|world| {
        world.away("ann", Some("holiday"));
        dress(world);
    });
    check(
        &run(world),
        "l1",
        Some("ann"),
        "\
lead `l1` (tier hot) went to bob in pass `best match`
why: only rep who may take it

who may take it in pass `best match`, best first:
  rep  score  skill  room  one more place
  bob     80     80   any               -
1 active rep may not take it

ann: may not take it
  `away`: ann is away until 1970-01-05 (holiday)
  part   ann  bob
  skill   90   80
  score   90   80
",
    );
}

#[test]
fn an_unknown_lead_or_rep_is_a_mistake_with_a_suggestion() {
    check(
        &evidence(),
        "l33",
        Some("catt"),
        "\
error: no lead `l33` is in this run [unknown-lead]
  hint: did you mean `l3`?
error: no rep `catt` is on the roster [unknown-rep]
  hint: did you mean `cat`?
",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The deal is made again with every other rep forbidden for the lead, which then must be dealt.
    #[test]
    fn the_cost_of_forcing_is_what_a_new_deal_loses(recipe in recipes(), lead in 0usize..14, rep in 0usize..4) {
        let mut recipe = recipe;
        recipe.methods = vec![Method::Optimal];
        recipe.pins.clear();
        recipe.fallback = false;
        recipe.skip = usize::MAX;
        recipe.max_share = None;
        recipe.limits.clear();
        recipe.units.clear();
        prop_assume!(!recipe.rows.is_empty());
        let (lead, rep) = (lead % recipe.rows.len(), rep % recipe.rooms.len());
        let points = recipe.rows[lead].points[rep];
        prop_assume!(points.is_some());
        let free = run(recipe.world());
        let (id, name) = (format!("l{lead}"), format!("r{rep}"));
        let said = crate::proof::explain(&free, &id, Some(&name), &|_| ()).expect("both are known");
        // a lead of a tier above all others is dealt whenever it can be
        for row in &mut recipe.rows {
            row.tier += 1;
        }
        recipe.rows[lead].tier = 0;
        recipe.rows[lead].points.iter_mut().enumerate().filter(|(at, _)| *at != rep).for_each(|(_, points)| *points = None);
        let mut world = recipe.world();
        world.rules.tiers.insert(0, "first".to_owned());
        let forced = run(world);
        let totals = |evidence: &Evidence| {
            let proof = evidence.record.passes[0].proof.clone().expect("it has one");
            (proof.objective.assigned, proof.objective.points - proof.objective.balance)
        };
        let ((mut before, points_before), (mut after, points_after)) = (totals(&free), totals(&forced));
        let held = after.remove(0);
        if held == 0 {
            let none = ["had no room", "`min_score`", "`away`"].iter().any(|none| said.contains(none));
            prop_assert!(none || said.contains(" has it\n"), "{}", said);
            return Ok(());
        }
        after[usize::from(recipe_tier(&free, lead))] += 1;
        let same = before == after && points_before == points_after;
        let nothing = said.contains("costs no") || said.contains(" has it\n");
        prop_assert_eq!(same, nothing, "{}\n{:?} {} {:?} {}", said, before, points_before, after, points_after);
        if before == after && !same {
            let lost = crate::explain::points_exact(Points(i64::try_from(points_before - points_after).expect("small")));
            prop_assert!(said.contains(&format!("costs {lost}\n")), "{}\n{}", said, lost);
        }
        before.clear();
    }
}

fn recipe_tier(evidence: &Evidence, lead: usize) -> u8 {
    evidence.rules.lead_tiers[lead].0
}

#[test]
fn a_limit_that_stands_in_the_way_is_named() {
    let evidence = run(
        World::new("ann/9 bob/9\n l1 0 90 80\n l2 0 85 60\n l3 2 80 70").with(|world| {
            world.rules.passes[0].method = Method::RoundRobin;
            world.limit("one", &[&["ann"]], (Some(1), 0), None);
            dress(world);
        }),
    );
    check(
        &evidence,
        "l3",
        Some("ann"),
        "\
lead `l3` (tier other) went to bob in pass `best match`
why: next in turn

who may take it in pass `best match`, best first:
  rep  score  skill  room
  ann     80     80     8
  bob     70     70     7

ann: `one` is reached by region `ann` with 1 lead
  part   ann  bob
  skill   80   70
  score   80   70
",
    );
}
