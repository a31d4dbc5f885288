//! Rosters as they are read, and what is refused.

use super::*;
use crate::model::{Value, WeeklyHours};
use crate::read::testing::table;
use jiff::tz::TimeZone;

static ZONE: TimeZone = TimeZone::UTC;

fn read(text: &str, settings: &Settings) -> (Option<Reps>, Vec<Note>, Mistakes) {
    let (mut notes, mut mistakes) = (Vec::new(), Mistakes::default());
    let customs = Customs {
        decimal: None,
        date_order: None,
        zone: &ZONE,
    };
    let reps = roster(
        &table("reps.csv", text),
        settings,
        customs,
        &mut notes,
        &mut mistakes,
    );
    (reps, notes, mistakes)
}

/// Reads a roster without mistakes.
fn reps(text: &str) -> Reps {
    let (reps, _, mistakes) = read(text, &Settings::default());
    assert_eq!(mistakes, Mistakes::default());
    reps.expect("a roster")
}

/// Checks the kinds of the mistakes of a roster and a part of their text.
fn check(text: &str, expected: &[(MistakeKind, &str)]) {
    let (_, _, mistakes) = read(text, &Settings::default());
    let kinds: Vec<MistakeKind> = mistakes.0.iter().map(|mistake| mistake.kind).collect();
    let wanted: Vec<MistakeKind> = expected.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, wanted, "{mistakes}");
    for (mistake, (_, part)) in mistakes.0.iter().zip(expected) {
        assert!(mistake.to_string().contains(part), "{mistake}\nlacks {part}");
    }
}

#[test]
fn a_rep_is_read_with_all_that_a_run_needs() {
    let reps = reps(
        "Id¦Name¦Email¦Active¦Team¦Capacity¦Open leads¦Max new¦Weight¦Territories¦Max km¦Lat¦Lng
         r1¦Ann Lee¦ann@example.com¦yes¦East¦40.0¦7¦5¦1.5¦CA; OR¦100¦48.1¦11.6",
    );
    let rep = &reps.list[0];
    assert_eq!(
        (rep.id.as_str(), rep.name.as_str(), rep.team.as_str()),
        ("r1", "Ann Lee", "East")
    );
    assert_eq!(
        (rep.max_open, rep.open, rep.max_new),
        (Ceiling::At(40), 7, Some(5))
    );
    assert_eq!((rep.weight, rep.max_km), (Weight(1500), Some(100.0)));
    assert_eq!(rep.territories, ["CA", "OR"]);
    assert_eq!(rep.place.degrees, Some((48.1, 11.6)));
    assert_eq!(rep.row, 2);
}

#[test]
fn the_frame_holds_fields_and_what_rules_name() {
    let mut settings = Settings::default();
    settings
        .rep_columns
        .insert("daily_cap".to_owned(), Some(Kind::Number));
    settings.rep_columns.insert("product".to_owned(), None);
    let (reps, _, mistakes) = read(
        "id¦first name¦last name¦Skills¦Product¦Daily Cap¦Hobby¦experience
         r1¦Ann¦Lee¦SQL:3¦CRM¦4¦chess¦2
         r2¦Bo¦Chan¦¦¦¦go¦",
        &settings,
    );
    assert_eq!(mistakes, Mistakes::default());
    let frame = reps.expect("a roster").frame;
    assert_eq!(
        frame.value("skills", 0),
        &Value::List(vec!["SQL:3".to_owned(), "CRM".to_owned()])
    );
    assert_eq!(frame.value("product", 0).items().len(), 2);
    assert_eq!(frame.value("daily_cap", 0), &Value::Number(4.0));
    assert_eq!(frame.value("name", 1), &Value::Text("Bo Chan".to_owned()));
    assert_eq!(frame.value("experience_years", 1), &Value::Empty);
    assert_eq!(frame.value("max_open", 0), &Value::Empty);
    assert!(frame.column("hobby").is_none());
    assert!(frame.known.contains(&"hobby".to_owned()));
}

#[test]
fn ids_fall_back_to_emails_and_then_names_for_the_whole_file() {
    assert_eq!(
        reps("email¦name\nann@x.com¦Ann\nbo@x.com¦Bo").list[1].id,
        "bo@x.com"
    );
    assert_eq!(reps("email¦name\nann@x.com¦Ann\n¦Bo").list[0].id, "Ann");
    assert_eq!(reps("rep\nAnn\nBo").list[1].id, "Bo");
    assert_eq!(
        reps("id¦name\n0054W00000AuCYf¦Ann").list[0].id,
        "0054W00000AuCYfQAN"
    );
}

#[test]
fn an_empty_or_repeated_id_is_a_mistake() {
    check("id¦name\nr1¦Ann\n¦Bo", &[(MistakeKind::EmptyId, "reps.csv:3")]);
    check(
        "id¦name\nr1¦Ann\nr1¦Bo",
        &[(MistakeKind::DuplicateRep, "`r1` was seen before at reps.csv:2")],
    );
    check(
        "email¦skills\nann@x.com¦a\n¦b",
        &[(MistakeKind::EmptyId, "reps.csv:3")],
    );
}

#[test]
fn a_roster_that_does_not_tell_reps_apart_is_one_mistake() {
    check(
        "skills¦team\nSQL¦East\nJava¦West",
        &[(MistakeKind::NoSuchColumn, "holds an id, an e-mail or a name")],
    );
}

#[test]
fn activity_is_read_from_words_and_from_columns_that_say_the_opposite() {
    let active = |text: &str| reps(text).list.iter().map(|rep| rep.active).collect::<Vec<_>>();
    assert_eq!(
        active("id¦status\na¦Active\nb¦inactive\nc¦Suspended"),
        [true, false, false]
    );
    assert_eq!(active("id¦isdisabled\na¦No\nb¦Yes"), [true, false]);
    assert_eq!(active("id¦archived\na¦false\nb¦true\nc¦"), [true, false, true]);
    assert_eq!(active("id¦name\na¦Ann"), [true]);
    check("id¦active\na¦perhaps", &[(MistakeKind::BadBoolean, "`perhaps`")]);
}

#[test]
fn a_ceiling_for_some_active_reps_only_is_a_mistake() {
    check(
        "id¦name¦active¦max_open\na¦Ann¦yes¦10\nb¦Bo¦yes¦\nc¦Cy¦no¦",
        &[(MistakeKind::CeilingForSome, "no ceiling for `Bo`, though")],
    );
    let reps = reps("id¦max_open\na¦none\nb¦0\nc¦5");
    assert_eq!(reps.list[0].max_open, Ceiling::Unlimited);
    assert_eq!(reps.list[1].max_open, Ceiling::At(0));
}

#[test]
fn bad_cells_of_a_roster_are_all_named() {
    check(
        "id¦max_open¦weight¦latitude¦experience_years\na¦-1¦x¦91¦lots",
        &[
            (MistakeKind::OutOfRange, "`max_open`: `-1` is negative"),
            (MistakeKind::BadNumber, "`weight`"),
            (MistakeKind::OutOfRange, "`latitude`"),
            (MistakeKind::BadNumber, "`experience_years`"),
        ],
    );
}

#[test]
fn a_row_of_another_width_is_a_mistake() {
    check(
        "id¦name\na¦Ann\nb",
        &[(MistakeKind::RaggedRow, "reps.csv:3: 1 cells; expected 2")],
    );
}

#[test]
fn a_list_of_leads_is_no_roster() {
    check(
        "Id¦Name¦Company¦Status¦Rating\n1¦Ann¦Acme¦New¦Hot",
        &[(MistakeKind::RosterIsLeads, "`Company`, `Status`, `Rating`")],
    );
    reps("Id¦Name¦Company¦Status¦Skills\n1¦Ann¦Acme¦Active¦SQL");
}

#[test]
fn a_roster_without_anybody_to_deal_to_is_a_mistake() {
    check("id¦name", &[(MistakeKind::NoUsableRep, "no rep")]);
    check("id¦active\na¦no", &[(MistakeKind::NoUsableRep, "active")]);
    check(
        "id¦max_open\na¦0",
        &[(MistakeKind::NoUsableRep, "may take a lead")],
    );
    let (_, notes, mistakes) = read("id¦max_open¦open\na¦5¦5", &Settings::default());
    assert_eq!(mistakes, Mistakes::default());
    assert!(
        notes
            .iter()
            .any(|note| note.text.contains("every active rep is full"))
    );
}

#[test]
fn a_roster_of_too_many_is_refused_before_it_is_read() {
    let rows: Vec<String> = (0..5_001).map(|row| format!("r{row}¦x")).collect();
    check(
        &format!("id¦max_open\n{}", rows.join("\n")),
        &[(MistakeKind::TooManyReps, "5001 reps; expected at most 5000")],
    );
}

#[test]
fn a_quota_is_no_ceiling_but_the_line_that_makes_it_one_is_said() {
    let (_, notes, _) = read("id¦Quota\na¦5", &Settings::default());
    assert!(
        notes
            .iter()
            .any(|note| note.text.contains("`[columns.reps] max_open = \"Quota\"`"))
    );
}

#[test]
fn an_override_without_its_column_is_a_mistake() {
    let mut settings = Settings::default();
    settings
        .rep_headers
        .insert("max_open".to_owned(), vec!["Quote".to_owned()]);
    let (_, _, mistakes) = read("id¦Quota\na¦5", &settings);
    assert_eq!(mistakes.0[0].kind, MistakeKind::NoSuchColumn);
    assert_eq!(mistakes.0[0].hint.as_deref(), Some("did you mean `Quota`?"));
}

#[test]
fn hours_and_zones_are_read_and_wrong_ones_are_mistakes_where_hours_are_compared() {
    let compared = Settings {
        reads_hours: true,
        ..Settings::default()
    };
    let text = "id¦Name¦Working hours¦Time Zone Sid Key\nr1¦Ann¦Mo-Fr 8-16¦Europe/Berlin\nr2¦Bo¦¦EST";
    let (reps, _, _) = read(text, &compared);
    let reps = reps.unwrap().list;
    let hours = |at: usize| reps[at].hours.as_ref().map(ToString::to_string);
    assert_eq!(hours(0).as_deref(), Some("Mon-Fri 08:00-16:00"));
    assert_eq!(hours(1), None);
    let zone = |at: usize| reps[at].zone.as_ref().and_then(TimeZone::iana_name);
    assert_eq!(
        (zone(0), zone(1)),
        (Some("Europe/Berlin"), Some("America/New_York"))
    );

    let text = "id¦Name¦Hours¦Time zone\nr1¦Ann¦40¦Europe/Berln\nr2¦Bo¦9-17¦";
    let (reps, _, mistakes) = read(text, &compared);
    let kinds: Vec<MistakeKind> = mistakes.0.iter().map(|mistake| mistake.kind).collect();
    assert_eq!(kinds, [MistakeKind::BadHours, MistakeKind::UnknownZone]);
    assert!(
        mistakes.to_string().contains("did you mean `Europe/Berlin`?"),
        "{mistakes}"
    );
    assert_eq!(reps.unwrap().list[0].hours, None);
    let (reps, _, mistakes) = read(text, &Settings::default());
    assert_eq!(mistakes, Mistakes::default());
    assert_eq!(reps.unwrap().list[1].hours, Some(WeeklyHours::office()));
    let (_, _, mistakes) = read("id¦Name¦Time zone\nr1¦Ann¦Somewhere", &compared);
    assert_eq!(
        mistakes,
        Mistakes::default(),
        "zones say nothing where nobody has hours"
    );
}

#[test]
fn reps_without_hours_have_those_of_the_rules() {
    let settings = Settings {
        rep_hours: WeeklyHours::parse("7-15").ok(),
        ..Settings::default()
    };
    let (reps, _, _) = read("id¦Name¦Hours\nr1¦Ann¦\nr2¦Bo¦9-17", &settings);
    let hours = reps
        .unwrap()
        .list
        .into_iter()
        .map(|rep| rep.hours.unwrap().to_string());
    assert_eq!(
        hours.collect::<Vec<_>>(),
        ["Mon-Fri 07:00-15:00", "Mon-Fri 09:00-17:00"]
    );
}
