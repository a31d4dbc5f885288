//! Territory as a wish: is the lead in the rep's territories?
//!
//! ```toml
//! [territory]
//! mode = "prefer"
//! [score]
//! territory = 2   # 1 where it is not said
//! ```
//!
//! 100 where the rep's territories hold the lead or the rep names none (and so covers everything), else 0.
//! Left out where the lead has no place, or no rep names a territory.

use super::{FULL, Ground, Units};
use crate::rules::keys::Keys;
use crate::rules::territory::Holdings;
use std::sync::Arc;

/// The part over who holds what.
#[derive(Debug)]
pub struct Territory(Arc<Holdings>);

impl Territory {
    /// Binds the part to the leads that have a place.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let holdings = &ground.holdings;
        holdings
            .any_rep_names_one()
            .then(|| (holdings.keys.clone(), Self(Arc::clone(holdings))))
    }
}

impl Units for Territory {
    fn units(&self, key: u32, rep: usize) -> i32 {
        FULL * i32::from(self.0.holds(key, rep))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check_rules;

    #[test]
    fn territories_are_a_wish_with_the_mode_prefer() {
        check_rules(
            "[territory]\nmode = 'prefer'\n[score]",
            "id|state\n1|CA\n2|NY\n3|",
            "id|territories\na|CA;OR\nb|",
            &[&[100.0, 100.0], &[0.0, 100.0], &[]],
        );
    }
}
