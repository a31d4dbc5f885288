//! Other texts under which a city may be known, where its own is not.

use super::city_names::city_key;

/// Short names that stand for whole ones.
const NICKNAMES: &[(&str, &str)] = &[
    ("dc", "Washington"),
    ("hcmc", "Ho Chi Minh City"),
    ("la", "Los Angeles"),
    ("nola", "New Orleans"),
    ("ny", "New York City"),
    ("nyc", "New York City"),
    ("philly", "Philadelphia"),
    ("sf", "San Francisco"),
    ("slc", "Salt Lake City"),
    ("vegas", "Las Vegas"),
];

/// Words before a name that are not part of it.
const BEFORE: &[&str] = &[
    "central ",
    "city of ",
    "comune di ",
    "downtown ",
    "greater ",
    "metro ",
    "stadt ",
    "the ",
    "town of ",
    "village of ",
    "ville de ",
];

/// Words after a name that are not part of it; of two with one end the longer first.
const AFTER: &[&str] = &[
    " bay area",
    " metropolitan area",
    " metro area",
    " area",
    " cedex",
    " city",
    " gun",
    " metro",
    " shi",
    " si",
    " town",
    " township",
    " village",
];

/// Words that tell where a place of a common name is: `Frankfurt am Main`, `Weiden i.d.OPf.`.
const WHERE: &[&str] = &[
    "a", "am", "an", "auf", "b", "bei", "i", "im", "in", "near", "o", "ob", "on", "sul", "sur", "upon", "v",
    "vor",
];

/// Two vowels written for one with an accent, with that vowel alone.
const WRITTEN_OUT: &[(&str, &str)] = &[("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];

/// Other texts under which a city may be known, the most faithful first.
pub(super) fn variants(text: &str) -> Vec<String> {
    let key = city_key(text);
    let nickname = NICKNAMES
        .iter()
        .find(|(short, _)| *short == key)
        .map(|(_, name)| (*name).to_owned());
    let lower = text.to_lowercase();
    let accents = WRITTEN_OUT
        .iter()
        .fold(lower.clone(), |text, (long, short)| text.replace(long, short));
    let head = lower
        .split([',', '(', '/', '[', ';', '|', '\n'])
        .next()
        .unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default();
    let words: Vec<&str> = head.split_whitespace().collect();
    // `Paris 8e`, `Praha 1`, `London SW1`, `80331 München`.
    let has_digit = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
    let plain: Vec<&str> = words.iter().copied().filter(|word| !has_digit(word)).collect();
    let plain = plain.join(" ");
    let begun = BEFORE
        .iter()
        .find_map(|word| plain.strip_prefix(word))
        .unwrap_or(&plain);
    let ended = AFTER
        .iter()
        .find_map(|word| begun.strip_suffix(word))
        .unwrap_or(begun);
    let tells_where = |word: &&str| WHERE.contains(&word.split('.').next().unwrap_or_default());
    let told = words
        .iter()
        .skip(1)
        .position(tells_where)
        .map(|at| words[..=at].join(" "));
    let first = head.split_once(['-', '–']).map(|(first, _)| first.to_owned());
    let mut found: Vec<String> = nickname.into_iter().chain([accents, head.to_owned()]).collect();
    found.extend([plain.clone(), begun.to_owned(), ended.to_owned()]);
    found.extend(told.into_iter().chain(first));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = variants(text);
        assert!(
            found.iter().any(|variant| variant.trim() == expected),
            "{text}: {found:?}"
        );
    }

    #[test]
    fn what_is_not_the_name_is_left_out() {
        check("NYC", "New York City");
        check("Koeln", "koln");
        check("Frankfurt/Main", "frankfurt");
        check("Frankfurt a.M.", "frankfurt");
        check("Paris 8e", "paris");
        check("Paris Cedex 08", "paris");
        check("City of London", "london");
        check("Greater Boston Area", "boston");
        check("Dallas-Fort Worth", "dallas");
        check("Halle (Saale)", "halle");
    }

    #[test]
    fn a_name_of_one_word_has_few_other_texts() {
        let mut found = variants("Springfeld");
        found.dedup();
        assert_eq!(found, ["springfeld"]);
    }
}
