//! Places held against each other. They count only beside names that are alike, and count against names only
//! where nothing stronger says that two rows are one.

use super::compare::{Tally, equal_if};
use super::profile::Profile;
use super::similar::{Nearness, nearness};
use super::street;
use crate::model::MatchKey;

/// The most that places count for without a street.
const MOST_FOR_PLACE: i32 = 50;
/// The points of the place.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// What agrees.
    pub gain: i32,
    /// What differs.
    pub loss: i32,
    /// Whether the rows are plainly in different places and nothing stronger says that they are one.
    pub is_elsewhere: bool,
}

/// Holds the places of two rows against each other.
pub(super) fn compare(
    tally: &mut Tally<'_>,
    (left, right): (&Profile, &Profile),
    is_name_alike: bool,
    has_strong: bool,
) -> Place {
    let mut place = Place::default();
    let same = |one: &str, other: &str| (!one.is_empty() && !other.is_empty()).then(|| one == other);
    let country = left.country.zip(right.country).map(|(one, other)| one == other);
    let state = left.state.zip(right.state).map(|(one, other)| one == other);
    let postal = same(&left.postal, &right.postal).map(|same| same && country != Some(false));
    let city = cities(left, right).map(|nearness| match nearness {
        // Cities of one name in two states are two cities.
        Nearness::Equal if state == Some(false) && postal != Some(true) => Nearness::Different,
        other => other,
    });
    let near = matches!(city, Some(Nearness::Equal | Nearness::Similar)) || postal == Some(true);
    for (key, same) in [
        (MatchKey::PostalCode, postal),
        (MatchKey::State, state),
        (MatchKey::Country, country),
    ] {
        let Some(same) = same else { continue };
        tally.note(key, equal_if(same));
        match same {
            true => place.gain += tally.agrees(key),
            false if key == MatchKey::Country || !near => place.loss += tally.differs(key),
            false => {}
        }
    }
    if let Some(nearness) = city {
        tally.note(MatchKey::City, nearness);
        match nearness {
            Nearness::Equal => place.gain += tally.agrees(MatchKey::City),
            Nearness::Similar => place.gain += tally.agrees(MatchKey::City) * 7 / 10,
            _ if !near => place.loss += tally.differs(MatchKey::City),
            _ => {}
        }
    }
    place.gain = place.gain.min(MOST_FOR_PLACE);
    if let (Some(one), Some(other)) = (&left.street, &right.street) {
        let nearness = street::compare(one, other);
        tally.note(MatchKey::Street, nearness);
        match nearness {
            Nearness::Equal if near || city.is_none() => place.gain += tally.agrees(MatchKey::Street),
            Nearness::Similar if near => place.gain += tally.agrees(MatchKey::Street) * 7 / 10,
            Nearness::Different => place.loss += tally.differs(MatchKey::Street),
            _ => {}
        }
    }
    let elsewhere = country == Some(false) || !near && (city.is_some() || postal == Some(false));
    place.is_elsewhere = elsewhere && !has_strong;
    if !is_name_alike {
        place.gain = 0;
    }
    if has_strong {
        place.loss = 0;
    }
    place
}

fn cities(left: &Profile, right: &Profile) -> Option<Nearness> {
    if left.city.is_empty() || right.city.is_empty() {
        return None;
    }
    Some(nearness(&left.city, &right.city))
}
