//! Words of days, in the languages of rosters.

/// Every day.
pub const DAILY: u8 = 0b111_1111;
/// Monday to Friday.
pub const WEEKDAYS: u8 = 0b001_1111;
/// Saturday and Sunday.
pub const WEEKEND: u8 = 0b110_0000;

/// Full names, Monday first: English, German, French, Spanish.
const FULL: [[&str; 7]; 5] = [
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ],
    [
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ],
    [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ],
    [
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
    ],
    ["", "", "weds", "", "", "sonnabend", ""],
];

/// Names too short to be told from others by their beginning, Monday first.
const SHORT: [&[&str]; 7] = [
    &["mo", "m", "lu"],
    &["tu", "di", "ma"],
    &["we", "mi", "w", "me"],
    &["th", "do", "ju", "je"],
    &["fr", "f", "vi", "ve"],
    &["sa"],
    &["su", "so"],
];

/// The days that a word in lower case without accents stands for, a bit each, Monday the lowest.
pub fn days(word: &str) -> Option<u8> {
    match word {
        "daily" | "everyday" | "all" | "taglich" => return Some(DAILY),
        "weekday" | "weekdays" | "workdays" | "wochentags" | "werktags" => return Some(WEEKDAYS),
        "weekend" | "weekends" => return Some(WEEKEND),
        "ph" | "holiday" | "holidays" => return Some(0),
        _ => {}
    }
    let is_day = |day: &usize| {
        let full = FULL.iter().any(|names| {
            let name = names[*day];
            let several = word.strip_suffix('s') == Some(name);
            !name.is_empty() && (several || (word.len() >= 3 && name.starts_with(word)))
        });
        full || SHORT[*day].contains(&word)
    };
    (0..7).find(is_day).map(|day| 1 << day)
}
