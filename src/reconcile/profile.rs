//! A row as it is compared: every cell read once.

use super::company::CompanyName;
use super::domain::{self, Shared};
use super::email::{Mailbox, emails};
use super::hashing::{of_numbers, of_text};
use super::ids::{Id, ids};
use super::person::PersonName;
use super::phone::{Phone, phones, phones_ending};
use super::similar::Word;
use super::street::Street;
use super::words::Words;
use crate::model::{Country, ListingSort, Parties, PartyField, QuickMap};
use crate::places::{city_key, countries_of_postal, country, explicit_state, postal_key, state};

/// An e-mail address as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Its number.
    pub number: u64,
    /// Whether it names a person and not an organisation.
    pub personal: bool,
}

/// An organisation's name as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Company {
    /// Its words with their weights.
    pub words: Vec<Word>,
    /// The words in order of the alphabet.
    pub core: String,
    /// All words as written, legal forms among them.
    pub full: String,
    /// The number of that.
    pub number: u64,
}

/// A row as it is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Profile {
    /// Ids.
    pub ids: Vec<Id>,
    /// Numbers of what accounts go by: of an account its ids, number and name, of others what their account
    /// cell holds.
    pub accounts: Vec<u64>,
    /// E-mail addresses that name somebody.
    pub emails: Vec<Address>,
    /// Phone numbers.
    pub phones: Vec<Phone>,
    /// Numbers of the registered domains that tell an organisation.
    pub domains: Vec<u64>,
    /// The organisation's name.
    pub company: Option<Company>,
    /// The person's name.
    pub person: Option<PersonName>,
    /// Street and house number.
    pub street: Option<Street>,
    /// Postal code in one spelling; may be empty.
    pub postal: String,
    /// City in one spelling; may be empty.
    pub city: String,
    /// The number of the state.
    pub state: Option<u64>,
    /// The country.
    pub country: Option<Country>,
    /// The number of all that is compared as written; absent where nothing tells who it is.
    pub whole: Option<u64>,
}

/// What is written in full where two rows are the same.
const WHOLE: [PartyField; 11] = [
    PartyField::Person,
    PartyField::Company,
    PartyField::Email,
    PartyField::Phone,
    PartyField::Website,
    PartyField::Street,
    PartyField::City,
    PartyField::State,
    PartyField::PostalCode,
    PartyField::Country,
    PartyField::Account,
];

/// A state's country and its number; absent where a text names none.
type NumberedState = Option<(Country, u64)>;

/// Reads rows as profiles. Each thread has its own, which remembers countries and states.
pub(super) struct Reader<'a> {
    shared: &'a Shared,
    home: Option<Country>,
    countries: QuickMap<String, Option<Country>>,
    states: QuickMap<(Option<Country>, String), NumberedState>,
}

impl<'a> Reader<'a> {
    /// A reader that knows which domains tell nothing and in which country rows without one are.
    pub fn new(shared: &'a Shared, home: Option<Country>) -> Self {
        Self {
            shared,
            home,
            countries: QuickMap::default(),
            states: QuickMap::default(),
        }
    }

    /// Reads a row with all its phone numbers, or with those alone whose last digits are wanted.
    pub fn read(
        &mut self,
        parties: &Parties,
        row: usize,
        sort: Option<ListingSort>,
        wanted: Option<&dyn Fn(u32) -> bool>,
    ) -> Profile {
        let cell = |field| parties.get(row, field);
        let mut profile = Profile {
            ids: ids(cell(PartyField::Id)).collect(),
            company: company(cell(PartyField::Company)),
            person: PersonName::read(cell(PartyField::Person)),
            street: Street::read(cell(PartyField::Street)),
            city: city_key(cell(PartyField::City)),
            whole: whole(parties, row),
            ..Profile::default()
        };
        self.read_place(&mut profile, &cell);
        self.read_addresses(&mut profile, cell(PartyField::Email), cell(PartyField::Website));
        let phone = cell(PartyField::Phone);
        profile.phones = match wanted {
            None => phones(phone, profile.country).collect(),
            Some(wanted) => phones_ending(phone, profile.country, wanted).collect(),
        };
        profile.accounts = accounts(cell(PartyField::Account), &profile, sort);
        profile
    }

    fn read_place<'c>(&mut self, profile: &mut Profile, cell: &impl Fn(PartyField) -> &'c str) {
        let (of_country, of_state) = (cell(PartyField::Country), cell(PartyField::State));
        let postal = cell(PartyField::PostalCode);
        let written = self.country(of_country);
        let state = self.state(written, of_state);
        let country =
            written
                .or(state.map(|(country, _)| country))
                .or_else(|| match countries_of_postal(postal) {
                    [one] => Some(*one),
                    _ => self.home,
                });
        // A state of several countries is settled by what the rest of the address says.
        let state = state.or_else(|| self.state(country, of_state));
        profile.state = state.map(|(_, number)| number);
        profile.postal = postal_key(country, postal);
        profile.country = country;
    }

    fn country(&mut self, text: &str) -> Option<Country> {
        if text.is_empty() {
            return None;
        }
        if let Some(known) = self.countries.get(text) {
            return *known;
        }
        let found = country(text);
        self.countries.insert(text.to_owned(), found);
        found
    }

    fn state(&mut self, country: Option<Country>, text: &str) -> Option<(Country, u64)> {
        if text.is_empty() {
            return None;
        }
        let key = (country, text.to_owned());
        if let Some(known) = self.states.get(&key) {
            return *known;
        }
        let found = explicit_state(text).or_else(|| state(country, text));
        let found = found.map(|state| {
            (
                state.country,
                of_text(&format!("{}-{}", state.country, state.code)),
            )
        });
        self.states.insert(key, found);
        found
    }

    fn read_addresses(&self, profile: &mut Profile, cell: &str, website: &str) {
        let mut add_domain = |host: &str| {
            let Some(domain) = domain::registered(host).filter(|domain| !self.shared.has(domain)) else {
                return;
            };
            let number = of_text(&domain);
            if !profile.domains.contains(&number) {
                profile.domains.push(number);
            }
        };
        if !website.is_empty() {
            add_domain(domain::host(website));
        }
        for email in emails(cell) {
            add_domain(email.host());
            if email.mailbox() == Mailbox::Nobody {
                continue;
            }
            let number = of_text(&email.address);
            // At a provider of free mail `info@` is as much a person's as any other.
            let of_everybody = domain::registered(email.host()).is_none_or(|domain| self.shared.has(&domain));
            profile.emails.push(Address {
                number,
                personal: email.mailbox() == Mailbox::Personal || of_everybody,
            });
        }
    }
}

fn company(text: &str) -> Option<Company> {
    let name = CompanyName::read(text)?;
    Some(Company {
        number: of_text(&name.core),
        words: name.words.into_iter().map(|word| Word::new(word, 1.0)).collect(),
        core: name.core,
        full: name.full,
    })
}

/// The numbers of what an account goes by.
fn accounts(cell: &str, profile: &Profile, sort: Option<ListingSort>) -> Vec<u64> {
    let mut numbers: Vec<u64> = ids(cell).map(|id| id.number).collect();
    numbers.extend(CompanyName::read(cell).map(|name| of_text(&name.core)));
    if sort == Some(ListingSort::Accounts) {
        numbers.extend(profile.ids.iter().map(|id| id.number));
        numbers.extend(profile.company.as_ref().map(|company| company.number));
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn whole(parties: &Parties, row: usize) -> Option<u64> {
    let tells = [PartyField::Person, PartyField::Company, PartyField::Email];
    if tells.into_iter().all(|field| parties.get(row, field).is_empty()) {
        return None;
    }
    let numbers = WHOLE.map(|field| of_text(parties.get(row, field)));
    Some(of_numbers(&numbers))
}

impl Profile {
    /// Gives the words of the name their weights.
    pub fn weigh(&mut self, words: &Words) {
        if let Some(company) = &mut self.company {
            for word in &mut company.words {
                word.weight = words.weight(&word.text);
            }
        }
    }

    /// The number of what the row calls itself: its organisation, else its person.
    pub fn name(&self) -> Option<u64> {
        let person = || {
            self.person
                .as_ref()
                .map(|person| of_text(&person.words.join(" ")))
        };
        self.company
            .as_ref()
            .map(|company| company.number)
            .or_else(person)
    }
}
