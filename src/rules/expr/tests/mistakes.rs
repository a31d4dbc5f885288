//! What is told of expressions that do not work.

use super::{lead, rep, with};
use crate::mistake::{Kind, Position};
use crate::rules::expr::{Allowed, Want, parse};

/// Checks the kind of the only mistake, a part of its message, and the text at its caret.
fn check(source: &str, want: Want, kind: Kind, message: &str, at: &str) {
    let mistakes = with(source, want, (&lead(), &rep()), |_| ()).expect_err(source).0;
    assert_eq!(mistakes.len(), 1, "{source}: {mistakes:?}");
    let mistake = &mistakes[0];
    let shown = mistake.to_string();
    assert_eq!(mistake.kind, kind, "{source}\n{shown}");
    assert!(
        shown.contains(message),
        "{source}: expected {message:?} in\n{shown}"
    );
    let excerpt = mistake.excerpt.as_deref().expect("there is an excerpt");
    let (line, caret) = excerpt.rsplit_once('\n').expect("there are two lines");
    let pointed: String = line.chars().skip(caret.chars().count() - 1).collect();
    assert!(
        pointed.starts_with(at),
        "{source}: the caret points at {pointed:?}\n{shown}"
    );
}

#[test]
fn a_mistake_shows_the_text_with_a_caret_and_a_hint() {
    let mistakes = with(
        "has(lead.state) && lead.industri == 'x'",
        Want::Boolean,
        (&lead(), &rep()),
        |_| (),
    );
    let expected = "error: rules.toml: `that`: `lead.industri`, which there is not; \
                    expected a column of the leads or a field that they may have [unknown-name]\n  \
                    | has(lead.state) && lead.industri == 'x'\n  \
                    |                    ^\n  \
                    hint: did you mean `lead.industry`?";
    assert_eq!(mistakes.expect_err("it is unknown").to_string(), expected);
}

#[test]
fn what_does_not_parse_is_a_bad_expression() {
    for (source, message, at) in [
        ("", "an empty expression", ""),
        ("lead.employees >=", "ends too early", ""),
        ("lead.state = 'CA'", "compared with `==`", "= 'CA'"),
        ("lead.hot and lead.cold", "`&&`", "and"),
        ("lead.state == 'CA", "never closed", "'CA"),
        ("(lead.hot", "every `(` needs its `)`", ""),
        ("lead.state == ‘CA’", "straight quotes", "‘CA’"),
        (
            "lead.hot lead.cold",
            "`lead` that does not belong there",
            "lead.cold",
        ),
        ("lead.state == null", "has(lead.state)", "null"),
        ("{'a': 1}", "a map", "{"),
        ("b'ab' == 'ab'", "bytes", "b'ab'"),
        ("lead.skills[0] == 'a'", "an index", "["),
        ("lead.skills.map(s, s)", "which expressions do not have", "("),
        ("lead", "`lead` by itself", "lead"),
        (
            "lead.state.code == 'x'",
            "`.code` behind something that has no fields",
            ".",
        ),
        ("lead.email.matches('(')", "a pattern that does not work", "'('"),
        ("lead.email.matches('(a{1000}){1000}')", "it is too large", "'("),
        (
            "lead.email.matches(lead.state)",
            "a pattern in quotes",
            "lead.state",
        ),
        ("has(lead)", "not an expression", ""),
        ("size(lead.tags, 1) > 0", "`size` with 2 values", "size"),
    ] {
        check(source, Want::Any, Kind::BadExpression, message, at);
    }
    check(
        "date('1 May') > lead.created_at",
        Want::Any,
        Kind::BadDate,
        "`'1 May'`",
        "'1 May'",
    );
}

#[test]
fn unknown_names_are_told_with_what_may_be_meant() {
    for (source, message, at) in [
        ("lead.stat == 'CA'", "did you mean `lead.state`?", "lead.stat"),
        (
            "rep.language == 'x'",
            "did you mean `rep.languages`?",
            "rep.language",
        ),
        ("has(lead.emial)", "did you mean `lead.email`?", "lead.emial"),
        ("pair.distance < 3", "one of distance_km, skill", "pair.distance"),
        ("lead.scor > 1", "did you mean `lead.score`?", "lead.scor"),
        ("leads.state == 'CA'", "did you mean `lead`?", "leads"),
        ("lead.rating == Hot", "`'Hot'`", "Hot"),
        ("lead.hot == True", "did you mean `true`?", "True"),
        (
            "lead.email.startswith('a')",
            "did you mean `startsWith`?",
            "startswith",
        ),
        ("lenght(lead.state) > 1", "the function `lenght`", "lenght"),
        ("math.max(1, 2)", "the function `math.max`", "max"),
    ] {
        check(source, Want::Any, Kind::UnknownName, message, at);
    }
}

#[test]
fn types_that_do_not_fit_are_told_with_both_types() {
    for (source, message, at) in [
        (
            "lead.state == 3",
            "`lead.state` is text and `3` is a number",
            "==",
        ),
        (
            "lead.employees == '3'",
            "`lead.employees` is a number and `'3'` is text",
            "==",
        ),
        ("rep.languages == 'German'", "`'German' in rep.languages`", "=="),
        ("lead.created_at > '2026-05-01'", "date('2026-05-01')", ">"),
        ("lead.hot == 'yes'", "`true` and `false`", "=="),
        ("lead.hot < true", "numbers, dates or texts with `<`", "<"),
        ("1 < lead.employees < 5", "the result of `<`", "< 5"),
        ("lead.state && lead.hot", "`lead.state` is text", "lead.state"),
        ("!lead.employees", "yes or no with `!`", "lead.employees"),
        ("lead.state + 1 == 'x'", "two numbers or two texts", "+"),
        ("lead.state * 2 == 1", "two numbers with `*`", "*"),
        ("lead.skills in rep.languages", "exists", "lead.skills"),
        (
            "lead.employees in rep.languages",
            "the items of `rep.languages` are text",
            "in",
        ),
        (
            "lead.state in lead.employees",
            "a list behind `in`",
            "lead.employees",
        ),
        ("lead.skills.contains('a')", "`'a' in lead.skills`", "lead.skills"),
        (
            "lead.employees.contains('a')",
            "text with `contains`",
            "lead.employees",
        ),
        (
            "[1, 'a'].exists(x, x == 1)",
            "a list of values of one type",
            "'a'",
        ),
        ("lead.tags == []", "size(lead.skills) == 0", "=="),
        ("lead.hot ? 1 : 'a'", "two values of one type", "?"),
        (
            "lead.state.exists(x, x == 'a')",
            "a list with `exists`",
            "lead.state",
        ),
        (
            "size(lead.employees) > 1",
            "a list or text with `size`",
            "lead.employees",
        ),
        ("math.least(1, 'a') > 1", "a number with `math.least`", "'a'"),
    ] {
        check(source, Want::Any, Kind::WrongType, message, at);
    }
}

#[test]
fn the_whole_must_come_to_what_its_key_wants() {
    check(
        "lead.rating",
        Want::Boolean,
        Kind::WrongType,
        "`lead.rating == '…'`",
        "lead.rating",
    );
    check(
        "lead.employees + 1",
        Want::Boolean,
        Kind::WrongType,
        "expected yes or no",
        "+",
    );
    check(
        "lead.skills",
        Want::NumberOrBoolean,
        Kind::WrongType,
        "`'…' in lead.skills`",
        "lead.skills",
    );
    check("[1, 2]", Want::Any, Kind::WrongType, "a list of texts", "[");
    for (source, want) in [
        ("lead.hot", Want::Boolean),
        ("lead.score", Want::Boolean),
        ("lead.employees", Want::NumberOrBoolean),
        ("lead.hot", Want::NumberOrBoolean),
        ("lead.skills", Want::Any),
    ] {
        assert!(with(source, want, (&lead(), &rep()), |_| ()).is_ok(), "{source}");
    }
}

#[test]
fn all_mistakes_of_an_expression_are_told_at_once() {
    for (source, expected) in [
        ("lead.stat == 'CA' && lead.employees == 'x' && rep.foo > 1", 3),
        ("foo == 1 || bar(2) || lead[0]", 3),
    ] {
        let mistakes = with(source, Want::Boolean, (&lead(), &rep()), |_| ()).expect_err(source);
        assert_eq!(mistakes.0.len(), expected, "{mistakes}");
    }
}

#[test]
fn a_variable_that_the_key_cannot_read_is_named() {
    let told = |source, allowed| {
        let mistakes = parse(source, allowed, Position::Nowhere, "when").expect_err(source);
        mistakes.to_string()
    };
    let message = told("lead.hot && rep.team == 'East'", Allowed::LEAD);
    assert!(message.contains("`rep`, which this key cannot read; expected a statement about `lead` only"));
    let message = told("pair.distance_km < 3", Allowed::REP);
    assert!(
        message.contains("expected a statement about `rep` only"),
        "{message}"
    );
}

#[test]
fn no_text_overflows_the_stack_or_panics() {
    let deep = |open: &str, inner: &str, close: &str| open.repeat(5_000) + inner + &close.repeat(5_000);
    for source in [
        deep("(", "true", ")"),
        deep("[", "1", "]"),
        deep("f(", "1", ")"),
        deep("!(", "true", ")"),
        "!".repeat(9_000) + "true",
        "-".repeat(9_000) + "1",
        "(".repeat(9_000),
        "lead.".repeat(2_000) + "a",
        "1 + ".repeat(3_000) + "1",
        "lead.hot ? 1 : ".repeat(1_000) + "2",
        "lead.employees in ".repeat(500) + "[1]",
        "lead.hot || ".repeat(1_000) + "false",
        "'".repeat(9_999),
        "\\".repeat(9_999),
        "lead.state == 'ä\u{0}\u{1F600}' ".repeat(99),
        "x".repeat(1_000_000),
    ] {
        let told = with(&source, Want::Boolean, (&lead(), &rep()), |_| ());
        let start: String = source.chars().take(30).collect();
        let fine = source.starts_with("lead.hot ||") || source.starts_with('!');
        assert!(fine || told.is_err(), "{start}");
    }
}

#[test]
fn large_rules_that_people_write_are_fine() {
    let states: Vec<String> = (0..500).map(|at| format!("'state {at}'")).collect();
    let choices: Vec<String> = (0..60)
        .map(|at| format!("lead.employees > {at} ? {at} : "))
        .collect();
    for source in [
        format!("lead.state in [{}]", states.join(", ")),
        states
            .iter()
            .map(|state| format!("lead.industry == {state}"))
            .collect::<Vec<_>>()
            .join(" || "),
        format!("({}0) > 1", choices.concat()),
        "(lead.hot ? 5 : 0) + ".repeat(80) + "1 > 100",
        "1 + ".repeat(240) + "1 > 100",
        "(".repeat(90) + "lead.hot" + &")".repeat(90),
        "(1 + ".repeat(75) + "1" + &")".repeat(75) + &" + 1".repeat(70) + " > 1",
    ] {
        if let Err(mistakes) = with(&source, Want::Any, (&lead(), &rep()), |_| ()) {
            panic!("{}: {mistakes}", source.len());
        }
    }
}
