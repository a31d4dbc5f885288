//! Continuity: the rep who owns the lead's account knows the customer.
//!
//! ```toml
//! [score]
//! continuity = 4
//! ```
//!
//! 100 for that rep, 0 for the others. Left out where the account has no owner on the roster.

use super::{FULL, Ground, Units};
use crate::model::RepIndex;
use crate::rules::keys::Keys;

/// The account's owner of each lead key.
#[derive(Debug)]
pub struct Continuity(Vec<RepIndex>);

impl Continuity {
    /// Binds the part to the leads whose account has an owner on the roster.
    pub fn bind(ground: &Ground<'_>) -> (Keys, Self) {
        let owners = &ground.batch.leads.account_owners;
        let (keys, owners) = Keys::by(owners.len(), |row| owners[row]);
        (keys, Self(owners))
    }
}

impl Units for Continuity {
    fn units(&self, key: u32, rep: usize) -> i32 {
        FULL * i32::from(self.0[key as usize].at() == rep)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn the_owner_of_the_account_has_all_points() {
        check(
            "continuity",
            "id|account_owner\n1|1\n2|",
            "id\na\nb",
            &[&[0.0, 100.0], &[]],
        );
    }
}
