//! Time off, read and applied to a roster on Monday 2026-06-01, 09:00 UTC.

use super::TimeOff;
use crate::mistake::Mistakes;
use crate::model::{Batch, Settings};
use crate::read::testing::{as_of, table};
use crate::read::{Tables, assemble};
use proptest::prelude::*;

const REPS: &str = "id¦name¦email¦country¦time_zone¦hours
    r1¦Ann Lee¦ann@example.com¦US¦America/New_York¦
    r2¦Bo Chan¦bo@example.com¦Germany¦Europe/Berlin¦Mon-Thu 08:00-16:00
    r3¦Cy Day¦cy@example.com¦¦¦";

fn run(files: Vec<TimeOff>, settings: &Settings) -> Result<Batch, Mistakes> {
    let tables = Tables {
        leads: vec![table("leads.csv", "id¦country\nL1¦US")],
        reps: table("reps.csv", REPS),
        pins: None,
        geodata: None,
        time_off: files,
    };
    assemble(tables, settings, as_of())
}

fn rows(text: &str) -> Vec<TimeOff> {
    vec![TimeOff::Table(table("off.csv", text))]
}

/// An iCalendar file of events, each given by the lines between its `BEGIN` and `END`.
fn calendar(events: &[&str]) -> Vec<TimeOff> {
    let events: Vec<String> = events
        .iter()
        .map(|event| {
            let lines = event.lines().map(|line| format!("{}\r\n", line.trim()));
            format!("BEGIN:VEVENT\r\n{}END:VEVENT\r\n", lines.collect::<String>())
        })
        .collect();
    vec![TimeOff::Calendar {
        name: "off.ics".to_owned(),
        text: format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
            events.concat()
        ),
    }]
}

/// Every absence as `r1 8/8 until 2026-06-02 (holiday)`, in hours.
fn told(batch: &Batch) -> String {
    let absences = batch.reps.list.iter().filter_map(|rep| {
        let absence = rep.absence.as_ref()?;
        #[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
        let hours = |seconds: i64| seconds as f64 / 3600.0;
        let text = absence.text();
        let text = text.strip_prefix("away").unwrap_or_default();
        Some(format!(
            "{} {}/{}{text}",
            rep.id,
            hours(absence.away),
            hours(absence.working)
        ))
    });
    absences.collect::<Vec<_>>().join(", ")
}

fn check(files: Vec<TimeOff>, expected: &str) -> Batch {
    match run(files, &Settings::default()) {
        Ok(batch) => {
            assert_eq!(told(&batch), expected);
            batch
        }
        Err(mistakes) => panic!("{mistakes}"),
    }
}

fn check_mistakes(files: Vec<TimeOff>, expected: &[&str]) {
    let mistakes = run(files, &Settings::default()).expect_err("there are mistakes");
    let found: Vec<String> = mistakes.0.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

fn warnings(batch: &Batch) -> Vec<&str> {
    let of_time_off = batch.notes.iter().filter(|note| note.text.contains("left out"));
    of_time_off.map(|note| note.text.as_str()).collect()
}

#[test]
fn both_days_are_included_and_an_empty_end_means_one_day() {
    check(
        rows("rep¦from¦to¦reason\nr1¦2026-05-28¦2026-06-01¦holiday\nr3¦2026-06-01¦¦"),
        "r1 8/8 until 2026-06-02 (holiday), r3 8/8 until 2026-06-02",
    );
    check(
        rows("rep¦from¦to\nr1¦2026-05-28¦2026-05-31\nr3¦2026-06-02¦2026-06-09"),
        "",
    );
}

#[test]
fn a_rep_is_back_on_its_own_next_working_day() {
    check(
        rows("rep¦from¦to\nr2¦2026-06-01¦2026-06-04\nr1¦2026-06-01¦2026-12-31\nr3¦2026-06-01¦2028-01-01"),
        "r1 8/8 until 2027-01-01, r2 8/8 until 2026-06-08, r3 8/8",
    );
    check(
        rows("rep¦from¦to\nr1¦2026-06-01¦2026-06-02\nr1¦2026-06-03¦2026-06-05\nr1¦2026-06-08¦"),
        "r1 8/8 until 2026-06-09",
    );
}

#[test]
fn the_headers_and_names_that_people_write_are_understood() {
    check(
        rows("Employee Name¦Start Date¦Last day¦Leave type\nann lee¦1 Jun 2026¦Jun 2, 2026¦PTO"),
        "r1 8/8 until 2026-06-03 (PTO)",
    );
    check(
        rows("email¦first day¦until\n<BO@example.com>¦2026/6/1¦\n"),
        "r2 8/8 until 2026-06-02",
    );
}

#[test]
fn times_of_day_are_on_the_clock_of_the_rep() {
    check(
        rows("rep¦from¦to\nr1¦2026-06-01 13:00¦2026-06-01 17:00\nr2¦2026-05-31¦2026-06-01 13:00"),
        "r1 4/8 until 2026-06-02, r2 5/8 until 2026-06-02",
    );
    check(
        rows("rep¦from¦to\nr1¦2026-06-01T17:00Z¦2026-06-01T19:30+02:00"),
        "r1 0.5/8 until 2026-06-02",
    );
    check(
        rows("rep¦from¦to\nr1¦2026-06-01 00:00:00¦2026-06-01 00:00:00"),
        "r1 8/8 until 2026-06-02",
    );
    check(rows("rep¦from¦to\nr1¦2026-05-31 13:00¦2026-06-01 00:00"), "");
}

#[test]
fn half_days_end_or_begin_at_noon() {
    check(
        rows("rep¦from¦part\nr1¦2026-06-01¦AM\nr2¦2026-06-01¦half day\nr3¦2026-06-01¦full"),
        "r1 3/8 until 2026-06-02, r2 4/8 until 2026-06-02, r3 8/8 until 2026-06-02",
    );
    check(
        rows("rep¦from¦to¦part\nr1¦2026-05-29¦2026-06-02¦pm"),
        "r1 5/8 until 2026-06-02",
    );
}

#[test]
fn rows_without_a_rep_are_of_everybody_or_of_a_country() {
    check(
        rows("rep¦from¦reason¦country\n¦2026-06-01¦Day of all¦"),
        "r1 8/8 until 2026-06-02 (Day of all), r2 8/8 until 2026-06-02 (Day of all), \
         r3 8/8 until 2026-06-02 (Day of all)",
    );
    // who has no country is in that of the batch
    check(
        rows("date¦holiday¦country\n2026-06-01¦Whit Monday¦DE"),
        "r2 8/8 until 2026-06-02 (Whit Monday)",
    );
    check(
        rows("date¦holiday¦country\n2026-06-01¦Day¦United States"),
        "r1 8/8 until 2026-06-02 (Day), r3 8/8 until 2026-06-02 (Day)",
    );
}

#[test]
fn stretches_that_overlap_count_once_and_the_longest_gives_the_reason() {
    check(
        rows(
            "rep¦from¦to¦reason\nr1¦2026-06-01 09:00¦2026-06-01 12:00¦doctor
             r1¦2026-06-01 11:00¦2026-06-01 16:00¦moving",
        ),
        "r1 7/8 until 2026-06-02 (moving)",
    );
}

#[test]
fn the_horizon_counts_working_days() {
    let settings = Settings {
        horizon: 2,
        ..Settings::default()
    };
    let batch = run(
        rows("rep¦from¦to\nr1¦2026-06-01¦\nr3¦2026-06-01¦2026-06-02"),
        &settings,
    )
    .unwrap();
    assert_eq!(
        told(&batch),
        "r1 8/16 until 2026-06-03, r3 16/16 until 2026-06-03"
    );
}

#[test]
fn what_the_files_came_to_is_counted() {
    let batch = check(
        rows("rep¦from¦to\nr1¦2026-06-01¦\nr1¦2026-05-01¦\nr1¦2026-06-06¦\nZoe¦2026-06-01¦\nzoe¦2026-06-02¦"),
        "r1 8/8 until 2026-06-02",
    );
    let file = &batch.time_off[0];
    assert_eq!(
        (file.read, file.used, file.past, file.later(), file.strangers),
        (5, 1, 1, 1, 2)
    );
    assert_eq!(
        warnings(&batch),
        [
            "time off of 1 person who is not on the roster was left out: `Zoe`; a day off for everybody is a row without \
          a rep"
        ]
    );
}

#[test]
fn all_mistakes_of_rows_are_told_at_once() {
    check_mistakes(
        rows(
            "rep¦from¦to¦part¦country\nr1¦soon¦¦¦\nr1¦2026-06-05¦2026-06-01¦¦\n¦2026-06-01¦¦¦Mordor
             r1¦2026-06-01¦¦noonish¦\nr1¦¦2026-06-01¦¦",
        ),
        &[
            "off.csv:2: `from`: `soon` is not a date; expected a date such as 2026-06-01 [bad-date]",
            "off.csv:3: `to`: `2026-06-01` is before the first day; expected the last day, or nothing for one day \
             [bad-time-off]",
            "off.csv:4: `country`: no country is called `Mordor`; expected a code such as `US`, or a name \
             [bad-time-off]",
            "off.csv:5: `part`: `noonish` is no part of a day; expected `am`, `pm`, `half` or `full` [bad-time-off]",
            "off.csv:6: `from`: the first day is empty; expected a date such as 2026-06-01 [bad-date]",
        ],
    );
    check_mistakes(
        rows("rep¦from\nr1¦6/4/2026"),
        &[
            "off.csv:2: `from`: `6/4/2026` could be day and month or month and day, and no date of the column settles it; \
             expected dates of one order, such as 2026-06-01 [ambiguous-dates]\n  hint: write `[read] date_order = \
             \"day-month\"` or `\"month-day\"`",
        ],
    );
    check_mistakes(
        rows("rep¦reason\nr1¦x"),
        &[
            "off.csv:1: time off has no column `from`; expected columns `rep`, `from` and `to`, and `part`, `reason` and \
             `country` if you like [no-such-column]",
        ],
    );
}

#[test]
fn an_end_settles_the_order_of_day_and_month_for_the_start() {
    check(
        rows("rep¦from¦to\nr1¦1/6/2026¦13/6/2026"),
        "r1 8/8 until 2026-06-15",
    );
}

#[test]
fn an_event_belongs_to_its_attendee_else_its_organizer_else_the_one_in_its_summary() {
    let day = "DTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260602";
    let both = format!(
        "{day}\nSUMMARY:PTO\nORGANIZER;CN=Bo:mailto:bo@example.com\nATTENDEE;CN=\"Lee, Ann\":MAILTO:Ann@Example.com"
    );
    check(calendar(&[&both]), "r1 8/8 until 2026-06-02 (PTO)");
    let organizer = format!("{day}\nSUMMARY:Ann Lee\nORGANIZER;CN=Bo:mailto:bo@example.com");
    check(calendar(&[&organizer]), "r2 8/8 until 2026-06-02 (Ann Lee)");
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
        "r2 8/8 until 2026-06-02",
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
        "r1 8/8 until 2026-06-03 (Out of office), r2 2/8 until 2026-06-02 (Zahnarzt), \
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

    #[test]
    fn any_rows_are_read_without_panic(cells in prop::collection::vec("[0-9a-z:/. TZ+-]{0,12}", 1..20)) {
        let rows: Vec<String> = cells.chunks(2).map(|pair| format!("r1¦{}", pair.join("¦"))).collect();
        let text = format!("rep¦from¦to\n{}", rows.join("\n"));
        let _ = run(vec![TimeOff::Table(table("off.csv", &text))], &Settings::default());
    }
}
