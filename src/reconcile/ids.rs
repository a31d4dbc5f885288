//! Ids: which are one, and which are long enough to be the same thing wherever they stand.

use super::hashing::of_text;
use crate::model::widened;
use std::borrow::Cow;

/// An id as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id {
    /// Its number.
    pub number: u64,
    /// Whether no other system gives the same one: ids of Salesforce, UUIDs and other long ones. Short ones
    /// (`17`) are names in a namespace of their own.
    pub certain: bool,
}

/// Ids of so many characters are certain.
const LONG: usize = 10;

/// The ids in a cell, `; ` between them. Case is never folded, but for UUIDs, which are numbers.
pub(super) fn ids(cell: &str) -> impl Iterator<Item = Id> {
    cell.split("; ")
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(|id| {
            let uuid = uuid(id);
            let text = uuid
                .as_ref()
                .map_or_else(|| widened(id), |uuid| Cow::Borrowed(uuid.as_str()));
            Id {
                number: of_text(&text),
                certain: uuid.is_some() || is_long(&text),
            }
        })
}

/// The 32 digits of a UUID in lower case.
fn uuid(id: &str) -> Option<String> {
    let bare = id.trim_matches(['{', '}']);
    if bare.len() < 32 || bare.len() > 36 {
        return None;
    }
    let digits: String = bare.chars().filter(|letter| *letter != '-').collect();
    let is_one = digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_one.then(|| digits.to_ascii_lowercase())
}

/// Tells whether an id is long, has digits, and was not rounded by a spreadsheet (`5.1E+10`).
fn is_long(id: &str) -> bool {
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    id.chars().count() >= LONG && digits >= 4 && !id.contains([' ', '.', '+'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(cell: &str) -> Id {
        ids(cell).next().expect("it is an id")
    }

    #[test]
    fn ids_of_salesforce_are_one_in_both_lengths_and_never_folded() {
        assert_eq!(one("0014W00002578rV"), one("0014W00002578rVQAQ"));
        assert_ne!(one("0014W00002578rV"), one("0014W00002578rv"));
        assert!(one("0014W00002578rV").certain);
    }

    #[test]
    fn a_uuid_is_a_number() {
        assert_eq!(
            one("{48754992-9EE0-4C0E-8C94-9451604E3E02}"),
            one("487549929ee04c0e8c949451604e3e02")
        );
        assert!(one("48754992-9EE0-4C0E-8C94-9451604E3E02").certain);
    }

    #[test]
    fn short_ids_are_not_certain() {
        for cell in ["17", "L-0001", "CD656092", "5.12345E+10", "Bike World Berlin"] {
            assert!(!one(cell).certain, "{cell}");
        }
        assert!(one("51234567890").certain);
        assert_eq!(ids("17; 0014W00002578rV").count(), 2);
    }
}
