//! Hard rules, built-in and own, on small batches.

use crate::mistake::Kind;
use crate::model::{Batch, Cells, LeadIndex, RepIndex, Returned, ReturnedBy, Shape, Source, Table, Team};
use crate::rules::bind::fixture::{batch, bound, loaded};
use crate::rules::{TERRITORIES, Verdict, bind};
use std::collections::BTreeMap;

/// Checks, lead by lead, who may take it: reps by their ids.
fn check(rules: &str, leads: &str, reps: &str, expected: &[&str]) {
    let batch = batch(leads, reps);
    let rules = bound(rules, &batch);
    for (lead, expected) in expected.iter().enumerate() {
        let lead = LeadIndex::new(lead);
        let may = |rep: &RepIndex| rules.may(None, lead, *rep);
        let all = (0..batch.reps.list.len()).map(RepIndex::new);
        let ids: Vec<&str> = all
            .filter(may)
            .map(|rep| batch.reps.list[rep.at()].id.as_str())
            .collect();
        assert_eq!(ids.join(" "), *expected, "{lead:?}");
        for rule in &rules.requirements {
            let Some(key) = rule.key(lead) else { continue };
            let mut row = vec![true; batch.reps.list.len()];
            rule.clear_blocked(key, &mut row);
            let mut struck = vec![7; row.len()];
            rule.strike(key, &mut Vec::new(), &mut struck, -1);
            let expected: Vec<i32> = row.iter().map(|holds| if *holds { 7 } else { -1 }).collect();
            assert_eq!(struck, expected, "who is struck is who is blocked");
            for (rep, holds) in row.iter().enumerate() {
                let verdict = rule.verdict(key, RepIndex::new(rep));
                assert_eq!(*holds, verdict == Verdict::Holds, "a row is its verdicts");
            }
        }
    }
}

#[test]
fn reps_with_territories_take_leads_from_there_only() {
    check(
        "[territory.names]\nWest = ['CA', '970*']",
        "id|state|postal_code\n1|CA|90210\n2|Oregon|97035\n3|NY|10001\n4||",
        "id|territories\na|West\nb|90000-93599;US-NY\nc|",
        &["a b c", "a c", "b c", "a b c"],
    );
}

#[test]
fn an_american_postal_code_tells_the_state() {
    check(
        "",
        "id|state|postal_code|country\n1||90210|\n2||8014|US\n3|Kalifornia|90210|\n4||90210|MX",
        "id|territories\na|CA\nb|New Jersey",
        &["a", "b", "", ""],
    );
}

#[test]
fn leads_without_a_place_are_for_anyone_or_nobody() {
    let (leads, reps) = ("id|state\n1|\n2|CA", "id|territories\na|CA\nb|");
    check("", leads, reps, &["a b", "a b"]);
    check("[territory]\nunplaced = 'nobody'", leads, reps, &["", "a b"]);
    check(
        "[territory]\nmode = 'ignore'",
        leads,
        "id|territories\na|NY",
        &["a", "a"],
    );
}

#[test]
fn the_leads_own_territory_column_counts() {
    check(
        "",
        "id|territory\n1|North\n2|South",
        "id|territories\na|north\nb|South;North",
        &["a b", "b"],
    );
}

#[test]
fn a_territory_that_nothing_knows_is_a_mistake_only_where_it_is_a_must() {
    let batch = batch("id|state\n1|CA", "id|territories\na|Atlantis");
    let mistakes = bind(&loaded(""), &batch, &BTreeMap::new()).unwrap_err();
    assert_eq!(mistakes.0[0].kind, Kind::UnknownTerritory);
    assert!(mistakes.to_string().contains("reps.csv:2"), "{mistakes}");
    let rules = bound("[territory]\nmode = 'prefer'", &batch);
    assert!(rules.notes.iter().any(|note| note.text.contains("`Atlantis`")));
}

#[test]
fn doubtful_items_are_said_as_they_were_read() {
    let rules = bound("", &batch("id|state\n1|CA", "id|territories\na|CA"));
    assert_eq!(
        rules.notes[0].text,
        "territory `CA` was read as state US-CA, not as country CA"
    );
}

#[test]
fn must_skills_bind_always_and_the_others_as_the_rules_say() {
    let leads = "id|skills|must_skills\n1|Excel;SQL|\n2||SQL:3\n3||";
    let reps = "id|skills\na|Excel\nb|excel;sql:2\nc|SQL:3";
    check("", leads, reps, &["a b c", "c", "a b c"]);
    check("[skill]\nmust = 'any'", leads, reps, &["a b c", "c", "a b c"]);
    check("[skill]\nmust = 'all'", leads, reps, &["b", "c", "a b c"]);
}

#[test]
fn nobody_takes_a_lead_beyond_their_farthest() {
    let leads = "id|at\n1|0,0\n2|";
    let reps = "id|at|max_km\na|0,1|\nb|0,1|100\nc|0,9|\nd||5";
    check("", leads, reps, &["a c d", "a b c d"]);
    check("[proximity]\nmax_km = 500", leads, reps, &["a d", "a b c d"]);
}

#[test]
fn an_unknown_when_applies_only_if_it_says_so_and_an_unknown_that_fails() {
    let rule =
        "[[require]]\nname = 'r'\nwhen = 'lead.employees >= 1000'\nthat = 'rep.experience_years >= 5'\n";
    let leads = "id|employees\n1|2000\n2|5\n3|";
    let reps = "id|experience_years\na|7\nb|2\nc|";
    check(rule, leads, reps, &["a", "a b c", "a b c"]);
    check(
        &format!("{rule}if_empty = 'apply'"),
        leads,
        reps,
        &["a", "a b c", "a"],
    );
    let rules = bound(rule, &batch(leads, reps));
    let verdict = |rep| rules.requirements[0].verdict(0, RepIndex(rep));
    assert_eq!(verdict(1), Verdict::Fails);
    assert_eq!(
        verdict(2),
        Verdict::Unknown("rep.experience_years is empty".into())
    );
}

#[test]
fn a_when_may_speak_of_the_rep_and_of_the_pair() {
    check(
        "[[require]]\nname = 'juniors'\nwhen = \"rep.grade == 'junior'\"\nthat = 'lead.employees < 100'\n\
         [[require]]\nname = 'near'\nthat = '!has(lead.employees) || pair.distance_km < 200'",
        "id|employees|at\n1|50|0,0\n2|500|0,0\n3||",
        "id|grade|at\na|junior|0,1\nb|senior|0,1\nc|senior|0,8",
        &["a b", "b", "b c"],
    );
}

#[test]
fn a_rule_may_ask_for_shared_hours() {
    let rule = "[[require]]\nname = 'awake'\nthat = 'pair.overlap >= 0.25'";
    let leads = "id|time_zone\n1|Europe/Berlin\n2|Asia/Tokyo\n3|";
    let reps = "id|time_zone|hours\na|Europe/Berlin|9-17\nb|America/New_York|9-17\nc|UTC|";
    check(rule, leads, reps, &["a b", "", ""]);
    check(
        &rule.replace("pair.overlap", "!has(pair.overlap) || pair.overlap"),
        leads,
        reps,
        &["a b c", "c", "a b c"],
    );
    let rules = bound(rule, &batch(leads, reps));
    let verdict = rules.requirements[0].verdict(0, RepIndex(2));
    assert_eq!(verdict, Verdict::Unknown("pair.overlap is not known".into()));
}

#[test]
fn a_table_of_territories_adds_names_and_its_unknown_places_are_mistakes() {
    let table = |rows: &[[&str; 4]]| {
        let mut cells = Cells::new(4);
        for row in rows {
            cells.push(row.iter().copied());
        }
        let table = Table {
            source: Source {
                file: "territories.csv".into(),
                shape: Shape::Lines,
            },
            headers: ["Territory", "Country", "State", "Postal code"]
                .map(str::to_owned)
                .to_vec(),
            header_row: 1,
            rows: (2..).take(cells.rows()).collect(),
            cells,
            ragged: Vec::new(),
            delimiter: b',',
            bom: false,
            notes: Vec::new(),
        };
        BTreeMap::from([(TERRITORIES.to_owned(), table)])
    };
    let batch = batch(
        "id|state|postal_code|country\n1|CA|90210|\n2|CA|95101|\n3||1010|Austria",
        "id|territories\na|South\nb|Alps",
    );
    let good = table(&[
        ["South", "", "CA", "90*"],
        ["Alps", "Austria", "", ""],
        ["south", "US", "TX", ""],
    ]);
    let rules = bind(&loaded(""), &batch, &good).unwrap();
    let may = |lead: u32| [0, 1].map(|rep| rules.may(None, LeadIndex(lead), RepIndex(rep)));
    assert_eq!(
        [may(0), may(1), may(2)],
        [[true, false], [false, false], [false, true]]
    );
    let bad = table(&[
        ["South", "", "Mordor", ""],
        ["Alps", "", "", ""],
        ["Alps", "AT", "", ""],
    ]);
    let mistakes = bind(&loaded("[territory]\nmode = 'ignore'"), &batch, &bad).unwrap_err();
    let kinds: Vec<Kind> = mistakes.0.iter().map(|mistake| mistake.kind).collect();
    assert_eq!(kinds, [Kind::UnknownTerritory; 2], "{mistakes}");
}

#[test]
fn a_lead_that_is_back_stays_within_the_team_that_let_it_go_where_the_file_of_teams_has_it() {
    let reps = "id|team\na|West\nb|West\nc|East\nd|";
    let mut batch = batch("state\nCA\nCA\nCA", reps);
    let back = |team: &str| Returned {
        by: ReturnedBy::Declined,
        rep_id: "a".to_owned(),
        team: team.to_owned(),
        refused: vec!["a".to_owned()],
        had: vec!["a".to_owned()],
        returns: 1,
    };
    batch.past.returned.insert("L0".to_owned(), back("West"));
    batch.past.returned.insert("L1".to_owned(), back("North"));
    let who = |rules: &str, batch: &Batch| -> Vec<String> {
        let rules = bound(rules, batch);
        let may = |lead: usize| {
            let reps = (0..batch.reps.list.len()).map(RepIndex::new);
            let may = reps.filter(|rep| rules.may(None, LeadIndex::new(lead), *rep));
            may.map(|rep| batch.reps.list[rep.at()].id.as_str())
                .collect::<String>()
        };
        (0..3).map(may).collect()
    };
    assert_eq!(who("", &batch), ["bcd", "bcd", "abcd"], "without a file of teams");
    batch.teams.push(Team {
        name: "West".to_owned(),
        territories: Vec::new(),
        max_new: Some(2),
        weight: None,
        row: 2,
    });
    assert_eq!(who("", &batch), ["b", "bcd", "abcd"]);
    let open = "[recycle]\nwithin_team = false";
    assert_eq!(who(open, &batch), ["bcd", "bcd", "abcd"]);
}

#[test]
fn what_a_team_may_have_is_a_limit_less_what_its_members_had_today() {
    let mut batch = batch("state\nCA", "id|team\na|West\nb|West\nc|East");
    batch.reps.list[0].new_today = 1;
    batch.reps.list[2].new_today = 7;
    for (name, max_new) in [("West", Some(3)), ("East", Some(5)), ("North", Some(1))] {
        batch.teams.push(Team {
            name: name.to_owned(),
            territories: Vec::new(),
            max_new,
            weight: None,
            row: 2,
        });
    }
    let limits = bound("", &batch).limits;
    let groups: Vec<_> = limits[0]
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.max))
        .collect();
    assert_eq!(groups, [("West", Some(2)), ("East", Some(0))]);
}
