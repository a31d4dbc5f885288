//! Time off in calendars.

use super::*;
use proptest::prelude::*;

#[test]
fn an_event_belongs_to_its_attendee_else_its_organizer_else_the_one_in_its_summary() {
    let day = "DTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260602";
    let both = format!(
        "{day}\nSUMMARY:PTO\nORGANIZER;CN=Bo:mailto:bo@example.com\nATTENDEE;CN=\"Lee, Ann\":MAILTO:Ann@Example.com"
    );
    check(calendar(&[&both]), "r1 8/8 until 2026-06-02 (PTO)");
    let organizer = format!("{day}\nSUMMARY:Ann Lee\nORGANIZER;CN=Bo:mailto:bo@example.com");
    check(calendar(&[&organizer]), "r2 5/5 until 2026-06-02 (Ann Lee)");
    check(
        calendar(&[&format!("{day}\nSUMMARY:Out of office: CY DAY")]),
        "r3 8/8 until 2026-06-02 (Out of office: CY DAY)",
    );
    let batch = check(
        calendar(&[
            &format!("{day}\nSUMMARY:Ann Lee and Cy Day out"),
            &format!("{day}\nSUMMARY:Christmas"),
            &format!("{day}\nSUMMARY:PTO\nATTENDEE:mailto:zoe@example.com"),
        ]),
        "",
    );
    assert_eq!(
        warnings(&batch),
        [
            "time off of 1 person who is not on the roster was left out: `zoe@example.com`; a day off for everybody \
             is a row without a rep",
            "2 events of calendars name no single rep of the roster and were left out: `Ann Lee and Cy Day out`, \
             `Christmas`; give public holidays as a table with rows without a rep: `rep, from, to, reason, country`",
        ]
    );
}

#[test]
fn cancelled_events_and_attendees_who_declined_do_not_count() {
    let day = "DTSTART;VALUE=DATE:20260601";
    check(
        calendar(&[
            &format!("{day}\nSTATUS:CANCELLED\nATTENDEE:mailto:ann@example.com"),
            &format!(
                "{day}\nATTENDEE;PARTSTAT=DECLINED:mailto:ann@example.com\nATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@example.com"
            ),
            &format!(
                "{day}\nATTENDEE;PARTSTAT=DECLINED:mailto:cy@example.com\nORGANIZER:mailto:cy@example.com"
            ),
        ]),
        "r2 5/5 until 2026-06-02",
    );
}

/// An event of Ann, who works 09:00 to 17:00 in New York.
fn check_ann(lines: &str, expected: &str) {
    check(
        calendar(&[&format!("UID:1\nATTENDEE:mailto:ann@example.com\n{lines}")]),
        expected,
    );
}

#[test]
fn days_and_times_end_where_they_say() {
    // the end of whole days is the first day after them
    check_ann("DTSTART;VALUE=DATE:20260530\nDTEND;VALUE=DATE:20260601", "");
    check_ann(
        "DTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260601",
        "r1 8/8 until 2026-06-02",
    );
    check_ann(
        "DTSTART;VALUE=DATE:20260601\nDURATION:P2D",
        "r1 8/8 until 2026-06-03",
    );
    // 13:00Z is 09:00 in New York
    check_ann(
        "DTSTART:20260601T130000Z\nDTEND:20260601T150000Z",
        "r1 2/8 until 2026-06-02",
    );
    // floating: on the clock of the rep
    check_ann(
        "DTSTART:20260601T090000\nDURATION:PT3H",
        "r1 3/8 until 2026-06-02",
    );
    check_ann("DTSTART:20260601T130000", "r1 4/8 until 2026-06-02");
    check_ann(
        "DTSTART;TZID=Europe/Berlin:20260601T150000\nDTEND;TZID=Europe/Berlin:20260601T160000",
        "r1 1/8 until 2026-06-02",
    );
    check_ann(
        "DTSTART;TZID=W. Europe Standard Time:20260601T150000\nDTEND:20260601T150000Z",
        "r1 2/8 until 2026-06-02",
    );
}

#[test]
fn recurring_events_are_unfolded() {
    let day = "DTSTART;VALUE=DATE:20200106\nDTEND;VALUE=DATE:20200107";
    let weekly = "RRULE:FREQ=WEEKLY;BYDAY=MO";
    check_ann(&format!("{day}\n{weekly}"), "r1 8/8 until 2026-06-02");
    check_ann(&format!("{day}\n{weekly};INTERVAL=2"), "r1 8/8 until 2026-06-02");
    check_ann(&format!("{day}\n{weekly};INTERVAL=4"), "");
    check_ann(&format!("{day}\n{weekly};UNTIL=20260531"), "");
    check_ann(
        &format!("{day}\n{weekly};UNTIL=20260601"),
        "r1 8/8 until 2026-06-02",
    );
    check_ann(&format!("{day}\n{weekly};COUNT=334"), "");
    check_ann(&format!("{day}\n{weekly};COUNT=335"), "r1 8/8 until 2026-06-02");
    check_ann(&format!("{day}\n{weekly}\nEXDATE;VALUE=DATE:20260601"), "");
    check_ann(
        &format!("{day}\nRRULE:FREQ=MONTHLY;BYDAY=1MO"),
        "r1 8/8 until 2026-06-02",
    );
    check_ann(&format!("{day}\nRRULE:FREQ=MONTHLY;BYDAY=-1MO"), "");
    check_ann(
        &format!("{day}\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        "r1 8/8 until 2026-06-02",
    );
    check_ann(
        &format!("{day}\nRRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1"),
        "r1 8/8 until 2026-06-02",
    );
    check_ann(
        &format!("{day}\nRDATE;VALUE=DATE:20260525,20260601"),
        "r1 8/8 until 2026-06-02",
    );
}

#[test]
fn a_series_keeps_its_local_time_over_daylight_saving_and_ends_by_the_clock_of_its_zone() {
    let winter = "DTSTART;TZID=America/New_York:20260105T090000\nDTEND;TZID=America/New_York:20260105T110000";
    check_ann(&format!("{winter}\nRRULE:FREQ=WEEKLY"), "r1 2/8 until 2026-06-02");
    check_ann(
        &format!("{winter}\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=America/New_York:20260601T090000"),
        "",
    );
    check_ann(
        &format!("{winter}\nRRULE:FREQ=WEEKLY\nEXDATE:20260601T130000Z"),
        "",
    );
    // 09:00 in Tokyo is midnight UTC: the last time is included
    let tokyo = "DTSTART;TZID=Asia/Tokyo:20260101T223000\nDURATION:PT1H";
    check_ann(
        &format!("{tokyo}\nRRULE:FREQ=DAILY;UNTIL=20260601T133000Z"),
        "r1 1/8 until 2026-06-02",
    );
    check_ann(&format!("{tokyo}\nRRULE:FREQ=DAILY;UNTIL=20260601T132959Z"), "");
}

#[test]
fn an_event_that_moved_takes_the_place_of_one_time_of_its_series_alone() {
    let ann = "ATTENDEE:mailto:ann@example.com";
    let series = format!("UID:1\nDTSTART;VALUE=DATE:20260525\nRRULE:FREQ=WEEKLY\nSEQUENCE:0\n{ann}");
    let moved =
        format!("UID:1\nSEQUENCE:3\nRECURRENCE-ID;VALUE=DATE:20260601\nDTSTART;VALUE=DATE:20260603\n{ann}");
    check(calendar(&[&series, &moved]), "");
    check(calendar(&[&moved, &series]), "");
    let of_another = moved.replace("UID:1", "UID:2");
    check(calendar(&[&series, &of_another]), "r1 8/8 until 2026-06-02");
    let called_off = format!(
        "UID:1\nSTATUS:CANCELLED\nRECURRENCE-ID;VALUE=DATE:20260601\nDTSTART;VALUE=DATE:20260601\n{ann}"
    );
    check(calendar(&[&series, &called_off]), "");
}

#[test]
fn the_time_that_a_moved_event_takes_the_place_of_is_told_on_the_clock_of_its_series() {
    let ann = "ATTENDEE:mailto:ann@example.com";
    let new_york = "TZID=America/New_York:2026";
    let series = format!("UID:1\nDTSTART;{new_york}0525T090000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY\n{ann}");
    for instead in [
        "RECURRENCE-ID:20260601T130000Z",
        &format!("RECURRENCE-ID;{new_york}0601T090000"),
    ] {
        for start in ["DTSTART:20260603T130000Z", "DTSTART;VALUE=DATE:20260603"] {
            let moved = format!("UID:1\n{instead}\n{start}\n{ann}");
            check(calendar(&[&series, &moved]), "");
        }
    }
}

#[test]
fn a_calendar_that_is_cut_short_is_a_mistake() {
    let mut files = calendar(&["DTSTART;VALUE=DATE:20260601\nATTENDEE:mailto:ann@example.com"]);
    let TimeOff::Calendar { text, .. } = &mut files[0] else {
        panic!("it is a calendar");
    };
    text.truncate(text.find("END:VCALENDAR").expect("it ends"));
    check_mistakes(
        files,
        &["off.ics: the calendar is cut short; expected `END:VCALENDAR` at its end [bad-format]"],
    );
}

#[test]
fn what_is_not_understood_is_said() {
    let ann = "ATTENDEE:mailto:ann@example.com\nSUMMARY:PTO";
    let hourly = format!("DTSTART:20260601T090000\nDURATION:PT1H\nRRULE:FREQ=HOURLY\n{ann}");
    let batch = check(calendar(&[&hourly]), "r1 1/8 until 2026-06-02 (PTO)");
    assert!(batch.notes.iter().any(|note| note.text
        == "off.ics: 1 event repeats in a way that is not understood; only the first time counts"));
    let zone = format!("DTSTART;TZID=Middle Earth:20260601T090000\nDURATION:PT1H\n{ann}");
    let batch = check(calendar(&[&zone]), "r1 1/8 until 2026-06-02 (PTO)");
    assert!(
        batch
            .notes
            .iter()
            .any(|note| note.text
                == "off.ics: unknown time zones are taken to be the rep's own: `Middle Earth`")
    );
    check_mistakes(
        calendar(&[
            ann,
            &format!("DTSTART:tomorrow\n{ann}"),
            &format!("DTSTART:20260601T090000\nDTEND:20260601T080000\n{ann}"),
            &format!("DTSTART:20260601T090000\nDTEND:noon\n{ann}"),
        ]),
        &[
            "off.ics:3: event `PTO` has no start that can be read [bad-date]",
            "off.ics:7: event `PTO` has no start that can be read [bad-date]",
            "off.ics:12: event `PTO` ends before it begins [bad-time-off]",
            "off.ics:18: event `PTO` has an end that cannot be read [bad-date]",
        ],
    );
}

/// Exports of three programs in the form that each writes.
const EXPORTS: &str = include_str!("exports.ics");

#[test]
fn exports_of_google_outlook_and_apple_are_read() {
    let files = vec![TimeOff::Calendar {
        name: "exports.ics".to_owned(),
        text: EXPORTS.replace('\n', "\r\n"),
    }];
    let batch = check(
        files,
        "r1 8/8 until 2026-06-03 (Out of office), r2 2/5 until 2026-06-02 (Zahnarzt), \
         r3 4/8 until 2026-06-02 (Cy Day: every first Monday, long text that goes on over the fold)",
    );
    assert_eq!(batch.time_off[0].read, 4);
}

proptest! {
    #[test]
    fn mangled_calendars_are_read_without_panic(
        cuts in prop::collection::vec((0usize..4000, 0usize..40, "[ -~\\r\\n:;=,]{0,12}"), 1..6)
    ) {
        let mut text = EXPORTS.to_owned();
        for (at, length, with) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.replace_range(at..end, &with);
        }
        let name = "off.ics".to_owned();
        let _ = run(vec![TimeOff::Calendar { name, text }], &Settings::default());
    }

    #[test]
    fn any_numbers_in_dates_and_rules_are_read_without_panic(
        start in "[0-9]{8}(T[0-9]{6}Z?)?",
        length in "(DURATION:-?P[0-9]{1,9}[DWHT]|DTEND:[0-9]{8}(T[0-9]{6}Z?)?)",
        rule in "FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|SECONDLY)(;(INTERVAL|COUNT|BYMONTHDAY|BYYEARDAY|BYMONTH|BYSETPOS|BYDAY|UNTIL)=-?[0-9]{1,9}(MO|TH)?){0,4}",
    ) {
        let event = format!("ATTENDEE:mailto:ann@example.com\nDTSTART:{start}\n{length}\nRRULE:{rule}");
        let _ = run(calendar(&[&event]), &Settings::default());
    }
}
