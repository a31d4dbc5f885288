use super::*;
use proptest::prelude::*;

/// Checks what a text of hours reads as, written the one way.
fn check(text: &str, expected: &str) {
    let hours = WeeklyHours::parse(text);
    assert_eq!(
        hours.as_ref().map(ToString::to_string).as_deref(),
        Ok(expected),
        "{text}"
    );
}

fn check_mistake(text: &str, expected: &str) {
    assert_eq!(WeeklyHours::parse(text), Err(expected.to_owned()), "{text}");
}

#[test]
fn days_and_times_are_read_in_many_spellings() {
    let office = "Mon-Fri 09:00-17:00";
    assert_eq!(WeeklyHours::office().to_string(), office);
    for text in [
        "Mon-Fri 09:00-17:00",
        "mon - fri 9:00 - 17:00",
        "Mo-Fr 09.00-17.00",
        "Monday to Friday, 0900-1700",
        "Monday through Friday: 9am to 5pm",
        "M-F 9-5",
        "M–F 9 AM – 5 PM",
        "Mon-Fri 9a-5p",
        "Mon.-Fri. 9 a.m. - 5 p.m.",
        "9-17",
        "9-5",
        "9:00-5:00",
        "9-5pm",
        "9am-5",
        "weekdays 9\u{2212}17",
        "9:00 AM – 5:00 PM",
        "9-17 Mon-Fri",
        "Mon,Tue,Wed,Thu,Fri 9-17",
        "Mon/Tue/Wed/Thu & Fri 9-17",
        "Mon Tue Wed Thu Fri 9-17",
        "Montag bis Freitag 9-17 Uhr",
        "Lun-Ven 9h-17h",
        "du lundi au vendredi de 9h00 à 17h00",
        "lunes a viernes, 9:00 a 17:00",
        "Mon-Fri 09:00:00-17:00:00",
        "Mon-Fri 9-12; 12-17",
        "Mon-Fri 9-14, 12-17",
        "Mon-Fri 9-17; Sat closed; PH off",
        "Mon-Sun 9-17; Sat,Sun closed",
        "Mon-Thu 9-17, Fri 9-17",
    ] {
        check(text, office);
    }
}

#[test]
fn parts_days_and_breaks_are_kept_apart() {
    check("Mon,Wed,Fri 9-17", "Mon,Wed,Fri 09:00-17:00");
    check(
        "Mon-Fri 9-12 13-17; Sat 10-14",
        "Mon-Fri 09:00-12:00,13:00-17:00; Sat 10:00-14:00",
    );
    check(
        "Mo-Do 8:30-17, Fr 8:30-15:45",
        "Mon-Thu 08:30-17:00; Fri 08:30-15:45",
    );
    check("daily 8-20", "Mon-Sun 08:00-20:00");
    check("Sun-Thu 9-17", "Mon-Thu,Sun 09:00-17:00");
    check("Fri-Mon 9-17", "Mon,Fri-Sun 09:00-17:00");
    check("Sat & Sun 10am-2pm", "Sat,Sun 10:00-14:00");
    check("Mon-Fri 9-12 and 13-17", "Mon-Fri 09:00-12:00,13:00-17:00");
    check("9-17 Mon-Fri; 10-14 Sat", "Mon-Fri 09:00-17:00; Sat 10:00-14:00");
}

#[test]
fn days_without_an_end_and_none_at_all_are_read() {
    check("24/7", "Mon-Sun 00:00-24:00");
    check("Mon-Fri 0-24", "Mon-Fri 00:00-24:00");
    check("Mon 00:00-00:00", "Mon 00:00-24:00");
    check("Sat all day", "Sat 00:00-24:00");
    check("noon - midnight", "Mon-Fri 12:00-24:00");
    check("midnight to noon", "Mon-Fri 00:00-12:00");
    check("closed", "closed");
    check("Mon-Fri 9-17; daily closed", "closed");
}

#[test]
fn hours_that_end_before_they_begin_go_over_midnight() {
    check("Mon-Fri 22:00-06:00", "Mon-Fri 22:00-06:00");
    check("Mon-Fri 10pm-6am", "Mon-Fri 22:00-06:00");
    check("8pm-6", "Mon-Fri 20:00-06:00");
    check("10-2am", "Mon-Fri 22:00-02:00");
    check("09:00-05:00", "Mon-Fri 09:00-05:00");
    check("Mon 22-06, 05-09", "Mon 05:00-09:00,22:00-06:00");
}

#[test]
fn hours_of_twelve_are_told_from_hours_of_twenty_four() {
    check("12pm-5pm", "Mon-Fri 12:00-17:00");
    check("12-4", "Mon-Fri 12:00-16:00");
    check("1pm-5", "Mon-Fri 13:00-17:00");
    check("1-5pm", "Mon-Fri 13:00-17:00");
    check("12am-8am", "Mon-Fri 00:00-08:00");
    check("6am-12am", "Mon-Fri 06:00-24:00");
    check("7-11am", "Mon-Fri 07:00-11:00");
    check("8:30-12:30, 1:30-5:30pm", "Mon-Fri 08:30-12:30,13:30-17:30");
}

#[test]
fn merged_shifts_of_more_than_a_day_go_on_on_the_next() {
    check("Mon 10-09; Mon 08-12", "Mon 08:00-24:00; Tue 00:00-09:00");
    check("Sun 10-09; Sun 08-12", "Mon 00:00-09:00; Sun 08:00-24:00");
    check("daily 10-09; daily 08-12", "Mon-Sun 00:00-24:00");
}

#[test]
fn what_cannot_be_read_is_named() {
    check_mistake("", "there is no time");
    check_mistake("flexible", "`flexible` is no day and no time");
    check_mistake("Mon-Fri", "a day has no times");
    check_mistake("Mon-Fri 9-17; Sat", "a day has no times");
    check_mistake("Mon-Fri 9-17, 10-14 Sat", "a day has no times");
    check_mistake("Mon-Fri 9", "`09:00` has no second time beside it");
    check_mistake("9-12-15", "a `-` stands between no two days or times");
    check_mistake("Mon-Fri 9-25", "`25` is no time of day");
    check_mistake("9:75-17", "`9:75` is no time of day");
    check_mistake("13pm-15pm", "`13` is no time of day");
    check_mistake("10:00-10:00", "nothing lies between `10:00` and `10:00`");
    check_mistake("9-17 $", "`$` is no day and no time");
    check_mistake("9-17 EST", "`est` is no day and no time");
    check_mistake("12345-17", "`12345` is no time of day");
}

prop_compose! {
    fn random_hours()(
        shifts in prop::collection::vec((0..WEEK, 0..DAY, 1..DAY), 0..12),
    ) -> WeeklyHours {
        let mut hours = WeeklyHours::default();
        for (day, from, lasts) in shifts {
            hours.add(day, (from, from + lasts));
        }
        hours
    }
}

proptest! {
    #[test]
    fn written_hours_read_back_the_same(hours in random_hours()) {
        prop_assert_eq!(WeeklyHours::parse(&hours.to_string()), Ok(hours));
    }

    #[test]
    fn added_shifts_cover_what_they_covered_alone(
        shifts in prop::collection::vec((0..WEEK, 0..DAY, 1..DAY), 0..8),
    ) {
        let week = usize::from(DAY) * WEEK;
        let (mut hours, mut expected) = (WeeklyHours::default(), vec![false; week]);
        for &(day, from, lasts) in &shifts {
            hours.add(day, (from, from + lasts));
            for minute in from..from + lasts {
                expected[(day * usize::from(DAY) + usize::from(minute)) % week] = true;
            }
        }
        let mut found = vec![false; week];
        for (day, shifts) in hours.days.iter().enumerate() {
            prop_assert!(shifts.windows(2).all(|pair| pair[0].1 < pair[1].0));
            for &(from, to) in shifts {
                prop_assert!(from < DAY && from < to && (to <= DAY || to - from < DAY));
                for minute in from..to {
                    found[(day * usize::from(DAY) + usize::from(minute)) % week] = true;
                }
            }
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_text_reads_or_is_a_mistake(text in "\\PC{0,24}|[monfriday0-9:.,;\\- apmh–]{0,24}") {
        if let Ok(hours) = WeeklyHours::parse(&text) {
            prop_assert_eq!(WeeklyHours::parse(&hours.to_string()), Ok(hours));
        }
    }
}
