//! Runs with units: checked, explained, and found out when a unit is parted.

use super::*;

/// Three leads of Acme and one of nobody, with reps who have room for three leads and for two.
fn world() -> World {
    let table = "ann/3 bob/2 cat/2\n l1 0 90 80 70\n l2 0 90 80 70\n l3 0 10 80 70\n l4 0 95 20 10";
    World::new(table).with(|world| {
        let acme = Some(UnitIndex(0));
        world.batch.leads.unit_of = vec![acme, acme, acme, None];
        world.batch.leads.units = vec!["Acme".to_owned()];
        dress(world);
    })
}

#[test]
fn a_unit_that_the_best_flow_parts_is_dealt_whole_and_bounded() {
    let evidence = run(world());
    let proof = evidence.record.passes[0].proof.as_ref().expect("it has one");
    // The mean is 63.3 with ann, 80 with bob and 70 with cat; apart they would be with bob, bob and cat.
    assert_eq!(proof.objective.assigned, [4, 0, 0]);
    assert!(proof.gap.is_some() && proof.bound.points > proof.objective.points);
    let verdict = look(&evidence);
    assert_eq!(said(&verdict), "");
    assert_eq!((verdict.proven.len(), verdict.bounded.len()), (0, 1));
    let text = text(&evidence, "assignments.csv");
    let together = "together with 2 other leads of Acme: bob scores higher for all but has no place for all";
    assert_eq!(text.matches(together).count(), 3, "{text}");
}

#[test]
fn a_bound_of_units_that_is_another_is_found() {
    let mut evidence = run(world());
    let proof = evidence.record.passes[0].proof.as_mut().expect("it has one");
    proof.bound.points += 1;
    assert!(said(&look(&evidence)).contains("bound.points"));
}

#[test]
fn a_unit_that_was_parted_is_found() {
    let mut evidence = run(world().with(|world| {
        for rep in &mut world.batch.reps.list {
            rep.max_open = Ceiling::At(4);
        }
    }));
    assert_eq!(said(&look(&evidence)), "");
    // as if the leads had been apart when they were dealt
    let apart = run(World::new("ann/9 bob/9\n l1 0 90 80\n l2 0 80 90").with(dress));
    evidence = Evidence {
        batch: apart.batch.clone(),
        ..apart
    };
    evidence.batch.leads.unit_of = vec![Some(UnitIndex(0)); 2];
    evidence.batch.leads.units = vec!["Acme".to_owned()];
    let parted = |finding: &Finding| matches!(finding, Finding::Parted { leads: 2, .. });
    assert!(has(&look(&evidence), parted), "{}", said(&look(&evidence)));
}

#[test]
fn another_rep_for_a_lead_of_a_unit_costs_so_much_at_least() {
    let roomy = world().with(|world| {
        for rep in &mut world.batch.reps.list {
            rep.max_open = Ceiling::At(4);
        }
    });
    let answer = crate::proof::explain(&run(roomy), "l3", Some("cat"), &|_| ()).expect("known");
    assert!(answer.contains("costs at least"), "{answer}");
    let answer = crate::proof::explain(&run(world()), "l3", Some("cat"), &|_| ()).expect("known");
    assert!(answer.contains("together with 2 other leads of Acme"), "{answer}");
}
