//! Claims, and what of them stops a run.

use super::*;
use crate::model::Rep;
use crate::read::testing::table;
use jiff::tz::TimeZone;

fn rep(id: &str, name: &str) -> Rep {
    Rep::named(id, name)
}

fn read(text: &str, settings: &Settings) -> (Vec<Claim>, Mistakes) {
    let reps = [rep("r1", "Ann"), rep("r2", "Bo"), rep("r3", "Bo")];
    let mut mistakes = Mistakes::default();
    let customs = Customs {
        decimal: None,
        date_order: None,
        zone: &TimeZone::UTC,
    };
    let found = claims(
        &table("claims.csv", text),
        &RepDirectory::new(&reps),
        settings,
        customs,
        &mut Vec::new(),
        &mut mistakes,
    );
    (found, mistakes)
}

/// Checks the claims of a file as `row: lead>rep rank at`, then its mistakes.
fn check(text: &str, expected: &str) {
    let (found, mistakes) = read(text, &Settings::default());
    let shown = found.iter().map(|claim| {
        let by = match &claim.by {
            Claimant::Rep(rep) => rep.at().to_string(),
            Claimant::Unknown(text) => format!("unknown {text}"),
            Claimant::Ambiguous(text) => format!("ambiguous {text}"),
        };
        let rank = claim.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let at = claim.at.map_or_else(|| "-".to_owned(), |at| at.0.to_string());
        format!("{}: {}>{by} {rank} {at}", claim.row, claim.lead_id)
    });
    let wrong = mistakes.0.iter().map(ToString::to_string);
    assert_eq!(shown.chain(wrong).collect::<Vec<_>>().join("\n"), expected);
}

#[test]
fn claims_name_reps_in_any_way_and_nobody_is_no_mistake() {
    check(
        "lead_id¦rep_id¦rank\nL1¦r2¦1\nL2¦ann¦\nL3¦Bo¦2\nL4¦Zoe¦",
        "2: L1>1 1 -\n3: L2>0 - -\n4: L3>ambiguous Bo 2 -\n5: L4>unknown Zoe - -",
    );
}

#[test]
fn a_row_without_a_lead_is_a_pull() {
    check("rep_id¦at\nr1¦1970-01-01T00:01:00Z\n¦", "2: >0 - 60");
}

#[test]
fn ranks_and_times_that_cannot_be_read_are_mistakes() {
    check(
        "lead_id¦rep_id¦rank¦at\nL1¦r1¦0¦\nL2¦r1¦first¦\nL3¦r1¦1.5¦\nL4¦r1¦¦noon",
        "2: L1>0 - -\n3: L2>0 - -\n4: L3>0 - -\n5: L4>0 - -\n\
         claims.csv:3: `rank`: `first` is not a number; expected a number [bad-number]\n\
         claims.csv:5: `at`: `noon` is not a date; expected a date such as 2026-06-01 [bad-date]\n\
         claims.csv:2: `rank`: a rank of 0; expected a whole number from 1, the dearest wish [bad-number]\n\
         claims.csv:4: `rank`: a rank of 1.5; expected a whole number from 1, the dearest wish [bad-number]",
    );
}

#[test]
fn a_file_without_reps_is_a_mistake() {
    let (found, mistakes) = read("lead_id¦rank\nL1¦1", &Settings::default());
    assert!(found.is_empty() && mistakes.0.len() == 1);
}

#[test]
fn more_wishes_than_ranks_can_tell_apart_are_a_mistake_of_the_first_too_many() {
    let ranked = Settings {
        most_wishes: Some(3),
        ..Settings::default()
    };
    let file = |wishes: usize| {
        let rows = (0..wishes).map(|at| format!("\nL{at}¦r1"));
        format!("lead_id¦rep_id{}\nL0¦r1", rows.collect::<String>())
    };
    assert!(read(&file(3), &ranked).1.0.is_empty());
    let (_, mistakes) = read(&file(4), &ranked);
    assert_eq!(mistakes.0.len(), 1);
    assert!(
        mistakes.0[0].to_string().starts_with("claims.csv:5: "),
        "{}",
        mistakes.0[0]
    );
    assert!(read(&file(4), &Settings::default()).1.0.is_empty());
}
