//! Dealing by rule files, as users write them.

use crate::deal::testing::{World, check};
use crate::model::History;
use crate::rules::DEFAULT;
use crate::rules::testing::{batch, bound};

fn world(rules: &str, leads: &str, reps: &str) -> World {
    let batch = batch(leads, reps);
    World {
        rules: bound(rules, &batch),
        batch,
        history: History::default(),
    }
}

const LEADS: &str = "id|rating|employees|region|skills|email
    1|Cold|20|East|crm|a@a.test
    2|Hot|4000|East|crm|b@b.test
    3|Hot|90|West|erp|
    4|Warm|5000|West|erp|d@d.test";

const REPS: &str = "id|max_open|skills|experience_years|team
    ann|1|crm;erp|9|East
    bob|2|crm|2|East
    cat|1|erp|1|West";

#[test]
fn the_default_rules_deal_for_skill_and_the_hot_first() {
    check(&world(DEFAULT, LEADS, REPS), "L0 bob, L1 bob, L2 cat, L3 ann");
}

const VETERANS: &str = "
    [score]
    skill = 1

    [[tier]]
    name = 'big'
    when = 'lead.employees >= 3000'

    [[qualify]]
    name = 'reachable'
    that = 'has(lead.email)'

    [[require]]
    name = 'big companies go to veterans'
    when = 'lead.employees >= 3000'
    that = 'rep.experience_years >= 5'

    [[pass]]
    name = 'by the book'
    method = 'optimal'
    min_score = 50
";

#[test]
fn hard_rules_and_standards_leave_leads_with_their_reasons() {
    check(
        &world(VETERANS, LEADS, REPS),
        "L0 bob, L1 ann, L2 not_qualified, L3 no_room",
    );
}

#[test]
fn a_later_pass_relaxes_a_rule_for_what_is_left() {
    let rules = format!(
        "{VETERANS}
        [[pass]]
        name = 'anyone from the West'
        method = 'round_robin'
        reps = \"rep.team == 'west'\"
        relax = ['big companies go to veterans']"
    );
    check(
        &world(&rules, LEADS, REPS),
        "L0 bob, L1 ann, L2 not_qualified, L3 cat",
    );
}

#[test]
fn rotations_within_regions_have_clocks_of_their_own() {
    let rules = "
        [[pass]]
        name = 'in turn'
        method = 'round_robin'
        within = 'lead.region'";
    let reps = "id\nann\nbob\ncat";
    let allocation = check(&world(rules, LEADS, reps), "L0 bob, L1 ann, L2 ann, L3 bob");
    let groups: Vec<&(String, String)> = allocation.history_after.clocks.keys().collect();
    assert_eq!(groups.len(), 2);
    assert!(groups.iter().all(|(pass, _)| pass == "in turn"));
}

#[test]
fn teams_first_then_their_reps() {
    let rules = "
        [score]
        skill = 1

        [[pass]]
        name = 'to teams'
        method = 'shotgun'

        [[pass]]
        name = 'within the team'
        method = 'least_loaded'
        when = 'lead.employees < 4500'";
    check(&world(rules, LEADS, REPS), "L0 bob, L1 ann, L2 cat, L3 team East");
}
