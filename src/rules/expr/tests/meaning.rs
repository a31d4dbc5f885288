//! What expressions mean.

use super::answer;
use crate::model::Moment;
use crate::rules::expr::Answer;

fn check(cases: &[(&str, bool)]) {
    for (source, expected) in cases {
        assert_eq!(answer(source), Answer::Boolean(*expected), "{source}");
    }
}

fn check_number(cases: &[(&str, f64)]) {
    for (source, expected) in cases {
        assert_eq!(answer(source), Answer::Number(*expected), "{source}");
    }
}

fn check_unknown(cases: &[(&str, &str)]) {
    for (source, reason) in cases {
        assert_eq!(answer(source), Answer::Unknown((*reason).into()), "{source}");
    }
}

#[test]
fn all_numbers_are_of_one_type() {
    check(&[
        ("1.0 == 1", true),
        ("1u == 1", true),
        ("0x10 == 16.0", true),
        ("lead.employees == 120", true),
        ("lead.employees >= 119.5", true),
        ("-lead.employees < 0u", true),
        ("lead.zero == -0.0", true),
    ]);
    check_number(&[
        ("7 / 2", 3.5),
        ("7 % 4", 3.0),
        ("-7 % 4", -3.0),
        ("2 + 3 * 4 - 1.5", 12.5),
        ("int(7 / 2)", 3.0),
        ("double('1.5') + int('2.9')", 3.5),
        ("math.least(1, lead.employees / 1000)", 0.12),
        ("math.greatest(3, 1, lead.zero)", 3.0),
    ]);
}

#[test]
fn dividing_by_zero_and_numbers_too_large_are_unknown() {
    check_unknown(&[
        ("1 / 0 > 1", "division by zero"),
        ("lead.employees % lead.zero", "division by zero"),
        ("1e300 * 1e300", "a number is too large"),
        ("double('many')", "'many' is not a number"),
    ]);
}

#[test]
fn text_compares_without_case_and_surrounding_blanks() {
    check(&[
        ("lead.industry == 'software'", true),
        ("lead.industry != ' SOFTWARE '", false),
        ("lead.industry in ['retail', 'Software']", true),
        ("lead.industry in rep.preferences", true),
        ("lead.email.contains('EXAMPLE')", true),
        ("lead.email.startsWith('Ann')", true),
        ("lead.email.endsWith('.COM')", true),
        ("lead.email.matches('^ANN@.*\\\\.com$')", true),
        ("lead.email.matches(r'^bob')", false),
        ("lead.industry < 'TELECOM'", true),
        ("['A', 'b'] == ['a', 'B ']", true),
    ]);
    assert_eq!(answer("lead.industry + '!'"), Answer::Text("Software !".into()));
    assert_eq!(
        answer("'Ab'.upperAscii() + 'Ab'.lowerAscii()"),
        Answer::Text("ABab".into())
    );
    assert_eq!(
        answer("string(80.0) + string(true)"),
        Answer::Text("80true".into())
    );
}

#[test]
fn ids_compare_to_the_letter() {
    check(&[
        ("lead.id == '0014000000rMPzFAAW'", true),
        ("lead.id == '0014000000rMPzF'", true),
        ("lead.id == '0014000000rmpzfaaw'", false),
        ("lead.id in ['0014000000rMPzF']", true),
        ("rep.id == 'r1'", false),
        ("rep.id in ['R1', 'R2']", true),
    ]);
}

#[test]
fn states_and_countries_compare_in_every_spelling() {
    check(&[
        ("lead.state == 'California'", true),
        ("lead.state == 'ca'", true),
        ("lead.state == rep.state", true),
        ("lead.state in ['New York', 'california']", true),
        ("lead.state == 'NY'", false),
        ("'CA' in rep.state", true),
        ("rep.country == 'United States'", true),
        ("rep.country in ['US', 'DE']", true),
        ("rep.country == 'Germany'", false),
    ]);
}

#[test]
fn zones_compare_by_their_offset_at_as_of() {
    check(&[
        ("lead.time_zone == rep.time_zone", true),
        ("lead.time_zone == 'America/Toronto'", true),
        ("lead.time_zone == 'America/Chicago'", false),
        ("lead.time_zone in ['PST', 'EDT']", true),
    ]);
}

#[test]
fn text_on_the_right_of_in_is_a_list() {
    check(&[
        ("'crm' in lead.products", true),
        ("'SUPPORT' in lead.products", true),
        ("'sup' in lead.products", false),
        ("'software' in lead.industry", true),
        ("'b' in 'a;b'", true),
    ]);
}

#[test]
fn an_empty_list_holds_nothing_and_is_otherwise_unknown() {
    check(&[
        ("'a' in lead.tags", false),
        ("lead.industry in rep.territories", false),
        ("lead.rating in rep.territories", false),
        ("lead.industry in rep.performance", false),
        ("'a' in lead.rating", false),
        ("lead.industry in []", false),
        ("has(lead.tags)", false),
        ("size(lead.tags) == 0", true),
        (
            "lead.rating.size() == 0 && lead.skills.size() == 2 && size('äb') == 2",
            true,
        ),
        ("size(lead.score) == 0", true),
    ]);
    check_unknown(&[
        ("lead.tags == ['a']", "lead.tags is empty"),
        ("lead.tags.exists(tag, tag == 'a')", "lead.tags is empty"),
        ("lead.tags.all(tag, tag == 'a')", "lead.tags is empty"),
        ("lead.rating in ['a']", "lead.rating is empty"),
    ]);
}

#[test]
fn an_empty_cell_is_unknown_unless_has_asks() {
    check(&[
        ("has(lead.rating)", false),
        ("has(lead.state)", true),
        ("has(lead.score)", false),
        ("has(pair.distance_km) && !has(pair.skill)", true),
        ("has(lead.rating) && lead.rating == 'Hot'", false),
    ]);
    check_unknown(&[
        ("lead.rating == 'Hot'", "lead.rating is empty"),
        ("lead.rating != 'Hot'", "lead.rating is empty"),
        ("lead.revenue + 1 > 0", "lead.revenue is empty"),
        ("lead.score >= 80", "lead.score is empty"),
        (
            "rep.performance > 1 || lead.score > 1",
            "rep.performance is empty",
        ),
        ("pair.skill > 50", "pair.skill is not known"),
        ("lead.maybe ? 1 : 2", "lead.maybe is empty"),
        ("lead.rating.contains('x')", "lead.rating is empty"),
        ("lead.rating + 'x'", "lead.rating is empty"),
        (
            "lead.created_at > date('2026-01-01') && lead.maybe",
            "lead.maybe is empty",
        ),
    ]);
}

#[test]
fn logic_has_three_values() {
    let value = |name: &str| match name {
        "lead.hot" => Some(true),
        "lead.cold" => Some(false),
        _ => None,
    };
    let expected = |truth: Option<bool>| match truth {
        Some(yes) => Answer::Boolean(yes),
        None => Answer::Unknown("lead.maybe is empty".into()),
    };
    let names = ["lead.hot", "lead.cold", "lead.maybe"];
    for one in names {
        assert_eq!(
            answer(&format!("!{one}")),
            expected(value(one).map(|yes| !yes)),
            "!{one}"
        );
        for other in names {
            let (a, b) = (value(one), value(other));
            let and = match (a, b) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
            let or = match (a, b) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
            assert_eq!(
                answer(&format!("{one} && {other}")),
                expected(and),
                "{one} && {other}"
            );
            assert_eq!(
                answer(&format!("{one} || {other}")),
                expected(or),
                "{one} || {other}"
            );
        }
    }
}

#[test]
fn dates_compare_with_dates_and_differ_by_days() {
    check(&[
        ("lead.created_at == date('2026-05-01')", true),
        ("lead.created_at < date('2026-05-01T00:00:01')", true),
        ("lead.created_at == date('2026-05-01T02:00:00+02:00')", true),
        ("lead.created_at in [date('2026-05-01')]", true),
        ("date(lead.created_at) >= date('2026-04-30')", true),
    ]);
    check_number(&[("date('2026-05-08T12:00') - lead.created_at", 7.5)]);
    assert_eq!(answer("date('1970-01-02')"), Answer::Date(Moment(86_400)));
}

#[test]
fn exists_and_all_ask_for_the_items_of_a_list() {
    check(&[
        ("lead.skills.exists(skill, skill in rep.languages)", true),
        ("lead.skills.all(skill, skill in rep.languages)", false),
        ("lead.skills.all(a, lead.skills.exists(b, a == b))", true),
        ("[1, 2, 3].exists(n, n * 60 == lead.employees)", true),
        ("lead.skills.all(s, size(s) > rep.experience_years)", false),
        ("[].all(x, x == 'a')", true),
        ("lead.skills.exists(s, s == 'cloud' || lead.maybe)", true),
    ]);
    check_unknown(&[(
        "lead.skills.exists(s, s == 'x' || lead.maybe)",
        "lead.maybe is empty",
    )]);
}

#[test]
fn a_choice_takes_one_side() {
    check_number(&[
        ("lead.hot ? 1 : 1 / 0", 1.0),
        (
            "(lead.employees >= 100 ? 50 : 0) + (lead.industry == 'Software' ? 50 : 0)",
            100.0,
        ),
        ("lead.cold ? 1 : lead.hot ? 2 : 3", 2.0),
    ]);
    check(&[("(lead.hot ? lead.state : rep.city) == 'California'", true)]);
}

#[test]
fn pair_fields_are_numbers() {
    check(&[
        ("pair.distance_km <= 12", true),
        ("pair.distance_km * 10 > lead.employees", false),
    ]);
}
