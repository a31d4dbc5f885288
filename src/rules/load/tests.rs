//! Rule files that load, and the mistakes of those that do not.

use crate::mistake::Kind;
use crate::model::{Kind as CellKind, Weight};
use crate::rules::score::BuiltIn;
use crate::rules::{DEFAULT, Method, load};

/// Checks the kinds of mistakes that a text has, with the lines on which they stand.
fn check(text: &str, expected: &[(u32, Kind)]) {
    let found: Vec<(u32, Kind)> = match load("r.toml", text) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes
            .0
            .iter()
            .map(|mistake| match &mistake.position {
                crate::mistake::Position::Line { line, .. } => (*line, mistake.kind),
                other => panic!("{other:?}"),
            })
            .collect(),
    };
    assert_eq!(found, expected, "{text}");
}

#[test]
fn the_shipped_rules_load() {
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
        let file = format!("rules/{name}.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        if let Err(mistakes) = load(&file, &text) {
            panic!("{mistakes}");
        }
    }
}

#[test]
fn what_a_file_leaves_out_is_what_the_built_in_rules_spell_out() {
    let (empty, built_in) = (load("r.toml", "").unwrap(), load("d.toml", DEFAULT).unwrap());
    let (a, b) = (&empty.written, &built_in.written);
    assert_eq!(a.score, b.score);
    assert_eq!(
        a.score,
        [
            (BuiltIn::Skill, Weight(5000)),
            (BuiltIn::Proximity, Weight(3000)),
            (BuiltIn::Availability, Weight(2000)),
        ]
    );
    assert_eq!((a.half_km, a.max_km, a.must), (b.half_km, b.max_km, b.must));
    assert_eq!((&a.skill_from, &a.balance), (&b.skill_from, &b.balance));
    assert_eq!((&a.territories, &a.bands), (&b.territories, &b.bands));
    let names = |tiers: &[super::written::Named]| -> Vec<(String, String)> {
        let text = tiers
            .iter()
            .map(|tier| (tier.name.clone(), tier.says.source().to_owned()));
        text.collect()
    };
    assert_eq!(names(&a.tiers), names(&b.tiers));
    assert!(a.passes_are_built_in && b.passes_are_built_in);
    assert_eq!((a.passes[0].method, b.passes.len()), (Method::Optimal, 1));
}

#[test]
fn a_score_that_names_nothing_has_only_the_wishes_beside_it() {
    let rules = load(
        "r.toml",
        "[score]\n[[prefer]]\nname = 'x'\nvalue = 'lead.score / 100'",
    )
    .unwrap();
    assert!(rules.written.score.is_empty());
    assert_eq!(rules.written.prefers[0].weight, Weight::ONE);
    let rules = load("r.toml", "[[prefer]]\nname = 'x'\nvalue = 'true'\nweight = 0").unwrap();
    assert_eq!((rules.written.score.len(), rules.written.prefers.len()), (3, 0));
}

#[test]
fn the_columns_that_rules_and_parts_read_are_told_to_the_readers() {
    let text = "[score]\nexperience = 1\n[skill]\nfrom = ['needs']\n\
                [[derive]]\nname = 'fit'\nvalue = 'lead.size >= 10 ? 1 : 0'\n\
                [[require]]\nname = 'a'\nwhen = 'lead.fit > 0'\nthat = \"rep.grade == 'A'\"";
    let settings = load("r.toml", text).unwrap().settings;
    assert_eq!(settings.lead_columns.get("size"), Some(&Some(CellKind::Number)));
    assert_eq!(
        settings.lead_columns.get("employees"),
        Some(&Some(CellKind::Number))
    );
    assert_eq!(settings.lead_columns.get("needs"), Some(&None));
    assert!(!settings.lead_columns.contains_key("fit"));
    assert_eq!(settings.rep_columns.get("grade"), Some(&Some(CellKind::Text)));
    assert_eq!(settings.skill_from, ["needs"]);
}

#[test]
fn settings_for_the_readers_are_read() {
    let text = "[run]\ntime_zone = 'America/New_York'\n[read]\nempty = ['Select']\ndecimal = ','\n\
                max_set_aside = '50%'\n[columns.leads]\npostal_code = ['zip', 'plz']\nterritory = ''\n\
                [types.leads]\nhot = 'boolean'\n[owner]\npool = ['Queue']\n[sources]\nprefix = true\n\
                [places]\ncountry = 'Germany'\n\
                [availability]\nlead_hours = '8-18'\nrep_hours = 'daily 9-17'\n[time_off]\nhorizon = 5";
    let settings = load("r.toml", text).unwrap().settings;
    assert_eq!(settings.time_zone.unwrap().iana_name(), Some("America/New_York"));
    assert_eq!((settings.read.max_set_aside, settings.prefix), (Some(0.5), true));
    assert_eq!(settings.lead_headers["postal_code"], ["zip", "plz"]);
    assert!(settings.lead_headers["territory"].is_empty());
    assert_eq!(settings.lead_types["hot"], CellKind::Boolean);
    assert_eq!(settings.country.unwrap().to_string(), "DE");
    assert_eq!(settings.owner_pool, ["Queue"]);
    assert_eq!(settings.horizon, 5);
    assert_eq!(settings.lead_hours.to_string(), "Mon-Fri 08:00-18:00");
    let reps = settings.rep_hours.map(|hours| hours.to_string());
    assert_eq!(reps.as_deref(), Some("Mon-Sun 09:00-17:00"));
}

#[test]
fn the_overlap_of_hours_is_read_where_a_part_or_an_expression_needs_it() {
    let check = |text: &str, expected| {
        assert_eq!(
            load("r.toml", text).unwrap().settings.reads_hours,
            expected,
            "{text}"
        );
    };
    check("", true);
    check("[score]\nskill = 1", false);
    check("[score]\nskill = 1\navailability = 1", true);
    for read in ["pair.overlap >= 0.5", "pair.availability > 10"] {
        check(
            &format!("[score]\nskill = 1\n[[require]]\nname = 'x'\nthat = '{read}'"),
            true,
        );
    }
}

#[test]
fn every_mistake_is_named_at_once_and_in_order() {
    check(
        "[run]\ntime_zone = 'Mars/Olympus'\n[score]\nskil = 2\nproximity = -1\n[places]\ncountry = 'Atlantis'\n\
         [availability]\nlead_hours = 'sometimes'\nrep_hours = '9-17'",
        &[
            (2, Kind::BadValue),
            (4, Kind::UnknownKey),
            (5, Kind::BadValue),
            (7, Kind::BadValue),
            (9, Kind::BadHours),
        ],
    );
}

#[test]
fn names_are_unique_and_none_is_taken_from_the_built_in_ones() {
    check(
        "[[tier]]\nname = 'a'\nwhen = 'lead.score > 1'\n[[tier]]\nname = 'A'\nwhen = 'lead.score > 0'\n\
         [[prefer]]\nname = 'skill'\nvalue = 'true'\n[[require]]\nname = 'territory'\nthat = 'rep.active'\n\
         [[derive]]\nname = 'score'\nvalue = '1'\n[[derive]]\nname = 'My Fit'\nvalue = '1'",
        &[
            (5, Kind::BadName),
            (8, Kind::BadName),
            (11, Kind::BadName),
            (14, Kind::BadName),
            (17, Kind::BadName),
        ],
    );
}

#[test]
fn a_tier_below_one_that_holds_every_lead_is_a_mistake() {
    check(
        "[[tier]]\nname = 'all'\nwhen = 'true'\n[[tier]]\nname = 'none'\nwhen = 'lead.score > 0'",
        &[(5, Kind::UnreachableTier)],
    );
    check(
        "[[tier]]\nname = 'other'\nwhen = 'lead.score > 1'\n[[tier]]\nname = 'low'\nwhen = 'lead.score > 0'",
        &[(2, Kind::BadName)],
    );
}

#[test]
fn a_pass_relaxes_only_rules_that_there_are() {
    let text = "[[require]]\nname = 'veterans'\nthat = 'rep.experience_years > 5'\n\
                [[pass]]\nname = 'a'\nmethod = 'optimal'\nrelax = ['territory', 'veteran']";
    let mistakes = load("r.toml", text).unwrap_err();
    assert_eq!(mistakes.0.len(), 1);
    assert_eq!(mistakes.0[0].hint.as_deref(), Some("did you mean `veterans`?"));
}

#[test]
fn keys_that_a_method_does_not_read_are_mistakes() {
    check(
        "[[pass]]\nname = 'a'\nmethod = 'optimal'\noffer = 3\ncatch_up = true",
        &[(4, Kind::BadValue), (5, Kind::BadValue)],
    );
}

#[test]
fn a_column_compared_in_two_types_is_a_mistake() {
    check(
        "[[tier]]\nname = 'a'\nwhen = 'lead.size > 5'\n[[tier]]\nname = 'b'\nwhen = \"lead.size == 'big'\"",
        &[(6, Kind::WrongType)],
    );
}

#[test]
fn what_later_versions_may_read_is_said_to_be_of_those() {
    check("[places]\ngeodata = 'towns.csv'", &[(2, Kind::UnknownKey)]);
}

#[test]
fn bands_need_as_many_numbers_as_years() {
    check("[experience]\nbands = [10, 20]", &[(2, Kind::BadValue)]);
    check(
        "[experience]\nbands = [20, 10, 30, 40, 50]",
        &[(2, Kind::BadValue)],
    );
}

#[test]
fn nesting_without_end_is_a_mistake_and_no_crash() {
    let mistakes = load("r.toml", &format!("a = {}", "[".repeat(100_000))).unwrap_err();
    assert!(mistakes.0.iter().all(|mistake| mistake.kind == Kind::BadToml));
    let mistakes = load("r.toml", &format!("[{}a]\nx = 1", "a.".repeat(5_000))).unwrap_err();
    assert!(!mistakes.0.is_empty());
}

#[test]
fn a_limit_says_whom_it_holds_and_what_it_bounds() {
    let limit = |keys: &str| format!("[[limit]]\nname = 'x'\n{keys}");
    check(&limit("max = 3"), &[(2, Kind::BadValue)]);
    check(&limit("per = 'rep'"), &[(2, Kind::BadValue)]);
    check(&limit("per = 'rep'\nmax = 2.5"), &[(4, Kind::BadValue)]);
    check(&limit("per = 'rep'\nmax = 'cap'"), &[(4, Kind::BadValue)]);
    check(&limit("per = 'rep'\nmax = 2\nmin = 3"), &[(5, Kind::BadValue)]);
    check(&limit("per = 'rep'\nmax = 2\nperiod = 'day'"), &[]);
    check(
        &limit("per = 'rep'\nmax = 2\nperiod = 'year'"),
        &[(5, Kind::BadValue)],
    );
    check(
        &limit("per = 'rep'\nmax = 2\nwhen = 'rep.open > 2'"),
        &[(5, Kind::BadExpression)],
    );
    check(&limit("per = 'rep'\nmax = 2\nmin = 1\nperiod = 'run'"), &[]);
}
