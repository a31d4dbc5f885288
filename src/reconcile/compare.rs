//! Two rows held against each other: which keys agree, and how sure it is that they are the same.
//!
//! The score is a sum of points (`[reconcile]`, explained in `rules/README.md`) on two levels, the same
//! organisation and the same party. What is written here besides weights are the laws that no weight may
//! break: a place alone and a shared phone number alone never make a match, and plainly different names are
//! never the same unless a certain id says so.

use super::person;
use super::place::{self, Place};
use super::profile::{Company, Profile};
use super::similar::{Nearness, letterwise, likeness};
use crate::model::{KeySet, MatchKey, QuickState, ReconcileSettings};
use std::collections::HashSet;

/// What comparing needs besides the rows.
pub(super) struct Scale<'a> {
    /// Weights and bounds.
    pub settings: &'a ReconcileSettings,
    /// Numbers of e-mail addresses, phone numbers and domains that many differently named parties have.
    pub shared: SharedKeys,
}

/// Numbers of keys that many differently named parties have.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedKeys {
    /// E-mail addresses.
    pub emails: HashSet<u64, QuickState>,
    /// Phone numbers.
    pub phones: HashSet<u64, QuickState>,
    /// Registered domains.
    pub domains: HashSet<u64, QuickState>,
}

/// What came of holding two rows against each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Comparison {
    /// How sure it is that they are the same party, 0 to 100.
    pub party: u8,
    /// How sure it is that they are of the same organisation, 0 to 100.
    pub organisation: u8,
    /// Whether a strong key says that they are the same party and a name that they are not.
    pub party_clash: bool,
    /// The same of organisations.
    pub organisation_clash: bool,
    /// Whether they are plainly not the same party.
    pub unlike: bool,
    /// Keys that are equal.
    pub agrees: KeySet,
    /// Keys that are nearly equal.
    pub similar: KeySet,
    /// Keys that differ.
    pub disagrees: KeySet,
}

/// What a short id counts beside a name that agrees.
const SHORT_ID: i32 = 15;
/// The likeness of names that have one typing error in ten letters.
const ONE_IN_TEN: f32 = 0.95;
/// The most that is said of names that are plainly different, in hundredths of the threshold.
const CONTRADICTED: i32 = 70;

impl Scale<'_> {
    /// Holds two rows against each other.
    pub fn compare(&self, left: &Profile, right: &Profile) -> Comparison {
        let mut tally = Tally {
            scale: self,
            told: Comparison::default(),
        };
        let names = tally.names(left, right);
        let keys = tally.keys(left, right, &names);
        let place = place::compare(&mut tally, (left, right), names.is_any_alike(), keys.is_strong());
        let mut told = tally.told;
        self.judge(&mut told, (left, right), &names, &keys, place);
        if left.whole.is_some() && left.whole == right.whole {
            (told.party, told.organisation) = (100, 100);
            (told.party_clash, told.organisation_clash, told.unlike) = (false, false, false);
        }
        told
    }

    fn judge(
        &self,
        told: &mut Comparison,
        (left, right): (&Profile, &Profile),
        names: &Names,
        keys: &Keys,
        place: Place,
    ) {
        let threshold = i32::from(self.settings.threshold);
        let other_company = names.company == Some(Nearness::Different);
        let other_person = names.person == Some(Nearness::Different);
        let same_person = is_alike(names.person);
        let contradicted = other_person || other_company && !same_person;
        // Without e-mail, which says more of a person than of an organisation.
        let of_net = keys.account.max(keys.domain).max(keys.role_email);
        let gained = names.company_gain + place.gain;
        let lost = names.company_loss + place.loss;
        let organisation = keys.id + of_net.max(keys.email) + keys.phone + gained;
        let apart = of_net + gained;
        // One given name and two family names: one person only if the address is one.
        let is_doubtful = names.person == Some(Nearness::Unclear) && keys.email == 0;
        let doubt = if is_doubtful {
            self.settings.weights.differs(MatchKey::Person) / 2
        } else {
            0
        };
        let (has_person, strong) = (left.person.is_some(), keys.email > 0 || keys.id > 0);
        let (party, taken, strong) = match (has_person, right.person.is_some()) {
            (true, true) => (
                keys.id + names.person_gain + keys.email + keys.phone + apart.min(100) / 2,
                names.person_loss + doubt + lost / 2,
                strong,
            ),
            (false, false) => (organisation, lost, strong || of_net > 0),
            _ => (
                keys.id + keys.email + (apart + keys.phone).min(100) * 7 / 10,
                lost * 7 / 10,
                strong,
            ),
        };
        let bound = |score: i32, contradicted: bool| {
            let most = if contradicted && keys.id == 0 {
                threshold * CONTRADICTED / 100
            } else {
                100
            };
            u8::try_from(score.clamp(0, most)).unwrap_or(0)
        };
        told.party = bound(party - taken, contradicted);
        told.organisation = bound(organisation - lost, other_company);
        let is_same = |score: u8| i32::from(score) >= threshold;
        told.party_clash = contradicted && strong && party >= threshold && !is_same(told.party);
        told.organisation_clash = other_company
            && (of_net > 0 || keys.email > 0 || keys.id > 0)
            && organisation >= threshold
            && !is_same(told.organisation);
        told.unlike = contradicted || place.is_elsewhere && !is_same(told.party);
    }
}

/// How near the names are.
struct Names {
    company: Option<Nearness>,
    person: Option<Nearness>,
    company_gain: i32,
    company_loss: i32,
    person_gain: i32,
    person_loss: i32,
}

impl Names {
    fn is_any_alike(&self) -> bool {
        is_alike(self.company) || is_alike(self.person)
    }

    fn is_any_different(&self) -> bool {
        self.company == Some(Nearness::Different) || self.person == Some(Nearness::Different)
    }
}

fn is_alike(nearness: Option<Nearness>) -> bool {
    matches!(nearness, Some(Nearness::Equal | Nearness::Similar))
}

/// The points of keys that stand for themselves.
struct Keys {
    id: i32,
    account: i32,
    /// Of an address that names a person.
    email: i32,
    /// Of an address that names an organisation.
    role_email: i32,
    phone: i32,
    domain: i32,
}

impl Keys {
    fn is_strong(&self) -> bool {
        self.id > 0 || self.account > 0 || self.email > 0 || self.role_email > 0 || self.domain > 0
    }
}

/// Points on their way to a sum.
pub(super) struct Tally<'a> {
    scale: &'a Scale<'a>,
    told: Comparison,
}

impl Tally<'_> {
    /// Notes how near a key is.
    pub fn note(&mut self, key: MatchKey, nearness: Nearness) {
        let set = match nearness {
            Nearness::Equal => &mut self.told.agrees,
            Nearness::Similar => &mut self.told.similar,
            Nearness::Unclear | Nearness::Different => &mut self.told.disagrees,
        };
        set.add(key);
    }

    /// The points of a key that is equal.
    pub fn agrees(&self, key: MatchKey) -> i32 {
        self.scale.settings.weights.agrees(key)
    }

    /// The points that a key takes.
    pub fn differs(&self, key: MatchKey) -> i32 {
        self.scale.settings.weights.differs(key)
    }

    fn names(&mut self, left: &Profile, right: &Profile) -> Names {
        let mut names = Names {
            company: None,
            person: None,
            company_gain: 0,
            company_loss: 0,
            person_gain: 0,
            person_loss: 0,
        };
        if let (Some(one), Some(other)) = (&left.company, &right.company) {
            let (nearness, share) = self.companies(one, other);
            self.note(MatchKey::Company, nearness);
            names.company = Some(nearness);
            match nearness {
                Nearness::Equal => names.company_gain = self.agrees(MatchKey::Company),
                Nearness::Similar => names.company_gain = self.gain_of_similar(share),
                Nearness::Unclear => {}
                Nearness::Different => names.company_loss = self.differs(MatchKey::Company),
            }
        }
        if let (Some(one), Some(other)) = (&left.person, &right.person) {
            let nearness = person::compare(one, other);
            self.note(MatchKey::Person, nearness);
            names.person = Some(nearness);
            match nearness {
                Nearness::Equal => names.person_gain = self.agrees(MatchKey::Person),
                Nearness::Similar => names.person_gain = self.agrees(MatchKey::Person) * 7 / 10,
                Nearness::Unclear => {}
                Nearness::Different => names.person_loss = self.differs(MatchKey::Person),
            }
        }
        names
    }

    fn companies(&self, one: &Company, other: &Company) -> (Nearness, f32) {
        if one.core == other.core {
            return (Nearness::Equal, 1.0);
        }
        let mut found = likeness(&one.words, &other.words);
        if found.share < ONE_IN_TEN {
            found.share = found.share.max(letterwise(&one.full, &other.full));
        }
        if found.share < ONE_IN_TEN {
            found.share = found.share.max(letterwise(&one.core, &other.core));
        }
        let nearness = if found.share * 100.0 >= f32::from(self.scale.settings.similar) {
            Nearness::Similar
        } else if found.share >= 0.5 || found.contained {
            Nearness::Unclear
        } else {
            Nearness::Different
        };
        (nearness, found.share)
    }

    /// From half the points where names are just alike to all of them where one has a typing error in ten letters.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "points are small and rounded down"
    )]
    fn gain_of_similar(&self, share: f32) -> i32 {
        let least = f32::from(self.scale.settings.similar) / 100.0;
        let above = (share - least) / (ONE_IN_TEN - least).max(0.01);
        (self.agrees(MatchKey::Company) as f32 * (0.5 + 0.5 * above.clamp(0.0, 1.0))) as i32
    }

    fn keys(&mut self, left: &Profile, right: &Profile, names: &Names) -> Keys {
        let mut keys = Keys {
            id: 0,
            account: 0,
            email: 0,
            role_email: 0,
            phone: 0,
            domain: 0,
        };
        let same_id = left.ids.iter().find(|id| right.ids.contains(id));
        if let Some(id) = same_id {
            let counts = names.is_any_alike() && !names.is_any_different();
            if id.certain {
                keys.id = self.agrees(MatchKey::Id);
            } else if counts {
                keys.id = SHORT_ID.min(self.agrees(MatchKey::Id));
            }
            if keys.id > 0 {
                self.note(MatchKey::Id, Nearness::Equal);
            }
        }
        if let Some(same) = have_same(&left.accounts, &right.accounts) {
            if same {
                self.note(MatchKey::Account, Nearness::Equal);
                keys.account = self.agrees(MatchKey::Account);
            } else if !is_alike(names.company) {
                self.note(MatchKey::Account, Nearness::Different);
            }
        }
        if let Some(same) = have_same(&left.domains, &right.domains) {
            self.note(MatchKey::Domain, equal_if(same));
            let tells =
                |domain: &&u64| right.domains.contains(domain) && !self.scale.shared.domains.contains(domain);
            if left.domains.iter().any(|domain| tells(&domain)) {
                keys.domain = self.agrees(MatchKey::Domain);
            }
        }
        self.contacts(left, right, &mut keys);
        keys
    }

    fn contacts(&mut self, left: &Profile, right: &Profile, keys: &mut Keys) {
        let a_tenth_if = |shared: bool, points: i32| if shared { points / 10 } else { points };
        if !left.emails.is_empty() && !right.emails.is_empty() {
            let same = left.emails.iter().filter(|email| right.emails.contains(email));
            let mut any = false;
            for email in same {
                any = true;
                let shared = self.scale.shared.emails.contains(&email.number);
                let points = a_tenth_if(shared, self.agrees(MatchKey::Email));
                let of = if email.personal {
                    &mut keys.email
                } else {
                    &mut keys.role_email
                };
                *of = points.max(*of);
            }
            self.note(MatchKey::Email, equal_if(any));
        }
        if !left.phones.is_empty() && !right.phones.is_empty() {
            let same = left.phones.iter().filter(|phone| right.phones.contains(phone));
            let mut any = false;
            for phone in same {
                any = true;
                let shared = self.scale.shared.phones.contains(&phone.digits);
                keys.phone = a_tenth_if(shared, self.agrees(MatchKey::Phone)).max(keys.phone);
            }
            self.note(MatchKey::Phone, equal_if(any));
        }
    }
}

/// How near two are that are the same or not.
pub(super) fn equal_if(same: bool) -> Nearness {
    if same {
        Nearness::Equal
    } else {
        Nearness::Different
    }
}

/// Tells whether two rows have nothing in common but a place and words of plainly different names, so that
/// nothing can come of them. It looks at little and is asked of every pair before it is compared.
pub(super) fn is_hopeless(left: &Profile, right: &Profile) -> bool {
    let (Some(one), Some(other)) = (&left.company, &right.company) else {
        return false;
    };
    if one.core == other.core || have_common(left, right) {
        return false;
    }
    if let (Some(one), Some(other)) = (&left.person, &right.person)
        && one.words.iter().any(|word| other.words.contains(word))
    {
        return false;
    }
    let found = likeness(&one.words, &other.words);
    found.share < 0.5 && !found.contained
}

/// Tells whether two rows have an exact key in common.
fn have_common(left: &Profile, right: &Profile) -> bool {
    left.ids.iter().any(|id| right.ids.contains(id))
        || left.emails.iter().any(|email| right.emails.contains(email))
        || left.phones.iter().any(|phone| right.phones.contains(phone))
        || left.domains.iter().any(|domain| right.domains.contains(domain))
        || left
            .accounts
            .iter()
            .any(|account| right.accounts.contains(account))
}

/// Whether two lists have a number in common; none where one is empty.
fn have_same(left: &[u64], right: &[u64]) -> Option<bool> {
    if left.is_empty() || right.is_empty() {
        return None;
    }
    Some(left.iter().any(|number| right.contains(number)))
}
