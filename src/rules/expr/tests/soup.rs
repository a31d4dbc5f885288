//! Whatever somebody types, there is an answer or a mistake.

use super::{lead, rep, with};
use crate::rules::expr::Want;
use proptest::prelude::*;

const PIECES: [&str; 48] = [
    "lead.state",
    "lead.employees",
    "lead.hot",
    "lead.skills",
    "lead.tags",
    "rep.limit",
    "pair.skill",
    "lead",
    "lead.",
    "team.x",
    "has(",
    "size(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    "?",
    ":",
    "&&",
    "||",
    "!",
    "-",
    "+",
    "*",
    "/",
    "%",
    "==",
    "!=",
    "<",
    ">=",
    " in ",
    "'CA'",
    "'",
    "\"x\"",
    "r'\\",
    "1",
    "2.5",
    "0x",
    "1e999",
    "99999999999999999999",
    ".exists(x, x == 'a')",
    ".all(i, ",
    ".matches('(a')",
    "date('2026-05-01')",
];

fn check(source: &str) {
    let told = with(source, Want::Any, (&lead(), &rep()), |compiled| {
        compiled.evaluate(Some(0), None, &|_| Some(f64::INFINITY))
    });
    if let Err(mistakes) = told {
        assert!(!mistakes.0.is_empty(), "{source}");
        assert!(
            mistakes.0.iter().all(|mistake| mistake.excerpt.is_some()),
            "{source}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_are_understood_or_told_of(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_text_is_understood_or_told_of(source in any::<String>(), at in any::<prop::sample::Index>()) {
        check(&source);
        let rule = "lead.state == 'CA' && lead.skills.exists(s, s in rep.languages)";
        let (before, after) = rule.split_at(at.index(rule.len()));
        check(&format!("{before}{source}{after}"));
    }
}
