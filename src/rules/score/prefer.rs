//! A team's own wish: an expression as one more part.
//!
//! ```toml
//! [[prefer]]
//! name = "reps' own industry"
//! weight = 2
//! value = "lead.industry in rep.preferences"   # a yes/no, or a number from 0 to 1
//! ```
//!
//! Left out where something that it reads of the lead is empty. Where only a rep's datum is empty, that rep
//! counts as the median of the others.

use super::{Units, share};
use crate::rules::keys::Keys;
use crate::rules::pairs::Statement;

/// Up to so many pairs are looked at to learn for which leads the part is left out.
const MOST_TRIED: usize = 64 << 20;

/// The part over an expression.
#[derive(Debug)]
pub struct Prefer {
    value: Statement,
    /// The statement's key of each of the part's.
    keys: Vec<u32>,
}

impl Prefer {
    /// Binds the part to the leads for which the value is known, as far as the lead goes.
    pub fn bind(value: Statement) -> (Keys, Self) {
        let mut tried = value.distinct_reps();
        tried.truncate((MOST_TRIED / value.keys.count().max(1)).max(1));
        let (keys, of) = value
            .keys
            .clone()
            .refine(|key| applies(&value, key, &tried).then_some(key));
        (keys, Self { value, keys: of })
    }

    fn known(&self, key: u32, rep: usize) -> Option<i32> {
        self.value.number(self.keys[key as usize], rep).map(share)
    }
}

/// Tells whether the value is known for some rep and unknown for none on the lead's account.
fn applies(value: &Statement, key: u32, reps: &[usize]) -> bool {
    let mut any = false;
    for &rep in reps {
        if value.number(key, rep).is_some() {
            any = true;
        } else if value
            .reason(key, rep)
            .is_some_and(|reason| reason.starts_with("lead."))
        {
            return false;
        }
    }
    any
}

/// The median of the units that are known: of an even count, the mean of the middle two, half up.
fn median(mut known: Vec<i32>) -> i32 {
    known.sort_unstable();
    match (known.get(known.len() / 2), known.len() % 2) {
        (None, _) => 0,
        (Some(&middle), 1) => middle,
        (Some(&upper), _) => (known[known.len() / 2 - 1] + upper + 1) / 2,
    }
}

impl Units for Prefer {
    fn units(&self, key: u32, rep: usize) -> i32 {
        self.known(key, rep).unwrap_or_else(|| {
            let reps = 0..self.value.reps;
            median(reps.filter_map(|rep| self.known(key, rep)).collect())
        })
    }

    fn row(&self, key: u32, out: &mut [i32]) {
        let row: Vec<Option<i32>> = (0..out.len()).map(|rep| self.known(key, rep)).collect();
        let usual = if row.contains(&None) {
            median(row.iter().flatten().copied().collect())
        } else {
            0
        };
        for (out, units) in out.iter_mut().zip(row) {
            *out = units.unwrap_or(usual);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_rules;

    fn check(value: &str, leads: &str, reps: &str, expected: &[&[f64]]) {
        let rules = format!("[score]\n[[prefer]]\nname = 'wish'\nvalue = \"{value}\"");
        check_rules(&rules, leads, reps, expected);
    }

    #[test]
    fn a_wish_is_yes_or_no_or_a_number_up_to_one() {
        let (leads, reps) = ("id|score\n1|25\n2|300", "id|grade\na|A\nb|B");
        check("rep.grade == 'a'", leads, reps, &[&[100.0, 0.0], &[100.0, 0.0]]);
        check("lead.score / 100", leads, reps, &[&[25.0, 25.0], &[100.0, 100.0]]);
    }

    #[test]
    fn what_is_unknown_of_the_lead_leaves_the_part_out_for_it() {
        let leads = "id|industry\n1|Software\n2|";
        let reps = "id|preferences|vip\na|software|no\nb||yes";
        check(
            "lead.industry in rep.preferences",
            leads,
            reps,
            &[&[100.0, 0.0], &[]],
        );
        check(
            "lead.industry == 'software' && rep.vip == 'yes'",
            leads,
            reps,
            &[&[0.0, 100.0], &[]],
        );
    }

    #[test]
    fn a_rep_whose_datum_is_empty_counts_as_the_median() {
        let reps = "id|rate\na|0.2\nb|\nc|0.6\nd|1";
        check("rep.rate", "id\n1", reps, &[&[20.0, 60.0, 60.0, 100.0]]);
        check(
            "rep.rate",
            "id\n1",
            "id|rate\na|0.2\nb|\nc|0.5",
            &[&[20.0, 35.0, 50.0]],
        );
        check("rep.performance", "id\n1", "id|performance\na|", &[&[]]);
    }

    #[test]
    fn a_wish_may_read_the_pair() {
        let (leads, reps) = ("id|at\n1|0,0\n2|", "id|at\na|0,1\nb|0,3\nc|");
        check("pair.distance_km < 200", leads, reps, &[&[100.0, 0.0, 50.0], &[]]);
        check("pair.proximity > 10", leads, reps, &[&[100.0, 0.0, 0.0], &[]]);
    }

    #[test]
    fn a_wish_may_read_the_shared_hours() {
        let leads = "id|time_zone\n1|Europe/Berlin\n2|";
        let reps = "id|time_zone|hours\na|Europe/Berlin|9-17\nb|America/New_York|9-17\nc|UTC|";
        check("pair.overlap", leads, reps, &[&[100.0, 25.0, 62.5], &[]]);
        check("pair.overlap >= 0.5", leads, reps, &[&[100.0, 0.0, 50.0], &[]]);
        check(
            "pair.availability / 100",
            leads,
            reps,
            &[&[100.0, 25.0, 62.5], &[]],
        );
        check("pair.overlap", leads, "id\na", &[&[], &[]]);
    }
}
