//! Rules bound to small batches.

use super::fixture::{batch, bound, loaded};
use super::*;
use crate::model::{LeadIndex, NotDealt, TierIndex};
use crate::rules::{DEFAULT, Method, report_of_rules};
use proptest::prelude::*;

#[test]
fn a_lead_is_in_the_first_tier_that_holds_else_in_the_last() {
    let batch = batch("id|rating|score\n1|Hot|\n2|b|\n3||85\n4||10\n5||", "id\na");
    let rules = bound("", &batch);
    assert_eq!(rules.tiers, ["hot", "warm", "other"]);
    assert_eq!(rules.lead_tiers, [0, 1, 0, 2, 2].map(TierIndex));
    let rules = bound("[[tier]]\nname = 'all'\nwhen = 'true'", &batch);
    assert_eq!((rules.tiers.len(), rules.lead_tiers[4]), (1, TierIndex(0)));
}

#[test]
fn leads_that_are_converted_owned_or_below_the_standard_are_barred() {
    let leads =
        "id|status|owner\n1|Open|\n2|Converted|Ann\n3|Working|Ann\n4|Closed - Lost|\n5||\n6|Wonderful|";
    let barred = bound(DEFAULT, &batch(leads, "id\na")).barred;
    let names: Vec<&str> = barred
        .iter()
        .map(|why| why.as_ref().map_or("", NotDealt::name))
        .collect();
    assert_eq!(
        names,
        ["", "already_owned", "already_owned", "not_qualified", "", ""]
    );
}

#[test]
fn a_standard_that_is_unknown_fails_with_its_reason() {
    let rules = "[[qualify]]\nname = 'big'\nthat = 'lead.employees > 10'";
    let barred = bound(rules, &batch("id|employees\n1|\n2|5\n3|50", "id\na")).barred;
    let failed = |why: Option<&str>| {
        let failed = vec![("big".to_owned(), why.map(str::to_owned))];
        Some(NotDealt::NotQualified { failed })
    };
    assert_eq!(
        barred,
        [failed(Some("lead.employees is empty")), failed(None), None]
    );
}

#[test]
fn derived_fields_are_usable_below() {
    let rules = "[[derive]]\nname = 'fit'\nvalue = '(lead.employees >= 100 ? 50 : 0) + 1'\n\
                 [[derive]]\nname = 'double'\nvalue = 'lead.fit * 2'\n\
                 [[tier]]\nname = 'big'\nwhen = 'lead.double > 100'";
    let rules = bound(rules, &batch("id|employees\n1|100\n2|9\n3|", "id\na"));
    assert_eq!(rules.lead_tiers, [0, 1, 1].map(TierIndex));
}

#[test]
fn named_territories_fill_the_field_territory() {
    let rules = "[territory.names]\nWest = ['CA']\nCoast = ['CA', 'NY']\n\
                 [[tier]]\nname = 'west'\nwhen = \"lead.territory == 'west'\"\n\
                 [[tier]]\nname = 'coast'\nwhen = \"lead.territory == 'coast'\"";
    let rules = bound(rules, &batch("id|state\n1|CA\n2|NY\n3|TX\n4|", "id\na"));
    assert_eq!(rules.lead_tiers, [0, 1, 2, 2].map(TierIndex));
}

#[test]
fn passes_know_their_leads_reps_groups_and_relaxed_rules() {
    let rules = "[[require]]\nname = 'never'\nthat = 'false'\n\
                 [[pass]]\nname = 'a'\nmethod = 'round_robin'\nwhen = 'lead.score > 5'\nreps = \"rep.team == 'East'\"\n\
                 within = 'lead.state'\nrelax = ['never']";
    let batch = batch(
        "id|score|state\n1|9|CA\n2||ca\n3|1|\n4|7|NY",
        "id|team\na|east\nb|\nc|West",
    );
    let rules = bound(rules, &batch);
    let pass = &rules.passes[0];
    assert_eq!(pass.leads, [true, false, false, true]);
    assert_eq!(pass.reps, [true, false, false]);
    assert_eq!(
        (pass.groups.as_slice(), pass.group_names.as_slice()),
        (&[0, 0, 1, 2][..], &["ca".into(), String::new(), "ny".into()][..])
    );
    assert_eq!(pass.relaxed, [true]);
    assert!(rules.may(Some(pass), LeadIndex(0), RepIndex(0)));
    assert!(!rules.may(None, LeadIndex(0), RepIndex(0)));
}

#[test]
fn the_built_in_pass_deals_in_turn_where_nothing_can_be_scored() {
    let rules = bound(DEFAULT, &batch("id\n1", "id\na"));
    assert_eq!(rules.passes[0].method, Method::RoundRobin);
    assert!(rules.notes[0].text.contains("in turn"));
    let rules = bound(DEFAULT, &batch("id\n1", "id|max_open\na|5"));
    assert_eq!(rules.passes[0].method, Method::Optimal);
    let own = "[score]\n[[pass]]\nname = 'mine'\nmethod = 'optimal'";
    assert_eq!(
        bound(own, &batch("id\n1", "id\na")).passes[0].method,
        Method::Optimal
    );
}

#[test]
fn the_fallback_is_a_rep_of_the_roster_who_is_active() {
    let batch = batch("id\n1", "id|name|active\na|Ann|\nb|Bob|no");
    assert_eq!(
        bound("[fallback]\nrep = 'ann'", &batch).fallback,
        Some(RepIndex(0))
    );
    for (rep, kind) in [("bob", Kind::BadValue), ("Anne", Kind::UnknownRep)] {
        let rules = loaded(&format!("[fallback]\nrep = '{rep}'"));
        let mistakes = bind(&rules, &batch, &BTreeMap::new()).unwrap_err();
        assert_eq!(mistakes.0[0].kind, kind);
    }
}

#[test]
fn names_that_no_column_bears_are_mistakes_all_at_once() {
    let rules = "[[tier]]\nname = 'a'\nwhen = 'lead.scor > 5'\n\
                 [[require]]\nname = 'b'\nthat = \"rep.gade == 'A'\"\n\
                 [[derive]]\nname = 'state_code'\nvalue = '1'";
    let batch = batch("id|score|state_code\n1|5|x", "id|grade\na|A");
    let mistakes = bind(&loaded(rules), &batch, &BTreeMap::new()).unwrap_err();
    let mut kinds: Vec<Kind> = mistakes.0.iter().map(|mistake| mistake.kind).collect();
    kinds.sort();
    assert_eq!(
        kinds,
        [Kind::UnknownName, Kind::UnknownName, Kind::BadName],
        "{mistakes}"
    );
}

#[test]
fn a_level_of_a_rep_that_is_none_is_a_mistake_and_one_of_a_lead_a_note() {
    let mistakes = bind(
        &loaded(""),
        &batch("id\n1", "id|skills\na|Excel:9"),
        &BTreeMap::new(),
    )
    .unwrap_err();
    assert_eq!(mistakes.0[0].kind, Kind::BadList);
    let rules = bound("", &batch("id|skills\n1|Excel:9", "id|skills\na|Excel"));
    assert!(rules.notes[0].text.contains("`Excel:9`"));
}

#[test]
fn check_tells_what_only_reps_who_are_away_have_and_cover() {
    let batch = batch(
        "id|skills|state\n1|Cobol|CA\n2|Excel|NY",
        "id|name|skills|territories|away\na|Ann|Cobol|CA|1\nb|Bob|Excel|NY|0.5",
    );
    let rules = bound("[territory]\nmode = 'prefer'", &batch);
    let texts: Vec<String> = report_of_rules(&rules, &batch)
        .into_iter()
        .map(|note| note.text)
        .filter(|text| text.contains("away"))
        .collect();
    assert_eq!(
        texts,
        [
            "only reps who are away have the skill `Cobol`, which 1 lead need",
            "territories whose reps are all away: `CA`",
        ]
    );
}

#[test]
fn check_names_what_nobody_has_covers_or_reaches() {
    let batch = batch(
        "id|skills|state\n1|Cobol|CA\n2|Excel|NY\n3||",
        "id|name|skills|territories|active\na|Ann|Excel|CA|\nb|Bob||TX|\nc|Cy|Cobol|NY|no",
    );
    let rules = bound(
        "[[require]]\nname = 'x'\nwhen = 'lead.score > 5'\nthat = 'rep.experience_years > 1'\n[territory]\nunplaced = 'nobody'",
        &batch,
    );
    let texts: Vec<String> = report_of_rules(&rules, &batch)
        .into_iter()
        .map(|note| note.text)
        .collect();
    for expected in [
        "no active rep has the skill `Cobol`, which 1 lead need",
        "territories without an active rep: `NY`",
        "reps without skills score 0 for `skill`: `Bob`",
        "reps whom no lead can reach: `Bob`",
        "the rule `x` applies to no lead",
    ] {
        assert!(
            texts.iter().any(|text| text == expected),
            "{expected}: {texts:#?}"
        );
    }
}

#[test]
fn reps_whose_hours_or_zones_are_not_known_are_named() {
    let check = |reps: &str, expected: &[&str]| {
        let batch = batch("id|time_zone\n1|UTC", reps);
        let rules = bound("[score]\navailability = 1", &batch);
        let texts: Vec<String> = report_of_rules(&rules, &batch)
            .into_iter()
            .map(|note| note.text)
            .filter(|text| text.starts_with("reps"))
            .collect();
        assert_eq!(texts, expected, "{reps}");
    };
    check("id|name\na|Ana", &[]);
    check("id|name|time_zone|hours\na|Ana|UTC|9-17", &[]);
    check(
        "id|name|time_zone|hours\na|Ana|UTC|9-17\nb|Bo|UTC|\nc|Cy||8-16",
        &[
            "reps without hours count as the median for `availability`: `Bo`",
            "reps without a time zone count as in UTC: `Cy`",
        ],
    );
    check(
        "id|name|time_zone\na|Ana|UTC",
        &[
            "reps have time zones but no hours, so `availability` counts no shared hours: write \
           `[availability] rep_hours = \"Mon-Fri 09:00-17:00\"`",
        ],
    );
}

#[test]
fn the_shipped_rules_bind_to_files_with_standard_fields() {
    let batch = batch(
        "id|email|rating|state|employees|product|industry\n1|a@b|Hot|CA|5000|Sensors|Retail\n2|c@d||TX|9||",
        "id|name|team|skills|territories|max_open|at\na|Ana Ruiz|West|Sensors|West;US-CA|5|37,-122\nb|Bo|East||TX|5|",
    );
    for name in [
        "default",
        "territory",
        "enterprise-first",
        "round-robin",
        "shares",
        "top-producer",
        "specialist-teams",
        "fallback",
    ] {
        let text = std::fs::read_to_string(format!("rules/{name}.toml")).unwrap();
        let text = if text.contains("West = ") {
            text
        } else {
            format!("{text}\n[territory.names]\nWest = ['CA']")
        };
        let rules = bound(&text, &batch);
        assert!(!rules.passes.is_empty(), "{name}");
    }
}

proptest! {
    #[test]
    fn the_order_of_reps_changes_nothing_but_the_order(
        reps in proptest::collection::vec((0..3_usize, 0..3_usize, 0..9_u32, 0..3_usize, 0..4_usize), 1..8),
        turn in 0..8_usize,
    ) {
        let rows: Vec<String> = reps
            .iter()
            .enumerate()
            .map(|(at, (skill, territory, years, place, hours))| {
                let skill = ["", "Excel:2", "Excel;SQL"][*skill];
                let territory = ["", "CA", "NY;TX"][*territory];
                let place = ["", "40,-74", "34,-118"][*place];
                let hours = ["|", "UTC|9-17", "Asia/Tokyo|22:00-06:00", "|8-16"][*hours];
                format!("r{at}|{skill}|{territory}|{years}|{place}|{hours}")
            })
            .collect();
        let mut turned = rows.clone();
        let turn = turn % rows.len();
        turned.rotate_left(turn);
        let header = "id|skills|territories|experience_years|at|time_zone|hours\n";
        let leads = "id|skills|state|employees|at|time_zone\n1|Excel:4|CA|90|34,-117|PST\n2|SQL|NY|||EST\n\
                     3|||9000|41,-74|";
        let rules = "[score]\nskill = 3\nproximity = 2\nexperience = 1\navailability = 2\n[[prefer]]\nname = 'w'\n\
                     value = 'rep.experience_years / 9'\n[[require]]\nname = 'r'\n\
                     when = 'lead.employees > 100'\nthat = 'rep.experience_years > 3'";
        let (one, other) = (
            batch(leads, &format!("{header}{}", rows.join("\n"))),
            batch(leads, &format!("{header}{}", turned.join("\n"))),
        );
        let (a, b) = (bound(rules, &one), bound(rules, &other));
        for lead in (0..3).map(LeadIndex::new) {
            for rep in 0..rows.len() {
                let moved = RepIndex::new((rep + rows.len() - turn) % rows.len());
                let rep = RepIndex::new(rep);
                prop_assert_eq!(a.points(lead, rep), b.points(lead, moved));
                prop_assert_eq!(a.may(None, lead, rep), b.may(None, lead, moved));
            }
        }
    }
}
