//! Classes of leads that no rule tells apart.

use crate::model::{LeadIndex, QuickMap};
use crate::rules::{Requirement, Rules};

/// Leads in classes: the classes in the order of their first lead, the leads of each in the order
/// in which they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    starts: Vec<u32>,
    leads: Vec<LeadIndex>,
}

/// What one rule sees of a lead; leads for which it is equal are equal to that rule.
pub type Key<'a> = Box<dyn Fn(LeadIndex) -> u64 + 'a>;

impl Classes {
    /// Groups leads that all keys agree on. `O(leads × keys)`.
    pub fn group(leads: &[LeadIndex], keys: &[Key<'_>]) -> Self {
        let mut codes = vec![0u32; leads.len()];
        let mut classes = u32::from(!leads.is_empty());
        for key in keys {
            if classes as usize == leads.len() {
                break;
            }
            classes = refine(leads, key, &mut codes);
        }
        Self::of_codes(leads, &codes, classes)
    }

    /// Groups leads that no hard rule tells apart.
    pub fn by_requirements(leads: &[LeadIndex], rules: &Rules) -> Self {
        let key = |requirement: &Requirement, lead| requirement.key(lead).map_or(u64::MAX, u64::from);
        let keys: Vec<Key<'_>> = rules
            .requirements
            .iter()
            .map(|requirement| Box::new(move |lead| key(requirement, lead)) as Key<'_>)
            .collect();
        Self::group(leads, &keys)
    }

    /// Puts every lead in a class of its own.
    pub fn apart(leads: &[LeadIndex]) -> Self {
        Self {
            starts: (0..=leads.len()).map(number).collect(),
            leads: leads.to_vec(),
        }
    }

    fn of_codes(leads: &[LeadIndex], codes: &[u32], classes: u32) -> Self {
        let mut starts = vec![0u32; classes as usize + 1];
        for &code in codes {
            starts[code as usize + 1] += 1;
        }
        for class in 0..classes as usize {
            starts[class + 1] += starts[class];
        }
        let mut next = starts.clone();
        let mut sorted = vec![LeadIndex(0); leads.len()];
        for (&lead, &code) in leads.iter().zip(codes) {
            let place = &mut next[code as usize];
            sorted[*place as usize] = lead;
            *place += 1;
        }
        Self {
            starts,
            leads: sorted,
        }
    }

    /// How many classes there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Tells whether there is no lead.
    pub fn is_empty(&self) -> bool {
        self.leads.is_empty()
    }

    /// The leads of a class.
    pub fn leads(&self, class: usize) -> &[LeadIndex] {
        &self.leads[self.starts[class] as usize..self.starts[class + 1] as usize]
    }

    /// The first lead of a class, which stands for all.
    pub fn first(&self, class: usize) -> LeadIndex {
        self.leads[self.starts[class] as usize]
    }

    /// How many leads a class has.
    pub fn supply(&self, class: usize) -> u32 {
        self.starts[class + 1] - self.starts[class]
    }

    /// The class of every lead of a batch of `count` leads; `u32::MAX` where it is in none.
    pub fn by_lead(&self, count: usize) -> Vec<u32> {
        let mut classes = vec![u32::MAX; count];
        for class in 0..self.len() {
            for lead in self.leads(class) {
                classes[lead.at()] = number(class);
            }
        }
        classes
    }
}

/// Splits classes by one more key, numbering them by their first lead.
fn refine(leads: &[LeadIndex], key: &Key<'_>, codes: &mut [u32]) -> u32 {
    let mut numbers: QuickMap<(u32, u64), u32> = QuickMap::default();
    for (&lead, code) in leads.iter().zip(codes) {
        let next = number(numbers.len());
        *code = *numbers.entry((*code, key(lead))).or_insert(next);
    }
    number(numbers.len())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("lists are bounded when they are read")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[&[u64]], expected: &[&[u32]]) {
        let leads: Vec<LeadIndex> = (0..keys[0].len()).map(LeadIndex::new).collect();
        let keys: Vec<Key<'_>> = keys
            .iter()
            .map(|key| Box::new(move |lead: LeadIndex| key[lead.at()]) as Key<'_>)
            .collect();
        let classes = Classes::group(&leads, &keys);
        let found: Vec<Vec<u32>> = (0..classes.len())
            .map(|class| classes.leads(class).iter().map(|lead| lead.0).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn leads_are_together_when_every_key_agrees() {
        check(&[&[7, 8, 7, 7], &[1, 1, 1, 2]], &[&[0, 2], &[1], &[3]]);
    }

    #[test]
    fn classes_are_in_the_order_of_their_first_lead() {
        check(&[&[3, 2, 1, 2]], &[&[0], &[1, 3], &[2]]);
    }

    #[test]
    fn no_lead_makes_no_class() {
        check(&[&[]], &[]);
    }

    #[test]
    fn every_lead_knows_its_class() {
        let leads = [LeadIndex(3), LeadIndex(1)];
        assert_eq!(Classes::apart(&leads).by_lead(4), [u32::MAX, 1, u32::MAX, 0]);
    }
}
