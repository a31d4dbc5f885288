//! Countries and states in every spelling that is recognised: embedded tables behind two look-ups.

use crate::model::{Country, State};

/// The country that a text names: a code of two or three letters, or a name in one of 32 languages.
pub fn country(_text: &str) -> Option<Country> {
    todo!()
}

/// The state that a text names, by code or name, in a country; without one, in the only country that has it.
pub fn state(_country: Option<Country>, _text: &str) -> Option<State> {
    todo!()
}
