//! The one place for the spelling of ids: Salesforce's 15 characters become 18.

use std::borrow::Cow;

/// Widens a Salesforce id of 15 characters to the 18 that tell case apart; any other id stays as it is.
///
/// The last three characters say which of the first fifteen are capitals, five at a time.
pub fn widened(id: &str) -> Cow<'_, str> {
    if !is_short_salesforce(id) {
        return Cow::Borrowed(id);
    }
    let mut wide = id.to_owned();
    for chunk in id.as_bytes().chunks(5) {
        let capitals = chunk
            .iter()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_uppercase())
            .map(|(bit, _)| 1usize << bit)
            .sum::<usize>();
        wide.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[capitals]));
    }
    Cow::Owned(wide)
}

/// Tells whether an id has Salesforce's form: 15 letters and digits that start like the prefix of
/// an object (`00Q`, `005`, `a0X`, `500`, `701`) and hold a letter.
fn is_short_salesforce(id: &str) -> bool {
    let bytes = id.as_bytes();
    bytes.len() == 15
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes.iter().any(u8::is_ascii_alphabetic)
        && match (bytes[0], bytes[1]) {
            (b'0', _) | (b'5' | b'7' | b'8', b'0') => true,
            (b'a', second) => second.is_ascii_digit(),
            _ => false,
        }
}

/// Tells whether an owner is a queue of Salesforce, not a person.
pub fn is_salesforce_queue(id: &str) -> bool {
    matches!(id.len(), 15 | 18)
        && id.starts_with("00G")
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, expected: &str) {
        assert_eq!(widened(id), expected);
    }

    #[test]
    fn a_short_salesforce_id_gets_its_three_characters() {
        check("0014W00002578rV", "0014W00002578rVQAQ");
        check("0054W00000AuCYf", "0054W00000AuCYfQAN");
    }

    #[test]
    fn other_ids_stay_as_they_are() {
        check("0014W00002578rVQAQ", "0014W00002578rVQAQ");
        check("000000000000123", "000000000000123");
        check("20260601T120000", "20260601T120000");
        check("lead-1", "lead-1");
        check("", "");
    }

    #[test]
    fn ids_that_differ_in_case_only_stay_apart() {
        assert_ne!(widened("00Q4W00000aucyf"), widened("00Q4W00000auCyf"));
    }

    #[test]
    fn a_queue_is_told_from_a_person() {
        assert!(is_salesforce_queue("00G4W00000AuCYf"));
        assert!(!is_salesforce_queue("0054W00000AuCYf"));
        assert!(!is_salesforce_queue("00G"));
    }
}
