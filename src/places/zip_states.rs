//! The states of American ZIP codes: their first three digits tell, but for a few.

use super::countries::country;
use super::states::state;
use crate::model::State;

/// From and to the first three digits, and the state.
const PREFIXES: [(u16, u16, &str); 69] = [
    (5, 5, "NY"),
    (6, 7, "PR"),
    (8, 8, "VI"),
    (9, 9, "PR"),
    (10, 27, "MA"),
    (28, 29, "RI"),
    (30, 38, "NH"),
    (39, 49, "ME"),
    (50, 54, "VT"),
    (55, 55, "MA"),
    (56, 59, "VT"),
    (60, 69, "CT"),
    (70, 89, "NJ"),
    (90, 98, "AE"),
    (100, 149, "NY"),
    (150, 196, "PA"),
    (197, 199, "DE"),
    (200, 200, "DC"),
    (201, 201, "VA"),
    (202, 205, "DC"),
    (206, 219, "MD"),
    (220, 246, "VA"),
    (247, 268, "WV"),
    (270, 289, "NC"),
    (290, 299, "SC"),
    (300, 319, "GA"),
    (320, 339, "FL"),
    (340, 340, "AA"),
    (341, 349, "FL"),
    (350, 369, "AL"),
    (370, 385, "TN"),
    (386, 397, "MS"),
    (398, 399, "GA"),
    (400, 427, "KY"),
    (430, 459, "OH"),
    (460, 479, "IN"),
    (480, 499, "MI"),
    (500, 528, "IA"),
    (530, 549, "WI"),
    (550, 567, "MN"),
    (569, 569, "DC"),
    (570, 577, "SD"),
    (580, 588, "ND"),
    (590, 599, "MT"),
    (600, 629, "IL"),
    (630, 658, "MO"),
    (660, 679, "KS"),
    (680, 693, "NE"),
    (700, 714, "LA"),
    (716, 729, "AR"),
    (730, 731, "OK"),
    (733, 733, "TX"),
    (734, 749, "OK"),
    (750, 799, "TX"),
    (800, 816, "CO"),
    (820, 831, "WY"),
    (832, 838, "ID"),
    (840, 847, "UT"),
    (850, 865, "AZ"),
    (870, 884, "NM"),
    (885, 885, "TX"),
    (889, 898, "NV"),
    (900, 961, "CA"),
    (962, 966, "AP"),
    (967, 968, "HI"),
    (969, 969, "GU"),
    (970, 979, "OR"),
    (980, 994, "WA"),
    (995, 999, "AK"),
];

/// Codes that lie in another state than their neighbours; none where it is a country of its own.
const EXCEPTIONS: [(&str, Option<&str>); 17] = [
    ("06390", Some("NY")),
    ("20588", Some("MD")),
    ("20598", Some("VA")),
    ("72643", Some("MO")),
    ("73960", Some("TX")),
    ("83414", Some("WY")),
    ("96799", Some("AS")),
    ("96940", None),
    ("96941", None),
    ("96942", None),
    ("96943", None),
    ("96944", None),
    ("96950", Some("MP")),
    ("96951", Some("MP")),
    ("96952", Some("MP")),
    ("96960", None),
    ("96970", None),
];

/// The state of an American postal code in the spelling of [`postal_key`](super::postal_key).
pub fn state_of_zip(key: &str) -> Option<State> {
    if key.len() != 5 || !key.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let exception = EXCEPTIONS.iter().find(|(zip, _)| *zip == key);
    let code = if let Some((_, code)) = exception {
        (*code)?
    } else {
        let prefix: u16 = key[..3].parse().ok()?;
        let holds = |(from, to, _): &&(u16, u16, &str)| (*from..=*to).contains(&prefix);
        PREFIXES.iter().find(holds)?.2
    };
    state(country("US"), code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(zip: &str, expected: &str) {
        let code = state_of_zip(zip).map_or_else(String::new, |state| state.code);
        assert_eq!(code, expected, "{zip}");
    }

    #[test]
    fn a_zip_tells_its_state() {
        check("94105", "CA");
        check("08014", "NJ");
        check("06390", "NY");
        check("06391", "CT");
        check("96941", "");
        check("00000", "");
        check("SW1A1AA", "");
        check("9410", "");
    }
}
