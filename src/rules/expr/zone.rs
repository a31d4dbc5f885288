//! Time zones as far as comparing them needs.

use crate::model::{AsOf, zone};
use jiff::Timestamp;

/// The offset of a zone from UTC at as-of, in seconds.
pub(super) fn offset(name: &str, as_of: &AsOf) -> Option<i32> {
    let moment = Timestamp::from_second(as_of.moment.0).ok()?;
    zone(name).map(|zone| zone.to_offset(moment).seconds())
}
