use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const ZONES: [&str; 20] = [
    "UTC",
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Havana",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Tehran",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Apia",
];

fn schedule(zone: &str, hours: &str) -> Schedule {
    Schedule {
        zone: TimeZone::get(zone).unwrap(),
        hours: WeeklyHours::parse(hours).unwrap(),
    }
}

fn moment(text: &str) -> Moment {
    Moment(text.parse::<Timestamp>().unwrap().as_second())
}

/// Checks the next working days: date, hours of the day, hours of work.
fn check(zone: &str, hours: &str, as_of: &str, expected: &[(&str, f64, f64)]) {
    #[expect(clippy::cast_precision_loss, reason = "days are short")]
    let length = |span: &Span| (span.to.0 - span.from.0) as f64 / 3600.0;
    let count = u32::try_from(expected.len()).unwrap();
    let found: Vec<_> = schedule(zone, hours)
        .working_days(moment(as_of), count)
        .iter()
        .map(|day| {
            let working: f64 = day.working.iter().map(length).sum();
            (day.date.to_string(), length(&day.whole), working)
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|&(date, whole, working)| (date.to_owned(), whole, working))
        .collect();
    assert_eq!(found, expected, "{hours} in {zone} at {as_of}");
}

#[test]
fn the_next_working_day_is_the_first_whose_hours_have_not_ended() {
    let office = "Mon-Fri 09:00-17:00";
    check("UTC", office, "2026-06-02T02:00Z", &[("2026-06-02", 24.0, 8.0)]);
    check("UTC", office, "2026-06-02T16:59Z", &[("2026-06-02", 24.0, 8.0)]);
    check("UTC", office, "2026-06-02T17:00Z", &[("2026-06-03", 24.0, 8.0)]);
    check("UTC", office, "2026-06-05T18:00Z", &[("2026-06-08", 24.0, 8.0)]);
    check(
        "Asia/Tokyo",
        office,
        "2026-06-01T16:00Z",
        &[("2026-06-02", 24.0, 8.0)],
    );
    check(
        "UTC",
        "Mon 9-17; Wed 9-12 13-17",
        "2026-06-01T12:00Z",
        &[
            ("2026-06-01", 24.0, 8.0),
            ("2026-06-03", 24.0, 7.0),
            ("2026-06-08", 24.0, 8.0),
        ],
    );
}

#[test]
fn a_shift_over_midnight_belongs_to_the_date_on_which_it_starts() {
    let night = "Mon-Fri 22:00-06:00";
    check(
        "UTC",
        night,
        "2026-06-02T05:00Z",
        &[("2026-06-01", 24.0, 2.0), ("2026-06-02", 24.0, 8.0)],
    );
    check("UTC", night, "2026-06-02T06:00Z", &[("2026-06-02", 24.0, 8.0)]);
    check("UTC", night, "2026-06-06T06:00Z", &[("2026-06-08", 24.0, 2.0)]);
}

#[test]
fn days_on_which_clocks_change_have_their_own_length() {
    let zone = "America/New_York";
    check(zone, "24/7", "2026-03-08T12:00Z", &[("2026-03-08", 23.0, 23.0)]);
    check(zone, "24/7", "2026-11-01T12:00Z", &[("2026-11-01", 25.0, 25.0)]);
    check(zone, "Sun 0-6", "2026-03-08T05:30Z", &[("2026-03-08", 23.0, 5.0)]);
    check(zone, "Sun 0-6", "2026-11-01T05:30Z", &[("2026-11-01", 25.0, 7.0)]);
    check(
        zone,
        "Sun 02:30-06:00",
        "2026-03-08T05:30Z",
        &[("2026-03-08", 23.0, 3.0)],
    );
    check(
        zone,
        "Sun 02:10-02:50; Mon 9-10",
        "2026-03-08T05:30Z",
        &[("2026-03-09", 24.0, 1.0)],
    );
    check(
        zone,
        "Sun 01:30-06:00",
        "2026-11-01T04:30Z",
        &[("2026-11-01", 25.0, 5.5)],
    );
    check(
        "Australia/Lord_Howe",
        "24/7",
        "2026-04-04T15:00Z",
        &[("2026-04-05", 24.5, 24.5)],
    );
}

#[test]
fn a_date_that_a_zone_leaves_out_is_no_working_day() {
    let thursday = "2011-12-29T20:00Z";
    check(
        "Pacific/Apia",
        "Thu-Sat 9-17",
        thursday,
        &[("2011-12-29", 24.0, 8.0), ("2011-12-31", 24.0, 8.0)],
    );
}

#[test]
fn without_hours_there_is_no_working_day() {
    let closed = schedule("UTC", "closed");
    assert_eq!(closed.working_days(Moment(0), 3), []);
    let office = schedule("UTC", "9-17");
    assert_eq!(office.working_days(Moment(i64::MAX), 3), []);
    assert_eq!(office.working_days(Moment(0), 0), []);
    let last = Timestamp::MAX.as_second() - 86_400;
    assert!(office.working_days(Moment(last), u32::MAX).len() < 3);
}

#[test]
fn the_overlap_is_of_the_leads_hours_within_the_reps_day() {
    let lead = schedule("America/New_York", "Mon-Fri 09:00-17:00");
    let overlap = |zone: &str| {
        let rep = schedule(zone, "Mon-Fri 09:00-17:00");
        let day = &rep.working_days(moment("2026-06-02T02:00Z"), 1)[0];
        let overlap = day.overlap(&lead.working(day.whole));
        (overlap.both / 3600, overlap.lead / 3600)
    };
    assert_eq!(overlap("America/New_York"), (8, 8));
    assert_eq!(overlap("Europe/Berlin"), (2, 8));
    assert_eq!(overlap("Asia/Tokyo"), (0, 8));
}

/// The working minutes of a schedule, by looking at its clock every minute: it works from when the clock has
/// reached the beginning of a shift until it has reached its end.
struct Clock {
    shifts: Vec<(DateTime, DateTime)>,
    zone: TimeZone,
    latest: DateTime,
}

impl Clock {
    fn new(schedule: &Schedule, from: Moment) -> Self {
        let first = schedule.date(Moment(from.0 - 3 * 86_400)).unwrap();
        let at = |date: Date, minutes: u16| {
            let midnight = DateTime::from_parts(date, Time::midnight());
            midnight + i64::from(minutes).minutes()
        };
        let dates = first.series(1.day()).take(8);
        let shifts = dates.flat_map(|date| {
            let shifts = schedule.hours.shifts(date.weekday()).iter();
            shifts.map(move |&(from, to)| (at(date, from), at(date, to)))
        });
        let mut clock = Self {
            shifts: shifts.collect(),
            zone: schedule.zone.clone(),
            latest: DateTime::MIN,
        };
        for minute in -180..0 {
            clock.works(Moment(from.0 + minute * 60));
        }
        clock
    }

    fn works(&mut self, moment: Moment) -> bool {
        let stamp = Timestamp::from_second(moment.0).unwrap();
        self.latest = self.latest.max(self.zone.to_datetime(stamp));
        let mut shifts = self.shifts.iter();
        shifts.any(|&(from, to)| from <= self.latest && self.latest < to)
    }
}

fn counted(lead: &Schedule, rep: &Schedule, whole: Span) -> Overlap {
    let (mut lead, mut rep) = (Clock::new(lead, whole.from), Clock::new(rep, whole.from));
    let mut overlap = Overlap::default();
    for at in (whole.from.0..whole.to.0).step_by(60) {
        let (lead, rep) = (lead.works(Moment(at)), rep.works(Moment(at)));
        overlap.lead += if lead { 60 } else { 0 };
        overlap.both += if lead && rep { 60 } else { 0 };
    }
    overlap
}

/// A moment on a day of 2026 near which the clocks of some of the zones change.
fn changing_day() -> impl Strategy<Value = Date> {
    prop::sample::select(vec![
        date(2026, 3, 8),
        date(2026, 3, 29),
        date(2026, 4, 5),
        date(2026, 4, 24),
        date(2026, 9, 6),
        date(2026, 9, 27),
        date(2026, 10, 4),
        date(2026, 10, 25),
        date(2026, 11, 1),
        date(2011, 12, 29),
    ])
}

fn any_day() -> impl Strategy<Value = Date> {
    (0..1000i64).prop_map(|days| date(2024, 1, 1) + days.days())
}

fn any_hours() -> impl Strategy<Value = String> {
    let shift = (0..7usize, 0..96u32, 0..96u32).prop_filter_map("a shift has two ends", |(day, from, to)| {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let clock = |quarters: u32| format!("{:02}:{:02}", quarters / 4, quarters % 4 * 15);
        (from != to).then(|| format!("{} {}-{}", names[day], clock(from), clock(to)))
    });
    prop_oneof![
        prop::collection::vec(shift, 1..10).prop_map(|shifts| shifts.join("; ")),
        Just("24/7".to_owned()),
        Just("daily 22:00-06:00".to_owned()),
        Just("daily 00:30-23:30".to_owned()),
        Just("daily 02:15-02:45".to_owned()),
    ]
}

proptest! {
    #[test]
    fn the_overlap_equals_a_count_of_minutes(
        zones in (prop::sample::select(&ZONES[..]), prop::sample::select(&ZONES[..])),
        hours in (any_hours(), any_hours()),
        day in prop_oneof![changing_day(), any_day()],
        minute in 0..1440i64,
    ) {
        let lead = schedule(zones.0, &hours.0);
        let rep = schedule(zones.1, &hours.1);
        let midnight = DateTime::from_parts(day, Time::midnight());
        let as_of = TimeZone::UTC.to_timestamp(midnight).unwrap().as_second() + minute * 60;
        for day in rep.working_days(Moment(as_of), 2) {
            let long = Span {
                from: Moment(day.whole.from.0 - 100_000),
                to: Moment(day.whole.to.0 + 100_000),
            };
            prop_assert_eq!(day.overlap(&lead.working(long)), counted(&lead, &rep, day.whole));
            let working: i64 = day.working.iter().map(|span| span.to.0 - span.from.0).sum();
            prop_assert_eq!(counted(&rep, &rep, day.whole).lead, working);
        }
    }
}
