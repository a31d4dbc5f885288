//! Teams: what becomes of them and of their members, and every mistake of the file.

use crate::mistake::Mistakes;
use crate::model::{Batch, Settings};
use crate::read::testing::{as_of, shown, table};
use crate::read::{Tables, assemble};

fn read(teams: &str) -> Result<Batch, Mistakes> {
    let reps = "id¦team¦territories\nr1¦West¦\nr2¦West¦OR\nr3¦East¦\nr4¦¦";
    let tables = Tables {
        leads: vec![table("leads.csv", "id\nL1")],
        reps: table("reps.csv", reps),
        pins: None,
        claims: None,
        teams: Some(table("teams.csv", teams)),
        geodata: None,
        time_off: Vec::new(),
        existing: Vec::new(),
        accounts: Vec::new(),
        past: crate::model::Past::default(),
    };
    let mut settings = Settings::default();
    settings.rep_columns.insert("team.fee".to_owned(), None);
    assemble(tables, &settings, as_of())
}

/// Checks each team as `name max_new weight`, each rep as `id territories fee`, then the notes.
fn check(teams: &str, expected: &str) {
    let batch = read(teams).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let number = |number: Option<u32>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let teams = batch.teams.iter().map(|team| {
        let weight = number(team.weight.map(|weight| weight.0));
        format!("{} {} {weight}", team.name, number(team.max_new))
    });
    let reps = batch.reps.list.iter().enumerate().map(|(at, rep)| {
        let fee = shown(batch.reps.frame.value("team.fee", at));
        format!("{} [{}] {fee}", rep.id, rep.territories.join(";"))
    });
    let notes = batch.notes.iter().map(|note| note.text.clone());
    let notes = notes.filter(|text| text.contains("teams"));
    assert_eq!(
        teams.chain(reps).chain(notes).collect::<Vec<_>>().join("\n"),
        expected
    );
}

fn check_mistake(teams: &str, expected: &str) {
    let mistakes = read(teams).expect_err("a mistake");
    assert_eq!(
        mistakes
            .0
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n"),
        expected
    );
}

#[test]
fn members_have_what_their_team_has_unless_their_own_row_says_so() {
    check(
        "team¦territories¦max_new¦weight¦fee\nwest¦CA;WA¦5¦2.5¦10\nEast¦NY¦¦¦20",
        "West 5 2500\nEast - -\nr1 [CA;WA] 10\nr2 [OR] 10\nr3 [NY] 20\nr4 [] -",
    );
}

#[test]
fn teams_that_one_file_alone_has_are_told() {
    check(
        "Team Name¦Fee\nEast¦1\nNorth¦2",
        "East - -\nNorth - -\nr1 [] -\nr2 [OR] -\nr3 [] 1\nr4 [] -\n\
         teams of the roster that the teams file does not have: `West`\n\
         teams of the teams file without a rep on the roster: `North`",
    );
}

#[test]
fn a_bad_row_of_teams_stops_the_run() {
    check_mistake(
        "team¦max_new\nEast¦many\neast¦1\n¦2",
        "teams.csv:2: `max_new`: `many` is not a number; expected a whole number from 0 [bad-number]\n\
         teams.csv:3: `team`: team `East` is there twice; expected one row a team [duplicate-team]\n\
         teams.csv:4: `team`: the name of the team is empty; expected a name [empty-id]",
    );
    check_mistake(
        "territory\nCA",
        "teams.csv:1: teams have no column `team`; expected a column `team`, and `territories`, `max_new`, \
         `weight` and your own if you like [no-such-column]",
    );
}
