//! File names made of data: never a path, never empty, never reserved, never twice.

use super::sink::sha256;
use std::collections::{BTreeMap, BTreeSet};

/// The most characters of a name that come from data, so that every file system takes it with a suffix.
const LONGEST: usize = 48;

/// Names that Windows keeps for devices, whatever the extension.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A text as part of a file name that every system and archive takes: its ASCII letters and digits in lower
/// case, accents and other scripts spelt out in them, `.` and `_` inside, all else `-`.
pub fn slug(text: &str) -> String {
    let mut name = String::new();
    for c in deunicode::deunicode(text).chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() || (matches!(c, '_' | '.') && !name.is_empty() && !name.ends_with('.')) {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.chars().count() == LONGEST {
            break;
        }
    }
    let length = name.trim_end_matches(['-', '.', '_']).len();
    name.truncate(length);
    if is_reserved(&name) {
        name.insert(0, '_');
    }
    name
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let port = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(char::is_numeric))
    };
    RESERVED.contains(&stem) || port("com") || port("lpt")
}

/// One name for each pair of a text for people and a key that tells them apart. A name that several would
/// bear, or none, gets the start of its key's hash.
pub fn safe(labels: &[(&str, &str)]) -> Vec<String> {
    let slugs: Vec<String> = labels.iter().map(|(label, _)| slug(label)).collect();
    let mut bearers: BTreeMap<&str, u32> = BTreeMap::new();
    for slug in &slugs {
        *bearers.entry(slug).or_default() += 1;
    }
    let single: BTreeSet<&str> = bearers
        .iter()
        .filter(|&(slug, &count)| count == 1 && !slug.is_empty())
        .map(|(&slug, _)| slug)
        .collect();
    let mut taken: BTreeSet<String> = single.iter().map(|&slug| slug.to_owned()).collect();
    let names = slugs.iter().zip(labels).map(|(slug, (_, key))| {
        if single.contains(slug.as_str()) {
            slug.clone()
        } else {
            hashed(slug, key, &mut taken)
        }
    });
    names.collect()
}

fn hashed(slug: &str, key: &str, taken: &mut BTreeSet<String>) -> String {
    let hash = sha256(key.as_bytes());
    let stem = if slug.is_empty() { "unnamed" } else { slug };
    let mut candidate = format!("{stem}-{}", &hash[..6]);
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{stem}-{}-{number}", &hash[..6]);
        number += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(slug(text), expected, "{text:?}");
    }

    #[test]
    fn names_are_readable_and_never_paths() {
        check("Anna Müller", "anna-muller");
        check("../../etc/passwd", "etc-passwd");
        check("C:\\Windows", "c-windows");
        check("leads.v2.csv", "leads.v2.csv");
        check("CON", "_con");
        check("com1.csv", "_com1.csv");
        check("COM²", "_com2");
        check("  ", "");
        check("a/..", "a");
        check(".hidden.", "hidden");
        check(&"x".repeat(300), &"x".repeat(48));
    }

    #[test]
    fn a_name_that_two_would_bear_gets_a_hash_for_each() {
        let names = safe(&[("Jo Li", "1"), ("jo-li", "2"), ("Ann", "3"), ("", "4")]);
        assert_eq!(names[2], "ann");
        assert!(names[0].starts_with("jo-li-") && names[1].starts_with("jo-li-"));
        assert!(names[0] != names[1]);
        assert!(names[3].starts_with("unnamed-"));
    }

    proptest! {
        #[test]
        fn any_texts_make_safe_names(labels in prop::collection::vec("(\\PC{0,80}|[ac./\\\\: -]{0,4}|(?i)com1?)", 1..12)) {
            let keys: Vec<String> = (0..labels.len()).map(|key| key.to_string()).collect();
            let pairs: Vec<(&str, &str)> =
                labels.iter().map(String::as_str).zip(keys.iter().map(String::as_str)).collect();
            let names = safe(&pairs);
            let lower: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(lower.len(), names.len());
            for name in &names {
                prop_assert!(!name.is_empty() && name.len() < 240);
                prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0']));
                prop_assert!(!name.starts_with('.') && !name.ends_with(['.', ' ']));
                prop_assert!(!is_reserved(name));
            }
        }
    }
}
