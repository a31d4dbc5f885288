//! References to reps: by id, then e-mail, then a name that only one rep bears.

use super::{Rep, RepIndex, widened};
use crate::mistake::did_you_mean;
use std::collections::BTreeMap;

/// Whom a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One rep.
    One(RepIndex),
    /// Several reps, in roster order: the reference is ambiguous.
    Several(Vec<RepIndex>),
    /// Nobody on the roster.
    Nobody,
}

/// Finds the reps that references name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepDirectory {
    ids: BTreeMap<String, RepIndex>,
    emails: BTreeMap<String, Vec<RepIndex>>,
    names: BTreeMap<String, Vec<RepIndex>>,
    /// Names and ids as written, for suggestions.
    known: Vec<String>,
}

impl RepDirectory {
    /// Lists a roster.
    pub fn new(reps: &[Rep]) -> Self {
        let mut directory = Self::default();
        for (at, rep) in reps.iter().enumerate() {
            let index = RepIndex::new(at);
            directory.ids.entry(rep.id.clone()).or_insert(index);
            directory.known.push(rep.id.clone());
            for (list, text) in [
                (&mut directory.emails, &rep.email),
                (&mut directory.names, &rep.name),
            ] {
                let key = folded(text);
                if !key.is_empty() {
                    list.entry(key).or_default().push(index);
                    if *text != rep.id {
                        directory.known.push(text.clone());
                    }
                }
            }
        }
        directory
    }

    /// The rep of exactly this id.
    pub fn of_id(&self, id: &str) -> Option<RepIndex> {
        self.ids.get(id).copied()
    }

    /// Finds the rep that a text names: by id (Salesforce ids in either length), then by e-mail, then
    /// by name, the last two without regard to case.
    pub fn find(&self, text: &str) -> Found {
        let text = text.trim();
        if text.is_empty() {
            return Found::Nobody;
        }
        if let Some(&rep) = self.ids.get(widened(text).as_ref()) {
            return Found::One(rep);
        }
        let email = self.emails.get(&folded(address(text)));
        match email.or_else(|| self.names.get(&folded(text))) {
            None => Found::Nobody,
            Some(reps) if reps.len() == 1 => Found::One(reps[0]),
            Some(reps) => Found::Several(reps.clone()),
        }
    }

    /// Finds an id, e-mail or name on the roster that a text may have been meant to be.
    pub fn suggestion(&self, text: &str) -> Option<&str> {
        did_you_mean(text, self.known.iter().map(String::as_str))
    }
}

/// The address in `"Ann Lee" <ann@example.com>`, or the whole text.
fn address(text: &str) -> &str {
    text.rsplit_once('<')
        .and_then(|(_, rest)| rest.strip_suffix('>'))
        .unwrap_or(text)
}

/// Lower case, with runs of blanks made one.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.to_lowercase());
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rep(id: &str, name: &str, email: &str) -> Rep {
        Rep {
            email: email.to_owned(),
            ..Rep::named(id, name)
        }
    }

    fn check(text: &str, expected: &Found) {
        let reps = [
            rep("0054W00000AuCYfQAN", "Ann Lee", "ann@example.com"),
            rep("r2", "Bo Chan", "bo@example.com"),
            rep("r3", "bo chan", "r2@example.com"),
            rep("Ann Lee", "Zed", ""),
        ];
        assert_eq!(RepDirectory::new(&reps).find(text), *expected, "{text}");
    }

    #[test]
    fn an_id_comes_before_an_email_and_an_email_before_a_name() {
        check("r2", &Found::One(RepIndex(1)));
        check("Ann Lee", &Found::One(RepIndex(3)));
        check("BO@example.com", &Found::One(RepIndex(1)));
        check("Bo <bo@example.com>", &Found::One(RepIndex(1)));
        check("ann  lee", &Found::One(RepIndex(0)));
    }

    #[test]
    fn the_case_of_ids_counts_and_their_length_does_not() {
        check("0054W00000AuCYf", &Found::One(RepIndex(0)));
        check("0054W00000AUCYf", &Found::Nobody);
        check("R2", &Found::Nobody);
    }

    #[test]
    fn a_name_of_two_reps_is_ambiguous() {
        check("Bo Chan", &Found::Several(vec![RepIndex(1), RepIndex(2)]));
    }

    #[test]
    fn nothing_names_nobody() {
        check("  ", &Found::Nobody);
        check("Cy", &Found::Nobody);
    }
}
