//! How alike names are: typing errors in words, and soft TF-IDF over the words of names. The one door to
//! `strsim`.
//!
//! Two names are held against each other word by word in any order (the `SoftTFIDF` of Cohen, Ravikumar and
//! Fienberg, "A Comparison of String Distance Metrics for Name-Matching Tasks", `IIWeb` 2003), but for two
//! things. A word with a typing error is rare by being wrong: it weighs as little as the word that it is
//! taken for. And what has no fellow counts in full, so that `Bike World` is not near `Bike Works` however
//! common `bike` is: the measure is twice the weight shared by the weight of both.

/// How near two names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// The same in other dress.
    Equal,
    /// Alike.
    Similar,
    /// Neither alike nor plainly different.
    Unclear,
    /// Plainly different.
    Different,
}

/// A word of a name with its weight.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// In lower case, ASCII.
    pub text: String,
    /// How much it tells: the logarithm of how rare it is.
    pub weight: f32,
    /// One bit for each letter that it has.
    letters: u32,
}

impl Word {
    /// A word of a weight.
    pub fn new(text: String, weight: f32) -> Self {
        let bit = |byte: u8| 1u32 << (byte.wrapping_sub(b'a') & 31);
        let letters = text.bytes().fold(0, |letters, byte| letters | bit(byte));
        Self {
            text,
            weight,
            letters,
        }
    }
}

/// A word that is short for another, by being its beginning, counts so much.
const BEGINNING: f32 = 0.9;
/// Each typing error takes so much.
const TYPING_ERROR: f32 = 0.06;
/// Names that are one in letters but not in words.
const OTHER_BLANKS: f32 = 0.97;
/// Names are not alike where both have a word that the other has not.
const BOTH_HAVE_MORE: f32 = 0.8;

/// So many typing errors are let through in a word of so many letters.
fn let_through(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=8 => 1,
        _ => 2,
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The typing errors between two words (letters swapped, dropped, added, replaced), if they are few.
fn typing_errors(left: &str, right: &str) -> Option<usize> {
    let most = let_through(left.len().min(right.len()));
    if most == 0 || left.len().abs_diff(right.len()) > most || has_digit(left) || has_digit(right) {
        return None;
    }
    let errors = strsim::osa_distance(left, right);
    (errors <= most).then_some(errors)
}

/// Tells whether two words are one but for typing errors.
pub(super) fn within_typing_error(left: &str, right: &str) -> bool {
    left == right || typing_errors(left, right).is_some()
}

/// How near two words of a person's name are.
pub(super) fn nearness(left: &str, right: &str) -> Nearness {
    if left == right {
        Nearness::Equal
    } else if within_typing_error(left, right) {
        Nearness::Similar
    } else {
        Nearness::Different
    }
}

/// How alike two words of organisations' names are, from 0 to 1.
fn word_similarity(left: &Word, right: &Word) -> f32 {
    if left.text == right.text {
        return 1.0;
    }
    let (short, long) = if left.text.len() <= right.text.len() {
        (left, right)
    } else {
        (right, left)
    };
    if short.text.len() >= 3
        && long.text.len() >= short.text.len() + 3
        && long.text.starts_with(&short.text)
        && !has_digit(&long.text)
    {
        return BEGINNING;
    }
    // Two errors change four letters at most.
    if (left.letters ^ right.letters).count_ones() > 4 {
        return 0.0;
    }
    match typing_errors(&left.text, &right.text) {
        Some(1) => 1.0 - TYPING_ERROR,
        Some(_) => 1.0 - 2.0 * TYPING_ERROR,
        None => 0.0,
    }
}

/// Names of so many letters may differ by a typing error anywhere.
const LEAST_LETTERS: usize = 8;

/// How alike two names are letter by letter where one typing error makes the one of the other, the more so the
/// longer they are: 0.95 with ten letters; else 0.
#[expect(clippy::cast_precision_loss, reason = "names are short")]
pub(super) fn letterwise(left: &str, right: &str) -> f32 {
    let (short, long) = (left.len().min(right.len()), left.len().max(right.len()));
    if short < LEAST_LETTERS || long - short > 1 {
        return 0.0;
    }
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    if strsim::osa_distance(left, right) > 1 || digits(left) != digits(right) {
        return 0.0;
    }
    1.0 - 0.5 / long as f32
}

/// How alike two names are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likeness {
    /// From 0 to 1.
    pub share: f32,
    /// Whether one has all the words of the other.
    pub contained: bool,
}

/// How alike two organisations' names are. Words with digits are alike only if they are equal.
pub(super) fn likeness(left: &[Word], right: &[Word]) -> Likeness {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (at, word) in left.iter().enumerate() {
        for (of, other) in right.iter().enumerate() {
            let similarity = word_similarity(word, other);
            if similarity > 0.0 {
                pairs.push((similarity, at, of));
            }
        }
    }
    pairs.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then((one.1, one.2).cmp(&(other.1, other.2)))
    });
    let (mut taken, mut matched) = ((0u32, 0u32), 0);
    let (mut shared, mut whole) = (0.0, 0.0);
    for (similarity, at, of) in pairs {
        if taken.0 & (1 << at) != 0 || taken.1 & (1 << of) != 0 {
            continue;
        }
        taken = (taken.0 | 1 << at, taken.1 | 1 << of);
        matched += 1;
        let weight = left[at].weight.min(right[of].weight);
        shared += weight * similarity;
        whole += weight;
    }
    let alone = |words: &[Word], taken: u32| {
        let free = words.iter().enumerate().filter(|(at, _)| taken & (1 << at) == 0);
        free.map(|(_, word)| word.weight).sum::<f32>()
    };
    let rest = (alone(left, taken.0), alone(right, taken.1));
    let all = 2.0 * whole + rest.0 + rest.1;
    let mut share = if all > 0.0 { 2.0 * shared / all } else { 0.0 };
    if rest.0 > 0.0 && rest.1 > 0.0 {
        share = share.min(BOTH_HAVE_MORE);
    }
    if share < OTHER_BLANKS && left.len() != right.len() && same_letters(left, right) {
        share = OTHER_BLANKS;
    }
    Likeness {
        share,
        contained: matched > 0 && (matched == left.len() || matched == right.len()),
    }
}

/// Tells whether names are one but for blanks: `Bike World`, `Bikeworld`.
fn same_letters(left: &[Word], right: &[Word]) -> bool {
    let letters = |words: &[Word]| words.iter().map(|word| word.text.len()).sum::<usize>();
    letters(left) == letters(right)
        && left
            .iter()
            .flat_map(|word| word.text.bytes())
            .eq(right.iter().flat_map(|word| word.text.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(left: &str, right: &str) -> f32 {
        let words = |text: &str| {
            let words = text.split(' ').map(|word| Word::new(word.to_owned(), 5.0));
            words.collect::<Vec<_>>()
        };
        let (left, right) = (words(left), words(right));
        assert!((likeness(&left, &right).share - likeness(&right, &left).share).abs() < 1e-6);
        likeness(&left, &right).share
    }

    #[test]
    fn moved_words_typing_errors_and_abbreviations_are_near() {
        for (left, right) in [
            ("bike world", "world bike"),
            ("bike world", "bike wrold"),
            ("northwest bicycle supply", "northwest bicylce supply"),
            ("acme technologies", "acme tech"),
            ("bike world", "bikeworld"),
            ("bikes world", "bike world"),
        ] {
            assert!(
                share(left, right) > 0.9,
                "{left}, {right}: {}",
                share(left, right)
            );
        }
    }

    #[test]
    fn other_names_are_not() {
        for (left, right) in [
            ("bike world", "bike works"),
            ("first cycle store", "third cycle store"),
            ("store 12", "store 21"),
            ("a b c d e f g first", "a b c d e f g third"),
        ] {
            assert!(
                share(left, right) < 0.85,
                "{left}, {right}: {}",
                share(left, right)
            );
        }
        assert!(share("acme", "globex") < 0.01);
    }

    #[test]
    fn one_typing_error_anywhere_is_near() {
        assert!(letterwise("principal bike compayn", "principal bike company") > 0.9);
        assert!(letterwise("all cycle sop", "all cycle shop") > 0.9);
        assert!(letterwise("store number 12", "store number 13") < 0.1);
        assert!(letterwise("acme", "acne") < 0.1);
    }

    #[test]
    fn what_one_has_and_the_other_not_is_seen() {
        let words = |text: &str| {
            text.split(' ')
                .map(|word| Word::new(word.to_owned(), 5.0))
                .collect::<Vec<_>>()
        };
        assert!(likeness(&words("acme"), &words("acme bike parts")).contained);
        assert!(!likeness(&words("acme toys"), &words("acme bike parts")).contained);
    }
}
