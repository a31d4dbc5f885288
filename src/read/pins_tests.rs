//! Pins and everything that can be wrong with them.

use super::*;
use crate::read::testing::table;

fn rep(id: &str, name: &str, active: bool) -> Rep {
    Rep {
        active,
        ..Rep::named(id, name)
    }
}

/// Checks the pins of a file as `lead>rep(reason)`, then its mistakes.
fn check(text: &str, expected: &str) {
    let reps = [
        rep("r1", "Ann", true),
        rep("r2", "Bo", true),
        rep("r3", "Bo", true),
        rep("r4", "Cy", false),
    ];
    let mut mistakes = Mistakes::default();
    let found = pins(
        &table("pins.csv", text),
        &reps,
        &RepDirectory::new(&reps),
        &Settings::default(),
        &mut Vec::new(),
        &mut mistakes,
    );
    let shown = found
        .iter()
        .map(|pin| format!("{}>{}({})", pin.lead_id, pin.rep.at(), pin.reason));
    let wrong = mistakes.0.iter().map(ToString::to_string);
    assert_eq!(shown.chain(wrong).collect::<Vec<_>>().join("\n"), expected);
}

#[test]
fn pins_name_reps_in_any_way() {
    check(
        "lead_id¦rep_id¦reason\nL1¦r2¦asked for\nL2¦ann¦",
        "L1>1(asked for)\nL2>0()",
    );
    check("Lead ID¦Owner\n00Q4W00000AuCYf¦Ann", "00Q4W00000AuCYfUAN>0()");
}

#[test]
fn a_pin_to_nobody_or_to_several_or_to_an_inactive_rep_is_a_mistake() {
    check(
        "lead_id¦rep_id\nL1¦Anne\nL2¦Bo\nL3¦r4",
        "pins.csv:2: `rep_id`: no rep `Anne` is on the roster [unknown-rep]\n  hint: did you mean `Ann`?\n\
         pins.csv:3: `rep_id`: `Bo` is the name or e-mail of 2 reps [ambiguous-rep]\n  hint: write the rep's id\n\
         pins.csv:4: `rep_id`: rep `r4` is not active [bad-pin]",
    );
}

#[test]
fn a_lead_pinned_twice_is_a_mistake_unless_to_the_same_rep() {
    check("lead_id¦rep_id\nL1¦r1\nL1¦Ann", "L1>0()");
    check(
        "lead_id¦rep_id\nL1¦r1\nL1¦r2",
        "L1>0()\npins.csv:3: `rep_id`: lead `L1` is pinned to `r1` at pins.csv:2 already [bad-pin]\n  \
         hint: keep one of the two",
    );
}

#[test]
fn pins_need_their_columns_and_cells() {
    check(
        "lead_id¦person\nL1¦r1",
        "pins.csv:1: pins have no column `rep_id`; expected columns `lead_id` and `rep_id`, and `reason` if you \
         like [no-such-column]",
    );
    check(
        "lead_id¦rep_id\n¦r1",
        "pins.csv:2: `lead_id`: the id of the lead is empty [empty-id]",
    );
    check(
        "lead_id¦rep_id\nL1¦",
        "pins.csv:2: `rep_id`: the pin names no rep [unknown-rep]",
    );
}
