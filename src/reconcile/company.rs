//! Names of organisations: the words that tell them apart, in one spelling.

use super::{abbreviations, legal_forms};
use crate::places::ascii;

/// A name as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CompanyName {
    /// Its words, without legal forms, articles and "and", abbreviations written out.
    pub words: Vec<String>,
    /// The words in order of the alphabet, a blank between.
    pub core: String,
    /// All words as written, a blank between, so that a typing error in a legal form is one.
    pub full: String,
}

/// So many words are looked at.
const MOST_WORDS: usize = 12;

/// Words that join others and tell nothing.
const JOINING: &[&str] = &["and", "und", "et", "en", "og", "och", "ve", "of", "the", "for"];

impl CompanyName {
    /// Reads a name; none where nothing is left that tells anything.
    pub fn read(text: &str) -> Option<Self> {
        let mut words = joined_letters(split(text));
        let full = words.join(" ");
        // `Company, Acme`: the legal form was put first.
        if let Some((first, _)) = text.split_once(',')
            && let first = joined_letters(split(first))
            && first.len() < words.len()
            && legal_forms::ending(&first) == first.len()
        {
            words.rotate_left(first.len());
        }
        if words.first().is_some_and(|word| word == "the") && words.len() > 1 {
            words.remove(0);
        }
        strip_legal_forms(&mut words);
        if words.iter().any(|word| !JOINING.contains(&word.as_str())) {
            words.retain(|word| !JOINING.contains(&word.as_str()));
        }
        words.truncate(MOST_WORDS);
        for word in &mut words {
            if let Some(long) = abbreviations::long(word) {
                long.clone_into(word);
            }
        }
        if words.is_empty() {
            return None;
        }
        let mut sorted: Vec<&str> = words.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let core = sorted.join(" ");
        Some(Self { words, core, full })
    }
}

/// Words in lower case without accents; dots and apostrophes within them are left out.
fn split(text: &str) -> Vec<String> {
    let text = ascii(text);
    let (mut words, mut word) = (Vec::new(), String::new());
    for letter in text.chars() {
        match letter {
            'a'..='z' | '0'..='9' => word.push(letter),
            'A'..='Z' => word.push(letter.to_ascii_lowercase()),
            '.' | '\'' | '`' => {}
            _ if word.is_empty() => {}
            _ => words.push(std::mem::take(&mut word)),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Letters that stand alone one after another become one word: `S. A.`, `A/S`, `J P Morgan`.
fn joined_letters(words: Vec<String>) -> Vec<String> {
    let (mut joined, mut letters): (Vec<String>, String) = (Vec::with_capacity(words.len()), String::new());
    for word in words {
        if word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            letters.push_str(&word);
            continue;
        }
        if !letters.is_empty() {
            joined.push(std::mem::take(&mut letters));
        }
        joined.push(word);
    }
    if !letters.is_empty() {
        joined.push(letters);
    }
    joined
}

/// Takes legal forms off both ends as long as a word stays that is none.
fn strip_legal_forms(words: &mut Vec<String>) {
    let first = legal_forms::beginning(words);
    words.drain(..first);
    loop {
        while words.len() > 1 && words.last().is_some_and(|word| JOINING.contains(&word.as_str())) {
            words.pop();
        }
        // `& Co`, `and Company`: the form may have "and" inside, which is no word of it.
        let bare: Vec<String> = words
            .iter()
            .filter(|word| !JOINING.contains(&word.as_str()))
            .cloned()
            .collect();
        let ending = legal_forms::ending(&bare);
        if ending == 0 || ending >= bare.len() {
            return;
        }
        let mut left = ending;
        while left > 0 {
            if words.pop().is_some_and(|word| !JOINING.contains(&word.as_str())) {
                left -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let name = CompanyName::read(text).unwrap_or_default();
        assert_eq!(name.words.join(" "), expected, "{text}");
    }

    #[test]
    fn legal_forms_of_many_countries_are_left_out() {
        for text in [
            "Acme",
            "ACME Inc.",
            "Acme, LLC",
            "Acme Ltd",
            "Acme plc",
            "Acme GmbH & Co. KG",
            "Acme AG",
            "Acme S.A.",
            "Acme S. A.",
            "Acme SARL",
            "Acme S.r.l.",
            "Acme B.V.",
            "Acme A/S",
            "Acme Oy",
            "Acme Pty Ltd",
            "Acme K.K.",
            "Acme Sp. z o.o.",
            "Acme S.A. de C.V.",
            "The Acme Company",
            "Acme & Co",
            "Acme and Company",
            "Acme Co., Ltd.",
            "OOO Acme",
            "PT Acme Tbk",
            "Kabushiki Kaisha Acme",
            "Acme S.p.A.",
            "Acme s.r.o.",
            "Acme Corporation",
            "Acmé",
            "Company, Acme",
            "Inc., Acme",
            "Acme Holding GmbH",
        ] {
            check(
                text,
                if text.contains("Holding") {
                    "acme holding"
                } else {
                    "acme"
                },
            );
        }
    }

    #[test]
    fn a_name_that_is_nothing_but_a_form_stays() {
        check("The Company", "company");
        check("Limited", "limited");
        check("AG", "ag");
        check("&", "");
        check("", "");
        check("The", "the");
    }

    #[test]
    fn abbreviations_are_written_out_and_joining_words_left_out() {
        check("Smith Bros. Mfg. & Svcs", "smith brothers manufacturing services");
        check("Acme Int'l", "acme international");
        check("Oils and Fluids Warehouse", "oils fluids warehouse");
        check("Bob's Bikes", "bobs bikes");
        check("J. P. Morgan", "jp morgan");
        check("J.P. Morgan", "jp morgan");
        check("Müller & Söhne", "muller sohne");
    }

    #[test]
    fn moved_words_have_one_core() {
        let core = |text: &str| CompanyName::read(text).unwrap_or_default().core;
        assert_eq!(core("Bike World"), core("World, Bike"));
    }
}
