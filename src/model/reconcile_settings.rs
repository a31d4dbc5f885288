//! `[reconcile]`: how sure two records must be the same, and what each key weighs.

use super::MatchKey;

/// What each key adds to the score of two records, or takes from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchWeights {
    agrees: [u16; MatchKey::ALL.len()],
    differs: [u16; MatchKey::ALL.len()],
}

impl MatchWeights {
    /// What a key adds where it is equal, in points.
    pub fn agrees(&self, key: MatchKey) -> i32 {
        i32::from(self.agrees[key as usize])
    }

    /// What a key takes where both have it and it is plainly different, in points.
    pub fn differs(&self, key: MatchKey) -> i32 {
        i32::from(self.differs[key as usize])
    }

    /// Sets what a key adds.
    pub fn set_agrees(&mut self, key: MatchKey, points: u16) {
        self.agrees[key as usize] = points;
    }

    /// Sets what a key takes.
    pub fn set_differs(&mut self, key: MatchKey, points: u16) {
        self.differs[key as usize] = points;
    }
}

impl Default for MatchWeights {
    fn default() -> Self {
        let mut weights = Self {
            agrees: [0; MatchKey::ALL.len()],
            differs: [0; MatchKey::ALL.len()],
        };
        for (key, agrees, differs) in [
            (MatchKey::Id, 150, 0),
            (MatchKey::Account, 80, 0),
            (MatchKey::Email, 85, 0),
            (MatchKey::Phone, 45, 0),
            (MatchKey::Domain, 80, 0),
            (MatchKey::Company, 60, 60),
            (MatchKey::Person, 50, 60),
            (MatchKey::Street, 20, 10),
            (MatchKey::PostalCode, 20, 30),
            (MatchKey::City, 20, 50),
            (MatchKey::State, 5, 40),
            (MatchKey::Country, 20, 45),
        ] {
            weights.set_agrees(key, agrees);
            weights.set_differs(key, differs);
        }
        weights
    }
}

/// `[reconcile]`.
#[derive(Clone, Debug, PartialEq)]
pub struct ReconcileSettings {
    /// The least confidence, in hundredths, at which two records are the same.
    pub threshold: u8,
    /// The least likeness, in hundredths, at which names of organisations are alike.
    pub similar: u8,
    /// Domains that tell nothing of an organisation, besides those that the program knows.
    pub free_mail: Vec<String>,
    /// A domain that so many differently named organisations have tells nothing of them.
    pub shared_domain: u32,
    /// A phone number or e-mail address that so many differently named parties have tells next to nothing.
    pub shared_contact: u32,
    /// The most pairs of records that share a key which are looked at one by one.
    pub largest_block: u32,
    /// What each key weighs.
    pub weights: MatchWeights,
}

impl Default for ReconcileSettings {
    fn default() -> Self {
        Self {
            threshold: 80,
            similar: 85,
            free_mail: Vec::new(),
            shared_domain: 5,
            shared_contact: 3,
            largest_block: 20_000,
            weights: MatchWeights::default(),
        }
    }
}
