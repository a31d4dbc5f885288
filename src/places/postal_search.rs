//! Finds a postal code among its country's, in the forms in which people write it.

use super::codes::Codes;
use super::divisions::Spot;
use super::postal::postal_key;
use crate::model::Country;

/// Countries of which the tables hold only the first letters or digits of a code.
const FIRST: &[(&[u8; 2], usize)] = &[(b"CA", 3), (b"IE", 3), (b"MT", 3), (b"NL", 4)];

/// Countries where a code may be given by so many of its first digits.
const BEGINNINGS: &[(&[u8; 2], usize)] = &[(b"BR", 5), (b"JP", 3), (b"PT", 4)];

/// Countries whose codes are American ZIPs.
const WITH_ZIPS: &[&[u8; 2]] = &[b"AS", b"FM", b"GU", b"MH", b"MP", b"PR", b"PW", b"VI"];

/// Another country among whose codes a code of a country may stand: the American territories have ZIPs, and
/// Jersey, Guernsey and Man have codes of their own.
pub(super) fn codes_elsewhere(country: Country, text: &str) -> Option<Country> {
    if WITH_ZIPS.contains(&&country.0) {
        return Some(Country(*b"US"));
    }
    let start = text
        .trim_start()
        .as_bytes()
        .first_chunk::<3>()?
        .map(|byte| byte.to_ascii_uppercase());
    match (&country.0, &start) {
        (b"GB", [b'J', b'E', b'0'..=b'9']) => Some(Country(*b"JE")),
        (b"GB", [b'G', b'Y', b'0'..=b'9']) => Some(Country(*b"GG")),
        (b"GB", [b'I', b'M', b'0'..=b'9']) => Some(Country(*b"IM")),
        _ => None,
    }
}

/// The spot of a code as it was written, also with words before or after it.
pub(super) fn find(codes: &Codes, country: Country, text: &str) -> Option<Spot> {
    if text.is_empty() {
        return None;
    }
    if let Some(spot) = one(codes, country, text) {
        return Some(spot);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=8).contains(&words.len()) {
        return None;
    }
    let ends = [
        &words[..2],
        &words[..1],
        &words[words.len() - 2..],
        &words[words.len() - 1..],
    ];
    ends.into_iter()
        .filter(|words| {
            words
                .iter()
                .any(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
        })
        .find_map(|words| one(codes, country, &words.join(" ")))
}

fn one(codes: &Codes, country: Country, text: &str) -> Option<Spot> {
    let key = postal_key(Some(country), text);
    if key.is_empty() {
        return None;
    }
    codes.exact(&key).or_else(|| otherwise(codes, country, &key))
}

/// The forms of a code other than that of the tables.
fn otherwise(codes: &Codes, country: Country, key: &str) -> Option<Spot> {
    let of = |table: &[(&[u8; 2], usize)]| {
        table
            .iter()
            .find(|(code, _)| **code == country.0)
            .map(|row| row.1)
    };
    if let Some(first) = of(FIRST).and_then(|length| key.get(..length)) {
        return codes.exact(first);
    }
    if let b"GB" | b"JE" | b"GG" | b"IM" = &country.0 {
        return british(codes, key);
    }
    let digits = key.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let numeric = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if &country.0 == b"AR" {
        // C1043AAZ: the old four digits with letters around them.
        return digits.get(..4).and_then(|digits| codes.exact(digits));
    }
    let length = codes.digits.filter(|_| numeric)?;
    let letters = &key[..key.len() - digits.len()];
    if letters.len() > 2 || letters != "CP" && !letters.bytes().all(|letter| country.0.contains(&letter)) {
        return None;
    }
    if digits.len() < length {
        let beginning = of(BEGINNINGS).filter(|&least| digits.len() >= least);
        let begun = || beginning.and_then(|_| codes.beginning(digits));
        return codes.exact(&format!("{digits:0>length$}")).or_else(begun);
    }
    if digits.len() > length {
        return None;
    }
    codes.exact(digits)
}

/// The spot of the town whose codes begin last before a code, in a country of which the tables have the first
/// code of each town.
pub(super) fn town(codes: &Codes, country: Country, text: &str) -> Option<Spot> {
    let key = postal_key(Some(country), text);
    let whole = codes.digits == Some(key.len()) && &country.0 == b"BR";
    whole.then(|| codes.not_after(&key)).flatten()
}

/// British codes: the tables have outward halves, `SW1A`; people also write whole codes and `SW1`.
fn british(codes: &Codes, key: &str) -> Option<Spot> {
    let inward = |half: &str| {
        let bytes = half.as_bytes();
        bytes[0].is_ascii_digit() && bytes[1..].iter().all(u8::is_ascii_uppercase)
    };
    let outward = match key.split_at_checked(key.len().saturating_sub(3)) {
        Some((outward, half)) if outward.len() >= 2 && half.len() == 3 && inward(half) => outward,
        _ => key,
    };
    let begun = || {
        let letter_after = outward.ends_with(|last: char| last.is_ascii_digit()) && outward.len() < 5;
        letter_after
            .then(|| {
                (b'A'..=b'Z').find_map(|letter| codes.exact(&format!("{outward}{}", char::from(letter))))
            })
            .flatten()
    };
    codes.exact(outward).or_else(begun)
}
