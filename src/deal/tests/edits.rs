//! Plans changed by hand: all else stays, and turns go with the leads.

use crate::deal::testing::{World, turn};
use crate::deal::{Edit, Edited, edit};
use crate::model::LeadIndex;
use crate::rules::Method;

fn world() -> World {
    World::new(
        "     ann/1  bob/1  cat
         l1 0  50   50   -
         l2 0  50   50   50
         l3 0  50   50   50",
    )
    .with(|world| {
        world.rules.passes[0].method = Method::RoundRobin;
        world.batch.past.is_kept = true;
    })
}

/// Changes the plan of a world; each edit is a lead and a rep, or `-`.
fn edited(world: &World, edits: &[(usize, &str)]) -> Edited {
    let edits: Vec<Edit> = edits
        .iter()
        .map(|&(lead, rep)| Edit {
            lead: LeadIndex::new(lead),
            rep: (rep != "-").then(|| world.rep(rep)),
        })
        .collect();
    edit(&world.batch, &world.rules, world.deal(), &edits)
}

fn check(edits: &[(usize, &str)], expected: &str, broken: &[&[&str]]) {
    let world = world();
    assert_eq!(world.told(&world.deal()), "l1 ann, l2 bob, l3 cat");
    let edited = edited(&world, edits);
    assert_eq!(world.told(&edited.allocation), expected);
    assert_eq!(edited.broken, broken);
}

#[test]
fn only_the_leads_that_were_changed_change() {
    check(&[(1, "cat")], "l1 ann, l2 cat, l3 cat", &[&[]]);
    check(&[(1, "-")], "l1 ann, l2 by_hand, l3 cat", &[&[]]);
    check(&[(0, "-"), (2, "ann")], "l1 by_hand, l2 bob, l3 ann", &[&[], &[]]);
}

#[test]
fn a_change_that_breaks_a_rule_or_a_ceiling_says_so() {
    check(&[(2, "bob")], "l1 ann, l2 bob, l3 bob", &[&["ceiling"]]);
    let world = world();
    let broken = edited(&world, &[(0, "cat")]).broken;
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].len(), 1, "{broken:?}");
}

#[test]
fn the_turn_goes_with_the_lead() {
    let world = world();
    let turns = |edits: &[(usize, &str)]| {
        let history = edited(&world, edits).allocation.history_after;
        ["ann", "bob", "cat"].map(|rep| turn(&history, rep))
    };
    assert_eq!(turns(&[]), [1, 1, 1]);
    assert_eq!(turns(&[(1, "cat")]), [1, 0, 2]);
    assert_eq!(turns(&[(1, "-")]), [1, 0, 1]);
    let moved = edited(&world, &[(1, "cat")]).allocation.moved;
    assert_eq!(
        moved
            .iter()
            .filter(|moved| moved.lead == LeadIndex::new(1))
            .count(),
        2
    );
}
